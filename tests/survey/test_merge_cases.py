"""A case in several files: it stands where its record says, and what clashes is asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.casework.case import Case, State, StateChange
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.merging.merge import merge_surveys
from neixiang_survey_plugin.io.survey.merging.planning import Choices
from neixiang_survey_plugin.io.survey.opening import open_survey
from tests.survey.lines import new_survey, route
from tests.survey.merging import Work, at_work, content, copy_of, merge, merged, rows

CASE = Case("case-1", "C1", State.REGISTERED)


def moved_to(state: State, **facts: str) -> Work:
    """The case moves on, kept as ``case advance`` keeps it."""

    def work(store: SurveyStore) -> None:
        (case,) = store.records(Case, case_id="C1")
        change = StateChange(case_id="C1", from_state=case.state, to_state=state)
        now = replace(case, state=state)
        store.keep([replace(now, **facts), change], what="case advance")  # type: ignore[arg-type]

    return work


def noted(phone: str) -> Work:
    def work(store: SurveyStore) -> None:
        (case,) = store.records(Case, case_id="C1")
        store.keep([replace(case, contact_phone=phone)], what="case advance")

    return work


def begun(store: SurveyStore) -> None:
    change = StateChange("begun", "C1", to_state=State.REGISTERED)
    store.keep([CASE, change], what="case new")


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two copies that both know how the case began."""
    first = at_work(new_survey(tmp_path, "a"), "甲", begun)
    return first, copy_of(first, "two")


def case_in(path: Path) -> tuple[object, ...]:
    return rows(path, "SELECT state, contact_phone FROM cases")[0]


def test_a_case_stands_where_the_file_has_it_that_knows_every_move(two: tuple[Path, Path]) -> None:
    first, second = two
    at_work(first, "甲", moved_to(State.SURVEYED), moved_to(State.ROUTED))
    at_work(second, "乙", noted("0377-1"))
    with pytest.raises(SurveyError, match=r"cases/C1：几份文件都改过.*state=routed"):
        merged([first, second], "out")
    taken = {
        choice: merged([first, second], f"out{choice}", Choices({"cases/C1": choice}))
        for choice in "AB"
    }
    assert case_in(taken["A"]) == ("routed", None)
    assert case_in(taken["B"]) == ("routed", "0377-1")  # no step back for a telephone number
    through = "merge: C1 的状态随经过"
    assert (through,) in rows(taken["B"], "SELECT through FROM log")
    assert content(merged([taken["B"], first, second], "again")) == content(taken["B"])
    assert content(merged([second, first], "turned", Choices({"cases/C1": "A"}))) == content(
        taken["B"]
    )


def test_a_case_that_both_moved_is_asked_and_all_moves_stay(two: tuple[Path, Path]) -> None:
    first, second = two
    at_work(first, "甲", moved_to(State.SURVEYED))
    at_work(second, "乙", moved_to(State.ROUTED))
    with pytest.raises(SurveyError, match=r"state=surveyed.*state=routed.*--choose cases/C1=A"):
        merged([first, second], "out")
    out = first.with_name("out.survey.gpkg")
    said = merge([first, second], out, Choices({"cases/C1": "B"}))
    assert case_in(out) == ("routed", None)
    assert len(rows(out, "SELECT 1 FROM state_changes")) == 3
    assert any("案件 C1：几份文件各自推进过" in note for note in said.notes)


def test_the_merging_says_how_far_it_is_and_undo_ends_there(two: tuple[Path, Path]) -> None:
    first, second = two
    told: list[tuple[int, int]] = []
    out = first.with_name("out.survey.gpkg")
    lines = [route(f"m{number}", 5.0 + number) for number in range(1001)]
    at_work(first, "甲", lambda store: store.edit(lines))
    merge_surveys(
        [first, second], out, "合并人", Choices(), lambda done, of: told.append((done, of))
    )
    assert told[:2] == [(0, 2), (1, 2)]
    assert [done for done, _ in told[2:]] == [500, 1000]
    store = open_survey(out, "甲")
    assert store.undo() is None
    store.close()

"""What is asked for while an undo of many lines is written follows it, and nobody waits."""

from __future__ import annotations

from typing import Any

import pytest

from neixiang_survey_plugin.app.survey_store import Draft
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.survey.store import GpkgSurveyStore
from tests.drawn import route
from tests.session.lanes import MANY, finish, on_disk


def keep_in_turn(session: Any, line: Route, told: list[Any], finishes: str | None = "d1") -> None:
    session.put_in_turn(
        line,
        what="draw",
        then=lambda: told.append("drawn"),
        failed=told.append,
        finishes=finishes,
    )


def test_a_line_that_is_finished_while_an_undo_is_written_comes_after_it_and_nobody_waits(
    busy: Any,
) -> None:
    busy.bring_in(MANY, "import", lambda _: None)
    finish(busy)
    busy.draw(Draft("d1", ((0.0, 60.0), (9.0, 60.0)), "gas", "r2"))
    drawn, told = route("0 60, 9 60", "r2"), []
    busy.undo(lambda step: told.append(step.what))

    def in_turn() -> None:
        keep_in_turn(busy, drawn, told)

    assert busy.is_writing
    in_turn()
    assert (told, len(on_disk(busy)), busy.drafts, busy.begun) == ([], 31, (), ())
    assert busy.new_route_id("r2", None) == "r2-2"
    busy.writing.drop()  # the undo
    busy.writing.drop()
    assert (told, [one.draft_id for one in busy.begun]) == ([None], ["d1"])
    assert not busy.is_writing
    told.clear()
    busy.undo(lambda step: told.append(step.what))
    in_turn()
    finish(busy)
    assert told == ["import", "drawn"]
    assert on_disk(busy) == busy.routes.keys() == {"r1", "r2"}
    assert busy.drafts == ()
    busy.undo(lambda step: told.append(step.what))
    assert told[2:] == ["draw"]
    assert on_disk(busy) == {"r1"}


def test_a_line_that_waited_for_its_turn_is_kept_by_the_edit_after_it_and_told_once(
    busy: Any,
) -> None:
    busy.bring_in(MANY, "import", lambda _: None)
    finish(busy)
    told: list[object] = []
    busy.undo()
    drawn = route("0 60, 9 60", "r2")
    keep_in_turn(busy, drawn, told)
    busy.put(route("0 70, 9 70", "r3"), what="draw")
    assert (told, on_disk(busy)) == (["drawn"], {"r1", "r2", "r3"})
    while busy.writing.busy:
        busy.writing.drop()
    finish(busy)
    assert told == ["drawn"]
    assert on_disk(busy) == busy.routes.keys()


def test_a_line_that_is_deleted_while_an_undo_is_written_goes_after_it_and_nobody_waits(
    busy: Any,
) -> None:
    busy.bring_in(MANY, "import", lambda _: None)
    finish(busy)
    told: list[str] = []
    busy.undo(lambda step: told.append(step.what))
    busy.delete("r1", "m1")
    assert (told, len(on_disk(busy)), "r1" in busy.routes) == ([], 31, True)
    finish(busy)
    assert told == ["import"]
    assert on_disk(busy) == busy.routes.keys() == set()
    busy.undo(lambda step: told.append(step.what))
    assert told[1:] == ["delete"]
    assert on_disk(busy) == busy.routes.keys() == {"r1"}


def test_what_stands_against_a_line_that_waits_for_its_turn_is_told_and_its_draft_stays(
    busy: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy.bring_in(MANY, "import", lambda _: None)
    finish(busy)
    busy.draw(Draft("d1", ((0.0, 60.0), (9.0, 60.0)), "gas", "r2"))
    busy.undo()
    told: list[Any] = []
    drawn = route("0 60, 9 60", "r2")
    keep_in_turn(busy, drawn, told)
    busy.writing.work()
    busy.writing.tell()  # the undo
    full = SurveyError("磁盘已满")

    def no_room(*_: Any, **__: Any) -> None:
        raise full

    monkeypatch.setattr(GpkgSurveyStore, "edit", no_room)
    finish(busy)
    assert told == [full]
    assert "r2" not in busy.routes
    assert [one.draft_id for one in busy.drafts] == ["d1"]


def test_a_line_that_an_undo_takes_back_is_not_bent_after_it_and_that_is_said_once(
    busy: Any,
) -> None:
    busy.bring_in(MANY, "import", lambda _: None)
    finish(busy)
    told: list[Any] = []
    busy.undo()
    keep_in_turn(busy, route("0 1, 20 1", "m1", case_id="c"), told, None)
    finish(busy)
    assert ["m1" in str(one) for one in told] == [True]
    assert on_disk(busy) == busy.routes.keys() == {"r1"}
    assert not busy.is_writing


def test_what_stands_against_an_edit_that_waits_is_not_told_to_who_edits_after_it(
    busy: Any,
) -> None:
    busy.bring_in(MANY, "import", lambda _: None)
    finish(busy)
    told: list[Any] = []
    busy.undo()
    keep_in_turn(busy, route("0 1, 20 1", "m1", case_id="c"), told, None)
    busy.put(route("0 70, 9 70", "r3"), what="draw")
    assert ["m1" in str(one) for one in told] == [True]
    while busy.writing.busy:
        busy.writing.drop()
    finish(busy)
    assert len(told) == 1
    assert on_disk(busy) == busy.routes.keys() == {"r1", "r3"}
    assert busy.new_route_id("m1", None) == "m1"

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


@pytest.fixture
def many(busy: Any) -> Any:
    """A survey into which 30 lines were brought."""
    busy.bring_in(MANY, "import", lambda _: None)
    finish(busy)
    return busy


def bend_what_goes(many: Any) -> list[Any]:
    """Undo the bringing in, and bend one of its lines meanwhile; what is said of that."""
    told: list[Any] = []
    many.undo()
    keep_in_turn(many, route("0 1, 20 1", "m1", case_id="c"), told, None)
    return told


def test_a_line_that_is_finished_while_an_undo_is_written_comes_after_it_and_nobody_waits(
    many: Any,
) -> None:
    many.draw(Draft("d1", ((0.0, 60.0), (9.0, 60.0)), "gas", "r2"))
    drawn, told = route("0 60, 9 60", "r2"), []
    many.undo(lambda step: told.append(step.what))

    def in_turn() -> None:
        keep_in_turn(many, drawn, told)

    assert many.is_writing
    in_turn()
    assert (told, len(on_disk(many)), many.drafts, many.begun) == ([], 31, (), ())
    assert many.new_route_id("r2", None) == "r2-2"
    many.writing.drop()  # the undo
    many.writing.drop()
    assert (told, [one.draft_id for one in many.begun]) == ([None], ["d1"])
    assert not many.is_writing
    told.clear()
    many.undo(lambda step: told.append(step.what))
    in_turn()
    finish(many)
    assert told == ["import", "drawn"]
    assert on_disk(many) == many.routes.keys() == {"r1", "r2"}
    assert many.drafts == ()
    many.undo(lambda step: told.append(step.what))
    assert told[2:] == ["draw"]
    assert on_disk(many) == {"r1"}


def test_a_line_that_waited_for_its_turn_is_kept_by_the_edit_after_it_and_told_once(
    many: Any,
) -> None:
    told: list[object] = []
    many.undo()
    drawn = route("0 60, 9 60", "r2")
    keep_in_turn(many, drawn, told)
    many.put(route("0 70, 9 70", "r3"), what="draw")
    assert (told, on_disk(many)) == (["drawn"], {"r1", "r2", "r3"})
    while many.writing.busy:
        many.writing.drop()
    finish(many)
    assert told == ["drawn"]
    assert on_disk(many) == many.routes.keys()


def test_a_line_that_is_deleted_while_an_undo_is_written_goes_after_it_and_nobody_waits(
    many: Any,
) -> None:
    told: list[str] = []
    many.undo(lambda step: told.append(step.what))
    many.delete("r1", "m1")
    assert (told, len(on_disk(many)), "r1" in many.routes) == ([], 31, True)
    finish(many)
    assert told == ["import"]
    assert on_disk(many) == many.routes.keys() == set()
    many.undo(lambda step: told.append(step.what))
    assert told[1:] == ["delete"]
    assert on_disk(many) == many.routes.keys() == {"r1"}


def test_what_stands_against_a_line_that_waits_for_its_turn_is_told_and_its_draft_stays(
    many: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    many.draw(Draft("d1", ((0.0, 60.0), (9.0, 60.0)), "gas", "r2"))
    many.undo()
    told: list[Any] = []
    drawn = route("0 60, 9 60", "r2")
    keep_in_turn(many, drawn, told)
    many.writing.work()
    many.writing.tell()  # the undo
    full = SurveyError("磁盘已满")

    def no_room(*_: Any, **__: Any) -> None:
        raise full

    monkeypatch.setattr(GpkgSurveyStore, "edit", no_room)
    finish(many)
    assert told == [full]
    assert "r2" not in many.routes
    assert [one.draft_id for one in many.drafts] == ["d1"]


def test_a_line_that_an_undo_takes_back_is_not_bent_after_it_and_that_is_said_once(
    many: Any,
) -> None:
    told = bend_what_goes(many)
    finish(many)
    assert ["m1" in str(one) for one in told] == [True]
    assert on_disk(many) == many.routes.keys() == {"r1"}
    assert not many.is_writing


def test_what_stands_against_an_edit_that_waits_is_not_told_to_who_edits_after_it(
    many: Any,
) -> None:
    told = bend_what_goes(many)
    many.put(route("0 70, 9 70", "r3"), what="draw")
    assert ["m1" in str(one) for one in told] == [True]
    while many.writing.busy:
        many.writing.drop()
    finish(many)
    assert len(told) == 1
    assert on_disk(many) == many.routes.keys() == {"r1", "r3"}
    assert many.new_route_id("m1", None) == "m1"

"""Whatever is done to a line while an undo of many is written follows it, seen and said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from shapely import LineString

from neixiang_survey_plugin.app.drawing.board import Notice
from neixiang_survey_plugin.app.drawing.modes import Mode
from tests.drawing.desk import Drawn, desk_on
from tests.drawn import route
from tests.session.lanes import MANY, Queue, finish, on_disk

Act = Callable[[Drawn], None]


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Drawn]:
    """A desk with one line, chosen, while an undo of many is being written."""
    with desk_on(tmp_path) as drawn:
        session = drawn.session
        session.put(route("0 50, 20 50", "r1", case_id="c"), what="draw")
        session.aside, session.writing = Queue(), Queue()
        session.bring_in(MANY, "import", lambda _: None)
        finish(session)
        session.select("r1")
        session.undo()
        yield drawn


def bend(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.RESHAPE)
    drawn.drag((20, 50), (25, 55))


def split(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.SPLIT)
    drawn.click((8, 50))


def bore(drawn: Drawn) -> None:
    drawn.desk.enter(Mode.TRENCHLESS)
    drawn.click((5, 50), (15, 50))


def turn(drawn: Drawn) -> None:
    drawn.desk.reverse()


def copy(drawn: Drawn) -> None:
    drawn.desk.copy_to("water")


@pytest.mark.parametrize("act", [bend, split, bore, turn, copy])
def test_an_edit_waits_for_its_turn_and_nobody_waits_for_it(writing: Drawn, act: Act) -> None:
    session, before = writing.session, dict(writing.session.routes)
    act(writing)
    assert session.routes == before
    assert len(on_disk(session)) == 31  # the undo is not written either
    assert writing.notices == [Notice.IN_TURN]
    assert sum("r1" in name or "c-water" in name for name in writing.map.shown) == 1
    finish(session)
    gone = {one.route_id for one in MANY}
    assert on_disk(session) == session.routes.keys()
    assert not gone & session.routes.keys()
    assert dict(session.routes) != {key: one for key, one in before.items() if key not in gone}
    assert not any("r1" in name or "c-water" in name for name in writing.map.shown)
    assert writing.map.said == []
    assert session.selected == ("c-water" if act is copy else "r1")
    session.undo()
    assert session.routes == {"r1": before["r1"]}


def test_a_deletion_that_waits_for_its_turn_says_so(writing: Drawn) -> None:
    writing.desk.delete()
    assert "r1" in writing.session.routes
    assert writing.notices == [Notice.IN_TURN]
    finish(writing.session)
    assert on_disk(writing.session) == set()


def test_an_edit_of_what_the_undo_takes_back_is_said_to_be_not_done(writing: Drawn) -> None:
    writing.session.select("m3")
    turn(writing)
    finish(writing.session)
    assert ["m3" in one for one in writing.map.said] == [True]
    assert on_disk(writing.session) == {"r1"}
    assert not any("m3" in name for name in writing.map.shown)


def test_an_edit_that_somebody_cancels_changes_nothing_and_says_so(writing: Drawn) -> None:
    turn(writing)
    writing.session.writing.drop()  # the undo
    writing.session.writing.drop()
    assert writing.notices == [Notice.IN_TURN, Notice.NOTHING_CHANGED]
    finish(writing.session)
    assert writing.course("r1") == [(0, 50), (20, 50)]
    assert not any("r1" in name for name in writing.map.shown)


def test_who_chose_another_line_meanwhile_goes_on_with_that(writing: Drawn) -> None:
    copy(writing)
    writing.session.select(None)
    finish(writing.session)
    assert "c-water" in writing.session.routes
    assert writing.session.selected is None


def test_a_line_that_cannot_be_put_does_not_wait_and_is_not_seen(writing: Drawn) -> None:
    line = writing.session.routes["r1"]
    point = replace(line, line=LineString([(0, 50), (0, 50)]))
    before = dict(writing.map.shown)
    assert not writing.desk.board.edit(point, what="reshape")
    assert writing.map.shown == before
    assert writing.notices == []
    assert ["r1" in said for said in writing.map.said] == [True]

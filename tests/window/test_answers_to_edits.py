"""An edit looks at what it changed, however many lines the survey has."""

from __future__ import annotations

import pytest

from neixiang_survey_plugin.hosts.windows import surface
from neixiang_survey_plugin.io.survey import store
from tests.window.hand import Hand
from tests.window.test_answers import watched
from tests.window.test_window import line


def test_an_edit_has_that_line_alone_drawn_anew(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand.session.put(*(line(f"r{n}", (0, n), (9, n)) for n in range(30)), what="import")
    drawn = watched(monkeypatch, surface, "DrawnRoute")
    hand.session.put(line("new", (0, 40), (9, 40)), what="draw")
    hand.session.delete("r3")
    hand.session.select("new")
    hand.session.undo()
    assert len(drawn) == 2
    picture = hand.map.picture._routes
    assert picture._rows.keys() == hand.session.routes.keys()


def test_very_many_lines_are_written_and_the_file_settled_beside_the_window(
    hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = watched(monkeypatch, store, "put_row")
    deleted = watched(monkeypatch, store, "delete_row")
    taken_back = watched(monkeypatch, store, "undo_step")
    checkpoints = watched(monkeypatch, store, "connect")
    many = [line(f"m{n}", (0, n), (9, n)) for n in range(40)]
    hand.session.bring_in(many, "import", lambda _: None)
    hand.wait_for_work()
    hand.session.delete(*(one.route_id for one in many))
    hand.wait_for_work()
    for key, left in (("Ctrl+Z", 40), ("Ctrl+Z", 0)):
        hand.key(key)
        hand.wait_for_work()
        assert len(hand.session.routes) == left
    assert (set(written), set(deleted), set(taken_back)) == ({False}, {False}, {False})
    before = len(checkpoints)
    hand.session.settle()
    hand.wait_for_work()
    assert checkpoints[before:] == [False]


def test_ctrl_z_again_and_again_takes_step_after_step_back(hand: Hand) -> None:
    hand.session.put(line("first", (0, 50), (9, 50)), what="draw")
    many = [line(f"m{n}", (0, n), (9, n)) for n in range(40)]
    hand.session.bring_in(many, "import", lambda _: None)
    hand.wait_for_work()
    hand.session.put(line("last", (0, 60), (9, 60)), what="draw")
    for _ in range(3):
        hand.key("Ctrl+Z")
    hand.wait_for_work()
    assert dict(hand.session.routes) == {}
    for _ in range(3):
        hand.key("Ctrl+Y")
    hand.wait_for_work()
    assert len(hand.session.routes) == 42
    assert {one.route_id for one in hand.session.store.routes().routes} == set(hand.session.routes)

"""Of very many lines that change at once a part is shown after the other, and at the end all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from shapely import affinity

from neixiang_survey_plugin.app.drawing import modes
from neixiang_survey_plugin.hosts.windows import surface
from neixiang_survey_plugin.render.palette import Theme
from tests.window.hand import Hand
from tests.window.test_window import line

LINES = [line(f"m{n}", (2 * n, 0), (2 * n, 10)) for n in range(7)]
NAMES = {one.route_id for one in LINES}


@pytest.fixture(autouse=True)
def _two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surface, "_CHANGES_A_STEP", 2)
    monkeypatch.setattr(modes, "_LINES_A_STEP", 2)


@pytest.fixture
def waiting(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What the window was asked to do later, which it does when the test says so."""
    calls: list[Callable[[], None]] = []
    monkeypatch.setattr(
        type(hand.window.canvas), "run_later", lambda _, call, after_ms=0: calls.append(call)
    )
    return calls


def drawn(window: Any) -> set[str]:
    return set(window.canvas.widget.picture._routes._rows)


def finish(waiting: list[Callable[[], None]]) -> None:
    while waiting:
        waiting.pop(0)()


def test_lines_that_come_and_go_are_shown_in_parts_and_the_pointer_follows(
    hand: Hand, waiting: list[Callable[[], None]]
) -> None:
    moving = hand.window.desk.board.snapper.moving
    hand.session.put(*LINES, what="import")
    assert len(drawn(hand.window)) == 2
    finish(waiting)
    assert drawn(hand.window) == NAMES
    hand.session.delete(*NAMES)
    assert 0 < len(drawn(hand.window)) < len(NAMES)
    assert any(one in moving for one in NAMES)
    finish(waiting)
    assert drawn(hand.window) == set()
    assert not any(one in moving for one in NAMES)


def test_what_is_edited_meanwhile_is_shown_as_it_is_then(
    hand: Hand, waiting: list[Callable[[], None]]
) -> None:
    hand.session.put(*LINES, what="import")
    last = LINES[-1]
    moved = replace(last, line=affinity.translate(last.line, 0.0, 3.0))
    hand.session.put(moved, what="move")
    hand.session.delete("m5")
    finish(waiting)
    assert drawn(hand.window) == NAMES - {"m5"}
    picture = hand.window.canvas.widget.picture._routes
    shown = picture._sheet.routes[picture._rows[last.route_id]]
    assert shown.route.line.equals(moved.line)


def test_a_line_that_was_gone_and_is_back_before_it_was_taken_away_stays(
    hand: Hand, waiting: list[Callable[[], None]]
) -> None:
    hand.session.put(*LINES, what="import")
    finish(waiting)
    hand.session.delete(*NAMES)
    hand.session.undo()
    finish(waiting)
    assert drawn(hand.window) == NAMES
    assert all(one in hand.window.desk.board.snapper.moving for one in NAMES)


def test_a_line_that_is_chosen_before_it_is_shown_is_drawn_as_chosen(
    hand: Hand, waiting: list[Callable[[], None]]
) -> None:
    hand.session.put(*LINES, what="import")
    hand.session.select("m6")
    picture = hand.window.canvas.widget.picture._routes
    assert picture._chosen == ()
    finish(waiting)
    assert [one.route.route_id for one in picture._chosen] == ["m6"]


def test_a_window_that_comes_meanwhile_shows_all(
    hand: Hand, waiting: list[Callable[[], None]]
) -> None:
    hand.session.put(*LINES, what="import")
    hand.use(replace(hand.window.settings, theme=Theme.DARK))
    assert drawn(hand.window) == NAMES

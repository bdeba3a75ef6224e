"""A line over hundreds of roads: what it comes to arrives late, and little by little."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from neixiang_survey_plugin.app.drawing.modes import Mode
from tests.drawing.desk import Drawn, desk_on
from tests.drawn import county, road
from tests.session.lanes import Newest

_ROADS = 200
STREETS = county([road((10 * n, -50, 10 * n + 4, 50), width_m=4.0) for n in range(_ROADS)])
END_M = 10.0 * _ROADS


@pytest.fixture
def drawn(tmp_path: Path) -> Iterator[Drawn]:
    with desk_on(tmp_path, STREETS) as found:
        found.session.ahead = Newest()
        found.desk.enter(Mode.DRAW, "water")
        found.click((-5, 0))
        yield found


def later(drawn: Drawn, monkeypatch: pytest.MonkeyPatch) -> deque[Callable[[], None]]:
    waiting: deque[Callable[[], None]] = deque()
    monkeypatch.setattr(drawn.map, "run_later", lambda call, after_ms=0: waiting.append(call))
    return waiting


def let_come(waiting: deque[Callable[[], None]]) -> None:
    while waiting:
        waiting.popleft()()


def test_until_all_crossings_are_there_it_is_said_to_be_measured(
    drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting, counts = later(drawn, monkeypatch), list[int]()
    drawn.move((END_M, 0))
    assert "measured" not in drawn.map.shown
    drawn.session.ahead.drain()
    assert "measured" not in drawn.map.shown  # the panels are laid out before
    while waiting:
        counts.append(len(drawn.map.shown.get("measured", ())))
        assert drawn.readouts[-1] is not None
        assert not drawn.readouts[-1].is_measured
        waiting.popleft()()
    assert counts == sorted(counts)
    assert max(counts) < _ROADS
    assert len(drawn.map.shown["measured"]) == _ROADS
    assert drawn.readouts[-1] is not None
    assert drawn.readouts[-1].is_measured
    assert drawn.readouts[-1].total_m == pytest.approx(END_M + 5, rel=1e-3)


def test_what_is_left_to_be_shown_goes_when_the_pointer_goes_on(
    drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = later(drawn, monkeypatch)
    drawn.move((END_M, 0))
    drawn.session.ahead.drain()
    drawn.move((END_M, 20))
    assert "measured" not in drawn.map.shown
    let_come(waiting)
    assert "measured" not in drawn.map.shown
    assert drawn.readouts[-1] is not None
    assert not drawn.readouts[-1].is_measured


def test_a_line_put_away_while_its_crossings_come_shows_none(
    drawn: Drawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = later(drawn, monkeypatch)
    drawn.move((END_M, 0))
    drawn.session.ahead.drain()
    drawn.desk.cancel()
    let_come(waiting)
    assert drawn.map.shown == {}


def test_back_at_the_first_vertex_nothing_is_waited_for(drawn: Drawn) -> None:
    drawn.move((END_M, 0))
    drawn.move((-5, 0))
    drawn.session.ahead.drain()
    assert not drawn.session.is_measuring
    assert "measured" not in drawn.map.shown

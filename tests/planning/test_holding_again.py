"""Held again and again, lines are said the same of as held all at once, and few are held anew."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, affinity

from neixiang_survey_plugin.app.planning import holding_again
from neixiang_survey_plugin.app.planning.checking import PlanChecker
from neixiang_survey_plugin.app.planning.holding_again import HeldAgain
from neixiang_survey_plugin.app.progress import CancelledError, Progress, Step
from neixiang_survey_plugin.core.routes import Route
from tests.drawn import road
from tests.planning.plans import ON, control, corridor, county, main, route, rules

LINES = [route(LineString([(x, 30), (x + 9, 40)]), f"r{x}") for x in range(0, 50, 10)]


class Counted(PlanChecker):
    """Remembers which lines it was given."""

    def __init__(self, of: Any = None) -> None:
        super().__init__(of or _county(), rules())
        self.given: list[str] = []

    def hold(self, routes: Sequence[Route], *others: Any, **more: Any) -> Any:
        self.given += [one.route_id for one in routes]
        return super().hold(routes, *others, **more)


def _county() -> Any:
    return county(
        plan=[corridor(LineString([(5, 30), (25, 40)]))],
        roads=[road("0 36, 40 36", width_m=None)],
        control_areas=[control(LineString([(22, 20), (22, 50)]).buffer(9), "purple")],
        mains=None,
        coverage=(0, 0, 28, 60),
    )


@pytest.fixture(autouse=True)
def _two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding_again, "_AT_ONCE", 2)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-9, 9)), max_size=6))
def test_after_any_moves_the_same_is_said_as_of_all_lines_at_once(
    moves: list[tuple[int, int]],
) -> None:
    again, lines = HeldAgain(Counted()), list(LINES)
    again.check(lines, ON, Progress())
    for which, north_m in moves:
        moved = affinity.translate(lines[which].line, 0.0, north_m)
        lines[which] = replace(lines[which], line=moved)
    found, whole = again.check(lines, ON, Progress()), Counted().check(lines, ON)
    assert found.routes == whole.routes
    assert set(found.not_held) == set(whole.not_held)
    assert len(found.not_held) == len(whole.not_held)


STREET = road((0.0, 0.0, 400.0, 20.0), "R1")
UTILITIES = ["water", "power", "gas", "telecom", "heat"]
IN_STREET = [
    route(LineString([(100 + 7 * n, 1 + n), (160 + 7 * n, 1 + n)]), f"s{n}", one)
    for n, one in enumerate(UTILITIES)
]


def _in_street() -> PlanChecker:
    return PlanChecker(
        county(roads=[STREET], mains=[main("0 3.5, 400 3.5", utility="gas")]), rules()
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-3, 60), st.booleans()), max_size=8))
def test_after_each_move_the_order_in_a_road_is_that_of_all_lines_at_once(
    moves: list[tuple[int, int, bool]],
) -> None:
    checker = _in_street()
    again, there = HeldAgain(checker), {one.route_id: one for one in IN_STREET}
    again.check([*there.values()], ON, Progress())
    for which, north_m, stays in moves:
        one = IN_STREET[which]
        there.pop(one.route_id, None)
        if stays:
            moved = affinity.translate(one.line, 0.0, north_m / 3)
            there[one.route_id] = replace(one, line=moved)
        lines = [*there.values()]
        assert again.check(lines, ON, Progress()).routes == checker.check(lines, ON).routes


def test_a_line_that_comes_into_a_road_is_said_also_of_those_that_lie_there() -> None:
    checker = _in_street()
    water, power = IN_STREET[:2]
    again = HeldAgain(checker)
    alone = again.check([power], ON, Progress()).remarks
    both = again.check([power, water], ON, Progress()).remarks
    assert ("s1", "s0") not in {(one.route_id, one.object_id) for one in alone}
    assert {("s0", "s1"), ("s1", "s0")} <= {(one.route_id, one.object_id) for one in both}
    assert again.check([power], ON, Progress()).remarks == alone


def test_a_line_in_another_road_is_not_held_again() -> None:
    checker = Counted(county(roads=[STREET, road((0.0, 900.0, 400.0, 920.0), "R2")]))
    far = replace(IN_STREET[1], route_id="far", line=LineString([(100, 902), (160, 902)]))
    again = HeldAgain(checker)
    again.check([*IN_STREET, far], ON, Progress())
    checker.given.clear()
    moved = replace(far, line=LineString([(100, 903), (160, 903)]))
    again.check([*IN_STREET, moved], ON, Progress())
    assert checker.given == ["far"]
    checker.given.clear()
    again.check([*IN_STREET[1:], moved], ON, Progress())
    assert "far" not in checker.given
    assert checker.given


def test_only_the_line_that_changed_is_held_again() -> None:
    checker = Counted()
    again = HeldAgain(checker)
    again.check(LINES, ON, Progress())
    checker.given.clear()
    equal = replace(LINES[0])
    changed = replace(LINES[3], diameter_mm=500.0)
    result = again.check([equal, LINES[1], changed], ON, Progress())
    assert checker.given == [changed.route_id]
    assert [one.route_id for one in result.routes] == ["r0", "r10", "r30"]


def test_what_was_held_before_a_check_was_stopped_is_not_held_again() -> None:
    checker = Counted()
    again, done = HeldAgain(checker), list[int]()
    stopped = Progress(lambda step: _stop_after(stopped, step, done))
    with pytest.raises(CancelledError):
        again.check(LINES, ON, stopped)
    assert done == [0, 1, 2]
    checker.given.clear()
    again.check(LINES, ON, Progress())
    assert checker.given == ["r20", "r30", "r40"]


def _stop_after(progress: Progress, step: Step, done: list[int]) -> None:
    done.append(step.done)
    assert step.of == len(LINES)
    if step.done == 2:
        progress.cancel()


def test_on_another_day_every_line_is_held_anew() -> None:
    checker = Counted()
    again = HeldAgain(checker)
    again.check(LINES, ON, Progress())
    again.check(LINES, ON + timedelta(days=1), Progress())
    assert len(checker.given) == 2 * len(LINES)


LONG_STREET = road((0.0, 0.0, 4000.0, 20.0), "R1")
ZIGZAG = LineString([(10 + 95 * n, 6 + n % 2) for n in range(41)])


def _pauses(line: LineString) -> int:
    paused: list[int] = []
    checker = PlanChecker(county(roads=[LONG_STREET]), rules())
    progress = Progress(give_way=lambda: paused.append(1))
    HeldAgain(checker).check([route(line, "z", "water")], ON, progress)
    return len(paused)


def test_one_line_of_many_pieces_lets_the_window_go_first_at_every_one() -> None:
    assert _pauses(ZIGZAG) - _pauses(LineString([(10, 6), (3810, 6)])) >= 2 * 39


def test_a_check_that_is_cancelled_ends_inside_a_line() -> None:
    asked = itertools.count()
    progress = Progress(give_way=lambda: progress.cancel() if next(asked) == 20 else None)
    checker = PlanChecker(county(roads=[LONG_STREET]), rules())
    with pytest.raises(CancelledError):
        HeldAgain(checker).check([route(ZIGZAG, "z", "water")], ON, progress)

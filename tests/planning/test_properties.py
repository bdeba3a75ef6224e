"""What holds of every plan and every line: where it lies and how it was drawn changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import LineString, affinity

from neixiang_survey_plugin.core.planning.remark import PlanOfRoute
from neixiang_survey_plugin.core.planning.spans import joined, total_m, without
from tests.drawn import road
from tests.planning.plans import check, control, corridor, main, route, rules

_places = st.tuples(st.integers(-60, 60), st.integers(-60, 60))
_lines = st.lists(_places, min_size=2, max_size=5, unique=True).map(LineString)
_plans = st.lists(st.tuples(_lines, st.sampled_from(["water", "gas"])), min_size=1, max_size=3)
_spans = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda one: (one[0], one[0] + one[1]))
)


def _layers(plan: list[tuple[LineString, str]], shift: tuple[float, float]) -> dict[str, Any]:
    def moved(shape: Any) -> Any:
        return affinity.translate(shape, *shift)

    street = LineString([(-80, 0), (80, 0)]).buffer(10.0, cap_style="flat")
    return {
        "plan": [corridor(moved(line), f"L{n}", utility) for n, (line, utility) in enumerate(plan)],
        "roads": [road(moved(street), "R1")],
        "control_areas": [control(moved(LineString([(0, -50), (0, 50)]).buffer(9)), "purple")],
        "mains": [main(moved(LineString([(-80, 7), (80, 7)])))],
    }


def _of(line: LineString, plan: Any, shift: tuple[float, float] = (0.0, 0.0)) -> PlanOfRoute:
    moved = affinity.translate(line, *shift)
    return check(route(moved), **_layers(plan, shift)).routes[0]


def _gist(found: PlanOfRoute, turned: bool = False) -> list[Any]:
    length = found.length_m
    return sorted(
        (
            one.kind.value,
            one.object_id or "",
            round((length - one.to_m) if turned else one.from_m, 5),
            round(one.measured or 0.0, 5),
        )
        for one in found.remarks
    )


@settings(max_examples=30, deadline=None)
@given(_lines, _plans)
def test_a_line_drawn_the_other_way_has_the_same_remarks(line: LineString, plan: Any) -> None:
    there, back = _of(line, plan), _of(line.reverse(), plan)
    assert _gist(there) == _gist(back, turned=True)
    assert there.corridor.within_m == pytest.approx(back.corridor.within_m)


@settings(max_examples=30, deadline=None)
@example(LineString([(0, 4), (47, 13)]), [], 0, 1)  # its middle lies on the main
@example(LineString([(0, -8), (40, 11)]), [], 0, 1)  # a metre from the middle of the street
@given(_lines, _plans, st.integers(-5, 5), st.integers(-5, 5))
def test_a_plan_moved_with_its_line_says_the_same(
    line: LineString, plan: Any, east: int, north: int
) -> None:
    shift = (east * 1000.0, north * 1000.0)
    assert _gist(_of(line, plan)) == _gist(_of(line, plan, shift))


@settings(max_examples=30, deadline=None)
@given(_lines, _plans)
def test_within_beside_and_off_never_exceed_the_line(line: LineString, plan: Any) -> None:
    found = _of(line, plan)
    metres = found.corridor
    assert metres.within_m is not None
    assert metres.beside_m is not None
    assert metres.off_m is not None
    # the bends of a line and of a corridor may bridge a metre each
    bends_m = 1.0 * len(line.coords) * 5
    assert metres.within_m + metres.beside_m + metres.off_m <= found.length_m + bends_m
    for one in found.remarks:
        assert 0.0 <= one.from_m <= one.to_m <= found.length_m + 1e-6


@settings(max_examples=30, deadline=None)
@given(st.floats(-29.0, 29.0), st.integers(20, 100))
def test_a_parallel_line_is_what_its_distance_says(apart_m: float, length_m: int) -> None:
    line = LineString([(0.0, apart_m), (length_m, apart_m)])
    metres = check(route(line), plan=[corridor("-50 0, 200 0")]).routes[0].corridor
    limits = rules().corridor
    expected = (
        (length_m, 0.0, 0.0)
        if abs(apart_m) <= limits.within_m
        else (0.0, length_m, 0.0)
        if abs(apart_m) <= limits.beside_m
        else (0.0, 0.0, length_m)
    )
    assert (metres.within_m, metres.beside_m, metres.off_m) == pytest.approx(expected)


@given(_spans, _spans)
def test_what_is_left_and_what_was_taken_make_up_the_whole(wanted: Any, taken: Any) -> None:
    whole, away = joined(wanted, 0.0), joined(taken, 0.0)
    left = without(whole, away)
    metres = {x for low, high in whole for x in range(low, high)}
    gone = {x for low, high in away for x in range(low, high)}
    assert {x for low, high in left for x in range(int(low), int(high))} == metres - gone
    assert total_m(left) == len(metres - gone)

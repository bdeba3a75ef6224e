"""What holds for any two lines: the order does not matter, and moving apart never worsens."""

from __future__ import annotations

import math
from dataclasses import replace

import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import affinity

from neixiang_survey_plugin.core.conflicts.conflict import (
    Conflict,
    ConflictOutcome,
    conflict_report,
)
from neixiang_survey_plugin.core.routes import Route
from tests.conflicts.scenes import find, route

UTILITIES = ("water", "power", "gas", "heat", "telecom")
NO_LAYERS = dict.fromkeys(("pipes", "buildings", "obstacles", "surfaces", "sites"))
GRAVITY = {
    None: 0,
    ConflictOutcome.WAIVABLE: 1,
    ConflictOutcome.UNKNOWN: 2,
    ConflictOutcome.FAIL: 3,
}

# five centimetres and a little more, so that nothing is exactly 0.2 m from anything
metres = st.integers(-400, 400).map(lambda n: n / 20 + 0.004 * math.sin(n))
points = st.lists(st.tuples(metres, metres), min_size=2, max_size=5, unique=True)
lines = points.map(shapely.LineString).filter(lambda line: line.is_simple)
diameters = st.sampled_from([None, 110.0, 315.0, 800.0])
covers = st.sampled_from([None, 0.6, 1.0, 1.4, 2.5])
facts = st.fixed_dictionaries(
    {
        "diameter_mm": diameters,
        "cover_m": covers,
        "laying": st.sampled_from([None, "direct", "duct", "trench"]),
    }
)


@st.composite
def routes(draw: st.DrawFn, name: str) -> Route:
    return route(draw(lines), name, draw(st.sampled_from(UTILITIES)), **draw(facts))


def between(*both: Route) -> tuple[Conflict, ...]:
    return find(*both, **NO_LAYERS)


def plain(conflict: Conflict) -> dict:
    """A conflict without the last digits, which the place in memory decides."""
    report = conflict_report(conflict)
    report["at"] = [round(value, 5) for value in report["at"]]
    return {k: round(v, 5) if isinstance(v, float) else v for k, v in report.items()}


def worst(conflicts: tuple[Conflict, ...]) -> int:
    return max((GRAVITY[one.outcome] for one in conflicts), default=0)


@given(routes("r1"), routes("r2"))
@settings(max_examples=150)
def test_the_order_in_which_two_routes_are_given_changes_nothing(one: Route, other: Route) -> None:
    first, second = between(one, other), between(other, one)
    assert [plain(c) for c in first] == [plain(c) for c in second]


@given(routes("r1"), routes("r2"))
@settings(max_examples=150)
def test_swapping_the_names_of_two_routes_changes_no_outcome(one: Route, other: Route) -> None:
    """In a tie the name decides who is a: figures are the same, seen from the other line."""
    first = between(one, other)
    second = between(replace(other, route_id="r1"), replace(one, route_id="r2"))
    assert worst(first) == worst(second)


@given(routes("r1"), routes("r2"), st.floats(0, 2 * math.pi))
@settings(max_examples=100)
def test_turning_the_drawing_changes_no_conflict(one: Route, other: Route, angle: float) -> None:
    turned = [
        replace(r, line=affinity.rotate(r.line, angle, origin=(0, 0), use_radians=True))
        for r in (one, other)
    ]
    before, after = between(one, other), between(*turned)
    assert [c.kind for c in before] == [c.kind for c in after]
    for was, now in zip(before, after, strict=True):
        assert math.isclose(was.from_m, now.from_m, abs_tol=1e-3)
        assert math.isclose(was.to_m, now.to_m, abs_tol=1e-3)


@given(
    st.lists(st.tuples(metres, st.integers(0, 60).map(lambda n: n / 20)), min_size=2, max_size=5,
             unique_by=lambda point: point[0]),
    st.floats(0.0, 3.0),
    st.floats(0.0, 3.0),
    st.sampled_from(UTILITIES),
    st.sampled_from(UTILITIES),
    facts,
    facts,
)  # fmt: skip
@settings(max_examples=200)
def test_moving_a_line_away_never_makes_it_worse(
    points: list[tuple[float, float]],
    apart_m: float,
    further_m: float,
    a: str,
    b: str,
    of_a: dict,
    of_b: dict,
) -> None:
    """A line north of a straight one, from west to east, moved north; neither ever crosses.

    Of two utilities: an end that lies at a main of its own is connected until it is moved away.
    """
    assume(a != b)
    line = shapely.LineString(sorted(points))
    main = route("-30 0, 30 0", "r1", a, **of_a)
    near, far = (
        route(affinity.translate(line, 0.0, step_m), "r2", b, **of_b)
        for step_m in (apart_m + 0.01, apart_m + further_m + 0.01)
    )
    assert worst(between(main, far)) <= worst(between(main, near))


@given(routes("r1"), routes("r2"))
@settings(max_examples=100)
def test_every_figure_is_in_its_place(one: Route, other: Route) -> None:
    for conflict in between(one, other):
        line = one.line if conflict.a == "r1" else other.line
        assert -1e-6 <= conflict.from_m <= conflict.to_m <= line.length + 1e-6
        assert shapely.distance(line, shapely.Point(conflict.at)) < 1e-6
        unknown = conflict.outcome is ConflictOutcome.UNKNOWN
        assert bool(conflict.missing) is unknown

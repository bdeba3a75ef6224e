"""Bores stay on the ground where they were, whatever becomes of their line."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import LineString
from shapely.ops import substring

from neixiang_survey_plugin.app.drawing.along import (
    carried,
    length_m,
    metres_at,
    stretch,
    vertices_m,
)
from neixiang_survey_plugin.app.drawing.edits import bored_route, reversed_route, split_route
from neixiang_survey_plugin.app.drawing.vertices import part_of
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.routes import Bore
from tests.drawn import PLANE, drawn, route

metres = st.integers(-200, 200).map(lambda n: n / 4)
courses = st.lists(st.tuples(metres, metres), min_size=2, max_size=6, unique=True)
shares = st.floats(0.02, 0.98)
WIDE = Grid(0, 0.0, 0.0, (1.0001, 0.0, 0.0, 0.0, 0.0, 0.0))


def test_metres_along_a_line_are_those_of_the_ellipsoid() -> None:
    line = drawn("0 0, 100 0, 100 50")
    assert metres_at(line, WIDE, (100, 20)) == pytest.approx(120 / 1.0001)
    assert stretch(line, PLANE, 90, 120).wkt == "LINESTRING (90 0, 100 0, 100 20)"
    assert (metres_at(line, PLANE, (0, 0)), length_m(line, PLANE)) == (0, 150)


def test_a_bore_within_what_was_bent_keeps_its_share_of_the_way() -> None:
    old, new = drawn("0 0, 10 0, 20 0"), drawn("0 0, 10 0, 40 0")
    assert carried([Bore(2, 8), Bore(12, 18, 3.0)], old, new, PLANE) == (
        Bore(2, 8),
        Bore(16, 34, 3.0),
    )


def test_a_bore_of_which_nothing_is_left_vanishes() -> None:
    assert carried([Bore(12, 18)], drawn("0 0, 10 0, 20 0"), drawn("0 0, 10 0"), PLANE) == ()


@given(courses)
def test_nothing_changes_where_nothing_moved(points: list[tuple[float, float]]) -> None:
    line = LineString(points)
    total = length_m(line, PLANE)
    bores = [Bore(0.2 * total, 0.4 * total), Bore(0.5 * total, 0.9 * total)]
    found = carried(bores, line, line, PLANE)
    assert [m for b in found for m in (b.from_m, b.to_m)] == pytest.approx(
        [m for b in bores for m in (b.from_m, b.to_m)]
    )


@given(courses, shares, shares)
def test_turning_a_line_round_twice_changes_nothing(
    points: list[tuple[float, float]], start: float, end: float
) -> None:
    assume(start < end - 0.01)
    line = route(LineString(points), "r1")
    total = length_m(line.line, PLANE)
    bored = bored_route(line, Bore(start * total, end * total), PLANE)
    again = reversed_route(reversed_route(bored, PLANE), PLANE)
    assert again.line == bored.line
    assert again.trenchless[0].from_m == pytest.approx(bored.trenchless[0].from_m)


@given(courses, shares, st.lists(st.tuples(shares, shares), max_size=3))
def test_the_parts_of_a_line_have_its_length_and_its_bored_metres(
    points: list[tuple[float, float]], share: float, ends: list[tuple[float, float]]
) -> None:
    whole = route(LineString(points), "r1")
    total = length_m(whole.line, PLANE)
    for start, end in ends:
        if abs(start - end) * total > 0.02:
            whole = bored_route(whole, Bore(start * total, end * total), PLANE)
    assume(0.02 < share * total < total - 0.02)
    parts = split_route(whole, share * total, "r2", PLANE)
    assert sum(length_m(one.line, PLANE) for one in parts) == pytest.approx(total)
    bored = [sum(b.to_m - b.from_m for b in one.trenchless) for one in (whole, *parts)]
    assert bored[0] == pytest.approx(bored[1] + bored[2], abs=1e-5)


@given(courses, st.floats(0.02, 0.98) | st.integers(1, 4))
def test_two_parts_put_together_are_the_line_that_was_split(
    points: list[tuple[float, float]], place: float
) -> None:
    """At any place, and at any vertex, where none is added."""
    whole = route(LineString(points), "r1")
    total, at_vertices = length_m(whole.line, PLANE), vertices_m(whole.line, PLANE)
    at_m = at_vertices[min(place, len(points) - 2)] if isinstance(place, int) else place * total
    assume(0.02 < at_m < total - 0.02)
    whole = bored_route(whole, Bore(0.1 * total, 0.9 * total, 3.0), PLANE)
    first, second = split_route(whole, at_m, "r2", PLANE)
    assert first.line.coords[-1] == second.line.coords[0]
    joined = [*first.line.coords, *list(second.line.coords)[1:]]
    if isinstance(place, float):
        assume(min(abs(at_m - one) for one in at_vertices) > 1e-3)
        joined.remove(second.line.coords[0])
    assert [m for one in joined for m in one] == pytest.approx([m for one in points for m in one])
    bores = [*first.trenchless, *second.trenchless]
    assert sum(one.to_m - one.from_m for one in bores) == pytest.approx(0.8 * total)


def test_a_bore_without_length_is_refused() -> None:
    with pytest.raises(SurveyError, match="没有长度"):
        bored_route(route("0 0, 10 0"), Bore(12, 15), PLANE)


@given(courses, st.floats(-0.2, 1.2), st.floats(-0.2, 1.2))
def test_a_part_of_a_line_is_what_cutting_it_out_gives(
    points: list[tuple[float, float]], one: float, other: float
) -> None:
    line = LineString(points)
    from_m, to_m = (min(max(share, 0.0), 1.0) * line.length for share in (one, other))
    wanted = substring(line, from_m, to_m)
    found = part_of(line, one * line.length, other * line.length)
    if found is None or wanted.length < 1e-9:
        assert wanted.length < 1e-9
    else:
        assert found.simplify(0.0).equals_exact(wanted.simplify(0.0), 1e-8)
        assert len(found.coords) <= len(wanted.coords)

"""Ground in pieces, put together only where something lies near: the same as all of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import Geometry, LineString

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring import patchwork
from neixiang_survey_plugin.core.measuring.crooked import exact_pieces, exact_strip
from neixiang_survey_plugin.core.measuring.overlay import common
from neixiang_survey_plugin.core.measuring.patchwork import Patchwork
from tests.drawn import county, drawn, green, measure_one, road, route

WIDTH_M, NEAR_M = 1.9, 0.1
ORIGIN = np.array([578_000.0, 3_658_000.0])
PLACE = st.tuples(st.integers(0, 12), st.integers(0, 12))


def line_through(places: Sequence[tuple[int, int]]) -> LineString:
    return LineString(ORIGIN + np.array(places, dtype=float))


def in_pieces(*lines: LineString) -> Patchwork:
    none = np.full(len(lines), None, dtype=np.object_)
    return Patchwork(none, {row: exact_pieces(one, WIDTH_M) for row, one in enumerate(lines)})


def areas_of(*shapes: Geometry) -> Geometries:
    return np.array(shapes, dtype=np.object_)


def rows(*row: int) -> np.ndarray:
    return np.array(row, dtype=np.intp)


scribbles = st.lists(PLACE, min_size=2, max_size=9, unique=True).map(line_through)
patches = st.builds(
    lambda at, east, north: shapely.box(*(ORIGIN + at), *(ORIGIN + at + (east, north))),
    PLACE.map(np.array),
    st.integers(1, 6),
    st.integers(1, 6),
)


@given(st.lists(scribbles, min_size=1, max_size=2), st.lists(patches, min_size=1, max_size=3))
def test_the_ground_near_an_area_has_as_much_of_it_in_common_as_all_of_the_ground(
    lines: list[LineString], shapes: list[Geometry]
) -> None:
    row = np.arange(len(lines)).repeat(len(shapes))
    areas = np.tile(areas_of(*shapes), len(lines))
    whole = areas_of(*(exact_strip(one, WIDTH_M) for one in lines))[row]
    ground = in_pieces(*lines)
    near = ground.near(row, areas, NEAR_M)
    expected = shapely.dwithin(whole, areas, NEAR_M)
    np.testing.assert_array_equal(~shapely.is_missing(near), expected)
    np.testing.assert_array_equal(ground.within(row, areas, NEAR_M), expected)
    own, theirs = (common(one[expected], areas[expected]) for one in (near, whole))
    np.testing.assert_allclose(shapely.area(own), shapely.area(theirs), atol=1e-6)


@given(st.lists(scribbles, min_size=1, max_size=2))
def test_all_of_the_ground_is_the_union_of_its_pieces(lines: list[LineString]) -> None:
    for whole, line in zip(in_pieces(*lines).whole, lines, strict=True):
        assert whole.equals(exact_strip(line, WIDTH_M))


def test_only_the_pieces_near_an_area_are_joined(monkeypatch: pytest.MonkeyPatch) -> None:
    counts: list[int] = []

    def counted(pieces: Geometries) -> Geometry:
        counts.append(len(pieces))
        return shapely.union_all(pieces)

    monkeypatch.setattr(patchwork, "joined", counted)
    zigzag = line_through([(3 * number, number % 2) for number in range(20)])
    at_an_end, at_a_bend, beyond = (
        shapely.box(*(ORIGIN + low), *(ORIGIN + high))
        for low, high in (((-1, -2), (1, 2)), ((29, 0), (31, 2)), ((0, 9), (9, 12)))
    )
    ground = in_pieces(zigzag)
    row, areas = rows(0, 0, 0, 0), areas_of(at_an_end, at_a_bend, at_a_bend, beyond)
    ground.near(row, areas, NEAR_M)
    assert counts == [3]  # two segments and their corner, once; at the end there is but one
    assert ground.near(row, areas, NEAR_M)[3] is None
    assert counts == [3]


def test_a_route_without_ground_is_near_nothing() -> None:
    ground = Patchwork(areas_of(None, None), {1: exact_pieces(line_through([(0, 0), (9, 0)]), 2.0)})
    everywhere = areas_of(*[shapely.box(*(ORIGIN - 50), *(ORIGIN + 50))] * 2)
    assert ground.near(rows(0, 1), everywhere, NEAR_M)[0] is None
    assert ground.within(rows(0, 1), everywhere, NEAR_M).tolist() == [False, True]
    assert ground.whole[0] is None
    assert len(ground) == 2


def test_other_ground_takes_the_place_of_a_routes_pieces() -> None:
    ground = in_pieces(line_through([(0, 0), (9, 0)]), line_through([(0, 5), (9, 5)]))
    far = shapely.box(*(ORIGIN + 100), *(ORIGIN + 110))
    other = ground.with_areas({0: far})
    assert other.whole[0] is far
    assert other.whole[1].equals(ground.whole[1])
    assert other.within(rows(0, 1), areas_of(far, far), NEAR_M).tolist() == [True, False]
    near = other.near(rows(0, 0, 1), areas_of(far, ground.whole[0], far), NEAR_M)
    assert near.tolist() == [far, None, None]
    assert ground.with_areas({}) is ground


def test_pieces_that_meet_at_a_bend_share_its_vertices_to_the_last_bit() -> None:
    # a last bit apart, and the grid on which they are joined makes a slit of it
    line = LineString(ORIGIN + np.array([(0.1, 0.3), (7.7, 2.9), (3.3, 9.1)]))
    first, second, corner = (
        {tuple(at) for at in shapely.get_coordinates(one)} for one in exact_pieces(line, WIDTH_M)
    )
    bend = tuple(shapely.get_coordinates(line)[1])
    assert first & second & corner == {bend}
    assert len(first & corner) == len(second & corner) == 2


def test_a_strip_is_nowhere_joined_as_a_whole_to_measure_green_space_and_roads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts: list[int] = []
    monkeypatch.setattr(
        patchwork, "joined", lambda own: counts.append(len(own)) or shapely.union_all(own)
    )
    bends = ", ".join(f"{4 * number} {4 * (number % 2)}" for number in range(21))
    park, beside = green((43, 3, 45, 9)), road((35, 4.5, 37, 20))
    found = measure_one(county([beside], [park], roads_accuracy_m=0.1), route(bends))
    assert 0.0 < found.green.strip.at_least < 10.0
    assert [one.road.road_id for one in found.roads.touches] == ["R1"]
    assert max(counts) < len(exact_pieces(drawn(bends), 2.0)) / 2

from __future__ import annotations

from itertools import pairwise
from unittest.mock import patch

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon, box

from neixiang_survey_plugin.app.map_layers import NO_WIDTH, UNKNOWN, extent, map_layers
from neixiang_survey_plugin.app.map_levels import PIXELS_M
from neixiang_survey_plugin.app.map_shapes import CHUNK, shapes_of
from neixiang_survey_plugin.core.schema import GREEN_SPACES, ROADS
from tests.features import array, table

COORDINATE = st.integers(0, 1000)
SIDE = st.integers(1, 40)
SQUARES = st.lists(
    st.builds(lambda e, n, side: box(e, n, e + side, n + side), COORDINATE, COORDINATE, SIDE),
    min_size=1,
    max_size=700,
)


def ring_area(xy: np.ndarray) -> float:
    e, n = xy[:, 0], xy[:, 1]
    return float(np.sum(e[:-1] * n[1:] - e[1:] * n[:-1]) / 2)


@given(SQUARES, COORDINATE, COORDINATE, st.integers(0, 500))
def test_a_view_finds_the_rings_that_a_plain_search_finds(
    squares: list[Polygon], e: int, n: int, side: int
) -> None:
    shapes = shapes_of(array(*squares))
    xy, start = shapes.gather(shapes.rings_in((e, n, e + side, n + side)))
    found = sorted(tuple(xy[a:b].min(axis=0).tolist()) for a, b in pairwise(start))
    seen = [s for s in squares if s.intersects(box(e, n, e + side, n + side))]
    assert found == sorted(s.bounds[:2] for s in seen)


@pytest.mark.parametrize("view", [(-5, -5, 405, 405), (95, 0, 405, 405), (0, 0, 255, 333)])
def test_of_a_part_that_lies_in_the_view_every_ring_is_found_and_of_others_those_that_meet_it(
    view: tuple[float, float, float, float],
) -> None:
    grid = [box(10 * n, 10 * m, 10 * n + 9, 10 * m + 9) for n in range(40) for m in range(40)]
    shapes = shapes_of(array(*grid))
    west, south, east, north = view
    boxes = shapes.ring_boxes
    meet = (boxes[:, 0] <= east) & (boxes[:, 2] >= west)
    meet &= (boxes[:, 1] <= north) & (boxes[:, 3] >= south)
    assert shapes.rings_in(view).tolist() == np.flatnonzero(meet).tolist()


@given(SQUARES)
def test_laying_out_keeps_every_coordinate(squares: list[Polygon]) -> None:
    shapes = shapes_of(array(*squares))
    xy = shapely.get_coordinates(squares)
    assert sorted(map(tuple, shapes.xy)) == sorted(map(tuple, xy))
    assert len(shapes.chunk_boxes) == -(-len(squares) // CHUNK)


@pytest.mark.parametrize("reverse", [False, True])
def test_shells_run_counter_clockwise_and_holes_clockwise(reverse: bool) -> None:
    ring = box(0, 0, 10, 10).exterior.coords[:: -1 if reverse else 1]
    hole = box(2, 2, 4, 4).exterior.coords[:: -1 if reverse else 1]
    shapes = shapes_of(array(Polygon(ring, [hole]), box(20, 0, 30, 10)))
    areas = sorted(ring_area(shapes.xy[a:b]) for a, b in pairwise(shapes.start))
    assert areas == [-4.0, 100.0, 100.0]


def test_missing_and_empty_geometries_are_left_out_and_many_parts_are_parted() -> None:
    two = MultiPolygon([box(0, 0, 1, 1), box(5, 5, 6, 6)])
    assert len(shapes_of(array(None, Polygon(), two))) == 2
    assert len(shapes_of(array(None))) == 0


def test_points_are_rings_of_one_place() -> None:
    shapes = shapes_of(array(Point(3, 4), Point(1, 2)))
    xy, start = shapes.gather(shapes.rings_in((2, 3, 4, 5)))
    assert xy.tolist() == [[3, 4]]
    assert start.tolist() == [0, 1]


def test_a_layer_is_parted_by_what_is_drawn_alike() -> None:
    areas = [box(0, 0, 10, 10), box(20, 0, 30, 10), box(40, 0, 50, 10)]
    greens = table(GREEN_SPACES, *areas, green_kind=["park", None, "park"])
    layers = map_layers({"green_spaces": greens})
    assert {(one.look, len(one.shapes)) for one in layers} == {("park", 2), (UNKNOWN, 1)}
    assert extent(layers) == (0, 0, 50, 10)
    assert extent(()) is None


def test_a_road_that_is_a_line_is_drawn_as_the_area_that_it_measures_as() -> None:
    lines = [LineString([(0, 0), (100, 0)]), LineString([(0, 50), (100, 50)])]
    roads = table(ROADS, *lines, road_class=["local", "local"], width_m=[12.0, np.nan])
    by_look = {one.look: one.shapes for one in map_layers({"roads": roads})}
    assert by_look["local"].ring_boxes.tolist() == [[0, -6, 100, 6]]
    assert by_look[NO_WIDTH].ring_boxes.tolist() == [[0, 50, 100, 50]]


@given(st.integers(8, 60), st.floats(5.0, 400.0), st.sampled_from(PIXELS_M))
def test_a_coarser_level_stays_within_a_pixel_of_what_was_surveyed(
    corners: int, radius_m: float, pixel_m: float
) -> None:
    rings = array(*(Point(e, 0).buffer(radius_m, quad_segs=corners).exterior for e in (0, 900)))
    with patch("neixiang_survey_plugin.app.map_levels.WORTH", 1):
        levels = {level.pixel_m: level for level in shapes_of(rings).levels}
    level = levels[pixel_m]
    for ring, (first, last) in zip(rings, pairwise(level.start), strict=True):
        away_m = shapely.hausdorff_distance(LineString(level.xy[first:last]), ring, densify=0.1)
        assert away_m <= pixel_m / 2
        assert last - first <= len(ring.coords)


@given(st.lists(st.integers(5, 40), min_size=1, max_size=12), st.integers(1, 5))
def test_what_is_laid_out_is_the_same_however_many_go_at_a_time(
    corners: list[int], at_once: int
) -> None:
    round_ = [Point(90 * n, n % 3).buffer(40, quad_segs=each) for n, each in enumerate(corners)]
    areas = array(
        *(
            one.difference(one.centroid.buffer(each))
            for one, each in zip(round_, corners, strict=True)
        )
    )
    whole, by_few = layout(areas, 1_000), layout(areas, at_once)
    assert len(whole) == len(by_few) == 4 + 2 * len(PIXELS_M)
    assert all(map(np.array_equal, whole, by_few))


def layout(areas: np.ndarray, at_once: int) -> list[np.ndarray]:
    """Every array of a layer, so many of its shapes at a time."""
    with (
        patch("neixiang_survey_plugin.app.map_levels.WORTH", 1),
        patch("neixiang_survey_plugin.core.slices._AT_ONCE", at_once),
    ):
        shapes = shapes_of(areas)
    levels = (part for level in shapes.levels for part in (level.xy, level.start))
    return [shapes.xy, shapes.start, shapes.ring_boxes, shapes.chunk_boxes, *levels]


def test_a_picture_takes_the_coarsest_level_that_shows_no_difference() -> None:
    rings = array(*(Point(30 * n, 0).buffer(10, quad_segs=32) for n in range(400)))
    shapes = shapes_of(rings)
    counts = [len(shapes.gather(np.arange(400), pixel_m)[0]) for pixel_m in (0.0, 1.9, 2.0, 8.0)]
    assert counts[0] == counts[1] > counts[2] > counts[3]


def test_few_vertices_have_no_levels() -> None:
    assert shapes_of(array(box(0, 0, 1, 1))).levels == ()

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, box

from neixiang_survey_plugin.app.map_shapes import shapes_of
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.render.paths import (
    SLICE,
    path_slices,
    paths_of,
    point_slices,
    runs,
    without_outside,
)
from neixiang_survey_plugin.render.view import POINT_M, View

VIEW = View(50.0, 50.0, 1.0, 100, 100)


def array(*geometries: shapely.Geometry) -> np.ndarray:
    return np.array(geometries, dtype=object)


def test_a_path_lies_where_the_shape_lies_with_north_up() -> None:
    (path,) = path_slices(shapes_of(array(box(10, 20, 30, 60))), VIEW)
    bounds = path.boundingRect()
    assert (bounds.left(), bounds.top(), bounds.right(), bounds.bottom()) == (10, 40, 30, 80)


def test_what_is_out_of_view_is_not_painted() -> None:
    assert list(path_slices(shapes_of(array(box(200, 20, 230, 60))), VIEW)) == []


def test_slices_stay_small_and_lose_no_shape() -> None:
    squares = array(*(box(e, n, e + 0.9, n + 0.9) for e in range(100) for n in range(100)))
    slices = list(path_slices(shapes_of(squares), VIEW))
    assert max(path.elementCount() for path in slices) <= SLICE
    assert sum(path.elementCount() for path in slices) == 5 * len(squares)


def test_one_outline_larger_than_a_slice_stays_whole() -> None:
    round_shape = Point(50, 50).buffer(40_000, quad_segs=3_000)
    view = View(50.0, 50.0, 10.0, 10_000, 10_000)
    (path,) = path_slices(shapes_of(array(round_shape)), view)
    assert path.elementCount() > SLICE


def test_vertices_within_half_a_pixel_are_left_out() -> None:
    line = LineString([(e / 100, 50.1) for e in range(10_000)])
    (path,) = path_slices(shapes_of(array(line)), VIEW)
    assert 150 <= path.elementCount() <= 201


def test_overlapping_shapes_of_a_layer_fill_as_one_and_holes_stay_open() -> None:
    ring = box(0, 0, 60, 60).difference(box(20, 20, 40, 40))
    (path,) = path_slices(shapes_of(array(ring, box(50, 0, 90, 60))), VIEW)
    place = path.boundingRect().topLeft().__class__
    assert path.contains(place(55, 70))
    assert not path.contains(place(30, 70))


def test_points_come_in_pixels() -> None:
    (polygon,) = point_slices(shapes_of(array(Point(10, 90), Point(500, 500))), VIEW, 2.0)
    assert [(point.x(), point.y()) for point in polygon] == [(10, 10)]


def test_runs_take_any_geometry_and_leave_points_out() -> None:
    several = shapely.GeometryCollection(
        [Point(1, 1), LineString([(0, 0), (5, 5)]), shapely.MultiPolygon([box(10, 10, 20, 20)])]
    )
    assert [len(run) for run in runs(several, VIEW)] == [2, 5]
    assert runs(Point(1, 1), VIEW) == []
    assert runs(LineString(), VIEW) == []


def test_a_view_says_its_scale_and_finds_its_way_back() -> None:
    view = View(1000.0, 2000.0, 500 * POINT_M, 800, 600)
    assert view.denominator == pytest.approx(500)
    assert view.to_grid(*view.to_pixel(1010.0, 2005.0)) == pytest.approx((1010.0, 2005.0))


def test_a_finer_picture_of_the_same_view_has_the_same_scale_and_box() -> None:
    view = View(1000.0, 2000.0, 0.5, 800, 600)
    fine = view.sized(1600, 1200, 2.0)
    assert fine.denominator == pytest.approx(view.denominator)
    assert fine.box == pytest.approx(view.box)


def test_zooming_stops_at_the_largest_and_the_smallest_scale() -> None:
    view = View(0.0, 0.0, 1.0, 800, 600)
    assert view.zoomed(1e9, 0, 0).denominator == pytest.approx(20)
    assert view.zoomed(1e-9, 0, 0).denominator == pytest.approx(5_000_000)


_PLACES = st.lists(
    st.tuples(st.integers(-30, 40), st.integers(-30, 40)), min_size=4, max_size=12
).map(lambda some: [(x + 0.5, y + 0.5) for x, y in (*some, some[0])])


@given(st.lists(_PLACES, min_size=1, max_size=3))
def test_an_area_is_the_same_in_view_without_what_its_outline_does_beside_it(
    rings: list[list[tuple[float, float]]],
) -> None:
    xy = np.array([place for ring in rings for place in ring])
    start = np.concatenate([[0], np.cumsum([len(ring) for ring in rings])])
    cut = without_outside(xy, start, 0.0, (10.0, 10.0))
    (whole,), (part,) = (list(paths_of(*one, size=10_000)) for one in ((xy, start), cut))
    assert len(cut[0]) <= len(xy)
    for path in (whole, part):
        path.setFillRule(QtCore.Qt.FillRule.OddEvenFill)
    inside = [QtCore.QPointF(x / 2 + 0.2, y / 2 + 0.3) for x in range(19) for y in range(19)]
    assert [part.contains(one) for one in inside] == [whole.contains(one) for one in inside]


def test_of_a_very_long_outline_few_vertices_are_painted_unless_it_is_dashed() -> None:
    along = np.linspace(-20_000.0, 20_000.0, 10_001)
    road = LineString(np.stack([50.0 + 20.0 * np.sin(along / 9.0), along], axis=1)).buffer(5.0)
    paths = [list(path_slices(shapes_of(array(road)), VIEW, 3.0, dashed=one)) for one in (0, 1)]
    cut, whole = (sum(path.elementCount() for path in some) for some in paths)
    assert 0 < cut < 500 < 10_000 < whole
    assert paths[0][0].boundingRect().height() > 100

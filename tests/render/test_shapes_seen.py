"""What has very many vertices is drawn as it is seen, and costs what is seen of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Geometry, LineString, Polygon

from neixiang_survey_plugin.app.map_host import Mark, Overlay
from neixiang_survey_plugin.render import long_lines
from neixiang_survey_plugin.render.long_lines import runs_seen, shape_seen, vertices_seen
from neixiang_survey_plugin.render.marks import REACH, paint_overlays, place
from neixiang_survey_plugin.render.palette import PALETTES, Theme
from neixiang_survey_plugin.render.paths import on_pixels
from neixiang_survey_plugin.render.pens import painting
from neixiang_survey_plugin.render.pictures import blank_image
from neixiang_survey_plugin.render.view import View

_SIDE_PX = 200


def winding_road(vertices: int = 20_000, long_m: float = 4_000.0) -> Polygon:
    """A strip of 20 m that runs north and winds."""
    along = np.linspace(0.0, long_m, vertices // 2)
    middle = 40.0 * np.sin(along / 100.0) + 0.3 * np.sin(along)
    left, right = (np.stack([middle + side, along], axis=1) for side in (-10.0, 10.0))
    return Polygon(np.concatenate([left, right[::-1]]))


def round_pond(e_m: float, n_m: float, radius_m: float) -> Polygon:
    return shapely.Point(e_m, n_m).buffer(radius_m, quad_segs=300)


def painted(geometry: Geometry, view: View) -> Any:
    """The pixels of a mark on an area."""
    image = blank_image(view.width_px, view.height_px)
    image.fill(0)
    with painting(image) as painter:
        paint_overlays(painter, [Overlay(Mark.HOVER, geometry)], view, PALETTES[Theme.LIGHT])
    every = np.frombuffer(image.constBits().asstring(image.sizeInBytes()), np.uint8)
    return every.reshape(image.height(), image.width(), 4)[..., :3].astype(int)


def view_of(e_m: float, n_m: float, pixel_m: float) -> View:
    return View(e_m, n_m, pixel_m, _SIDE_PX, _SIDE_PX)


@pytest.mark.parametrize("pixel_m", [0.25, 2.0, 40.0])
def test_of_a_road_of_very_many_vertices_few_are_placed(pixel_m: float) -> None:
    road = winding_road()
    placed = place(Overlay(Mark.HOVER, road), view_of(0.0, 2_000.0, pixel_m))
    assert 0 < sum(len(line) for line in placed.lines) < 1_000


@settings(max_examples=12, deadline=None)
@given(st.floats(-60, 60), st.floats(-20, 420), st.sampled_from([0.3, 1.0, 5.0]), st.booleans())
def test_it_looks_as_if_all_of_it_were_painted(
    e_m: float, n_m: float, pixel_m: float, holed: bool
) -> None:
    pond = round_pond(10.0, n_m + 10.0, 40.0)
    area = winding_road(2_000, 400.0)
    area = area.union(pond.buffer(15)).difference(pond) if holed else area
    view = view_of(e_m, n_m, pixel_m)
    seen = painted(area, view)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(long_lines, "_MANY_OF_AREA", 1_000_000)
        whole = painted(area, view)
    off = np.abs(seen - whole)
    assert off.mean() < 1.0
    assert (off > 100).mean() < 0.002


def test_what_is_smaller_than_a_pixel_is_still_marked() -> None:
    view = view_of(0.0, 0.0, 1_000.0)
    pond = round_pond(0.0, 0.0, 5.0)
    assert shapely.get_num_coordinates(pond) > 1_000
    assert shape_seen(pond, view, REACH).equals(shapely.envelope(pond))
    assert painted(pond, view).any()


def test_what_lies_beside_the_view_is_not_painted_and_small_shapes_stay_as_they_are() -> None:
    view = view_of(0.0, 0.0, 1.0)
    assert not painted(round_pond(5_000.0, 0.0, 50.0), view).any()
    small = shapely.box(0, 0, 5_000, 5_000)
    assert shape_seen(small, view, REACH) is small


def test_a_ring_that_crosses_itself_is_marked_too() -> None:
    turn = np.linspace(0.0, 4 * np.pi, 2_001)
    crossed = Polygon(np.stack([60 * np.sin(turn * 1.5), 60 * np.cos(turn)], axis=1))
    assert not crossed.is_valid
    assert painted(crossed, view_of(0.0, 0.0, 1.0)).any()


def test_where_it_is_cut_off_beside_the_view_no_edge_is_seen() -> None:
    pixels = painted(round_pond(0.0, 0.0, 5_000.0), view_of(0.0, 0.0, 1.0))
    assert pixels[0, 0].any()
    assert (pixels == pixels[100, 100]).all()


@settings(max_examples=25, deadline=None)
@given(st.floats(1.0, 60.0), st.floats(2.0, 60.0), st.sampled_from([0.1, 0.7, 3.0]))
def test_a_line_of_very_many_vertices_is_painted_nowhere_beside_its_course(
    wide_m: float, bend_m: float, pixel_m: float
) -> None:
    along = np.arange(2_000) * 0.25
    line = LineString(np.stack([along, wide_m * np.sin(along / bend_m)], axis=1))
    view = _all_of(line, pixel_m)
    (run,) = runs_seen(line, view, REACH)
    drawn = LineString([(one.x(), one.y()) for one in run])
    course = LineString(on_pixels(shapely.get_coordinates(line), view))
    # half a pixel of those that share one, a fifth of bends that are not seen
    assert shapely.hausdorff_distance(drawn, course, densify=0.1) < np.hypot(0.5, 0.5) + 0.2
    assert drawn.boundary.equals(course.boundary)


@pytest.mark.parametrize("pixel_m", [0.1, 0.7, 3.0])
def test_few_of_the_vertices_of_a_smooth_line_are_painted(pixel_m: float) -> None:
    along = np.arange(2_000) * 0.25
    line = LineString(np.stack([along, 40.0 * np.sin(along / 60.0)], axis=1))
    (run,) = runs_seen(line, _all_of(line, pixel_m), REACH)
    assert len(run) < 200


def _all_of(line: LineString, pixel_m: float) -> View:
    west, south, east, north = line.bounds
    size_px = (round((one + 20) / pixel_m) for one in (east - west, north - south))
    return View((west + east) / 2, (south + north) / 2, pixel_m, *size_px)


def test_the_squares_on_vertices_close_to_each_other_are_seen_one_by_one() -> None:
    line = LineString(np.stack([np.arange(900.0), np.zeros(900)], axis=1))
    squares = vertices_seen(line, View(450.0, 0.0, 1.0, 900, 100), REACH)
    assert len(squares) < 900 / 3.5
    assert (squares[0].x(), squares[len(squares) - 1].x()) == (0.0, 899.0)

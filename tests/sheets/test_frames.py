"""Which part of the county a sheet shows, and how metres become millimetres."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString

from neixiang_survey_plugin.app.sheets.frames import (
    OVERVIEW_SCALES,
    PLAN_SCALES,
    MapFrame,
    overview,
    tiled,
)

PAPER = MapFrame(500.0, 0.0, 0.0, 30.0, 10.0, 280.0, 270.0)
places = st.tuples(
    st.floats(576_000.0, 578_000.0, allow_nan=False), st.floats(3_656_000.0, 3_658_000.0)
)


@pytest.mark.parametrize("scale", PLAN_SCALES)
def test_a_hundred_metres_of_the_grid_are_that_many_millimetres(scale: float) -> None:
    frame = MapFrame(scale, 578_000.0, 3_658_000.0, 30.0, 10.0, 280.0, 270.0)
    one, other = frame.mm([(578_010.0, 3_657_990.0), (578_070.0, 3_657_910.0)])
    assert math.dist(one, other) == pytest.approx(100.0 * 1000.0 / scale, abs=1e-6)


def test_north_is_up_and_east_is_right() -> None:
    frame = MapFrame(500.0, 0.0, 100.0, 30.0, 10.0, 280.0, 270.0)
    assert frame.mm([(0.0, 100.0)]) == ((30.0, 10.0),)
    assert frame.mm([(10.0, 90.0)]) == ((50.0, 30.0),)


def test_a_line_that_fits_is_on_one_sheet_at_1_500_about_its_middle() -> None:
    (frame,) = tiled([LineString([(0, 0), (100, 0)])], PAPER)
    assert frame.scale == 500.0
    assert frame.mm([(50.0, 0.0)]) == ((170.0, 145.0),)


def test_a_line_of_a_centimetre_has_a_sheet_too() -> None:
    (frame,) = tiled([LineString([(0, 0), (0.01, 0)])], PAPER)
    assert frame.scale == 500.0


def test_a_line_longer_than_a_sheet_is_drawn_in_1_500_on_several() -> None:
    frames = tiled([LineString([(0, 0), (300, 0)])], PAPER)
    assert [frame.scale for frame in frames] == [500.0] * 3


def test_a_line_of_many_sheets_is_drawn_at_the_next_smaller_scale() -> None:
    assert {frame.scale for frame in tiled([LineString([(0, 0), (2000, 0)])], PAPER)} == {1000.0}
    assert {frame.scale for frame in tiled([LineString([(0, 0), (20000, 0)])], PAPER)} == {2000.0}


def test_sheets_that_no_line_is_on_are_left_out() -> None:
    frames = tiled([LineString([(0, 0), (300, 0), (300, 300)])], PAPER)
    assert len(frames) == 5


@given(st.lists(places, min_size=2, max_size=6, unique=True))
def test_every_place_of_a_line_is_on_a_sheet(points: list[tuple[float, float]]) -> None:
    line = LineString(points)
    shown = shapely.union_all([frame.area for frame in tiled([line], PAPER)])
    assert shapely.length(shapely.difference(line, shown)) < 1e-6


@given(st.lists(places, min_size=2, max_size=6, unique=True))
def test_the_index_shows_every_line_whole(points: list[tuple[float, float]]) -> None:
    line = LineString(points)
    assert shapely.covers(overview([line], PAPER, OVERVIEW_SCALES).area, line)

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.render.shelf import Shelf
from neixiang_survey_plugin.render.tiles import SIDE_PX, aligned, place_px, tiles_of
from neixiang_survey_plugin.render.view import View

PLACE = st.floats(-4e6, 4e6)
VIEWS = st.builds(
    View,
    PLACE,
    PLACE,
    st.floats(0.005, 500.0),
    st.integers(1, 4_000),
    st.integers(1, 3_000),
    st.sampled_from([1.0, 1.5, 2.0]),
)


@given(VIEWS)
def test_aligning_moves_a_view_by_less_than_a_pixel(view: View) -> None:
    moved = aligned(view)
    assert abs(moved.e_m - view.e_m) <= view.pixel_m * 0.51
    assert abs(moved.n_m - view.n_m) <= view.pixel_m * 0.51
    assert moved.pixel_m == view.pixel_m


@given(VIEWS)
def test_the_tiles_of_a_view_cover_it_without_a_gap(view: View) -> None:
    view = aligned(view)
    corners = {place_px(tile, view) for tile in tiles_of(view)}
    xs, ys = sorted({x for x, _ in corners}), sorted({y for _, y in corners})
    assert len(corners) == len(xs) * len(ys)
    assert xs[0] <= 0
    assert ys[0] <= 0
    assert xs[-1] + SIDE_PX >= view.width_px
    assert ys[-1] + SIDE_PX >= view.height_px
    assert all(b - a == SIDE_PX for run in (xs, ys) for a, b in pairwise(run))


def test_a_tile_shows_what_lies_where_it_is_put() -> None:
    view = aligned(View(1234.0, 5678.0, 0.5, 900, 700))
    for tile in tiles_of(view):
        west, _, _, north = tile.view.box
        assert place_px(tile, view) == pytest.approx(view.to_pixel(west, north))


def test_the_tile_in_the_middle_comes_first() -> None:
    view = aligned(View(0.25 * SIDE_PX, 0.25 * SIDE_PX, 1.0, 1_500, 1_500))
    assert (tiles_of(view)[0].column, tiles_of(view)[0].row) == (0, 0)


def test_a_shelf_gives_up_what_was_shown_longest_ago() -> None:
    shelf: Shelf[str] = Shelf(2)
    shelf.put("a", 1)
    shelf.put("b", 2)
    shelf.get("a")
    shelf.put("c", 3)
    assert ("a" in shelf, "b" in shelf, "c" in shelf) == (True, False, True)

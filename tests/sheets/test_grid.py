"""The grid of a plan: crosses where the coordinates say, figures with north as X."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.sheets.frames import PLAN_SCALES, MapFrame
from neixiang_survey_plugin.app.sheets.grid import crosses, grid_marks, scale_bar
from neixiang_survey_plugin.app.sheets.scene import Area, Text

FRAME = MapFrame(500.0, 578_010.0, 3_658_040.0, 30.0, 10.0, 280.0, 270.0)


def test_every_cross_lies_on_round_coordinates_a_hundred_millimetres_apart() -> None:
    places = sorted(crosses(FRAME))
    assert places[0] == pytest.approx((30.0 + 80.0, 10.0 + 80.0))
    assert {round(x, 6) for x, _ in places} == {110.0, 210.0, 310.0}


def test_figures_stand_at_their_lines_and_name_north_x() -> None:
    texts = {mark.text: mark.at for mark in grid_marks(FRAME) if isinstance(mark, Text)}
    assert texts["Y=578050"][0] == pytest.approx(110.0)
    assert texts["X=3658000"][1] == pytest.approx(90.0)


@given(st.floats(5e5, 6e5), st.floats(3.6e6, 3.7e6), st.sampled_from(PLAN_SCALES))
def test_crosses_lie_in_the_frame_wherever_it_lies(west: float, north: float, scale: float) -> None:
    frame = MapFrame(scale, west, north, 30.0, 10.0, 280.0, 270.0)
    found = crosses(frame)
    assert 4 <= len(found) <= 9
    assert all(frame.holds(*place, -1e-6) for place in found)


@pytest.mark.parametrize("scale", PLAN_SCALES)
def test_a_part_of_the_scale_bar_is_as_long_as_it_says(scale: float) -> None:
    marks = list(scale_bar(scale, 0.0, 0.0))
    bars = [mark.rings[0] for mark in marks if isinstance(mark, Area)]
    assert [ring[1][0] - ring[0][0] for ring in bars] == [10.0] * 4
    last = [mark.text for mark in marks if isinstance(mark, Text)][-1]
    assert last == f"{4 * 10.0 * scale / 1000:g} m"

"""What stands in for functions of newer libraries gives what those give."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from shapely import LineString, Polygon

from neixiang_survey_plugin.core import older_shapely
from neixiang_survey_plugin.core.false_alarms import ignore_false_alarms
from neixiang_survey_plugin.core.older_shapely import from_text, ground_by_rings, line_beside
from tests.repair.shapes import Corner, drawn_area_m2, of_rings, rings

HOLED = Polygon(
    [(0, 0), (10, 0), (10, 10), (0, 10)],
    [[(8, 8), (12, 8), (12, 9), (8, 9)], [(20, 0), (22, 0), (22, 2), (20, 2)]],
)
# To the left of it lie two pieces.
HOOKED = LineString([(6, 5), (6, 0), (3, 5), (1, 1), (6, 1)])


@given(st.lists(rings, min_size=1, max_size=3))
@example([[(3, 1), (0, 1), (0, 2), (2, 1), (1, 1), (0, 0)]])
@example([[(0, 0), (8, 0), (8, 8), (4, 8), (4, 2), (6, 2), (6, 7), (0, 7)]])
def test_ground_found_face_by_face_is_the_ground_that_the_outlines_go_round(
    outlines: list[list[Corner]],
) -> None:
    ground = ground_by_rings(of_rings(*outlines))
    assert shapely.is_valid(ground)
    assert ground.area == pytest.approx(drawn_area_m2(*outlines), abs=1e-6)


def test_holes_are_cut_out_where_they_meet_the_ground_and_are_ground_where_they_do_not() -> None:
    assert ground_by_rings(HOLED).area == 98.0 + 4.0
    assert older_shapely.valid_ground(HOLED).equals(ground_by_rings(HOLED))


def test_ground_without_an_area_is_empty() -> None:
    assert ground_by_rings(Polygon([(0, 0), (10, 0), (5, 0)])).is_empty


@pytest.mark.parametrize("text", ["LINESTRING M (1 2 7, 3 4 8)", "linestring m(1 2 7, 3 4 8)"])
def test_a_value_m_that_is_written_out_is_no_height(text: str) -> None:
    assert not shapely.has_z(from_text(text))
    assert shapely.get_coordinates(from_text(text)).tolist() == [[1, 2], [3, 4]]


@pytest.mark.parametrize(
    "text", ["LINESTRING Z (1 2 5, 3 4 6)", "LINESTRING ZM (1 2 5 7, 3 4 6 8)"]
)
def test_heights_that_are_written_out_stay(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older_shapely, "_HOLDS_MEASURES", False)
    assert shapely.get_coordinates(from_text(text), include_z=True)[:, 2].tolist() == [5, 6]


def test_beside_a_hook_that_leaves_two_pieces_lies_no_line() -> None:
    assert line_beside(HOOKED, 0.8, 5.0) is None


def test_a_course_that_ends_before_its_line_is_not_all_that_lies_beside_it() -> None:
    bend = LineString([(0, 0), (10, 0), (10, 10)])
    whole = LineString([(0, 1), (9, 1), (9, 10)])
    assert not older_shapely._more_lies_beside(bend, 1.0, whole)
    assert older_shapely._more_lies_beside(bend, 1.0, LineString([(0, 1), (9, 1)]))


turns_deg = st.lists(st.floats(-60.0, 60.0), min_size=0, max_size=4)


@given(turns_deg, st.floats(0.3, 3.0), st.sampled_from([-1.0, 1.0]))
@example([5e-05], 1.0, -1.0)  # GEOS 3.14 leaves two pieces that meet
def test_beside_gentle_bends_lies_one_whole_line(
    turns: list[float], distance_m: float, side: float
) -> None:
    heading = np.radians(np.cumsum([0.0, *turns]))
    steps = 20.0 * np.column_stack([np.cos(heading), np.sin(heading)])
    line = LineString(np.cumsum([(578000.0, 3658000.0), *steps], axis=0))
    beside = line_beside(line, side * distance_m, 5.0)
    assert beside is not None
    assert not older_shapely._more_lies_beside(line, side * distance_m, beside)


def test_false_alarms_are_not_said_and_every_other_warning_is() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ignore_false_alarms()
        twice = LineString([(0, 0), (0, 0), (1, 1)])
        assert shapely.distance(twice, shapely.Point(2, 2)) == pytest.approx(2**0.5)
        warnings.warn("invalid value encountered in dwithin", RuntimeWarning, stacklevel=1)
        with pytest.raises(RuntimeWarning):
            np.log(np.array([-1.0]))

"""Polygons that cross themselves, overlap themselves, or are too thin to be ground."""

from __future__ import annotations

import pytest
import shapely

from neixiang_survey_plugin.core.repair.repairs import Outcome, Trouble
from tests.repair.shapes import repaired, troubles

SQUARE = "POLYGON((0 0,10 0,10 10,0 10,0 0))"
# A road that crosses itself once: the place of the crossing is gone round twice.
LOOP = "POLYGON((0 0,10 0,10 10,4 10,4 -4,6 -4,6 12,0 12,0 0))"


def test_a_bow_tie_is_its_two_wings() -> None:
    result = repaired("POLYGON((0 0,10 10,10 0,0 10,0 0))")
    (repair,) = [one for one in result.repairs if one.trouble is Trouble.INVALID_AREA]
    assert result.geometry[0].area == 50.0
    assert repair.before.area_m2 == 0.0
    assert repair.after is not None
    assert repair.after.area_m2 == 50.0
    assert repair.at == (5.0, 5.0)
    assert repair.other_area_m2 is None, "both readings give the two wings"


def test_ground_that_an_outline_goes_round_twice_stays_ground_and_the_other_reading_is_named() -> (
    None
):
    result = repaired(LOOP)
    (repair,) = result.repairs
    assert result.geometry[0].covers(shapely.Point(5, 5))
    assert repair.after is not None
    assert repair.after.area_m2 == 120.0
    assert repair.other_area_m2 == 100.0


def test_overlapping_parts_of_one_feature_count_each_place_once() -> None:
    result = repaired("MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((5 5,15 5,15 15,5 15,5 5)))")
    assert result.geometry[0].area == 175.0


def test_a_hole_that_reaches_out_cuts_out_what_lies_inside() -> None:
    result = repaired("POLYGON((0 0,10 0,10 10,0 10,0 0),(8 8,12 8,12 9,8 9,8 8))")
    assert result.geometry[0].area == 98.0


def test_a_hole_drawn_by_a_cut_to_it_and_back_stays_a_hole() -> None:
    result = repaired("POLYGON((0 0,10 0,10 10,0 10,0 0,3 3,3 6,6 6,6 3,3 3,0 0))")
    (repair,) = result.repairs
    assert result.geometry[0].area == 91.0
    assert repair.amount == pytest.approx(18**0.5), "the cut is a line that fell out"


def test_a_spike_falls_out_and_its_metres_are_named() -> None:
    result = repaired("POLYGON((0 0,10 0,10 10,20 10,10 10,0 10,0 0))")
    (repair,) = result.repairs
    assert result.geometry[0].equals(shapely.from_wkt(SQUARE))
    assert repair.amount == 10.0


def test_an_area_that_is_only_a_line_is_set_aside() -> None:
    result = repaired("POLYGON((0 0,10 0,5 0,0 0))", SQUARE)
    (repair,) = result.repairs
    assert (repair.trouble, repair.outcome) == (Trouble.COLLAPSED, Outcome.SET_ASIDE)
    assert result.set_aside.tolist() == [True, False]
    assert repair.before.vertices == 4


def test_a_thin_part_of_an_area_is_taken_out_with_its_figures() -> None:
    result = repaired(
        "MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0)),((20 0,20.0009 0,20.0009 9,20 9,20 0)))"
    )
    (repair,) = result.repairs
    assert repair.trouble is Trouble.SLIVER_PART
    assert result.geometry[0].area == 100.0
    assert repair.before.parts == 2
    assert repair.before.area_m2 == pytest.approx(100.0081)


def test_a_thin_hole_is_closed_and_a_wider_one_stays() -> None:
    result = repaired(
        "POLYGON((0 0,10 0,10 10,0 10,0 0),(1 1,1.0009 1,1.0009 9,1 9,1 1),(3 3,4 3,4 4,3 4,3 3))"
    )
    (repair,) = result.repairs
    assert repair.trouble is Trouble.SLIVER_HOLE
    assert result.geometry[0].area == 99.0


def test_a_thin_hole_with_ground_in_it_stays() -> None:
    """A hole with a long tail is thin by its mean width, and another part may lie in its head."""
    tail = "3 3,5 3,5 5,3 5,3 4,-90000 4,-90000 4.000001,3 4.000001,3 3"
    island = "3.5 3.5,4.5 3.5,4.5 4.5,3.5 4.5,3.5 3.5"
    result = repaired(
        f"MULTIPOLYGON(((-99999 0,10 0,10 10,-99999 10,-99999 0),({tail})),(({island})))"
    )
    assert Trouble.SLIVER_HOLE not in troubles(result)
    assert shapely.is_valid(result.geometry[0])


def test_a_thin_area_is_named_and_stays() -> None:
    thin = "POLYGON((0 0,10 0,10 0.04,0 0.04,0 0))"
    result = repaired(thin, "POLYGON((0 5,10 5,10 5.06,0 5.06,0 5))")
    (repair,) = result.repairs
    assert (repair.row, repair.trouble, repair.outcome) == (0, Trouble.SLIVER, Outcome.KEPT)
    assert result.geometry[0].equals_exact(shapely.from_wkt(thin), 0.0)


def test_an_area_of_thin_parts_alone_keeps_them_all() -> None:
    slit = "((0 {y},9 {y},9 {z},0 {z},0 {y}))"
    parts = ",".join(slit.format(y=y, z=y + 0.0005) for y in range(3))
    result = repaired(f"MULTIPOLYGON({parts})")
    assert troubles(result) == [Trouble.SLIVER, Trouble.MULTIPART]
    assert len(result.geometry[0].geoms) == 3


def test_coordinates_that_overflow_are_set_aside_and_not_a_crash() -> None:
    result = repaired("POLYGON((0 0,1e308 1e308,1e308 0,0 1e308,0 0))", SQUARE)
    assert result.geometry[1].area == 100.0
    assert Trouble.INVALID_AREA not in troubles(result) or shapely.is_valid(result.geometry[0])

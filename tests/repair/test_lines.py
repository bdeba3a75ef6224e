"""Lines without length, lines that meet themselves, vertices that stand twice."""

from __future__ import annotations

import shapely

from neixiang_survey_plugin.core.repair.repairs import Outcome, Trouble
from tests.repair.shapes import LINES, repaired, troubles


def test_a_line_whose_points_are_one_place_is_set_aside() -> None:
    result = repaired("LINESTRING(1 1,1 1)", "LINESTRING(0 0,1 0)", kinds=LINES)
    assert troubles(result) == [Trouble.COLLAPSED]
    assert result.repairs[0].at == (1.0, 1.0)
    assert result.set_aside.tolist() == [True, False]


def test_a_part_that_is_a_point_is_taken_out_of_a_line() -> None:
    result = repaired("MULTILINESTRING((0 0,5 0),(9 9,9 9))", kinds=LINES)
    (repair,) = result.repairs
    assert (repair.trouble, repair.at) == (Trouble.POINT_PART, (9.0, 9.0))
    assert result.geometry[0].equals_exact(shapely.from_wkt("LINESTRING(0 0,5 0)"), 0.0)


def test_a_vertex_that_stands_twice_stands_once_and_the_line_is_as_long() -> None:
    result = repaired("LINESTRING(0 0,3 4,3 4,3 4,6 8)", kinds=LINES)
    (repair,) = result.repairs
    assert repair.trouble is Trouble.DOUBLED_VERTICES
    assert repair.after is not None
    assert (repair.before.vertices, repair.after.vertices) == (5, 3)
    assert repair.before.length_m == repair.after.length_m == 10.0


def test_a_line_that_comes_back_to_a_vertex_keeps_it() -> None:
    result = repaired("LINESTRING(0 0,3 4,0 0)", kinds=LINES)
    assert shapely.get_num_coordinates(result.geometry[0]) == 3


def test_rings_that_begin_where_another_ends_have_no_double() -> None:
    result = repaired("POLYGON((0 0,9 0,9 9,0 9,0 0),(0 0,1 5,5 1,0 0))")
    assert result.repairs == ()


def test_a_line_that_crosses_itself_is_named_with_the_place_and_stays() -> None:
    drawn = "LINESTRING(0 0,10 10,10 0,0 10)"
    result = repaired(drawn, kinds=LINES)
    (repair,) = result.repairs
    assert (repair.trouble, repair.outcome) == (Trouble.SELF_CROSSING, Outcome.KEPT)
    assert repair.at == (5.0, 5.0)
    assert result.geometry[0].equals_exact(shapely.from_wkt(drawn), 0.0)


def test_a_ring_main_that_closes_does_not_cross_itself() -> None:
    assert repaired("LINESTRING(0 0,10 0,10 10,0 0)", kinds=LINES).repairs == ()

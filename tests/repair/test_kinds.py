"""Shapes of the wrong kind, without a place, with heights."""

from __future__ import annotations

import struct

import numpy as np
import pytest
import shapely

from neixiang_survey_plugin.core.older_shapely import has_measures
from neixiang_survey_plugin.core.repair.repairs import Outcome, Trouble
from tests.repair.shapes import AREAS, LINES, POINTS, ROADS, repaired, troubles

SQUARE = "POLYGON((0 0,10 0,10 10,0 10,0 0))"
LINESTRING_M = 2002  # as WKB numbers it


def test_what_has_no_place_is_set_aside_by_name_and_the_rest_stays_where_it_was() -> None:
    with np.errstate(invalid="ignore"):
        nowhere = shapely.LineString([(0, 0), (np.nan, 1), (2, 2)])
        endless = shapely.LineString([(0, 0), (np.inf, 1)])
    result = repaired(
        None, "LINESTRING EMPTY", nowhere, endless, "LINESTRING(0 0,9 9)", kinds=LINES
    )
    assert troubles(result) == [
        Trouble.NO_GEOMETRY,
        Trouble.EMPTY,
        Trouble.NOT_A_NUMBER,
        Trouble.NOT_A_NUMBER,
    ]
    assert {repair.outcome for repair in result.repairs} == {Outcome.SET_ASIDE}
    assert result.set_aside.tolist() == [True, True, True, True, False]


def test_of_a_collection_the_areas_stay_and_the_rest_is_named() -> None:
    result = repaired(
        "GEOMETRYCOLLECTION(POINT(1 1),LINESTRING(0 0,3 4),"
        "GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0))))"
    )
    (repair,) = result.repairs
    assert result.geometry[0].geom_type == "Polygon"
    assert (repair.trouble, repair.reason, repair.amount) == (
        Trouble.MIXED,
        "LineString、Point",
        5.0,
    )
    assert repair.before.parts == 3


def test_a_closed_line_in_a_layer_of_areas_is_the_area_within_it() -> None:
    result = repaired("LINESTRING(0 0,10 0,10 10,0 10,0 0)")
    (repair,) = result.repairs
    assert result.geometry[0].area == 100.0
    assert (repair.trouble, repair.amount) == (Trouble.CLOSED_LINE, 0.0)


def test_a_closed_line_within_another_is_a_hole() -> None:
    result = repaired("MULTILINESTRING((0 0,10 0,10 10,0 10,0 0),(3 3,6 3,6 6,3 6,3 3))")
    assert result.geometry[0].area == 91.0


def test_a_boundary_that_ends_a_centimetre_short_is_closed_and_one_that_ends_further_is_not() -> (
    None
):
    result = repaired(
        "LINESTRING(0 0,10 0,10 10,0 10,0 0.01)", "LINESTRING(0 0,10 0,10 10,0 10,0 0.011)"
    )
    assert troubles(result) == [Trouble.CLOSED_LINE, Trouble.OPEN_LINE]
    assert result.set_aside.tolist() == [False, True]
    assert result.repairs[1].amount == pytest.approx(0.011)


def test_a_closed_line_that_crosses_itself_is_made_valid_too() -> None:
    result = repaired("LINESTRING(0 0,10 10,10 0,0 10,0 0)")
    assert troubles(result) == [Trouble.CLOSED_LINE, Trouble.INVALID_AREA, Trouble.MULTIPART]
    assert result.geometry[0].area == 50.0


def test_a_line_there_and_back_bounds_nothing() -> None:
    assert troubles(repaired("LINESTRING(0 0,10 0,0 0)")) == [Trouble.COLLAPSED]


def test_roads_may_be_lines_and_a_closed_one_stays_a_line() -> None:
    result = repaired("LINESTRING(0 0,10 0,10 10,0 10,0 0)", SQUARE, kinds=ROADS)
    assert result.repairs == ()
    assert result.geometry[0].geom_type == "LineString"


@pytest.mark.parametrize(
    ("shape", "kinds"),
    [
        (SQUARE, LINES),
        ("POINT(1 1)", AREAS),
        ("LINESTRING(0 0,1 1)", POINTS),
        ("POINT(1 1)", ROADS),
    ],
)
def test_a_shape_that_cannot_be_of_the_layer_is_set_aside(shape: str, kinds: tuple) -> None:
    result = repaired(shape, kinds=kinds)
    assert troubles(result) == [Trouble.WRONG_TYPE]
    assert result.repairs[0].reason == shapely.from_wkt(shape).geom_type


def test_heights_are_left_behind_and_their_range_is_kept() -> None:
    result = repaired(
        "LINESTRING Z(0 0 93.2,9 0 101.5)",
        "LINESTRING(0 5,9 5)",
        "LINESTRING Z(0 9 nan,9 9 nan)",
        "LINESTRING Z(0 15 nan,9 15 88.5)",
        kinds=LINES,
    )
    assert (shapely.get_coordinate_dimension(result.geometry) == 2).all()
    assert result.heights.rows.tolist() == [0, 2, 3]
    assert result.heights.lowest.tolist() == pytest.approx([93.2, np.nan, 88.5], nan_ok=True)
    assert result.heights.highest.tolist() == pytest.approx([101.5, np.nan, 88.5], nan_ok=True)
    assert result.heights.measures.tolist() == []


def test_values_m_are_left_behind_and_named_by_a_library_that_holds_them() -> None:
    measured = shapely.from_wkb(
        struct.pack("<BIIdddddd", 1, LINESTRING_M, 2, 0.0, 12.0, 1.0, 9.0, 12.0, 2.0)
    )
    result = repaired("LINESTRING(0 0,9 0)", measured, kinds=LINES)
    assert shapely.get_coordinate_dimension(result.geometry).tolist() == [2, 2]
    assert not has_measures(result.geometry).any()
    assert result.heights.rows.tolist() == []
    assert result.heights.measures.tolist() == ([1] if hasattr(shapely, "has_m") else [])


def test_a_feature_of_several_parts_stays_one_feature_and_is_named() -> None:
    several = "MULTILINESTRING((0 0,1 1),(5 5,6 6))"
    result = repaired(several, "MULTILINESTRING((9 0,9 1))", kinds=LINES)
    (repair,) = result.repairs
    assert (repair.row, repair.trouble, repair.outcome) == (0, Trouble.MULTIPART, Outcome.KEPT)
    assert result.geometry[0].equals_exact(shapely.from_wkt(several), 0.0)

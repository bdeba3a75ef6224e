"""Across, into, along, and at which angle; each case is small enough to draw.

Unless a test says otherwise the road is 8 m wide, from 40 E to 48 E, and the route runs east.
"""

from __future__ import annotations

import math

import pytest

from neixiang_survey_plugin.core.measuring.measures import Crossing
from tests.drawn import Drawing, Row, county, measure_one, road, route

ROAD = road((40, -100, 48, 100), width_m=8.0)


def crossings(line: Drawing, *roads: Row) -> tuple[Crossing, ...]:
    return measure_one(county(roads or [ROAD]), route(line)).roads.crossings


def crossing(line: Drawing, *roads: Row) -> Crossing:
    (only,) = crossings(line, *roads)
    return only


def test_route_from_side_to_side_crosses_the_road() -> None:
    found = crossing("0 0, 100 0")
    assert found.kind == "across"
    assert (found.from_m, found.to_m, found.length_m) == pytest.approx((40.0, 48.0, 8.0))
    assert found.angle_deg == pytest.approx(90.0)
    assert found.at == pytest.approx((44.0, 0.0))


def test_route_that_ends_in_the_road_runs_into_it() -> None:
    found = crossing("0 0, 45 0")
    assert (found.kind, found.from_m, found.to_m) == ("into", pytest.approx(40.0), 45.0)


def test_route_that_starts_in_the_road_runs_into_it() -> None:
    found = crossing("45 0, 100 0")
    assert (found.kind, found.from_m, found.to_m) == ("into", 0.0, pytest.approx(3.0))


def test_route_wholly_inside_runs_into_the_road_while_it_is_short() -> None:
    # 16 m = 2 w up the road
    assert crossing("44 0, 44 16").kind == "into"
    assert crossing("44 0, 44 16.01").kind == "along"


def test_route_that_ends_on_the_far_boundary_runs_into_the_road() -> None:
    assert crossing("0 0, 48 0").kind == "into"


def test_route_that_starts_on_the_near_boundary_runs_into_the_road() -> None:
    assert crossing("40 0, 100 0").kind == "into"


def test_route_at_30_degrees_is_twice_the_width_long_and_still_crosses() -> None:
    # 8 m / sin 30 = 16 m = 2 w; the route climbs 100 tan 60 over 100 m
    found = crossing(f"0 -90, 100 {-90 + 100 * math.tan(math.radians(60))!r}")
    assert found.length_m == pytest.approx(16.0)
    assert found.angle_deg == pytest.approx(30.0)
    assert found.kind == "across"


def test_route_flatter_than_30_degrees_runs_along() -> None:
    found = crossing(f"0 -90, 100 {-90 + 100 * math.tan(math.radians(60.1))!r}")
    assert found.angle_deg == pytest.approx(29.9)
    assert found.kind == "along"


def test_route_up_the_road_with_both_ends_outside_runs_along() -> None:
    # in at 40 E, 50 m up, out at 48 E: 4 + 50 + 4 m, more than 16 m
    found = crossing("0 0, 44 0, 44 50, 100 50")
    assert (found.kind, found.length_m) == ("along", pytest.approx(58.0))


def test_width_is_the_roads_width_where_it_is_given() -> None:
    # 8 m of route against 2 x 3.9 m
    assert crossing("0 0, 100 0", road((40, -100, 48, 100), width_m=3.9)).kind == "along"


def test_width_is_twice_the_area_over_the_perimeter_where_it_is_missing() -> None:
    # 10 x 30: 2 x 300 / 80 = 7.5 m, so up to 15 m is across; straight up the road it is 30 m
    block = road((40, 0, 50, 30))
    up = crossing("0 7, 40 7, 50 18.18, 60 18.18", block)
    assert up.length_m == pytest.approx(math.hypot(10, 11.18))  # 14.9994
    assert up.kind == "across"
    assert crossing("0 7, 40 7, 50 18.2, 60 18.2", block).kind == "along"  # 15.014
    assert crossing("45 -10, 45 40", block).kind == "along"


def test_a_hole_takes_part_in_the_width() -> None:
    # area 40 x 40 - 20 x 20 = 1200, perimeter 160 + 80: w = 10; each side of the hole is 10 m
    ring = road("POLYGON ((0 0, 40 0, 40 40, 0 40, 0 0), (10 10, 30 10, 30 30, 10 30, 10 10))")
    first, second = crossings("-10 20, 50 20", ring)
    assert (first.from_m, first.to_m) == pytest.approx((10.0, 20.0))
    assert (second.from_m, second.to_m) == pytest.approx((40.0, 50.0))
    assert {first.kind, second.kind} == {"across"}
    assert {one.kind for one in crossings("-10 5, 50 5", ring)} == {"along"}  # 40 m > 2 w


def test_the_angle_of_a_polygon_is_taken_to_the_boundary_at_the_entry() -> None:
    # a trapezium: entry over a side that leans 45 degrees, exit over one that stands upright
    leaning = road("POLYGON ((40 -10, 60 -10, 60 10, 60 10, 40 -10))", width_m=20.0)
    assert crossing("0 0, 100 0", leaning).angle_deg == pytest.approx(45.0)
    assert crossing("100 0, 0 0", leaning).angle_deg == pytest.approx(90.0)


def test_the_angle_of_a_route_that_starts_inside_is_taken_at_the_exit() -> None:
    leaning = road("POLYGON ((40 -10, 60 -10, 60 10, 60 10, 40 -10))", width_m=20.0)
    assert crossing("55 0, 0 0", leaning).angle_deg == pytest.approx(45.0)


def test_a_route_wholly_inside_a_polygon_has_no_angle() -> None:
    assert crossing("42 0, 46 0").angle_deg is None


def test_the_angle_of_a_line_road_is_taken_to_its_axis() -> None:
    # the axis climbs 3 in 4: the eastward route meets it at atan(3/4) = 36.87 degrees
    slope = road("0 -30, 80 30", width_m=6.0)
    assert crossing("0 0, 80 0", slope).angle_deg == pytest.approx(math.degrees(math.atan2(3, 4)))
    # the northward one at the complement
    assert crossing("40 -50, 40 50", slope).angle_deg == pytest.approx(
        math.degrees(math.atan2(4, 3))
    )


def test_a_route_wholly_inside_a_line_road_still_has_an_angle_to_its_axis() -> None:
    assert crossing("39 0, 41 0", road("0 0, 80 0", width_m=6.0)).angle_deg == pytest.approx(0.0)


def test_crossings_come_in_the_order_of_the_route() -> None:
    second = road((70, -100, 76, 100), "R2", width_m=6.0)
    assert [one.road.road_id for one in crossings("0 0, 100 0", second, ROAD)] == ["R1", "R2"]
    assert [one.road.road_id for one in crossings("100 0, 0 0", second, ROAD)] == ["R2", "R1"]


def test_a_crossing_carries_what_the_register_says_of_its_road() -> None:
    named = road((40, -9, 48, 9), "R7", name="示例路", road_class="arterial", overhauled_on=None)
    facts = crossing("0 0, 100 0", named).road
    assert (facts.road_id, facts.name, facts.road_class) == ("R7", "示例路", "arterial")
    assert facts.overhauled_on is None
    assert facts.delivered_on == named["delivered_on"]

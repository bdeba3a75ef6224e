"""Which roads a route touches, with its strip or with its centre line.

The strip is 2 m wide unless a test says otherwise: a route at 0 N takes the ground from -1 to 1.
"""

from __future__ import annotations

from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity

from neixiang_survey_plugin.core.county import RouteDefaults
from neixiang_survey_plugin.core.measuring.measures import Reason, Unknown
from tests.drawn import Drawing, county, drawn, measure, measure_one, road, route

ROAD = road((40, -100, 48, 100))
NO_DEFAULTS = RouteDefaults()


def touched(line: Drawing, shape: Drawing = (40, -100, 48, 100), **facts: Any) -> bool:
    roads = measure_one(county([road(shape)]), route(line, **facts)).roads
    return [one.road.road_id for one in roads.touches] == ["R1"]


def test_a_road_that_is_crossed_is_touched() -> None:
    assert touched("0 0, 100 0")


def test_a_road_that_the_strip_alone_reaches_is_touched() -> None:
    # the centre line stays 0.5 m away, the strip reaches 0.5 m in
    assert touched("39.5 0, 39.5 50")
    assert measure_one(county([ROAD]), route("39.5 0, 39.5 50")).roads.crossings == ()


def test_a_road_that_the_strip_does_not_reach_is_not_touched() -> None:
    assert not touched("38.9 0, 38.9 50")


def test_the_routes_own_width_decides() -> None:
    assert not touched("39.5 0, 39.5 50", working_width_m=0.9)
    assert touched("38.9 0, 38.9 50", working_width_m=2.3)


def test_a_strip_that_shares_an_edge_with_the_road_touches_it() -> None:
    assert touched("39 0, 39 50")


def test_a_strip_that_meets_the_road_at_a_point_does_not_touch_it() -> None:
    # the strip's corner (10, 1) is the road's corner
    assert not touched("0 0, 10 0", (10, 1, 20, 9))


def test_the_strip_ends_flat_at_the_ends_of_the_route() -> None:
    assert not touched("0 0, 39.9 0")
    assert touched("0 0, 40 0")  # an edge of 2 m in common


def test_a_centre_line_that_meets_the_road_at_a_point_does_not_touch_it() -> None:
    line = route("0 0, 40 0", working_width_m=None)
    assert measure_one(county([ROAD], defaults=NO_DEFAULTS), line).roads.touches == ()


def test_a_centre_line_on_the_boundary_touches_the_road() -> None:
    line = route("40 0, 40 20", working_width_m=None)
    (touch,) = measure_one(county([ROAD], defaults=NO_DEFAULTS), line).roads.touches
    assert touch.road.road_id == "R1"


def test_without_a_working_width_a_touch_by_the_strip_is_unknown() -> None:
    line = route("39.5 0, 39.5 50", working_width_m=None)
    roads = measure_one(county([ROAD], defaults=NO_DEFAULTS), line).roads
    assert roads.touches == ()
    assert Reason(Unknown.NO_WORKING_WIDTH) in roads.touch_reasons


def test_a_bore_under_the_road_touches_it() -> None:
    assert touched("0 0, 100 0", bores=[(30, 60)])
    assert touched("0 0, 100 0", bores=[(30, 60)], pit_length_m=2.0, pit_width_m=1.5)


def test_a_bore_beside_the_road_does_not_touch_it_where_the_strip_would() -> None:
    assert touched("39.5 0, 39.5 50")
    assert not touched("39.5 0, 39.5 50", bores=[(0, 50)], pit_length_m=1.0, pit_width_m=0.5)


def test_a_bore_round_a_corner_touches_what_it_passes_far_from_any_dug_ground() -> None:
    # up 50 m, over 50 m, down 50 m; only the first and the last 10 m are dug
    line = "0 0, 0 50, 50 50, 50 0"
    assert touched(line, (20, 40, 30, 60), bores=[(10, 140)], pit_length_m=2.0, pit_width_m=1.5)


def test_a_line_that_is_bored_from_end_to_end_touches_what_it_passes() -> None:
    assert touched("0 0, 100 0", bores=[(0, 100)])
    assert touched("0 0, 100 0", bores=[(0, 100)], pit_length_m=2.0, pit_width_m=1.5)


def test_a_pit_touches_the_road_that_it_is_dug_in() -> None:
    # the bore ends 1 m before the road, the pit reaches 1 m into it, beyond the route's end
    assert touched("0 0, 39 0", bores=[(20, 39)], pit_length_m=2.0, pit_width_m=1.5)
    assert not touched("0 0, 39 0", bores=[(20, 39)], pit_length_m=0.9, pit_width_m=1.5)


def test_every_touched_road_is_named_once() -> None:
    parts = road("MULTIPOLYGON (((0 0, 4 0, 4 9, 0 9, 0 0)), ((10 0, 15 0, 15 9, 10 9, 10 0)))")
    other = road((30, -9, 35, 9), "R2")
    roads = measure_one(county([parts, other]), route("-5 3, 50 3")).roads
    assert [touch.road.road_id for touch in roads.touches] == ["R1", "R2"]
    assert roads.near == ()


def test_a_touch_has_its_place_on_the_road() -> None:
    (touch,) = measure_one(county([ROAD]), route("39.5 0, 39.5 50")).roads.touches
    assert 40.0 <= touch.at[0] <= 48.0
    assert 0.0 <= touch.at[1] <= 50.0
    (touch,) = measure_one(county([ROAD]), route("0 0, 100 0")).roads.touches
    assert touch.at == pytest.approx((44.0, 0.0))


def test_a_road_within_the_accuracy_is_near_and_not_touched() -> None:
    line = route("38.9 0, 38.9 50")  # the strip ends 0.1 m before the road
    for accuracy_m, near in ((0.2, ["R1"]), (0.05, []), (None, [])):
        roads = measure_one(county([ROAD], roads_accuracy_m=accuracy_m), line).roads
        assert roads.touches == ()
        assert [touch.road.road_id for touch in roads.near] == near


def test_a_road_that_is_met_at_a_point_is_near() -> None:
    corner = county([road((10, 1, 20, 9))], roads_accuracy_m=0.01)
    assert [one.road.road_id for one in measure_one(corner, route("0 0, 10 0")).roads.near] == [
        "R1"
    ]


def test_a_road_within_the_accuracy_of_a_bore_is_near() -> None:
    # the bore passes 0.05 m beside the road; the dug ends are 20 m away from it
    line = route("0 -50, 39.95 -50, 39.95 50, 0 50", bores=[(20, 160)],
                 pit_length_m=1.0, pit_width_m=1.0)  # fmt: skip
    roads = measure_one(county([ROAD], roads_accuracy_m=0.1), line).roads
    assert roads.touches == ()
    assert [touch.road.road_id for touch in roads.near] == ["R1"]


def test_touches_of_several_routes_are_kept_apart() -> None:
    other = road((70, -9, 75, 9), "R2")
    first, second, third = measure(
        county([ROAD, other]),
        route("0 0, 50 0", "r1"),
        route("60 0, 90 0", "r2"),
        route("50 50, 90 50", "r3"),
    )
    assert [touch.road.road_id for touch in first.roads.touches] == ["R1"]
    assert [touch.road.road_id for touch in second.roads.touches] == ["R2"]
    assert third.roads.touches == ()


# Shapes whose strip of 2 m is flush with a road, or meets it in a corner, exactly.
FLUSH_SIDE = ((0, 5, 20, 45), "-1 10, -1 40")
FLUSH_END = ((0, 5, 20, 45), "-30 20, 0 20")
CORNER = ((0, 5, 20, 45), "-30 4, 0 4")
A_MILLIMETRE_OFF = ((0, 5, 20, 45), "-1.001 10, -1.001 40")
A_MILLIMETRE_IN = ((0, 5, 20, 45), "-0.999 10, -0.999 40")


@pytest.mark.parametrize(
    ("scene", "touches"),
    [
        (FLUSH_SIDE, True),
        (FLUSH_END, True),
        (CORNER, False),
        (A_MILLIMETRE_OFF, False),
        (A_MILLIMETRE_IN, True),
    ],
)
@given(st.floats(0.0, 360.0), st.floats(570_000.0, 590_000.0), st.floats(3_650_000.0, 3_670_000.0))
@settings(max_examples=60)
def test_touching_does_not_hang_on_how_coordinates_round(
    scene: tuple[Drawing, Drawing], touches: bool, angle_deg: float, east_m: float, north_m: float
) -> None:
    def put(drawing: Drawing) -> shapely.Geometry:
        turned = affinity.rotate(drawn(drawing), angle_deg, origin=(0, 0))
        return affinity.translate(turned, east_m, north_m)

    shape, line = scene
    assert touched(put(line), put(shape), working_width_m=2.0) == touches

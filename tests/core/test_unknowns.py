"""What cannot be known for want of a layer, a width or a survey of the place."""

from __future__ import annotations

import pytest

from neixiang_survey_plugin.core.county import RouteDefaults
from neixiang_survey_plugin.core.measuring.measures import Amount, Reason, RoadMeasures, Unknown
from neixiang_survey_plugin.core.routes import Route
from tests.drawn import Row, check_one, county, finding, green, measure_one, road, route

LINE = route("0 0, 100 0")
ROAD = road((40, -50, 48, 50), width_m=8.0)
WITHOUT_WIDTH = road("50 -60, 50 60", "N")
PARK = green((20, -50, 60, 50))
MAPPED = (-10, -60, 70, 60)  # the layer's coverage: the route leaves it at 70 E


def near_roads(line: Route, *roads: Row) -> RoadMeasures:
    return measure_one(county(roads), line).roads


def test_without_a_road_layer_nothing_of_roads_is_known() -> None:
    roads = measure_one(county(None), LINE).roads
    assert (roads.crossings, roads.touches) == ((), ())
    for amount in (roads.across, roads.across_each, roads.inside, roads.along):
        assert amount == Amount.unknown()
    assert roads.reasons == roads.touch_reasons == (Reason(Unknown.NO_ROAD_LAYER),)


def test_without_a_green_layer_nothing_of_green_is_known() -> None:
    found = measure_one(county((), None), LINE).green
    assert found.occupations == ()
    assert found.strip == found.trench == Amount.unknown()
    assert found.strip_reasons == found.trench_reasons == (Reason(Unknown.NO_GREEN_LAYER),)


def test_without_control_areas_nobody_knows_of_rivers() -> None:
    assert measure_one(county(rivers=None), LINE).rivers is None
    assert measure_one(county(), LINE).rivers == ()


def test_a_route_that_leaves_the_roads_coverage_has_no_totals() -> None:
    roads = measure_one(county([ROAD], roads_coverage=MAPPED), LINE).roads
    assert roads.across.value is None
    assert roads.across.at_least == pytest.approx(8.0)
    assert roads.inside.value is None
    assert roads.along.value is None
    assert [one.road.road_id for one in roads.crossings] == ["R1"]
    assert Reason(Unknown.OUTSIDE_ROAD_COVERAGE) in roads.reasons
    assert Reason(Unknown.OUTSIDE_ROAD_COVERAGE) in roads.touch_reasons


def test_a_route_within_the_roads_coverage_has_its_totals() -> None:
    roads = measure_one(county([ROAD], roads_coverage=MAPPED), route("0 0, 69 0")).roads
    assert roads.across.value == pytest.approx(8.0)
    assert roads.reasons == roads.touch_reasons == ()


def test_a_strip_that_leaves_the_roads_coverage_may_touch_a_road_that_nobody_mapped() -> None:
    # the line stays 0.5 m within, the strip reaches 0.5 m out
    roads = measure_one(county([ROAD], roads_coverage=MAPPED), route("0 59.5, 60 59.5")).roads
    assert roads.across.value == 0.0
    assert roads.touch_reasons == (Reason(Unknown.OUTSIDE_ROAD_COVERAGE),)


def test_a_bore_that_leaves_the_roads_coverage_may_touch_a_road_that_nobody_mapped() -> None:
    # only 0-5 and 95-100 are dug; the bore bulges out of the coverage between them
    line = route("0 55, 50 65, 65 55", bores=[(5, 65)], pit_length_m=1.0, pit_width_m=1.0)
    roads = measure_one(county([], roads_coverage=MAPPED), line).roads
    assert roads.across.value is None
    assert Reason(Unknown.OUTSIDE_ROAD_COVERAGE) in roads.touch_reasons


def test_a_strip_that_leaves_the_green_coverage_has_no_total() -> None:
    found = measure_one(county((), [PARK], greens_coverage=MAPPED), LINE).green
    assert found.strip.value is None
    assert found.strip.at_least == pytest.approx(80.0)
    assert found.trench.value is None
    assert found.strip_reasons == (Reason(Unknown.OUTSIDE_GREEN_COVERAGE),)


def test_a_strip_within_the_green_coverage_has_its_total() -> None:
    ground = county((), [PARK], greens_coverage=MAPPED)
    assert measure_one(ground, route("0 0, 69 0")).green.strip.value == pytest.approx(80.0)
    # the line lies within, the strip does not
    assert measure_one(ground, route("0 59.5, 60 59.5")).green.strip.value is None


def test_a_line_road_without_a_width_makes_the_totals_unknown() -> None:
    roads = near_roads(LINE, ROAD, WITHOUT_WIDTH)
    assert roads.across.value is None
    assert roads.across.at_least == pytest.approx(8.0)
    assert roads.reasons == (Reason(Unknown.ROAD_WITHOUT_WIDTH, ("N",)),)
    assert [touch.road.road_id for touch in roads.unmeasured] == ["N"]


def test_a_line_road_without_a_width_matters_up_to_fifty_metres() -> None:
    # the strip ends at 1 N
    assert near_roads(LINE, road("0 50.9, 100 50.9", "N")).across.value is None
    assert near_roads(LINE, road("0 51.1, 100 51.1", "N")).across.value == 0.0


def test_a_line_road_without_a_width_that_is_no_city_road_does_not_matter() -> None:
    roads = near_roads(LINE, {**WITHOUT_WIDTH, "road_class": "other"})
    assert roads.across.value == 0.0
    assert roads.unmeasured == ()


def test_a_line_road_without_a_width_over_a_long_bore_is_seen() -> None:
    # dug 0-5 and 195-200; the road without width lies 100 m from either
    pits = {"pit_length_m": 1.0, "pit_width_m": 1.0}
    across = road("100 -60, 100 60", "N")
    assert near_roads(route("0 0, 200 0", bores=[(5, 195)], **pits), across).across.value is None
    assert near_roads(route("0 0, 200 0", bores=[(0, 200)]), across).across.value is None


def test_a_polygon_road_without_a_width_is_measured() -> None:
    assert near_roads(LINE, road((40, -50, 48, 50))).across.value == pytest.approx(8.0)


def test_without_a_working_width_green_is_unknown_and_crossings_are_known() -> None:
    bare = measure_one(
        county([ROAD], [PARK], defaults=RouteDefaults()), route("0 0, 100 0", trench_width_m=0.8)
    )
    assert bare.green.strip == Amount.unknown()
    assert bare.green.strip_reasons == (Reason(Unknown.NO_WORKING_WIDTH),)
    assert bare.green.trench.value == pytest.approx(32.0)
    assert bare.roads.across.value == pytest.approx(8.0)
    assert bare.roads.touch_reasons == (Reason(Unknown.NO_WORKING_WIDTH),)


def test_without_a_working_width_the_pits_still_count() -> None:
    # a pit of 4 x 1.5 m ends 0.9 m within the road, and lies on green for all of its 6 m2
    young = road((30.1, -50, 40, 50), delivered_on="2025-01-01")
    bare = county([young], [PARK], defaults=RouteDefaults())
    found = measure_one(bare, route("0 0, 30 0", bores=[(5, 27)], pit_length_m=4.0,
                                    pit_width_m=1.5, working_width_m=None))  # fmt: skip
    assert [touch.road.road_id for touch in found.roads.touches] == ["R1"]
    assert found.green.strip.value is None
    assert found.green.strip.at_least == pytest.approx(6.0)


def test_a_line_that_is_bored_from_end_to_end_needs_no_working_width() -> None:
    bare = county([ROAD], [PARK], defaults=RouteDefaults())
    found = measure_one(bare, route("0 0, 100 0", bores=[(0, 100)], pit_length_m=2.0,
                                    pit_width_m=1.0, working_width_m=None))  # fmt: skip
    assert found.green.strip == found.green.trench == Amount.exactly(0.0)
    assert found.roads.touch_reasons == ()


def test_the_countys_defaults_serve_a_route_that_leaves_its_sizes_out() -> None:
    defaults = RouteDefaults({"water": 1.0}, pit_length_m=2.0, pit_width_m=1.0)
    ground = county((), [PARK], defaults=defaults)
    assert measure_one(ground, LINE).green.strip.value == pytest.approx(40.0)
    bored = route("0 0, 100 0", bores=[(30, 50)])
    assert measure_one(ground, bored).green.strip.value == pytest.approx(20.0)
    gas = route("0 0, 100 0", utility="gas")
    assert measure_one(ground, gas).green.strip.value is None


def test_a_figure_that_is_certain_has_no_bounds_apart() -> None:
    assert Amount.exactly(7.0) == Amount(7.0, 7.0, 7.0)
    both = Amount.exactly(7.0).plus(Amount.unknown(3.0, 9.0))
    assert both == Amount(None, 10.0, 16.0)
    assert Amount.exactly(7.0).largest(Amount.unknown(3.0, 9.0)) == Amount(None, 7.0, 9.0)
    assert Amount.exactly(7.0).largest(Amount.exactly(9.0)) == Amount.exactly(9.0)


def test_without_a_pit_size_a_road_near_the_bores_end_may_be_touched() -> None:
    for gap_m, expected in ((5.0, [Unknown.NO_PIT_SIZE]), (42.0, [])):
        arterial = road((100 + gap_m, -50, 160, 50), road_class="arterial")
        line = route("0 0, 100 0", bores=[(40, 100)], pit_length_m=None, pit_width_m=None)
        ground = county([arterial], defaults=RouteDefaults({"water": 2.0}))
        found = finding(check_one(ground, line), "main_road")
        assert [reason.unknown for reason in found.reasons] == expected


def test_a_road_without_a_width_and_a_pit_without_a_size_reach_towards_each_other() -> None:
    # a pit may reach 40 m, half a road 50 m: 80 m apart they may still meet
    bored = route("0 0, 100 0", bores=[(40, 60)])

    def outcome(north_m: float) -> str:
        arterial = road(f"0 {north_m}, 200 {north_m}", road_class="arterial", width_m=None)
        bare = county([arterial], defaults=RouteDefaults({"water": 2.0}))
        return finding(check_one(bare, bored), "main_road").outcome.value

    assert outcome(80.0) == "unknown"
    assert outcome(95.0) == "pass"

"""One drawing for every kind of remark, its figures worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from shapely import LineString, Point

from neixiang_survey_plugin.core.planning.check import NotHeldReason
from neixiang_survey_plugin.core.planning.remark import PlanOutcome
from tests.drawn import road
from tests.planning.plans import (
    check,
    control,
    corridor,
    kinds,
    main,
    only,
    remarks,
    route,
    rules,
    use,
)

# A street from west to east, 20 m wide: red lines at 0 and 20, the middle at 10.
STREET = road((0.0, 0.0, 400.0, 20.0), "R1", name="示例街")


def figures(route_line: str, **layers: object) -> tuple[float | None, ...]:
    """The metres within, beside and off of a water line."""
    one = check(route(route_line), **layers).routes[0].corridor
    return one.within_m, one.beside_m, one.off_m


def test_a_line_in_its_corridor_is_within_and_nothing_is_remarked() -> None:
    # 2.0 m from the corridor's line is still within
    assert kinds(route("0 2, 60 2"), plan=[corridor("0 0, 100 0")]) == []
    assert figures("0 2, 60 2", plan=[corridor("0 0, 100 0")]) == (60.0, 0.0, 0.0)


def test_a_line_beside_its_corridor_has_to_move_into_it() -> None:
    found = only(route("0 5, 60 5"), plan=[corridor("0 0, 100 0")])
    assert found.kind.value == "corridor_beside"
    assert found.outcome is PlanOutcome.AGAINST
    assert (found.measured, found.limit) == (5.0, 2.0)
    # 5 m away, 2 m are allowed: 3 m to the right of a line drawn eastwards
    assert (found.move_m, found.side) == (3.0, "right")
    assert (found.from_m, found.to_m, found.at) == (0.0, 60.0, (30.0, 5.0))
    assert "第四十条" in found.clause


def test_a_line_off_its_corridor_is_only_noted() -> None:
    found = only(route("60 -20, 0 -20"), plan=[corridor("0 0, 100 0")])
    assert (found.kind.value, found.outcome) == ("corridor_off", PlanOutcome.NOTE)
    assert (found.measured, found.side) == (20.0, "right")
    assert figures("60 -20, 0 -20", plan=[corridor("0 0, 100 0")]) == (0.0, 0.0, 60.0)


def test_each_place_of_a_line_is_within_beside_or_off_once() -> None:
    # within for 30 m, across 3 m, beside for 40 m; a second corridor lies beside the same 40 m
    line = "0 0, 30 0, 30 3, 70 3"
    plan = [corridor("0 0, 100 0"), corridor("0 9, 100 9", "L2")]
    assert figures(line, plan=plan) == pytest.approx((30.0, 40.0, 0.0))
    assert kinds(route(line), plan=plan) == ["corridor_beside"]


def test_what_crosses_a_corridor_or_runs_along_it_for_less_than_20_m_is_nothing() -> None:
    assert kinds(route("50 -40, 50 40"), plan=[corridor("0 0, 100 0")]) == []
    assert kinds(route("0 5, 19.9 5"), plan=[corridor("0 0, 100 0")]) == []
    # 16 degrees to the corridor is not along it
    rise = 60.0 * math.tan(math.radians(16.0))
    assert kinds(route(f"0 0, 60 {rise}"), plan=[corridor("0 0, 100 0")]) == []


def test_a_line_in_the_corridor_of_another_utility_has_to_leave_it() -> None:
    found = only(route("0 1.5, 60 1.5"), plan=[corridor("0 0, 100 0", utility="gas")])
    assert (found.kind.value, found.outcome) == ("corridor_of_other", PlanOutcome.AGAINST)
    assert (found.measured, found.move_m, found.side, found.other) == (1.5, 0.5, "left", "gas")


def test_a_line_in_its_own_corridor_may_be_near_that_of_another() -> None:
    plan = [corridor("0 0, 100 0"), corridor("0 1.5, 100 1.5", "L2", "gas")]
    assert kinds(route("0 0, 60 0"), plan=plan) == []


def test_a_smaller_line_takes_the_place_of_the_planned_main() -> None:
    found = only(route("0 0, 60 0"), plan=[corridor("0 0, 100 0", diameter_mm=300.0)])
    assert (found.kind.value, found.outcome) == ("corridor_diameter", PlanOutcome.NOTE)
    assert (found.measured, found.limit, found.unit) == (100.0, 300.0, "mm")


@pytest.mark.parametrize(
    ("line", "plan", "missing"),
    [
        ({}, {"diameter_mm": None}, "plan.diameter_mm"),
        ({"diameter_mm": None}, {}, "route.diameter_mm"),
        ({}, {"year": None}, "plan.year"),
    ],
)
def test_a_missing_diameter_or_year_never_passes(
    line: dict[str, object], plan: dict[str, object], missing: str
) -> None:
    found = only(route("0 0, 60 0", **line), plan=[corridor("0 0, 100 0", **plan)])
    assert found.outcome is PlanOutcome.UNKNOWN
    assert found.missing == (missing,)


def test_a_cable_is_not_asked_for_a_planned_diameter() -> None:
    plan = [corridor("0 0, 100 0", utility="power", diameter_mm=None)]
    assert kinds(route("0 0, 60 0", utility="power"), plan=plan) == []


def test_a_plan_that_ran_out_before_the_works_is_noted() -> None:
    from datetime import date

    plan = [corridor("0 0, 100 0", year=2026.0)]
    assert kinds(route("0 0, 60 0", planned_on=date(2026, 12, 31)), plan=plan) == []
    found = only(route("0 0, 60 0", planned_on=date(2027, 1, 1)), plan=plan)
    assert (found.kind.value, found.measured, found.limit) == ("corridor_year", 2027.0, 2026.0)


@pytest.mark.parametrize(
    ("kind", "remark", "authority"),
    [
        ("red", "planned_road", "示例自然资源局"),
        ("green", "green_line", "示例园林绿化中心"),
        ("blue", "blue_line", "示例水利局"),
        ("purple", "purple_line", "示例自然资源局"),
        ("yellow", "yellow_line", "示例自然资源局"),
        ("orange", "orange_line", "示例自然资源局"),
    ],
)
def test_a_control_area_that_is_entered_names_whom_to_ask(
    kind: str, remark: str, authority: str
) -> None:
    found = only(route("0 0, 100 0"), control_areas=[control((40, -10, 70, 10), kind)])
    assert (found.kind.value, found.outcome) == (remark, PlanOutcome.ASK)
    assert (found.measured, found.from_m, found.to_m) == (30.0, 40.0, 70.0)
    assert found.at == pytest.approx((55.0, 0.0))
    assert found.authority == authority


def test_the_authority_of_the_area_itself_comes_first() -> None:
    area = control((40, -10, 70, 10), "purple", authority="示例文物局")
    assert only(route("0 0, 100 0"), control_areas=[area]).authority == "示例文物局"


def test_without_a_department_nobody_is_named() -> None:
    found = only(
        route("0 0, 100 0"), control_areas=[control((40, -10, 70, 10), "red")], departments={}
    )
    assert found.authority is None


def test_a_control_area_that_only_the_strip_enters_is_asked_about_too() -> None:
    # the strip is 2 m wide, the area begins 0.6 m beside the line
    found = only(route("0 0, 100 0"), control_areas=[control((40, 0.6, 70, 10), "green")])
    assert (found.measured, found.outcome) == (0.0, PlanOutcome.ASK)
    assert Point(found.at).distance(LineString([(40, 0.6), (70, 0.6)])) < 1e-9
    assert kinds(route("0 0, 100 0"), control_areas=[control((40, 1.1, 70, 10), "green")]) == []


def test_a_strip_of_unknown_width_may_enter_a_control_area() -> None:
    from neixiang_survey_plugin.core.county import RouteDefaults

    found = only(
        route("0 0, 100 0"),
        control_areas=[control((40, 1.1, 70, 10), "green")],
        defaults=RouteDefaults(),
    )
    assert (found.outcome, found.measured) == (PlanOutcome.UNKNOWN, None)
    assert found.missing == ("route.working_width_m",)


def test_a_control_area_of_no_kind_is_unknown() -> None:
    found = only(route("0 0, 100 0"), control_areas=[control((40, -10, 70, 10), None)])
    assert (found.kind.value, found.outcome) == ("control_line", PlanOutcome.UNKNOWN)


def test_of_a_planned_road_only_what_is_no_road_yet_is_remarked() -> None:
    # the street is to become 30 m wide: 10 m more to the north, crossed square
    widened = control((0, 0, 400, 30), "red")
    found = only(route("50 -10, 50 40"), control_areas=[widened], roads=[STREET])
    assert (found.kind.value, found.measured) == ("planned_road", 10.0)
    assert (found.from_m, found.to_m) == (30.0, 40.0)


def test_land_that_is_to_be_built_upon_is_noted_outside_the_own_site() -> None:
    site = {"shape": (60, -10, 100, 10), "site_id": "Z1"}
    uses = [use((20, -10, 100, 10), "industrial"), use((0, -10, 20, 10), "road", "U2")]
    found = only(route("0 0, 100 0", site_id="Z1"), uses=uses, sites=[site])
    # 20 to 60: the rest lies in the site, or in land for roads
    assert (found.kind.value, found.measured, found.other) == ("land_use", 40.0, "industrial")
    assert (found.from_m, found.to_m) == (20.0, 60.0)
    assert only(route("0 0, 100 0"), uses=uses, sites=[site]).measured == 80.0


def test_land_of_no_known_use_is_unknown() -> None:
    found = only(route("0 0, 100 0"), uses=[use((20, -10, 100, 10), None)])
    assert found.outcome is PlanOutcome.UNKNOWN


def test_a_line_along_a_road_has_to_be_parallel_to_it() -> None:
    # 60 m along the street, 10.5 m across it: atan(10.5 / 60) = 9.93 degrees
    found = only(route("100 4, 160 14.5", utility="telecom"), roads=[STREET])
    assert (found.kind.value, found.outcome) == ("not_parallel", PlanOutcome.AGAINST)
    assert found.measured == pytest.approx(math.degrees(math.atan(10.5 / 60.0)))
    assert (found.object_id, found.limit, found.unit) == ("R1", 5.0, "deg")
    assert kinds(route("100 14, 160 15", utility="telecom"), roads=[STREET]) == []


def test_a_line_that_slants_across_a_road_does_not_run_along_it() -> None:
    assert kinds(route("100 -5, 125 25", utility="telecom"), roads=[STREET]) == []


def test_each_utility_keeps_to_its_side_of_the_road() -> None:
    # power belongs to the south or east; the street's middle is at 10
    found = only(route("100 17, 160 17", utility="power"), roads=[STREET])
    assert (found.kind.value, found.outcome) == ("road_side", PlanOutcome.NOTE)
    assert (found.other, found.measured) == ("north", pytest.approx(7.0))
    assert kinds(route("100 3, 160 3", utility="power"), roads=[STREET]) == []
    # within a metre of the middle it lies on neither side
    assert kinds(route("100 10.9, 160 10.9", utility="power"), roads=[STREET]) == []


def test_in_a_road_over_40_m_wide_both_sides_serve() -> None:
    wide = road((0.0, 0.0, 400.0, 41.0), "R1")
    assert kinds(route("100 38, 160 38", utility="power"), roads=[wide]) == []


def test_the_east_side_of_a_street_that_leads_north_is_for_power() -> None:
    north = road((0.0, 0.0, 20.0, 400.0), "R1")
    assert kinds(route("17 100, 17 160", utility="power"), roads=[north]) == []
    assert only(route("3 100, 3 160", utility="power"), roads=[north]).other == "west"


def test_the_order_from_the_red_line_is_that_of_4_1_3() -> None:
    # water 2 m from the red line, the power main 3.5 m: power belongs outside
    found = only(route("100 2, 160 2"), roads=[STREET], mains=[main("0 3.5, 400 3.5")])
    assert (found.kind.value, found.outcome) == ("road_order", PlanOutcome.NOTE)
    assert (found.measured, found.limit) == (pytest.approx(2.0), pytest.approx(3.5))
    assert (found.object_id, found.other, found.confidence) == ("P1", "power", "X")
    assert found.move_m == pytest.approx(1.5)
    assert kinds(route("100 2, 160 2"), roads=[STREET], mains=[main("0 1, 400 1")]) == []


def test_what_lies_in_the_other_half_or_crosses_the_road_is_not_in_the_order() -> None:
    mains = [main("0 17, 400 17"), main("130 -5, 130 25", "P2")]
    assert kinds(route("100 2, 160 2"), roads=[STREET], mains=mains) == []


def test_two_new_lines_are_held_against_each_other_in_the_order() -> None:
    found = remarks(route("100 2, 160 2"), route("100 3, 160 3", "r2", "power"), roads=[STREET])
    assert [(one.route_id, one.object_id) for one in found] == [("r1", "r2"), ("r2", "r1")]


# Another street crosses the first one: nothing bounds the road to either side from 180 to 240.
CROSSROADS = [STREET, road((180.0, -200.0, 240.0, 220.0), "R2")]


@pytest.mark.parametrize("line", ["185 4, 235 4", "235 16, 185 16"])
@pytest.mark.parametrize("utility", ["power", "telecom", "water"])
def test_in_a_crossroads_that_cannot_be_cut_across_nothing_passes(line: str, utility: str) -> None:
    result = check(route(line, utility=utility), roads=CROSSROADS)
    (one,) = result.remarks  # it lies in both streets, which is one place
    assert (one.kind.value, one.object_id) == ("not_parallel", "R1")
    assert (one.outcome, one.measured) == (PlanOutcome.UNKNOWN, None)
    assert one.missing == ("roads.section",)
    assert (one.from_m, one.to_m) == pytest.approx((0.0, 50.0))
    assert not result.agrees(result.routes[0])


def test_a_road_drawn_in_halves_is_cut_across_as_one() -> None:
    halves = [road((0.0, 0.0, 400.0, 10.0), "R1"), road((0.0, 10.0, 400.0, 20.0), "R2")]
    found = only(route("100 14, 160 14", utility="power"), roads=halves)
    assert (found.kind.value, found.object_id, found.other) == ("road_side", "R2", "north")
    assert found.measured == pytest.approx(4.0)


@pytest.mark.parametrize("line", ["20 17, 400 17", "400 17, 20 17"])
def test_a_line_whose_middle_lies_in_a_crossroads_is_judged_beside_it(line: str) -> None:
    # power belongs to the south; that it passes through the other street is no matter of its own
    found = only(route(line, utility="power"), roads=CROSSROADS)
    assert (found.kind.value, found.object_id, found.other) == ("road_side", "R1", "north")
    assert (found.measured, found.at) == (pytest.approx(7.0), (115.0, 17.0))


def test_a_line_on_the_red_line_has_to_leave_it() -> None:
    # 0.2 m outside the red line at 0; 0.5 m are asked for
    found = only(route("100 -0.2, 160 -0.2"), roads=[STREET])
    assert (found.kind.value, found.outcome) == ("red_line", PlanOutcome.NOTE)
    assert (found.measured, found.move_m, found.side) == (
        pytest.approx(0.2),
        pytest.approx(0.3),
        "right",
    )
    assert kinds(route("100 -0.5, 160 -0.5"), roads=[STREET]) == []


def test_the_edge_between_two_sections_of_a_road_is_no_red_line() -> None:
    halves = [road((0.0, 0.0, 400.0, 10.0), "R1"), road((0.0, 10.0, 400.0, 20.0), "R2")]
    assert kinds(route("100 10.1, 160 10.1", utility="telecom"), roads=halves) == []


@pytest.mark.parametrize("layer", ["plan", "control_areas", "roads", "mains"])
def test_a_layer_that_is_missing_never_passes(layer: str) -> None:
    result = check(route("0 300, 60 300"), **{layer: None})
    assert [one.reason for one in result.not_held] == [NotHeldReason.NO_LAYER]
    assert result.routes[0].remarks == ()
    assert not result.agrees(result.routes[0])


def test_land_use_may_be_missing_and_is_said_to_be() -> None:
    result = check(route("0 300, 60 300"), uses=None)
    assert result.layers_not_judged == ("land_use",)
    assert result.agrees(result.routes[0])


def test_outside_the_coverage_of_the_plan_nothing_passes() -> None:
    result = check(route("0 0, 60 0"), coverage=(0, -10, 50, 10))
    assert result.not_held[0].reason is NotHeldReason.OUTSIDE_COVERAGE
    assert not result.agrees(result.routes[0])


def test_a_road_without_a_width_leaves_what_hangs_on_it_unjudged() -> None:
    axis = road("0 8, 100 8", width_m=None)
    result = check(route("0 0, 60 0"), roads=[axis])
    assert [one.reason for one in result.not_held] == [NotHeldReason.ROAD_WITHOUT_WIDTH]


def test_a_road_drawn_as_a_line_is_cut_across_like_an_area() -> None:
    axis = road("0 10, 400 10", width_m=20.0)
    assert only(route("100 17, 160 17", utility="power"), roads=[axis]).other == "north"


def test_no_routes_are_no_result() -> None:
    assert check().routes == ()


def test_a_county_may_put_gas_before_water() -> None:
    mains = [main("0 3.5, 400 3.5", utility="gas")]
    street = {"roads": [STREET], "mains": mains}
    older = replace(rules().road, order=("power", "telecom", "gas", "water"))
    assert kinds(route("100 2, 160 2"), **street) == []
    swapped = replace(rules(), road=older)
    assert kinds(route("100 2, 160 2"), rules_used=swapped, **street) == ["road_order"]


def test_in_its_own_corridor_the_plan_has_decided_on_side_and_order() -> None:
    plan = [corridor("0 17, 400 17", utility="power")]
    assert kinds(route("100 17, 160 17", utility="power"), plan=plan, roads=[STREET]) == []

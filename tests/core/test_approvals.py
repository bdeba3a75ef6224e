"""Which approvals a line needs, from whom, and whether that is certain."""

from __future__ import annotations

from typing import Any

import pytest

from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.core.county import Department, RouteDefaults
from neixiang_survey_plugin.core.judging.approvals import Approval
from tests.drawn import PROTECTED, Row, check_one, county, green, river, road, route

DEPARTMENTS = {
    matter: Department(matter, f"示例{matter}")
    for matter in ("planning", "excavation", "traffic_police", "green", "highway", "river")
}
LONG = "0 0, 250 0"  # over 200 m: joint approval
ROAD = (40, -50, 48, 50)


def result(*roads: Row, line: str = LONG, rivers: Any = (), **facts: Any) -> RouteResult:
    greens = facts.pop("greens", ())
    layers = {"roads": roads, "greens": greens, "rivers": rivers}
    return check_one(county(departments=DEPARTMENTS, **layers), route(line, **facts))


def needed(*roads: Row, **facts: Any) -> dict[str, Approval]:
    return {one.matter.value: one for one in result(*roads, **facts).approvals_needed}


def test_a_line_by_commitment_needs_no_approval_but_notices() -> None:
    found = result(road(ROAD), line="0 0, 100 0")
    assert found.approvals_needed == ()
    assert [one.matter.value for one in found.notices] == ["planning", "excavation"]


def test_a_line_by_joint_approval_needs_approvals_and_no_notices() -> None:
    found = result(road(ROAD))
    assert [one.matter.value for one in found.approvals_needed] == ["planning", "excavation"]
    assert found.notices == ()


def test_planning_is_always_asked() -> None:
    (only,) = needed().values()
    assert (only.matter.value, only.department, only.certain) == ("planning", "示例planning", True)


def test_excavation_is_decided_together_with_the_traffic_police() -> None:
    found = needed(road(ROAD))["excavation"]
    assert (found.department, found.together_with) == ("示例excavation", ("示例traffic_police",))
    assert (found.objects, found.certain) == (("R1",), True)


def test_no_excavation_where_only_a_lane_or_a_highway_is_touched() -> None:
    assert "excavation" not in needed(road(ROAD, road_class="other"))
    assert "excavation" not in needed(road(ROAD, road_class="highway"))
    assert needed(road(ROAD, road_class="highway"))["highway"].objects == ("R1",)


def test_excavation_is_uncertain_where_roads_are_unknown() -> None:
    beside = needed(road("0 20, 250 20", "N"))["excavation"]
    assert (beside.objects, beside.certain) == ((), False)


@pytest.mark.parametrize("matter", ["excavation", "highway"])
def test_a_road_of_unknown_class_may_be_of_either_law(matter: str) -> None:
    found = needed(road(ROAD, road_class=None))[matter]
    assert (found.objects, found.certain) == (("R1",), False)


def test_a_road_of_unknown_class_beside_a_city_road_is_asked_for_with_it() -> None:
    both = needed(road(ROAD), road((80, -50, 90, 50), "R2", road_class=None))
    assert both["excavation"].objects == ("R1", "R2")
    assert both["excavation"].certain
    assert not both["highway"].certain


@pytest.mark.parametrize("matter", ["excavation", "highway"])
def test_without_the_road_layer_either_law_may_ask(matter: str) -> None:
    ground = county(None, departments=DEPARTMENTS)
    matters = check_one(ground, route(LONG)).matters
    found = {one.matter.value: one for one in matters}[matter]
    assert (found.objects, found.certain) == ((), False)


def test_a_pit_of_unknown_size_near_a_road_may_open_it() -> None:
    line = route("0 0, 90 0", bores=[(50, 70)], pit_length_m=None, pit_width_m=None)
    ground = county([road((100, -50, 112, 50))], defaults=RouteDefaults({"water": 2.0}))
    found = {one.matter.value: one for one in check_one(ground, line).matters}
    assert (found["excavation"].objects, found["excavation"].certain) == ((), False)
    assert "highway" not in found


def test_green_space_is_asked_for_where_it_is_occupied() -> None:
    found = needed(greens=[green((30, -9, 60, 9))])["green"]
    assert (found.objects, found.certain) == (("G1",), True)
    assert "green" not in needed()


def test_green_space_is_uncertain_where_its_layer_is_missing() -> None:
    found = needed(greens=None)["green"]
    assert (found.objects, found.certain) == ((), False)


def test_a_river_is_asked_for_where_it_is_met() -> None:
    assert needed(rivers=[river((30, -9, 60, 9))])["river"].objects == ("B1",)
    assert "river" not in needed(rivers=[river((30, 30, 60, 60))])
    assert "river" not in needed(rivers=[river((30, -9, 60, 9), kind="purple")])
    assert needed(rivers=None)["river"].certain is False


def test_a_bore_under_a_river_needs_the_rivers_approval() -> None:
    pits = {"bores": [(20, 80)], "pit_length_m": 2.0, "pit_width_m": 1.5}
    assert needed(rivers=[river((30, -9, 60, 9))], **pits)["river"].objects == ("B1",)


def test_a_protected_road_needs_the_county_government() -> None:
    found = needed(road(ROAD, delivered_on=PROTECTED))["county_government"]
    assert (found.objects, found.certain) == (("R1",), True)
    assert found.department is None  # the county's file names none
    assert needed(road(ROAD, delivered_on=None))["county_government"].certain is False
    assert "county_government" not in needed(road(ROAD))

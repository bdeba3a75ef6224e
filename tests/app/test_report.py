"""The public JSON: its keys stay, its figures are not rounded, what is unknown is null."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from neixiang_survey_plugin.app.report import check_report
from neixiang_survey_plugin.core.county import Department, Suspension
from neixiang_survey_plugin.core.policy import CrossingReading
from neixiang_survey_plugin.core.routes import Route
from tests.drawn import (
    PROTECTED,
    check,
    county,
    green,
    reading,
    river,
    road,
    route,
)

ROADS = [road((40, -50, 47.1, 50), name="示例路", width_m=7.1)]
GREENS = [green((60, -50, 61.3, 50), "G3")]
LINE = route("0 0, 100 0", case_id="c1")

# design.md, "Command line": these keys are public and stay.
TOP_KEYS = {"schema", "county", "on", "routes", "cases", "conflicts", "layers_not_judged"}
ROUTE_KEYS = {
    "route_id", "utility", "length_m", "grid_length_m", "crossings", "crossing_total_m",
    "across_total_m", "along_total_m", "inside_total_m", "touched_roads", "green",
    "green_total_m2", "verdict", "reading", "other_readings", "approvals_needed", "findings",
}  # fmt: skip
CROSSING_KEYS = {"road_id", "road_class", "kind", "length_m", "angle_deg", "from_m", "to_m"}
FINDING_KEYS = {
    "rule", "clause", "measured", "limit", "unit", "outcome", "borderline", "scope", "route_ids",
    "at",
}  # fmt: skip


def report(*lines: Route, **layers: Any) -> dict[str, Any]:
    facts = {"roads": ROADS, "greens": GREENS, **layers}
    found = check_report(check(county(**facts), *(lines or [LINE])))
    # what a reader of the file gets; a NaN or an infinity would be refused here
    return dict(json.loads(json.dumps(found, allow_nan=False)))


def only_route(*lines: Route, **layers: Any) -> dict[str, Any]:
    return dict(report(*lines, **layers)["routes"][0])


def rule(found: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in found["findings"] if one["rule"] == name)


def test_the_public_keys_are_there() -> None:
    found = report()
    assert found.keys() >= TOP_KEYS
    (line,) = found["routes"]
    assert line.keys() >= ROUTE_KEYS
    assert line["crossings"][0].keys() >= CROSSING_KEYS
    assert line["green"][0].keys() >= {"green_id", "area_m2"}
    assert all(one.keys() >= FINDING_KEYS for one in line["findings"])
    assert line["reading"].keys() >= {"crossing", "length", "green"}


def test_the_head_says_county_day_and_schema() -> None:
    found = report()
    assert (found["schema"], found["county"], found["on"]) == (1, "示例县", "2026-11-22")


def test_figures_are_those_of_the_route_and_not_rounded() -> None:
    line = only_route(route("0 0, 100.0000123 0"))
    assert line["length_m"] == line["grid_length_m"] == 100.0000123
    (crossing,) = line["crossings"]
    assert (crossing["from_m"], crossing["to_m"]) == pytest.approx((40.0, 47.1))
    assert (crossing["kind"], crossing["road_id"]) == ("across", "R1")
    assert crossing["angle_deg"] == pytest.approx(90.0)
    assert line["across_total_m"] == line["crossing_total_m"] == pytest.approx(7.1)
    assert (line["along_total_m"], line["inside_total_m"]) == (0.0, pytest.approx(7.1))
    assert line["touched_roads"] == ["R1"]
    assert [(one["green_id"], one["area_m2"]) for one in line["green"]] == [
        ("G3", pytest.approx(2.6))
    ]
    assert line["green_total_m2"] == pytest.approx(2.6)


def test_the_crossing_total_is_that_of_the_reading_used() -> None:
    two = [*ROADS, road((70, -50, 75, 50), "R2", width_m=5.0)]
    totals = {
        own.value: only_route(roads=two, policy=reading(crossing=own))["crossing_total_m"]
        for own in CrossingReading
    }
    assert totals == pytest.approx({"across": 12.1, "across_each": 7.1, "inside": 12.1})
    along = only_route(route("0 0, 43 0, 43 30, 60 30"),
                       policy=reading(crossing=CrossingReading.INSIDE))  # fmt: skip
    assert along["crossing_total_m"] == along["inside_total_m"] == pytest.approx(37.1)
    assert along["across_total_m"] == 0.0


def test_the_verdict_names_its_reading_and_every_other_one() -> None:
    line = only_route()
    assert line["verdict"] == "commitment"
    assert line["reading"] == {
        "crossing": "across", "length": "utility", "green": "working_strip",
    }  # fmt: skip
    assert {"crossing": "inside", "verdict": "commitment"} in line["other_readings"]
    assert len(line["other_readings"]) == 4
    assert line["reading_decides"] is False


def test_unknown_figures_are_null_and_never_nan() -> None:
    line = only_route(roads=None, greens=None, rivers=None)
    for key in ("across_total_m", "along_total_m", "inside_total_m", "crossing_total_m",
                "green_total_m2"):  # fmt: skip
        assert line[key] is None, key
    assert line["verdict"] == "undetermined"
    found = rule(line, "crossing_length")
    assert (found["measured"], found["margin"], found["outcome"]) == (None, None, "unknown")
    assert found["reasons"] == [{"reason": "no_road_layer", "ids": []}]


def test_a_crossing_without_an_angle_has_null() -> None:
    assert only_route(route("42 0, 46 0"))["crossings"][0]["angle_deg"] is None


def test_a_route_without_a_case_is_a_case_of_its_own() -> None:
    found = report(route("0 0, 50 0", "r1"), route("0 9, 50 9", "r2", "gas", case_id="c1"))
    cases = [(case["case_id"], case["verdicts"]) for case in found["cases"]]
    assert cases == [(None, {"water": "commitment"}), ("c1", {"gas": "commitment"})]
    assert [one["case_id"] for one in found["routes"]] == [None, "c1"]


def test_conflicts_nobody_looked_for_are_null() -> None:
    found = report()
    assert found["conflicts"] is None
    assert "conflicts" in found["checks_not_run"]


def test_missing_layers_are_listed() -> None:
    assert "roads" in report(roads=None)["layers_not_judged"]


def test_a_finding_carries_its_figures_and_its_place() -> None:
    found = rule(only_route(), "crossing_length")
    assert (found["limit"], found["unit"], found["outcome"]) == (15.0, "m", "pass")
    assert found["measured"] == pytest.approx(7.1)
    assert found["margin"] == pytest.approx(7.9)
    assert found["at"] == pytest.approx([43.55, 0.0])
    assert (found["scope"], found["route_ids"], found["clause"]) == ("utility", ["r1"], "四(二)")


def test_a_finding_on_roads_names_them_with_their_last_protected_day() -> None:
    protected = [road((40, -50, 48, 50), name="示例路", delivered_on=PROTECTED)]
    line = only_route(roads=protected)
    (named,) = rule(line, "road_protection")["roads"]
    assert (named["road_id"], named["name"]) == ("R1", "示例路")
    assert named["protected_until"] == date(2030, 5, 1).isoformat()
    assert line["verdict"] == "joint_government"


def test_approvals_and_notices_say_matter_department_and_reasons() -> None:
    departments = {"planning": Department("planning", "示例规划局")}
    short = only_route(departments=departments)
    assert short["approvals_needed"] == []
    assert short["notices"][0]["department"] == "示例规划局"
    long = only_route(route("0 0, 300 0"), departments=departments, rivers=[river((90, -9, 95, 9))])
    assert long["notices"] == []
    matters = {one["matter"]: one for one in long["approvals_needed"]}
    assert matters.keys() == {"planning", "excavation", "green", "river"}
    assert matters["excavation"].keys() >= {"matter", "department", "with", "certain"}
    assert (matters["excavation"]["objects"], matters["excavation"]["certain"]) == (["R1"], True)
    assert matters["river"]["objects"] == ["B1"]


def test_suspected_splits_are_warnings_of_the_whole_check() -> None:
    roads = [road((40, -50, 48, 50), width_m=8.0)]
    found = report(
        route("0 0, 60 0", "r1", case_id="c"), route("0 9, 60 9", "r2", case_id="d"), roads=roads
    )
    (split,) = found["suspected_splits"]
    assert (split["warning"], split["route_ids"]) == ("suspected_split", ["r1", "r2"])
    assert split["rules"] == ["crossing_length"]


def test_a_suspended_unit_and_an_unknown_applicant_are_findings() -> None:
    suspended = only_route(suspensions=(Suspension("water", date(2026, 10, 1)),))
    assert rule(suspended, "unit_suspension")["outcome"] == "fail"
    unknown = only_route(route("0 0, 50 0", applicant_kind=None))
    assert rule(unknown, "applicant")["outcome"] == "unknown"
    assert unknown["verdict"] == "undetermined"

"""Who applies and who lays: kinds of applicant, suspended units."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from neixiang_survey_plugin.core.county import County, Suspension
from neixiang_survey_plugin.core.measuring.measures import Reason, Unknown
from tests.drawn import (
    ON,
    PROTECTED,
    check,
    county,
    finding,
    outcome,
    road,
    route,
    switched,
    way,
)

PROTECTED_ROAD = road((40, -50, 48, 50), delivered_on=PROTECTED)
UNDATED_ROAD = road((40, -50, 48, 50), delivered_on=None)


def way_of(kind: str | None, *roads: Any, **facts: Any) -> str:
    return way(county(roads, **facts), route("0 0, 100 0", applicant_kind=kind))


def test_companies_are_served() -> None:
    assert way_of("company") == "commitment"


def test_other_non_residents_are_served_where_the_county_says_so() -> None:
    assert way_of("non_resident") == "outside_policy"
    assert way_of("non_resident", switches=switched(serves_non_residents=True)) == "commitment"


def test_residents_are_outside_the_policy_whatever_the_county_says() -> None:
    assert way_of("resident") == "outside_policy"
    assert way_of("resident", switches=switched(serves_non_residents=True)) == "outside_policy"


@pytest.mark.parametrize("kind", ["resident", "non_resident", "company", None])
def test_a_protected_road_needs_the_county_government_for_everybody(kind: str | None) -> None:
    assert way_of(kind, PROTECTED_ROAD) == "joint_government"


@pytest.mark.parametrize("kind", ["resident", "non_resident", "company", None])
def test_a_road_of_unknown_delivery_leaves_the_way_open_for_everybody(kind: str | None) -> None:
    assert way_of(kind, UNDATED_ROAD) == "undetermined"


def test_an_unknown_kind_of_applicant_leaves_the_way_open() -> None:
    assert way_of(None) == "undetermined"
    assert way_of(None, switches=switched(serves_non_residents=True)) == "undetermined"
    found = finding(
        check(county(), route("0 0, 100 0", applicant_kind=None)).routes[0], "applicant"
    )
    assert (found.outcome.value, found.clause) == ("unknown", "三")
    assert found.reasons == (Reason(Unknown.APPLICANT_KIND_MISSING, ("r1",)),)


def test_one_resident_among_lines_that_are_judged_as_one_is_outside() -> None:
    lines = [route("0 0, 50 0", "r1", case_id="c"),
             route("0 9, 50 9", "r2", case_id="c", applicant_kind="resident")]  # fmt: skip
    assert way(county(), *lines) == "outside_policy"


def suspended(imposed_on: date, rectified_on: date | None = None, unit: str = "water") -> County:
    return county(suspensions=(Suspension(unit, imposed_on, rectified_on),))


IMPOSED = date(2026, 1, 10)


@pytest.mark.parametrize(
    ("rectified_on", "on", "expected"),
    [
        (None, date(2026, 11, 22), "fail"),  # three months over, nothing put right
        (date(2026, 2, 1), date(2026, 4, 10), "fail"),  # put right, the months not over
        (date(2026, 2, 1), date(2026, 4, 11), "pass"),
        (date(2026, 6, 1), date(2026, 5, 31), "fail"),
        (date(2026, 6, 1), date(2026, 6, 1), "pass"),
        (None, date(2026, 1, 9), "pass"),  # not imposed yet
        (None, date(2026, 1, 10), "fail"),
    ],
)
def test_a_suspension_lasts_three_months_and_until_all_is_put_right(
    rectified_on: date | None, on: date, expected: str
) -> None:
    ground = suspended(IMPOSED, rectified_on)
    assert outcome(ground, "unit_suspension", route("0 0, 100 0"), on=on) == expected


def test_a_suspended_unit_goes_the_joint_way() -> None:
    assert way(suspended(IMPOSED), route("0 0, 100 0")) == "joint"
    assert way(suspended(IMPOSED), route("0 0, 100 0", utility="gas")) == "commitment"


def test_a_suspension_is_held_against_the_planned_day() -> None:
    ground = suspended(IMPOSED, date(2026, 12, 1))
    assert way(ground, route("0 0, 100 0"), on=ON) == "joint"
    assert way(ground, route("0 0, 100 0", planned_on=date(2026, 12, 1)), on=ON) == "commitment"


def test_an_unknown_unit_is_unknown_while_a_unit_of_its_utility_is_suspended() -> None:
    line = route("0 0, 100 0", unit=None)
    found = finding(check(suspended(IMPOSED), line).routes[0], "unit_suspension")
    assert found.outcome.value == "unknown"
    assert found.reasons == (Reason(Unknown.UNIT_MISSING, ("r1",)),)
    assert way(suspended(IMPOSED), line) == "undetermined"


def test_an_unknown_unit_passes_while_only_others_are_suspended() -> None:
    assert way(county(), route("0 0, 100 0", unit=None)) == "commitment"
    assert way(suspended(IMPOSED, unit="gas"), route("0 0, 100 0", unit=None)) == "commitment"
    assert way(suspended(IMPOSED, date(2026, 3, 1)), route("0 0, 100 0", unit=None)) == "commitment"


def test_one_suspended_unit_among_lines_that_are_judged_as_one_fails() -> None:
    lines = [route("0 0, 50 0", "r1", case_id="c", unit="other water"),
             route("0 9, 50 9", "r2", case_id="c", unit="water")]  # fmt: skip
    assert way(suspended(IMPOSED), *lines) == "joint"

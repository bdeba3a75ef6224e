"""The class of touched roads, and their protected years."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from neixiang_survey_plugin.core.judging.findings import Finding
from neixiang_survey_plugin.core.measuring.measures import Reason, Unknown
from tests.drawn import LONG_AGO, ON, check, check_one, county, finding, road, route, switched

LINE = route("0 0, 100 0")
ROAD = (40, -50, 48, 50)


def protection(on: date = ON, planned_on: date | None = None, **facts: Any) -> Finding:
    ground = county([road(ROAD, **facts)])
    line = route("0 0, 100 0", planned_on=planned_on)
    return finding(check(ground, line, on=on).routes[0], "road_protection")


def outcome(on: date, **facts: Any) -> str:
    return protection(on, **facts).outcome.value


def class_outcome(rule: str, **facts: Any) -> str:
    return finding(check(county([road(ROAD, **facts)]), LINE).routes[0], rule).outcome.value


@pytest.mark.parametrize(
    ("road_class", "main_road", "highway"),
    [
        ("expressway", "fail", "pass"),
        ("arterial", "fail", "pass"),
        ("secondary", "pass", "pass"),
        ("local", "pass", "pass"),
        ("highway", "pass", "fail"),
        ("other", "pass", "pass"),
        (None, "unknown", "unknown"),
    ],
)
def test_class_of_a_touched_road(road_class: str | None, main_road: str, highway: str) -> None:
    assert class_outcome("main_road", road_class=road_class) == main_road
    assert class_outcome("highway", road_class=road_class) == highway


def test_a_bore_under_an_arterial_touches_it() -> None:
    arterial = county([road(ROAD, road_class="arterial")])
    bored = route("0 0, 100 0", bores=[(30, 60)], pit_length_m=2.0, pit_width_m=1.5)
    found = finding(check(arterial, bored).routes[0], "main_road")
    assert (found.outcome.value, found.measured) == ("fail", 1.0)
    (remark,) = found.roads
    assert (remark.road_id, remark.road_class) == ("R1", "arterial")
    assert found.at == remark.at == pytest.approx((44.0, 0.0))


def test_a_strip_that_reaches_an_arterial_touches_it() -> None:
    arterial = county([road(ROAD, road_class="arterial")])
    beside = route("39.5 0, 39.5 40")
    assert finding(check(arterial, beside).routes[0], "main_road").outcome.value == "fail"


def test_a_main_road_decides_though_another_class_is_unknown() -> None:
    roads = [road(ROAD, road_class="arterial"), road((60, -9, 65, 9), "R2", road_class=None)]
    found = finding(check(county(roads), LINE).routes[0], "main_road")
    assert (found.outcome.value, found.reasons) == ("fail", ())


@pytest.mark.parametrize(
    ("delivered_on", "on", "expected"),
    [
        (date(2021, 11, 22), date(2026, 11, 22), "fail"),  # the anniversary day itself
        (date(2021, 11, 22), date(2026, 11, 23), "pass"),
        (date(2021, 11, 21), date(2026, 11, 22), "pass"),
        (date(2024, 2, 29), date(2029, 2, 28), "fail"),
        (date(2024, 2, 29), date(2029, 3, 1), "pass"),
        (date(2027, 1, 1), date(2026, 11, 22), "fail"),  # not delivered yet
        (date(9999, 12, 31), date(2026, 11, 22), "fail"),
    ],
)
def test_five_years_after_delivery(delivered_on: date, on: date, expected: str) -> None:
    assert outcome(on, delivered_on=delivered_on) == expected


@pytest.mark.parametrize(
    ("overhauled_on", "on", "expected"),
    [
        (date(2023, 11, 22), date(2026, 11, 22), "fail"),
        (date(2023, 11, 22), date(2026, 11, 23), "pass"),
        (date(2024, 2, 29), date(2027, 2, 28), "fail"),
        (date(2024, 2, 29), date(2027, 3, 1), "pass"),
    ],
)
def test_three_years_after_an_overhaul(overhauled_on: date, on: date, expected: str) -> None:
    assert outcome(on, overhauled_on=overhauled_on) == expected


def test_the_finding_names_the_protected_road_and_its_last_day() -> None:
    found = protection(delivered_on=date(2022, 3, 1), overhauled_on=date(2025, 6, 1))
    (remark,) = found.roads
    assert (remark.road_id, remark.protected_until) == ("R1", date(2028, 6, 1))
    assert (found.measured, found.limit, found.margin) == (1.0, 0.0, -1.0)


def test_a_missing_delivery_date_is_unknown() -> None:
    found = protection(delivered_on=None)
    assert (found.outcome.value, found.measured) == ("unknown", None)
    assert found.reasons == (Reason(Unknown.DELIVERED_ON_MISSING, ("R1",)),)


def test_a_missing_delivery_date_does_not_matter_where_the_overhaul_protects() -> None:
    found = protection(delivered_on=None, overhauled_on=date(2025, 6, 1))
    assert (found.outcome.value, found.reasons) == ("fail", ())


def test_a_missing_overhaul_date_passes_with_a_note() -> None:
    found = protection(overhauled_on=None)
    assert (found.outcome.value, found.reasons) == ("pass", ())
    assert found.notes == (Reason(Unknown.OVERHAULED_ON_MISSING, ("R1",)),)
    assert protection().notes == ()


def test_a_missing_overhaul_date_is_unknown_in_a_strict_county() -> None:
    strict = county([road(ROAD, overhauled_on=None)], switches=switched(strict_overhaul=True))
    found = finding(check(strict, LINE).routes[0], "road_protection")
    assert found.outcome.value == "unknown"
    assert found.reasons == (Reason(Unknown.OVERHAULED_ON_MISSING, ("R1",)),)


@pytest.mark.parametrize("road_class", ["highway", "other"])
def test_the_protected_years_are_those_of_city_roads(road_class: str) -> None:
    assert outcome(ON, road_class=road_class, delivered_on=date(2025, 1, 1)) == "pass"
    assert outcome(ON, road_class=road_class, delivered_on=None) == "pass"


def test_a_road_of_unknown_class_is_protected_by_its_dates_all_the_same() -> None:
    assert outcome(ON, road_class=None, delivered_on=date(2025, 1, 1)) == "fail"
    assert outcome(ON, road_class=None) == "pass"


def test_a_protected_road_decides_though_another_date_is_unknown() -> None:
    roads = [road(ROAD, delivered_on=date(2025, 1, 1)),
             road((60, -9, 65, 9), "R2", delivered_on=None)]  # fmt: skip
    found = finding(check(county(roads), LINE).routes[0], "road_protection")
    assert (found.outcome.value, [one.road_id for one in found.roads]) == ("fail", ["R1"])


def test_the_planned_day_counts_and_the_finding_says_where_it_decides() -> None:
    # protected up to and including 2026-12-31
    facts = {"delivered_on": date(2021, 12, 31)}
    after = protection(planned_on=date(2027, 1, 1), **facts)
    assert (after.outcome.value, after.day_decides) == ("pass", True)
    before = protection(planned_on=date(2026, 12, 31), **facts)
    assert (before.outcome.value, before.day_decides) == ("fail", False)
    without = protection(**facts)
    assert (without.outcome.value, without.day_decides) == ("fail", False)


def test_a_later_day_of_asking_does_not_protect_against_the_planned_one() -> None:
    found = protection(date(2028, 1, 1), planned_on=date(2026, 12, 31),
                       delivered_on=date(2021, 12, 31))  # fmt: skip
    assert (found.outcome.value, found.day_decides) == ("fail", True)


def test_a_day_that_makes_an_outcome_unknown_decides_too() -> None:
    # a road without a width may reach the line; on the planned day it is still protected
    axis = road("60 -50, 60 50", delivered_on=date(2020, 6, 1), width_m=None)
    line = route("0 0, 40 0", planned_on=date(2025, 2, 28))
    found = finding(check_one(county([axis]), line), "road_protection")
    assert (found.outcome.value, found.day_decides) == ("unknown", True)
    late = finding(check_one(county([axis]), replace(line, planned_on=ON)), "road_protection")
    assert (late.outcome.value, late.day_decides) == ("pass", False)


def unmeasured(rule: str, strict: bool = False, **facts: Any) -> str:
    """What a line road without a width, 20 m beside the route, makes of a rule."""
    beside = road("0 20, 100 20", "N", **facts)
    ground = county([beside], switches=switched(strict_overhaul=strict))
    return finding(check(ground, LINE).routes[0], rule).outcome.value


def test_a_line_road_without_a_width_leaves_open_what_touching_it_would_break() -> None:
    assert unmeasured("main_road", road_class="arterial") == "unknown"
    assert unmeasured("main_road", road_class=None) == "unknown"
    assert unmeasured("main_road", road_class="local") == "pass"
    assert unmeasured("highway", road_class="highway") == "unknown"
    assert unmeasured("road_protection", delivered_on=date(2025, 1, 1)) == "unknown"
    assert unmeasured("road_protection", delivered_on=None) == "unknown"
    assert unmeasured("road_protection", delivered_on=LONG_AGO) == "pass"


def test_a_highway_without_a_width_leaves_no_protection_open() -> None:
    facts = {"road_class": "highway", "delivered_on": None}
    assert unmeasured("road_protection", **facts) == "pass"


def test_a_strict_county_waits_for_the_overhaul_of_a_road_without_a_width() -> None:
    assert unmeasured("road_protection", overhauled_on=None) == "pass"
    assert unmeasured("road_protection", overhauled_on=None, strict=True) == "unknown"

"""Which lines are judged as one, and which are only suspected of belonging together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from neixiang_survey_plugin.core.judging.grouping import groups_by_application, groups_by_utility
from neixiang_survey_plugin.core.policy import LengthReading
from neixiang_survey_plugin.core.routes import Route
from tests.drawn import Drawing, check, county, finding, reading, road, route

DAY = date(2026, 3, 2)
Groups = list[tuple[int, ...]]


def after(days: int) -> date:
    return DAY + timedelta(days=days)


def lines(*facts: dict[str, Any]) -> list[Route]:
    return [
        route("0 0, 100 0", f"r{index}", **{"applied_on": DAY, **one})
        for index, one in enumerate(facts)
    ]


def together(*facts: dict[str, Any]) -> Groups:
    return groups_by_utility(lines(*facts), 365)


def test_lines_of_one_case_are_judged_as_one() -> None:
    assert together({"case_id": "c"}, {"case_id": "c"}) == [(0, 1)]


def test_lines_of_one_site_are_judged_as_one_whatever_their_case() -> None:
    assert together({"site_id": "s", "case_id": "c"}, {"site_id": "s", "case_id": "d"}) == [(0, 1)]


def test_lines_of_different_cases_and_sites_stand_alone() -> None:
    one, other = {"site_id": "s", "case_id": "c"}, {"site_id": "t", "case_id": "d"}
    assert together(one, other) == [(0,), (1,)]


def test_a_case_and_a_site_of_the_same_name_are_not_the_same() -> None:
    assert together({"case_id": "x"}, {"site_id": "x"}) == [(0,), (1,)]


def test_lines_without_case_and_site_stand_alone() -> None:
    assert together({}, {}) == [(0,), (1,)]


def test_lines_of_different_utilities_are_judged_apart() -> None:
    one, other = {"case_id": "c"}, {"case_id": "c", "utility": "gas"}
    assert together(one, other) == [(0,), (1,)]
    assert groups_by_application(lines(one, other), 365) == [(0, 1)]


@pytest.mark.parametrize(("days", "groups"), [(365, [(0, 1)]), (366, [(0,), (1,)])])
def test_lines_count_as_one_within_365_days(days: int, groups: Groups) -> None:
    one, other = {"case_id": "c"}, {"case_id": "c", "applied_on": after(days)}
    assert together(one, other) == groups
    assert together(other, one) == groups


def test_a_line_whose_day_is_unknown_counts_as_within() -> None:
    undated = {"case_id": "c", "applied_on": None}
    assert together({"case_id": "c"}, undated) == [(0, 1)]
    far = {"case_id": "c", "applied_on": after(3000)}
    assert together({"case_id": "c"}, undated, far) == [(0, 1, 2)]


def test_lines_that_follow_each_other_within_the_days_are_one_chain() -> None:
    chain = [{"case_id": "c", "applied_on": after(days)} for days in (600, 0, 300)]
    assert together(*chain) == [(0, 1, 2)]


def test_case_and_site_link_lines_in_a_chain() -> None:
    one = {"case_id": "c"}
    link = {"case_id": "c", "site_id": "s"}
    other = {"case_id": "d", "site_id": "s"}
    assert together(one, other, link) == [(0, 1, 2)]


def test_every_line_is_in_one_group_in_the_order_given() -> None:
    assert together({"case_id": "c"}, {}, {"case_id": "c"}, {}) == [(0, 2), (1,), (3,)]


ROADS = (road((40, -100, 48, 100), "A", width_m=8.0), road((60, -100, 68, 100), "B", width_m=8.0))


def crossing_of_first(*routes: Route) -> tuple[float | None, str]:
    found = finding(check(county(ROADS), *routes).routes[0], "crossing_length")
    return found.measured, found.outcome.value


def test_crossings_of_lines_that_are_one_add_up() -> None:
    one = route("0 0, 55 0", "r1", case_id="c", applied_on=DAY)
    other = route("100 9, 55 9", "r2", case_id="c", applied_on=DAY)
    assert crossing_of_first(one) == (pytest.approx(8.0), "pass")
    assert crossing_of_first(one, other) == (pytest.approx(16.0), "fail")


def test_two_lines_of_one_case_in_the_same_place_count_twice() -> None:
    one = route("0 0, 55 0", "r1", case_id="c")
    other = route("0 0, 55 0", "r2", case_id="c")
    assert crossing_of_first(one, other) == (pytest.approx(16.0), "fail")


def suspected(
    first: Drawing, second: Drawing, second_facts: dict[str, Any], **facts: Any
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    one = route(first, "r1", case_id="c", applied_on=DAY)
    other = route(second, "r2", **{"case_id": "d", "applied_on": DAY, **second_facts})
    found = check(county(ROADS, **facts), one, other)
    return [(split.route_ids, split.rules) for split in found.suspected_splits]


def test_near_lines_that_break_a_limit_only_together_are_suspected() -> None:
    # 8 m of crossing each, ends 5 m from each other
    assert suspected("0 0, 55 0", "100 5, 55 5", {}) == [(("r1", "r2"), ("crossing_length",))]


def test_two_lines_of_120_metres_are_suspected_of_being_one_of_240() -> None:
    assert suspected("0 300, 120 300", "120 300, 240 300", {}) == [(("r1", "r2"), ("line_length",))]


@pytest.mark.parametrize(
    "facts", [{"utility": "gas"}, {"applied_on": after(366)}, {"applied_on": after(-366)}]
)
def test_lines_of_another_utility_or_another_year_are_not_suspected(
    facts: dict[str, Any],
) -> None:
    assert suspected("0 0, 55 0", "100 5, 55 5", facts) == []


def test_lines_whose_day_is_unknown_are_suspected() -> None:
    assert len(suspected("0 0, 55 0", "100 5, 55 5", {"applied_on": None})) == 1


def test_lines_up_to_fifty_metres_apart_are_suspected() -> None:
    assert len(suspected("0 0, 55 0", "100 50, 55 50", {})) == 1
    assert suspected("0 0, 55 0", "100 50.1, 55 50.1", {}) == []


def test_a_line_that_breaks_the_limit_alone_is_not_suspected() -> None:
    assert suspected("0 0, 100 0", "100 5, 55 5", {}) == []


def test_a_suspected_split_does_not_change_the_way() -> None:
    one, other = (
        route("0 0, 55 0", "r1", case_id="c", applied_on=DAY),
        route("100 5, 55 5", "r2", case_id="d", applied_on=DAY),
    )
    found = check(county(ROADS), one, other)
    assert found.suspected_splits
    assert {one.verdict.way.value for one in found.routes} == {"commitment"}


def test_lines_of_one_application_are_not_added_twice() -> None:
    # The gas line belongs to the case of the one and to the site of the other: one application
    # of 40 + 40 + 100 m, in which the two water lines are judged apart.
    first = route("0 300, 40 300", "r1", case_id="c")
    second = route("40 300, 80 300", "r2", site_id="s")
    gas = route("0 310, 100 310", "r3", "gas", case_id="c", site_id="s")
    by_application = county(policy=reading(length=LengthReading.APPLICATION))
    found = check(by_application, first, second, gas)
    assert finding(found.routes[0], "line_length").measured == pytest.approx(180.0)
    assert found.suspected_splits == ()

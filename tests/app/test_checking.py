"""A whole check: every route in its order, its case, and what was not judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.results import CaseResult, RouteResult
from neixiang_survey_plugin.core.policy import Way
from tests.drawn import ON, PROTECTED, check, check_one, county, finding, road, route

ROAD = road((40, -50, 48, 50), width_m=8.0)


def test_results_come_in_the_order_of_the_routes_whatever_their_groups() -> None:
    lines = [
        route("0 0, 100 0", "r1", case_id="c"),
        route("0 9, 100 9", "r2", case_id="d"),
        route("0 18, 100 18", "r3", case_id="c"),
        route("0 27, 100 27", "r4", "gas", case_id="c"),
    ]
    found = check(county([ROAD]), *lines)
    assert [one.route.route_id for one in found.routes] == ["r1", "r2", "r3", "r4"]
    assert [one.judged_with for one in found.routes] == [
        ("r1", "r3"), ("r2",), ("r1", "r3"), ("r4",),
    ]  # fmt: skip


def test_each_route_keeps_its_own_measures_and_shares_its_groups_verdict() -> None:
    one, other = route("0 0, 100 0", "r1", case_id="c"), route("0 9, 45 9", "r2", case_id="c")
    first, second = check(county([ROAD]), one, other).routes
    assert first.measures.roads.across.value == pytest.approx(8.0)
    assert second.measures.roads.across.value == pytest.approx(5.0)
    assert first.verdict is second.verdict
    assert finding(first, "crossing_length").measured == pytest.approx(13.0)


def test_cases_gather_their_lines_in_the_order_of_the_first() -> None:
    lines = [
        route("0 0, 10 0", "r1", case_id="c"),
        route("0 9, 10 9", "r2"),
        route("0 18, 10 18", "r3", "gas", case_id="c"),
        route("0 27, 10 27", "r4"),
    ]
    cases = check(county(), *lines).cases
    found = [(case.case_id, [one.route.route_id for one in case.routes]) for case in cases]
    assert found == [("c", ["r1", "r3"]), (None, ["r2"]), (None, ["r4"])]
    assert dict(cases[0].ways) == {"water": Way.COMMITMENT, "gas": Way.COMMITMENT}


def test_a_case_id_like_a_route_id_is_no_route_of_its_own() -> None:
    cases = check(county(), route("0 0, 10 0", "r1"), route("0 9, 10 9", "r2", case_id="r1")).cases
    assert [case.case_id for case in cases] == [None, "r1"]


def test_a_case_whose_lines_were_judged_apart_shows_the_strictest_way_of_a_utility() -> None:
    # more than a year between them: two groups
    first = route("0 0, 100 0", "r1", case_id="c", applied_on=date(2024, 1, 1))
    second = route("0 300, 100 300", "r2", case_id="c", applied_on=date(2026, 1, 1))
    ground = county([road((40, -50, 48, 50), delivered_on=PROTECTED)])
    (case,) = check(ground, first, second).cases
    assert [one.verdict.way for one in case.routes] == [Way.JOINT_GOVERNMENT, Way.COMMITMENT]
    assert dict(case.ways) == {"water": Way.JOINT_GOVERNMENT}


@pytest.mark.parametrize(
    ("mild", "strict"),
    [
        (Way.COMMITMENT, Way.JOINT),
        (Way.JOINT, Way.UNDETERMINED),
        (Way.OUTSIDE, Way.UNDETERMINED),
        (Way.UNDETERMINED, Way.JOINT_GOVERNMENT),
        (Way.EXEMPT, Way.FILING),
        (Way.FILING, Way.COMMITMENT),
    ],
)
def test_the_stricter_way_stands_for_a_utility(mild: Way, strict: Way) -> None:
    result = check_one(county(), route("0 0, 10 0"))

    def going(way: Way) -> RouteResult:
        return replace(result, verdict=replace(result.verdict, way=way))

    for ways in ((mild, strict), (strict, mild)):
        case = CaseResult("c", tuple(going(way) for way in ways))
        assert dict(case.ways) == {"water": strict}


def test_what_the_county_lacks_is_named() -> None:
    found = check(county(None), route("0 0, 10 0"))
    assert "roads" in found.layers_not_judged
    assert "green_spaces" not in found.layers_not_judged


def test_the_day_is_that_of_the_check_unless_a_route_plans_another() -> None:
    # protected up to 2026-12-31
    ground = county([road((40, -50, 48, 50), delivered_on=date(2021, 12, 31))])
    line = route("0 0, 100 0")
    for day, way in (
        (date(2026, 12, 31), Way.JOINT_GOVERNMENT),
        (date(2027, 1, 1), Way.COMMITMENT),
    ):
        assert check_one(ground, line, on=day).verdict.way is way
        planned = replace(line, planned_on=day)
        assert check_one(ground, planned, on=date(2000, 1, 1)).verdict.way is way


def test_progress_is_told_in_routes() -> None:
    told: list[tuple[int, int]] = []
    lines = [route("0 0, 10 0", f"r{number}") for number in range(3)]
    Checker(county()).check(lines, ON, tick=lambda done, of: told.append((done, of)))
    assert told[-1] == (3, 3)


def test_many_routes_are_measured_in_batches_as_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [route(f"0 {north}, {60 + north} {north}", f"r{north}") for north in range(7)]
    whole = check(county([ROAD]), *lines)
    monkeypatch.setattr("neixiang_survey_plugin.app.checking._ROUTES_A_BATCH", 2)
    parts = check(county([ROAD]), *lines)
    for one, other in zip(whole.routes, parts.routes, strict=True):
        assert one.route is other.route
        assert one.measures.length_m == pytest.approx(other.measures.length_m)
        assert one.measures.roads.across == other.measures.roads.across


def test_whoever_is_told_is_told_in_small_batches_also_of_the_judging(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("neixiang_survey_plugin.app.checking._ROUTES_BESIDE", 2)
    lines = [route(f"0 {north}, {60 + north} {north}", f"r{north}") for north in range(5)]
    checker, told = Checker(county([ROAD])), list[tuple[int, int]]()
    results = checker.results(lines, ON, lambda done, of: told.append((done, of)))
    assert told[:3] == [(2, 5), (4, 5), (5, 5)]
    assert told[3:] == [(5, 5)] * 3
    for one, other in zip(results, checker.results(lines, ON), strict=True):
        assert one.route is other.route
        assert one.verdict.way is other.verdict.way


def test_no_routes_are_an_empty_result() -> None:
    found = check(county([ROAD]))
    assert (found.routes, found.cases, found.suspected_splits) == ((), (), ())


def test_warnings_of_the_reader_are_kept() -> None:
    found = Checker(county()).check([], ON, warnings=("示例",))
    assert found.warnings == ("示例",)

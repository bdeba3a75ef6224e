"""The three limits: road crossing, length of line, green space."""

from __future__ import annotations

import pytest

from neixiang_survey_plugin.core.judging.findings import Finding, Outcome
from neixiang_survey_plugin.core.judging.limits import hold_against
from neixiang_survey_plugin.core.measuring.measures import Amount, Reason, Unknown
from tests.drawn import Drawing, Row, check, county, finding, green, road, route, way

A_METRE_ROAD = (40, -100, 41, 100)


def crossing(line: Drawing, *roads: Row) -> Finding:
    return finding(check(county(roads), route(line)).routes[0], "crossing_length")


def wide(width_m: float, east: float = 0.0, road_id: str = "R1") -> Row:
    """A road that a route at 0 N crosses squarely."""
    return road((east, -100, east + width_m, 100), road_id, width_m=width_m)


@pytest.mark.parametrize(
    ("amount", "outcome"),
    [
        (Amount.exactly(15.0), Outcome.PASS),
        (Amount.exactly(15.000_001), Outcome.PASS),  # float noise of a sum
        (Amount.exactly(15.000_1), Outcome.FAIL),
        (Amount.exactly(14.9), Outcome.PASS),
        (Amount.unknown(), Outcome.UNKNOWN),
        (Amount.unknown(15.0), Outcome.UNKNOWN),
        (Amount.unknown(15.1), Outcome.FAIL),
        (Amount.unknown(3.0, 15.0), Outcome.PASS),
        (Amount.unknown(3.0, 15.1), Outcome.UNKNOWN),
        (Amount(15.1, 14.0, 15.1), Outcome.UNKNOWN),
        (Amount(15.1, 15.1, 15.1), Outcome.FAIL),
    ],
)
def test_a_limit_includes_its_number_and_an_unknown_is_never_within_it(
    amount: Amount, outcome: Outcome
) -> None:
    assert hold_against(amount, 15.0) is outcome


def test_fifteen_metres_of_crossing_pass_and_a_millimetre_more_fails() -> None:
    # two roads of 8 m and 7 m
    exact = crossing("-10 0, 90 0", wide(8.0), wide(7.0, 30.0, "R2"))
    assert (exact.outcome, exact.measured) == (Outcome.PASS, pytest.approx(15.0))
    assert exact.margin == pytest.approx(0.0, abs=1e-6)
    over = crossing("-10 0, 90 0", wide(8.0), wide(7.001, 30.0, "R2"))
    assert (over.outcome, over.margin) == (Outcome.FAIL, pytest.approx(-0.001))


def test_two_hundred_metres_pass_and_a_millimetre_more_fails() -> None:
    for length_m, outcome in ((200.0, Outcome.PASS), (200.001, Outcome.FAIL)):
        result = check(county(), route(f"0 0, 120 0, {length_m!r} 0")).routes[0]
        found = finding(result, "line_length")
        assert (found.outcome, found.measured) == (outcome, pytest.approx(length_m))
        assert found.at == (length_m, 0.0)
        assert not found.borderline


def test_twenty_square_metres_pass_and_a_thousandth_more_fails() -> None:
    for area_m2, outcome in ((20.0, Outcome.PASS), (20.001, Outcome.FAIL)):
        park = green((30, -9, 30 + area_m2 / 2.0, 9))
        result = check(county((), [park]), route("0 0, 100 0")).routes[0]
        found = finding(result, "green_area")
        assert (found.outcome, found.measured) == (outcome, pytest.approx(area_m2))
        assert found.unit == "m2"


def test_a_finding_says_rule_clause_limit_place_and_lines() -> None:
    found = crossing("-10 0, 90 0", wide(8.0), wide(5.0, 30.0, "R2"))
    assert (found.rule, found.clause, found.limit) == ("crossing_length", "四(二)", 15.0)
    assert (found.unit, found.scope, found.reading) == ("m", "utility", "across")
    assert found.route_ids == ("r1",)
    assert found.at == pytest.approx((4.0, 0.0))  # the longer one


def test_a_finding_on_roads_points_at_a_road_that_counts() -> None:
    lane = {**wide(20.0, 60.0, "R2"), "road_class": "other"}
    found = crossing("-10 0, 90 0", wide(8.0), lane)
    assert found.measured == pytest.approx(8.0)
    assert found.at == pytest.approx((4.0, 0.0))


def test_lanes_and_lengthwise_stretches_fail_no_crossing() -> None:
    assert crossing("-10 0, 90 0", {**wide(20.0), "road_class": "other"}).measured == 0.0
    assert crossing("0 0, 4 0, 4 60, 50 60", wide(8.0)).measured == 0.0


def test_a_known_part_that_breaks_the_limit_fails_outside_the_coverage_too() -> None:
    mapped = (-50, -50, 50, 50)
    long = route("0 0, 99 0")
    known = check(county([wide(16.0)], roads_coverage=mapped), long).routes[0]
    found = finding(known, "crossing_length")
    assert (found.outcome, found.measured) == (Outcome.FAIL, pytest.approx(16.0))
    assert known.measures.roads.across.value is None
    part = finding(check(county([wide(9.0)], roads_coverage=mapped), long).routes[0],
                   "crossing_length")  # fmt: skip
    assert (part.outcome, part.measured, part.margin) == (Outcome.UNKNOWN, None, None)
    assert part.at_least == pytest.approx(9.0)
    assert part.reasons == (Reason(Unknown.OUTSIDE_ROAD_COVERAGE),)


def test_green_outside_the_coverage_fails_by_its_known_part_only() -> None:
    mapped = (-50, -50, 50, 50)
    for width_m, outcome in ((10.5, Outcome.FAIL), (9.5, Outcome.UNKNOWN)):
        ground = county((), [green((0, -9, width_m, 9))], greens_coverage=mapped)
        result = check(ground, route("-10 0, 99 0")).routes[0]
        assert finding(result, "green_area").outcome is outcome


def test_a_total_over_the_limit_only_with_roads_of_unknown_class_is_unknown() -> None:
    unknown = {**wide(7.5, 30.0, "R2"), "road_class": None}
    found = crossing("-10 0, 90 0", wide(8.0), unknown)
    assert (found.outcome, found.measured) == (Outcome.UNKNOWN, pytest.approx(15.5))
    assert found.at_least == pytest.approx(8.0)
    assert found.reasons == (Reason(Unknown.ROAD_CLASS_MISSING, ("R2",)),)


def test_a_total_within_the_limit_with_roads_of_unknown_class_passes() -> None:
    assert crossing("-10 0, 90 0", {**wide(9.0), "road_class": None}).outcome is Outcome.PASS


def test_a_total_over_the_limit_without_the_road_of_unknown_class_fails() -> None:
    unknown = {**wide(7.5, 30.0, "R2"), "road_class": None}
    assert crossing("-10 0, 90 0", wide(16.0), unknown).outcome is Outcome.FAIL


@pytest.mark.parametrize("layer", ["roads", "greens"])
def test_a_layer_that_is_missing_leaves_the_way_open(layer: str) -> None:
    assert way(county(**{layer: None}), route("0 0, 100 0")) == "undetermined"


def test_unknown_pits_leave_green_space_and_the_way_open() -> None:
    bored = route("0 0, 100 0", bores=[(30, 60)])
    found = check(county(), bored).routes[0]
    assert finding(found, "green_area").reasons == (Reason(Unknown.NO_PIT_SIZE),)
    assert found.verdict.way.value == "undetermined"

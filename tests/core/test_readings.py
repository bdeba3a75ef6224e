"""What the three limits measure is open in the text: every other reading is judged too."""

from __future__ import annotations

from typing import Any

import pytest

from neixiang_survey_plugin.core.policy import CrossingReading, GreenReading, LengthReading
from tests.drawn import Drawing, Row, check, check_one, county, finding, green, reading, road, route

ROAD = road((40, -200, 48, 200), width_m=8.0)
TWO = (ROAD, road((60, -200, 70, 200), "R2", width_m=10.0))
UP_THE_ROAD = "0 0, 44 0, 44 20, 48 20"  # 28 m inside, all of it lengthwise


def ways(line: Drawing, *roads: Row, greens: Any = (), **facts: Any) -> dict[str, str]:
    """The way under the policy's reading, and under each other one."""
    verdict = check_one(county(roads, greens), route(line, **facts)).verdict
    others = {other.value: other.way.value for other in verdict.other_readings}
    return {"own": verdict.way.value, **others}


def test_each_other_reading_of_each_limit_is_judged() -> None:
    assert list(ways("0 0, 30 0")) == ["own", "across_each", "inside", "application", "trench"]


def test_where_all_readings_agree_the_reading_does_not_decide() -> None:
    verdict = check_one(county([ROAD]), route("0 0, 100 0", trench_width_m=0.6)).verdict
    assert {other.way.value for other in verdict.other_readings} == {"commitment"}
    assert not verdict.reading_decides


def test_each_crossing_for_itself_may_pass_where_the_total_fails() -> None:
    # 8 m and 10 m
    found = ways("0 0, 100 0", *TWO)
    assert (found["own"], found["across_each"]) == ("joint", "commitment")
    assert check_one(county(TWO), route("0 0, 100 0")).verdict.reading_decides


def test_what_runs_along_fails_only_where_all_metres_inside_count() -> None:
    found = ways(UP_THE_ROAD, ROAD)
    assert (found["own"], found["across_each"], found["inside"]) == (
        "commitment", "commitment", "joint",
    )  # fmt: skip


def test_the_length_of_the_application_adds_up_all_utilities() -> None:
    lines = [route("0 0, 150 0", "r1", "water", case_id="c"),
             route("0 9, 60 9", "r2", "gas", case_id="c")]  # fmt: skip
    found = check(county(), *lines).routes[0]
    assert finding(found, "line_length").measured == pytest.approx(150.0)
    assert finding(found, "line_length").route_ids == ("r1",)
    others = {other.value: other.way.value for other in found.verdict.other_readings}
    assert (found.verdict.way.value, others["application"]) == ("commitment", "joint")
    own = check(county(policy=reading(length=LengthReading.APPLICATION)), *lines).routes[0]
    measured = finding(own, "line_length")
    assert measured.measured == pytest.approx(210.0)
    assert (measured.scope, measured.reading) == ("application", "application")
    assert measured.route_ids == ("r1", "r2")


def test_the_trench_alone_may_pass_where_the_strip_fails() -> None:
    # 30 m of park: 60 m2 of strip, 18 m2 of trench
    park = [green((30, -9, 60, 9))]
    found = ways("0 0, 100 0", greens=park, trench_width_m=0.6)
    assert (found["own"], found["trench"]) == ("joint", "commitment")


def test_a_trench_of_unknown_width_leaves_its_reading_open() -> None:
    found = ways("0 0, 100 0", greens=[green((30, -9, 60, 9))])
    assert (found["own"], found["trench"]) == ("joint", "undetermined")
    within = ways("0 0, 100 0", greens=[green((30, -9, 39, 9))])
    assert (within["own"], within["trench"]) == ("commitment", "commitment")


@pytest.mark.parametrize(
    ("own", "outcome", "measured"),
    [
        (CrossingReading.ACROSS, "fail", 18.0),
        (CrossingReading.ACROSS_EACH, "pass", 10.0),
        (CrossingReading.INSIDE, "fail", 18.0),
    ],
)
def test_the_policys_own_reading_of_crossings_is_the_one_judged(
    own: CrossingReading, outcome: str, measured: float
) -> None:
    result = check_one(county(TWO, policy=reading(crossing=own)), route("0 0, 100 0"))
    found = finding(result, "crossing_length")
    assert (found.outcome.value, found.measured) == (outcome, pytest.approx(measured))
    assert found.reading == own.value
    assert own.value not in [other.value for other in result.verdict.other_readings]


def test_each_crossing_for_itself_is_the_longest_of_all_lines_judged_as_one() -> None:
    each = county(TWO, policy=reading(crossing=CrossingReading.ACROSS_EACH))
    lines = [route("0 0, 55 0", "r1", case_id="c"), route("55 9, 90 9", "r2", case_id="c")]
    found = finding(check(each, *lines).routes[0], "crossing_length")
    assert (found.measured, found.scope) == (pytest.approx(10.0), "crossing")
    assert found.at == pytest.approx((65.0, 9.0))


def test_the_green_reading_trench_counts_the_trench() -> None:
    trench = county((), [green((30, -9, 60, 9))], policy=reading(green=GreenReading.TRENCH))
    found = finding(check_one(trench, route("0 0, 100 0", trench_width_m=0.6)), "green_area")
    assert (found.measured, found.reading) == (pytest.approx(18.0), "trench")
    unknown = finding(check_one(trench, route("0 0, 100 0")), "green_area")
    assert unknown.outcome.value == "unknown"
    assert [one.unknown.value for one in unknown.reasons] == ["no_trench_width"]

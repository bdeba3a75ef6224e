"""The way: the first tier whose conditions all pass, undetermined where an unknown could turn it.

Outcomes are written in the order of the policy's rules: crossing, length, green, main road,
highway, protection, suspension; P passes, F fails, ? is unknown.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from neixiang_survey_plugin.core.judging.findings import Outcome
from neixiang_survey_plugin.core.judging.judge import decide_way
from neixiang_survey_plugin.core.policy import Policy, Tier, Way
from tests.drawn import PROTECTED, check_one, county, green, neixiang, road, route, way

WORDS = {"P": Outcome.PASS, "F": Outcome.FAIL, "?": Outcome.UNKNOWN}
RULES = tuple(rule.rule_id for rule in neixiang().rules)
SERVED = [Outcome.PASS] * 3
PROTECTION = RULES.index("road_protection")


def decided(outcomes: str, policy: Policy | None = None) -> Way:
    found = {rule: WORDS[letter] for rule, letter in zip(RULES, outcomes, strict=True)}
    policy = policy or neixiang()
    return decide_way(policy, found, SERVED[: len(policy.tiers)])[0]


def test_the_rules_stand_in_the_order_of_the_file() -> None:
    assert RULES == (
        "crossing_length", "line_length", "green_area", "main_road", "highway",
        "road_protection", "unit_suspension",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ("PPPPPPP", Way.COMMITMENT),
        ("FPPPPPP", Way.JOINT),
        ("PFPPPPP", Way.JOINT),
        ("PPFPPPP", Way.JOINT),
        ("PPPFPPP", Way.JOINT),
        ("PPPPFPP", Way.JOINT),
        ("PPPPPPF", Way.JOINT),
        ("PPPPPFP", Way.JOINT_GOVERNMENT),
        ("FFFFFFF", Way.JOINT_GOVERNMENT),
        ("?PPPPPP", Way.UNDETERMINED),
        ("PPP?PPP", Way.UNDETERMINED),
        ("PPPPP?P", Way.UNDETERMINED),
        ("PPPPPP?", Way.UNDETERMINED),
        ("F???PP?", Way.JOINT),  # it fails one limit: nothing unknown could make it commit
        ("FPPPP?P", Way.UNDETERMINED),  # the county government may be needed
        ("?????F?", Way.JOINT_GOVERNMENT),  # a protected road decides
        ("FFFFP?P", Way.UNDETERMINED),
    ],
)
def test_way_of_outcomes(outcomes: str, expected: Way) -> None:
    assert decided(outcomes) is expected


def test_an_unknown_is_undetermined_exactly_where_its_two_values_give_two_ways() -> None:
    for letters in product("PF?", repeat=len(RULES)):
        outcomes = "".join(letters)
        fillings = product(*("PF" if letter == "?" else letter for letter in outcomes))
        ways = {decided("".join(filling)) for filling in fillings}
        expected = ways.pop() if len(ways) == 1 else Way.UNDETERMINED
        assert decided(outcomes) is expected, outcomes


def test_a_tier_that_does_not_serve_the_applicant_is_passed_over() -> None:
    outcomes = dict.fromkeys(RULES, Outcome.PASS)
    assert decide_way(neixiang(), outcomes, [Outcome.FAIL] * 3) == (Way.OUTSIDE, None)
    assert decide_way(neixiang(), outcomes, [Outcome.FAIL, Outcome.FAIL, Outcome.PASS]) == (
        Way.OUTSIDE,
        None,
    )
    found, tier = decide_way(neixiang(), outcomes, [Outcome.FAIL, Outcome.PASS, Outcome.PASS])
    assert (found, tier and tier.way) == (Way.JOINT, Way.JOINT)


def test_milder_tiers_before_commitment_are_tried_first() -> None:
    commitment = neixiang().tiers[0]
    exempt = replace(commitment, way=Way.EXEMPT, rules=commitment.rules[:1])
    filing = replace(commitment, way=Way.FILING, rules=commitment.rules[:2])
    milder = replace(neixiang(), tiers=(exempt, filing, *neixiang().tiers))

    def of(outcomes: str) -> Way:
        found = {rule: WORDS[letter] for rule, letter in zip(RULES, outcomes, strict=True)}
        return decide_way(milder, found, [Outcome.PASS] * 5)[0]

    assert of("PFFFFFF") is Way.EXEMPT
    assert of("?PPPPPP") is Way.UNDETERMINED
    assert of("FPPPPPP") is Way.JOINT


def test_the_verdict_names_the_tier_with_its_clock_and_form() -> None:
    tier = check_one(county(), route("0 0, 100 0")).verdict.tier
    assert isinstance(tier, Tier)
    assert (tier.way, tier.clock, tier.form) == (Way.COMMITMENT, "at_once", "commitment")
    without = check_one(county(None), route("0 0, 100 0")).verdict
    assert (without.way, without.tier) == (Way.UNDETERMINED, None)


def test_a_line_that_fails_a_limit_beside_a_road_of_unknown_delivery_is_undetermined() -> None:
    ground = county([road((40, -50, 56, 50), width_m=16.0, delivered_on=None)])
    assert way(ground, route("0 0, 100 0")) == "undetermined"


def test_a_line_that_fails_a_limit_away_from_unknown_dates_needs_joint_approval() -> None:
    ground = county([road((40, -50, 56, 50), width_m=16.0)])
    assert way(ground, route("0 0, 100 0")) == "joint"


def test_a_protected_road_decides_whatever_else_is_unknown() -> None:
    roads = [road((40, -50, 48, 50), delivered_on=PROTECTED),
             road((60, -50, 65, 50), "R2", road_class=None, delivered_on=None),
             road("0 30, 100 30", "R3")]  # fmt: skip
    line = route("0 0, 100 0", unit=None, applicant_kind=None, bores=[(10, 20)])
    assert way(county(roads, None), line) == "joint_government"


def test_every_condition_failing_alone_needs_joint_approval() -> None:
    short, old = "0 0, 100 0", (40, -50, 48, 50)
    assert way(county([road((40, -50, 56, 50), width_m=16.0)]), route(short)) == "joint"
    assert way(county(), route("0 0, 201 0")) == "joint"
    assert way(county((), [green((0, -9, 11, 9))]), route(short)) == "joint"
    assert way(county([road(old, road_class="arterial")]), route(short)) == "joint"
    assert way(county([road(old, road_class="expressway")]), route(short)) == "joint"
    assert way(county([road(old, road_class="highway")]), route(short)) == "joint"
    assert way(county([road(old, delivered_on=PROTECTED)]), route(short)) == "joint_government"
    assert way(county([road(old)]), route(short)) == "commitment"


def test_all_lines_that_are_judged_as_one_get_one_verdict() -> None:
    ground = county([road((40, -50, 48, 50), delivered_on=PROTECTED)])
    lines = [route("0 0, 100 0", "r1", case_id="c"), route("0 200, 50 200", "r2", case_id="c")]
    assert way(ground, *lines) == way(ground, *lines[::-1]) == "joint_government"

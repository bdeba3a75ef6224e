"""Every rule's passing and failing example, drawn and put through the real measuring."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.county import County, Suspension
from neixiang_survey_plugin.core.policy import Policy, Rule, RuleKind
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.policy_file import read_policy
from tests.drawn import ON, STRIP_M, county, green, outcome, road, route, surface

Example = Mapping[str, Any]
Scene = tuple[dict[str, Any], Route]

POLICIES = [
    path
    for path in places.policy_files()
    if "tiers" in tomllib.loads(path.read_text(encoding="utf-8"))
]
LINE = route("0 0, 100 0")


def crossed_roads(example: Example) -> Scene:
    """Roads of these widths side by side, ten metres apart."""
    roads, east = [], 10.0
    for number, width_m in enumerate(example["crossings_m"]):
        roads.append(road((east, -100, east + width_m, 100), f"R{number}", width_m=width_m))
        east += width_m + 10.0
    return {"roads": roads}, route(f"0 0, {east!r} 0")


def long_line(example: Example) -> Scene:
    return {}, route(f"0 0, {example['length_m']!r} 0")


def park(example: Example) -> Scene:
    if not example["green_m2"]:
        return {}, LINE
    return {"greens": [green((20, -9, 20 + example["green_m2"] / STRIP_M, 9))]}, LINE


def one_road(example: Example) -> Scene:
    facts = {key: value for key, value in example.items() if key != "on"}
    return {"roads": [road((40, -50, 48, 50), **facts)]}, LINE


def suspended_unit(example: Example) -> Scene:
    suspension = Suspension("water", example["imposed_on"], example.get("rectified_on"))
    return {"suspensions": (suspension,)}, LINE


def of_utility(example: Example) -> Scene:
    return {}, route("0 0, 100 0", utility=example["utility"])


def line_with(example: Example) -> Scene:
    return {}, route("0 0, 100 0", utility="power", **example)


def carriageways(example: Example) -> Scene:
    """One road of two carriageways with a median of two metres between them."""
    first_m, second_m = example["sides_m"]
    median, end = 10.0 + first_m, 12.0 + first_m + second_m
    surfaces = [
        surface((10, -100, median, 100), "west"),
        surface((median, -100, median + 2, 100), "median", "green_belt"),
        surface((median + 2, -100, end, 100), "east"),
    ]
    crossed = road((10, -100, end, 100), width_m=end - 10.0)
    return {"roads": [crossed], "surfaces": surfaces}, route(f"0 0, {end + 10.0!r} 0")


def dug(example: Example) -> Scene:
    """A road and a park side by side, ten metres apart."""
    begin = 20.0 + example["road_m"]
    end = begin + example["green_m"]
    roads = [road((10, -100, 10 + example["road_m"], 100))]
    parks = [green((begin, -9, end, 9))]
    return {"roads": roads, "greens": parks}, route(f"0 0, {end + 10.0!r} 0", utility="power")


DRAWN: Mapping[RuleKind, Callable[[Example], Scene]] = {
    RuleKind.CROSSING_LENGTH: crossed_roads,
    RuleKind.LINE_LENGTH: long_line,
    RuleKind.GREEN_AREA: park,
    RuleKind.ROAD_CLASS: one_road,
    RuleKind.ROAD_PROTECTION: one_road,
    RuleKind.UNIT_SUSPENSION: suspended_unit,
    RuleKind.UTILITY: of_utility,
    RuleKind.VOLTAGE: line_with,
    RuleKind.POWER: line_with,
    RuleKind.DIAMETER: line_with,
    RuleKind.DUCT_HOLES: line_with,
    RuleKind.TRENCH_WIDTH: line_with,
    RuleKind.CARRIAGEWAY_SIDE: carriageways,
    RuleKind.DUG_LENGTH: dug,
}


def cases() -> list[Any]:
    return [
        pytest.param(policy, rule, expected, id=f"{path.stem}-{rule.rule_id}-{expected}")
        for path, policy in ((path, read_policy(path)) for path in POLICIES)
        for rule in policy.rules
        for expected in ("pass", "fail")
    ]


@pytest.mark.parametrize(("policy", "rule", "expected"), cases())
def test_the_example_of_a_rule_comes_to_what_the_file_says(
    policy: Policy, rule: Rule, expected: str
) -> None:
    example = rule.passing if expected == "pass" else rule.failing
    facts, line = DRAWN[rule.kind](example)
    on = example.get("on", ON)
    assert isinstance(on, date)
    drawn: County = county(policy=policy, **facts)
    assert outcome(drawn, rule.rule_id, line, on=on) == expected


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_every_kind_of_rule_can_be_drawn(path: Path) -> None:
    assert {rule.kind for rule in read_policy(path).rules} <= DRAWN.keys()

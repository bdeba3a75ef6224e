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
from tests.drawn import ON, STRIP_M, county, green, outcome, road, route

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
    return {"greens": [green((20, -9, 20 + example["green_m2"] / STRIP_M, 9))]}, LINE


def one_road(example: Example) -> Scene:
    facts = {key: value for key, value in example.items() if key != "on"}
    return {"roads": [road((40, -50, 48, 50), **facts)]}, LINE


def suspended_unit(example: Example) -> Scene:
    suspension = Suspension("water", example["imposed_on"], example.get("rectified_on"))
    return {"suspensions": (suspension,)}, LINE


DRAWN: Mapping[RuleKind, Callable[[Example], Scene]] = {
    RuleKind.CROSSING_LENGTH: crossed_roads,
    RuleKind.LINE_LENGTH: long_line,
    RuleKind.GREEN_AREA: park,
    RuleKind.ROAD_CLASS: one_road,
    RuleKind.ROAD_PROTECTION: one_road,
    RuleKind.UNIT_SUSPENSION: suspended_unit,
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

"""The worked examples of the clearance file, held by the real check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import shapely
from shapely import affinity

from tests.conflicts.scenes import RADIUS_M, building, clearances, find, kinds, pipe, route, surface
from tests.conflicts.test_every_cell import SURFACES, beside, facts

Example = Mapping[str, Any]


def horizontal(example: Example) -> list[str]:
    return kinds(beside(facts(example["a"], None), facts(example["b"], None), example["clear_m"]))


def vertical(example: Example) -> list[str]:
    deep_m = 1.0 + 2 * RADIUS_M + example["clear_m"]
    lower = pipe("0 -50, 0 50", **facts(example["lower"], None), cover_m=deep_m)
    return kinds(find(route("-50 0, 50 0", **facts(example["upper"], None)), pipes=[lower]))


def cover(example: Example) -> list[str]:
    line = route("0 0, 100 0", **facts(example["key"], None), cover_m=example["cover_m"])
    return kinds(find(line, surfaces=[surface((0, -5, 100, 5), SURFACES[example["surface"]])]))


def in_plan(cover_m: float, kind: str) -> Callable[[Example], list[str]]:
    def found(example: Example) -> list[str]:
        apart_m = 2 * RADIUS_M + example["clear_m"]
        other = pipe(f"0 {apart_m}, 100 {apart_m}", cover_m=cover_m)
        return [one for one in kinds(find(route("0 0, 100 0"), pipes=[other])) if one == kind]

    return found


def absolute(example: Example) -> list[str]:
    gas = route("0 0, 100 0", **facts(example["b"], None))
    house = building((20, example["clear_m"] + RADIUS_M, 80, 50))
    return [one.kind.value for one in find(gas, buildings=[house]) if one.outcome.value == "fail"]


def crossing(example: Example) -> list[str]:
    turned = affinity.rotate(shapely.LineString([(-50, 0), (50, 0)]), example["angle_deg"])
    return kinds(find(route("-50 0, 50 0"), pipes=[pipe(turned, cover_m=3.0)]))


CHECKS: Mapping[str, Callable[[Example], list[str]]] = {
    "horizontal_clearance": horizontal,
    "vertical_clearance": vertical,
    "cover": cover,
    "stacked": in_plan(3.0, "stacked"),
    "overlap": in_plan(1.0, "overlap"),
    "absolute_minimum": absolute,
    "crossing": crossing,
}


@pytest.mark.parametrize("rule_id", list(clearances().rules))
def test_the_examples_of_a_rule_come_out_as_the_file_says(rule_id: str) -> None:
    rule = clearances().rules[rule_id]
    assert CHECKS[rule_id](rule.passing) == []
    assert CHECKS[rule_id](rule.failing) != []

"""The limits of what is thought a slip of drawing, each with the example that passes and fails."""

from __future__ import annotations

import tomllib
from typing import Any

from shapely import LineString, MultiPolygon, box

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.repair.repairing import repair_shapes
from neixiang_survey_plugin.core.repair.repairs import Trouble
from neixiang_survey_plugin.io.repair_limits import SHIPPED, load_repair_limits
from tests.repair.shapes import AREAS, column, troubles

FILE = places.rules_folder() / f"{SHIPPED}.toml"
LONG_M = 1e6  # the mean width of a strip is its width less a share of its length


def of_width(width_m: float) -> Any:
    return box(0, 0, LONG_M, width_m * (1 + 2 * width_m / LONG_M))


def drawn(rule_id: str, example: dict[str, float]) -> tuple[Any, ...]:
    if rule_id == "dropped_below_width_m":
        return (MultiPolygon([box(0, 10, 50, 60), of_width(example["width_m"])]),)
    if rule_id == "named_below_width_m":
        return (of_width(example["width_m"]),)
    if rule_id == "closes_within_m":
        return (LineString([(0, 0), (9, 0), (9, 9), (0, 9), (0, example["gap_m"])]),)
    return box(0, 0, 10, 10), box(9, -5, 10, example["overlap_m2"])


TROUBLES = {
    "dropped_below_width_m": Trouble.SLIVER_PART,
    "named_below_width_m": Trouble.SLIVER,
    "closes_within_m": Trouble.OPEN_LINE,
    "named_overlap_m2": Trouble.OVERLAP,
}


def test_every_limit_holds_for_its_own_examples() -> None:
    rules = tomllib.loads(FILE.read_text(encoding="utf-8"))["rules"]
    assert {rule["id"] for rule in rules} == set(TROUBLES)
    for rule in rules:
        for example, found in (("passing", False), ("failing", True)):
            shapes = column(*drawn(rule["id"], rule[example]))
            result = repair_shapes(shapes, AREAS, load_repair_limits())
            assert (TROUBLES[rule["id"]] in troubles(result)) == found, (rule["id"], example)


def test_the_limits_are_no_policy() -> None:
    assert FILE not in places.policy_files()

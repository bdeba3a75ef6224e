"""The worked examples of the rule file, held by the real check, and a county's corrections."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from math import radians, tan
from pathlib import Path
from typing import Any

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.planning_file import (
    SHIPPED,
    load_planning_rules,
    read_planning_rules,
)
from tests.drawn import road
from tests.planning.plans import control, corridor, kinds, main, route, rules, use

Example = Mapping[str, Any]
STREET = road((0.0, 0.0, 400.0, 20.0), "R1")
_PLACES_M = {"east": 17.0, "west": 3.0}


def beside(example: Example) -> list[str]:
    apart_m = example["apart_m"]
    return kinds(route(f"0 {apart_m}, 60 {apart_m}"), plan=[corridor("0 0, 100 0")])


def of_other(example: Example) -> list[str]:
    apart_m = example["apart_m"]
    plan = [corridor("0 0, 100 0", utility="gas")]
    return kinds(route(f"0 {apart_m}, 60 {apart_m}"), plan=plan)


def diameter(example: Example) -> list[str]:
    plan = [corridor("0 0, 100 0", diameter_mm=example["planned_mm"])]
    return kinds(route("0 0, 60 0", diameter_mm=example["diameter_mm"]), plan=plan)


def year(example: Example) -> list[str]:
    plan = [corridor("0 0, 100 0", year=float(example["year"]))]
    return kinds(route("0 0, 60 0", planned_on=date(example["works"], 6, 1)), plan=plan)


def in_area(kind: str | None) -> Callable[[Example], list[str]]:
    def found(example: Example) -> list[str]:
        inside_m = example["inside_m"]
        # nothing inside: the area begins 2 m beside the strip
        area = (40, -10, 40 + inside_m, 10) if inside_m else (40, 3, 70, 10)
        return kinds(route("0 0, 100 0"), control_areas=[control(area, kind)])

    return found


def land(example: Example) -> list[str]:
    inside_m = example["inside_m"]
    area = (40, -10, 40 + inside_m, 10) if inside_m else (40, 3, 70, 10)
    return kinds(route("0 0, 100 0"), uses=[use(area, "residential")])


def red_line(example: Example) -> list[str]:
    apart_m = example["apart_m"]
    return kinds(route(f"100 {-apart_m}, 160 {-apart_m}"), roads=[STREET])


def parallel(example: Example) -> list[str]:
    rise_m = 40.0 * tan(radians(example["angle_deg"]))
    return kinds(route(f"100 14, 140 {14 + rise_m}", utility="telecom"), roads=[STREET])


def side(example: Example) -> list[str]:
    at = _PLACES_M[example["side"]]
    north = road((0.0, 0.0, 20.0, 400.0), "R1")
    return kinds(route(f"{at} 100, {at} 160", utility=example["utility"]), roads=[north])


def order(example: Example) -> list[str]:
    outer, inner = example["order"]
    return kinds(
        route("100 2, 160 2", utility=outer), roads=[STREET], mains=[main("0 4, 400 4", "P", inner)]
    )


CHECKS: Mapping[str, Callable[[Example], list[str]]] = {
    "corridor_beside": beside,
    "corridor_off": beside,
    "corridor_of_other": of_other,
    "corridor_diameter": diameter,
    "corridor_year": year,
    "planned_road": in_area("red"),
    "red_line": red_line,
    "green_line": in_area("green"),
    "blue_line": in_area("blue"),
    "purple_line": in_area("purple"),
    "yellow_line": in_area("yellow"),
    "orange_line": in_area("orange"),
    "control_line": in_area(None),
    "land_use": land,
    "not_parallel": parallel,
    "road_side": side,
    "road_order": order,
}


@pytest.mark.parametrize("rule", rules().rules.values(), ids=lambda rule: rule.rule_id)
def test_the_examples_of_every_rule_come_out_as_they_say(rule: Any) -> None:
    check = CHECKS[rule.rule_id]
    assert rule.rule_id not in check(rule.passing)
    assert check(rule.failing) == [rule.rule_id]


def test_a_rule_that_is_not_sure_holds_nothing_against_a_line(tmp_path: Path) -> None:
    text = (places.rules_folder() / f"{SHIPPED}.toml").read_text(encoding="utf-8")
    file = tmp_path / "own.toml"
    file.write_text(text.replace('outcome = "note"', 'outcome = "against"', 1), encoding="utf-8")
    with pytest.raises(SurveyError, match="D 级依据不得作为不符"):
        read_planning_rules(file)


def test_a_rule_file_without_a_rule_or_a_figure_is_named(tmp_path: Path) -> None:
    text = (places.rules_folder() / f"{SHIPPED}.toml").read_text(encoding="utf-8")
    file = tmp_path / "own.toml"
    without = text.replace('id = "red_line"', 'id = "red_lines"').replace("off_m = 30.0\n", "")
    file.write_text(without, encoding="utf-8")
    with pytest.raises(SurveyError) as caught:
        read_planning_rules(file)
    assert any("缺少 red_line" in one for one in caught.value.problems)
    assert any("off_m: 缺少这一项" in one for one in caught.value.problems)


def test_a_county_corrects_distances_order_and_sides_with_its_evidence(tmp_path: Path) -> None:
    (tmp_path / "planning.toml").write_text(
        'schema = 1\n[corridor]\nevidence = "示例规划 2024"\nwithin_m = 3.5\n'
        '[road]\nevidence = "示例规划 2024"\nsides = { power = "west_north" }\n',
        encoding="utf-8",
    )
    found = load_planning_rules(tmp_path)
    assert found.corridor.within_m == 3.5
    assert found.corridor.off_m == rules().corridor.off_m
    assert found.road.sides == {"power": "west_north"}
    assert load_planning_rules(tmp_path / "nowhere") == rules()


def test_a_correction_without_evidence_or_with_a_typo_is_named(tmp_path: Path) -> None:
    (tmp_path / "planning.toml").write_text("[corridor]\nwithin = 3.5\n", encoding="utf-8")
    with pytest.raises(SurveyError) as caught:
        load_planning_rules(tmp_path)
    assert any("evidence: 缺少这一项" in one for one in caught.value.problems)
    assert any("within: 没有这个键" in one for one in caught.value.problems)

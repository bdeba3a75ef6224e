"""The tables [[rules]] of a policy file: which figures each kind of rule needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from neixiang_survey_plugin.core.policy import Rule, RuleKind
from neixiang_survey_plugin.core.vocabulary import ROAD_CLASS
from neixiang_survey_plugin.io.hints import did_you_mean
from neixiang_survey_plugin.io.toml_table import TomlTable

CONFIDENCES = {grade: grade for grade in "ABCDX"}
_CLASSES = {word: word for word in ROAD_CLASS}
_KINDS = {kind.value: kind for kind in RuleKind}
_FIGURES = (
    "limit",
    "unit",
    "road_classes",
    "delivered_years",
    "overhauled_years",
    "suspended_months",
)


@dataclass(frozen=True)
class _Shape:
    """What a kind of rule is written with; ``facts`` are the keys of its examples."""

    figures: tuple[str, ...]
    facts: tuple[str, ...]
    unit: str | None = None


_SHAPES: Mapping[RuleKind, _Shape] = {
    RuleKind.CROSSING_LENGTH: _Shape(("limit", "unit"), ("crossings_m",), "m"),
    RuleKind.LINE_LENGTH: _Shape(("limit", "unit"), ("length_m",), "m"),
    RuleKind.GREEN_AREA: _Shape(("limit", "unit"), ("green_m2",), "m2"),
    RuleKind.ROAD_CLASS: _Shape(("road_classes",), ("road_class",)),
    RuleKind.ROAD_PROTECTION: _Shape(
        ("delivered_years", "overhauled_years"), ("delivered_on", "overhauled_on", "on")
    ),
    RuleKind.UNIT_SUSPENSION: _Shape(("suspended_months",), ("imposed_on", "rectified_on", "on")),
}


def read_rule(table: TomlTable) -> Rule:
    """One rule with its figures and its two examples; every problem is kept in the table's list."""
    table.need("id", "kind", "text", "clause", "source", "confidence", "passing", "failing")
    kind = table.word("kind", _KINDS)
    rule = Rule(
        rule_id=table.text("id") or "",
        kind=kind or RuleKind.LINE_LENGTH,
        text=table.text("text") or "",
        clause=table.text("clause") or "",
        source=table.text("source") or "",
        confidence=table.word("confidence", CONFIDENCES) or "",
        unit=table.text("unit"),
        limit=table.number("limit", minimum=0.0),
        road_classes=frozenset(table.words("road_classes", _CLASSES)),
        delivered_years=table.whole("delivered_years", minimum=0),
        overhauled_years=table.whole("overhauled_years", minimum=0),
        suspended_months=table.whole("suspended_months", minimum=0),
        passing=table.table("passing").plain(),
        failing=table.table("failing").plain(),
    )
    table.close()
    if kind is not None:
        _check_figures(table, _SHAPES[kind])
        _check_examples(table, rule, _SHAPES[kind])
    return rule


def _check_figures(table: TomlTable, shape: _Shape) -> None:
    table.need(*shape.figures)
    for key in table:
        if key in _FIGURES and key not in shape.figures:
            table.complain(key, f"这类规则不用它，要的是 {'、'.join(shape.figures)}")
    if shape.unit is not None and table.text("unit") not in (None, shape.unit):
        table.complain("unit", f"应为 {shape.unit}，现为 {table.text('unit')}")
    if "road_classes" in shape.figures and table.plain().get("road_classes") == []:
        table.complain("road_classes", "不能为空")


def _check_examples(table: TomlTable, rule: Rule, shape: _Shape) -> None:
    for key, example in (("passing", rule.passing), ("failing", rule.failing)):
        if key in table and not example:
            table.complain(key, f"例子不能为空，可写 {'、'.join(shape.facts)}")
        for fact in example:
            if fact not in shape.facts:
                hint = did_you_mean(fact, shape.facts)
                table.complain(f"{key}.{fact}", f"这类规则的例子里没有这个键{hint}")

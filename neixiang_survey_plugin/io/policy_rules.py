"""The tables [[rules]] of a policy file: which figures each kind of rule needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from neixiang_survey_plugin.core.policy import Counted, Rule, RuleKind
from neixiang_survey_plugin.core.vocabulary import ROAD_CLASS, UTILITY
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
    "utilities",
    "counts",
    "included",
)
_UTILITIES = {word: word for word in UTILITY}
_COUNTED = {one.value: one for one in Counted}


@dataclass(frozen=True)
class _Shape:
    """What a kind of rule is written with; ``facts`` are the keys of its examples.

    ``figures`` must be there, ``may`` can.
    """

    figures: tuple[str, ...]
    facts: tuple[str, ...]
    unit: str | None = None
    may: tuple[str, ...] = ()


def _limited(unit: str, *facts: str) -> _Shape:
    """A rule with a limit, which is included unless the file says otherwise."""
    return _Shape(("limit", "unit"), facts, unit, may=("included",))


_SHAPES: Mapping[RuleKind, _Shape] = {
    RuleKind.CROSSING_LENGTH: _limited("m", "crossings_m"),
    RuleKind.LINE_LENGTH: _limited("m", "length_m"),
    RuleKind.GREEN_AREA: _limited("m2", "green_m2"),
    RuleKind.ROAD_CLASS: _Shape(("road_classes",), ("road_class",)),
    RuleKind.ROAD_PROTECTION: _Shape(
        ("delivered_years", "overhauled_years"), ("delivered_on", "overhauled_on", "on")
    ),
    RuleKind.UNIT_SUSPENSION: _Shape(("suspended_months",), ("imposed_on", "rectified_on", "on")),
    RuleKind.UTILITY: _Shape(("utilities",), ("utility",)),
    RuleKind.VOLTAGE: _limited("kV", "voltage_kv"),
    RuleKind.POWER: _limited("kW", "power_kw"),
    RuleKind.DIAMETER: _limited("mm", "diameter_mm"),
    RuleKind.DUCT_HOLES: _limited("hole", "duct_holes"),
    RuleKind.TRENCH_WIDTH: _limited("m", "trench_width_m"),
    RuleKind.CARRIAGEWAY_SIDE: _limited("m", "sides_m"),
    RuleKind.DUG_LENGTH: _Shape(
        ("limit", "unit", "counts"), ("road_m", "green_m", "length_m"), "m", may=("included",)
    ),
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
        utilities=frozenset(table.words("utilities", _UTILITIES)),
        counts=frozenset(table.words("counts", _COUNTED)),
        included=_included(table),
        only_for=frozenset(table.words("only_for", _UTILITIES)),
        passing=table.table("passing").plain(),
        failing=table.table("failing").plain(),
    )
    table.close()
    if kind is not None:
        _check_figures(table, _SHAPES[kind])
        _check_examples(table, rule, _SHAPES[kind])
    return rule


def _included(table: TomlTable) -> bool:
    """Whether the limit itself passes (以内、不超过), as it does unless the file says no (小于)."""
    return table.flag("included") or "included" not in table


def _check_figures(table: TomlTable, shape: _Shape) -> None:
    table.need(*shape.figures)
    for key in table:
        if key in _FIGURES and key not in (*shape.figures, *shape.may):
            table.complain(key, f"这类规则不用它，要的是 {'、'.join(shape.figures)}")
    if shape.unit is not None and table.text("unit") not in (None, shape.unit):
        table.complain("unit", f"应为 {shape.unit}，现为 {table.text('unit')}")
    for key in ("road_classes", "utilities", "counts"):
        if key in shape.figures and table.plain().get(key) == []:
            table.complain(key, "不能为空")
    if table.plain().get("only_for") == []:
        table.complain("only_for", "不能为空；对各专业都适用就不写")


def _check_examples(table: TomlTable, rule: Rule, shape: _Shape) -> None:
    for key, example in (("passing", rule.passing), ("failing", rule.failing)):
        if key in table and not example:
            table.complain(key, f"例子不能为空，可写 {'、'.join(shape.facts)}")
        for fact in example:
            if fact not in shape.facts:
                hint = did_you_mean(fact, shape.facts)
                table.complain(f"{key}.{fact}", f"这类规则的例子里没有这个键{hint}")

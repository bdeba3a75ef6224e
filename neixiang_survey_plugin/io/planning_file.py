"""Reading the rules of the plan check, and a county's corrections of them."""

from __future__ import annotations

import functools
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.errors import Problems
from neixiang_survey_plugin.core.planning.remark import PlanOutcome, RemarkKind
from neixiang_survey_plugin.core.planning.rules import (
    CorridorRules,
    LayoutRules,
    PlanningRules,
    PlanRule,
    RoadPlaceRules,
)
from neixiang_survey_plugin.core.vocabulary import (
    CONTROL_KIND,
    LAND_USE,
    PIPELINE_UTILITY,
    UTILITY,
)
from neixiang_survey_plugin.io.policy_rules import CONFIDENCES
from neixiang_survey_plugin.io.toml_file import open_toml
from neixiang_survey_plugin.io.toml_table import TomlTable

SHIPPED = "planning_gb50289_2016"
CORRECTIONS_FILE = "planning.toml"
_OUTCOMES = {one.value: one for one in PlanOutcome if one is not PlanOutcome.UNKNOWN}
_KINDS = {one.value: one for one in RemarkKind}
_LINES = {word: word for word in PIPELINE_UTILITY}
_UTILITIES = {word: word for word in UTILITY}
_USES = {word: word for word in LAND_USE}
_SIDES = {word: word for word in ("east_south", "west_north")}
_UNSURE = "DX"  # confidences of which nothing is held against a line for certain
EARLY = ("early_layout", "early_size")
_PARTS = ("corridor", "road", "layout")


def load_planning_rules(county_folder: Path | None = None) -> PlanningRules:
    """The shipped rules, with the corrections of ``planning.toml`` in a county's folder.

    SurveyError with one sentence per problem of either file.
    """
    shipped = _shipped()
    own = None if county_folder is None else county_folder / CORRECTIONS_FILE
    return shipped if own is None or not own.is_file() else read_corrections(own, shipped)


@functools.cache
def _shipped() -> PlanningRules:
    return read_planning_rules(places.rules_folder() / f"{SHIPPED}.toml")


def read_planning_rules(path: Path) -> PlanningRules:
    """The rules of one file; SurveyError with one sentence per problem of the file."""
    problems = Problems()
    file = open_toml(path, problems)
    file.need("id", "title", "document", *_PARTS, "departments", "land_use", "sources", "rules")
    _check_schema(file)
    rules = {rule.rule_id: rule for rule in map(_read_rule, file.tables("rules"))}
    absent = [name for name in (*_KINDS, *EARLY) if name not in rules]
    if absent:
        file.complain("rules", f"缺少 {'、'.join(absent)}")
    parts = {name: _read_part(file.table(name), None) for name in _PARTS}
    departments, land_use = file.table("departments"), file.table("land_use")
    found = PlanningRules(
        rules_id=file.text("id") or "",
        title=file.text("title") or "",
        document=file.text("document") or "",
        rules={kind: rules[name] for name, kind in _KINDS.items() if name in rules},
        early={name: rules[name] for name in EARLY if name in rules},
        departments={kind: departments.text(kind) or "" for kind in CONTROL_KIND},
        free_uses=frozenset(land_use.words("free", _USES)),
        **parts,
    )
    file.table("sources").plain()
    departments.close()
    land_use.close()
    file.close()
    problems.raise_if_any()
    return found


def read_corrections(path: Path, rules: PlanningRules) -> PlanningRules:
    """Rules with a county's own distances, order and sides; each part names its evidence.

    What a correction leaves out stays as it was.
    """
    problems = Problems()
    file = open_toml(path, problems)
    _check_schema(file)
    parts = {}
    for name in (name for name in _PARTS if name in file):
        table = file.table(name)
        table.need("evidence")
        table.text("evidence")
        parts[name] = _read_part(table, getattr(rules, name))
    file.close()
    problems.raise_if_any()
    return replace(rules, **parts)


def _check_schema(file: TomlTable) -> None:
    if file.whole("schema") not in (None, 1):
        file.complain("schema", "本程序只认得 1")


def _read_part(table: TomlTable, before: Any) -> Any:
    """One table of figures as its values; ``before`` are those that it corrects."""
    kind = {"corridor": CorridorRules, "road": RoadPlaceRules, "layout": LayoutRules}[table.name]
    names = [one.name for one in fields(kind)]
    if before is None:
        table.need(*names)
    values = {} if before is None else {name: getattr(before, name) for name in names}
    values.update({name: _read_value(table, name) for name in names if name in table})
    table.close()
    return kind(**{name: values.get(name) for name in names})


def _read_value(table: TomlTable, name: str) -> Any:
    if name == "order":
        return table.words(name, _LINES)
    if name == "sized":
        return frozenset(table.words(name, _UTILITIES))
    if name == "voltages":
        return _read_voltages(table.tables(name))
    if name == "edition":
        return table.text(name) or ""
    if name == "sides":
        sides = table.table(name)
        found = {word: sides.word(word, _SIDES) or "" for word in UTILITY if word in sides}
        sides.close()
        return found
    return table.number(name, minimum=0.0) or 0.0


def _read_voltages(rows: list[TomlTable]) -> tuple[tuple[float, float], ...]:
    """Loads and the voltage that each is served at, from small to large."""
    found = []
    for row in rows:
        row.need("to_kva", "kv")
        found.append((row.number("to_kva", 0.0) or 0.0, row.number("kv", 0.0) or 0.0))
        row.close()
    if not found or found != sorted(found):
        for row in rows[:1]:
            row.complain("to_kva", "应从小到大")
    return tuple(found)


def _read_rule(table: TomlTable) -> PlanRule:
    table.need("id", "text", "outcome", "clause", "source", "confidence", "passing", "failing")
    rule = PlanRule(
        rule_id=table.text("id") or "",
        text=table.text("text") or "",
        outcome=table.word("outcome", _OUTCOMES) or PlanOutcome.NOTE,
        clause=table.text("clause") or "",
        source=table.text("source") or "",
        confidence=table.word("confidence", CONFIDENCES) or "",
        passing=table.table("passing").plain(),
        failing=table.table("failing").plain(),
    )
    if rule.outcome is PlanOutcome.AGAINST and rule.confidence in _UNSURE:
        table.complain("outcome", f"{rule.confidence} 级依据不得作为不符；请写 note 或 ask")
    table.close()
    return rule

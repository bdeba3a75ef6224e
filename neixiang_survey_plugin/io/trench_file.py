"""Reading the rules of shared trenches, and a county's corrections of single pairs."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.errors import Problems
from neixiang_survey_plugin.core.trenching.rules import (
    Criterion,
    PairRule,
    Share,
    SideSpace,
    Together,
    TrenchRules,
    TrenchShape,
)
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.io.clearance_rows import read_rule
from neixiang_survey_plugin.io.policy_rules import CONFIDENCES
from neixiang_survey_plugin.io.toml_file import open_toml
from neixiang_survey_plugin.io.toml_table import TomlTable

SHIPPED = "trenches_gb50289_2016"
CORRECTIONS_FILE = "trenches.toml"
NEEDED_RULES = (
    "same_trench",
    "section_order",
    "trench_width",
    "not_stacked",
    "lead_angle",
    "together",
    "ranking",
)
_UTILITIES = {word: word for word in UTILITY}
_SHARES = {share.value: share for share in Share}
_CRITERIA = {criterion.value: criterion for criterion in Criterion}
_TOGETHER = (
    "within_m",
    "along_m",
    "same_road_m",
    "window_days",
    "moves_at_most_m",
    "least_angle_deg",
)
_TRENCH = ("bedding_m", "support_from_m", "support_m", "wall_m", "step_from_m")


def load_trench_rules(county_folder: Path | None = None) -> TrenchRules:
    """The shipped rules, with the corrections of ``trenches.toml`` in a county's folder.

    SurveyError with one sentence per problem of either file.
    """
    shipped = _shipped()
    own = None if county_folder is None else county_folder / CORRECTIONS_FILE
    return shipped if own is None or not own.is_file() else read_pair_corrections(own, shipped)


@functools.cache
def _shipped() -> TrenchRules:
    return read_trench_rules(places.rules_folder() / f"{SHIPPED}.toml")


def read_trench_rules(path: Path) -> TrenchRules:
    """The rules of one file; SurveyError with one sentence per problem of the file."""
    problems = Problems()
    file = open_toml(path, problems)
    file.need("id", "title", "document", "pairs", "order", "trench", "together")
    file.need("ranking", "sources", "rules")
    _check_schema(file)
    order, ranking = file.table("order"), file.table("ranking")
    order.need("utilities", "edition")
    ranking.need("by")
    rules = {one.rule_id: one for one in map(read_rule, file.tables("rules"))}
    absent = [rule_id for rule_id in NEEDED_RULES if rule_id not in rules]
    if absent:
        file.complain("rules", f"缺少 {'、'.join(absent)}")
    found = TrenchRules(
        rules_id=file.text("id") or "",
        title=file.text("title") or "",
        document=file.text("document") or "",
        edition=order.text("edition") or "",
        pairs=_read_pairs(file),
        order=order.words("utilities", _UTILITIES),
        shape=_read_shape(file.table("trench")),
        together=_read_together(file.table("together")),
        ranking=ranking.words("by", _CRITERIA),
        rules=rules,
    )
    file.table("sources").plain()
    order.close()
    ranking.close()
    file.close()
    problems.raise_if_any()
    return found


def read_pair_corrections(path: Path, rules: TrenchRules) -> TrenchRules:
    """Rules with single pairs corrected, or ranked in another order; each with its evidence.

    What a correction leaves out stays as it was. A pair that the rules do not have may be added.
    """
    problems = Problems()
    file = open_toml(path, problems)
    ranking = file.table("ranking") if "ranking" in file else None
    if ranking is None:
        file.need("pairs")
    _check_schema(file)
    pairs = {**rules.pairs, **_read_pairs(file, corrects=rules.pairs)}
    by = rules.ranking if ranking is None else _read_ranking(ranking)
    file.close()
    problems.raise_if_any()
    return replace(rules, pairs=pairs, ranking=by)


def _read_ranking(table: TomlTable) -> tuple[Criterion, ...]:
    table.need("by", "evidence")
    table.text("evidence")
    by = table.words("by", _CRITERIA)
    table.close()
    return by


def _check_schema(file: TomlTable) -> None:
    if file.whole("schema") not in (None, 1):
        file.complain("schema", "本程序只认得 1")


def _read_pairs(
    file: TomlTable, corrects: Mapping[frozenset[str], PairRule] | None = None
) -> dict[frozenset[str], PairRule]:
    pairs: dict[frozenset[str], PairRule] = {}
    for row in file.tables("pairs"):
        rule = _read_pair(row) if corrects is None else _read_correction(row, corrects)
        if rule.pair in pairs:
            row.complain("a", f"{rule.first}-{rule.second} 出现了不止一次")
        pairs[rule.pair] = rule
    return pairs


def _read_pair(row: TomlTable) -> PairRule:
    row.need("a", "b", "share", "clear_m", "clause", "confidence", "source")
    rule = PairRule(
        first=row.word("a", _UTILITIES) or "",
        second=row.word("b", _UTILITIES) or "",
        share=row.word("share", _SHARES) or Share.NO,
        clear_m=row.number("clear_m", minimum=0.0) or 0.0,
        confidence=row.word("confidence", CONFIDENCES) or "",
        clause=row.text("clause") or "",
        source=row.text("source") or "",
        note=row.text("note"),
    )
    row.close()
    return rule


def _read_correction(row: TomlTable, known: Mapping[frozenset[str], PairRule]) -> PairRule:
    row.need("a", "b", "confidence", "evidence")
    first, second = row.word("a", _UTILITIES) or "", row.word("b", _UTILITIES) or ""
    before = known.get(frozenset((first, second)))
    if before is None:
        row.need("share", "clear_m")
    share, clear_m = row.word("share", _SHARES), row.number("clear_m", minimum=0.0)
    evidence, clause, note = row.text("evidence"), row.text("clause"), row.text("note")
    rule = PairRule(
        first=first,
        second=second,
        share=share or (before.share if before else Share.NO),
        clear_m=(before.clear_m if before else 0.0) if clear_m is None else clear_m,
        confidence=row.word("confidence", CONFIDENCES) or "",
        clause=clause or (before.clause if before else ""),
        source=evidence or "",
        note=note or (before.note if before else None),
        evidence=evidence,
    )
    row.close()
    return rule


def _read_shape(table: TomlTable) -> TrenchShape:
    table.need("side", *_TRENCH)
    sides = []
    for row in table.tables("side"):
        row.need("to_mm", "side_m")
        sides.append(
            SideSpace(row.number("to_mm", minimum=1.0) or 0.0, row.number("side_m", 0.0) or 0.0)
        )
        row.close()
    if not sides or sorted(sides, key=lambda one: one.to_mm) != sides:
        table.complain("side", "应有一行以上，按 to_mm 从小到大")
    shape = TrenchShape(tuple(sides), *(table.number(name, minimum=0.0) or 0.0 for name in _TRENCH))
    table.close()
    return shape


def _read_together(table: TomlTable) -> Together:
    table.need(*_TOGETHER)
    together = Together(*(table.number(name, minimum=0.0) or 0.0 for name in _TOGETHER))
    if not 90.0 <= together.least_angle_deg < 180.0:
        table.complain("least_angle_deg", "应在 90 与 180 之间")
    table.close()
    return together

"""Reading a policy file: the tiers of one place, its rules and its promises of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.policy import (
    CrossingReading,
    GreenReading,
    LengthReading,
    NoSplit,
    Policy,
    Reading,
)
from neixiang_survey_plugin.io.hints import did_you_mean
from neixiang_survey_plugin.io.policy_clocks import read_clock
from neixiang_survey_plugin.io.policy_rules import CONFIDENCES, read_rule
from neixiang_survey_plugin.io.policy_supervision import read_supervision
from neixiang_survey_plugin.io.policy_tiers import check_tiers, read_tier
from neixiang_survey_plugin.io.toml_file import open_toml
from neixiang_survey_plugin.io.toml_table import TomlTable


def find_policy(name: str, folder: Path) -> Path:
    """The file of a policy named in a county file.

    ``name`` is the id of a shipped policy, or a file beside the county file in ``folder``.
    SurveyError names the shipped policies when there is neither.
    """
    beside = folder / name.replace("\\", "/")
    shipped = {path.stem: path for path in places.policy_files()}
    for path in (shipped.get(name), beside, beside.with_name(f"{beside.name}.toml")):
        if path is not None and path.is_file():
            return path
    raise SurveyError(
        f"{folder / 'county.toml'}: policy: 找不到政策文件“{name}”{did_you_mean(name, shipped)}；"
        f"可写随程序提供的 {'、'.join(shipped)}，或与 county.toml 同处的文件名"
    )


def read_policy(path: Path) -> Policy:
    """The policy in a TOML file; SurveyError with one sentence per problem of the file."""
    problems = Problems()
    table = open_toml(path, problems)
    policy = _read_policy(table)
    problems.raise_if_any()
    return policy


def _read_policy(file: TomlTable) -> Policy:
    file.need("id", "title", "document", "place", "no_split", "applicants", "rules")
    if file.whole("schema") not in (None, 1):
        file.complain("schema", "本程序只认得 1")
    rules = [read_rule(table) for table in file.tables("rules")]
    clocks = [read_clock(table) for table in file.tables("clocks")]
    _complain_of_twins(file, "rules", (rule.rule_id for rule in rules))
    _complain_of_twins(file, "clocks", (clock.clock_id for clock in clocks))
    by_id = {rule.rule_id: rule for rule in rules}
    clocks_by_id = {clock.clock_id: clock for clock in clocks}
    policy = Policy(
        policy_id=file.text("id") or "",
        title=file.text("title") or "",
        document=file.text("document") or "",
        place=file.text("place") or "",
        in_force_from=file.day("in_force_from"),
        in_force_until=file.day("in_force_until"),
        in_force_source=file.text("in_force_source") or "",
        in_force_confidence=file.word("in_force_confidence", CONFIDENCES) or "",
        applicants_clause=_read_applicants_clause(file.table("applicants")),
        reading=_read_reading(file.table("readings")),
        no_split=_read_no_split(file.table("no_split")),
        tiers=tuple(read_tier(table, by_id, clocks_by_id) for table in file.tables("tiers")),
        clocks=clocks_by_id,
        supervision=read_supervision(file),
    )
    policy = replace(policy, **_read_reaches(file.table("measuring")))
    check_tiers(file, policy, by_id)
    _check_days(file, policy)
    file.close()
    return policy


def _check_days(file: TomlTable, policy: Policy) -> None:
    if policy.in_force_from is not None or policy.in_force_until is not None:
        file.need("in_force_source", "in_force_confidence")
    begin, end = policy.in_force_from, policy.in_force_until
    if begin is not None and end is not None and end < begin:
        file.complain("in_force_until", f"不应早于 in_force_from（{begin}），现为 {end}")


def _read_applicants_clause(table: TomlTable) -> str:
    table.need("clause")
    clause = table.text("clause") or ""
    table.close()
    return clause


def _read_reading(table: TomlTable) -> Reading:
    crossing = table.word("crossing", {word.value: word for word in CrossingReading})
    length = table.word("length", {word.value: word for word in LengthReading})
    green = table.word("green", {word.value: word for word in GreenReading})
    table.close()
    usual = Reading()
    return Reading(crossing or usual.crossing, length or usual.length, green or usual.green)


def _read_reaches(table: TomlTable) -> dict[str, Any]:
    """How far what has no size may reach, by the names of the policy's fields, in metres."""
    names = ("unknown_width_reach_m", "unknown_pit_reach_m")
    reaches_m = {name: table.number(name, minimum=0.0) for name in names}
    table.close()
    return {name: reach_m for name, reach_m in reaches_m.items() if reach_m is not None}


def _read_no_split(table: TomlTable) -> NoSplit:
    table.need("days", "suspected_within_m", "clause", "source", "confidence")
    no_split = NoSplit(
        days=table.whole("days", minimum=0) or 0,
        suspected_within_m=table.number("suspected_within_m", minimum=0.0) or 0.0,
        clause=table.text("clause") or "",
        source=table.text("source") or "",
        confidence=table.word("confidence", CONFIDENCES) or "",
    )
    table.close()
    return no_split


def _complain_of_twins(file: TomlTable, key: str, ids: Iterable[str]) -> None:
    for word, count in Counter(ids).items():
        if count > 1:
            file.complain(key, f"id {word} 出现了 {count} 次")

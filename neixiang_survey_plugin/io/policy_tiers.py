"""The tables [[tiers]] of a policy file: the ways, each with its rules and its promise."""

from __future__ import annotations

from collections.abc import Mapping

from neixiang_survey_plugin.core.policy import Clock, Policy, Rule, Tier, Way
from neixiang_survey_plugin.core.vocabulary import APPLICANT_KIND
from neixiang_survey_plugin.io.toml_table import TomlTable

WAYS = {way.value: way for way in Way if way not in (Way.UNDETERMINED, Way.OUTSIDE)}
_APPLICANTS = {kind: kind for kind in APPLICANT_KIND}


def read_tier(table: TomlTable, rules: Mapping[str, Rule], clocks: Mapping[str, Clock]) -> Tier:
    """One way with the rules and the clock that it names."""
    table.need("way", "clause", "clock", "form", "applicants", "rules")
    clock = table.word("clock", clocks)
    tier = Tier(
        way=table.word("way", WAYS) or Way.JOINT,
        clause=table.text("clause") or "",
        clock=clock.clock_id if clock else "",
        form=table.text("form") or "",
        rules=table.words("rules", rules),
        applicants=frozenset(table.words("applicants", _APPLICANTS)),
        broken_rules=table.words("broken_rules", rules),
        applicants_by_switch=frozenset(table.words("applicants_by_switch", _APPLICANTS)),
    )
    table.close()
    return tier


def check_tiers(file: TomlTable, policy: Policy, rules: Mapping[str, Rule]) -> None:
    """Complain where a line could be left without a way, or a rule without a use."""
    if not policy.tiers:
        file.complain("tiers", "至少要有一级 [[tiers]]")
        return
    last = policy.tiers[-1]
    if last.rules or last.applicants != frozenset(APPLICANT_KIND):
        file.complain(
            "tiers",
            f"最后一级（{last.way.value}）应没有 rules，并在 applicants 里列出 "
            f"{'、'.join(APPLICANT_KIND)}，否则有的外线无路可走",
        )
    for unused in sorted(rules.keys() - {rule.rule_id for rule in policy.rules}):
        file.complain("rules", f"规则 {unused} 没有任何一级用到；请写进某级的 rules，或删去")

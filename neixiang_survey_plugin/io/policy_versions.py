"""The policies that a county names: one, or several that were in force one after another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

from neixiang_survey_plugin.core.errors import Problems
from neixiang_survey_plugin.core.policy import Policy, Rule, Tier
from neixiang_survey_plugin.io.gathering import kept_in
from neixiang_survey_plugin.io.policy_file import find_policy, read_policy


def read_policies(names: Iterable[str], county_file: Path) -> Policy:
    """The latest policy with the earlier ones in it; SurveyError with every problem of them.

    A policy holds until the next one begins, or until its own ``in_force_until``.
    """
    problems = Problems()
    read: list[Policy] = []
    for name in names:
        with kept_in(problems):
            read.append(read_policy(find_policy(name, county_file.parent)))
    problems.raise_if_any()
    read.sort(key=_begin)
    _check_begins(read, county_file, problems)
    problems.raise_if_any()
    *earlier, latest = read
    return replace(latest, earlier=tuple(_renamed(one) for one in reversed(earlier)))


def _begin(policy: Policy) -> date:
    return policy.in_force_from or date.min


def _check_begins(policies: list[Policy], county_file: Path, problems: Problems) -> None:
    for before, policy in pairwise(policies):
        if _begin(before) == _begin(policy):
            problems.add(
                f"{county_file}: policy: {before.policy_id} 与 {policy.policy_id} 同日施行；"
                f"请在政策文件里写明各自的 in_force_from"
            )


def _renamed(policy: Policy) -> Policy:
    """An earlier policy whose rules and clocks cannot be taken for those of the latest."""
    rules = {rule.rule_id: _with_name(rule, policy.policy_id) for rule in policy.rules}
    return replace(
        policy,
        tiers=tuple(_tier(tier, rules, policy.policy_id) for tier in policy.tiers),
        clocks={
            _name(clock.clock_id, policy.policy_id): replace(
                clock, clock_id=_name(clock.clock_id, policy.policy_id)
            )
            for clock in policy.clocks.values()
        },
    )


def _tier(tier: Tier, rules: dict[str, Rule], policy_id: str) -> Tier:
    return replace(
        tier,
        clock=_name(tier.clock, policy_id),
        rules=tuple(rules[one.rule_id] for one in tier.rules),
        broken_rules=tuple(rules[one.rule_id] for one in tier.broken_rules),
    )


def _with_name(rule: Rule, policy_id: str) -> Rule:
    return replace(rule, rule_id=_name(rule.rule_id, policy_id))


def _name(own: str, policy_id: str) -> str:
    return f"{policy_id}/{own}"

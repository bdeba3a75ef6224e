"""Which way lines may go: the first tier of the policy whose conditions all pass."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from neixiang_survey_plugin.core.judging.applicants import (
    check_applicant,
    check_unit_suspension,
    not_in_force,
    serves,
)
from neixiang_survey_plugin.core.judging.facts import GroupFacts
from neixiang_survey_plugin.core.judging.findings import Finding, OtherReading, Outcome, Verdict
from neixiang_survey_plugin.core.judging.limits import (
    asked_of,
    check_asked_measure,
    check_crossing,
    check_green,
    check_length,
    not_asked,
    outcome_under,
)
from neixiang_survey_plugin.core.judging.road_rules import check_road_class, check_road_protection
from neixiang_survey_plugin.core.judging.route_figures import OF_ROUTES
from neixiang_survey_plugin.core.judging.what_lines import check_route_figure, check_utility
from neixiang_survey_plugin.core.policy import (
    CrossingReading,
    GreenReading,
    LengthReading,
    Policy,
    Reading,
    Rule,
    RuleKind,
    Tier,
    Way,
)

Check = Callable[[Rule, GroupFacts, Reading], Finding]

# One check for each kind of rule: a new kind of condition is a new row here.
CHECKS: Mapping[RuleKind, Check] = {
    RuleKind.CROSSING_LENGTH: check_crossing,
    RuleKind.LINE_LENGTH: check_length,
    RuleKind.GREEN_AREA: check_green,
    RuleKind.ROAD_CLASS: lambda rule, facts, _: check_road_class(rule, facts),
    RuleKind.ROAD_PROTECTION: lambda rule, facts, _: check_road_protection(rule, facts),
    RuleKind.UNIT_SUSPENSION: lambda rule, facts, _: check_unit_suspension(rule, facts),
    RuleKind.UTILITY: lambda rule, facts, _: check_utility(rule, facts),
    RuleKind.CARRIAGEWAY_SIDE: lambda rule, facts, _: check_asked_measure(rule, facts),
    RuleKind.DUG_LENGTH: lambda rule, facts, _: check_asked_measure(rule, facts),
    **dict.fromkeys(OF_ROUTES, lambda rule, facts, _: check_route_figure(rule, facts)),
}


def judge(facts: GroupFacts, policy: Policy, in_force: bool = True) -> Verdict:
    """The verdict on lines that are judged as one, under the policy's own reading.

    A policy that was not ``in_force`` opens no way; what the law asks of protected roads stays.

    An unknown condition never counts as passed: where it could change the way, the way is
    UNDETERMINED. Every other reading of a limit that the policy has is judged too.
    """
    findings = [
        CHECKS[rule.kind](rule, facts, policy.reading)
        if not rule.only_for or asked_of(rule, facts)
        else not_asked(rule, facts)
        for rule in policy.rules
    ]
    findings.append(check_applicant(policy.tiers[0], policy.applicants_clause, facts))
    outcomes = {finding.rule: finding.outcome for finding in findings}
    served = [serves(tier, facts) for tier in policy.tiers]
    if not in_force:
        findings.append(not_in_force(policy, facts))
        lawful = (tier.way is Way.JOINT_GOVERNMENT for tier in policy.tiers)
        served = [
            one if is_law else Outcome.FAIL for one, is_law in zip(served, lawful, strict=True)
        ]
    way, tier = decide_way(policy, outcomes, served)
    others = tuple(_other_readings(facts, policy, outcomes, served, way))
    return Verdict(way, tier, policy.reading, tuple(findings), others, policy.policy_id)


def decide_way(
    policy: Policy, outcomes: Mapping[str, Outcome], served: Iterable[Outcome]
) -> tuple[Way, Tier | None]:
    """The way for given outcomes of the rules, and the tier that opened it.

    ``served`` says for each tier whether it serves the applicant. OUTSIDE when no tier does.
    """
    for tier, applicant in zip(policy.tiers, served, strict=True):
        outcome = _tier_outcome(tier, applicant, outcomes)
        if outcome is Outcome.PASS:
            return tier.way, tier
        if outcome is Outcome.UNKNOWN:
            return Way.UNDETERMINED, None
    return Way.OUTSIDE, None


def _tier_outcome(tier: Tier, applicant: Outcome, outcomes: Mapping[str, Outcome]) -> Outcome:
    """One failed condition closes a tier, whatever is unknown beside it."""
    together = applicant
    for rule in tier.rules:
        together = _worse(together, outcomes[rule.rule_id])
    for rule in tier.broken_rules:
        together = _worse(together, _opposite(outcomes[rule.rule_id]))
    return together


def _worse(one: Outcome, other: Outcome) -> Outcome:
    if one is Outcome.FAIL or other is Outcome.PASS:
        return one
    return other


def _opposite(outcome: Outcome) -> Outcome:
    if outcome is Outcome.UNKNOWN:
        return outcome
    return Outcome.PASS if outcome is Outcome.FAIL else Outcome.FAIL


def _other_readings(
    facts: GroupFacts,
    policy: Policy,
    outcomes: Mapping[str, Outcome],
    served: list[Outcome],
    own_way: Way,
) -> Iterator[OtherReading]:
    for dimension, value, reading in _readings_besides(policy.reading):
        rules = policy.rules_by_kind[READ_BY[dimension]]
        if not rules:
            continue
        changed = {}
        for rule in rules:
            outcome = outcome_under(rule, facts, reading)
            if outcome is not outcomes[rule.rule_id]:
                changed[rule.rule_id] = outcome
        way = decide_way(policy, {**outcomes, **changed}, served)[0] if changed else own_way
        yield OtherReading(dimension, value, way)


# The three limits that the text leaves open, and the kind of rule that each belongs to.
READ_BY: Mapping[str, RuleKind] = {
    "crossing": RuleKind.CROSSING_LENGTH,
    "length": RuleKind.LINE_LENGTH,
    "green": RuleKind.GREEN_AREA,
}


@functools.cache
def _readings_besides(own: Reading) -> tuple[tuple[str, str, Reading], ...]:
    return tuple(_each_other(own))


def _each_other(own: Reading) -> Iterator[tuple[str, str, Reading]]:
    for crossing in CrossingReading:
        if crossing is not own.crossing:
            yield "crossing", crossing.value, replace(own, crossing=crossing)
    for length in LengthReading:
        if length is not own.length:
            yield "length", length.value, replace(own, length=length)
    for green in GreenReading:
        if green is not own.green:
            yield "green", green.value, replace(own, green=green)

"""The conditions with a limit: road crossing, length of line, green space, and what few ask."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import TypeVar

from neixiang_survey_plugin.core.judging.facts import GroupFacts
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome
from neixiang_survey_plugin.core.judging.route_figures import OF_ROUTES, of_routes
from neixiang_survey_plugin.core.measuring.measures import (
    NOTHING,
    Amount,
    Placed,
    Reason,
    Unknown,
    summed,
)
from neixiang_survey_plugin.core.policy import (
    CrossingReading,
    GreenReading,
    LengthReading,
    Reading,
    Rule,
    RuleKind,
)

T = TypeVar("T")

# 以内 and 不超过 include the number (民法典 art. 1259). A figure on its limit must not fail for
# the last bits of a sum of floats, and one a millimetre over must: a hundredth of that.
SLACK = 1e-5


def hold_against(amount: Amount, limit: float, included: bool = True) -> Outcome:
    """Whether an amount stays within a limit: up to it, or below it where it is not included."""
    most = limit + SLACK if included else limit - SLACK
    if amount.at_least > most:
        return Outcome.FAIL
    if amount.at_most <= most:
        return Outcome.PASS
    return Outcome.UNKNOWN


def limit_of(rule: Rule) -> float:
    """The limit of a rule that has one; the reader of policy files sees to that."""
    assert rule.limit is not None
    return rule.limit


def check_crossing(rule: Rule, facts: GroupFacts, reading: Reading) -> Finding:
    """Metres of road crossing under the reading, held against the limit."""
    inside = reading.crossing is CrossingReading.INSIDE
    counted = [one for one in facts.crossings if one.counts and (inside or one.kind != "along")]
    longest = _largest(counted, attrgetter("length_m"))
    per_end = reading.crossing is CrossingReading.ACROSS_EACH
    blurred = [longest] if per_end and longest else counted
    return limited_finding(
        rule,
        _amount_under(rule, facts, reading),
        scope="crossing" if per_end else "utility",
        route_ids=facts.route_ids,
        place=longest,
        reading=reading.crossing.value,
        uncertainty=sum([one.drift for one in blurred]) * facts.road_accuracy_m,
        reasons=_crossing_reasons(facts),
    )


def check_length(rule: Rule, facts: GroupFacts, reading: Reading) -> Finding:
    """Metres of line under the reading, held against the limit; nothing on the map blurs it."""
    utility = reading.length is LengthReading.UTILITY
    longest = _largest(facts.measures, attrgetter("length_m"))
    return limited_finding(
        rule,
        _amount_under(rule, facts, reading),
        scope=reading.length.value,
        route_ids=facts.route_ids if utility else facts.application_ids,
        place=longest,
        reading=reading.length.value,
        uncertainty=0.0,
        reasons=(),
    )


def check_green(rule: Rule, facts: GroupFacts, reading: Reading) -> Finding:
    """Square metres of green space under the reading, held against the limit."""
    patches = [patch for measure in facts.measures for patch in measure.green.occupations]
    largest = _largest(patches, attrgetter("area_m2"))
    trench = reading.green is GreenReading.TRENCH
    return limited_finding(
        rule,
        _amount_under(rule, facts, reading),
        scope="utility",
        route_ids=facts.route_ids,
        place=largest,
        reading=reading.green.value,
        uncertainty=sum([one.green.edge_m for one in facts.measures]) * facts.green_accuracy_m,
        reasons=each_once(
            [
                reason
                for measure in facts.measures
                for reason in (
                    measure.green.trench_reasons if trench else measure.green.strip_reasons
                )
            ]
        ),
    )


def _largest(things: Sequence[T], size: Callable[[T], float]) -> T | None:
    """The largest of some things, the first of those that differ by rounding alone."""
    if len(things) < 2:
        return things[0] if things else None
    sizes = [size(one) for one in things]
    enough = max(sizes) - SLACK
    return next(one for one, own in zip(things, sizes, strict=True) if own >= enough)


def outcome_under(rule: Rule, facts: GroupFacts, reading: Reading) -> Outcome:
    """The outcome of a rule with a limit under a reading, without the finding around it."""
    if rule.only_for and not asked_of(rule, facts):
        return Outcome.PASS
    return hold_against(_amount_under(rule, facts, reading), limit_of(rule), rule.included)


def asked_of(rule: Rule, facts: GroupFacts) -> bool:
    """Whether a rule asks anything of the lines' utility."""
    return not rule.only_for or facts.routes[0].utility in rule.only_for


def not_asked(rule: Rule, facts: GroupFacts) -> Finding:
    """A rule for other utilities: nothing is measured, nothing stands in the way."""
    return Finding(
        rule=rule.rule_id,
        clause=rule.clause,
        outcome=Outcome.PASS,
        unit=rule.unit or "m",
        limit=rule.limit,
        measured=None,
        scope="utility",
        route_ids=facts.route_ids,
        is_asked=False,
    )


def check_asked_measure(rule: Rule, facts: GroupFacts) -> Finding:
    """Metres within one side of a carriageway (the longest), or metres dug open (together)."""
    figures = facts.asked(rule)
    longest = _largest(figures, lambda one: one.amount.at_least)
    return limited_finding(
        rule,
        _together(rule, [one.amount for one in figures]),
        scope="utility",
        route_ids=facts.route_ids,
        place=None if longest is None else longest.place,
        reading=None,
        uncertainty=0.0,
        reasons=each_once([reason for one in figures for reason in one.reasons]),
    )


def outcomes_moved(rule: Rule, facts: GroupFacts) -> tuple[Outcome, Outcome]:
    """What such a rule comes to on the layers grown, and on the layers shrunk."""
    figures = facts.asked(rule)
    limit, moved = limit_of(rule), ([one.grown for one in figures], [one.shrunk for one in figures])
    grown, shrunk = (hold_against(_together(rule, own), limit, rule.included) for own in moved)
    return grown, shrunk


def _together(rule: Rule, amounts: Sequence[Amount]) -> Amount:
    if rule.kind is RuleKind.DUG_LENGTH:
        return summed(amounts)
    return functools.reduce(Amount.largest, amounts, NOTHING)


def _amount_under(rule: Rule, facts: GroupFacts, reading: Reading) -> Amount:
    if rule.kind is RuleKind.CROSSING_LENGTH:
        return facts.crossing(reading.crossing)
    if rule.kind is RuleKind.GREEN_AREA:
        return facts.green(reading.green)
    if rule.kind in OF_ROUTES:
        return of_routes(rule, facts)
    if rule.kind is not RuleKind.LINE_LENGTH:
        return _together(rule, [one.amount for one in facts.asked(rule)])
    own = reading.length is LengthReading.UTILITY
    return facts.length if own else facts.application_length


def each_once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons in order, each once, the objects of one kind together."""
    found: dict[Unknown, dict[str, None]] = {}
    for reason in reasons:
        found.setdefault(reason.unknown, {}).update(dict.fromkeys(reason.ids))
    return tuple(Reason(unknown, tuple(ids)) for unknown, ids in found.items()) if found else ()


def limited_finding(
    rule: Rule,
    amount: Amount,
    *,
    scope: str,
    route_ids: tuple[str, ...],
    place: Placed | None,
    reading: str | None,
    uncertainty: float | None,
    reasons: tuple[Reason, ...],
) -> Finding:
    """A finding of a rule with a limit."""
    limit = limit_of(rule)
    outcome = hold_against(amount, limit, rule.included)
    # the known part alone may break a limit: that is the figure to show then
    broken = amount.value is None and outcome is Outcome.FAIL
    return Finding(
        rule=rule.rule_id,
        clause=rule.clause,
        outcome=outcome,
        unit=rule.unit or "m",
        limit=limit,
        measured=amount.at_least if broken else amount.value,
        scope=scope,
        route_ids=route_ids,
        place=place,
        at_least=None if amount.at_least == amount.value else amount.at_least,
        uncertainty=uncertainty,
        reading=reading,
        reasons=() if outcome is Outcome.PASS else reasons,
    )


def _crossing_reasons(facts: GroupFacts) -> tuple[Reason, ...]:
    reasons = [reason for measure in facts.measures for reason in measure.roads.reasons]
    for crossing in facts.crossings:
        if crossing.road.road_class is None:
            reasons.append(Reason(Unknown.ROAD_CLASS_MISSING, (crossing.road.road_id,)))
    return each_once(reasons)

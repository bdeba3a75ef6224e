"""Findings that the accuracy of a layer could turn.

A layer drawn to 0.1 m may have its edge 0.1 m further out or in. A finding is borderline when
its outcome changes as the layer is grown or shrunk by its accuracy. The lines are then measured
again on the grown and the shrunk layer by the same kernel, but only where a cheap bound cannot
rule a change out: two measurements more for one finding in some twenty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from neixiang_survey_plugin.core.judging.facts import GroupFacts
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome, Verdict
from neixiang_survey_plugin.core.judging.judge import CHECKS
from neixiang_survey_plugin.core.judging.limits import SLACK, outcomes_moved
from neixiang_survey_plugin.core.judging.shifting import ShiftedLayer, measured_shifted
from neixiang_survey_plugin.core.measuring.ground import Ground
from neixiang_survey_plugin.core.measuring.measures import Crossing, RoadFacts, Unknown
from neixiang_survey_plugin.core.policy import ASKED_KINDS, Policy, Rule, RuleKind

# Gaps are ellipsoidal, what is near a boundary is grid metres: never further apart than this.
_GRID_SLACK = 1.001


class _Doubt(NamedTuple):
    """A finding that might turn: the group that it is of, and its place among that one's rules."""

    group: int
    place: int
    rule: Rule


def mark_borderline(
    verdicts: Sequence[Verdict], groups: Sequence[GroupFacts], policy: Policy, ground: Ground
) -> list[Verdict]:
    """The groups' verdicts with borderline findings marked and their uncertainty measured.

    Whatever might turn is measured again together: many lines cost a fraction of one by one.
    """
    marked = [
        _mark_asked(verdict, facts, policy) if policy.asks_more else verdict
        for verdict, facts in zip(verdicts, groups, strict=True)
    ]
    for layer, doubts in _doubts(verdicts, groups, policy).items():
        doubtful = list(dict.fromkeys([doubt.group for doubt in doubts]))
        again = measured_shifted([groups[one] for one in doubtful], ground, layer)
        shifted = dict(zip(doubtful, again, strict=True))
        for group, place, rule in doubts:
            check = CHECKS[rule.kind]
            others = [check(rule, facts, policy.reading) for facts in shifted[group]]
            findings = list(marked[group].findings)
            findings[place] = _marked(findings[place], others)
            marked[group] = replace(marked[group], findings=tuple(findings))
    return marked


def _mark_asked(verdict: Verdict, facts: GroupFacts, policy: Policy) -> Verdict:
    """Rules that few policies have were measured on the layers as they are, grown and shrunk."""
    findings = list(verdict.findings)
    for place, rule in enumerate(policy.rules):
        if rule.kind in ASKED_KINDS and findings[place].is_asked:
            turned = set(outcomes_moved(rule, facts)) != {findings[place].outcome}
            findings[place] = findings[place]._replace(borderline=turned)
    return replace(verdict, findings=tuple(findings))


def _doubts(
    verdicts: Sequence[Verdict], groups: Sequence[GroupFacts], policy: Policy
) -> dict[ShiftedLayer, list[_Doubt]]:
    """The findings that a cheap bound cannot hold where they are, by the layer that moves them."""
    doubts: dict[ShiftedLayer, list[_Doubt]] = {}
    for group, (verdict, facts) in enumerate(zip(verdicts, groups, strict=True)):
        for place, rule in enumerate(policy.rules):  # judging leaves its findings in this order
            if not verdict.findings[place].is_asked:
                continue
            layer, could_turn = _COULD_TURN.get(rule.kind, _NEVER)
            if could_turn(rule, verdict.findings[place], facts):
                doubts.setdefault(layer, []).append(_Doubt(group, place, rule))
    return doubts


def _marked(finding: Finding, others: list[Finding]) -> Finding:
    measured = [other.measured for other in others if other.measured is not None]
    uncertainty = finding.uncertainty
    if finding.measured is not None and measured:
        uncertainty = max(abs(value - finding.measured) for value in measured)
    turned = any(other.outcome is not finding.outcome for other in others)
    return finding._replace(borderline=turned, uncertainty=uncertainty)


def _crossing_could_turn(rule: Rule, finding: Finding, facts: GroupFacts) -> bool:
    """Whether the metres near a boundary, or stretches that turn lengthwise, reach the limit."""
    if facts.road_accuracy_m == 0.0:
        return False
    more_m = less_m = 0.0
    for measure in facts.measures:
        wins_m, loses_m = _may_turn_m(measure.roads.crossings, facts.road_accuracy_m)
        more_m += measure.roads.blurred_m + wins_m
        less_m += measure.roads.blurred_m + loses_m
    return _reaches_limit(finding, more_m, less_m)


def _may_turn_m(crossings: Iterable[Crossing], accuracy_m: float) -> tuple[float, float]:
    """Metres of one line that may come to count as crossing, and that may cease to.

    A stretch that runs lengthwise may become short enough, a crossing too long: longer than
    twice the road's width, which itself follows the area. Two stretches in one road may become
    one where all of the gap between them lies near the road's boundary.
    """
    wins_m = loses_m = 0.0
    last: dict[str, Crossing] = {}
    for one in crossings:  # in the order in which the line meets them
        length_m = one.length_m
        if one.kind == "along":
            wins_m += length_m
        elif length_m + one.blurred_m >= 2.0 * (one.road_width_m - 2.0 * accuracy_m):
            loses_m += length_m
        before = last.get(one.road.road_id)
        if before is not None and one.from_m - before.to_m <= one.blurred_m * _GRID_SLACK:
            wins_m += before.length_m + length_m
            loses_m += before.length_m + length_m
        last[one.road.road_id] = one
    return wins_m, loses_m


def _reaches_limit(finding: Finding, more: float, less: float) -> bool:
    """Whether a figure could cross its limit by becoming so much more, or so much less."""
    figures = [one for one in (finding.measured, finding.at_least) if one is not None]
    limit = finding.limit or 0.0
    return any(one - less <= limit + SLACK and one + more >= limit - SLACK for one in figures)


def _green_could_turn(rule: Rule, finding: Finding, facts: GroupFacts) -> bool:
    """Whether the ground within the accuracy of the patches' outlines reaches the limit."""
    accuracy_m = facts.green_accuracy_m
    if accuracy_m == 0.0:
        return False
    change_m2 = 0.0
    for measure in facts.measures:
        green = measure.green
        if green.near:
            return True
        # a convex outline of length P that moves by r sweeps P r + pi r2, any other one less
        change_m2 += accuracy_m * green.outline_m + 4.0 * accuracy_m**2 * (green.pieces + 1)
    return _reaches_limit(finding, change_m2, change_m2)


def _class_could_turn(rule: Rule, finding: Finding, facts: GroupFacts) -> bool:
    def decides(road: RoadFacts) -> bool:
        return road.road_class is None or road.road_class in rule.road_classes

    return _touch_could_turn(finding, facts, decides)


def _protection_could_turn(rule: Rule, finding: Finding, facts: GroupFacts) -> bool:
    return _touch_could_turn(finding, facts, lambda road: True)


# What is not known of a road that is touched; the other reasons stay when a layer moves.
_OF_TOUCHED = (
    Unknown.ROAD_CLASS_MISSING,
    Unknown.DELIVERED_ON_MISSING,
    Unknown.OVERHAULED_ON_MISSING,
)


def _touch_could_turn(
    finding: Finding, facts: GroupFacts, decides: Callable[[RoadFacts], bool]
) -> bool:
    """Whether a road that decides may come to be touched, or all that do may come free.

    A road keeps being touched on the shrunk layer when more of the centre line lies in it than
    lies near any boundary.
    """
    if facts.road_accuracy_m == 0.0:
        return False
    if finding.outcome is not Outcome.FAIL:
        for measure in facts.measures:
            # how far a pit of unknown size may reach ends somewhere, with or without a road
            if measure.roads.pits_unknown or any(decides(one.road) for one in measure.roads.near):
                return True
        if finding.outcome is Outcome.PASS:
            return False
    broken = {road.road_id for road in finding.roads}
    if not broken:
        broken = {id_ for one in finding.reasons if one.unknown in _OF_TOUCHED for id_ in one.ids}
    deep = {
        one.road.road_id
        for measure in facts.measures
        for one in measure.roads.crossings
        if one.length_m > one.blurred_m
    }
    deep |= facts.register.taping.touched_by(facts.routes)
    return not broken & deep


_CouldTurn = Callable[[Rule, Finding, GroupFacts], bool]
_NEVER: tuple[ShiftedLayer, _CouldTurn] = (ShiftedLayer.ROADS, lambda rule, finding, facts: False)

# For each kind of finding its layer, and the cheap bound that rules a change out.
_COULD_TURN: dict[RuleKind, tuple[ShiftedLayer, _CouldTurn]] = {
    RuleKind.CROSSING_LENGTH: (ShiftedLayer.ROADS, _crossing_could_turn),
    RuleKind.GREEN_AREA: (ShiftedLayer.GREENS, _green_could_turn),
    RuleKind.ROAD_CLASS: (ShiftedLayer.TOUCHED_ROADS, _class_could_turn),
    RuleKind.ROAD_PROTECTION: (ShiftedLayer.TOUCHED_ROADS, _protection_could_turn),
}

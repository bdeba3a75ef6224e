"""Findings that the accuracy of a layer could turn.

A layer drawn to 0.1 m may have its edge 0.1 m further out or in. A finding is borderline when
its outcome changes as the layer is grown or shrunk by its accuracy. The lines are then measured
again on the grown and the shrunk layer by the same kernel, but only where a cheap bound cannot
rule a change out: two measurements more for one finding in some twenty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum

import numpy as np
import shapely

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.judging.facts import GroupFacts
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome, Verdict
from neixiang_survey_plugin.core.judging.judge import CHECKS
from neixiang_survey_plugin.core.judging.limits import SLACK
from neixiang_survey_plugin.core.measuring.boundaries import trace
from neixiang_survey_plugin.core.measuring.ground import Ground
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes, lay
from neixiang_survey_plugin.core.measuring.measure import measure_laid
from neixiang_survey_plugin.core.measuring.measures import Crossing, RoadFacts, Unknown
from neixiang_survey_plugin.core.measuring.nearby import boxes_around, near_lines
from neixiang_survey_plugin.core.measuring.polylines import Indices
from neixiang_survey_plugin.core.policy import Policy, Rule, RuleKind

# Gaps are ellipsoidal, what is near a boundary is grid metres: never further apart than this.
_GRID_SLACK = 1.001


def mark_borderline(verdict: Verdict, facts: GroupFacts, policy: Policy, ground: Ground) -> Verdict:
    """The verdict with its borderline findings marked and their uncertainty measured."""
    shifted: dict[_Layer, list[GroupFacts]] = {}
    findings = list(verdict.findings)
    for place, rule in enumerate(policy.rules):  # judging leaves them in this order
        layer, could_turn = _COULD_TURN.get(rule.kind, _NEVER)
        if could_turn(rule, findings[place], facts):
            if layer not in shifted:
                shifted[layer] = _shifted(facts, ground, layer)
            check = CHECKS[rule.kind]
            others = [check(rule, other, policy.reading) for other in shifted[layer]]
            findings[place] = _marked(findings[place], others)
    return replace(verdict, findings=tuple(findings)) if shifted else verdict


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
        wins_m, loses_m = _may_turn_m(measure.roads.crossings)
        more_m += measure.roads.blurred_m + wins_m
        less_m += measure.roads.blurred_m + loses_m
    return _reaches_limit(finding, more_m, less_m)


def _may_turn_m(crossings: Iterable[Crossing]) -> tuple[float, float]:
    """Metres of one line that may come to count as crossing, and that may cease to.

    A stretch that runs lengthwise may become short enough, a crossing too long: longer than
    twice the road's width. Two stretches in one road may become one where all of the gap between
    them lies near the road's boundary.
    """
    wins_m = loses_m = 0.0
    last: dict[str, Crossing] = {}
    for one in crossings:  # in the order in which the line meets them
        length_m = one.length_m
        if one.kind == "along":
            wins_m += length_m
        elif length_m + one.blurred_m >= 2.0 * one.road_width_m:
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


class _Layer(Enum):
    """The layer whose accuracy a finding depends on."""

    ROADS = "roads"
    TOUCHED_ROADS = "touched roads"  # only which ones are touched, for no metres
    GREENS = "greens"


_CouldTurn = Callable[[Rule, Finding, GroupFacts], bool]
_NEVER: tuple[_Layer, _CouldTurn] = (_Layer.ROADS, lambda rule, finding, facts: False)

_BOTH_WAYS = (1.0, -1.0)  # grown, then shrunk

# For each kind of finding its layer, and the cheap bound that rules a change out.
_COULD_TURN: dict[RuleKind, tuple[_Layer, _CouldTurn]] = {
    RuleKind.CROSSING_LENGTH: (_Layer.ROADS, _crossing_could_turn),
    RuleKind.GREEN_AREA: (_Layer.GREENS, _green_could_turn),
    RuleKind.ROAD_CLASS: (_Layer.TOUCHED_ROADS, _class_could_turn),
    RuleKind.ROAD_PROTECTION: (_Layer.TOUCHED_ROADS, _protection_could_turn),
}


def _shifted(facts: GroupFacts, ground: Ground, layer: _Layer) -> list[GroupFacts]:
    """The same lines measured on a layer grown and shrunk by its accuracy, the others left out."""
    laid = lay(facts.routes, ground)
    if layer is _Layer.GREENS:
        return _measured_on(_shifted_greens(ground, laid), facts, laid)
    if layer is _Layer.TOUCHED_ROADS and not laid.pit_missing.any():
        shrunk = _measured_on(_shifted_roads(ground, laid, (-1.0,)), facts, laid)
        return [_with_near_touched(facts), *shrunk]
    return _measured_on(_shifted_roads(ground, laid, _BOTH_WAYS), facts, laid)


def _measured_on(
    grounds: Iterable[Ground], facts: GroupFacts, laid: LaidRoutes
) -> list[GroupFacts]:
    taping = facts.register.taping
    return [
        replace(facts, measures=taping.apply(facts.routes, measure_laid(laid, ground)))
        for ground in grounds
    ]


def _with_near_touched(facts: GroupFacts) -> GroupFacts:
    """As on the grown layer, as far as touching goes: what lies within the accuracy is touched."""
    measures = [
        replace(one, roads=replace(one.roads, touches=one.roads.touches + one.roads.near, near=()))
        for one in facts.measures
    ]
    return replace(facts, measures=tuple(measures))


def _shifted_roads(ground: Ground, laid: LaidRoutes, signs: tuple[float, ...]) -> Iterator[Ground]:
    roads = ground.roads
    if roads is None:
        return
    by_m = [sign * roads.accuracy_m for sign in signs]
    reach_m = roads.accuracy_m + (ground.unknown_pit_reach_m if laid.pit_missing.any() else 0.0)
    for areas, part in _shifted_parts(roads.areas, roads.tree, laid, by_m, reach_m):
        moved = replace(
            roads,
            areas=areas,
            boundaries=trace(areas),
            axis=roads.axis[part],
            is_line=roads.is_line[part],
            road=roads.road[part],
            tree=shapely.STRtree(areas),
            accuracy_m=0.0,
        )
        yield replace(ground, roads=moved, greens=None, rivers=None)


def _shifted_greens(ground: Ground, laid: LaidRoutes) -> Iterator[Ground]:
    greens = ground.greens
    if greens is None:
        return
    by_m = [sign * greens.accuracy_m for sign in _BOTH_WAYS]
    for areas, part in _shifted_parts(greens.areas, greens.tree, laid, by_m, greens.accuracy_m):
        moved = replace(
            greens,
            areas=areas,
            feature=greens.feature[part],
            tree=shapely.STRtree(areas),
            accuracy_m=0.0,
        )
        yield replace(ground, roads=None, greens=moved, rivers=None)


def _shifted_parts(
    areas: Geometries,
    tree: shapely.STRtree,
    laid: LaidRoutes,
    by_m: Sequence[float],
    reach_m: float,
) -> Iterator[tuple[Geometries, Indices]]:
    """The areas within reach of laid routes, grown by each of some metres, and which part each was.

    An area that is shrunk may fall into several, or into none.
    """
    boxes = boxes_around(laid.lines, laid.reach_m + reach_m)
    line, near = near_lines(laid.lines, tree, boxes)
    within = shapely.dwithin(laid.ground[line], areas[near], reach_m)
    within |= shapely.dwithin(laid.centre[line], areas[near], reach_m)
    part = np.unique(near[within])
    for grown_m in by_m:
        buffered = shapely.buffer(areas[part], grown_m)
        shifted, owner = shapely.get_parts(buffered, return_index=True)
        yield shifted, part[owner]

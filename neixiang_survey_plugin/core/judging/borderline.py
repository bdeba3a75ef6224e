"""Findings that the accuracy of a layer could turn.

A layer drawn to 0.1 m may have its edge 0.1 m further out or in. A finding is borderline when
its outcome changes as the layer is grown or shrunk by its accuracy. The lines are then measured
again on the grown and the shrunk layer by the same kernel, but only where a cheap bound cannot
rule a change out: two measurements more for one finding in some twenty.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from enum import Enum

import numpy as np
import shapely

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.judging.facts import GroupFacts
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome, Verdict
from neixiang_survey_plugin.core.judging.judge import CHECKS
from neixiang_survey_plugin.core.judging.limits import SLACK
from neixiang_survey_plugin.core.measuring.areas import AreaLayer
from neixiang_survey_plugin.core.measuring.boundaries import trace
from neixiang_survey_plugin.core.measuring.ground import Ground
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes, lay
from neixiang_survey_plugin.core.measuring.measure import measure_laid
from neixiang_survey_plugin.core.measuring.measures import RoadFacts
from neixiang_survey_plugin.core.measuring.polylines import Indices
from neixiang_survey_plugin.core.measuring.roads import RoadLayer
from neixiang_survey_plugin.core.policy import Policy, Rule, RuleKind


def mark_borderline(verdict: Verdict, facts: GroupFacts, policy: Policy, ground: Ground) -> Verdict:
    """The verdict with its borderline findings marked and their uncertainty measured."""
    rules = {rule.rule_id: rule for rule in policy.rules}
    shifted = functools.cache(lambda layer: _shifted(facts, ground, layer))
    findings = []
    for finding in verdict.findings:
        rule = rules.get(finding.rule)
        if rule is not None and rule.kind in _COULD_TURN:
            layer, could_turn = _COULD_TURN[rule.kind]
            if could_turn(rule, finding, facts):
                check = CHECKS[rule.kind]
                others = [check(rule, other, policy.reading) for other in shifted(layer)]
                finding = _marked(finding, others)
        findings.append(finding)
    return replace(verdict, findings=tuple(findings))


def _marked(finding: Finding, others: list[Finding]) -> Finding:
    measured = [other.measured for other in others if other.measured is not None]
    uncertainty = finding.uncertainty
    if finding.measured is not None and measured:
        uncertainty = max(abs(value - finding.measured) for value in measured)
    turned = any(other.outcome is not finding.outcome for other in others)
    return replace(finding, borderline=turned, uncertainty=uncertainty)


def _crossing_could_turn(rule: Rule, finding: Finding, facts: GroupFacts) -> bool:
    """Whether the metres near a boundary, or stretches that turn lengthwise, reach the limit."""
    if facts.road_accuracy_m == 0.0:
        return False
    blurred_m = sum(measure.roads.blurred_m for measure in facts.measures)
    lengthwise_m = sum(one.length_m for one in facts.crossings if one.kind == "along")
    more_m = blurred_m + lengthwise_m + _may_join_m(facts)
    less_m = blurred_m + _may_turn_lengthwise_m(facts)
    return _reaches_limit(finding, more_m, less_m)


def _reaches_limit(finding: Finding, more: float, less: float) -> bool:
    """Whether a figure could cross its limit by becoming so much more, or so much less."""
    figures = [one for one in (finding.measured, finding.at_least) if one is not None]
    limit = finding.limit or 0.0
    return any(one - less <= limit + SLACK and one + more >= limit - SLACK for one in figures)


def _may_turn_lengthwise_m(facts: GroupFacts) -> float:
    """Stretches that a grown road could join with another or make longer than twice its width."""
    longer_m = sum(
        one.length_m
        for one in facts.crossings
        if one.kind != "along" and one.length_m + one.blurred_m >= 2.0 * one.road_width_m
    )
    return longer_m + _may_join_m(facts)


def _may_join_m(facts: GroupFacts) -> float:
    """Stretches of lines that meet one road more than once."""
    visits = Counter(one.road.road_id for one in facts.crossings)
    return sum(one.length_m for one in facts.crossings if visits[one.road.road_id] > 1)


def _green_could_turn(rule: Rule, finding: Finding, facts: GroupFacts) -> bool:
    """Whether the ground within the accuracy of the patches' outlines reaches the limit."""
    accuracy_m = facts.green_accuracy_m
    if accuracy_m == 0.0:
        return False
    if any(measure.green.near for measure in facts.measures):
        return True
    # a convex outline of length P that moves by r sweeps P r + pi r2, any other one less
    change_m2 = sum(
        accuracy_m * measure.green.outline_m + 4.0 * accuracy_m**2 * (measure.green.pieces + 1)
        for measure in facts.measures
    )
    return _reaches_limit(finding, change_m2, change_m2)


def _class_could_turn(rule: Rule, finding: Finding, facts: GroupFacts) -> bool:
    def decides(road: RoadFacts) -> bool:
        return road.road_class is None or road.road_class in rule.road_classes

    return _touch_could_turn(finding, facts, decides)


def _protection_could_turn(rule: Rule, finding: Finding, facts: GroupFacts) -> bool:
    return _touch_could_turn(finding, facts, lambda road: True)


def _touch_could_turn(
    finding: Finding, facts: GroupFacts, decides: Callable[[RoadFacts], bool]
) -> bool:
    """Whether a road that decides may come to be touched, or all that do may come free.

    A road keeps being touched on the shrunk layer when more of the centre line lies in it than
    lies near any boundary.
    """
    if facts.road_accuracy_m == 0.0:
        return False
    near = (touch.road for measure in facts.measures for touch in measure.roads.near)
    if finding.outcome is not Outcome.FAIL and any(decides(road) for road in near):
        return True
    broken = {road.road_id for road in finding.roads}
    if not broken:
        broken = {touch.road.road_id for _, touch in facts.touches if decides(touch.road)}
    deep = {
        one.road.road_id
        for measure in facts.measures
        for one in measure.roads.crossings
        if one.length_m > one.blurred_m
    }
    return finding.outcome is not Outcome.PASS and not broken & deep


class _Layer(Enum):
    """The layer whose accuracy a finding depends on."""

    ROADS = "roads"
    GREENS = "greens"


# For each kind of finding its layer, and the cheap bound that rules a change out.
_COULD_TURN: dict[RuleKind, tuple[_Layer, Callable[[Rule, Finding, GroupFacts], bool]]] = {
    RuleKind.CROSSING_LENGTH: (_Layer.ROADS, _crossing_could_turn),
    RuleKind.GREEN_AREA: (_Layer.GREENS, _green_could_turn),
    RuleKind.ROAD_CLASS: (_Layer.ROADS, _class_could_turn),
    RuleKind.ROAD_PROTECTION: (_Layer.ROADS, _protection_could_turn),
}


def _shifted(facts: GroupFacts, ground: Ground, layer: _Layer) -> list[GroupFacts]:
    """The same lines measured on a layer grown and shrunk by its accuracy, the others left out."""
    laid = lay(facts.routes, ground)
    shifted = []
    for sign in (1.0, -1.0):
        roads = greens = None
        if layer is _Layer.ROADS and ground.roads is not None:
            roads = _shifted_roads(ground.roads, laid, sign)
        if layer is _Layer.GREENS and ground.greens is not None:
            greens = _shifted_areas(ground.greens, laid, sign)
        moved = replace(ground, roads=roads, greens=greens, rivers=None)
        shifted.append(replace(facts, measures=measure_laid(laid, moved)))
    return shifted


def _shifted_roads(roads: RoadLayer, laid: LaidRoutes, sign: float) -> RoadLayer:
    areas, part = _shifted_parts(roads.areas, roads.tree, laid, sign * roads.accuracy_m)
    return replace(
        roads,
        areas=areas,
        boundaries=trace(areas),
        axis=roads.axis[part],
        is_line=roads.is_line[part],
        road=roads.road[part],
        tree=shapely.STRtree(areas),
        accuracy_m=0.0,
    )


def _shifted_areas(layer: AreaLayer, laid: LaidRoutes, sign: float) -> AreaLayer:
    areas, part = _shifted_parts(layer.areas, layer.tree, laid, sign * layer.accuracy_m)
    return replace(
        layer,
        areas=areas,
        feature=layer.feature[part],
        tree=shapely.STRtree(areas),
        accuracy_m=0.0,
    )


def _shifted_parts(
    areas: Geometries, tree: shapely.STRtree, laid: LaidRoutes, by_m: float
) -> tuple[Geometries, Indices]:
    """The areas near laid routes grown by so much, and which part each came from.

    An area that is shrunk may fall into several, or into none.
    """
    part = np.unique(tree.query(laid.boxes)[1])
    shifted, owner = shapely.get_parts(shapely.buffer(areas[part], by_m), return_index=True)
    return shifted, part[owner]

"""Findings that the accuracy of a layer could turn.

A layer drawn to 0.1 m may have its edge 0.1 m further out or in. A finding is borderline when
its outcome changes as the layer is grown or shrunk by its accuracy. The lines are then measured
again on the grown and the shrunk layer by the same kernel, but only where a cheap bound cannot
rule a change out: two measurements more for one finding in some twenty.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from enum import Enum

import numpy as np
import shapely

from neixiang_survey_plugin.core.areas import AreaLayer
from neixiang_survey_plugin.core.boundaries import trace
from neixiang_survey_plugin.core.facts import GroupFacts
from neixiang_survey_plugin.core.findings import Finding, Outcome, Verdict
from neixiang_survey_plugin.core.ground import Ground
from neixiang_survey_plugin.core.judging import CHECKS
from neixiang_survey_plugin.core.laying import LaidRoutes, lay
from neixiang_survey_plugin.core.measuring import measure_laid
from neixiang_survey_plugin.core.policy import Policy, Rule, RuleKind
from neixiang_survey_plugin.core.polylines import Indices
from neixiang_survey_plugin.core.roads import RoadLayer

# The bounds take boundaries for straight; near a corner an edge may run flatter to the line.
_SAFETY = 4.0


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
    """Whether ends of stretches that move, or a stretch that turns lengthwise, reach the limit."""
    accuracy_m = facts.road_accuracy_m
    if accuracy_m == 0.0 or finding.margin is None:
        return False
    if any(measure.roads.brushes for measure in facts.measures):
        return True
    change_m = 0.0
    for crossing in facts.crossings:
        moves_m = _SAFETY * accuracy_m * max(crossing.drift, 1.0)
        change_m += moves_m
        if abs(crossing.length_m - 2.0 * crossing.road_width_m) <= moves_m:
            change_m += crossing.length_m
    return abs(finding.margin) <= change_m


def _green_could_turn(rule: Rule, finding: Finding, facts: GroupFacts) -> bool:
    accuracy_m = facts.green_accuracy_m
    if accuracy_m == 0.0 or finding.margin is None:
        return False
    if any(measure.green.near for measure in facts.measures):
        return True
    edge_m = sum(measure.green.edge_m for measure in facts.measures)
    return abs(finding.margin) <= 2.0 * accuracy_m * edge_m


def _class_could_turn(rule: Rule, finding: Finding, facts: GroupFacts) -> bool:
    if finding.outcome is Outcome.FAIL:
        return _may_come_free(finding, facts)
    near = (touch.road.road_class for one in facts.measures for touch in one.roads.near)
    return any(road_class is None or road_class in rule.road_classes for road_class in near)


def _protection_could_turn(rule: Rule, finding: Finding, facts: GroupFacts) -> bool:
    if finding.outcome is Outcome.FAIL:
        return _may_come_free(finding, facts)
    return any(measure.roads.near for measure in facts.measures)


def _may_come_free(finding: Finding, facts: GroupFacts) -> bool:
    """Whether the lines might touch none of the finding's roads on a shrunk layer."""
    if facts.road_accuracy_m == 0.0:
        return False
    broken = {road.road_id for road in finding.roads}
    accuracy_m = _SAFETY * facts.road_accuracy_m
    deep = {
        one.road.road_id for one in facts.crossings if one.length_m > accuracy_m * one.drift > 0.0
    }
    return not broken & deep


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
    part = _parts_near(laid, roads.tree)
    areas = shapely.buffer(roads.areas[part], sign * roads.accuracy_m)
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
    part = _parts_near(laid, layer.tree)
    areas = shapely.buffer(layer.areas[part], sign * layer.accuracy_m)
    return replace(
        layer,
        areas=areas,
        feature=layer.feature[part],
        tree=shapely.STRtree(areas),
        accuracy_m=0.0,
    )


def _parts_near(laid: LaidRoutes, tree: shapely.STRtree) -> Indices:
    return np.unique(tree.query(laid.boxes)[1])

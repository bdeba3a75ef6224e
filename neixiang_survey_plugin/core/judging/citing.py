"""Which facts from the site a verdict rests on, so that every finding can name its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np
import shapely

from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.judging.facts import GroupFacts
from neixiang_survey_plugin.core.judging.findings import Finding, Verdict
from neixiang_survey_plugin.core.measuring.ground import Ground
from neixiang_survey_plugin.core.measuring.roads import RoadLayer
from neixiang_survey_plugin.core.policy import Policy, RuleKind
from neixiang_survey_plugin.core.taped import CROSSING, GAP, GREEN, line_print, taped_figure

# What each kind of rule reads of a road or green space that the lines meet.
_READS: Mapping[RuleKind, frozenset[str]] = {
    RuleKind.CROSSING_LENGTH: frozenset({"road_class", "width_m", CROSSING}),
    RuleKind.ROAD_CLASS: frozenset({"road_class", "width_m", GAP}),
    RuleKind.ROAD_PROTECTION: frozenset(
        {"road_class", "delivered_on", "overhauled_on", "width_m", GAP}
    ),
    RuleKind.GREEN_AREA: frozenset({GREEN}),
}


def cite_facts(
    verdict: Verdict,
    group: GroupFacts,
    policy: Policy,
    facts: Iterable[ConfirmedFact],
    ground: Ground,
) -> Verdict:
    """The verdict whose findings name the confirmed facts that they rest on.

    A road's class and dates matter where the lines meet it, its width also where a line without
    a width might have reached them; a taped figure where its line is as it was then.
    """
    met = set(_roads_met(group))
    near = [fact for fact in facts if _matters(fact, group, met, ground)]
    if not near:
        return verdict
    kinds = {rule.rule_id: rule.kind for rule in policy.known_rules}
    return replace(
        verdict, findings=tuple(_citing(one, kinds.get(one.rule), near) for one in verdict.findings)
    )


def _matters(fact: ConfirmedFact, group: GroupFacts, met: set[str], ground: Ground) -> bool:
    figure = taped_figure(fact)
    if figure is not None:
        return any(
            figure.route_id == route.route_id and figure.of_line == line_print(route.line)
            for route in group.routes
        )
    if fact.layer != "roads" or ground.roads is None:
        return False
    if fact.object_id in met:
        return True
    reach_m = ground.unknown_width_reach_m
    return fact.field == "width_m" and _near(fact, group, ground.roads, reach_m)


def _citing(finding: Finding, kind: RuleKind | None, near: list[ConfirmedFact]) -> Finding:
    reads = frozenset() if kind is None else _READS.get(kind, frozenset())
    return finding._replace(confirmed=tuple(fact for fact in near if fact.field in reads))


def _roads_met(group: GroupFacts) -> Iterator[str]:
    for _, touch in group.touches:
        yield touch.road.road_id
    for _, touch, _ in group.doubtful_touches:
        yield touch.road.road_id
    for crossing in group.crossings:
        yield crossing.road.road_id
    for measure in group.measures:
        yield from (touch.road.road_id for touch in measure.roads.near)


def _near(fact: ConfirmedFact, group: GroupFacts, roads: RoadLayer, reach_m: float) -> bool:
    areas = _areas_of(fact.object_id, roads)
    return any(shapely.dwithin(route.line, areas, reach_m).any() for route in group.routes)


def _areas_of(road_id: str, roads: RoadLayer) -> Geometries:
    return roads.areas[np.isin(roads.road, np.flatnonzero(roads.road_id == road_id))]

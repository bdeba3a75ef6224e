"""Which approvals a line needs, from whom and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from neixiang_survey_plugin.core.county import Department
from neixiang_survey_plugin.core.judging.findings import Outcome, Verdict
from neixiang_survey_plugin.core.measuring.measures import RoadMeasures, RouteMeasures
from neixiang_survey_plugin.core.policy import Policy, RuleKind, Way


class Matter(Enum):
    """What a department decides."""

    PLANNING = "planning"
    EXCAVATION = "excavation"
    TRAFFIC_POLICE = "traffic_police"
    GREEN = "green"
    HIGHWAY = "highway"
    RIVER = "river"
    COUNTY_GOVERNMENT = "county_government"


# 道路挖掘 is decided by the municipal works department together with the traffic police
# (城市道路管理条例 art. 33).
_TOGETHER_WITH = {Matter.EXCAVATION: (Matter.TRAFFIC_POLICE,)}

# City roads and highways have a law each; a lane has none.
_ROADS_OF = {
    Matter.EXCAVATION: frozenset({"expressway", "arterial", "secondary", "local"}),
    Matter.HIGHWAY: frozenset({"highway"}),
}

# On these ways nothing is approved beforehand; the departments are told.
WITHOUT_APPROVAL = frozenset({Way.EXEMPT, Way.FILING, Way.COMMITMENT})


class Approval(NamedTuple):
    """One matter for a line: ``department`` by name, None where the county file has none.

    ``together_with`` are departments that decide the matter jointly. ``objects`` are the roads,
    green spaces or rivers that ask for it. Not ``certain``: something is not known that decides
    whether the matter arises.
    """

    matter: Matter
    department: str | None
    together_with: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    certain: bool = True


def matters_of(
    measures: RouteMeasures,
    verdict: Verdict,
    policy: Policy,
    departments: Mapping[str, Department],
) -> tuple[Approval, ...]:
    """Every matter that a line raises, in the order in which they are filed."""
    approvals = []
    for matter, objects, certain in _matters(measures, verdict, policy):
        together: tuple[str, ...] = ()
        if matter in _TOGETHER_WITH:
            names = [_name(other, departments) for other in _TOGETHER_WITH[matter]]
            together = tuple([name for name in names if name])
        approvals.append(Approval(matter, _name(matter, departments), together, objects, certain))
    return tuple(approvals)


def _name(matter: Matter, departments: Mapping[str, Department]) -> str | None:
    department = departments.get(matter.value)
    return department.name if department else None


def _matters(
    measures: RouteMeasures, verdict: Verdict, policy: Policy
) -> Iterator[tuple[Matter, tuple[str, ...], bool]]:
    roads = measures.roads
    yield Matter.PLANNING, (), True
    yield from _of_roads(Matter.EXCAVATION, roads)
    if measures.green.occupations or measures.green.strip.at_most > 0.0:
        ids = tuple([patch.green_id for patch in measures.green.occupations])
        yield Matter.GREEN, ids, bool(ids)
    yield from _of_roads(Matter.HIGHWAY, roads)
    if measures.rivers is None or measures.rivers:
        yield Matter.RIVER, measures.rivers or (), measures.rivers is not None
    yield from _government(verdict, policy)


def _of_roads(
    matter: Matter, roads: RoadMeasures
) -> Iterator[tuple[Matter, tuple[str, ...], bool]]:
    """Whether roads of one law are dug: city roads, or highways; of unknown class it may be either.

    Not certain where none is sure to be touched, but one may be.
    """
    kinds = _ROADS_OF[matter]
    sure: list[str] = []
    unsure: list[str] = []
    for touch in roads.touches:
        road = touch.road
        if road.road_class in kinds:
            sure.append(road.road_id)
        elif road.road_class is None:
            unsure.append(road.road_id)
    near = roads.unmeasured + roads.beside_pits
    maybe = roads.touch_reasons or any(one.road.road_class in (None, *kinds) for one in near)
    if sure or unsure or maybe:
        yield matter, (*sure, *unsure), bool(sure)


def _government(verdict: Verdict, policy: Policy) -> Iterator[tuple[Matter, tuple[str, ...], bool]]:
    protecting = [rule.rule_id for rule in policy.rules_by_kind[RuleKind.ROAD_PROTECTION]]
    for finding in verdict.findings:
        if finding.rule in protecting and finding.outcome is not Outcome.PASS:
            objects = tuple(road.road_id for road in finding.roads)
            yield Matter.COUNTY_GOVERNMENT, objects, finding.outcome is Outcome.FAIL

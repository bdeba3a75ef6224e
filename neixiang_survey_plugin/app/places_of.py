"""Where on the map a figure comes from: the crossings, the patches, the roads, the line."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely import Geometry

from neixiang_survey_plugin.app.drawing.along import stretch
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.judging.findings import Finding
from neixiang_survey_plugin.core.measuring import strips
from neixiang_survey_plugin.core.planning.remark import PlanRemark
from neixiang_survey_plugin.core.policy import RuleKind
from neixiang_survey_plugin.core.routes import Route


def place_of_finding(
    finding: Finding, kind: RuleKind | None, results: Iterable[RouteResult]
) -> Geometry | None:
    """What to look at for a finding on some lines, in the county grid; None where nothing is."""
    lines = [one for one in results if one.route.route_id in finding.route_ids]
    shown: list[Geometry] = []
    if kind in (RuleKind.LINE_LENGTH, RuleKind.DUG_LENGTH):
        shown = [one.route.line for one in lines]
    elif kind in (RuleKind.CROSSING_LENGTH, RuleKind.CARRIAGEWAY_SIDE):
        shown = [
            strips.stretch(crossing.lines, crossing.line, crossing.from_m, crossing.to_m)
            for one in lines
            for crossing in one.measures.roads.crossings
        ]
    elif kind is RuleKind.GREEN_AREA:
        shown = [patch.patch for one in lines for patch in one.measures.green.occupations]
    shown += [shapely.Point(road.at) for road in finding.roads if road.at is not None]
    if not shown and finding.at is not None:
        shown = [shapely.Point(finding.at)]
    if not shown:
        shown = [one.route.line for one in lines]
    return shapely.union_all(shown) if shown else None


def place_of_remark(remark: PlanRemark, route: Route, grid: Grid) -> Geometry:
    """The stretch of the line that is remarked upon, or the place where it is."""
    if remark.to_m - remark.from_m < 0.01:
        return shapely.Point(remark.at)
    return stretch(route.line, grid, remark.from_m, remark.to_m)


def place_of_conflict(conflict: Conflict, route: Route, grid: Grid) -> Geometry:
    """The stretch of the line that conflicts, or the place where it does."""
    if conflict.to_m - conflict.from_m < 0.01:
        return shapely.Point(conflict.at)
    return stretch(route.line, grid, conflict.from_m, conflict.to_m)

"""Routes that run along a road's red line, so near that the works lie on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import shapely

from neixiang_survey_plugin.core.measuring.laying import LaidRoutes
from neixiang_survey_plugin.core.measuring.roads import RoadLayer
from neixiang_survey_plugin.core.planning.alongside import BEND_M, Run, beside, edges_of, runs
from neixiang_survey_plugin.core.planning.remark import PlanRemark, RemarkKind
from neixiang_survey_plugin.core.planning.remarking import Remarker
from neixiang_survey_plugin.core.planning.rules import RoadPlaceRules

_PROBE_M = 0.05  # how far on either side of a red line it is asked whether there is road
_LEAST_M = 1e-6


def along_red_lines(
    laid: LaidRoutes, roads: RoadLayer, rules: RoadPlaceRules
) -> Mapping[int, Sequence[Run]]:
    """The stretches of every route along the edge of a road, by route, in one pass."""
    part = np.unique(roads.tree.query(laid.boxes)[1])
    rings = shapely.get_parts(shapely.boundary(roads.areas[part]))
    # one owner: a road is in sections, and a line runs along one after the other
    edges = edges_of(rings, np.zeros(len(rings), dtype=np.intp))
    found = beside(laid.lines, edges, rules.red_line_clear_m, rules.parallel_deg)
    return {
        line: [
            one
            for one in of_line[0]
            if one.to_m - one.from_m >= rules.along_m - _LEAST_M
            and one.apart_m < rules.red_line_clear_m - _LEAST_M
        ]
        for line, of_line in runs(laid.lines, found).items()
    }


def judge_red_lines(
    found: Mapping[int, Sequence[Run]], remark: Remarker, roads: RoadLayer, rules: RoadPlaceRules
) -> Iterator[PlanRemark]:
    """A remark for every stretch along an edge that is a red line, not one between two sections."""
    for run in found.get(remark.row, ()):
        at = remark.lines.point_at(remark.row, 0.5 * (run.from_m + run.to_m))
        part = _road_at_edge(roads, at, rules.red_line_clear_m)
        if part is None:
            continue
        facts = roads.facts(int(roads.road[part]))
        yield remark.remark(
            RemarkKind.RED_LINE,
            run.from_m,
            run.to_m,
            at=at,
            measured=run.apart_m,
            limit=rules.red_line_clear_m,
            layer="roads",
            object_id=facts.road_id,
            object_name=facts.name,
            move_m=rules.red_line_clear_m - run.apart_m,
            side="right" if run.left else "left",
        )


def _road_at_edge(roads: RoadLayer, at: tuple[float, float], reach_m: float) -> int | None:
    """The part of a road whose edge is nearest to a place; None with road on both sides."""
    place = shapely.Point(at)
    near = roads.tree.query(place, predicate="dwithin", distance=reach_m + BEND_M)
    if not len(near):
        return None
    boundaries = shapely.boundary(roads.areas[near])
    nearest = int(np.argmin(shapely.distance(boundaries, place)))
    foot = shapely.get_coordinates(shapely.shortest_line(boundaries[nearest], place))[0]
    circle = shapely.Point(foot).buffer(_PROBE_M)
    whole = shapely.union_all(roads.areas[roads.tree.query(circle, predicate="intersects")])
    return None if shapely.covers(whole, circle) else int(near[nearest])

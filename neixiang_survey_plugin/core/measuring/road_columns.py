"""The crossings of very many routes as columns: the figures of road_measures without its values.

Twenty thousand routes have a hundred and fifty thousand crossings: to make each a value takes
longer than to measure it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neixiang_survey_plugin.core.measuring.crossings import CrossingKind
from neixiang_survey_plugin.core.measuring.frames import TOLERANCE_M, Mask
from neixiang_survey_plugin.core.measuring.intervals import inside_intervals
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices, summed
from neixiang_survey_plugin.core.measuring.roads import RoadLayer

KINDS = np.array([CrossingKind.ACROSS, CrossingKind.INTO, CrossingKind.ALONG], dtype=np.object_)
_ACROSS, _INTO, _ALONG = range(len(KINDS))


class RoadColumns(NamedTuple):
    """Every stretch of every route inside a road, by route, road and place; totals a route.

    ``kind`` indexes ``KINDS``; metres along the route, on the ellipsoid. ``across_m`` and
    ``inside_m`` count each place once, roads of class ``other`` not at all.
    """

    route: Indices
    road: Indices
    from_m: Floats
    to_m: Floats
    kind: NDArray[np.int8]
    across_m: Floats
    inside_m: Floats


def road_columns(
    laid: LaidRoutes, roads: RoadLayer, segment: Indices, part: Indices
) -> RoadColumns:
    """The stretches of routes inside roads, for pairs of segment and part that come near.

    As ``find_stretches`` puts them together and ``measure_roads`` counts them; whether all roads
    are known is for the caller to know.
    """
    lines = laid.lines
    pieces = inside_intervals(lines, roads.boundaries, segment, part)
    from_m, to_m = lines.metres_at(pieces.segment, np.stack((pieces.from_m, pieces.to_m)))
    columns = lines.line[pieces.segment], roads.road[pieces.area], from_m, to_m
    route, road, from_m, to_m = _joined(*columns)
    kind = _kinds(roads, road, from_m, to_m, lines.total_m[route])
    counted = roads.counted[road]
    crossing = counted & (kind != _ALONG)
    return RoadColumns(
        route=route,
        road=road,
        from_m=from_m,
        to_m=to_m,
        kind=kind,
        across_m=_union_m(route[crossing], from_m[crossing], to_m[crossing], len(lines)),
        inside_m=_union_m(route[counted], from_m[counted], to_m[counted], len(lines)),
    )


def no_roads(count: int) -> RoadColumns:
    """No stretch known of so many routes, and no total."""
    none, no_metres, unknown = np.zeros(0, dtype=np.intp), np.zeros(0), np.full(count, np.nan)
    return RoadColumns(
        none, none, no_metres, no_metres, np.zeros(0, dtype=np.int8), unknown, unknown
    )


def _joined(
    route: Indices, road: Indices, from_m: Floats, to_m: Floats
) -> tuple[Indices, Indices, Floats, Floats]:
    """Pieces of one route in one road that follow each other without a gap, as one stretch."""
    order = np.lexsort((from_m, road, route))
    route, road, from_m, to_m = route[order], road[order], from_m[order], to_m[order]
    same = (route[1:] == route[:-1]) & (road[1:] == road[:-1])
    reached_m = _furthest_so_far(to_m, ~np.append(False, same)[: len(order)])
    apart = from_m[1:] - reached_m[:-1] > TOLERANCE_M
    first = np.append(True, apart | ~same)[: len(order)].nonzero()[0]
    last = np.append(first[1:], len(order))[: len(first)] - 1
    return route[first], road[first], from_m[first], reached_m[last]


def _kinds(
    roads: RoadLayer, road: Indices, from_m: Floats, to_m: Floats, total_m: Floats
) -> NDArray[np.int8]:
    width_m = roads.mean_width_m[road]
    at_end = (from_m <= TOLERANCE_M) | (to_m >= total_m - TOLERANCE_M)
    kind = np.where(at_end, _INTO, _ACROSS).astype(np.int8)
    kind[~(to_m - from_m <= 2.0 * width_m + TOLERANCE_M)] = _ALONG  # an unknown width too
    return kind


def _union_m(route: Indices, from_m: Floats, to_m: Floats, count: int) -> Floats:
    """Metres of each of ``count`` routes that lie in some of the stretches, each place once."""
    order = np.lexsort((from_m, route))
    route, from_m, to_m = route[order], from_m[order], to_m[order]
    begins = np.append(True, route[1:] != route[:-1])[: len(route)]
    before_m = np.append(0.0, _furthest_so_far(to_m, begins)[:-1])[: len(route)]
    before_m[begins] = 0.0
    added_m = np.maximum(to_m - np.maximum(from_m, before_m), 0.0)
    return summed(route, added_m, count)


def _furthest_so_far(to_m: Floats, begins: Mask) -> Floats:
    """The greatest value up to each row since the last row where something begins.

    By rank and group as whole numbers, so that one running maximum serves all groups.
    """
    by_size = to_m.argsort()
    rank = np.empty_like(by_size)
    rank[by_size] = np.arange(len(to_m))
    group = begins.cumsum() * len(to_m)
    furthest: Floats = to_m[by_size[np.maximum.accumulate(group + rank) - group]]
    return furthest

"""Which roads a route touches, with its strip or with its centre line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.crossings import CrossingTable
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes
from neixiang_survey_plugin.core.measuring.nearby import each_line_once, prepare_where_many
from neixiang_survey_plugin.core.measuring.polylines import Indices
from neixiang_survey_plugin.core.measuring.roads import RoadLayer


@dataclass(frozen=True, eq=False)
class TouchTable:
    """Pairs of line and road, each once, sorted; not ``touched`` means within accuracy only.

    ``part`` is the part of the road that the strip meets, where the centre line does not enter.
    """

    line: Indices
    road: Indices
    part: Indices
    touched: NDArray[np.bool_]


def measure_touches(
    laid: LaidRoutes, roads: RoadLayer, crossings: CrossingTable, segment: Indices, part: Indices
) -> TouchTable:
    """Roads that a route's ground meets with more than a point, or that its centre line enters.

    ``segment`` and ``part`` are the pairs that come near each other. The ground is the working
    strip, or the centre line where the strip is unknown. Roads that are not touched but lie
    within the layer's accuracy are in the table too, as not touched.
    """
    line, part = each_line_once(laid.lines, segment, part)
    road = roads.road[part]
    touched = _among(_pair_key(line, road), _pair_key(crossings.line, crossings.road))
    beside = (~touched).nonzero()[0]
    if not len(beside):
        return _each_once(line, road, part, touched)
    own, areas = line[beside], roads.areas[part[beside]]
    prepare_where_many(laid.ground, own)
    near = shapely.dwithin(laid.ground[own], areas, roads.accuracy_m)
    touched[beside[near]] = _meet(laid.ground[own[near]], areas[near])
    under = laid.bored[own]  # the centre line of a bore lies outside any ground
    near[under] |= shapely.dwithin(laid.centre[own[under]], areas[under], roads.accuracy_m)
    listed = touched.copy()
    listed[beside] = near
    return _each_once(line[listed], road[listed], part[listed], touched[listed])


def _pair_key(line: Indices, road: Indices) -> NDArray[np.int64]:
    return line.astype(np.int64) << 32 | road.astype(np.int64)


def _among(keys: NDArray[np.int64], sorted_keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    if not len(sorted_keys):
        return np.zeros(len(keys), dtype=bool)
    place = sorted_keys.searchsorted(keys)
    place[place == len(sorted_keys)] = 0
    found: NDArray[np.bool_] = sorted_keys[place] == keys
    return found


def _meet(ground: Geometries, areas: Geometries) -> NDArray[np.bool_]:
    """Whether they share more than a point."""
    meets: NDArray[np.bool_] = shapely.intersects(ground, areas)
    at = meets.nonzero()[0]
    at = at[shapely.touches(ground[at], areas[at])]
    if len(at):
        shared = shapely.intersection(ground[at], areas[at])
        meets[at] = shapely.get_dimensions(shared) > 0
    return meets


def _each_once(
    line: Indices, road: Indices, part: Indices, touched: NDArray[np.bool_]
) -> TouchTable:
    """One row a pair of line and road; a part that is touched stands for the road."""
    order = np.lexsort((~touched, road, line))
    line, road = line[order], road[order]
    first = np.ones(len(line), dtype=bool)
    first[1:] = (line[1:] != line[:-1]) | (road[1:] != road[:-1])
    kept = order[first]
    return TouchTable(line[first], road[first], part[kept], touched[kept])

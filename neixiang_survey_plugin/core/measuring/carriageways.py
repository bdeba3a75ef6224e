"""The longest stretch of a route that lies within one side of a carriageway (道路单侧)."""

# A carriageway that a median parts is drawn as two surfaces, one a side. Where it is drawn as one,
# nobody knows how much of a stretch lies on either side of its middle: at least half of it on the
# longer one, at most all of it. Of an odd number of pieces the middle one may hold both sides.

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.crossings import CrossingKind
from neixiang_survey_plugin.core.measuring.ground import Ground
from neixiang_survey_plugin.core.measuring.inside import cut_at_vertices, metres_inside
from neixiang_survey_plugin.core.measuring.measures import (
    Amount,
    Crossing,
    Figure,
    Reason,
    RoadMeasures,
    Unknown,
)
from neixiang_survey_plugin.core.measuring.strips import stretch
from neixiang_survey_plugin.core.measuring.surfaces import SurfaceLayer

_SPECK_M = 1e-6  # what two surfaces share by rounding
_ALONG = CrossingKind.ALONG.value


class _Side(NamedTuple):
    """The longest side within one crossing, between its bounds, and what would have to be known."""

    at_least_m: float
    at_most_m: float
    unknown: Unknown | None


def measure_one_side(roads: RoadMeasures, ground: Ground) -> Figure:
    """Metres within one side of a carriageway, of the crossing where that is longest.

    Stretches along a road are no crossing. Nothing is longer than its crossing between the red
    lines, so that a short crossing is bounded also where no surface is mapped.
    """
    crossings = [one for one in roads.crossings if one.counts and one.kind != _ALONG]
    accuracy_m = ground.surfaces.accuracy_m if ground.surfaces else 0.0
    sides, grown, shrunk = (
        [_side_of(one, ground, sign * accuracy_m) for one in crossings] for sign in (0.0, 1.0, -1.0)
    )
    bounded = not roads.reasons
    longest = max(zip(sides, crossings, strict=True), key=_most, default=None)
    return Figure(
        _amount(sides, bounded),
        _amount(grown, bounded),
        _amount(shrunk, bounded),
        reasons=(*roads.reasons, *_reasons(sides, crossings)),
        place=None if longest is None else longest[1],
    )


def _most(pair: tuple[_Side, Crossing]) -> float:
    return pair[0].at_most_m


def _amount(sides: list[_Side], bounded: bool) -> Amount:
    at_least = max((one.at_least_m for one in sides), default=0.0)
    if not bounded:
        return Amount.unknown(at_least)
    at_most = max((one.at_most_m for one in sides), default=0.0)
    known = at_most - at_least <= _SPECK_M
    return Amount.exactly(at_most) if known else Amount.unknown(at_least, at_most)


def _reasons(sides: list[_Side], crossings: list[Crossing]) -> list[Reason]:
    found: dict[Unknown, list[str]] = {}
    for side, crossing in zip(sides, crossings, strict=True):
        if side.unknown is not None:
            found.setdefault(side.unknown, []).append(crossing.road.road_id)
    return [
        Reason(unknown, () if unknown is Unknown.NO_SURFACE_LAYER else tuple(dict.fromkeys(ids)))
        for unknown, ids in found.items()
    ]


def _side_of(crossing: Crossing, ground: Ground, by_m: float) -> _Side:
    """One crossing, with the carriageways grown by some metres."""
    whole_m = crossing.length_m
    if ground.surfaces is None:
        return _Side(0.0, whole_m, Unknown.NO_SURFACE_LAYER)
    line = stretch(crossing.lines, crossing.line, crossing.from_m, crossing.to_m)
    pieces_m, unmapped_m = _pieces(line, ground.surfaces, by_m, ground.grid)
    if not line.is_simple:  # a piece that doubles back is longer than it looks
        return _Side(max(pieces_m, default=0.0), whole_m, Unknown.CARRIAGEWAY_UNDIVIDED)
    side = _bounded(pieces_m, unmapped_m, whole_m)
    if crossing.road.road_class is None:
        return _Side(0.0, side.at_most_m, Unknown.ROAD_CLASS_MISSING)
    return side


def _bounded(pieces_m: list[float], unmapped_m: float, whole_m: float) -> _Side:
    longest_m = max(pieces_m, default=0.0)
    middle = len(pieces_m) // 2
    at_least_m = longest_m
    if len(pieces_m) % 2:
        halved = [*pieces_m[:middle], pieces_m[middle] / 2, *pieces_m[middle + 1 :]]
        at_least_m = max(halved)
    at_most_m = min(longest_m + unmapped_m, whole_m)
    unknown = None
    if at_most_m - at_least_m > _SPECK_M:
        unknown = (
            Unknown.SURFACE_MISSING if unmapped_m > _SPECK_M else Unknown.CARRIAGEWAY_UNDIVIDED
        )
    return _Side(min(at_least_m, at_most_m), at_most_m, unknown)


def _pieces(
    line: LineString, surfaces: SurfaceLayer, by_m: float, grid: Grid
) -> tuple[list[float], float]:
    """Metres of each piece of carriageway in the order of the line; metres that nobody mapped."""
    near = sorted(int(one) for one in surfaces.tree.query(line, predicate="intersects"))
    found: list[tuple[float, float]] = []
    taken: list[Geometry] = []
    mapped: list[Geometry] = []
    for feature in dict.fromkeys(surfaces.feature[near].tolist()):
        own = [part for part in near if surfaces.feature[part] == feature]
        area = shapely.union_all(surfaces.areas[own])
        mapped.append(area)
        if surfaces.is_carriageway[own[0]]:
            area = shapely.buffer(area, by_m) if by_m else area
            inside = shapely.difference(shapely.intersection(line, area), shapely.union_all(taken))
            found += [(line.project(shapely.Point(one.coords[0])), _metres(one, grid))
                      for one in _lines(inside)]  # fmt: skip
        taken.append(area)
    rest = shapely.difference(line, shapely.union_all(mapped))
    ordered = [length_m for _, length_m in sorted(found) if length_m > _SPECK_M]
    return ordered, sum(_metres(one, grid) for one in _lines(rest))


def _lines(geometry: Geometry) -> list[LineString]:
    """The unbroken lines of what an intersection left."""
    parts = [one for one in shapely.get_parts(geometry) if isinstance(one, LineString)]
    if not parts:
        return []
    merged = shapely.line_merge(shapely.union_all(np.array(parts, dtype=np.object_)))
    return [one for one in shapely.get_parts(merged) if isinstance(one, LineString)]


def _metres(line: LineString, grid: Grid) -> float:
    return metres_inside(cut_at_vertices([line]), None, grid)

"""What works close of a road: how much, how wide, what is left to pass, in which halves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin.app.map_labels import middle_line
from neixiang_survey_plugin.app.sheets.facts import DrawnCase
from neixiang_survey_plugin.core.measuring.measures import Crossing, RoadFacts
from neixiang_survey_plugin.core.measuring.occupation import ellipsoidal_area_m2
from neixiang_survey_plugin.core.measuring.openings import is_bored
from neixiang_survey_plugin.core.measuring.strips import stretch

_REACH_M = 200.0  # of a line across a road, more than any road is wide
_SPECK_M2 = 1e-6


@dataclass(frozen=True, eq=False)
class Closure:
    """The works of one line in one road.

    ``ground`` is what they take of it, in the county grid, ``area_m2`` on the ellipsoid, None
    where the working width is unknown; ``left_m`` the widest free part beside it across the road,
    in grid metres. ``halves`` are the two stretches of a crossing that is dug one half at a time.
    """

    route_id: str
    utility: str
    road: RoadFacts
    course: LineString
    ground: Geometry
    land: Geometry
    area_m2: float | None
    left_m: float | None
    bored: bool
    halves: tuple[LineString, ...]

    @property
    def is_closed(self) -> bool:
        """Whether anything of the road is closed, as far as is known."""
        return bool(self.area_m2)


def closures_of(drawn: DrawnCase) -> tuple[tuple[Closure, ...], ...]:
    """What the lines of a case close, road by road, in the order in which lines meet them."""
    found: dict[str, list[Closure]] = {}
    for row, one in enumerate(drawn.lines):
        for touch in one.measures.roads.touches:
            closure = _closure(drawn, row, touch.road)
            found.setdefault(touch.road.road_id, []).append(closure)
    return tuple(tuple(closures) for closures in found.values())


def _closure(drawn: DrawnCase, row: int, road: RoadFacts) -> Closure:
    one, lines = drawn.lines[row], drawn.laid.lines
    land, strip = _land(drawn, road.road_id), drawn.laid.strip[row]
    crossings = [c for c in one.measures.roads.crossings if c.road.road_id == road.road_id]
    ground = shapely.GeometryCollection() if strip is None else shapely.intersection(strip, land)
    parts = [part for part in shapely.get_parts(ground) if part.area > _SPECK_M2]
    known = not (drawn.laid.width_missing[row] or drawn.laid.pit_missing[row])
    course = one.route.line
    if crossings:
        course = stretch(lines, row, crossings[0].from_m, crossings[-1].to_m)
    return Closure(
        route_id=one.route.route_id,
        utility=one.route.utility,
        road=road,
        course=course,
        ground=shapely.union_all(parts),
        land=land,
        area_m2=_m2(drawn, parts) if known else None,
        left_m=_left_m(land, parts),
        bored=bool(crossings) and all(is_bored(c, one.route) for c in crossings),
        halves=tuple(_halves(drawn, row, crossings)),
    )


def _land(drawn: DrawnCase, road_id: str) -> Geometry:
    roads = drawn.ground.roads
    assert roads is not None  # a road that is touched is there
    return shapely.union_all(roads.areas[(roads.road_id == road_id)[roads.road]])


def _m2(drawn: DrawnCase, parts: Sequence[Geometry]) -> float:
    if not parts:
        return 0.0
    shapes = np.array(parts, dtype=np.object_)
    return float(ellipsoidal_area_m2(shapes, drawn.county.grid).sum())


def _halves(drawn: DrawnCase, row: int, crossings: Sequence[Crossing]) -> Iterator[LineString]:
    """The two halves of each stretch that is dug from one red line to the other.

    The first ones all lie on the same side of the road, however often the line crosses it.
    """
    first_side = np.zeros(2)
    for one in crossings:
        if one.kind != "across" or is_bored(one, drawn.lines[row].route):
            continue
        middle_m = (one.from_m + one.to_m) / 2.0
        halves = [
            stretch(drawn.laid.lines, row, *ends_m)
            for ends_m in ((one.from_m, middle_m), (middle_m, one.to_m))
        ]
        ends = np.array([halves[0].coords[0], halves[1].coords[-1]])
        towards = ends[0] - ends[1]
        if float(towards @ first_side) < 0.0:
            halves.reverse()
        if not first_side.any():
            first_side = towards
        yield from halves


def _left_m(land: Geometry, parts: Sequence[Geometry]) -> float | None:
    """The widest free part of the road beside what is closed, across its middle line.

    None where nothing is closed or no line across the road can be drawn.
    """
    if not parts:
        return None
    ground = shapely.union_all(parts)
    axis = LineString(middle_line(shapely.get_parts(land)[0]))
    at = axis.project(shapely.centroid(ground))
    one, other = (axis.interpolate(max(at + step, 0.0)) for step in (-0.5, 0.5))
    ahead = np.array([other.x - one.x, other.y - one.y])
    if not ahead.any():
        return None
    across = np.array([ahead[1], -ahead[0]]) / np.hypot(*ahead)
    centre = shapely.get_coordinates(shapely.centroid(ground))[0]
    line = LineString([centre - _REACH_M * across, centre + _REACH_M * across])
    road = _span(line, shapely.intersection(line, land), centre)
    if road is None:
        return None
    taken = [float(v @ across) for v in shapely.get_coordinates(ground) - centre]
    low, high = min(taken), max(taken)
    return max(low - road[0], road[1] - high, 0.0)


def _span(line: LineString, inside: Geometry, centre: np.ndarray) -> tuple[float, float] | None:
    """From where to where a line across lies in the road, in metres from a place on it."""
    start = shapely.Point(centre)
    for part in shapely.get_parts(inside):
        if part.geom_type == "LineString" and part.distance(start) < 1.0:
            ends = [line.project(shapely.Point(point)) - _REACH_M for point in part.coords]
            return min(ends), max(ends)
    return None

"""What works close of a road: how much, how wide, what is left to pass, in which halves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin.app.sheets.facts import DrawnCase
from neixiang_survey_plugin.app.sheets.passing import axis_between_sides, free_width_m
from neixiang_survey_plugin.core.measuring.measures import Crossing, RoadFacts
from neixiang_survey_plugin.core.measuring.occupation import ellipsoidal_area_m2
from neixiang_survey_plugin.core.measuring.openings import is_bored
from neixiang_survey_plugin.core.measuring.strips import stretch

_SPECK_M2 = 1e-6


@dataclass(frozen=True, eq=False)
class Closure:
    """The works of one line in one road.

    ``ground`` is what they take of it, in the county grid, ``area_m2`` on the ellipsoid, None
    where the working width is unknown; ``left_m`` the strip of the road that stays free on one side
    all along it, in grid metres, None where that is not known. ``halves`` are the two stretches of
    each crossing that is dug one half at a time, ``half_m`` how long a half of each is, in metres
    on the ellipsoid.
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
    half_m: tuple[float, ...]

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
    dug = [c for c in crossings if c.kind == "across" and not is_bored(c, one.route)]
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
        left_m=_left_m(drawn, road.road_id, parts),
        bored=bool(crossings) and all(is_bored(c, one.route) for c in crossings),
        halves=tuple(_halves(drawn, row, dug)),
        half_m=tuple(c.length_m / 2.0 for c in dug),
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


def _left_m(drawn: DrawnCase, road_id: str, ground: Sequence[Geometry]) -> float | None:
    """What stays free beside works in all parts of a road that they lie in, in grid metres.

    None where nothing is closed or it is not known of every part.
    """
    if not ground:
        return None
    works = shapely.union_all(ground)
    found = []
    for part, axis in _parts_of(drawn, road_id):
        own = shapely.intersection(works, part)
        if shapely.area(own) > _SPECK_M2:
            found.append(free_width_m(part, axis, own))
    known = [one for one in found if one is not None]
    return min(known) if known and len(known) == len(found) else None


def _parts_of(drawn: DrawnCase, road_id: str) -> Iterator[tuple[Geometry, LineString]]:
    """The separate parts of a road, each with its axis: as drawn, or between its long sides."""
    roads = drawn.ground.roads
    assert roads is not None  # a road that is touched is there
    own = (roads.road_id == road_id)[roads.road]
    axes = [axis for axis in roads.axis[own] if axis is not None]
    merged = shapely.line_merge(shapely.union_all(axes))
    for part in shapely.get_parts(_land(drawn, road_id)):
        within = shapely.get_parts(shapely.intersection(merged, part)).tolist()
        lines = [one for one in within if one.geom_type == "LineString"]
        longest = max(lines, key=shapely.length, default=None)
        yield part, axis_between_sides(part) if longest is None else longest

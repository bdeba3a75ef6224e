"""Which roads a route crosses, runs into or runs along, and for how many metres.

The kernel finds the pieces of all routes' segments inside roads in one pass over arrays. What
follows is a handful of stretches a route, put together one by one: as array calls over all routes
the same took five times as long for the one route that is being drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import shapely

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.frames import TOLERANCE_M
from neixiang_survey_plugin.core.measuring.intervals import Intervals, inside_intervals
from neixiang_survey_plugin.core.measuring.measures import Crossing
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices, Polylines
from neixiang_survey_plugin.core.measuring.roads import RoadLayer

_FLATTEST_SINE = 0.05  # flatter than 3 degrees a boundary is run along, not crossed
_AXIS_STEP_M = 0.01  # the direction of an axis is taken over a centimetre on either side


class CrossingKind(Enum):
    """How a route meets a road: from side to side, ending inside, or lengthwise."""

    ACROSS = "across"
    INTO = "into"
    ALONG = "along"


class Stretch(NamedTuple):
    """One continuous stretch of a line inside one road, metres on the ellipsoid.

    ``first`` and ``last`` are the pieces in which it begins and ends.
    """

    road: int
    from_m: float
    to_m: float
    first: int
    last: int


class RoadStretches(NamedTuple):
    """Every stretch of every line inside a road; lists have an entry a line.

    ``of_line`` are the stretches by road, then place. ``near_m`` is at most how many metres of
    the line lie within the layer's accuracy of each road's boundary. ``sine_from`` and
    ``sine_to`` belong to pieces: the sine of the angle to the boundary there, NaN where the piece
    ends within the road; ``axis_deg`` is the angle to the axis, for pieces in line roads.
    """

    of_line: list[list[Stretch]]
    near_m: list[dict[int, float]]
    sine_from: list[float]
    sine_to: list[float]
    axis_deg: dict[int, float]


def find_stretches(
    lines: Polylines, roads: RoadLayer, segment: Indices, part: Indices
) -> RoadStretches:
    """The stretches of all lines inside roads.

    ``segment`` and ``part`` are the pairs of segment and part of a road that come near each
    other. A line that doubles back has two stretches; one that runs on a shared boundary is
    inside both roads; one that touches a boundary at a point has none.
    """
    pieces = inside_intervals(lines, roads.boundaries, segment, part, roads.accuracy_m)
    of_line = _merge(lines, pieces, roads.road[pieces.area])
    sine_from, sine_to = pieces.sine_from.tolist(), pieces.sine_to.tolist()
    axis_deg = {}
    if roads.has_lines and roads.is_line[pieces.area].any():
        ends = [_end(one, sine_from) for stretches in of_line for one in stretches]
        axis_deg = _axis_angles(lines, pieces, roads, ends)
    return RoadStretches(of_line, _near_m(lines, pieces, roads.road), sine_from, sine_to, axis_deg)


def crossings_of(
    found: RoadStretches, roads: RoadLayer, lines: Polylines, line: int
) -> tuple[Crossing, ...]:
    """The crossings of one line in the order in which it meets them."""
    total_m = lines.length_of(line)
    near_m = found.near_m[line]
    crossings = [
        Crossing(
            road=roads.facts(one.road),
            road_width_m=(width_m := roads.width_m(one.road)),
            kind=_kind(one, width_m, total_m).value,
            from_m=one.from_m,
            to_m=one.to_m,
            angle_deg=_angle_deg(found, one),
            drift=_drift(found.sine_from[one.first]) + _drift(found.sine_to[one.last]),
            blurred_m=near_m.get(one.road, 0.0),
            lines=lines,
            line=line,
        )
        for one in found.of_line[line]
    ]
    met = sorted(crossings, key=attrgetter("from_m"))
    if min(map(_gap_m, pairwise(met)), default=1.0) < TOLERANCE_M:
        # where two roads begin together the layer's order decides, not how figures round
        met = sorted(crossings, key=lambda one: round(one.from_m / TOLERANCE_M))
    return tuple(met)


def _gap_m(pair: tuple[Crossing, Crossing]) -> float:
    return pair[1].from_m - pair[0].from_m


def union_m(stretches: Iterable[Crossing]) -> float:
    """Metres that lie in some of the stretches of one line, each place once."""
    union, reached = 0.0, 0.0
    for one in sorted(stretches, key=attrgetter("from_m")):
        if one.to_m > reached:
            union += one.to_m - max(one.from_m, reached)
            reached = one.to_m
    return union


def _merge(lines: Polylines, pieces: Intervals, road: Indices) -> list[list[Stretch]]:
    """Pieces of one line in one road that follow each other without a gap, as one stretch."""
    ends_m = lines.metres_at(pieces.segment, np.array((pieces.from_m, pieces.to_m)))
    line = lines.line[pieces.segment]
    order = np.lexsort((ends_m[0], road, line))
    rows = zip(order.tolist(), line[order].tolist(), road[order].tolist(),
               *ends_m[:, order].tolist(), strict=True)  # fmt: skip
    merged: list[list[Stretch]] = [[] for _ in range(len(lines))]
    for piece, owner, inside, from_m, to_m in rows:
        own = merged[owner]
        last = own[-1] if own else None
        if last and last.road == inside and from_m - last.to_m <= TOLERANCE_M:
            own[-1] = Stretch(inside, last.from_m, max(last.to_m, to_m), last.first, piece)
        else:
            own.append(Stretch(inside, from_m, to_m, piece, piece))
    return merged


def _near_m(lines: Polylines, pieces: Intervals, road: Indices) -> list[dict[int, float]]:
    """For each line the metres of it near the boundary of each road."""
    near: list[dict[int, float]] = [{} for _ in range(len(lines))]
    owners, roads = lines.line[pieces.near_segment].tolist(), road[pieces.near_area].tolist()
    for owner, beside, near_m in zip(owners, roads, pieces.near_m.tolist(), strict=True):
        near[owner][beside] = near[owner].get(beside, 0.0) + near_m
    return near


def _kind(stretch: Stretch, width_m: float, total_m: float) -> CrossingKind:
    if not stretch.to_m - stretch.from_m <= 2.0 * width_m + TOLERANCE_M:  # an unknown width too
        return CrossingKind.ALONG
    at_end = stretch.from_m <= TOLERANCE_M or stretch.to_m >= total_m - TOLERANCE_M
    return CrossingKind.INTO if at_end else CrossingKind.ACROSS


def _drift(sine: float) -> float:
    """Metres that the end of a stretch moves when the boundary there moves by one; 0 for none."""
    return 0.0 if math.isnan(sine) else 1.0 / max(sine, _FLATTEST_SINE)


def _end(stretch: Stretch, sine_from: Sequence[float]) -> tuple[int, bool]:
    """The piece at whose end the angle is taken: the entry, or the exit where none is."""
    at_exit = math.isnan(sine_from[stretch.first])
    return (stretch.last if at_exit else stretch.first), at_exit


def _angle_deg(found: RoadStretches, stretch: Stretch) -> float | None:
    """To the axis of a line road, else to the boundary at the entry, or exit where none is."""
    piece, at_exit = _end(stretch, found.sine_from)
    if piece in found.axis_deg:
        return found.axis_deg[piece]
    sine = found.sine_to[piece] if at_exit else found.sine_from[piece]
    return None if math.isnan(sine) else math.degrees(math.asin(min(sine, 1.0)))


def _axis_angles(
    lines: Polylines, pieces: Intervals, roads: RoadLayer, ends: Sequence[tuple[int, bool]]
) -> dict[int, float]:
    """The angles to the axes of line roads, by piece."""
    piece, at_exit = (np.array(column) for column in zip(*ends, strict=True))
    with_axis = roads.is_line[pieces.area[piece]]
    piece, at_exit = piece[with_axis], at_exit[with_axis]
    at_m = np.where(at_exit, pieces.to_m[piece], pieces.from_m[piece])
    angle_deg = _to_axis(lines, pieces.segment[piece], at_m, roads.axis[pieces.area[piece]])
    return dict(zip(piece.tolist(), angle_deg.tolist(), strict=True))


def _to_axis(lines: Polylines, segment: Indices, at_m: Floats, axis: Geometries) -> Floats:
    point = shapely.points(lines.start[segment] + at_m[:, None] * lines.direction[segment])
    place = shapely.line_locate_point(axis, point)
    before = shapely.line_interpolate_point(axis, np.maximum(place - _AXIS_STEP_M, 0.0))
    after = shapely.line_interpolate_point(axis, place + _AXIS_STEP_M)
    east, north = (shapely.get_coordinates(after) - shapely.get_coordinates(before)).T
    d_east, d_north = lines.direction[segment].T
    sine = np.abs(d_east * north - d_north * east)
    cosine = np.abs(d_east * east + d_north * north)
    angle_deg: Floats = np.degrees(np.arctan2(sine, cosine))
    return angle_deg

"""Lines as roads and rivers are drawn: tangents joined by arcs, and free curves."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeVar

import numpy as np
from shapely import (
    LineString,
    MultiPolygon,
    Polygon,
    STRtree,
    get_parts,
    set_precision,
    union_all,
)
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from sample_county.place import Point2

_ARC_STEP_RAD = math.radians(5.0)
G = TypeVar("G", bound=BaseGeometry)
GRAIN_M = 0.001  # coordinates are kept to the millimetre, as a survey would deliver them


def rounded(points: Sequence[Point2], radius_m: float = 220.0) -> LineString:
    """A polyline whose corners are circular arcs; what lies between stays exactly straight."""
    out: list[Point2] = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        out.extend(_arc(before, corner, after, radius_m))
    out.append(points[-1])
    return LineString(out)


def _arc(before: Point2, corner: Point2, after: Point2, radius_m: float) -> list[Point2]:
    a, b, c = (np.asarray(p, dtype=float) for p in (before, corner, after))
    to_a, to_c = a - b, c - b
    length_a, length_c = float(np.hypot(*to_a)), float(np.hypot(*to_c))
    u, v = to_a / length_a, to_c / length_c
    # Not u @ v: its last bit hangs on which BLAS kernel the processor gets, and the county with it.
    turn = math.pi - math.acos(max(-1.0, min(1.0, float(u[0] * v[0] + u[1] * v[1]))))
    if turn < 1e-3:
        return [corner]
    tangent = min(radius_m * math.tan(turn / 2), 0.45 * min(length_a, length_c))
    radius = tangent / math.tan(turn / 2)
    inward = (u + v) / float(np.hypot(*(u + v)))
    centre = b + inward * math.hypot(radius, tangent)
    start, steps = b + u * tangent - centre, max(2, math.ceil(turn / _ARC_STEP_RAD))
    way = math.copysign(1.0, float(u[0] * v[1] - u[1] * v[0])) * -1.0
    return [_turned(centre, start, way * turn * i / steps) for i in range(steps + 1)]


def _turned(centre: np.ndarray, arm: np.ndarray, angle: float) -> Point2:
    cos, sin = math.cos(angle), math.sin(angle)
    return (
        float(centre[0] + cos * arm[0] - sin * arm[1]),
        float(centre[1] + sin * arm[0] + cos * arm[1]),
    )


def flowing(points: Sequence[Point2], steps: int = 12) -> LineString:
    """A free curve through the points (Catmull-Rom), for water and paths."""
    ends = [_mirrored(points[1], points[0]), *points, _mirrored(points[-2], points[-1])]
    p = np.asarray(ends, dtype=float)
    out = []
    for i in range(1, len(p) - 2):
        t = np.linspace(0.0, 1.0, steps, endpoint=False)[:, None]
        a, b, c, d = p[i - 1], p[i], p[i + 1], p[i + 2]
        out.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2)
            + 0.5 * (3 * b - a - 3 * c + d) * t**3
        )
    return LineString(np.vstack([*out, p[-2:-1]]))


def _mirrored(inner: Point2, end: Point2) -> Point2:
    return (2 * end[0] - inner[0], 2 * end[1] - inner[1])


def strip(axis: LineString, half_width_m: float) -> Polygon:
    """The band along a line, flat at its ends."""
    return axis.buffer(half_width_m, cap_style="flat", join_style="mitre", mitre_limit=2.0)


def cut_at(axis: LineString, stations_m: Iterable[float], apart_m: float) -> list[LineString]:
    """The pieces between stations; a station nearer than ``apart_m`` to the last is left out."""
    marks = [0.0]
    for station in sorted(stations_m):
        if station - marks[-1] > apart_m and axis.length - station > apart_m:
            marks.append(station)
    marks.append(axis.length)
    return [stretch(axis, a, b) for a, b in pairwise(marks)]


def stretch(axis: LineString, from_m: float, to_m: float) -> LineString:
    """The part of a line between two distances along it; ValueError where that is a point."""
    part = substring(axis, from_m, to_m)
    if not isinstance(part, LineString):
        raise ValueError(f"nothing between {from_m} and {to_m} m")
    return part


def box_corners(area: BaseGeometry) -> list[Point2]:
    """The corners of the smallest rectangle round an area, turned as the area lies."""
    rectangle = area.minimum_rotated_rectangle
    if not isinstance(rectangle, Polygon):
        raise ValueError("an area without extent has no box")
    return [(float(x), float(y)) for x, y in rectangle.exterior.coords]


def points_of(line: LineString) -> list[Point2]:
    """The vertices of a line."""
    return [(float(x), float(y)) for x, y in line.coords]


def single_line(geometry: BaseGeometry) -> LineString:
    """The longest line of a geometry; ValueError where it holds none."""
    lines = [part for part in get_parts(geometry) if isinstance(part, LineString)]
    if not lines:
        raise ValueError(f"no line but {geometry.geom_type}")
    return max(lines, key=lambda part: part.length)


def extended(axis: LineString, by_m: float) -> LineString:
    """The line run straight on at both ends."""
    xy = points_of(axis)
    return LineString([_beyond(xy[1], xy[0], by_m), *xy, _beyond(xy[-2], xy[-1], by_m)])


def _beyond(inner: Point2, end: Point2, by_m: float) -> Point2:
    dx, dy = end[0] - inner[0], end[1] - inner[1]
    scale = by_m / math.hypot(dx, dy)
    return (end[0] + dx * scale, end[1] + dy * scale)


def to_grain(geometry: G) -> G:
    """The geometry with coordinates rounded to the millimetre, still valid."""
    return set_precision(geometry, GRAIN_M)


def polygons(geometry: BaseGeometry, least_m2: float = 0.0) -> list[Polygon]:
    """The polygon parts of any geometry that are larger than ``least_m2``."""
    parts = [p for p in get_parts(geometry) if isinstance(p, (Polygon, MultiPolygon))]
    return [p for part in parts for p in get_parts(part) if p.area > least_m2]


class Ground:
    """Areas that are taken, asked many times what they leave free."""

    def __init__(self, areas: Sequence[BaseGeometry]) -> None:
        self._areas = list(areas)
        self._tree = STRtree(self._areas)

    def free(self, area: BaseGeometry) -> BaseGeometry:
        """The part of an area that none of the taken ones covers."""
        near = [self._areas[int(j)] for j in self._tree.query(area, "intersects")]
        return area.difference(union_all(near)) if near else area

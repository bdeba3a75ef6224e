"""A road cut across where a route runs along it: how wide it is there, and where the route lies."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin.core.measuring.measures import Point
from neixiang_survey_plugin.core.measuring.polylines import Floats

_LEAST_M = 1e-6


class Across(NamedTuple):
    """A road cut across at a place of a route, in grid metres.

    ``start`` and ``end`` lie on the two red lines, ``way`` is the unit vector from one to the
    other, ``at_m`` the distance of the place from ``start``.
    """

    start: Floats
    end: Floats
    way: Floats
    at_m: float

    @property
    def width_m(self) -> float:
        """The road's width here."""
        return float(np.hypot(*(self.end - self.start)))

    @property
    def from_middle_m(self) -> float:
        """How far towards ``end`` the place lies from the road's middle; negative: ``start``."""
        return self.at_m - self.width_m / 2.0

    @property
    def from_red_line_m(self) -> float:
        """How far the place lies from the nearer red line."""
        return min(self.at_m, self.width_m - self.at_m)

    @property
    def half(self) -> LineString:
        """The cut from the nearer red line to the road's middle."""
        middle = (self.start + self.end) / 2.0
        return LineString([self.end if self.from_middle_m > 0.0 else self.start, middle])

    @property
    def side(self) -> str:
        """The side of the road's middle on which the place lies: east, south, west or north."""
        east, north = self.way if self.from_middle_m > 0.0 else -self.way
        if abs(east) >= abs(north):
            return "east" if east > 0.0 else "west"
        return "north" if north > 0.0 else "south"


def cut_across(road: Geometry, at: Point, reach_m: float, widest_m: float) -> Across | None:
    """A road cut across at a place inside it: the shortest cut square to any of its edges nearby.

    An end of the road, or the edge to its next section, is longer away than its sides. None where
    nothing bounds the road on both sides within ``reach_m``, or no cut is shorter than
    ``widest_m``; grid metres.
    """
    place = np.array(at)
    near = shapely.intersection(shapely.boundary(road), shapely.Point(at).buffer(reach_m))
    points, ring = shapely.get_coordinates(shapely.get_parts(near), return_index=True)
    edges = np.diff(points, axis=0)[np.diff(ring) == 0]
    length_m = np.hypot(edges[:, 0], edges[:, 1])
    ways = edges[length_m > _LEAST_M] / length_m[length_m > _LEAST_M, None]
    degrees = np.round(np.degrees(np.arctan2(ways[:, 1], ways[:, 0])) % 180.0, 2)
    _, rows = np.unique(degrees, return_index=True)
    across = np.stack((-ways[rows, 1], ways[rows, 0]), axis=1)
    cuts = [_cut(road, place, way, reach_m) for way in across]
    bounded = [
        one
        for one in cuts
        if one is not None
        and one.width_m < widest_m
        and max(one.at_m, one.width_m - one.at_m) < reach_m - _LEAST_M
    ]
    return min(bounded, key=lambda one: one.width_m, default=None)


def _cut(road: Geometry, place: Floats, way: Floats, reach_m: float) -> Across | None:
    line = LineString([place - reach_m * way, place + reach_m * way])
    for part in shapely.get_parts(shapely.intersection(line, road)):
        ends = shapely.get_coordinates(part)
        along_m = (ends - place) @ way
        if len(ends) > 1 and along_m.min() <= _LEAST_M and along_m.max() >= -_LEAST_M:
            start, end = ends[along_m.argmin()], ends[along_m.argmax()]
            return Across(start, end, way, float(-along_m.min()))
    return None

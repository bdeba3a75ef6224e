"""How much of a road stays free beside works in it, all along them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString, Point
from shapely.ops import substring

from neixiang_survey_plugin.app.map_labels import middle_line

_REACH_M = 200.0  # of a line across a road to each side, more than any road is wide
_STEP_M = 0.5  # from one line across to the next
_MOST_STEPS = 2000
_AHEAD_M = 3.0  # over which the direction of a road is taken, so that its corners turn gently
_UNSEEN_M = 2.0  # works farther than this from every line across were not looked at
_ENDS_OFF_WIDTHS, _ENDS_OFF_SHARE = 1.5, 0.35
_ON_EDGE_M = 1e-6
_END_COS = 0.87  # an edge within 30 degrees of the line across is the end of a road, no kerb

_Span = tuple[float, float]


def free_width_m(part: Geometry, axis: LineString, ground: Geometry) -> float | None:
    """The strip of one part of a road that stays free on one side all along works, in grid metres.

    The road is cut across its axis at many places along the works. Of either side the narrowest
    place counts, there from the kerb to the nearest of the works; of the two sides the wider. What
    lies between two works is no way through. None where the lines across do not reach all of them.
    """
    axis = _longer(axis)
    places = shapely.get_coordinates(shapely.segmentize(ground, _STEP_M))
    at = np.array(shapely.line_locate_point(axis, shapely.points(places)))
    vertices = shapely.get_coordinates(part)
    corners = np.array(shapely.line_locate_point(axis, shapely.points(vertices)))
    corners = corners[(corners > at.min()) & (corners < at.max())]
    count = int(np.clip((at.max() - at.min()) / _STEP_M, 2, _MOST_STEPS))
    stations = np.concatenate([np.linspace(at.min(), at.max(), count), corners])
    lines = _across(axis, stations)
    inside, taken = shapely.intersection(lines, part), shapely.intersection(lines, ground)
    if float(shapely.distance(shapely.union_all(taken), shapely.points(places)).max()) > _UNSEEN_M:
        return None
    kerbs = _Kerbs(part, axis, ground)
    sides = [
        kerbs.sides_m(line, road, works)
        for line, road, works in zip(lines, inside, taken, strict=True)
        if not shapely.is_empty(works)
    ]
    free_m = float(np.min(sides, axis=0).max()) if sides else math.inf
    return free_m if math.isfinite(free_m) else None


def axis_between_sides(part: Geometry) -> LineString:
    """The axis of a road drawn as an area, without its ends, where the corners would bend it."""
    middle = LineString(middle_line(part))
    wide_m = float(shapely.area(part)) / middle.length
    off_m = min(_ENDS_OFF_WIDTHS * wide_m, _ENDS_OFF_SHARE * middle.length)
    return LineString(shapely.get_coordinates(substring(middle, off_m, middle.length - off_m)))


def _longer(axis: LineString) -> LineString:
    """An axis that goes straight on beyond its ends: works may lie where a road ends."""
    points = shapely.get_coordinates(axis)
    ends = []
    for end, before in ((points[0], points[1]), (points[-1], points[-2])):
        ends.append(end + _REACH_M * (end - before) / np.hypot(*(end - before)))
    return LineString([ends[0], *points, ends[1]])


def _across(axis: LineString, stations_m: NDArray[np.float64]) -> NDArray[Any]:
    """A line across an axis at each of some places along it, from its left to its right."""
    middle = shapely.get_coordinates(shapely.line_interpolate_point(axis, stations_m))
    back, ahead = (
        shapely.get_coordinates(
            shapely.line_interpolate_point(axis, np.clip(stations_m + step_m, 0.0, axis.length))
        )
        for step_m in (-_AHEAD_M, _AHEAD_M)
    )
    along = ahead - back
    across = np.column_stack([along[:, 1], -along[:, 0]])
    across *= _REACH_M / np.maximum(np.hypot(*across.T), _ON_EDGE_M)[:, None]
    return np.array(shapely.linestrings(np.stack([middle - across, middle + across], axis=1)))


class _Kerbs:
    """The edges of one part of a road with works in it; where its axis leaves it, it ends."""

    def __init__(self, part: Geometry, axis: LineString, ground: Geometry) -> None:
        self._ground = ground
        rings = [
            shapely.get_coordinates(ring) for ring in shapely.get_parts(shapely.boundary(part))
        ]
        edges = np.concatenate([np.stack([ring[:-1], ring[1:]], axis=1) for ring in rings])
        self._ahead = edges[:, 1] - edges[:, 0]
        self._ahead /= np.maximum(np.hypot(*self._ahead.T), _ON_EDGE_M)[:, None]
        lines = np.array(shapely.linestrings(edges))
        self._tree = shapely.STRtree(lines)
        self._is_end = np.asarray(shapely.intersects(lines, axis))

    def sides_m(self, line: LineString, road: Geometry, works: Geometry) -> _Span:
        """What is free at one line across, left and right of the works; infinite if not known.

        A line that does not cross squarely is too long: from the kerb the nearest of the works
        counts.
        """
        spans = [*_spans(line, road)]
        taken = [end for span in _spans(line, works, points=True) for end in span]
        first, last = min(taken), max(taken)
        left = [low for low, high in spans if _holds(low, high, first)]
        right = [high for low, high in spans if _holds(low, high, last)]
        return (
            self._free_m(line, max(left), first) if left else math.inf,
            self._free_m(line, min(right), last) if right else math.inf,
        )

    def _free_m(self, line: LineString, kerb_m: float, works_m: float) -> float:
        kerb = line.interpolate(kerb_m)
        if not self._is_side(line, kerb):
            return math.inf
        free_m = min(abs(works_m - kerb_m), float(shapely.distance(kerb, self._ground)))
        return free_m if free_m > _ON_EDGE_M else 0.0

    def _is_side(self, line: LineString, kerb: Point) -> bool:
        """Whether a line across ends at a side of the road, not where the road itself ends."""
        across = np.diff(shapely.get_coordinates(line), axis=0)[0] / line.length
        edges = self._tree.query(kerb, predicate="dwithin", distance=_ON_EDGE_M)
        squarely = np.abs(self._ahead[edges] @ across) < _END_COS
        return bool((squarely & ~self._is_end[edges]).any())


def _holds(low_m: float, high_m: float, place_m: float) -> bool:
    return low_m - _ON_EDGE_M <= place_m <= high_m + _ON_EDGE_M


def _spans(line: LineString, inside: Geometry, points: bool = False) -> Iterator[_Span]:
    """From where to where a line lies in something, in metres along it."""
    parts: Sequence[Any] = shapely.get_parts(inside).tolist()
    for part in parts:
        if part.geom_type == "LineString" or points:
            ends = [line.project(Point(place)) for place in part.coords]
            yield min(ends), max(ends)

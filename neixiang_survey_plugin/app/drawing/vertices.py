"""The vertices of the line in hand: as arrays, and as the squares that are shown on them.

A line of 5,000 vertices made of its points one by one took 10 ms, their squares 60, at each move.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiPoint

from neixiang_survey_plugin.app.map_host import Mark, Overlay, Point

Coordinates = NDArray[np.float64]
_SAME_PLACE_M = 1e-9


def coordinates(points: Sequence[Point]) -> Coordinates:
    """East and north of points, a row each; of none an array without rows."""
    return np.array(points, dtype=float).reshape(-1, 2)


def line_through(points: Coordinates) -> LineString:
    """The line through vertices, two at least."""
    return LineString(points)


def points_of(line: LineString) -> list[Point]:
    """East and north of the vertices of a line."""
    return [(east, north) for east, north in shapely.get_coordinates(line).tolist()]


def nearest_of(points: Coordinates, at: Point) -> tuple[int, float]:
    """Which of some points lies nearest to a place, and how far away in metres."""
    away_m = np.hypot(points[:, 0] - at[0], points[:, 1] - at[1])
    nearest = int(np.argmin(away_m))
    return nearest, float(away_m[nearest])


def part_of(line: LineString, from_m: float, to_m: float) -> LineString | None:
    """The part of a line between two places along it, in planar metres; None without length.

    It runs from the first place to the second. Of 5,000 vertices 0.2 ms instead of 15.
    """
    points, last_m = shapely.get_coordinates(line), line.length
    along_m = np.hypot(*np.diff(points, axis=0).T).cumsum()
    low_m, high_m = sorted(min(max(one, 0.0), last_m) for one in (from_m, to_m))
    if low_m == high_m:
        return None
    # a vertex at an end of the part is that end: how far along it lies rounds
    first = int(np.searchsorted(along_m, low_m + _SAME_PLACE_M, side="right")) + 1
    beyond = int(np.searchsorted(along_m, high_m - _SAME_PLACE_M, side="left")) + 1
    ends = shapely.get_coordinates(shapely.line_interpolate_point(line, [low_m, high_m]))
    part = np.concatenate([ends[:1], points[first:beyond], ends[1:]])
    return LineString(part if from_m <= to_m else part[::-1])


class VertexMarks:
    """The squares on the vertices of a line, made again only where it is another line."""

    def __init__(self) -> None:
        self._of: LineString | None = None
        self._mark: Overlay | None = None

    def on(self, line: LineString, utility: str) -> Overlay:
        """The squares on a line's vertices."""
        known = self._mark
        if known is None or line is not self._of or known.utility != utility:
            self._of, self._mark = line, marks_on(shapely.get_coordinates(line), utility)
        assert self._mark is not None  # made just now, or before
        return self._mark


def marks_on(points: Coordinates, utility: str) -> Overlay:
    """Squares on some vertices."""
    squares = cast(MultiPoint, shapely.multipoints(points))
    return Overlay(Mark.VERTEX, squares, utility=utility)

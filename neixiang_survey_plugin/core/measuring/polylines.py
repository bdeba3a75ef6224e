"""Centre lines cut into segments, with the metres that lie before each one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.grid import LONGEST_SEGMENT_M, Grid

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Polylines:
    """Many lines as one run of segments; m segments, n lines.

    ``start`` and ``direction`` are (m, 2), the direction a unit vector on the grid.
    ``grid_length_m`` and ``length_m`` are each segment's metres on the grid and on the
    ellipsoid, ``before_m`` the ellipsoidal metres of the same line before the segment.
    ``line`` says whose segment it is; ``first`` (n + 1) where each line's segments begin.
    """

    start: Floats
    direction: Floats
    grid_length_m: Floats
    length_m: Floats
    before_m: Floats
    line: Indices
    first: Indices

    def __len__(self) -> int:
        """How many lines."""
        return len(self.first) - 1

    @property
    def total_m(self) -> Floats:
        """Ellipsoidal length of each line."""
        last = self.first[1:] - 1
        return self.before_m[last] + self.length_m[last]

    def length_of(self, line: int) -> float:
        """Ellipsoidal length of one line."""
        last = self.first[line + 1] - 1
        return float(self.before_m[last] + self.length_m[last])

    @property
    def grid_total_m(self) -> Floats:
        """Grid length of each line."""
        return np.add.reduceat(self.grid_length_m, self.first[:-1])

    def only(self, rows: Indices) -> Polylines:
        """Some of the lines, each row once and in order."""
        wanted = np.zeros(len(self), dtype=bool)
        wanted[rows] = True
        kept = wanted[self.line]
        counts = (self.first[1:] - self.first[:-1])[rows]
        return Polylines(
            start=self.start[kept],
            direction=self.direction[kept],
            grid_length_m=self.grid_length_m[kept],
            length_m=self.length_m[kept],
            before_m=self.before_m[kept],
            line=np.arange(len(rows)).repeat(counts),
            first=np.append(0, counts.cumsum()),
        )

    def metres_at(self, segment: Indices, grid_m: Floats) -> Floats:
        """Ellipsoidal metres from the line's start to a point given as grid metres on a segment."""
        share = grid_m / self.grid_length_m[segment]
        result: Floats = self.before_m[segment] + share * self.length_m[segment]
        return result

    def factor_at(self, line: int, along_m: float) -> float:
        """Grid length over ellipsoidal length of the segment at a place along one line."""
        segment = self._segment_at(line, along_m)
        return float(self.grid_length_m[segment] / self.length_m[segment])

    def _segment_at(self, line: int, along_m: float) -> int:
        lo, hi = int(self.first[line]), int(self.first[line + 1])
        segment = lo + int(np.searchsorted(self.before_m[lo:hi], along_m, side="right")) - 1
        return min(max(segment, lo), hi - 1)

    def point_at(self, line: int, along_m: float) -> tuple[float, float]:
        """The grid coordinates of a point given by ellipsoidal metres along one line."""
        segment = self._segment_at(line, along_m)
        share = (along_m - self.before_m[segment]) / self.length_m[segment]
        e, n = self.start[segment] + share * self.grid_length_m[segment] * self.direction[segment]
        return float(e), float(n)


def summed(group: Indices, values: Floats, count: int) -> Floats:
    """The sum of the values of each of ``count`` groups."""
    return np.asarray(np.bincount(group, values, count), dtype=float)


def cut_into_segments(lines: Sequence[shapely.LineString] | Geometries, grid: Grid) -> Polylines:
    """Segments of lines in the county grid; segments without length vanish.

    Raises SurveyError for a line that has no length at all.
    """
    points, owner = shapely.get_coordinates(lines, return_index=True)
    start, end, line = points[:-1], points[1:], owner[:-1]
    delta = end - start
    length = np.hypot(delta[:, 0], delta[:, 1])
    keep = length > 0.0
    if len(lines) > 1:
        keep &= owner[1:] == line
    if np.count_nonzero(keep) < len(keep):  # a quarter of what keep.all() costs on a dozen
        start, delta, length, line = start[keep], delta[keep], length[keep], line[keep]
    while np.count_nonzero(length > LONGEST_SEGMENT_M):
        start, delta, length, line = _halve_long(start, delta, length, line)
    return _assemble(start, delta, length, line, grid, len(lines))


def _halve_long(
    start: Floats, delta: Floats, length: Floats, line: Indices
) -> tuple[Floats, Floats, Floats, Indices]:
    parts = np.where(length > LONGEST_SEGMENT_M, 2, 1)
    second = np.zeros(int(parts.sum()), dtype=bool)
    second[parts.cumsum()[parts == 2] - 1] = True
    delta_m = np.repeat(delta / parts[:, None], parts, axis=0)
    start_m = np.repeat(start, parts, axis=0)
    start_m[second] += delta_m[second]
    return start_m, delta_m, np.repeat(length / parts, parts), np.repeat(line, parts)


def _assemble(
    start: Floats, delta: Floats, grid_length_m: Floats, line: Indices, grid: Grid, count: int
) -> Polylines:
    per_line = np.bincount(line, minlength=count)
    if np.count_nonzero(per_line) < count:
        raise SurveyError("A line needs two different points.")
    middle = start + 0.5 * delta
    length_m = grid_length_m / grid.factor_at(middle[:, 0], middle[:, 1])
    first = np.zeros(count + 1, dtype=np.intp)
    first[1:] = per_line.cumsum()
    summed = length_m.cumsum() - length_m
    return Polylines(
        start=start,
        direction=delta / grid_length_m[:, None],
        grid_length_m=grid_length_m,
        length_m=length_m,
        before_m=summed - summed[first[line]],
        line=line,
        first=first,
    )

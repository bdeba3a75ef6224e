"""Where several routes run beside one of them: the stretch that they can share."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString
from shapely.ops import substring

# Beside a stretch a line has to be about as long as the stretch: one that crosses it is not.
_LEAST_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Run:
    """Where a line runs beside the spine, in grid metres along it; ``turned``: drawn against it."""

    from_m: float
    to_m: float
    turned: bool


@dataclass(frozen=True)
class Stretch:
    """A stretch of one route, the spine, beside which others run; rows of routes.

    ``turned`` are the rows of lines that were drawn against the spine.
    """

    spine: int
    from_m: float
    to_m: float
    rows: tuple[int, ...]
    turned: frozenset[int]

    @property
    def shared_m(self) -> float:
        """Metres of trench that need not be dug if all share one."""
        return (len(self.rows) - 1) * (self.to_m - self.from_m)


def best_stretch(lines: Mapping[int, LineString], reach_m: float, along_m: float) -> Stretch | None:
    """The stretch that shares most, over every line as the spine; None where there is none."""
    found = [
        stretch
        for spine in lines
        if (stretch := _along(spine, lines, reach_m, along_m)) is not None
    ]
    return max(found, key=lambda one: (one.shared_m, -one.spine), default=None)


def spines(
    stretch: Stretch, lines: Mapping[int, LineString], reach_m: float
) -> tuple[Stretch, ...]:
    """The same members along every one of them that can be the spine of all."""
    rows = {row: lines[row] for row in stretch.rows}
    found = []
    for spine in stretch.rows:
        runs = _runs(spine, rows, reach_m)
        from_m = max(run.from_m for run in runs.values())
        to_m = min(run.to_m for run in runs.values())
        if len(runs) == len(rows) and to_m > from_m:
            found.append(_stretch(spine, runs, from_m, to_m))
    return tuple(found)


def _along(
    spine: int, lines: Mapping[int, LineString], reach_m: float, along_m: float
) -> Stretch | None:
    runs = _runs(spine, lines, reach_m)
    best: Stretch | None = None
    begins, ends = ({getattr(run, name) for run in runs.values()} for name in ("from_m", "to_m"))
    for from_m, to_m in itertools.product(sorted(begins), sorted(ends)):
        members = {
            row: run for row, run in runs.items() if run.from_m <= from_m and run.to_m >= to_m
        }
        if to_m - from_m < along_m or len(members) < 2:
            continue
        found = _stretch(spine, members, from_m, to_m)
        if best is None or found.shared_m > best.shared_m:
            best = found
    return best


def _stretch(spine: int, runs: Mapping[int, Run], from_m: float, to_m: float) -> Stretch:
    turned = frozenset(row for row, run in runs.items() if run.turned)
    return Stretch(spine, from_m, to_m, tuple(sorted(runs)), turned)


def _runs(spine: int, lines: Mapping[int, LineString], reach_m: float) -> dict[int, Run]:
    """Where each line runs beside the spine, the spine itself from end to end."""
    axis = lines[spine]
    runs = {spine: Run(0.0, axis.length, False)}
    for row, line in lines.items():
        run = None if row == spine else run_beside(axis, line, reach_m)
        if run is not None:
            runs[row] = run
    return runs


def run_beside(spine: LineString, line: LineString, reach_m: float) -> Run | None:
    """The longest stretch of the spine beside which the line runs within reach; grid metres."""
    zone = shapely.buffer(line, reach_m, cap_style="flat")
    parts = shapely.get_parts(shapely.line_merge(shapely.intersection(spine, zone)))
    runs = [run for part in parts if (run := _run_of(spine, line, part)) is not None]
    return max(runs, key=lambda run: run.to_m - run.from_m, default=None)


def _run_of(spine: LineString, line: LineString, part: shapely.Geometry) -> Run | None:
    if not isinstance(part, LineString) or part.length == 0.0:
        return None
    begin_m, end_m = sorted(float(spine.project(shapely.Point(part.coords[k]))) for k in (0, -1))
    places = [spine.interpolate(begin_m), spine.interpolate(end_m)]
    first_m, last_m = (float(line.project(place)) for place in places)
    if end_m <= begin_m or abs(last_m - first_m) < _LEAST_SHARE * (end_m - begin_m):
        return None
    return Run(begin_m, end_m, last_m < first_m)


def lateral_m(spine: LineString, at_m: float, line: LineString) -> float:
    """How far a line lies to the left of the spine at a place along it; negative to the right."""
    place = shapely.get_coordinates(spine.interpolate(at_m))[0]
    nearest = shapely.get_coordinates(shapely.shortest_line(spine.interpolate(at_m), line))[1]
    ahead = direction_at(spine, at_m)
    away = nearest - place
    return float(ahead[0] * away[1] - ahead[1] * away[0])


def direction_at(line: LineString, at_m: float) -> np.ndarray:
    """The unit vector of a line at a place along it, in grid metres; at a bend, of what follows."""
    points = shapely.get_coordinates(line)
    delta = np.diff(points, axis=0)
    length = np.hypot(delta[:, 0], delta[:, 1])
    ends = np.cumsum(length)
    segment = min(int(np.searchsorted(ends, at_m, side="right")), len(length) - 1)
    unit: np.ndarray = delta[segment] / length[segment]
    return unit


def cut(line: LineString, from_m: float, to_m: float) -> LineString:
    """The part of a line between two places along it, in grid metres."""
    part = substring(line, from_m, to_m)
    if not isinstance(part, LineString):
        raise ValueError(f"No line lies between {from_m} m and {to_m} m.")
    return part

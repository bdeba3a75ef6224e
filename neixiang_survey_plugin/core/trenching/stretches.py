"""Where several routes run beside one of them: the stretch that they can share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Geometry, LineString
from shapely.ops import substring

from neixiang_survey_plugin.core.features import Geometries

# Beside a stretch a line has to be about as long as the stretch: one that crosses it is not.
_LEAST_SHARE = 0.7
_ROUNDING = 1.0 + 1e-9  # lines at the very reach of each other are held against each other


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


class SharedStretches:
    """The stretches that some lines can share, while more and more of them are taken out.

    Where two lines run beside each other is found once, for those that are near: of 500 lines a
    metre apart that was 0.1 ms for each of 250,000 pairs, again after every stretch. ``pause``
    is called every few milliseconds: what it raises ends the search.
    """

    def __init__(
        self,
        lines: Mapping[int, LineString],
        reach_m: float,
        along_m: float,
        pause: Callable[[], None] = lambda: None,
    ) -> None:
        self._along_m, self._pause = along_m, pause
        self._runs: dict[int, dict[int, Run]] = {}
        self._best: dict[int, Stretch | None] = {}
        rows, courses = list(lines), np.array([*lines.values()], dtype=np.object_)
        zones = _zones(courses, reach_m)
        tree = shapely.STRtree(courses)
        for place, (row, line) in enumerate(lines.items()):
            pause()
            runs = {row: Run(0.0, line.length, False)}
            near = tree.query(line, "dwithin", reach_m * _ROUNDING)
            for other in np.sort(near[near != place]).tolist():
                run = _run_within(line, courses[other], zones[other])
                if run is not None:
                    runs[rows[other]] = run
            self._runs[row] = runs

    def best(self) -> Stretch | None:
        """The stretch that shares most, over every line as the spine; None where there is none."""
        for spine in self._runs.keys() - self._best.keys():
            self._pause()
            self._best[spine] = _along(spine, self._runs[spine], self._along_m)
        found = [one for one in self._best.values() if one is not None]
        return max(found, key=lambda one: (one.shared_m, -one.spine), default=None)

    def take_out(self, rows: Iterable[int]) -> None:
        """Go on without some lines."""
        gone = set(rows)
        for row in gone:
            del self._runs[row]
            self._best.pop(row, None)
        for spine, runs in self._runs.items():
            if not gone.isdisjoint(runs):
                self._runs[spine] = {row: run for row, run in runs.items() if row not in gone}
                self._best.pop(spine, None)


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


def _along(spine: int, runs: Mapping[int, Run], along_m: float) -> Stretch | None:
    """The stretch of a spine that shares most: the first of several, from its beginning on."""
    from_m = np.array([run.from_m for run in runs.values()])
    to_m = np.array([run.to_m for run in runs.values()])
    begin, end = np.unique(from_m)[:, None], np.unique(to_m)
    # how many lines run beside each stretch from a beginning to an end
    members = (from_m <= begin).astype(int) @ (to_m >= end[:, None]).astype(int).T
    shared_m = (members - 1) * (end - begin)
    shared_m[(end - begin < along_m) | (members < 2)] = -np.inf
    first, last = np.unravel_index(int(np.argmax(shared_m)), shared_m.shape)
    if shared_m[first, last] == -np.inf:
        return None
    ends_m = float(begin[first, 0]), float(end[last])
    beside = {
        row: run for row, run in runs.items() if run.from_m <= ends_m[0] and run.to_m >= ends_m[1]
    }
    return _stretch(spine, beside, *ends_m)


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
    (zone,) = _zones(np.array([line], dtype=np.object_), reach_m)
    return _run_within(spine, line, zone)


def _zones(lines: Geometries, reach_m: float) -> Geometries:
    """The ground within reach of each line, beside it."""
    zones: Geometries = shapely.buffer(lines, reach_m, cap_style="flat")
    return zones


def _run_within(spine: LineString, line: LineString, zone: Geometry) -> Run | None:
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

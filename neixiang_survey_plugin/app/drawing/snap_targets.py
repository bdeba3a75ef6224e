"""What a pointer may be drawn to: the county's edges and mains, and the lines of the survey."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString, MultiLineString

from neixiang_survey_plugin.app.drawing.nearby import Nearby
from neixiang_survey_plugin.app.map_host import Point, Snap
from neixiang_survey_plugin.app.moving_index import moving_index

# The layers whose outlines are worth meeting, and what each is called when it is met.
SNAPPED_LAYERS: Mapping[str, Snap] = {
    "pipelines": Snap.MAIN,
    "sites": Snap.SITE,
    "roads": Snap.EDGE,
    "surfaces": Snap.EDGE,
    "green_spaces": Snap.EDGE,
    "buildings": Snap.EDGE,
}


@dataclass(frozen=True, slots=True)
class Target:
    """A line near the pointer: an outline of a layer, a main or a route, and its identifier."""

    kind: Snap
    layer: str
    name: str
    line: Geometry


# A road of 100,000 vertices took 25 ms at each move of the pointer: its outline was made and every
# one of its segments asked how far away it lies.
_MANY = 500


def near_part(target: Target, at: Point, within_m: float) -> Target:
    """A target of many vertices without its segments that lie farther from a place, in metres."""
    if shapely.get_num_coordinates(target.line) < _MANY:
        return target
    points, part = shapely.get_coordinates(shapely.get_parts(target.line), return_index=True)
    one, other, place = points[:-1], points[1:], np.array(at)
    near = (part[:-1] == part[1:]) & (
        (np.minimum(one, other) <= place + within_m) & (np.maximum(one, other) >= place - within_m)
    ).all(axis=1)
    if not near.any():
        return target
    turns = np.diff(near, prepend=False, append=False).nonzero()[0].reshape(-1, 2)
    runs = [LineString(points[first : beyond + 1]) for first, beyond in turns.tolist()]
    return replace(target, line=MultiLineString(runs))


def layer_targets(nearby: Nearby, layer: str, at: Point, within_m: float) -> Iterator[Target]:
    """The outlines and lines of one layer within a distance of a place, the nearest first."""
    rows = nearby.parts(layer, at, within_m)
    if not len(rows):
        return
    table = nearby.layers[layer]
    lines = table.geometry[rows]
    polygons = shapely.get_dimensions(lines) == 2
    large = polygons & (shapely.get_num_coordinates(lines) >= _MANY)
    polygons &= ~large
    lines[polygons] = shapely.boundary(lines[polygons])
    for number in large.nonzero()[0].tolist():
        lines[number] = nearby.outline(layer, int(rows[number]))
    away = shapely.distance(lines, shapely.Point(at))
    for near in np.argsort(away, kind="stable").tolist():
        if away[near] > within_m:
            return
        name = str(table.ids[table.feature[rows[near]]])
        yield Target(SNAPPED_LAYERS[layer], layer, name, lines[near])


class MovingTargets:
    """The lines of the survey, in an index that follows every edit."""

    def __init__(self) -> None:
        self._index = moving_index()
        self._lines: dict[str, LineString] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._lines

    def put(self, name: str, line: LineString) -> None:
        """Add a line, or move it."""
        self._lines[name] = line
        self._index.put(name, line.bounds)

    def put_all(self, lines: Mapping[str, LineString]) -> None:
        """Add lines, or move them: their boxes are worked out together."""
        boxes = shapely.bounds(np.array(list(lines.values()), dtype=object)).reshape(-1, 4)
        self._lines.update(lines)
        edges = zip(lines, boxes.tolist(), strict=True)
        self._index.put_all(
            {one: (west, south, east, north) for one, (west, south, east, north) in edges}
        )

    def remove(self, name: str) -> None:
        """Take a line away; KeyError when there is none."""
        del self._lines[name]
        self._index.remove(name)

    def remove_all(self, names: Iterable[str]) -> None:
        """Take those lines away that are there."""
        there = self._lines.keys() & names
        for name in there:
            del self._lines[name]
        self._index.remove_all(there)

    def near(self, at: Point, within_m: float) -> Iterator[Target]:
        """The lines within a distance of a place, the nearest first."""
        point = shapely.Point(at)
        box = at[0] - within_m, at[1] - within_m, at[0] + within_m, at[1] + within_m
        away = {name: self._lines[name].distance(point) for name in self._index.near(box)}
        for name in sorted(away, key=lambda one: (away[one], one)):
            if away[name] <= within_m:
                yield Target(Snap.EDGE, "routes", name, self._lines[name])


def nearest_vertex(target: Target, at: Point) -> tuple[float, Point]:
    """How far the nearest vertex of a target lies, and where."""
    points: NDArray[np.float64] = shapely.get_coordinates(target.line)
    away = np.hypot(points[:, 0] - at[0], points[:, 1] - at[1])
    nearest = int(np.argmin(away))
    return float(away[nearest]), (float(points[nearest, 0]), float(points[nearest, 1]))


def nearest_place(line: Geometry, at: Point) -> Point:
    """The place on a line that lies nearest."""
    on = shapely.get_coordinates(shapely.shortest_line(line, shapely.Point(at)))[0]
    return float(on[0]), float(on[1])


def segment_at(line: Geometry, at: Point) -> tuple[Point, Point]:
    """The ends of the segment of a line that lies nearest to a place."""
    best: tuple[float, tuple[Point, Point]] | None = None
    for part in shapely.get_parts(line):
        points = shapely.get_coordinates(part)
        away_m = _away_m(points, at)
        row = int(np.argmin(away_m))
        if best is None or away_m[row] < best[0]:
            best = float(away_m[row]), (_pair(points[row]), _pair(points[row + 1]))
    assert best is not None  # a line has at least one segment
    return best[1]


def segment_number(line: LineString, at: Point) -> int:
    """The number of the segment of one line that lies nearest to a place, the first of several."""
    return int(np.argmin(_away_m(shapely.get_coordinates(line), at)))


def _away_m(points: NDArray[np.float64], at: Point) -> NDArray[np.float64]:
    """How far a place lies from each segment between points."""
    place, start, step = np.array(at), points[:-1], np.diff(points, axis=0)
    squared = np.maximum((step**2).sum(axis=1), 1e-18)
    share = np.clip(((place - start) * step).sum(axis=1) / squared, 0.0, 1.0)
    away_m: NDArray[np.float64] = np.hypot(*(start + share[:, None] * step - place).T)
    return away_m


def _pair(point: NDArray[np.float64]) -> Point:
    return float(point[0]), float(point[1])

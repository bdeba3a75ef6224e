"""The same measures by another way: geopandas and geodesics, one route after the other.

Nothing of ``core`` is used here. Each segment is intersected with each road by GEOS and the
pieces are laid along the route; metres are geodesics, areas lie in an equal-area projection.
Roads are grown by ``NOISE_M`` first, so that a boundary shared to the nanometre is shared; what
is shorter than ``POINT_M`` after that is a point, what is nearer than ``FLUSH_M`` may touch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import geopandas
import numpy as np
import pandas
import pyproj
import shapely
from shapely import LineString, Point
from shapely.geometry.base import BaseGeometry

NOISE_M = 2e-8
POINT_M = 5e-5
FLUSH_M = 1e-6
Ranges = list[tuple[float, float]]
Xy = tuple[float, float]


class Earth(Protocol):
    """What turns grid metres into true ones."""

    def lengths_m(self, points: Sequence[Xy]) -> list[float]:
        """True length of each step from point to point."""

    def area_m2(self, patch: BaseGeometry) -> float:
        """True area of a patch."""


class Flat:
    """A plane."""

    def lengths_m(self, points: Sequence[Xy]) -> list[float]:
        return [float(np.hypot(b[0] - a[0], b[1] - a[1])) for a, b in pairwise(points)]

    def area_m2(self, patch: BaseGeometry) -> float:
        return float(patch.area)


class Ellipsoid:
    """The ellipsoid under a projected grid: geodesics, and an equal-area projection at hand."""

    def __init__(self, epsg: int) -> None:
        self._crs = pyproj.CRS.from_epsg(epsg)
        geod = self._crs.get_geod()
        assert geod is not None
        self._geod = geod
        self._to_angles = pyproj.Proj(self._crs)
        self._equal_area: dict[tuple[int, int], pyproj.Transformer] = {}

    def lengths_m(self, points: Sequence[Xy]) -> list[float]:
        east, north = zip(*points, strict=True)
        lon, lat = self._to_angles(east, north, inverse=True)
        return [float(one) for one in self._geod.line_lengths(lon, lat)]

    def area_m2(self, patch: BaseGeometry) -> float:
        if patch.is_empty:
            return 0.0
        centre = patch.centroid
        # one projection for every ten kilometres: it is equal-area everywhere
        key = round(centre.x / 1e4), round(centre.y / 1e4)
        if key not in self._equal_area:
            lon, lat = self._to_angles(key[0] * 1e4, key[1] * 1e4, inverse=True)
            laea = pyproj.CRS.from_dict({
                "proj": "laea", "lat_0": lat, "lon_0": lon,
                "a": self._geod.a, "rf": 1.0 / self._geod.f,
            })  # fmt: skip
            self._equal_area[key] = pyproj.Transformer.from_crs(self._crs, laea, always_xy=True)
        moved = shapely.transform(patch, self._equal_area[key].transform, interleaved=False)
        return float(moved.area)


@dataclass(frozen=True)
class Stretch:
    """A continuous stretch of a route inside a road, in true metres along it."""

    road_id: str
    kind: str
    from_m: float
    to_m: float


@dataclass(frozen=True)
class Expected:
    """What a route measures; ``flush`` are roads that its ground meets within float noise."""

    length_m: float
    stretches: tuple[Stretch, ...]
    across_m: float
    longest_m: float
    inside_m: float
    touched: frozenset[str]
    flush: frozenset[str]
    green_m2: float
    green_each_m2: dict[str, float]


def expected_measures(
    routes: geopandas.GeoDataFrame,
    roads: geopandas.GeoDataFrame,
    greens: geopandas.GeoDataFrame,
    earth: Earth,
) -> list[Expected]:
    """What each route measures on these layers, all in the county grid.

    ``routes`` has the columns ``working_width_m``, ``pit_length_m``, ``pit_width_m`` (NaN where
    unknown; unknown pits take no ground) and ``bores`` (lists of pairs of metres); ``roads``
    road_id, road_class, width_m, with lines only where the width is known; ``greens`` green_id.
    """
    areas = road_areas(roads)
    return [_expected(row, areas, greens, earth) for _, row in routes.iterrows()]


def road_areas(roads: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Roads as areas, with ``mean_width_m``: given, or twice the area over the perimeter."""
    shapes = [
        _area(shape, width) for shape, width in zip(roads.geometry, roads.width_m, strict=True)
    ]
    areas = roads.set_geometry(geopandas.GeoSeries(shapes, index=roads.index, crs=roads.crs))
    mean = 2.0 * areas.area / areas.length.where(areas.length > 0)
    return areas.assign(mean_width_m=roads.width_m.astype(float).fillna(mean))


def _area(shape: BaseGeometry, width_m: float) -> BaseGeometry:
    if shape.geom_type.endswith("Polygon"):
        return shape
    flat = {"cap_style": "flat", "join_style": "round", "quad_segs": 16}
    return shape.buffer(width_m / 2, **flat)


class _Course:
    """One route as points with true metres from its start."""

    def __init__(self, line: LineString, earth: Earth) -> None:
        self.points: list[Xy] = [line.coords[0][:2]]
        for point in line.coords[1:]:
            if point[:2] != self.points[-1]:
                self.points.append(point[:2])
        self.true_m = [0.0, *np.cumsum(earth.lengths_m(self.points)).tolist()]
        steps = np.diff(np.array(self.points), axis=0)
        self.grid_m = [0.0, *np.cumsum(np.hypot(steps[:, 0], steps[:, 1])).tolist()]
        # Subtracting whole metres is exact, and leaves room for growing by some nanometres.
        self.origin = np.floor(self.points[0])
        self.local = [
            (east - self.origin[0], north - self.origin[1]) for east, north in self.points
        ]

    def nearby(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape seen from the route's origin."""
        return shapely.transform(shape, lambda points: points - self.origin)

    def inside(self, area: BaseGeometry) -> Iterator[tuple[float, float]]:
        """The pieces of segments in an area, as true metres; both seen from the origin."""
        for number, ends in enumerate(pairwise(self.local)):
            segment = LineString(ends)
            if area.intersects(segment):
                for part in shapely.get_parts(area.intersection(segment)):
                    places = [self._true_at(number, segment, one) for one in part.coords]
                    yield min(places), max(places)

    def _true_at(self, number: int, segment: LineString, place: Xy) -> float:
        low, high = self.true_m[number : number + 2]
        return low + segment.project(Point(place), normalized=True) * (high - low)

    def grid_at(self, true_m: float) -> float:
        return float(np.interp(true_m, self.true_m, self.grid_m))

    def turns_back(self, from_m: float, to_m: float) -> list[float]:
        """Where the course turns back over itself between two places, in grid metres."""
        steps = np.diff(np.array(self.points), axis=0)
        ahead, after = steps[:-1], steps[1:]
        double_m2 = np.abs(ahead[:, 0] * after[:, 1] - ahead[:, 1] * after[:, 0])
        longer_m = np.maximum(np.hypot(*ahead.T), np.hypot(*after.T))
        back = (double_m2 < FLUSH_M * longer_m) & ((ahead * after).sum(axis=1) < 0.0)
        at_m = np.array(self.grid_m[1:-1])[back]
        return [one for one in at_m.tolist() if from_m + FLUSH_M < one < to_m - FLUSH_M]

    def part(self, from_m: float, to_m: float) -> LineString:
        """The course between two places in grid metres, going straight on at both ends."""
        between = [
            point
            for at_m, point in zip(self.grid_m[1:-1], self.points[1:-1], strict=True)
            if from_m + FLUSH_M < at_m < to_m - FLUSH_M
        ]
        return LineString([self._point(from_m), *between, self._point(to_m)])

    def _point(self, grid_m: float) -> Xy:
        number = int(np.searchsorted(self.grid_m, grid_m, side="right")) - 1
        number = min(max(number, 0), len(self.points) - 2)
        start, end = (np.array(point) for point in self.points[number : number + 2])
        low, high = self.grid_m[number : number + 2]
        east, north = start + (end - start) * ((grid_m - low) / (high - low))
        return float(east), float(north)


def _expected(row: Any, areas: Any, greens: Any, earth: Earth) -> Expected:
    course = _Course(row.geometry, earth)
    grown = areas.iloc[areas.sindex.query(row.geometry.buffer(0.01))]
    stretches = [one for _, road in grown.iterrows() for one in _stretches(course, road)]
    counted = [
        one for one in stretches
        if areas.road_class[areas.road_id == one.road_id].iloc[0] != "other"
    ]  # fmt: skip
    across = [(one.from_m, one.to_m) for one in counted if one.kind != "along"]
    ground = _ground(course, row)
    touched, flush = _touched(ground, areas, {one.road_id for one in stretches})
    near = greens.iloc[greens.sindex.query(ground)]
    patches = near.assign(geometry=near.intersection(ground))
    each = patches.dissolve("green_id").geometry if len(patches) else patches.geometry
    return Expected(
        length_m=course.true_m[-1],
        stretches=tuple(sorted(stretches, key=lambda one: (one.road_id, one.from_m))),
        across_m=_total(across),
        longest_m=max((to_m - from_m for from_m, to_m in across), default=0.0),
        inside_m=_total((one.from_m, one.to_m) for one in counted),
        touched=touched,
        flush=flush,
        green_m2=earth.area_m2(patches.geometry.union_all()) if len(patches) else 0.0,
        green_each_m2={
            name: area_m2 for name, patch in each.items()
            if (area_m2 := earth.area_m2(patch)) > 0.0
        },
    )  # fmt: skip


def _stretches(course: _Course, road: Any) -> Iterator[Stretch]:
    area = course.nearby(road.geometry).buffer(NOISE_M, join_style="mitre")
    shapely.prepare(area)
    for from_m, to_m in _joined(course.inside(area)):
        if to_m - from_m > POINT_M:
            yield Stretch(road.road_id, _kind(course, road, from_m, to_m), from_m, to_m)


def _kind(course: _Course, road: Any, from_m: float, to_m: float) -> str:
    if to_m - from_m > 2.0 * road.mean_width_m + POINT_M:
        return "along"
    at_end = from_m < POINT_M or to_m > course.true_m[-1] - POINT_M
    return "into" if at_end else "across"


def _joined(pieces: Iterable[tuple[float, float]]) -> Ranges:
    found: Ranges = []
    for from_m, to_m in sorted(pieces):
        if found and from_m - found[-1][1] < POINT_M:
            found[-1] = found[-1][0], max(found[-1][1], to_m)
        else:
            found.append((from_m, to_m))
    return found


def _total(ranges: Iterable[tuple[float, float]]) -> float:
    total, reached = 0.0, -np.inf
    for from_m, to_m in sorted(ranges):
        total += max(to_m - max(from_m, reached), 0.0)
        reached = max(reached, to_m)
    return total


def _ground(course: _Course, row: Any) -> BaseGeometry:
    """What is dug: open stretches at working width, and pits."""

    def part(from_m: float, to_m: float, width_m: float) -> BaseGeometry:
        # A line that turns straight back has no mitre there; where it is cut in between, the last
        # bits of the cut would let GEOS draw one, up to five half widths long.
        ends = [from_m, *course.turns_back(from_m, to_m), to_m]
        return shapely.union_all([straight_on(a, b, width_m) for a, b in pairwise(ends)])

    def straight_on(from_m: float, to_m: float, width_m: float) -> BaseGeometry:
        flat = {"cap_style": "flat", "join_style": "mitre", "mitre_limit": 5.0}
        line = course.part(from_m, to_m)
        if line.is_closed and len(line.coords) > 3:
            # GEOS takes it for a ring, which has no flat ends: all but the last segment, and it
            open_parts = LineString(line.coords[:-1]), LineString(line.coords[-3:])
            return shapely.union_all([one.buffer(width_m / 2, **flat) for one in open_parts])
        return line.buffer(width_m / 2, **flat)

    bores = [(course.grid_at(a), course.grid_at(b)) for a, b in row.bores]
    edges = [0.0, *(edge for bore in sorted(bores) for edge in bore), course.grid_m[-1]]
    dug = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > FLUSH_M]
    shapes = [part(a, b, row.working_width_m) for a, b in dug]
    if not pandas.isna(row.pit_length_m) and not pandas.isna(row.pit_width_m):
        for a, b in bores:
            shapes.append(part(a - row.pit_length_m, a, row.pit_width_m))
            shapes.append(part(b, b + row.pit_length_m, row.pit_width_m))
    return shapely.union_all(shapes)


def _touched(
    ground: BaseGeometry, areas: Any, entered: set[str]
) -> tuple[frozenset[str], frozenset[str]]:
    near = areas.iloc[areas.sindex.query(ground.buffer(FLUSH_M))]
    surely = near[near.intersects(ground.buffer(-FLUSH_M))]
    perhaps = near[near.intersects(ground.buffer(FLUSH_M))]
    touched = entered | set(surely.road_id)
    return frozenset(touched), frozenset(set(perhaps.road_id) - touched)

"""Lengths, crossings and green of a line by another way: geopandas overlays and geodesics.

Nothing here is taken from the program that the sample is for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import geopandas as gpd
import numpy as np
from shapely import LineString, Point, Polygon, union_all
from shapely.geometry.base import BaseGeometry

from sample_county.curves import stretch
from sample_county.place import EPSG
from sample_county.truth import geodesic_area_m2, geodesic_length_m

_SAME_M = 1e-6
_NOT_COUNTED = "other"


@dataclass(frozen=True)
class Truth:
    """What one line measures; metres and square metres on the ellipsoid."""

    length_m: float
    crossing_total_m: float
    green_total_m2: float
    touched_roads: tuple[str, ...]


@dataclass(frozen=True)
class Trench:
    """How a line is dug: strip width, bores as metres along it, pits."""

    working_width_m: float
    bores_m: tuple[tuple[float, float], ...] = ()
    pit_m: tuple[float, float] | None = None


def measure(
    line: LineString, trench: Trench, roads: gpd.GeoDataFrame, greens: gpd.GeoDataFrame
) -> Truth:
    """Measure one line in grid metres against road areas and green spaces in grid metres."""
    near = roads[roads.intersects(line.buffer(30.0))]
    ground = dug_ground(line, trench)
    touched = [
        road.road_id
        for road in near.itertuples()
        if _more_than_a_point(road.geometry, ground) or _more_than_a_point(road.geometry, line)
    ]
    area = gpd.GeoDataFrame(geometry=list(_parts(ground)), crs=EPSG)
    inside = gpd.overlay(area, greens[["geometry"]], how="intersection", keep_geom_type=True)
    green_m2 = geodesic_area_m2(union_all(inside.geometry.to_numpy()))
    crossing_m = crossing_total(line, near[near.road_class != _NOT_COUNTED])
    return Truth(geodesic_length_m(line), crossing_m, green_m2, tuple(touched))


def _more_than_a_point(road: BaseGeometry, other: BaseGeometry) -> bool:
    met = road.intersection(other)
    return bool(met.length > _SAME_M or met.area > _SAME_M)


def _parts(geometry: BaseGeometry) -> Sequence[BaseGeometry]:
    return getattr(geometry, "geoms", [geometry])


def crossing_total(line: LineString, roads: gpd.GeoDataFrame) -> float:
    """Metres of line in its across and into stretches, each place along the line once."""
    counted: list[tuple[float, float]] = []
    for road in roads.itertuples():
        width_m = road.width_m if np.isfinite(road.width_m) else _mean_width(road.geometry)
        counted += [
            (a, b) for a, b in stretches(line, road.geometry) if is_crossing(line, a, b, width_m)
        ]
    pieces = [stretch(line, a, b) for a, b in joined(counted)]
    return float(sum(geodesic_length_m(piece) for piece in pieces))


def is_crossing(line: LineString, a: float, b: float, width_m: float) -> bool:
    """Whether a stretch counts as across or into: at most twice the road's width long."""
    true_m = geodesic_length_m(stretch(line, a, b))
    return true_m <= 2 * width_m + 1e-5


def _mean_width(area: Polygon) -> float:
    return float(2 * area.area / area.length)


def stretches(line: LineString, road: Polygon) -> list[tuple[float, float]]:
    """Where a line is inside a road, as grid metres along it, side by side pieces joined.

    The line is taken segment by segment: as a whole, one that doubles back would lose its way.
    """
    points = list(line.coords)
    segments = [LineString(pair) for pair in pairwise(points)]
    starts = np.concatenate([[0.0], np.cumsum([s.length for s in segments])])
    frame = gpd.GeoDataFrame({"start": starts[:-1]}, geometry=segments, crs=EPSG)
    mask = gpd.GeoDataFrame(geometry=[road], crs=EPSG)
    inside = gpd.overlay(frame, mask, how="intersection", keep_geom_type=False).explode()
    found = []
    for row in inside.itertuples():
        if isinstance(row.geometry, LineString) and row.geometry.length > _SAME_M:
            first = Point(points[int(np.searchsorted(starts, row.start))])
            ends = [first.distance(Point(p)) for p in row.geometry.coords]
            found.append((row.start + min(ends), row.start + max(ends)))
    return joined(found)


def joined(intervals: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Overlapping and touching intervals made one."""
    out: list[tuple[float, float]] = []
    for a, b in sorted(intervals):
        if out and a <= out[-1][1] + _SAME_M:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out


def dug_ground(line: LineString, trench: Trench) -> BaseGeometry:
    """The working strip of the open-cut stretches and the pits of the bores."""
    factor = line.length / geodesic_length_m(line)
    bores = joined([(a * factor, min(b * factor, line.length)) for a, b in trench.bores_m])
    marks = [0.0, *(m for bore in bores for m in bore), line.length]
    half = trench.working_width_m / 2
    ground: list[BaseGeometry] = []
    for a, b in zip(marks[::2], marks[1::2], strict=True):
        if b - a > _SAME_M:
            open_cut = stretch(line, a, b)
            ground.append(
                open_cut.buffer(half, cap_style="flat", join_style="mitre", mitre_limit=5.0)
            )
    if trench.pit_m is not None:
        for a, b in bores:
            ground += [_pit(line, a, -1.0, trench.pit_m), _pit(line, b, 1.0, trench.pit_m)]
    return union_all(ground)


def _pit(line: LineString, at_m: float, way: float, pit_m: tuple[float, float]) -> BaseGeometry:
    """A pit on the line beyond one end of a bore, which must be straight there."""
    inner, end = line.interpolate(at_m - way * 1.0), line.interpolate(at_m)
    dx, dy = end.x - inner.x, end.y - inner.y
    far = Point(end.x + dx * pit_m[0], end.y + dy * pit_m[0])
    return LineString([end, far]).buffer(pit_m[1] / 2, cap_style="flat")

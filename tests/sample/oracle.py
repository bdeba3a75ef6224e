"""The same figures by another way: one geopandas overlay, pandas sums, geodesics of pyproj.

Nothing is taken from the program: neither its kernel nor its scale factors.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely
from shapely import LineString, Polygon
from shapely.geometry.base import BaseGeometry

CRS = "EPSG:4546"
_GEOD = pyproj.Geod(ellps="GRS80")
_TO_DEGREES = pyproj.Transformer.from_crs(CRS, "EPSG:4490", always_xy=True)
_TO_EQUAL_AREA = pyproj.Transformer.from_crs(
    CRS, "+proj=laea +lat_0=33.05 +lon_0=111.85 +ellps=GRS80 +units=m", always_xy=True
)
_SAME_M = 1e-6


def geodesic_m(points: np.ndarray) -> np.ndarray:
    """Geodesic length of each pair of points (k, 2, 2) in grid metres."""
    lon, lat = _TO_DEGREES.transform(points[..., 0], points[..., 1])
    return np.asarray(_GEOD.inv(lon[:, 0], lat[:, 0], lon[:, 1], lat[:, 1])[2])


def true_area_m2(area: BaseGeometry) -> float:
    """Area on the ellipsoid of a shape in grid metres: planar in an equal-area projection.

    Sums of geodesic excess are good to 1e-4 m2 only; an equal-area plane loses nothing, once
    the sides are cut short enough to stay straight.
    """
    cut = shapely.segmentize(area, 5.0)
    moved = shapely.transform(
        cut, lambda points: np.stack(_TO_EQUAL_AREA.transform(*points.T), axis=1)
    )
    return float(moved.area)


def segments_of(lines: Sequence[LineString]) -> gpd.GeoDataFrame:
    """One row a segment: whose it is, and the geodesic metres before it."""
    rows = []
    for route, line in enumerate(lines):
        points = np.asarray(line.coords)
        pairs = np.stack([points[:-1], points[1:]], axis=1)
        before = np.concatenate([[0.0], np.cumsum(geodesic_m(pairs))])
        rows += [
            {"route": route, "before": before[i], "start": tuple(a), "geometry": LineString([a, b])}
            for i, (a, b) in enumerate(pairwise(points))
        ]
    return gpd.GeoDataFrame(rows, crs=CRS)


def road_pieces(lines: Sequence[LineString], roads: gpd.GeoDataFrame) -> pd.DataFrame:
    """Every piece of every segment inside a road: route, road and metres from and to."""
    pieces = gpd.overlay(
        segments_of(lines),
        roads[["road_id", "road_class", "w", "geometry"]],
        how="intersection",
        keep_geom_type=True,
    ).explode(index_parts=False)
    ends = np.array([shapely.get_coordinates(piece)[[0, -1]] for piece in pieces.geometry])
    start = np.array(pieces.start.tolist())
    reach = [
        geodesic_m(np.stack([start, ends[:, side]], axis=1)) + pieces.before.to_numpy()
        for side in (0, 1)
    ]
    pieces["a"], pieces["b"] = np.minimum(*reach), np.maximum(*reach)
    return pieces[pieces.b - pieces.a > _SAME_M][["route", "road_id", "road_class", "w", "a", "b"]]


def stretches(pieces: pd.DataFrame) -> pd.DataFrame:
    """Pieces of one route in one road that follow each other, as one stretch with its kind."""
    rows = []
    for (route, road_id), group in pieces.groupby(["route", "road_id"]):
        for a, b in joined(group[["a", "b"]].to_numpy().tolist()):
            first = group.iloc[0]
            rows.append((route, road_id, first.road_class, a, b, b - a > 2 * first.w + 1e-6))
    return pd.DataFrame(rows, columns=["route", "road_id", "road_class", "a", "b", "along"])


def totals(found: pd.DataFrame, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Metres across and inside of each route, each place once, lanes not counted."""
    counted = found[found.road_class != "other"]
    across, inside = np.zeros(count), np.zeros(count)
    for route, group in counted.groupby("route"):
        crossing = group[~group.along][["a", "b"]].to_numpy().tolist()
        across[int(route)] = sum(b - a for a, b in joined(crossing))
        inside[int(route)] = sum(b - a for a, b in joined(group[["a", "b"]].to_numpy().tolist()))
    return across, inside


def joined(intervals: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """Overlapping and touching intervals made one."""
    out: list[tuple[float, float]] = []
    for a, b in sorted(map(tuple, intervals)):
        if out and a <= out[-1][1] + _SAME_M:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out


def touched(
    lines: Sequence[LineString], strips: Sequence[Polygon], roads: gpd.GeoDataFrame
) -> list[set[str]]:
    """The roads that each strip or line meets with more than a point."""
    found: list[set[str]] = [set() for _ in lines]
    for shapes in (lines, strips):
        frame = gpd.GeoDataFrame({"route": range(len(shapes))}, geometry=list(shapes), crs=CRS)
        pairs = gpd.sjoin(frame, roads[["road_id", "geometry"]], predicate="intersects")
        for route, road in zip(pairs.route, pairs.index_right, strict=True):
            met = shapes[route].intersection(roads.geometry.iloc[road])
            if met.length > _SAME_M:
                found[route].add(roads.road_id.iloc[road])
    return found


def green_m2(strips: Sequence[Polygon], greens: gpd.GeoDataFrame) -> np.ndarray:
    """Green space under each strip, each place once."""
    frame = gpd.GeoDataFrame({"route": range(len(strips))}, geometry=list(strips), crs=CRS)
    patches = gpd.overlay(frame, greens[["geometry"]], how="intersection", keep_geom_type=True)
    result = np.zeros(len(strips))
    for route, group in patches.groupby("route"):
        result[int(route)] = true_area_m2(shapely.union_all(group.geometry.to_numpy()))
    return result

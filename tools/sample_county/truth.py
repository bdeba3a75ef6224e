"""The projection's own scale factor and true lengths and areas, from pyproj alone."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Geod, Proj, Transformer
from shapely import LineString, Polygon, get_parts, transform
from shapely.geometry.base import BaseGeometry

from sample_county.curves import G
from sample_county.place import EPSG, ORIGIN_E_M, ORIGIN_N_M, Point2


@cache
def _projection() -> tuple[Proj, Transformer, Geod]:
    crs = CRS.from_epsg(EPSG)
    geographic = crs.geodetic_crs
    if geographic is None:
        raise ValueError(f"EPSG:{EPSG} has no geographic base")
    to_degrees = Transformer.from_crs(crs, geographic, always_xy=True)
    return Proj(crs), to_degrees, crs.get_geod() or Geod(ellps="GRS80")


def grid_factor(a: Point2, b: Point2) -> float:
    """Grid length over true length halfway between two points in town metres."""
    proj, to_degrees, _ = _projection()
    east, north = (a[0] + b[0]) / 2 + ORIGIN_E_M, (a[1] + b[1]) / 2 + ORIGIN_N_M
    lon, lat = to_degrees.transform(east, north)
    return float(proj.get_factors(lon, lat).meridional_scale)


def geodesic_length_m(line: LineString) -> float:
    """Metres on the ellipsoid of a line in grid metres: geodesics from vertex to vertex."""
    _, _, geod = _projection()
    return float(geod.line_length(*_degrees(line).xy))


def geodesic_area_m2(ground: BaseGeometry) -> float:
    """Square metres on the ellipsoid of polygons in grid metres, edges as geodesics."""
    _, _, geod = _projection()
    polygons = [p for p in get_parts(ground) if isinstance(p, Polygon)]
    return sum(abs(float(geod.geometry_area_perimeter(_degrees(p))[0])) for p in polygons)


def _degrees(geometry: G) -> G:
    _, to_degrees, _ = _projection()

    def turned(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(to_degrees.transform(xy[:, 0], xy[:, 1]))

    return transform(geometry, turned)

"""Fitting the point scale factor of the county grid."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.io.crs import look_up_crs
from neixiang_survey_plugin.io.placement import Box

if TYPE_CHECKING:
    from pyproj import CRS, Proj

Floats = NDArray[np.float64]

# A county seat's layers and whatever its routes reach: 60 km keeps the fit within 5e-10 and lets
# the same grid come out whichever of the layers are read. Snapped to 10 km for the same reason.
_LEAST_WIDTH_M = 60_000.0
_SNAP_M = 10_000.0
_LATTICE = 13  # points a side; the quadratic has six unknowns
_CONFORMAL_WITHIN = 1e-6
_PROBE_M = 500.0


def fit_grid(epsg: int, box: Box | None = None) -> Grid:
    """The county grid with its scale factor, good over a box and at least 60 x 60 km.

    ``box`` is in grid metres; without it the
    middle of the system's area of use serves. SurveyError when the system is unknown, not in
    metres, not projected, or not conformal: one factor a point then says too little.
    """
    from pyproj import Proj

    crs = county_crs(epsg)
    projection = Proj(crs)
    west, south, east, north = _widened(box or _middle_of_use(crs, projection))
    easting_m, northing_m = (
        axis.ravel()
        for axis in np.meshgrid(
            np.linspace(west, east, _LATTICE), np.linspace(south, north, _LATTICE)
        )
    )
    factor = _factors(projection, easting_m, northing_m)
    _refuse_unless_conformal(epsg, crs, projection, (west + east) / 2, (south + north) / 2)
    return Grid.fit(epsg, easting_m, northing_m, factor)


def county_crs(epsg: int) -> CRS:
    """The system of a county; SurveyError unless it is projected and in metres."""
    crs = look_up_crs(f"EPSG:{epsg}")
    units = {axis.unit_name for axis in crs.axis_info[:2]}
    if not crs.is_projected or units != {"metre"}:
        raise SurveyError(
            f"EPSG:{epsg}（{crs.name}）不是以米为单位的投影坐标系；县的坐标系要写投影坐标系，"
            "如 EPSG:4546（CGCS2000 / 3 度带，中央经线 111E）"
        )
    return crs


def _factors(projection: Proj, easting_m: Floats, northing_m: Floats) -> Floats:
    lon, lat = projection(easting_m, northing_m, inverse=True)
    factors = projection.get_factors(lon, lat)
    mean: Floats = (np.asarray(factors.meridional_scale) + np.asarray(factors.parallel_scale)) / 2
    return mean


def _refuse_unless_conformal(
    epsg: int, crs: CRS, projection: Proj, easting_m: float, northing_m: float
) -> None:
    """Scale along the grid's two axes, against geodesics.

    PROJ's own factors will not do: it calls Web Mercator conformal, which it is on a sphere only.
    """
    ellipsoid = crs.get_geod()
    if ellipsoid is None:
        raise SurveyError(f"EPSG:{epsg}（{crs.name}）没有椭球；请换一个投影坐标系")
    scales = []
    for east, north in ((_PROBE_M, 0.0), (0.0, _PROBE_M)):
        lon, lat = projection(
            [easting_m - east, easting_m + east],
            [northing_m - north, northing_m + north],
            inverse=True,
        )
        scales.append(2 * _PROBE_M / ellipsoid.line_length(lon, lat))
    if not abs(scales[0] - scales[1]) < _CONFORMAL_WITHIN:
        raise SurveyError(
            f"EPSG:{epsg}（{crs.name}）不是等角投影（两轴的长度比为 {scales[0]:.6f} 和 "
            f"{scales[1]:.6f}），不能按它量长度；请改用高斯-克吕格投影，如 EPSG:4546"
        )


def _widened(box: Box) -> Box:
    west, east = _widened_axis(box[0], box[2])
    south, north = _widened_axis(box[1], box[3])
    return west, south, east, north


def _widened_axis(low: float, high: float) -> tuple[float, float]:
    centre = round((low + high) / 2 / _SNAP_M) * _SNAP_M
    half = max(_LEAST_WIDTH_M / 2, math.ceil(max(high - centre, centre - low) / _SNAP_M) * _SNAP_M)
    return centre - half, centre + half


def _middle_of_use(crs: CRS, projection: Proj) -> Box:
    area = crs.area_of_use
    if area is None:
        raise SurveyError(f"{crs.name} 没有使用范围；请在县文件里至少写一个图层")
    east, north = projection((area.west + area.east) / 2, (area.south + area.north) / 2)
    return east, north, east, north

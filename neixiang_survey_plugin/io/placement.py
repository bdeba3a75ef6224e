"""Whether a layer lies where the county is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.io.crs import look_up_crs

if TYPE_CHECKING:
    from pyproj import Proj

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # west, south, east, north
Floats = NDArray[np.float64]

FAR_M = 50_000.0
# Counties at the edge of a zone are surveyed in it to their own border.
_BEYOND_AREA_OF_USE_DEG = 0.25
_RETURNS_WITHIN_M = 1.0


@dataclass(frozen=True)
class Placement:
    """The middle of a layer, in its own coordinates and in the county grid, and its box there."""

    crs: str
    own: Point
    grid: Point
    box: Box


def place_layer(own: Geometries, grid: Geometries, crs: str) -> Placement:
    """Where a layer lies; its middle is the median of its features: a single stray is nothing."""
    middle = _middle(grid)
    return Placement(crs, middle if own is grid else _middle(own), middle, box_of([grid]))


def box_of(layers: Iterable[Geometries]) -> Box:
    """The box around all shapes of some layers; at least one must have a shape."""
    boxes = np.array([shapely.total_bounds(geometry) for geometry in layers])
    west, south = boxes[:, :2].min(axis=0).tolist()
    east, north = boxes[:, 2:].max(axis=0).tolist()
    return west, south, east, north


def gap_m(bounds: Floats, box: Box) -> Floats:
    """Grid metres from each of some boxes (n, 4) to another box; 0 where they meet."""
    west, south, east, north = box
    across = np.maximum(np.maximum(west - bounds[:, 2], bounds[:, 0] - east), 0.0)
    along = np.maximum(np.maximum(south - bounds[:, 3], bounds[:, 1] - north), 0.0)
    result: Floats = np.hypot(across, along)
    return result


def rows_outside(grid: Geometries, epsg: int) -> NDArray[np.intp]:
    """Rows outside the area for which the county's system is made, by more than 0.25 degree."""
    bounds = shapely.bounds(grid)
    west, south = bounds[:, :2].min(axis=0)
    east, north = bounds[:, 2:].max(axis=0)
    corners = np.array([(west, south), (west, north), (east, south), (east, north)])
    if in_area_of_use(corners, epsg).all():
        return np.empty(0, dtype=np.intp)
    return np.flatnonzero(~in_area_of_use((bounds[:, :2] + bounds[:, 2:]) / 2, epsg))


def in_area_of_use(points: Floats, epsg: int) -> NDArray[np.bool_]:
    """Which points (n, 2) of the county grid lie where its system is meant to be used."""
    area = look_up_crs(f"EPSG:{epsg}").area_of_use
    if area is None:
        return np.isfinite(points.sum(axis=1))
    projection, margin = _projection(epsg), _BEYOND_AREA_OF_USE_DEG
    lon, lat = projection(points[:, 0], points[:, 1], inverse=True)
    inside = (lon >= area.west - margin) & (lon <= area.east + margin)
    inside &= (lat >= area.south - margin) & (lat <= area.north + margin)
    # Far out the inverse folds back onto the area; only what returns to itself lies there. What
    # is outside is held against a corner of the area, from which it is far.
    back = projection(np.where(inside, lon, area.west), np.where(inside, lat, area.south))
    with np.errstate(invalid="ignore"):
        off_m: Floats = np.abs(np.column_stack(back) - points).max(axis=1)
    return off_m < _RETURNS_WITHIN_M


def is_near(points: Floats, epsg: int, home: Box | None) -> bool:
    """Whether points (n, 2) lie within 50 km of a box of the county grid.

    Without a box they have to lie where the county's system is meant to be used.
    """
    if not np.isfinite(points).all():
        return False
    if home is None:
        return bool(in_area_of_use(points, epsg).all())
    return bool((gap_m(np.tile(points, 2), home) <= FAR_M).all())


@lru_cache(maxsize=8)
def _projection(epsg: int) -> Proj:
    from pyproj import Proj

    return Proj(look_up_crs(f"EPSG:{epsg}"))


def _middle(geometry: Geometries) -> Point:
    bounds = shapely.bounds(geometry)
    middle = np.median((bounds[:, :2] + bounds[:, 2:]) / 2, axis=0)
    return float(middle[0]), float(middle[1])

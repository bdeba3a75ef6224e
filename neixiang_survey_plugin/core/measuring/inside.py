"""How many metres of lines lie within an area, a line that doubles back both ways."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.grid import Grid


def cut_at_vertices(lines: Sequence[LineString]) -> Geometries:
    """Lines cut at every vertex: a line that doubles back is measured both ways."""
    pairs = [pair for line in lines for pair in zip(line.coords, line.coords[1:], strict=False)]
    return np.array([LineString(pair) for pair in pairs], dtype=np.object_)


def metres_inside(segments: Geometries, area: Geometry | None, grid: Grid) -> float:
    """Metres of segments within an area, on the ellipsoid; all of them without one."""
    inside = segments if area is None else shapely.intersection(segments, area)
    inside = inside[shapely.length(inside) > 0.0]
    if not len(inside):
        return 0.0
    middle = shapely.get_coordinates(shapely.centroid(inside))
    factor = grid.factor_at(middle[:, 0], middle[:, 1])
    return float((shapely.length(inside) / factor).sum())

"""Where in an area to point at it: the same place however its outline was worked out.

A patch of green that is measured again, or on another processor, has its corners a last bit off,
and a vertex more or less on a straight side. ``point_on_surface`` goes by those, and was up to
0.7 m off for the same patch.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import Geometry

_AS_LARGE = 1.0 - 1e-6  # what differs by less is as large, and the first of those is taken
_CLEAR_M = 1e-3  # a middle nearer to the outline is not within


def largest_of(sizes: Sequence[float]) -> int:
    """The number of the largest, of those that are as large the first; one at least."""
    most = max(sizes)
    return next(number for number, size in enumerate(sizes) if size >= _AS_LARGE * most)


def place_within(area: Geometry) -> tuple[float, float]:
    """The middle of an area's largest part; where that lies outside, a place level with it.

    Of parts as large it is the one furthest west, then south. East and north in metres.
    """
    parts = sorted(shapely.get_parts(area).tolist(), key=_from_west)
    part = parts[largest_of([float(shapely.area(one)) for one in parts])]
    middle = shapely.centroid(part)
    if shapely.within(middle, part) and shapely.distance(middle, part.boundary) > _CLEAR_M:
        return _place(middle)
    west, _, east, _ = part.bounds
    across = shapely.LineString([(west - 1.0, middle.y), (east + 1.0, middle.y)])
    found = shapely.get_parts(shapely.intersection(across, part)).tolist()
    stretches = sorted((one for one in found if one.length > _CLEAR_M), key=_from_west)
    if not stretches:
        return _place(shapely.point_on_surface(part))
    widest = stretches[largest_of([float(shapely.length(one)) for one in stretches])]
    return _place(shapely.line_interpolate_point(widest, 0.5, normalized=True))


def _from_west(shape: Geometry) -> tuple[float, float]:
    """West and south, in millimetres, so that a last bit decides nothing."""
    west, south, _, _ = np.round(shapely.bounds(shape), 3).tolist()
    return west, south


def _place(point: Geometry) -> tuple[float, float]:
    east_m, north_m = shapely.get_coordinates(point)[0].tolist()
    return east_m, north_m

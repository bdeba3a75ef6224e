"""How much green space a route's ground occupies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely
from shapely import Geometry

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.areas import AreaLayer
from neixiang_survey_plugin.core.measuring.frames import TOLERANCE_M
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes
from neixiang_survey_plugin.core.measuring.nearby import near_lines
from neixiang_survey_plugin.core.measuring.overlay import common, joined
from neixiang_survey_plugin.core.measuring.patchwork import Patchwork
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices

_SAME_AREA_M2 = 1e-9  # patches that overlap by less are neighbours


class Patch(NamedTuple):
    """The ground of one strip on one part: ``area_m2`` on the ellipsoid, the rest on the grid."""

    feature: int
    part: int
    area_m2: float
    grid_m2: float
    outline_m: float
    pieces: int
    geometry: Geometry


@dataclass(frozen=True, eq=False)
class Occupied:
    """The patches of each strip, and the strips that areas lie beside.

    Beside is what they do not occupy but what lies within the layer's accuracy.
    """

    patches: list[list[Patch]]
    beside: frozenset[int]


def measure_occupation(
    strips: Patchwork, laid: LaidRoutes, layer: AreaLayer, grid: Grid
) -> Occupied:
    """Where strips along laid routes lie on the areas of a layer; a strip of None is nowhere."""
    strip, part = near_lines(laid.lines, layer.tree, laid.boxes)
    return occupy(strips, strip, part, layer, grid)


def occupy(
    strips: Patchwork, strip: Indices, part: Indices, layer: AreaLayer, grid: Grid
) -> Occupied:
    """As measure_occupation, for pairs of strip and part, each once and sorted."""
    areas = layer.areas[part]
    near = strips.near(strip, areas, layer.accuracy_m)
    within = ~shapely.is_missing(near)
    patches: list[list[Patch]] = [[] for _ in range(len(strips))]
    if not within.any():
        return Occupied(patches, frozenset())
    strip, part = strip[within], part[within]
    geometry = common(near[within], areas[within])
    grid_m2 = shapely.area(geometry)
    # a side that runs along an area leaves a sliver of some nanometres, or none, by rounding
    kept = grid_m2 > TOLERANCE_M / 2 * shapely.length(geometry)
    beside = frozenset(strip[~kept].tolist())
    if beside:
        strip, part, geometry, grid_m2 = strip[kept], part[kept], geometry[kept], grid_m2[kept]
    columns = (
        layer.feature[part],
        part,
        _on_the_ellipsoid(geometry, grid_m2, grid),
        grid_m2,
        shapely.length(geometry),
        shapely.get_num_geometries(geometry),
        geometry,
    )
    rows = zip(*(column.tolist() for column in columns), strict=True)
    for own, row in zip(strip.tolist(), rows, strict=True):
        patches[own].append(Patch(*row))
    return Occupied(patches, beside)


def ellipsoidal_area_m2(patch: Geometries, grid: Grid) -> Floats:
    """Areas on the ellipsoid: on the grid over the square of the factor at the centroid."""
    return _on_the_ellipsoid(patch, shapely.area(patch), grid)


def _on_the_ellipsoid(patch: Geometries, grid_m2: Floats, grid: Grid) -> Floats:
    centre = shapely.centroid(patch)
    factor = grid.factor_at(shapely.get_x(centre), shapely.get_y(centre))
    result: Floats = grid_m2 / (factor * factor)
    return result


def occupied_m2(patches: Sequence[Patch], grid: Grid) -> float:
    """The ground that one strip occupies, each place once."""
    total_m2 = sum([patch.area_m2 for patch in patches])
    if len(patches) > 1:
        geometry = np.array([patch.geometry for patch in patches], dtype=np.object_)
        if _boxes_overlap(geometry):
            total_m2 -= _counted_twice_m2(geometry, grid)
    return total_m2


def _boxes_overlap(patch: Geometries) -> bool:
    low_e, low_n, high_e, high_n = shapely.bounds(patch).T
    meet = (low_e[:, None] < high_e) & (low_n[:, None] < high_n)
    return int((meet & meet.T).sum()) > len(patch)


def _counted_twice_m2(patch: Geometries, grid: Grid) -> float:
    union = np.array([joined(patch)], dtype=np.object_)
    twice_m2 = float(shapely.area(patch).sum() - shapely.area(union[0]))
    if twice_m2 < _SAME_AREA_M2:
        return 0.0
    summed = float(ellipsoidal_area_m2(patch, grid).sum())
    return summed - float(ellipsoidal_area_m2(union, grid)[0])

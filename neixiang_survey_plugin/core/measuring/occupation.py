"""How much green space a route's ground occupies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.areas import AreaLayer
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes
from neixiang_survey_plugin.core.measuring.nearby import near_lines, prepare_where_many
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices, total_by_row

_SAME_AREA_M2 = 1e-9  # patches that overlap by less are neighbours


@dataclass(frozen=True, eq=False)
class OccupationTable:
    """The patch of each strip on each area, one row each, in order of strips.

    ``strip`` and ``feature`` are indices; ``area_m2`` lies on the ellipsoid, ``patch`` in the
    county grid. ``beside`` are the strips with an area that they do not occupy but that lies
    within the layer's accuracy.
    """

    strip: Indices
    feature: Indices
    area_m2: Floats
    patch: Geometries
    beside: Indices


def measure_occupation(
    strips: Geometries, laid: LaidRoutes, layer: AreaLayer, grid: Grid
) -> OccupationTable:
    """Where strips along laid routes lie on the areas of a layer; a strip of None is nowhere."""
    strip, part = near_lines(laid.lines, layer.tree, laid.boxes)
    areas = layer.areas[part]
    prepare_where_many(strips, strip)
    within = shapely.dwithin(strips[strip], areas, layer.accuracy_m)
    strip, part, areas = strip[within], part[within], areas[within]
    patch = shapely.intersection(strips[strip], areas)
    kept = shapely.area(patch) > 0.0
    beside, strip, patch = strip[~kept], strip[kept], patch[kept]
    area_m2 = ellipsoidal_area_m2(patch, grid)
    return OccupationTable(strip, layer.feature[part[kept]], area_m2, patch, beside)


def ellipsoidal_area_m2(patch: Geometries, grid: Grid) -> Floats:
    """Areas on the ellipsoid: on the grid over the square of the factor at the centroid."""
    if not len(patch):
        return np.zeros(0)
    centre = shapely.get_coordinates(shapely.centroid(patch))
    factor = grid.factor_at(centre[:, 0], centre[:, 1])
    result: Floats = shapely.area(patch) / (factor * factor)
    return result


def occupied_m2(table: OccupationTable, count: int, grid: Grid) -> Floats:
    """The occupied ground of each of ``count`` strips, each place once."""
    total_m2 = total_by_row(table.strip, table.area_m2, count)
    rows = np.bincount(table.strip, minlength=count)
    begin = rows.cumsum() - rows
    for strip in (rows > 1).nonzero()[0]:
        patch = table.patch[begin[strip] : begin[strip] + rows[strip]]
        if _boxes_overlap(patch):
            total_m2[strip] -= _counted_twice_m2(patch, grid)
    return total_m2


def _boxes_overlap(patch: Geometries) -> bool:
    low_e, low_n, high_e, high_n = shapely.bounds(patch).T
    meet = (low_e[:, None] < high_e) & (low_n[:, None] < high_n)
    return int((meet & meet.T).sum()) > len(patch)


def _counted_twice_m2(patch: Geometries, grid: Grid) -> float:
    union = np.array([shapely.union_all(patch)], dtype=np.object_)
    twice_m2 = float(shapely.area(patch).sum() - shapely.area(union[0]))
    if twice_m2 < _SAME_AREA_M2:
        return 0.0
    summed = float(ellipsoidal_area_m2(patch, grid).sum())
    return summed - float(ellipsoidal_area_m2(union, grid)[0])

"""The green space that very many routes occupy as columns: the figures of green_measures alone.

Square metres come from the outlines of the green spaces (``swept``), 20,000 routes in a tenth of
the time that drawing the strips and intersecting them takes. Where that is not provably the same
the strips are drawn.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely

from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.areas import AreaLayer
from neixiang_survey_plugin.core.measuring.frames import Mask
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes
from neixiang_survey_plugin.core.measuring.nearby import each_line_once
from neixiang_survey_plugin.core.measuring.occupation import occupied_m2, occupy
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices, summed
from neixiang_survey_plugin.core.measuring.strips import may_come_back
from neixiang_survey_plugin.core.measuring.swept import Pieces, swept_areas

_NO_AREA_M2 = 1e-9  # what rounding leaves where there is nothing
_SLIVER_M2 = 1e-3  # what may be a side that runs along an area, which is nothing


class GreenColumns(NamedTuple):
    """Every patch of a route on a part of a green space, by route; square metres, ellipsoidal.

    ``total_m2`` has a row a route and counts each place once.
    """

    route: Indices
    part: Indices
    area_m2: Floats
    total_m2: Floats


class _Patches(NamedTuple):
    route: Indices
    part: Indices
    area_m2: Floats


def swept_routes(laid: LaidRoutes) -> Mask:
    """The routes whose strip falls into pieces, one a segment: dug from end to end."""
    dug = ~(laid.uneven | np.isnan(laid.width_m))
    return dug & ~may_come_back(laid.centre)


def no_greens(count: int) -> GreenColumns:
    """No patch known of so many routes, and no total."""
    none = np.zeros(0, dtype=np.intp)
    return GreenColumns(none, none, np.zeros(0), np.full(count, np.nan))


def green_columns(
    laid: LaidRoutes,
    pieces: Pieces,
    swept: Mask,
    greens: AreaLayer,
    grid: Grid,
    pairs: tuple[Indices, Indices],
) -> GreenColumns:
    """What each route's working strip has of each green space, for pairs of segment and part.

    ``swept`` says for which routes the ``pieces`` of their strips serve.
    """
    segment, part = pairs
    cheap = swept[laid.lines.line[segment]]
    drawn = [each_line_once(laid.lines, segment[~cheap], part[~cheap])]
    found, doubtful = _sweep(laid, pieces, greens, grid, segment[cheap], part[cheap])
    drawn.append(doubtful)
    together = _lying_together(found, doubtful, greens)
    drawn.append((found.route[together], found.part[together]))
    found = _Patches(found.route[~together], found.part[~together], found.area_m2[~together])
    total_m2 = summed(found.route, found.area_m2, len(laid))
    route, part = (np.concatenate(both) for both in zip(*drawn, strict=True))
    exact = _draw(laid, greens, grid, route, part, total_m2)
    route = np.concatenate((found.route, exact.route))
    part = np.concatenate((found.part, exact.part))
    order = np.lexsort((part, route))
    area_m2 = np.concatenate((found.area_m2, exact.area_m2))
    return GreenColumns(route[order], part[order], area_m2[order], total_m2)


def _sweep(
    laid: LaidRoutes,
    pieces: Pieces,
    greens: AreaLayer,
    grid: Grid,
    segment: Indices,
    part: Indices,
) -> tuple[_Patches, tuple[Indices, Indices]]:
    """The patches that follow from outlines, and the pairs of route and part that do not."""
    lines = laid.lines
    key = lines.line[segment] << 32 | part
    order = np.lexsort((segment, key))
    key, segment, part = key[order], segment[order], part[order]
    common = swept_areas(lines, pieces, greens.outlines, segment, part)
    some = common.area_m2 > _NO_AREA_M2
    doubt = ~pieces.plain[segment] | (some & (common.area_m2 < _SLIVER_M2))
    pairs, group = np.unique(key, return_inverse=True)
    unsure = np.bincount(group, doubt, len(pairs)) > 0
    unsure |= _met_apart(segment[some], group[some], len(pairs))
    area_m2 = np.where(some, common.area_m2, 0.0)
    grid_m2, east, north = (
        summed(group, area_m2 * one, len(pairs))
        for one in (np.ones_like(area_m2), common.east_m, common.north_m)
    )
    kept = ~unsure & (grid_m2 > 0.0)
    grid_m2, east, north = grid_m2[kept], east[kept], north[kept]
    factor = grid.factor_at(east / grid_m2, north / grid_m2)
    found = _Patches(pairs[kept] >> 32, pairs[kept] & 0xFFFFFFFF, grid_m2 / (factor * factor))
    return found, (pairs[unsure] >> 32, pairs[unsure] & 0xFFFFFFFF)


def _met_apart(segment: Indices, group: Indices, count: int) -> Mask:
    """Groups with other segments than one, or two that follow each other: strips may overlap."""
    met = np.bincount(group, minlength=count)
    neighbours = (group[1:] == group[:-1]) & (segment[1:] == segment[:-1] + 1)
    beside = np.bincount(group[1:][neighbours], minlength=count)
    apart: Mask = (met > 2) | ((met == 2) & (beside == 0))
    return apart


def _lying_together(found: _Patches, doubtful: tuple[Indices, Indices], greens: AreaLayer) -> Mask:
    """Which patches found belong to a route that has two on green spaces which may overlap."""
    route, part = (np.concatenate(both) for both in zip(found[:2], doubtful, strict=True))
    order = route.argsort()
    route = route[order]
    low_e, low_n, high_e, high_n = shapely.bounds(greens.areas[part[order]]).T
    together = np.zeros(len(found.route), dtype=bool)
    apart = 1
    while np.count_nonzero(same := route[apart:] == route[:-apart]):
        one, other = slice(apart, None), slice(None, -apart)
        meet = same & (low_e[one] < high_e[other]) & (low_e[other] < high_e[one])
        meet &= (low_n[one] < high_n[other]) & (low_n[other] < high_n[one])
        together |= np.isin(found.route, route[one][meet])
        apart += 1
    return together


def _draw(
    laid: LaidRoutes,
    greens: AreaLayer,
    grid: Grid,
    route: Indices,
    part: Indices,
    total_m2: Floats,
) -> _Patches:
    """The patches of pairs of route and part by drawing strips; adds them to the totals."""
    rows, row = np.unique(route, return_inverse=True)
    order = np.lexsort((part, row))
    strips = laid.only(rows).strips
    patches = occupy(strips, row[order], part[order], greens, grid).patches
    for own, patched in zip(rows.tolist(), patches, strict=True):
        total_m2[own] += occupied_m2(patched, grid)
    found = [
        (own, patch.part, patch.area_m2)
        for own, patched in zip(rows.tolist(), patches, strict=True)
        for patch in patched
    ]
    columns = np.array(found, dtype=float).reshape(-1, 3).T
    return _Patches(columns[0].astype(np.intp), columns[1].astype(np.intp), columns[2])

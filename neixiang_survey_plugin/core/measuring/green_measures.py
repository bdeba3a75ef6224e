"""The green space that routes occupy, with what is not known about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.areas import AreaLayer
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes, trench_strips
from neixiang_survey_plugin.core.measuring.measures import (
    Amount,
    GreenMeasures,
    Occupation,
    Reason,
    Unknown,
)
from neixiang_survey_plugin.core.measuring.occupation import (
    OccupationTable,
    measure_occupation,
    occupied_m2,
)
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices, total_by_row

Mask = NDArray[np.bool_]

_NOT_JUDGED = GreenMeasures(
    occupations=(),
    strip=Amount.unknown(),
    trench=Amount.unknown(),
    strip_reasons=(Reason(Unknown.NO_GREEN_LAYER),),
    trench_reasons=(Reason(Unknown.NO_GREEN_LAYER),),
)


@dataclass(frozen=True, eq=False)
class _Measured:
    """The occupation of all routes, from which each route's measures are taken."""

    laid: LaidRoutes
    greens: AreaLayer
    table: OccupationTable
    strip_m2: Floats
    trench_m2: Floats
    pieces: NDArray[Any]
    outline_m: Floats
    edge_m: Floats
    near: Mask
    outside: Mask


def measure_greens(
    laid: LaidRoutes, greens: AreaLayer | None, grid: Grid
) -> tuple[GreenMeasures, ...]:
    """The occupation of each route, at its working strip and at its trench."""
    if greens is None:
        return (_NOT_JUDGED,) * len(laid)
    table = measure_occupation(laid.strip, laid, greens, grid)
    strip_m2 = occupied_m2(table, len(laid), grid)
    outline_m = shapely.length(table.patch)
    measured = _Measured(
        laid=laid,
        greens=greens,
        table=table,
        strip_m2=strip_m2,
        trench_m2=_trench_m2(laid, strip_m2, greens, grid),
        pieces=np.bincount(table.strip, shapely.get_num_geometries(table.patch), len(laid)),
        outline_m=total_by_row(table.strip, outline_m, len(laid)),
        edge_m=_edge_m(laid, table, outline_m),
        near=_rows_in(table.beside, len(laid)),
        outside=_outside(laid, greens),
    )
    begin = table.strip.searchsorted(np.arange(len(laid) + 1))
    return tuple(
        _of_route(measured, row, int(begin[row]), int(begin[row + 1])) for row in range(len(laid))
    )


def _edge_m(laid: LaidRoutes, table: OccupationTable, outline_m: Floats) -> Floats:
    """About how much of each patch's outline is the layer's edge, not the strip's side.

    A patch of area A that fills a strip of width w has sides of 2 A / w. Pits and shared works
    have widths of their own: there the whole outline stands for it.
    """
    width_m = laid.width_m[table.strip]
    sides_m = np.where(laid.uneven[table.strip], 0.0, 2.0 * shapely.area(table.patch) / width_m)
    return total_by_row(table.strip, np.maximum(outline_m - sides_m, 0.0), len(laid))


def _rows_in(rows: Indices, count: int) -> Mask:
    chosen = np.zeros(count, dtype=bool)
    chosen[rows] = True
    return chosen


def _trench_m2(laid: LaidRoutes, strip_m2: Floats, greens: AreaLayer, grid: Grid) -> Floats:
    """Green in the trench alone; NaN where its width is unknown and it could have any.

    A trench lies within its working strip, so one whose strip has no green has none.
    """
    missing = np.isnan(laid.trench_m)
    unknown = missing & laid.dug
    within = missing | (laid.trench_m <= laid.width_m)
    free = (strip_m2 == 0.0) & within & ~laid.width_missing
    found: Floats = np.where(unknown & ~free, np.nan, 0.0)
    wanted = ~unknown & ~free
    if wanted.any():
        table = measure_occupation(trench_strips(laid, wanted), laid, greens, grid)
        found[wanted] = occupied_m2(table, len(laid), grid)[wanted]
    return found


def _outside(laid: LaidRoutes, greens: AreaLayer) -> Mask:
    if greens.coverage is None:
        return np.zeros(len(laid), dtype=bool)
    shapely.prepare(greens.coverage)
    return ~shapely.covers(greens.coverage, laid.ground)


def _occupations(
    table: OccupationTable, greens: AreaLayer, begin: int, end: int
) -> Iterator[Occupation]:
    """One row a green space, in the order of the layer."""
    features = table.feature[begin:end].tolist()
    for feature in sorted(set(features)):
        rows = [begin + place for place, one in enumerate(features) if one == feature]
        areas_m2 = [float(table.area_m2[row]) for row in rows]
        largest = rows[areas_m2.index(max(areas_m2))]
        yield Occupation(greens.ids[feature], sum(areas_m2), table.patch[largest])


def _of_route(measured: _Measured, row: int, begin: int, end: int) -> GreenMeasures:
    laid, trench_m2 = measured.laid, float(measured.trench_m2[row])
    reasons = []
    if measured.outside[row]:
        reasons.append(Reason(Unknown.OUTSIDE_GREEN_COVERAGE))
    if laid.routes[row].trenchless and not laid.pits[row].known:
        reasons.append(Reason(Unknown.NO_PIT_SIZE))
    strip_reasons, trench_reasons = list(reasons), list(reasons)
    if laid.width_missing[row]:
        strip_reasons.append(Reason(Unknown.NO_WORKING_WIDTH))
    if np.isnan(trench_m2):
        trench_reasons.append(Reason(Unknown.NO_TRENCH_WIDTH))
    strip_m2 = float(measured.strip_m2[row])
    strip = Amount.unknown(strip_m2) if strip_reasons else Amount.exactly(strip_m2)
    return GreenMeasures(
        occupations=tuple(_occupations(measured.table, measured.greens, begin, end)),
        strip=strip,
        trench=_trench_amount(trench_m2, trench_reasons, strip),
        pieces=int(measured.pieces[row]),
        outline_m=float(measured.outline_m[row]),
        edge_m=float(measured.edge_m[row]),
        near=bool(measured.near[row]),
        strip_reasons=tuple(strip_reasons),
        trench_reasons=tuple(trench_reasons),
    )


def _trench_amount(trench_m2: float, reasons: list[Reason], strip: Amount) -> Amount:
    if not reasons:
        return Amount.exactly(trench_m2)
    certain_m2 = 0.0 if np.isnan(trench_m2) else trench_m2
    return Amount.unknown(certain_m2, strip.at_most)

"""The green space that routes occupy, with what is not known about it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

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
from neixiang_survey_plugin.core.measuring.nearby import covered
from neixiang_survey_plugin.core.measuring.occupation import (
    Occupied,
    Patch,
    measure_occupation,
    occupied_m2,
)
from neixiang_survey_plugin.core.measuring.places import largest_of

Mask = NDArray[np.bool_]

_NOT_JUDGED = GreenMeasures(
    occupations=(),
    strip=Amount.unknown(),
    trench=Amount.unknown(),
    strip_reasons=(Reason(Unknown.NO_GREEN_LAYER),),
    trench_reasons=(Reason(Unknown.NO_GREEN_LAYER),),
)


class _Measured(NamedTuple):
    """The occupation of all routes, from which each route's measures are taken."""

    laid: LaidRoutes
    greens: AreaLayer
    occupied: Occupied
    strip_m2: list[float]
    trench_m2: list[float]
    outside: Mask


def measure_greens(
    laid: LaidRoutes, greens: AreaLayer | None, grid: Grid
) -> tuple[GreenMeasures, ...]:
    """The occupation of each route, at its working strip and at its trench."""
    if greens is None:
        return (_NOT_JUDGED,) * len(laid)
    occupied = measure_occupation(laid.strips, laid, greens, grid)
    strip_m2 = [occupied_m2(patches, grid) for patches in occupied.patches]
    measured = _Measured(
        laid=laid,
        greens=greens,
        occupied=occupied,
        strip_m2=strip_m2,
        trench_m2=_trench_m2(laid, strip_m2, greens, grid),
        outside=_outside(laid, greens),
    )
    return tuple([_of_route(measured, row) for row in range(len(laid))])


def green_unknown(laid: LaidRoutes, greens: AreaLayer) -> Mask:
    """The routes of whose working strip's green some may be unknown."""
    unknown: Mask = laid.width_missing | laid.pit_missing
    if greens.coverage is not None:
        rows = (~covered(greens.coverage, laid.surroundings)).nonzero()[0]
        if len(rows):
            unknown[rows] |= _outside(laid.only(rows), greens)
    return unknown


def _trench_m2(
    laid: LaidRoutes, strip_m2: list[float], greens: AreaLayer, grid: Grid
) -> list[float]:
    """Green in the trench alone; NaN where its width is unknown and it could have any.

    A trench lies within its working strip, so one whose strip has no green has none.
    """
    missing = np.isnan(laid.trench_m)
    within = missing | (laid.trench_m <= laid.width_m)
    free = (np.array(strip_m2) == 0.0) & within & ~laid.width_missing
    if free.all():
        return [0.0] * len(laid)
    unknown = missing & laid.dug & ~free
    found: list[float] = np.where(unknown, np.nan, 0.0).tolist()
    wanted = ~unknown & ~free
    if wanted.any():
        occupied = measure_occupation(trench_strips(laid, wanted), laid, greens, grid)
        for row in wanted.nonzero()[0].tolist():
            found[row] = occupied_m2(occupied.patches[row], grid)
    return found


def _outside(laid: LaidRoutes, greens: AreaLayer) -> Mask:
    if greens.coverage is None:
        return np.zeros(len(laid), dtype=bool)
    outside: Mask = ~covered(greens.coverage, laid.ground)
    pits_alone = laid.width_missing & laid.bored  # the trench is known all the same, it may be
    if np.count_nonzero(pits_alone):
        trench = trench_strips(laid, pits_alone).whole
        outside |= ~(shapely.is_missing(trench) | covered(greens.coverage, trench))
    return outside


def _occupations(patches: Sequence[Patch], greens: AreaLayer) -> Iterator[Occupation]:
    """One row a green space, in the order of the layer."""
    by_feature: dict[int, list[Patch]] = {}
    for patch in patches:
        by_feature.setdefault(patch.feature, []).append(patch)
    for feature in sorted(by_feature):
        own = by_feature[feature]
        largest = own[largest_of([one.area_m2 for one in own])]
        yield Occupation(greens.ids[feature], sum([one.area_m2 for one in own]), largest.geometry)


def _edge_m(patch: Patch, width_m: float, uneven: bool) -> float:
    """About how much of a patch's outline is the layer's edge, not the strip's side.

    A patch of area A that fills a strip of width w has sides of 2 A / w. Pits and shared works
    have widths of their own: there the whole outline stands for it.
    """
    sides_m = 0.0 if uneven else 2.0 * patch.grid_m2 / width_m
    return max(patch.outline_m - sides_m, 0.0)


def _of_route(measured: _Measured, row: int) -> GreenMeasures:
    laid, patches = measured.laid, measured.occupied.patches[row]
    strip_m2, trench_m2 = measured.strip_m2[row], measured.trench_m2[row]
    reasons = []
    if measured.outside[row]:
        reasons.append(Reason(Unknown.OUTSIDE_GREEN_COVERAGE))
    if laid.routes[row].trenchless and not laid.pits[row].known:
        reasons.append(Reason(Unknown.NO_PIT_SIZE))
    strip_reasons, trench_reasons = list(reasons), list(reasons)
    if laid.width_missing[row]:
        strip_reasons.append(Reason(Unknown.NO_WORKING_WIDTH))
    if math.isnan(trench_m2):
        trench_reasons.append(Reason(Unknown.NO_TRENCH_WIDTH))
    strip = Amount.unknown(strip_m2) if strip_reasons else Amount.exactly(strip_m2)
    width_m, uneven = float(laid.width_m[row]), bool(laid.uneven[row])
    return GreenMeasures(
        occupations=tuple(_occupations(patches, measured.greens)),
        strip=strip,
        trench=_trench_amount(trench_m2, trench_reasons, strip),
        pieces=sum([one.pieces for one in patches]),
        outline_m=sum([one.outline_m for one in patches]),
        edge_m=sum([_edge_m(one, width_m, uneven) for one in patches]),
        near=row in measured.occupied.beside,
        strip_reasons=tuple(strip_reasons),
        trench_reasons=tuple(trench_reasons),
    )


def _trench_amount(trench_m2: float, reasons: list[Reason], strip: Amount) -> Amount:
    if not reasons:
        return Amount.exactly(trench_m2)
    certain_m2 = 0.0 if math.isnan(trench_m2) else trench_m2
    return Amount.unknown(certain_m2, strip.at_most)

"""What few policies ask for (one side of a carriageway, metres dug open) where a tape was used.

Nobody tapes one side or a dug stretch as such. What was taped of a whole crossing bounds them: no
side is longer than its crossing, and a crossing that is some metres longer than on the layer may
have all of those dug open. Between the bounds the figure is not known.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from neixiang_survey_plugin.core.measuring.crossings import CrossingKind
from neixiang_survey_plugin.core.measuring.measures import (
    Amount,
    AskedMeasures,
    Figure,
    Reason,
    RouteMeasures,
    Unknown,
)
from neixiang_survey_plugin.core.policy import Counted

_ALONG = CrossingKind.ALONG.value
_SAME_M = 1e-5  # a hundredth of a millimetre, by which taped and drawn metres are the same


@dataclass(frozen=True)
class _Crossings:
    """Metres of a line inside roads as they were taped, beside the same on the layer, by road.

    ``untaped_m`` are the crossings of all other roads that totals count.
    """

    taped_m: Mapping[str, float]
    drawn_m: Mapping[str, float]
    untaped_m: tuple[float, ...]

    @property
    def differing(self) -> dict[str, float]:
        """By how many metres the taped crossings are longer than the drawn ones; not the same."""
        by_m = {one: taped_m - self.drawn_m[one] for one, taped_m in self.taped_m.items()}
        return {one: metres for one, metres in by_m.items() if abs(metres) > _SAME_M}


def widen_asked(
    measures: RouteMeasures, crossing_m: Mapping[str, float], green_m2: Mapping[str, float]
) -> AskedMeasures:
    """The asked figures of a line, between what its taped figures leave possible.

    ``measures`` are of the layers alone; ``crossing_m`` the taped metres of the line inside roads
    that totals count, ``green_m2`` the taped square metres of green spaces, by identifier.
    """
    asked = measures.asked
    crossings = _crossings(measures, crossing_m)
    on_the_map = {one.green_id for one in measures.green.occupations}
    found = tuple(one for one, area in green_m2.items() if area and one not in on_the_map)
    one_side = asked.one_side
    if one_side is not None and crossings.differing:
        bounded = functools.partial(_side, crossings=crossings)
        one_side = _between(one_side, bounded, tuple(crossings.differing))
    dug = {
        counts: _dug(figure, counts, crossings, found, measures.length_m)
        for counts, figure in asked.dug.items()
    }
    return replace(asked, one_side=one_side, dug=dug)


def _crossings(measures: RouteMeasures, taped_m: Mapping[str, float]) -> _Crossings:
    stretches = [one for one in measures.roads.crossings if one.counts]
    drawn_m = dict.fromkeys(taped_m, 0.0)
    for one in stretches:
        if one.road.road_id in drawn_m:
            drawn_m[one.road.road_id] += one.length_m
    others = [one for one in stretches if one.road.road_id not in taped_m and one.kind != _ALONG]
    return _Crossings(taped_m, drawn_m, tuple(one.length_m for one in others))


def _side(amount: Amount, crossings: _Crossings) -> Amount:
    """The longest side: within its crossing, taped or drawn, if that is bounded at all."""
    if amount.at_most == math.inf:
        return Amount.unknown()
    drawn_m = [min(one, amount.at_most) for one in crossings.untaped_m]
    return Amount.unknown(at_most=max([*drawn_m, *crossings.taped_m.values()]))


def _dug(
    figure: Figure,
    counts: frozenset[Counted],
    crossings: _Crossings,
    found: tuple[str, ...],
    length_m: float,
) -> Figure:
    """Metres dug open in what counts; all of the line may be in green that nobody had mapped."""
    if Counted.ALL in counts:
        return figure
    by_m = crossings.differing if Counted.ROADS in counts else {}
    greens = found if Counted.GREENS in counts else ()
    if not by_m and not greens:
        return figure
    longer_m = sum(max(metres, 0.0) for metres in by_m.values())
    shorter_m = sum(max(-metres, 0.0) for metres in by_m.values())

    def bounded(amount: Amount) -> Amount:
        at_most_m = amount.at_most + longer_m
        return Amount.unknown(
            max(amount.at_least - shorter_m, 0.0), max(at_most_m, length_m if greens else 0.0)
        )

    return _between(figure, bounded, (*by_m, *greens))


def _between(figure: Figure, bounded: Callable[[Amount], Amount], ids: tuple[str, ...]) -> Figure:
    return replace(
        figure,
        amount=bounded(figure.amount),
        grown=bounded(figure.grown),
        shrunk=bounded(figure.shrunk),
        reasons=(*figure.reasons, Reason(Unknown.TAPED_OTHERWISE, ids)),
    )

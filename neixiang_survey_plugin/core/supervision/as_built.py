"""A line as it was built, held against what was promised of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

import numpy as np
import shapely
from shapely import LineString

from neixiang_survey_plugin.core.judging.limits import SLACK
from neixiang_survey_plugin.core.measuring.measures import Point, RouteMeasures
from neixiang_survey_plugin.core.obligations import PromiseKind, SupervisionRules
from neixiang_survey_plugin.core.supervision.promises import (
    Promise,
    crossing_of,
    green_of,
    reading_of,
    roads_of,
)

# Places on the built line at which its distance from the promised one is looked at: between two
# of them it cannot grow by more than half the step.
_STEP_M = 0.01


@dataclass(frozen=True)
class AsBuilt:
    """One line as it was surveyed after the works, in the county grid."""

    uuid: str | None = None
    route_id: str | None = None
    case_id: str | None = None
    utility: str | None = None
    surveyed_on: date | None = None
    surveyed_by: str | None = None
    built_from: date | None = None
    built_to: date | None = None
    working_width_m: float | None = None
    trenchless: str | None = None
    source: str | None = None
    geom: LineString | None = None


class ClauseOutcome(Enum):
    """What a clause of the promise came to."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_JUDGED = "not_judged"


class NotHeld(Enum):
    """Why a clause could not be held against what was built."""

    NOT_PROMISED = "not_promised"
    NOT_MEASURED = "not_measured"
    NO_DATES = "no_dates"
    NOT_INSPECTED = "not_inspected"


@dataclass(frozen=True)
class ClauseResult:
    """One clause of the promise with its evidence: facts and figures, no sentences.

    ``promised``, ``built`` and ``tolerance`` are in ``unit``; ``ids`` are roads that were not
    promised; ``days`` those of the works as built; ``at`` is a place in the county grid.
    ``found`` is what an inspector wrote.
    """

    kind: PromiseKind
    outcome: ClauseOutcome
    promised: float | None = None
    built: float | None = None
    tolerance: float | None = None
    unit: str | None = None
    ids: tuple[str, ...] = ()
    days: tuple[date | None, date | None] = (None, None)
    promised_days: tuple[date | None, date | None] = (None, None)
    at: Point | None = None
    reason: NotHeld | None = None
    found: str | None = None

    @property
    def within_tolerance(self) -> bool:
        """Whether more was built than promised, by no more than the survey's own error."""
        if self.promised is None or self.built is None or self.outcome is not ClauseOutcome.KEPT:
            return False
        return self.built > self.promised + SLACK


@dataclass(frozen=True, eq=False)
class Held:
    """A promise beside the line as built with its measures, ready to be held against it.

    ``layer_accuracy_m`` is the position accuracy of the layers that the line was drawn over.
    """

    promise: Promise
    built: AsBuilt
    measures: RouteMeasures
    layer_accuracy_m: float
    survey_accuracy_m: float


def hold_as_built(
    held: Held, rules: SupervisionRules, found: Mapping[PromiseKind, ClauseResult]
) -> tuple[ClauseResult, ...]:
    """Every clause that a line can be held to, kept or broken, or not judged for want of a fact.

    ``found`` is what inspectors found of a clause; one that the line or an inspector breaks is
    broken, whatever the other says.
    """
    return tuple(
        _with_found(_CHECKS[clause.kind](held), found.get(clause.kind))
        for clause in rules.promises
        if clause.kind in _CHECKS
    )


def largest_deviation(built: LineString, promised: LineString) -> tuple[float, Point]:
    """How far the built line strays from the promised one at most, in grid metres, and where.

    Exact at the built line's own points, within half a centimetre between them.
    """
    count = max(2, math.ceil(built.length / _STEP_M) + 1)
    along = shapely.line_interpolate_point(built, np.linspace(0.0, built.length, count))
    places = np.concatenate([shapely.points(shapely.get_coordinates(built)), along])
    own = LineString(shapely.get_coordinates(promised))  # a line is other threads' too
    shapely.prepare(own)
    distance_m = shapely.distance(places, own)
    worst = int(np.argmax(distance_m))
    place = places[worst]
    return float(distance_m[worst]), (float(place.x), float(place.y))


def _length(held: Held) -> ClauseResult:
    # both ends are surveyed
    tolerance_m = 2.0 * held.survey_accuracy_m
    built_m = held.measures.length_m
    return _figure(PromiseKind.LENGTH, held.promise.length_m, built_m, tolerance_m, "m")


def _crossing(held: Held) -> ClauseResult:
    # the layer is the same for both lines: only the survey's own error is left, twice a crossing
    crossings = held.measures.roads.crossings
    tolerance_m = 2.0 * held.survey_accuracy_m * max(len(crossings), 1)
    measured_m = crossing_of(held.measures, reading_of(held.promise))
    built_m = _as_taped(measured_m, held.promise.crossing_m, held.promise.crossing_layer_m)
    longest = max(crossings, key=lambda one: one.length_m, default=None)
    at = None if longest is None else longest.at
    return _figure(PromiseKind.CROSSING, held.promise.crossing_m, built_m, tolerance_m, "m", at)


def _green(held: Held) -> ClauseResult:
    green = held.measures.green
    tolerance_m2 = held.survey_accuracy_m * green.outline_m
    measured_m2 = green_of(held.measures, reading_of(held.promise))
    built_m2 = _as_taped(measured_m2, held.promise.green_m2, held.promise.green_layer_m2)
    largest = max(green.occupations, key=lambda one: one.area_m2, default=None)
    at = None if largest is None else largest.at
    return _figure(PromiseKind.GREEN, held.promise.green_m2, built_m2, tolerance_m2, "m2", at)


def _roads(held: Held) -> ClauseResult:
    """No road may be touched that was not promised; where roads are unknown nobody can say."""
    roads = held.measures.roads
    allowed = roads_of(held.promise)
    strange = {one.road.road_id: one for one in roads.touches if one.road.road_id not in allowed}
    if strange:
        at = next(iter(strange.values())).at
        return ClauseResult(
            PromiseKind.ROADS, ClauseOutcome.BROKEN, ids=tuple(sorted(strange)), at=at
        )
    if roads.touch_reasons or roads.unmeasured or roads.beside_pits:
        return _not_judged(PromiseKind.ROADS, NotHeld.NOT_MEASURED)
    return ClauseResult(PromiseKind.ROADS, ClauseOutcome.KEPT)


def _position(held: Held) -> ClauseResult:
    if held.promise.geom is None or held.built.geom is None:
        return _not_judged(PromiseKind.POSITION, NotHeld.NOT_PROMISED)
    deviation_m, at = largest_deviation(held.built.geom, held.promise.geom)
    tolerance_m = held.layer_accuracy_m + held.survey_accuracy_m
    return _figure(PromiseKind.POSITION, 0.0, deviation_m, tolerance_m, "m", at)


def _period(held: Held) -> ClauseResult:
    promised = held.promise.works_from, held.promise.works_to
    days = held.built.built_from, held.built.built_to
    early = promised[0] is not None and any(day and day < promised[0] for day in days)
    late = promised[1] is not None and any(day and day > promised[1] for day in days)
    if early or late:
        outcome, reason = ClauseOutcome.BROKEN, None
    elif None in promised:
        outcome, reason = ClauseOutcome.NOT_JUDGED, NotHeld.NOT_PROMISED
    elif None in days:
        outcome, reason = ClauseOutcome.NOT_JUDGED, NotHeld.NO_DATES
    else:
        outcome, reason = ClauseOutcome.KEPT, None
    return ClauseResult(
        PromiseKind.PERIOD, outcome, days=days, promised_days=promised, reason=reason
    )


def _reinstatement(held: Held) -> ClauseResult:
    """No line tells whether the surface is as it was: somebody has to look."""
    return _not_judged(PromiseKind.REINSTATEMENT, NotHeld.NOT_INSPECTED)


def _as_taped(
    measured: float | None, promised: float | None, of_layers: float | None
) -> float | None:
    """A measured figure less the layer's error, which the tape showed when it was promised."""
    if measured is None or promised is None or of_layers is None:
        return measured
    return max(measured + promised - of_layers, 0.0)


def _figure(
    kind: PromiseKind,
    promised: float | None,
    built: float | None,
    tolerance: float,
    unit: str,
    at: Point | None = None,
) -> ClauseResult:
    reason = None
    if promised is None or built is None:
        outcome = ClauseOutcome.NOT_JUDGED
        reason = NotHeld.NOT_PROMISED if promised is None else NotHeld.NOT_MEASURED
    else:
        outcome = (
            ClauseOutcome.KEPT if built <= promised + tolerance + SLACK else ClauseOutcome.BROKEN
        )
    return ClauseResult(kind, outcome, promised, built, tolerance, unit, at=at, reason=reason)


def _not_judged(kind: PromiseKind, reason: NotHeld) -> ClauseResult:
    return ClauseResult(kind, ClauseOutcome.NOT_JUDGED, reason=reason)


def _with_found(measured: ClauseResult, found: ClauseResult | None) -> ClauseResult:
    """A figure and an inspector's finding together: broken where either says so."""
    if found is None or found.outcome is ClauseOutcome.NOT_JUDGED:
        return measured
    broken = ClauseOutcome.BROKEN in (measured.outcome, found.outcome)
    outcome = ClauseOutcome.BROKEN if broken else ClauseOutcome.KEPT
    return replace(measured, outcome=outcome, found=found.found, reason=None)


_CHECKS: Mapping[PromiseKind, Callable[[Held], ClauseResult]] = {
    PromiseKind.LENGTH: _length,
    PromiseKind.CROSSING: _crossing,
    PromiseKind.ROADS: _roads,
    PromiseKind.GREEN: _green,
    PromiseKind.POSITION: _position,
    PromiseKind.PERIOD: _period,
    PromiseKind.REINSTATEMENT: _reinstatement,
}

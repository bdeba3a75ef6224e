"""The roads that routes cross and touch, with what is not known about them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.crossings import (
    KINDS,
    CrossingTable,
    longest_m,
    measure_crossings,
    union_m,
)
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes
from neixiang_survey_plugin.core.measuring.measures import (
    Amount,
    Crossing,
    Reason,
    RoadMeasures,
    Touch,
    Unknown,
)
from neixiang_survey_plugin.core.measuring.nearby import boxes_around, near_lines
from neixiang_survey_plugin.core.measuring.polylines import Floats
from neixiang_survey_plugin.core.measuring.roads import RoadLayer
from neixiang_survey_plugin.core.measuring.touching import TouchTable, measure_touches

Mask = NDArray[np.bool_]

_NOT_JUDGED = RoadMeasures(
    crossings=(),
    across=Amount.unknown(),
    across_each=Amount.unknown(),
    inside=Amount.unknown(),
    touches=(),
    near=(),
    reasons=(Reason(Unknown.NO_ROAD_LAYER),),
    touch_reasons=(Reason(Unknown.NO_ROAD_LAYER),),
)


@dataclass(frozen=True, eq=False)
class CrossingTotals:
    """Totals of each line in metres; ``certain`` without the roads whose class is unknown."""

    across: Floats
    across_each: Floats
    inside: Floats
    certain_across: Floats
    certain_across_each: Floats
    certain_inside: Floats


@dataclass(frozen=True, eq=False)
class _Measured:
    """The tables of all routes, from which each route's measures are taken."""

    laid: LaidRoutes
    roads: RoadLayer
    crossings: CrossingTable
    totals: CrossingTotals
    touches: TouchTable
    unmeasured: list[tuple[Touch, ...]]
    unknown_width_reach_m: float
    unknown_pit_reach_m: float
    line_outside: Mask
    ground_outside: Mask


def measure_roads(
    laid: LaidRoutes,
    roads: RoadLayer | None,
    unknown_width_reach_m: float,
    unknown_pit_reach_m: float,
) -> tuple[RoadMeasures, ...]:
    """Crossings, their totals and touched roads of each route."""
    if roads is None:
        return (_NOT_JUDGED,) * len(laid)
    segment, part = roads.tree.query(laid.boxes)
    crossings = measure_crossings(laid.lines, roads, segment, part)
    touches = measure_touches(laid, roads, crossings, segment, part)
    measured = _Measured(
        laid=laid,
        roads=roads,
        crossings=crossings,
        totals=crossing_totals(crossings, roads, len(laid)),
        touches=touches,
        unmeasured=_unmeasured(laid, roads, unknown_width_reach_m),
        unknown_width_reach_m=unknown_width_reach_m,
        unknown_pit_reach_m=unknown_pit_reach_m,
        line_outside=_outside(roads, laid.centre),
        ground_outside=_outside(roads, laid.ground),
    )
    crossing_rows = crossings.line.searchsorted(np.arange(len(laid) + 1))
    touch_rows = touches.line.searchsorted(np.arange(len(laid) + 1))
    return tuple(
        _of_route(
            measured,
            row,
            slice(int(crossing_rows[row]), int(crossing_rows[row + 1])),
            slice(int(touch_rows[row]), int(touch_rows[row + 1])),
        )
        for row in range(len(laid))
    )


def crossing_totals(table: CrossingTable, roads: RoadLayer, count: int) -> CrossingTotals:
    """Totals of ``count`` lines, each place once, roads of class ``other`` left out."""
    counted = roads.counted[table.road]
    known = counted & roads.class_known[table.road]
    nominal = _totals_of(table, counted, count)
    certain = nominal if (known == counted).all() else _totals_of(table, known, count)
    return CrossingTotals(*nominal, *certain)


def _totals_of(table: CrossingTable, rows: Mask, count: int) -> tuple[Floats, Floats, Floats]:
    """Across, the longest across and inside, of the chosen stretches."""
    across = rows & table.is_across
    across_m = union_m(table, across, count)
    inside_m = across_m if (across == rows).all() else union_m(table, rows, count)
    return across_m, longest_m(table, across, count), inside_m


def _unmeasured(laid: LaidRoutes, roads: RoadLayer, reach_m: float) -> list[tuple[Touch, ...]]:
    """City roads without a width that lie near each route."""
    near: list[tuple[Touch, ...]] = [()] * len(laid)
    if not len(roads.unmeasured):
        return near
    boxes = boxes_around(laid.lines, laid.reach_m + reach_m)
    line, part = near_lines(laid.lines, roads.unmeasured_tree, boxes)
    axis = roads.unmeasured[part]
    within = shapely.dwithin(laid.ground[line], axis, reach_m)
    within |= shapely.dwithin(laid.centre[line], axis, reach_m)
    counted = within & roads.counted[roads.unmeasured_road[part]]
    for row in np.unique(line[counted]):
        near[row] = tuple(
            Touch(
                road=roads.facts(int(roads.unmeasured_road[one])),
                crossing=None,
                area=roads.unmeasured[one],
                ground=laid.ground[row],
            )
            for one in part[counted & (line == row)]
        )
    return near


def _outside(roads: RoadLayer, geometries: Geometries) -> Mask:
    if roads.coverage is None:
        return np.zeros(len(geometries), dtype=bool)
    shapely.prepare(roads.coverage)
    result: Mask = ~shapely.covers(roads.coverage, geometries)
    return result


def _beside_pits(measured: _Measured, row: int, touched: set[str]) -> tuple[Touch, ...]:
    """Untouched roads so near the end of a bore that a pit of unknown size may reach them.

    A road drawn as a line without a width may itself reach out towards the pit.
    """
    laid, roads = measured.laid, measured.roads
    if not _has_unknown_pit(laid, row):
        return ()
    ends = [
        shapely.Point(laid.lines.point_at(row, end_m))
        for bore in laid.routes[row].trenchless
        for end_m in (bore.from_m, bore.to_m)
    ]
    pit_m, width_m = measured.unknown_pit_reach_m, measured.unknown_width_reach_m
    _, parts = roads.tree.query(ends, predicate="dwithin", distance=pit_m)
    near = {int(roads.road[part]): roads.areas[part] for part in parts}
    _, axes = roads.unmeasured_tree.query(ends, predicate="dwithin", distance=pit_m + width_m)
    near.update((int(roads.unmeasured_road[axis]), roads.unmeasured[axis]) for axis in axes)
    facts = {road: roads.facts(road) for road in near}
    return tuple(
        Touch(facts[road], None, near[road], laid.ground[row])
        for road in sorted(near)
        if facts[road].road_id not in touched
    )


def _has_unknown_pit(laid: LaidRoutes, row: int) -> bool:
    return bool(laid.bored[row]) and not laid.pits[row].known


def _total_reasons(outside: bool, unmeasured: tuple[Touch, ...]) -> tuple[Reason, ...]:
    reasons = [Reason(Unknown.OUTSIDE_ROAD_COVERAGE)] if outside else []
    if unmeasured:
        ids = tuple(sorted({touch.road.road_id for touch in unmeasured}))
        reasons.append(Reason(Unknown.ROAD_WITHOUT_WIDTH, ids))
    return tuple(reasons)


def _touch_reasons(measured: _Measured, row: int) -> tuple[Reason, ...]:
    laid = measured.laid
    reasons = []
    if measured.ground_outside[row] or measured.line_outside[row]:
        reasons.append(Reason(Unknown.OUTSIDE_ROAD_COVERAGE))
    if laid.width_missing[row]:
        reasons.append(Reason(Unknown.NO_WORKING_WIDTH))
    return tuple(reasons)


def _of_route(
    measured: _Measured, row: int, crossing_rows: slice, touch_rows: slice
) -> RoadMeasures:
    crossings = _crossings(measured, crossing_rows)
    touched, near = _touches(measured, touch_rows, crossings)
    unmeasured = measured.unmeasured[row]
    reasons = _total_reasons(bool(measured.line_outside[row]), unmeasured)
    totals = measured.totals
    complete = not reasons
    return RoadMeasures(
        crossings=crossings,
        across=_amount(totals.across[row], totals.certain_across[row], complete),
        across_each=_amount(totals.across_each[row], totals.certain_across_each[row], complete),
        inside=_amount(totals.inside[row], totals.certain_inside[row], complete),
        touches=touched,
        near=near,
        blurred_m=float(measured.crossings.line_blurred_m[row]),
        unmeasured=unmeasured,
        beside_pits=_beside_pits(measured, row, {touch.road.road_id for touch in touched}),
        pits_unknown=_has_unknown_pit(measured.laid, row),
        reasons=reasons,
        touch_reasons=_touch_reasons(measured, row),
    )


def _amount(nominal_m: float, certain_m: float, complete: bool) -> Amount:
    if complete:
        return Amount(float(nominal_m), float(certain_m), float(nominal_m))
    return Amount.unknown(float(certain_m))


def _crossings(measured: _Measured, rows: slice) -> tuple[Crossing, ...]:
    table, roads = measured.crossings, measured.roads
    columns = (
        table.line,
        table.road,
        table.from_m,
        table.to_m,
        table.kind,
        table.angle_deg,
        table.drift,
        table.blurred_m,
    )
    found = zip(*(column[rows].tolist() for column in columns), strict=True)
    return tuple(
        Crossing(
            road=roads.facts(road),
            road_width_m=float(roads.mean_width_m[road]),
            kind=KINDS[kind].value,
            from_m=from_m,
            to_m=to_m,
            angle_deg=None if math.isnan(angle_deg) else angle_deg,
            drift=drift,
            blurred_m=blurred_m,
            lines=measured.laid.lines,
            line=line,
        )
        for line, road, from_m, to_m, kind, angle_deg, drift, blurred_m in sorted(
            found, key=itemgetter(2)
        )
    )


def _touches(
    measured: _Measured, rows: slice, crossings: tuple[Crossing, ...]
) -> tuple[tuple[Touch, ...], tuple[Touch, ...]]:
    """The roads that a route touches, and those that it only may touch."""
    crossed = {crossing.road.road_id: crossing for crossing in crossings}
    table, roads = measured.touches, measured.roads
    columns = (table.line, table.road, table.part, table.touched)
    touched: list[Touch] = []
    near: list[Touch] = []
    for line, road, part, is_touched in zip(*(one[rows].tolist() for one in columns), strict=True):
        crossing = crossed.get(roads.road_id[road])
        facts = roads.facts(road) if crossing is None else crossing.road
        touch = Touch(facts, crossing, roads.areas[part], measured.laid.ground[line])
        (touched if is_touched else near).append(touch)
    return tuple(touched), tuple(near)

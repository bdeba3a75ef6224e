"""The roads that routes cross and touch, with what is not known about them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.crossings import (
    CrossingKind,
    RoadStretches,
    crossings_of,
    find_stretches,
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
from neixiang_survey_plugin.core.measuring.nearby import boxes_around, covered, near_lines
from neixiang_survey_plugin.core.measuring.roads import RoadLayer
from neixiang_survey_plugin.core.measuring.touching import Contact, find_contacts

_ALONG = CrossingKind.ALONG.value
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


class _Measured(NamedTuple):
    """What was found of all routes, from which each route's measures are taken."""

    laid: LaidRoutes
    roads: RoadLayer
    stretches: RoadStretches
    contacts: list[list[Contact]]
    unmeasured: list[tuple[Touch, ...]]
    unknown_width_reach_m: float
    unknown_pit_reach_m: float
    line_outside: list[bool]
    ground_outside: list[bool]


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
    stretches = find_stretches(laid.lines, roads, segment, part)
    entered = [{one.road for one in own} for own in stretches.of_line]
    measured = _Measured(
        laid=laid,
        roads=roads,
        stretches=stretches,
        contacts=find_contacts(laid, roads, entered, segment, part),
        unmeasured=_unmeasured(laid, roads, unknown_width_reach_m),
        unknown_width_reach_m=unknown_width_reach_m,
        unknown_pit_reach_m=unknown_pit_reach_m,
        line_outside=_outside(roads, laid.centre),
        ground_outside=_ground_outside(roads, laid),
    )
    return tuple([_of_route(measured, row) for row in range(len(laid))])


def _unmeasured(laid: LaidRoutes, roads: RoadLayer, reach_m: float) -> list[tuple[Touch, ...]]:
    """City roads without a width that lie near each route."""
    near: list[tuple[Touch, ...]] = [()] * len(laid)
    if not len(roads.unmeasured):
        return near
    boxes = boxes_around(laid.lines, laid.reach_m + reach_m)
    line, part = near_lines(laid.lines, roads.unmeasured_tree, boxes)
    axis = roads.unmeasured[part]
    within = laid.grounds.within(line, axis, reach_m)
    within |= shapely.dwithin(laid.centre[line], axis, reach_m)
    counted = within & roads.counted[roads.unmeasured_road[part]]
    for row in np.unique(line[counted]):
        near[row] = tuple(
            Touch(
                road=roads.facts(int(roads.unmeasured_road[one])),
                crossing=None,
                area=roads.unmeasured[one],
                laid=laid,
                line=int(row),
            )
            for one in part[counted & (line == row)]
        )
    return near


def crossings_unknown(
    laid: LaidRoutes, roads: RoadLayer, unknown_width_reach_m: float
) -> NDArray[np.bool_]:
    """The routes of whose crossings some may be unknown, as measure_roads says of each."""
    unknown = np.array(_outside(roads, laid.centre), dtype=bool)
    if len(roads.unmeasured):
        boxes = boxes_around(laid.lines, laid.reach_m + unknown_width_reach_m)
        rows = np.unique(near_lines(laid.lines, roads.unmeasured_tree, boxes)[0])
        near = _unmeasured(laid.only(rows), roads, unknown_width_reach_m)
        unknown[rows] |= np.array([bool(touches) for touches in near], dtype=bool)
    return unknown


def _outside(roads: RoadLayer, geometries: Geometries) -> list[bool]:
    if roads.coverage is None:
        return [False] * len(geometries)
    outside: list[bool] = (~covered(roads.coverage, geometries)).tolist()
    return outside


def _ground_outside(roads: RoadLayer, laid: LaidRoutes) -> list[bool]:
    if roads.coverage is None:
        return [False] * len(laid)
    outside = _outside(roads, laid.surroundings)
    for row, may_be in enumerate(outside):
        if may_be:
            outside[row] = not covered(roads.coverage, laid.ground[row])
    return outside


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
        Touch(facts[road], None, near[road], laid, row)
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


def _of_route(measured: _Measured, row: int) -> RoadMeasures:
    stretches, roads = measured.stretches, measured.roads
    crossings = crossings_of(stretches, roads, measured.laid.lines, row)
    touched, near = _touches(measured, row, crossings)
    unmeasured = measured.unmeasured[row]
    reasons = _total_reasons(measured.line_outside[row], unmeasured)
    across, across_each, inside = _totals(crossings, complete=not reasons)
    return RoadMeasures(
        crossings=crossings,
        across=across,
        across_each=across_each,
        inside=inside,
        touches=touched,
        near=near,
        blurred_m=sum(stretches.near_m[row].values()),
        unmeasured=unmeasured,
        beside_pits=_beside_pits(measured, row, {touch.road.road_id for touch in touched}),
        pits_unknown=_has_unknown_pit(measured.laid, row),
        reasons=reasons,
        touch_reasons=_touch_reasons(measured, row),
    )


def _totals(crossings: tuple[Crossing, ...], complete: bool) -> tuple[Amount, Amount, Amount]:
    """Across, the longest across and inside; a road of unknown class counts but is not certain."""
    counted = [one for one in crossings if one.counts]
    known = [one for one in counted if one.road.road_class is not None]
    nominal = _figures(counted)
    certain = nominal if len(known) == len(counted) else _figures(known)
    across, across_each, inside = (
        Amount(most_m, least_m, most_m) if complete else Amount.unknown(least_m)
        for most_m, least_m in zip(nominal, certain, strict=True)
    )
    return across, across_each, inside


def _figures(crossings: list[Crossing]) -> tuple[float, float, float]:
    across = [one for one in crossings if one.kind != _ALONG]
    across_m = union_m(across)
    inside_m = across_m if len(across) == len(crossings) else union_m(crossings)
    return across_m, max([one.length_m for one in across], default=0.0), inside_m


def _touches(
    measured: _Measured, row: int, crossings: tuple[Crossing, ...]
) -> tuple[tuple[Touch, ...], tuple[Touch, ...]]:
    """The roads that a route touches, and those that it only may touch."""
    crossed = {crossing.road.road_id: crossing for crossing in crossings}
    roads, laid = measured.roads, measured.laid
    touched: list[Touch] = []
    near: list[Touch] = []
    for contact in measured.contacts[row]:
        facts = roads.facts(contact.road)
        touch = Touch(facts, crossed.get(facts.road_id), roads.areas[contact.part], laid, row)
        (touched if contact.touched else near).append(touch)
    return tuple(touched), tuple(near)

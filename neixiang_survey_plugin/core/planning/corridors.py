"""Routes against planned corridors: within, beside, off; their diameter and their year."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.measuring.polylines import Polylines
from neixiang_survey_plugin.core.planning.alongside import (
    Edges,
    Run,
    beside,
    edges_of,
    runs,
    within,
)
from neixiang_survey_plugin.core.planning.remark import CorridorMetres, PlanRemark, RemarkKind
from neixiang_survey_plugin.core.planning.remarking import Remarker
from neixiang_survey_plugin.core.planning.rules import CorridorRules
from neixiang_survey_plugin.core.planning.spans import Span, joined, total_m, without

_Runs = Mapping[int, Mapping[int, Sequence[Run]]]  # of a route along a corridor
_LAYER = "plan_lines"
_LEAST_M = 1e-6  # a run that is short of the figure by less is not short


@dataclass(frozen=True, eq=False)
class Corridors:
    """The planned corridors of a county, indexed."""

    table: FeatureTable
    edges: Edges

    def fact(self, field: str, corridor: int) -> str | float | None:
        """What the plan says of one corridor; None where it says nothing."""
        value = self.table.columns[field][corridor]
        if value is None or isinstance(value, str):
            return value
        return None if math.isnan(value) else float(value)

    def names(self, corridor: int) -> dict[str, Any]:
        """The corridor as a remark names it."""
        name = self.table.columns["plan_name"][corridor]
        return {
            "layer": _LAYER,
            "object_id": str(self.table.ids[corridor]),
            "object_name": name,
        }


@dataclass(frozen=True, eq=False)
class AlongCorridors:
    """What runs along the corridors in one check, up to each of the three distances."""

    corridors: Corridors
    rules: CorridorRules
    within: _Runs
    beside: _Runs
    off: _Runs


def prepare_corridors(table: FeatureTable) -> Corridors:
    """Index the planned corridors."""
    return Corridors(table, edges_of(table.geometry, table.feature))


def along_corridors(lines: Polylines, corridors: Corridors, rules: CorridorRules) -> AlongCorridors:
    """Every run of every route along a corridor that is long enough to count, in one pass."""
    near = beside(lines, corridors.edges, rules.off_m, rules.parallel_deg)
    found = (
        runs(lines, within(near, reach_m))
        for reach_m in (rules.within_m, rules.beside_m, rules.off_m)
    )
    return AlongCorridors(corridors, rules, *found)


class OfCorridors(NamedTuple):
    """What the corridors say of one route; ``within`` is where it lies in its own."""

    metres: CorridorMetres
    remarks: list[PlanRemark]
    within: list[Span]


def judge_corridors(along: AlongCorridors, remark: Remarker, works: date) -> OfCorridors:
    """The metres of one route in its corridors, and what is to be remarked about them."""
    utility = along.corridors.table.columns["utility"]
    own: list[tuple[int, Run]] = []
    foreign: list[tuple[int, Run]] = []
    for number, run in _long(along.within, remark.row, along.rules):
        is_own = utility[number] == remark.route.utility
        (own if is_own else foreign).append((number, run))
    remarks = [one for number in dict(own) for one in _of_plan(along, remark, number, own, works)]
    inside = held = joined(((run.from_m, run.to_m) for _, run in own), 0.0)
    remarks += _of_others(along, remark, foreign, held)
    within_m, beside_m = total_m(held), 0.0
    for kind, runs_of in (
        (RemarkKind.CORRIDOR_BESIDE, along.beside),
        (RemarkKind.CORRIDOR_OFF, along.off),
    ):
        apart = [
            (number, run)
            for number, run in _long(runs_of, remark.row, along.rules)
            if utility[number] == remark.route.utility
        ]
        found = list(_apart(along, remark, kind, apart, held))
        remarks += found
        held = joined((*held, *((one.from_m, one.to_m) for one in found)), 0.0)
        if kind is RemarkKind.CORRIDOR_BESIDE:
            beside_m = total_m(held) - within_m
    off_m = total_m(held) - within_m - beside_m
    return OfCorridors(CorridorMetres(within_m, beside_m, off_m), remarks, inside)


def _long(found: _Runs, row: int, rules: CorridorRules) -> list[tuple[int, Run]]:
    """The runs of one route that are long enough, by corridor; the nearest first."""
    return sorted(
        (
            (number, run)
            for number, of_pair in found.get(row, {}).items()
            for run in of_pair
            if run.to_m - run.from_m >= rules.along_m - _LEAST_M
        ),
        key=lambda one: (one[1].apart_m, one[0]),
    )


def _apart(
    along: AlongCorridors,
    remark: Remarker,
    kind: RemarkKind,
    apart: Iterable[tuple[int, Run]],
    held: list[Span],
) -> Iterator[PlanRemark]:
    """Stretches along a corridor of the route's own, but not in it; each place once."""
    for number, run in apart:
        for from_m, to_m in without([(run.from_m, run.to_m)], held):
            if to_m - from_m < along.rules.along_m - _LEAST_M:
                continue
            held = joined((*held, (from_m, to_m)), 0.0)
            yield remark.remark(
                kind,
                from_m,
                to_m,
                measured=run.apart_m,
                limit=along.rules.within_m,
                move_m=run.apart_m - along.rules.within_m,
                side="left" if run.left else "right",
                **along.corridors.names(number),
            )


def _of_others(
    along: AlongCorridors,
    remark: Remarker,
    foreign: Iterable[tuple[int, Run]],
    held: Sequence[Span],
) -> Iterator[PlanRemark]:
    """Stretches in the corridor of another utility, where the route is not in its own as well."""
    for number, run in foreign:
        for from_m, to_m in without([(run.from_m, run.to_m)], held):
            if to_m - from_m >= along.rules.along_m - _LEAST_M:
                yield remark.remark(
                    RemarkKind.CORRIDOR_OF_OTHER,
                    from_m,
                    to_m,
                    measured=run.apart_m,
                    limit=along.rules.within_m,
                    move_m=along.rules.within_m - run.apart_m,
                    side="right" if run.left else "left",
                    other=str(along.corridors.fact("utility", number)),
                    **along.corridors.names(number),
                )


def _of_plan(
    along: AlongCorridors,
    remark: Remarker,
    number: int,
    own: Iterable[tuple[int, Run]],
    works: date,
) -> Iterator[PlanRemark]:
    """What the plan says of a corridor that a route lies in: how wide, until which year."""
    spans = joined(((run.from_m, run.to_m) for one, run in own if one == number), 0.0)
    place = spans[0][0], spans[-1][1]
    names = along.corridors.names(number)
    year = along.corridors.fact("year", number)
    if not isinstance(year, float) or year < works.year:
        yield remark.remark(
            RemarkKind.CORRIDOR_YEAR,
            *place,
            measured=float(works.year),
            limit=year,
            unit="year",
            missing=() if isinstance(year, float) else ("plan.year",),
            **names,
        )
    if remark.route.utility not in along.rules.sized:
        return
    planned_mm, diameter_mm = along.corridors.fact("diameter_mm", number), remark.route.diameter_mm
    facts = ("plan.diameter_mm", planned_mm), ("route.diameter_mm", diameter_mm)
    missing = tuple(name for name, fact in facts if fact is None)
    small = isinstance(planned_mm, float) and diameter_mm is not None and diameter_mm < planned_mm
    if missing or small:
        yield remark.remark(
            RemarkKind.CORRIDOR_DIAMETER,
            *place,
            measured=diameter_mm,
            limit=planned_mm,
            unit="mm",
            missing=missing,
            **names,
        )

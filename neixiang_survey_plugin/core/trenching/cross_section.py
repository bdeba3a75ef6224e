"""The cross-section of lines laid in one go: where each lies, what is dug, how deep."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.conflicts.courses import facts_of
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.rules import TOLERANCE_M, TrenchRules, TrenchShape
from neixiang_survey_plugin.core.trenching.section import (
    Arrangement,
    GapKind,
    GapRule,
    Lineup,
    binding,
)


class SectionOrder(Enum):
    """Which order the lines have across the section."""

    STATUTORY = "statutory"  # 4.1.3, from the red line
    NARROWEST = "narrowest"  # of all orders
    AS_DRAWN = "as_drawn"  # as the lines lie now, so that none has to cross another


@dataclass(frozen=True, slots=True)
class Slot:
    """One line in a section; metres from the first line's outer face, away from the red line.

    ``depth_m`` is how deep it is dug there, None where the cover is not known; ``side_m`` the
    working space beside it, where it lies at the trench's wall.
    """

    route_id: str
    utility: str
    left_m: float
    outer_m: float
    cover_m: float | None
    depth_m: float | None
    side_m: float
    trench: int

    @property
    def right_m(self) -> float:
        """The face away from the red line."""
        return self.left_m + self.outer_m

    @property
    def centre_m(self) -> float:
        """The centre line."""
        return self.left_m + self.outer_m / 2.0


@dataclass(frozen=True, slots=True)
class Dig:
    """One excavation of a section: its walls, and its floor as steps of (to_m, depth_m).

    ``area_m2`` is what is dug of each metre; None where a depth is not known.
    """

    route_ids: tuple[str, ...]
    left_m: float
    right_m: float
    floor: tuple[tuple[float, float | None], ...]

    @property
    def width_m(self) -> float:
        """From wall to wall."""
        return self.right_m - self.left_m

    @property
    def centre_m(self) -> float:
        """The axis of the excavation."""
        return (self.left_m + self.right_m) / 2.0

    @property
    def stepped(self) -> bool:
        """Whether its floor has more than one level."""
        return len(self.floor) > 1

    @property
    def depth_m(self) -> float | None:
        """How deep it is at its deepest."""
        depths = [depth for _, depth in self.floor]
        return None if None in depths else max(one for one in depths if one is not None)

    @property
    def area_m2(self) -> float | None:
        """Square metres of earth in each metre along the trench."""
        area_m2, from_m = 0.0, self.left_m
        for to_m, depth_m in self.floor:
            if depth_m is None:
                return None
            area_m2 += (to_m - from_m) * depth_m
            from_m = to_m
        return area_m2


@dataclass(frozen=True, slots=True)
class Bound:
    """Two lines whose clear gap makes a section as wide as it is, and what asks for the gap."""

    first: str
    second: str
    gap_m: float
    rule: GapRule


@dataclass(frozen=True)
class CrossSection:
    """Lines side by side in one order, and the excavations that they lie in.

    ``width_m`` is from outer face to outer face; ``departures`` the pairs of utilities that
    stand the other way round than 4.1.3 puts them. ``bounds`` say why it is so wide: from the
    first line to the last, their gaps and the widths of their lines add up to it.
    """

    order: SectionOrder
    slots: tuple[Slot, ...]
    digs: tuple[Dig, ...]
    width_m: float
    departures: tuple[tuple[str, str], ...]
    bounds: tuple[Bound, ...] = ()

    def slot(self, route_id: str) -> Slot:
        """The place of one line; KeyError for a line that is not in it."""
        for slot in self.slots:
            if slot.route_id == route_id:
                return slot
        raise KeyError(route_id)

    def dig(self, route_id: str) -> Dig:
        """The excavation that one line lies in; KeyError for a line that is not in it."""
        for dig in self.digs:
            if route_id in dig.route_ids:
                return dig
        raise KeyError(route_id)

    @property
    def laying_order(self) -> tuple[str, ...]:
        """The lines as they are laid: the deepest first, one of unknown depth before all."""
        ranked = sorted(self.slots, key=lambda one: (one.depth_m is not None, -(one.depth_m or 0)))
        return tuple(one.route_id for one in ranked)


def outer_m(route: Route) -> float | None:
    """The outer width of a line in metres; None where its diameter is not known."""
    return None if route.diameter_mm is None else route.diameter_mm / 1000.0


def line_up(
    routes: Sequence[Route],
    trench: Sequence[int],
    rules: TrenchRules,
    clearances: ClearanceTable,
) -> Lineup:
    """Routes of known diameter with the gap that every two of them have to keep.

    In one excavation the stricter of table 4.1.9 and the pair's own gap; between two, at least
    their working spaces and the earth that is left standing.
    """
    count = len(routes)
    gap_m, why = np.zeros((count, count)), {}
    widths_m = tuple(outer_m(route) or 0.0 for route in routes)
    for a, b in itertools.combinations(range(count), 2):
        asked = clearances.horizontal(facts_of(routes[a]), facts_of(routes[b]))
        if trench[a] == trench[b]:
            rule = rules.pair(routes[a].utility, routes[b].utility)
            own_m = 0.0 if rule is None else rule.clear_m
            own = GapRule(GapKind.PAIR, None if rule is None else rule.clause)
        else:
            own_m = sum(_side_m(rules.shape, routes, trench, row) for row in (a, b))
            own_m, own = own_m + rules.shape.wall_m, GapRule(GapKind.EARTH)
        table = GapRule(GapKind.TABLE, None if asked.cell is None else asked.cell.clause)
        gap_m[a, b] = gap_m[b, a] = max(asked.most_m, own_m)
        why[a, b] = table if asked.most_m >= own_m else own
    return Lineup(tuple(one.utility for one in routes), widths_m, gap_m, tuple(trench), why)


def own_width_m(route: Route, shape: TrenchShape) -> float | None:
    """The width of a route's own trench: as the route says, else by GB 50268; None if unknown."""
    wide_m = outer_m(route)
    if route.trench_width_m is not None or wide_m is None:
        return route.trench_width_m
    return shape.width_m(wide_m, shape.depth_m(route.cover_m, wide_m))


def own_depth_m(route: Route, shape: TrenchShape) -> float | None:
    """How deep a route's own trench is dug; None where cover or diameter are not known."""
    wide_m = outer_m(route)
    return None if wide_m is None else shape.depth_m(route.cover_m, wide_m)


def _side_m(shape: TrenchShape, routes: Sequence[Route], trench: Sequence[int], row: int) -> float:
    """The space beside a line: in a trench of its own what the route says, else b1 and b2."""
    route, wide_m = routes[row], outer_m(routes[row]) or 0.0
    alone = list(trench).count(trench[row]) == 1
    if alone and route.trench_width_m is not None:
        return max((route.trench_width_m - wide_m) / 2.0, 0.0)
    return shape.side_m(wide_m, shape.depth_m(route.cover_m, wide_m))


def draw_section(
    routes: Sequence[Route],
    lineup: Lineup,
    arrangement: Arrangement,
    order: SectionOrder,
    rules: TrenchRules,
) -> CrossSection:
    """The section of an arrangement, with what is dug for it."""
    slots = tuple(
        Slot(
            route_id=routes[row].route_id,
            utility=routes[row].utility,
            left_m=left,
            outer_m=lineup.outer_m[row],
            cover_m=routes[row].cover_m,
            depth_m=own_depth_m(routes[row], rules.shape),
            side_m=_side_m(rules.shape, routes, lineup.trench, row),
            trench=lineup.trench[row],
        )
        for row, left in zip(arrangement.order, arrangement.left_m, strict=True)
    )
    digs = tuple(
        _dig(tuple(members), rules.shape)
        for _, members in itertools.groupby(slots, key=lambda slot: slot.trench)
    )
    departures = rules.departures([slot.utility for slot in slots])
    bounds = _bounds(slots, lineup, arrangement)
    return CrossSection(order, slots, digs, arrangement.width_m, departures, bounds)


def section_as_laid(
    routes: Sequence[Route], trench: Sequence[int], centre_m: Sequence[float], shape: TrenchShape
) -> CrossSection:
    """The section of routes of known diameter where they lie, with what is dug for them.

    ``centre_m`` says how far across each lies, from anywhere; routes of one number in ``trench``
    lie in one excavation.
    """
    order = sorted(range(len(routes)), key=lambda row: centre_m[row])
    half_m = [(outer_m(route) or 0.0) / 2.0 for route in routes]
    begin_m = min(centre_m[row] - half_m[row] for row in order)
    slots = tuple(
        Slot(
            route_id=routes[row].route_id,
            utility=routes[row].utility,
            left_m=centre_m[row] - half_m[row] - begin_m,
            outer_m=2.0 * half_m[row],
            cover_m=routes[row].cover_m,
            depth_m=own_depth_m(routes[row], shape),
            side_m=_side_m(shape, routes, trench, row),
            trench=trench[row],
        )
        for row in order
    )
    digs = tuple(
        _dig(tuple(members), shape)
        for _, members in itertools.groupby(slots, key=lambda slot: slot.trench)
    )
    width_m = max(slot.right_m for slot in slots)
    return CrossSection(SectionOrder.AS_DRAWN, slots, digs, width_m, ())


def _bounds(slots: Sequence[Slot], lineup: Lineup, arrangement: Arrangement) -> tuple[Bound, ...]:
    found = []
    for one, other in binding(lineup, arrangement):
        rows = arrangement.order[one], arrangement.order[other]
        rule = lineup.why[min(rows), max(rows)]
        ids = slots[one].route_id, slots[other].route_id
        found.append(Bound(*ids, float(lineup.gap_m[rows]), rule))
    return tuple(found)


def _dig(slots: tuple[Slot, ...], shape: TrenchShape) -> Dig:
    first, last = slots[0], slots[-1]
    left_m, right_m = first.left_m - first.side_m, last.right_m + last.side_m
    return Dig(tuple(one.route_id for one in slots), left_m, right_m, _floor(slots, right_m, shape))


def _floor(
    slots: tuple[Slot, ...], right_m: float, shape: TrenchShape
) -> tuple[tuple[float, float | None], ...]:
    """The levels of the floor, each to where it ends.

    Neighbours whose bottoms hardly differ are dug to the deepest of them.
    """
    if any(slot.depth_m is None for slot in slots):
        return ((right_m, None),)
    benches: list[list[Slot]] = [[slots[0]]]
    for slot in slots[1:]:
        depths = [one.depth_m or 0.0 for one in (*benches[-1], slot)]
        if max(depths) - min(depths) < shape.step_from_m - TOLERANCE_M:
            benches[-1].append(slot)
        else:
            benches.append([slot])
    ends_m = [_step_m(one[-1], other[0]) for one, other in itertools.pairwise(benches)]
    levels = [max(slot.depth_m or 0.0 for slot in bench) for bench in benches]
    return tuple(zip([*ends_m, right_m], levels, strict=True))


def _step_m(one: Slot, other: Slot) -> float:
    """Where the floor steps between two neighbours: beside the deeper one's working space.

    Never beyond the middle of the gap: what lies higher is not dug away from below.
    """
    half_m = (other.left_m - one.right_m) / 2.0
    if (one.depth_m or 0.0) > (other.depth_m or 0.0):
        return one.right_m + min(one.side_m, half_m)
    return other.left_m - min(other.side_m, half_m)

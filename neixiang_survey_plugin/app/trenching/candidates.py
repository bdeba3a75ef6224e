"""The ways in which a section can be laid along a stretch, and the best of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from shapely import LineString

from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.conflicts.conflict import (
    Conflict,
    ConflictKind,
    ConflictOutcome,
)
from neixiang_survey_plugin.core.measuring.roads import RoadLayer
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.alignment import Leads
from neixiang_survey_plugin.core.trenching.cross_section import (
    CrossSection,
    SectionOrder,
    draw_section,
    line_up,
)
from neixiang_survey_plugin.core.trenching.partitions import Partition
from neixiang_survey_plugin.core.trenching.placing import (
    Placing,
    as_drawn,
    place,
    red_line_is_left,
)
from neixiang_survey_plugin.core.trenching.rules import TrenchRules
from neixiang_survey_plugin.core.trenching.section import Arrangement, Lineup, narrowest, statutory
from neixiang_survey_plugin.core.trenching.sharing import Digging
from neixiang_survey_plugin.core.trenching.stretches import Stretch, cut, spines

# For each way to lay some routes their conflicts, with each other and with all that is there.
FindConflicts = Callable[[Sequence[Mapping[int, Route]]], list[tuple[Conflict, ...]]]


@dataclass(frozen=True)
class Candidate:
    """One section laid in one way, and the conflicts of its lines there.

    ``routes`` are those that were laid, before they were moved: as they are, or deeper.
    """

    routes: Mapping[int, Route]
    placing: Placing
    conflicts: tuple[Conflict, ...]

    def own_failures(self, route_ids: frozenset[str]) -> int:
        """How many conflicts among its own lines fail."""
        return sum(_fails(one) and _among(one, route_ids) for one in self.conflicts)

    def cost(self, route_ids: frozenset[str]) -> tuple[float, ...]:
        """What makes one candidate worse than another, the gravest first."""
        own = sum(_among(one, route_ids) for one in self.conflicts)
        return (
            self.own_failures(route_ids),
            own,
            sum(_fails(one) for one in self.conflicts),
            len(self.placing.section.departures),
            len(self.conflicts),
            self.placing.length_m,
        )


@dataclass(frozen=True, eq=False)
class SectionRules:
    """What sections are drawn with."""

    trenches: TrenchRules
    clearances: ClearanceTable
    roads: RoadLayer | None
    digging: Digging


def best_candidate(
    depths: Sequence[Mapping[int, Route]],
    stretch: Stretch,
    partition: Partition,
    rules: SectionRules,
    find_conflicts: FindConflicts,
) -> Candidate | None:
    """The best way to lay routes along a stretch in the excavations of a partition.

    Tried are the statutory order, the narrowest, and the order in which the lines lie, along
    every member as the spine, at each of the depths. None where no course can be built.
    """
    ids = frozenset(route.route_id for route in depths[0].values())
    ways = [
        (routes, placing)
        for routes in depths
        for placing in _placings(routes, stretch, partition, rules)
    ]
    conflicts = find_conflicts([_moved(placing, routes) for routes, placing in ways])
    found = [Candidate(*way, own) for way, own in zip(ways, conflicts, strict=True)]
    return min(found, key=lambda one: one.cost(ids), default=None)


def _moved(placing: Placing, routes: Mapping[int, Route]) -> dict[int, Route]:
    """Routes on their new courses; the ground that they take is worked out for the best alone."""
    return {row: replace(one, line=placing.courses[row].line) for row, one in routes.items()}


def depths_of(
    routes: Mapping[int, Route], conflicts: Sequence[Conflict]
) -> tuple[Mapping[int, Route], ...]:
    """The routes as they are, and laid as deep as the surfaces above them ask, if that differs."""
    needed_m: dict[str, float] = {}
    for one in conflicts:
        if one.kind is ConflictKind.COVER and one.required_m is not None:
            needed_m[one.a] = max(needed_m.get(one.a, 0.0), one.required_m)
    deeper = {row: _deeper(route, needed_m.get(route.route_id)) for row, route in routes.items()}
    return (routes,) if deeper == routes else (routes, deeper)


def _deeper(route: Route, needed_m: float | None) -> Route:
    """A route under at least so much cover; one of unknown cover stays unknown."""
    if needed_m is None or route.cover_m is None or route.cover_m >= needed_m:
        return route
    return replace(route, cover_m=needed_m)


def narrowest_section(
    routes: Sequence[Route], partition: Partition, rules: SectionRules
) -> CrossSection:
    """The narrowest section of the same excavations, whatever its order."""
    lineup = line_up(routes, partition, rules.trenches, rules.clearances)
    arrangement = narrowest(lineup, rules.trenches)
    return draw_section(routes, lineup, arrangement, SectionOrder.NARROWEST, rules.trenches)


def _placings(
    routes: Mapping[int, Route], stretch: Stretch, partition: Partition, rules: SectionRules
) -> Iterator[Placing]:
    """For each order that differs from those before it, the ways to lay it."""
    lines = {row: route.line for row, route in routes.items()}
    members = list(routes.values())
    lineup = line_up(members, partition, rules.trenches, rules.clearances)
    tried: set[tuple[tuple[int, ...], bool]] = set()
    for left in _sides(lines[stretch.spine], stretch, rules.roads):
        for order, arrangement in _orders(lineup, routes, lines, stretch, left, rules.trenches):
            if (arrangement.order, left) in tried:
                continue
            tried.add((arrangement.order, left))
            section = draw_section(members, lineup, arrangement, order, rules.trenches)
            yield from _fewest_crossings(section, routes, lines, stretch, left, rules.trenches)


def _sides(line: LineString, stretch: Stretch, roads: RoadLayer | None) -> tuple[bool, ...]:
    """On which side the red line may lie: both are tried where none is near."""
    left = red_line_is_left(cut(line, stretch.from_m, stretch.to_m), roads)
    return (True, False) if left is None else (left,)


def _orders(
    lineup: Lineup,
    routes: Mapping[int, Route],
    lines: Mapping[int, LineString],
    stretch: Stretch,
    left: bool,
    rules: TrenchRules,
) -> Iterator[tuple[SectionOrder, Arrangement]]:
    yield SectionOrder.STATUTORY, statutory(lineup, rules)
    yield SectionOrder.NARROWEST, narrowest(lineup, rules)
    yield SectionOrder.AS_DRAWN, as_drawn(lineup, list(routes), lines, stretch, left)


def _fewest_crossings(
    section: CrossSection,
    routes: Mapping[int, Route],
    lines: Mapping[int, LineString],
    stretch: Stretch,
    left: bool,
    rules: TrenchRules,
) -> list[Placing]:
    """Along every member as the spine, with either kind of leads; the least tangled of them."""
    rows = {route.route_id: row for row, route in routes.items()}
    found = []
    for along in spines(stretch, lines, rules.together.moves_at_most_m):
        # a spine drawn against the stretch has the red line on its other side
        turned = along.spine in stretch.turned
        for leads in Leads:
            placing = place(section, rows, lines, along, left is not turned, rules, leads)
            if placing is not None:
                found.append(placing)
    least = min((one.crossings for one in found), default=0)
    return [one for one in found if one.crossings == least]


def _fails(conflict: Conflict) -> bool:
    return conflict.outcome is ConflictOutcome.FAIL


def _among(conflict: Conflict, route_ids: frozenset[str]) -> bool:
    return conflict.b_layer == "routes" and {conflict.a, conflict.b} <= route_ids

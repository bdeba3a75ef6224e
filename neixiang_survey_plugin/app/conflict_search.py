"""Looking for every conflict of routes with a county's layers and with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from neixiang_survey_plugin.app.conflict_candidates import candidates, near_pairs
from neixiang_survey_plugin.app.conflict_layers import (
    JUDGED_LAYERS,
    ConflictLayers,
    Layer,
    prepare_layers,
)
from neixiang_survey_plugin.app.progress import nothing, pausing_by
from neixiang_survey_plugin.core.conflicts.along import beside_conflicts, line_conflicts
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.conflicts.conflict import (
    Conflict,
    ConflictKind,
    NotJudged,
    NotJudgedReason,
)
from neixiang_survey_plugin.core.conflicts.connections import (
    BuildingEnd,
    at_buildings,
    at_own_lines,
    end_points,
)
from neixiang_survey_plugin.core.conflicts.context import Context
from neixiang_survey_plugin.core.conflicts.courses import Courses, courses
from neixiang_survey_plugin.core.conflicts.cover import cover_conflicts
from neixiang_survey_plugin.core.conflicts.crossing import crossing_conflicts
from neixiang_survey_plugin.core.conflicts.exemptions import Ends, exempt, find_meetings
from neixiang_survey_plugin.core.conflicts.houses import house_conflicts
from neixiang_survey_plugin.core.conflicts.neighbour_search import find_neighbours
from neixiang_survey_plugin.core.conflicts.route_pairs import RoutePairs, passes
from neixiang_survey_plugin.core.conflicts.stretches import Stretches
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.in_pieces import in_order, pausing
from neixiang_survey_plugin.core.measuring.nearby import covered
from neixiang_survey_plugin.core.measuring.polylines import Indices
from neixiang_survey_plugin.core.routes import Route

# Called with how many of how many routes were held against the layers.
Tick = Callable[[int, int], None]
Mask = NDArray[np.bool_]

_ROUTES_A_BATCH = 1_000
_ROUTES_BESIDE = 100  # where somebody may go first between two batches


@dataclass(frozen=True)
class ConflictResult:
    """All conflicts, in order of routes and along them, and what was not looked for."""

    conflicts: tuple[Conflict, ...]
    not_judged: tuple[NotJudged, ...]


@dataclass(frozen=True, eq=False)
class KnownEnds:
    """Which ends of routes, (n, 2), connect to what a county's layers hold."""

    connected: Mask
    at_buildings: tuple[BuildingEnd, ...]

    def part(self, begin: int, end: int) -> KnownEnds:
        """Those of some routes that follow each other, which are counted anew."""
        ends = (one for one in self.at_buildings if begin <= one.route < end)
        moved = tuple(replace(one, route=one.route - begin) for one in ends)
        return KnownEnds(self.connected[begin:end], moved)


class ConflictSearch:
    """A county with its layers indexed once, ready to look for the conflicts of any routes.

    ``known`` is of the same county with other facts: its indices serve again.
    """

    def __init__(
        self, county: County, clearances: ClearanceTable, known: ConflictSearch | None = None
    ) -> None:
        self.county = county
        self.clearances = clearances
        again = known if known is not None and known.clearances is clearances else None
        self.layers: ConflictLayers = prepare_layers(
            county, clearances, None if again is None else again.layers
        )

    def all_conflicts(
        self, routes: Sequence[Route], tick: Tick | None = None
    ) -> tuple[Conflict, ...]:
        """Every conflict of routes with the layers and with each other, each pair once."""
        return self.judge(routes, tick).conflicts

    def judge(self, routes: Sequence[Route], tick: Tick | None = None) -> ConflictResult:
        """Every conflict, and what was not looked for; SurveyError for a route without length."""
        not_judged = self.missing_layers()
        if not routes:
            return ConflictResult((), not_judged)
        every = self.courses(routes)
        pairs, crowded = near_pairs(every, self.clearances)
        not_judged += crowded
        known = self.known_ends(every)
        found = self.between_routes(every, pairs, known.connected | pairs.linked)
        at_once = _ROUTES_A_BATCH if tick is None else _ROUTES_BESIDE
        for begin in range(0, len(routes), at_once):
            end = begin + at_once
            batch, own = every, known
            if len(routes) > at_once:
                batch, own = self.courses(routes[begin:end]), known.part(begin, end)
            conflicts, missed = self.with_layers(batch, own, pairs.linked[begin:end])
            found += conflicts
            not_judged += missed
            if tick is not None:
                tick(begin + len(batch), len(routes))
        pause = pausing_by(tick, len(routes))
        return ConflictResult(tuple(in_order_of(routes, found, pause)), not_judged)

    def courses(self, routes: Sequence[Route]) -> Courses:
        """Routes made ready to be held against things."""
        return courses(routes, self.county.grid, self.clearances.largest_diameter_mm)

    def known_ends(self, every: Courses) -> KnownEnds:
        """Which ends connect to a pipeline of the route's utility or to its own building."""
        points, within_m = end_points(every), self.clearances.connects_within_m
        connected = np.zeros((len(every), 2), dtype=bool)
        pipes, houses = self.layers.pipelines, self.layers.buildings
        if pipes is not None:
            connected |= at_own_lines(every, points, pipes.things, pipes.tree, within_m)
        if houses is None:
            return KnownEnds(connected, ())
        ends = at_buildings(every, points, houses.things, houses.tree, self.layers.sites, within_m)
        for one in ends:
            connected[one.route, one.end] |= bool(one.own)
        return KnownEnds(connected, ends)

    def between_routes(self, every: Courses, pairs: RoutePairs, connected: Mask) -> list[Conflict]:
        """Conflicts of pairs of routes with each other."""
        found: list[Conflict] = []
        for segment, second in passes(every, pairs):
            found += self._between_lines(every, (segment, second), Ends(connected), every, pairs)
        return found

    def with_layers(
        self, every: Courses, known: KnownEnds, linked: Mask
    ) -> tuple[list[Conflict], tuple[NotJudged, ...]]:
        """Conflicts of routes with pipelines, buildings, obstacles and the surface."""
        layers, table = self.layers, self.clearances
        found = cover_conflicts(every, layers.surfaces, table)
        not_judged = self._outside_coverage(every.routes)
        if layers.pipelines is not None:
            near, crowded = candidates(every, layers.pipelines)
            ends = Ends(known.connected | linked)
            found += self._between_lines(every, near, ends, None, None, layers.pipelines)
            not_judged += crowded
        if layers.buildings is not None and layers.buildings.boundaries is not None:
            near, crowded = candidates(every, layers.buildings)
            if len(near[0]):
                outlines = layers.buildings.boundaries
                things = layers.buildings.things
                found += house_conflicts(every, things, outlines, near, known.at_buildings, table)
            not_judged += crowded
        if layers.obstacles is not None:
            near, crowded = candidates(every, layers.obstacles)
            found += self._beside(every, layers.obstacles, near)
            not_judged += crowded
        return found, not_judged

    def missing_layers(self) -> tuple[NotJudged, ...]:
        """The layers that the county lacks, for every route."""
        return tuple(
            NotJudged(None, name, NotJudgedReason.NO_LAYER)
            for name in JUDGED_LAYERS
            if getattr(self.layers, name) is None
        )

    def _between_lines(
        self,
        every: Courses,
        places: tuple[Indices, Indices],
        ends: Ends,
        others: Courses | None,
        pairs: RoutePairs | None,
        layer: Layer | None = None,
    ) -> list[Conflict]:
        table = self.clearances
        things = every.things if layer is None else layer.things
        near = find_neighbours(every, things, *places, table.horizontal_figures)
        if not len(near):
            return []
        ties = frozenset[tuple[int, int]]() if pairs is None else pairs.ties
        context = Context(near, table, others=others, ties=ties)
        meetings = find_meetings(near)
        free = exempt(
            near,
            meetings,
            ends,
            None if others is None else ends,
            table.least_angle_deg,
            table.connects_within_m,
        )
        return line_conflicts(context, free) + crossing_conflicts(context, meetings, free)

    def _beside(
        self, every: Courses, layer: Layer, places: tuple[Indices, Indices]
    ) -> list[Conflict]:
        figures = self.clearances.horizontal_figures
        near = find_neighbours(every, layer.things, *places, figures)
        context = Context(near, self.clearances, ConflictKind.OBSTACLE)
        return beside_conflicts(context, Stretches.none()) if len(near) else []

    def _outside_coverage(self, routes: Sequence[Route]) -> tuple[NotJudged, ...]:
        found = []
        lines = np.array([route.line for route in routes], dtype=object)
        for name, coverage in self.layers.coverages.items():
            for row in np.nonzero(~covered(coverage, lines))[0].tolist():
                reason = NotJudgedReason.OUTSIDE_COVERAGE
                found.append(NotJudged(routes[row].route_id, name, reason))
        return tuple(found)


def in_order_of(
    routes: Sequence[Route],
    conflicts: Iterable[Conflict],
    pause: Callable[[], object] = nothing,
) -> list[Conflict]:
    """Conflicts in order of routes and along them."""
    order = {route.route_id: number for number, route in enumerate(routes)}
    by_place = in_order(
        pausing(conflicts, pause),
        key=lambda one: (order[one.a], one.from_m, one.b_layer, one.b, one.kind.value),
    )
    return list(pausing(by_place, pause))

"""Conflicts that follow every edit: only what a moved route touches is looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from neixiang_survey_plugin.app.conflict_search import ConflictSearch, KnownEnds
from neixiang_survey_plugin.app.crowds import MOST_ROUTES
from neixiang_survey_plugin.app.moving_index import Box, MovingIndex, moving_index
from neixiang_survey_plugin.core.conflicts.clearance_classes import classes
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, NotJudged, NotJudgedReason
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.route_pairs import RoutePairs, pair_routes
from neixiang_survey_plugin.core.routes import Route


@dataclass(slots=True)
class _Drawn:
    """A route with what was found of it; ``beside`` by the other route's identifier."""

    route: Route
    ends: NDArray[np.bool_]
    with_layers: tuple[Conflict, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    beside: dict[str, tuple[Conflict, ...]] = field(default_factory=dict)
    links: frozenset[str] = frozenset()
    linked: tuple[bool, bool] = (False, False)


class LiveConflicts:
    """Routes whose conflicts are kept while they are drawn, on an index that moves with them."""

    def __init__(
        self,
        search: ConflictSearch,
        routes: Iterable[Route] = (),
        index: MovingIndex | None = None,
    ) -> None:
        self._search = search
        self._index = moving_index() if index is None else index
        self._drawn: dict[str, _Drawn] = {}
        figures = search.clearances.horizontal_figures
        largest = search.clearances.largest_diameter_mm.values()
        # no two routes are asked to keep further apart than this, centre to centre
        self._reach_m = float(figures.most_m[:, _line_classes(search)].max()) + max(largest) / 1e3
        for route in routes:
            self.put(route)

    @property
    def routes(self) -> Mapping[str, Route]:
        """The routes as they are now, by identifier."""
        return {key: one.route for key, one in self._drawn.items()}

    def put(self, route: Route) -> tuple[Conflict, ...]:
        """Add or replace a route; all its conflicts as they are now.

        Routes of its utility whose ends connect to it, or did so before, are looked at again
        too. When this raises SurveyError nothing has changed.
        """
        every = self._search.courses([route])
        known = self._search.known_ends(every)
        linked_before = self._linked_to(route.route_id)
        others = self._others(route)
        group = self._with(every, others)
        pairs = self._pairs(group)
        self._replace(route, known)
        self._settle(every, known, group, pairs, others)
        for key in sorted(linked_before | self._linked_to(route.route_id)):
            self._again(key)
        return self.conflicts_of(route.route_id)

    def remove(self, route_id: str) -> None:
        """Take a route away; KeyError when there is none."""
        linked = self._linked_to(route_id)
        gone = self._drawn.pop(route_id)
        self._index.remove(route_id)
        for key in gone.beside:
            self._drawn[key].beside.pop(route_id, None)
        for key in sorted(linked):
            self._again(key)

    def conflicts_of(self, route_id: str) -> tuple[Conflict, ...]:
        """The conflicts of one route, as a or as b, along it."""
        one = self._drawn[route_id]
        return (*one.with_layers, *(found for both in one.beside.values() for found in both))

    def not_judged_of(self, route_id: str) -> tuple[NotJudged, ...]:
        """What one route was not held against."""
        return self._search.missing_layers() + self._drawn[route_id].not_judged

    def all_conflicts(self) -> tuple[Conflict, ...]:
        """Every conflict of every route, each once."""
        found: list[Conflict] = []
        for key, one in self._drawn.items():
            found += one.with_layers
            found += [c for both in one.beside.values() for c in both if c.a == key]
        return tuple(found)

    def _again(self, route_id: str) -> None:
        """Look at a route again whose own line has not moved."""
        route = self._drawn[route_id].route
        every = self._search.courses([route])
        others = self._others(route)
        group = self._with(every, others)
        known = self._search.known_ends(every)
        self._settle(every, known, group, self._pairs(group), others)

    def _replace(self, route: Route, known: KnownEnds) -> None:
        before = self._drawn.get(route.route_id)
        for key in () if before is None else before.beside:
            self._drawn[key].beside.pop(route.route_id, None)
        self._drawn[route.route_id] = _Drawn(route, known.connected[0])
        self._index.put(route.route_id, _box(route, 0.0))

    def _settle(
        self,
        every: Courses,
        known: KnownEnds,
        group: Courses,
        pairs: RoutePairs,
        others: list[_Drawn],
    ) -> None:
        one = self._drawn[every.routes[0].route_id]
        one.links = frozenset(group.routes[b].route_id for a, b in pairs.links if a == 0)
        one.linked = bool(pairs.linked[0, 0]), bool(pairs.linked[0, 1])
        for row, other in enumerate(others, start=1):
            joins = (row, 0) in pairs.links
            other.links = other.links - {one.route.route_id}
            if joins:
                other.links |= {one.route.route_id}
                start, end = pairs.linked[row].tolist()
                other.linked = other.linked[0] or start, other.linked[1] or end
        linked = np.array([one.linked, *(other.linked for other in others)])
        known_ends = np.stack([one.ends, *(other.ends for other in others)])
        conflicts, not_judged = self._search.with_layers(every, known, linked[:1])
        one.not_judged = not_judged
        if len(others) == MOST_ROUTES and self._is_crowded(one.route):
            crowd = NotJudged(one.route.route_id, "routes", NotJudgedReason.CROWDED)
            one.not_judged += (crowd,)
        one.with_layers = tuple(conflicts)
        found = self._search.between_routes(group, pairs, known_ends | linked)
        self._keep(one, others, found)

    def _keep(self, one: _Drawn, others: list[_Drawn], found: list[Conflict]) -> None:
        mine = one.route.route_id
        for other in others:
            theirs = other.route.route_id
            both = tuple(c for c in found if theirs in (c.a, c.b))
            one.beside.pop(theirs, None)
            other.beside.pop(mine, None)
            if both:
                one.beside[theirs] = other.beside[mine] = both

    def _is_crowded(self, route: Route) -> bool:
        return len(self._index.near(_box(route, self._reach_m))) > MOST_ROUTES + 1

    def _others(self, route: Route) -> list[_Drawn]:
        """The routes near enough to conflict, the nearest where they are a crowd."""
        keys = self._index.near(_box(route, self._reach_m))
        near = [self._drawn[key] for key in keys if key != route.route_id]
        if len(near) > MOST_ROUTES:
            near.sort(key=lambda one: route.line.distance(one.route.line))
        return near[:MOST_ROUTES]

    def _with(self, every: Courses, others: list[_Drawn]) -> Courses:
        if not others:
            return every
        return self._search.courses([every.routes[0], *(one.route for one in others)])

    def _pairs(self, group: Courses) -> RoutePairs:
        others = np.arange(1, len(group))
        within_m = self._search.clearances.connects_within_m
        return pair_routes(group, np.zeros(len(others), dtype=np.intp), others, within_m)

    def _linked_to(self, route_id: str) -> set[str]:
        """The routes that have an end at this one."""
        return {key for key, one in self._drawn.items() if route_id in one.links}


def _box(route: Route, around_m: float) -> Box:
    west, south, east, north = route.line.bounds
    return west - around_m, south - around_m, east + around_m, north + around_m


def _line_classes(search: ConflictSearch) -> list[int]:

    beside = {classes().building, *classes().of_obstacle.values()}
    return [row for row in range(len(classes().members)) if row not in beside]

"""The conflicts of an open survey: of all lines under way at once, then kept up with every edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from neixiang_survey_plugin.app.conflict_search import ConflictResult, ConflictSearch
from neixiang_survey_plugin.app.live_conflicts import LiveConflicts
from neixiang_survey_plugin.app.session.kin import NearLines
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, NotJudged
from neixiang_survey_plugin.core.routes import Route


class SessionConflicts:
    """Conflicts of lines that somebody goes on drawing.

    ``found`` is what a search found of the lines under way when the survey was opened. Where a
    line was moved since, it and its neighbours are looked at again one by one, on lines that are
    taken over from ``routes`` as they are needed: a search of 5,000 lines takes 2 s, looking at
    each of them again 17 s. ``within_m`` is farther than any clearance between lines reaches.
    """

    def __init__(
        self,
        search: ConflictSearch,
        routes: Mapping[str, Route],
        under_way: Iterable[str],
        found: ConflictResult,
        within_m: float,
    ) -> None:
        self._search = search
        self._routes = routes
        self._within_m = within_m
        self._near = NearLines(routes)
        self._under_way = dict.fromkeys(under_way)
        self._found = found
        self._live = LiveConflicts(search)
        self._again: dict[str, None] = {}  # lines of which ``found`` says nothing any more
        self._whole: set[str] = set()  # lines whose neighbours' neighbours are taken over

    def put(self, route: Route, before: Route | None) -> None:
        """Look again at a line that was added or moved, and at its neighbours then and now."""
        courses = [route] if before is None else [before, route]
        self._look_again(courses)
        self._near.put(route)
        self._look_again(courses)
        self._under_way[route.route_id] = None
        if route.route_id in self._live.routes:
            self._live.put(route)

    def remove(self, route: Route) -> None:
        """Look again at the neighbours of a line that was taken away."""
        self._look_again([route])
        self._near.remove(route.route_id)
        for known in (self._again, self._under_way):
            known.pop(route.route_id, None)
        if route.route_id in self._live.routes:
            self._live.remove(route.route_id)

    def of(self, route_id: str) -> tuple[Conflict, ...]:
        """The conflicts of one line, along it."""
        if route_id in self._under_way and route_id not in self._again:
            return tuple(one for one in self._found.conflicts if one.is_of({route_id}))
        self._take_over(route_id)
        return self._live.conflicts_of(route_id)

    def all(self) -> tuple[Conflict, ...]:
        """Every conflict of every line under way, each once."""
        again = self._again.keys()
        found = [
            one
            for one in self._found.conflicts
            if not one.is_of(again) and one.is_of(self._under_way)
        ]
        for route_id in self._again:
            found += self._own(route_id)
        return tuple(found)

    def not_judged(self) -> tuple[NotJudged, ...]:
        """What lines under way were not held against, each once."""
        kept = [one for one in self._found.not_judged if one.route_id not in self._again]
        for route_id in self._again:
            self._take_over(route_id)
            kept += self._live.not_judged_of(route_id)
        return tuple(dict.fromkeys(kept))

    def _own(self, route_id: str) -> Iterator[Conflict]:
        """The conflicts of a line that is looked at again; one with another such line only once."""
        for one in self.of(route_id):
            is_first = one.a == route_id or one.a not in self._again
            if is_first and one.is_of(self._under_way):
                yield one

    def _look_again(self, courses: Sequence[Route]) -> None:
        around = self._near.near(courses, self._within_m)
        self._whole -= around
        self._again |= dict.fromkeys(sorted(around | {one.route_id for one in courses}))

    def _take_over(self, route_id: str) -> None:
        """Let the line be looked at with its neighbours, and these with theirs."""
        if route_id in self._whole:
            return
        around = self._near.near([self._routes[route_id]], self._within_m)
        beside = self._near.near([self._routes[one] for one in sorted(around)], self._within_m)
        for one in sorted(beside - self._live.routes.keys()):
            self._live.put(self._routes[one])
        self._whole.add(route_id)

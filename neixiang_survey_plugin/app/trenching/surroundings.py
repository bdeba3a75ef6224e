"""The lines around some routes, and what changes there when these are laid otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import shapely

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_alternatives import conflicts_of_each
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.judging.grouping import groups_by_application
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.proposal import LineFigures

# No clearance reaches further; a line beyond cannot be in conflict with what is moved.
_REACH_M = 30.0


class Surroundings:
    """All routes of a survey, ready to be asked what some of them laid otherwise would do."""

    def __init__(
        self, checker: Checker, search: ConflictSearch, routes: Sequence[Route], on: date
    ) -> None:
        self.routes = tuple(routes)
        self._checker, self._search, self._on = checker, search, on
        self._lines = np.array([route.line for route in routes], dtype=object)
        self._tree = shapely.STRtree(self._lines)
        days = checker.county.policy.no_split.days
        self._application = {
            row: tuple(group) for group in groups_by_application(routes, days) for row in group
        }

    def conflicts(self, laid: Mapping[int, Route]) -> tuple[Conflict, ...]:
        """Every conflict in which one of some routes, laid as given, has a part."""
        return self.conflicts_of_each([laid])[0]

    def conflicts_of_each(self, ways: Sequence[Mapping[int, Route]]) -> list[tuple[Conflict, ...]]:
        """The same for several ways to lay the same routes."""
        lines = [route.line for laid in ways for route in laid.values()]
        if not lines:  # a tree refuses to be asked about nothing
            return [() for _ in ways]
        _, near = self._tree.query(lines, "dwithin", _REACH_M)
        moved = {row for laid in ways for row in laid}
        others = [self.routes[row] for row in sorted(set(near.tolist()) - moved)]
        listed = [list(laid.values()) for laid in ways]
        return conflicts_of_each(self._search, listed, others, _REACH_M)

    def judged(self, laid: Mapping[int, Route]) -> dict[int, LineFigures]:
        """How each of some routes, laid as given, is judged with all that belongs to it."""
        rows = sorted({other for row in laid for other in self._application[row]})
        routes = [laid.get(row, self.routes[row]) for row in rows]
        results = self._checker.check(routes, self._on).routes
        return {row: _figures(one) for row, one in zip(rows, results, strict=True) if row in laid}

    def as_they_are(self, rows: Iterable[int]) -> dict[int, Route]:
        """Some routes by row, as they are."""
        return {row: self.routes[row] for row in rows}


def _figures(result: RouteResult) -> LineFigures:
    measures = result.measures
    return LineFigures(
        way=result.verdict.way,
        length_m=measures.length_m,
        crossing_m=measures.roads.across.value,
        green_m2=measures.green.strip.value,
    )

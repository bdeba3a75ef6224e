"""The lines of an open survey with their results and conflicts, kept up with every edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from neixiang_survey_plugin.app.checking import Checker, LiveCheck
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.live_conflicts import LiveConflicts
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, NotJudged
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.review import CommonWorks, on_common_ground


class JudgedLines:
    """Lines by identifier; after every change the results are those of a whole check.

    A line that is previewed is judged with the others and is none of them. ``agreed`` are the
    common works that were accepted: their lines are judged on the common ground; who changes it
    puts those lines again. ``progress`` hears of each line.
    """

    def __init__(
        self,
        checker: Checker,
        search: ConflictSearch,
        routes: Iterable[Route],
        on: date,
        agreed: Mapping[str, CommonWorks],
        progress: Progress,
    ) -> None:
        self.agreed = agreed
        self._routes = {route.route_id: route for route in routes}
        self._previewed: str | None = None
        judged = [self._as_judged(route) for route in self._routes.values()]
        self._live = LiveCheck(checker, judged, on)
        checked = checker.check(judged, on).routes if judged else ()
        self._results = {one.route.route_id: one for one in checked}
        ticked = progress.each("judge", list(self._routes.values()))
        self._conflicts = LiveConflicts(search, ticked)

    @property
    def routes(self) -> Mapping[str, Route]:
        """The lines as they are kept, in the order in which they came."""
        return self._routes

    @property
    def results(self) -> Mapping[str, RouteResult]:
        """The result of each line."""
        return self._results

    def replace(self, put: Sequence[Route], gone: Sequence[str]) -> tuple[str, ...]:
        """Add or replace lines and take others away; the lines whose results are new."""
        self.end_preview()
        judged: dict[str, None] = {}
        for route_id in gone:
            del self._routes[route_id], self._results[route_id]
            self._conflicts.remove(route_id)
            judged.pop(route_id, None)
            judged.update(self._take(self._live.remove(route_id)))
        for route in put:
            self._routes[route.route_id] = route
            judged.update(self._take(self._live.put(self._as_judged(route))))
            self._conflicts.put(route)
        return tuple(judged)

    def preview(self, route: Route) -> RouteResult:
        """The result that a line would have; SurveyError for one without length."""
        if self._previewed not in (None, route.route_id):
            self.end_preview()
        results = self._live.put(route)
        self._previewed = route.route_id
        return next(one for one in results if one.route.route_id == route.route_id)

    def end_preview(self) -> None:
        """Forget the line that was previewed."""
        previewed, self._previewed = self._previewed, None
        if previewed is None:
            return
        kept = self._routes.get(previewed)
        if kept is None:
            self._live.remove(previewed)
        else:
            self._live.put(self._as_judged(kept))

    def conflicts_of(self, route_id: str) -> tuple[Conflict, ...]:
        """The conflicts of one line, along it; KeyError when there is no such line."""
        return self._conflicts.conflicts_of(route_id)

    def all_conflicts(self) -> tuple[Conflict, ...]:
        """Every conflict of every line, each once."""
        return self._conflicts.all_conflicts()

    def not_judged(self) -> tuple[NotJudged, ...]:
        """What lines were not held against, each once."""
        found = [one for key in self._routes for one in self._conflicts.not_judged_of(key)]
        return tuple(dict.fromkeys(found))

    def _as_judged(self, route: Route) -> Route:
        """A line on the common ground of works that were accepted, where it is one of them."""
        return on_common_ground(route, self.agreed)

    def _take(self, results: Iterable[RouteResult]) -> dict[str, None]:
        """Keep new results; whose they are."""
        new = {one.route.route_id: one for one in results}
        self._results.update(new)
        return dict.fromkeys(new)

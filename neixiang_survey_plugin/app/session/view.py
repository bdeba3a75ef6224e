"""What an open survey shows: its county, lines, results and conflicts as they are now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from neixiang_survey_plugin.app.casework.lines_of_case import lines_around
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_overview import ConflictOverview, overview_of
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.session.judging import JudgedLines
from neixiang_survey_plugin.app.session.ready import Ready
from neixiang_survey_plugin.app.survey_store import Draft, SurveyStore
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, NotJudged
from neixiang_survey_plugin.core.conflicts.settlement import FollowedConflicts, Settlement, follow
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Route


class SessionView:
    """The half of a Session that changes nothing."""

    store: SurveyStore
    _ready: Ready
    _ending: frozenset[str]  # drafts that are finished as soon as what comes before is on disk

    @property
    def county(self) -> County:
        """What the lines are held against."""
        return self._ready.county

    @property
    def checker(self) -> Checker:
        """The county indexed for measuring and judging."""
        return self._ready.checker

    @property
    def search(self) -> ConflictSearch:
        """The county indexed for conflicts."""
        return self._ready.search

    @property
    def routes(self) -> Mapping[str, Route]:
        """The lines as they are on disk, by identifier."""
        return self._lines.routes

    @property
    def results(self) -> Mapping[str, RouteResult]:
        """The result of each line; those of closed cases are judged when somebody asks."""
        return self._lines.results

    def results_of(self, case_id: str | None) -> list[RouteResult]:
        """The results of the lines of a case; with None those of every case that is not closed."""
        lines = self._lines
        wanted = lines.of_case(case_id) if case_id else lines.under_way()
        return [lines.result_of(one.route_id) for one in wanted]

    def listed(
        self, case_id: str | None, most: int, also: str | None = None
    ) -> tuple[list[RouteResult], int]:
        """The results of the first lines of ``results_of`` and of one more; how many there are.

        All 5,000 lines under way of a survey of years take 10 ms.
        """
        lines = self._lines
        every = lines.ids_of(case_id)
        first = lines.first_of(case_id, most)
        if also is not None and also in every and also not in first:
            first.append(also)
        return [lines.result_of(one) for one in first], len(every)

    def lines_of(self, case_id: str | None) -> tuple[Route, ...]:
        """The lines of a case, or of none, in the order in which they came."""
        return tuple(self._lines.of_case(case_id))

    def place_of(self, route_id: str) -> int:
        """Where a line stands among all, in the order in which they came; KeyError for none."""
        return self._lines.place_of(route_id)

    def lines_around(self, case_ids: Iterable[str]) -> tuple[Route, ...]:
        """The lines that verdicts on some cases rest on, as they are judged, in their order.

        Those of the function of this name, looked for among what is bound to a case or near it:
        going through 50,000 lines took 50 ms.
        """
        lines, no_split, found = self._lines, self.county.policy.no_split, dict[str, Route]()
        for case_id in case_ids:
            among = lines.around(lines.of_case(case_id), no_split.suspected_within_m)
            judged = [lines.as_judged(one) for one in among]
            around = lines_around(case_id, judged, no_split)
            found.update((one.route_id, one) for one in around)
        return tuple(found[one] for one in sorted(found, key=lines.place_of))

    def judged_route(self, route_id: str) -> Route | None:
        """A line as it is judged; None where there is none."""
        route = self.routes.get(route_id)
        return None if route is None else self._lines.as_judged(route)

    @property
    def judged_routes(self) -> list[Route]:
        """The lines as they are judged: those of accepted works on the common ground."""
        return [self._lines.as_judged(one) for one in self.routes.values()]

    def lines_under_way(self) -> list[Route]:
        """The lines whose case is not closed, in the order in which they came."""
        return self._lines.under_way()

    def lines_to_hold(self, case_id: str | None) -> list[Route]:
        """The lines whose case is not closed, and those of a case, as they are judged."""
        lines = self._lines
        under_way = lines.ids_of(None)
        closed = () if case_id is None else lines.of_case(case_id)
        wanted = [
            *self.lines_under_way(),
            *(one for one in closed if one.route_id not in under_way),
        ]
        return [lines.as_judged(one) for one in wanted]

    @property
    def ids_under_way(self) -> Collection[str]:
        """The identifiers of the lines whose case is not closed, as they are now."""
        return self._lines.ids_of(None)

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """The lines that somebody began to draw and did not finish."""
        return self._not_ending(self.store.drafts())

    @property
    def begun(self) -> tuple[Draft, ...]:
        """The same without their vertices: 5,000 of them took 3 ms, after every edit."""
        return self._not_ending(self.store.drafts(vertices=False))

    def conflicts_of(self, route_id: str) -> tuple[Conflict, ...]:
        """The conflicts of one line, along it."""
        return self._lines.conflicts_of(route_id)

    def looking_at(self, route_ids: Iterable[str]) -> Iterator[None]:
        """Get the conflicts of some lines ready, little by little; while no line changes."""
        return self._lines.looking_at(route_ids)

    def all_conflicts(self) -> tuple[Conflict, ...]:
        """Every conflict of every line whose case is not closed, each once."""
        return self._lines.all_conflicts()

    def open_conflicts_of(self, route_ids: Iterable[str]) -> tuple[Conflict, ...]:
        """Every conflict of some lines that nobody has settled, each once, closed case or not."""
        found = dict.fromkeys(one for key in route_ids for one in self.conflicts_of(key))
        return follow(tuple(found), self.store.records(Settlement)).open

    def conflict_overview(
        self, wanted: Callable[[Conflict], bool], most: int
    ) -> Iterator[ConflictOverview | None]:
        """Every conflict with what became of it, the first causes of those that are wanted.

        Gives None between two pieces of the work, which ends with the overview; for as long as
        nothing changes.
        """
        return overview_of(
            self._lines.each_conflict(), self.store.records(Settlement), wanted, most
        )

    def followed_conflicts(self) -> FollowedConflicts:
        """Every conflict with what became of it."""
        return follow(self.all_conflicts(), self.store.records(Settlement))

    def not_judged(self) -> tuple[NotJudged, ...]:
        """What lines were not held against."""
        return self._lines.not_judged()

    def _not_ending(self, drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
        return tuple(one for one in drafts if one.draft_id not in self._ending)

    @property
    def _lines(self) -> JudgedLines:
        return self._ready.lines

"""The lines of an open survey with their results and conflicts, kept up with every edit."""

from __future__ import annotations

from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    Set,
    ValuesView,
)
from datetime import date
from itertools import count, islice, repeat

from neixiang_survey_plugin.app.checking import Checker, Foreseen, LiveCheck, Tick
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.progress import Progress, nothing
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.session.case_lines import CaseLines
from neixiang_survey_plugin.app.session.change import JudgedChange, Mark, judged_change
from neixiang_survey_plugin.app.session.conflicts import Found, SessionConflicts
from neixiang_survey_plugin.app.session.kin import Kin, NearLines
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, NotJudged
from neixiang_survey_plugin.core.in_pieces import pausing
from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.review import CommonWorks, on_common_ground

# Lines with what was measured of each, by identifier.
Measured = dict[str, tuple[Route, RouteMeasures]]


class JudgedLines:
    """Lines by identifier; after every change the results are those of a whole check.

    Lines of ``closed`` cases are judged when somebody asks for them, all others at once. A line
    that is previewed is judged with the others and is none of them. ``agreed`` are the common
    works that were accepted: their lines are judged on the common ground; who changes it puts
    those lines again. ``progress`` hears of each batch of lines.
    """

    def __init__(
        self,
        checker: Checker,
        search: ConflictSearch,
        routes: Iterable[Route],
        on: date,
        agreed: Mapping[str, CommonWorks],
        progress: Progress,
        closed: frozenset[str] = frozenset(),
    ) -> None:
        self.agreed = agreed
        self._checker, self._on = checker, on
        self._routes = {route.route_id: route for route in routes}
        self._places = {route_id: place for place, route_id in enumerate(self._routes)}
        self._next = len(self._routes)
        self._previewed: str | None = None
        self._measured: tuple[Route, RouteMeasures] | None = None  # that line as it is kept
        self._known: Measured = {}  # of lines that may be put next
        self._kin = Kin(self._routes.values())
        self._by_case = CaseLines(self._routes.values(), closed)
        self._live: LiveCheck | None = None  # of the lines that somebody works on
        self._results: dict[str, RouteResult] = {}
        self._swept: list[object] = []  # what went with many lines, and is not forgotten yet
        self._edited: list[Route] = []  # each line that was edited, as it was and as it is
        self._changes = 0  # how many changes of many lines were taken
        self._begin(search, progress)

    @property
    def routes(self) -> Mapping[str, Route]:
        """The lines as they are kept, in the order in which they came."""
        return self._routes

    @property
    def results(self) -> Mapping[str, RouteResult]:
        """The result of each line."""
        return _Results(self)

    def of_case(self, case_id: str | None) -> list[Route]:
        """The lines of a case, or of none, in the order in which they came."""
        return self._in_order(self._by_case.of(case_id))

    def under_way(self) -> list[Route]:
        """The lines whose case is not closed, in the order in which they came."""
        return self._in_order(self._by_case.under_way)

    def ids_of(self, case_id: str | None) -> Collection[str]:
        """The lines of a case; with None those whose case is not closed."""
        return self._by_case.of(case_id) if case_id else self._by_case.under_way

    def first_of(self, case_id: str | None, most: int) -> list[str]:
        """So many lines of ``ids_of`` that came first, in their order."""
        place_of = self._places.__getitem__
        if case_id:
            return sorted(self._by_case.of(case_id), key=place_of)[:most]
        return list(islice(self._by_case.in_order(place_of), most))

    def place_of(self, route_id: str) -> int:
        """Where a line stands among all, in the order in which they came; KeyError for none."""
        return self._places[route_id]

    def as_judged(self, route: Route) -> Route:
        """A line on the common ground of works that were accepted, where it is one of them."""
        return on_common_ground(route, self.agreed)

    def result_of(self, route_id: str) -> RouteResult:
        """The result of a line; KeyError when there is no such line."""
        found = self._results.get(route_id)
        if found is None:
            found = self._judge(self._kin.of(self._routes[route_id]))[route_id]
        return found

    def judge_all(self) -> None:
        """Judge the lines that nobody has asked for yet."""
        self._judge(self._routes.keys() - self._results.keys())

    def replace(self, put: Sequence[Route], gone: Sequence[str]) -> tuple[str, ...]:
        """Add or replace lines and take others away; the lines whose results are new."""
        self.end_preview()
        judged: dict[str, None] = {}
        for route_id in gone:
            route = self._routes[route_id]
            self._edited.append(route)
            live = self._live_with(route)
            del self._routes[route_id], self._places[route_id]
            self._results.pop(route_id, None)
            self._kin.remove(route_id)
            self._by_case.remove(route_id)
            self._conflicts.remove(route)
            judged.pop(route_id, None)
            judged.update(self._take(live.remove(route_id)))
        if put:
            live = self._live_with(*put)
            lines = [self.as_judged(one) for one in put]
            judged.update(self._take(live.put_all(lines, self._known_of(lines))))
        for route in put:
            before = self._routes.get(route.route_id)
            self._edited += (route,) if before is None else (before, route)
            self._routes[route.route_id] = route
            if route.route_id not in self._places:
                self._places[route.route_id] = self._next
                self._next += 1
            self._kin.put(route)
            self._by_case.put(route)
            self._conflicts.put(route, before)
        return tuple(judged)

    def judge_change(
        self, mark: Mark, put: Iterable[Route], gone: Iterable[str], progress: Progress
    ) -> JudgedChange:
        """Judge many lines that are to be put or taken away, in any thread; nothing changes yet.

        Somebody may edit meanwhile: ``take`` judges again what was touched since ``mark``.
        """
        new, out = {one.route_id: one for one in put}, frozenset(gone)
        progress.step("judge")
        going = [one for key in out if (one := self._routes.get(key)) is not None]
        moved = [one for key in new if (one := self._routes.get(key)) is not None]
        bound = self._kin.of(*new.values(), *moved, *going)

        def after(ids: Set[str]) -> list[Route]:
            return self._after(new, ids - out)

        lines = [self.as_judged(one) for one in after(bound | new.keys())]
        of, tick = 2 * len(lines), progress.seldom("judge")
        results: dict[str, RouteResult] = {}
        if lines:
            judged = self._checker.results(lines, self._on, lambda done, _: tick(done, of))
            results = {one.route.route_id: one for one in judged}
        searched = self._conflicts.search_again(
            new,
            out,
            after,
            lambda done, every: tick(len(lines) + done, of),
        )
        return judged_change(new, going, results, searched, mark)

    @property
    def mark(self) -> Mark:
        """How far the edits have come."""
        return len(self._edited), self._changes

    def edited_since(self, mark: Mark) -> Sequence[Route] | None:
        """The lines that were edited since, before and after; None where many changed at once."""
        edits, changes = mark
        return None if changes != self._changes else self._edited[edits:]

    def bound_to(self, routes: Sequence[Route]) -> Set[str]:
        """The lines that are judged with some."""
        return self._kin.of(*routes)

    def around(self, routes: Sequence[Route], within_m: float) -> list[Route]:
        """The lines bound to some, and those within so many metres of these, in their order."""
        near = self._conflicts.near(routes, within_m) if routes else set()
        return self._in_order(self._kin.of(*routes) | near)

    def take(self, change: JudgedChange) -> tuple[str, ...]:
        """Do a change that was judged; the lines whose results are new.

        A line of it that was edited since stays as it is now.
        """
        edited = self._edited[change.mark[0] :]
        if edited:
            stay = {one.route_id for one in edited}
            edited += (one for key, one in change.put.items() if key in stay)  # judged, not taken
            change = change.but_for(stay, self._routes)
        put, gone = change.put, change.gone
        self.end_preview()
        self._swept.extend(map(self._routes.pop, gone))
        self._swept.extend(map(self._results.pop, gone, repeat(None)))
        for route_id in gone:
            del self._places[route_id]
        self._kin.remove(*gone)
        self._by_case.remove_all(change.gone_by_case)
        new = [route_id for route_id in put if route_id not in self._places]
        self._places.update(zip(new, count(self._next), strict=False))
        self._next += len(new)
        self._routes.update(put)
        self._kin.put_all(change.bonds)
        self._by_case.put_all(change.put_by_case)
        self._results.update(change.results)
        self._swept += (*self._conflicts.take(put, gone, change.searched, edited), self._live)
        self._live = None
        self._changes += 1
        again = self._kin.of(*edited)
        self._judge(again)
        return tuple(dict.fromkeys((*change.results, *again)))

    def foresee(self, route: Route) -> Callable[[], Foreseen]:
        """What works out, in any thread, what a line would come to; ``take_foreseen`` it then."""
        if self._previewed not in (None, route.route_id):
            self.end_preview()
        live = self._live_with(route)
        if self._previewed is None and route.route_id in self._routes:
            kept = live.routes[route.route_id]
            self._measured = kept, live.measures_of(route.route_id)
        self._previewed = route.route_id
        return live.foresee(route)

    def take_foreseen(self, foreseen: Foreseen) -> RouteResult | None:
        """The result of the line under the pointer; None where other lines changed meanwhile."""
        if self._live is None or not self._live.holds(foreseen):
            return None
        route = foreseen.result.route
        self._known = {route.route_id: (route, foreseen.measured)}
        return self._live.take(foreseen)

    def measured(self, routes: Sequence[Route]) -> Measured:
        """Lines that are to be put, with what is measured of them; in any thread."""
        judged = [self.as_judged(one) for one in routes]
        pairs = zip(judged, self._checker.measure(judged), strict=True)
        return {one.route_id: (one, found) for one, found in pairs}

    def know(self, measured: Measured) -> None:
        """Measure these lines no more where they are put as they are."""
        self._known = measured

    def end_preview(self) -> None:
        """Forget the line that was previewed."""
        previewed, self._previewed = self._previewed, None
        measured, self._measured = self._measured, None
        if previewed is None or self._live is None:
            return
        kept = self._routes.get(previewed)
        if kept is None:
            self._live.forget(previewed)
        else:
            judged = self.as_judged(kept)
            is_known = measured is not None and measured[0] == judged
            self._live.put(judged, measured[1] if measured and is_known else None)

    def let_go(self, pause: Callable[[], object] = nothing) -> None:
        """Forget what was found, piece by piece, in any thread: nobody shows these lines any more.

        A million small things at once would hold the interpreter for 0.1 s.
        """
        for _ in pausing(iter(lambda: len(self._results), 0), pause):
            self._results.popitem()
        self._conflicts.let_go(pause)
        self.sweep(pause)

    def sweep(self, pause: Callable[[], object] = nothing) -> None:
        """Forget what went, one by one, in any thread; ``pause`` lets others go first."""
        for _ in pausing(iter(lambda: len(self._swept), 0), pause):
            went = self._swept.pop()
            if isinstance(went, Found):
                went.let_go(pause)

    def conflicts_of(self, route_id: str) -> tuple[Conflict, ...]:
        """The conflicts of one line, along it; KeyError when there is no such line."""
        return self._conflicts.of(self._routes[route_id].route_id)

    def all_conflicts(self) -> tuple[Conflict, ...]:
        """Every conflict of every line whose case is not closed, each once."""
        return tuple(one for one in self._conflicts.each() if one is not None)

    def each_conflict(self) -> Iterator[Conflict | None]:
        """The same one after another, a None after what takes long; while no line changes."""
        return self._conflicts.each()

    def looking_at(self, route_ids: Iterable[str]) -> Iterator[None]:
        """Get the conflicts of some lines ready, little by little; while no line changes."""
        return self._conflicts.looking_at(route_ids)

    def not_judged(self) -> tuple[NotJudged, ...]:
        """What those lines were not held against, each once."""
        return self._conflicts.not_judged()

    def _begin(self, search: ConflictSearch, progress: Progress) -> None:
        """Judge the lines under way, and find their conflicts with each other and all others."""
        under_way = self.under_way()
        within_m = self._checker.county.policy.no_split.suspected_within_m
        bound = self._kin.of(*under_way)
        around = bound
        if len(bound) < len(self._routes):
            around = NearLines(self._routes).near(under_way, within_m) | bound
        of = len(bound) + len(around)
        progress.step("judge", done=0, of=of)
        tick = progress.seldom("judge")
        self._judge(bound, lambda done, _: tick(done, of))
        found = search.judge(
            self._in_order(around),
            lambda done, _: tick(len(bound) + done, of),
        )
        ids = [one.route_id for one in under_way]
        self._conflicts = SessionConflicts(search, self._routes, ids, found, within_m)

    def _after(self, put: Mapping[str, Route], ids: Set[str]) -> list[Route]:
        """Lines of some names as they will be once others are put, in their order."""
        end = {key: self._next + number for number, key in enumerate(put)}
        order = {key: self._places.get(key, end.get(key, self._next)) for key in ids}
        named = sorted(ids, key=order.__getitem__)
        lines = (put.get(key) or self._routes.get(key) for key in named)
        return [one for one in lines if one is not None]

    def _judge(self, ids: Iterable[str], tick: Tick | None = None) -> Mapping[str, RouteResult]:
        judged = [self.as_judged(one) for one in self._in_order(ids)]
        if not judged:
            return {}
        results = self._checker.results(judged, self._on, tick)
        self._take(results)
        return {one.route.route_id: one for one in results}

    def _live_with(self, *routes: Route) -> LiveCheck:
        """A check that follows some lines and all that they are or were judged with."""
        before = (self._routes.get(one.route_id) for one in routes)
        wanted = self._kin.of(*routes, *(one for one in before if one is not None))
        if self._live is None or not wanted <= self._live.routes.keys():
            lines = [self.as_judged(one) for one in self._in_order(wanted)]
            self._live = LiveCheck(self._checker, lines, self._on, self._measured_of(lines))
        return self._live

    def _known_of(self, lines: Sequence[Route]) -> dict[str, RouteMeasures]:
        """What was measured of those that are as they were then: 18 ms of a line of 20 km."""
        known, self._known = self._known, {}
        found = ((one, known.get(one.route_id)) for one in lines)
        return {one.route_id: own[1] for one, own in found if own is not None and own[0] == one}

    def _measured_of(self, lines: Sequence[Route]) -> dict[str, RouteMeasures]:
        """What was measured of those lines that are as they were when they were judged."""
        results = ((line, self._results.get(line.route_id)) for line in lines)
        return {
            line.route_id: found.measures.untaped or found.measures
            for line, found in results
            if found is not None and found.route == line
        }

    def _in_order(self, ids: Iterable[str]) -> list[Route]:
        """Lines in the order in which they came, on which it depends how they are numbered."""
        return [self._routes[one] for one in sorted(ids, key=self._places.__getitem__)]

    def _take(self, results: Iterable[RouteResult]) -> dict[str, None]:
        """Keep new results; whose they are."""
        new = {one.route.route_id: one for one in results}
        self._results.update(new)
        return dict.fromkeys(new)


class _Results(Mapping[str, RouteResult]):
    """The result of each line, judged by the time somebody looks."""

    def __init__(self, lines: JudgedLines) -> None:
        self._lines = lines

    def __getitem__(self, route_id: str) -> RouteResult:
        return self._lines.result_of(route_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._lines.routes)

    def __len__(self) -> int:
        return len(self._lines.routes)

    def values(self) -> ValuesView[RouteResult]:
        """All results; those that are missing are judged together."""
        self._lines.judge_all()
        return super().values()

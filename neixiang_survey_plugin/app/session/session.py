"""A survey that is open: every edit goes to the disk first, then everybody is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.confirming import confirm
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.progress import Aside, Progress, at_once
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.session.as_steps import as_steps
from neixiang_survey_plugin.app.session.coming_in import check_lengths, free_id, under_free_ids
from neixiang_survey_plugin.app.session.events import (
    DraftKept,
    LinesChanged,
    Outdated,
    Previewed,
    RecordsChanged,
    Saved,
    Selected,
)
from neixiang_survey_plugin.app.session.judging import JudgedLines
from neixiang_survey_plugin.app.session.listeners import Listener, Listeners
from neixiang_survey_plugin.app.session.ready import Given, Ready, make_ready
from neixiang_survey_plugin.app.survey_store import Draft, Step, SurveyStore
from neixiang_survey_plugin.app.trenching.reviewing import accept
from neixiang_survey_plugin.core.casework.case import Case, State
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, NotJudged
from neixiang_survey_plugin.core.conflicts.settlement import FollowedConflicts, Settlement, follow
from neixiang_survey_plugin.core.county import County, Unit
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.supervision.suspensions import (
    SuspensionRecord,
    with_suspensions,
)
from neixiang_survey_plugin.core.trenching.proposal import Proposal
from neixiang_survey_plugin.core.trenching.review import (
    CommonWorks,
    TrenchReview,
    latest_works,
)


class Session:
    """An open survey on its county, in the words of the work.

    Every verb that edits raises SurveyError with one sentence when it cannot be done; nothing
    has then changed. ``on`` is the day for lines without a planned one. ``county`` is what the
    lines are held against: ``source``, as it was read, with the facts from the site laid over it.
    ``aside`` runs what takes long beside the work; where no window sets it, it is done at once.
    """

    def __init__(
        self,
        county: County,
        clearances: ClearanceTable,
        store: SurveyStore,
        on: date,
        clock: Callable[[], datetime] = datetime.now,
        progress: Progress | None = None,
    ) -> None:
        kept = store.routes()
        self.store = store
        self.on = on
        self.source = county
        self.aside: Aside = at_once
        self._clearances = clearances
        self._ready = make_ready(self._given(), kept.routes, progress or Progress())
        self.notes = (*store.notes, *kept.unreadable, *self._ready.complaints)
        self.can_undo = True  # the steps of earlier days are in the file
        self.can_redo = False
        self.outdated = False  # by facts that the lines could not be judged by yet
        self.saved_at: datetime | None = None
        self.selected: str | None = None
        self._clock = clock
        self._listeners = Listeners()

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
        return [
            lines.results[one.route_id]
            for one in self.routes.values()
            if (one.case_id == case_id if case_id else one.case_id not in lines.closed)
        ]

    @property
    def judged_routes(self) -> list[Route]:
        """The lines as they are judged: those of accepted works on the common ground."""
        return [self._lines.as_judged(one) for one in self.routes.values()]

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """The lines that somebody began to draw and did not finish."""
        return self.store.drafts()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell a listener of every change from now on; the call that comes back ends it."""
        return self._listeners.add(listener)

    def put(self, *routes: Route, what: str, finishes: str | None = None) -> None:
        """Add or replace lines as one undoable step; ``finishes`` names the draft that ends."""
        check_lengths(routes)
        self.store.edit(routes, what=what, finishes=finishes)
        self._took_a_step(what, routes, ())

    def bring_in(
        self, routes: Sequence[Route], what: str, then: Callable[[Sequence[Route]], None]
    ) -> None:
        """Add many lines as one undoable step: judged beside the work, then kept, then told.

        Who cancels that has changed nothing. ``then`` is given them when they are there: one
        whose identifier another line took meanwhile has another.
        """
        check_lengths(routes)
        before, known = self._ready, frozenset(self.routes)
        every = tuple({**self.routes, **{route.route_id: route for route in routes}}.values())

        def take(ready: Ready) -> None:
            named = under_free_ids(routes, self._taken_ids() - known)
            if self._ready is not before:  # a fact from the site, or other lines, came in between
                self.bring_in(named, what, then)
                return
            new = {route.route_id: route for route in named}
            self.store.edit(named, what=what)
            self._go_on_with(ready, new)
            self.can_undo, self.can_redo = True, False
            self._listeners.tell(LinesChanged(what, tuple(new), (), tuple(self.routes)))
            self._tell_saved()
            then(named)

        self.aside(lambda progress: before.with_lines(every, progress), take)

    def delete(self, *route_ids: str) -> None:
        """Take lines away as one undoable step."""
        self.store.edit(delete=route_ids, what="delete")
        self._took_a_step("delete", (), route_ids)

    def undo(self) -> Step | None:
        """Take back the last step, whoever made it; None when there is none."""
        step = self.store.undo()
        self.can_undo = step is not None
        self.can_redo = self.can_redo or step is not None
        self._follow_the_store("undo", step)
        return step

    def redo(self) -> Step | None:
        """Do again what was taken back last; None when there is nothing."""
        step = self.store.redo()
        self.can_redo = step is not None
        self.can_undo = self.can_undo or step is not None
        self._follow_the_store("redo", step)
        return step

    def draw(self, draft: Draft) -> None:
        """Keep a line that is being drawn as it is now; one without vertices is dropped."""
        self.store.draw(draft)
        self._listeners.tell(DraftKept(draft.draft_id, len(draft.vertices)))
        self._tell_saved()

    def confirm(self, fact: ConfirmedFact) -> None:
        """Keep what the site showed, and judge every line anew, beside the work."""
        confirm(self.store, fact, self.source.layers)
        self._tell_saved()
        self.judge_anew()

    def record(self, what: str, change: Callable[[SurveyStore], object], *case_ids: str) -> None:
        """Let somebody change what is kept beside the lines, such as packets, for good.

        ``case_ids`` are the cases that it concerns, where that is known.
        """
        change(self.store)
        self.can_undo, self.can_redo = True, False
        self._follow_agreed_works(what)
        self._tell_records(what, case_ids or None)

    def step(self, what: str, change: Callable[[SurveyStore], object], *case_ids: str) -> None:
        """Let somebody change what is kept of some cases, as a step that can be undone."""
        change(as_steps(self.store, what))
        self.can_undo, self.can_redo = True, False
        self._tell_records(what, case_ids)

    def know_units(self, units: tuple[Unit, ...]) -> None:
        """Take over what the county says of its units by now; no verdict rests on it."""
        self.source = replace(self.source, units=units)
        self._ready = replace(self._ready, county=replace(self.county, units=units))
        self._tell_records("units")

    def use_layers(self, layers: Mapping[str, FeatureTable]) -> None:
        """Judge by these layers in place of all that the county had."""
        self.source = replace(self.source, layers=layers, declared=frozenset(layers))
        self.judge_anew()

    def accept_trench(self, proposal: Proposal, by: str, remark: str | None = None) -> TrenchReview:
        """Accept a shared trench: the next version of each of its lines, as one undoable step."""
        review = accept(self.store, proposal, by, self._clock(), remark)
        self._lines.agreed = self._agreed_works()
        kept = self.store.routes(route_ids=proposal.route_ids).routes
        self._took_a_step("trench_accepted", kept, ())
        self._tell_records("trench_accepted")
        return review

    def judge_anew(self) -> None:
        """Index the county with the facts from the site beside the work, then go on with it.

        Who cancels that goes on with the verdicts of before, which are ``outdated`` then.
        """
        given, routes, known = self._given(), tuple(self.routes.values()), self._ready

        def take(ready: Ready) -> None:
            self.outdated = False
            self._go_on_with(ready)
            self._listeners.tell(LinesChanged("confirm", (), (), tuple(self.routes)))

        def dropped() -> None:
            self.outdated = True
            self._listeners.tell(Outdated())

        self.aside(lambda progress: make_ready(given, routes, progress, known), take, dropped)

    def preview(self, route: Route) -> RouteResult | None:
        """The result of a line as it lies under the pointer; None while it has no length."""
        if route.line.length <= 0.0:
            self.end_preview()
            return None
        result = self._lines.preview(route)
        self._listeners.tell(Previewed(result))
        return result

    def end_preview(self) -> None:
        """Forget the line under the pointer."""
        self._lines.end_preview()
        self._listeners.tell(Previewed(None))

    def select(self, route_id: str | None) -> None:
        """Choose a line, or none; KeyError when there is no such line."""
        if route_id is not None and route_id not in self.routes:
            raise KeyError(route_id)
        if route_id != self.selected:
            self.selected = route_id
            self._listeners.tell(Selected(route_id))

    def conflicts_of(self, route_id: str) -> tuple[Conflict, ...]:
        """The conflicts of one line, along it."""
        return self._lines.conflicts_of(route_id)

    def all_conflicts(self) -> tuple[Conflict, ...]:
        """Every conflict of every line whose case is not closed, each once."""
        return self._lines.all_conflicts()

    def open_conflicts_of(self, route_ids: Iterable[str]) -> tuple[Conflict, ...]:
        """Every conflict of some lines that nobody has settled, each once, closed case or not."""
        found = dict.fromkeys(one for key in route_ids for one in self.conflicts_of(key))
        return follow(tuple(found), self.store.records(Settlement)).open

    def followed_conflicts(self) -> FollowedConflicts:
        """Every conflict with what became of it."""
        return follow(self.all_conflicts(), self.store.records(Settlement))

    def settle_conflicts(self, settlements: Sequence[Settlement]) -> None:
        """Keep what became of conflicts, as one undoable step."""
        self.store.edit(records=settlements, what="conflict_settled")
        self.can_undo, self.can_redo = True, False
        self._tell_records("conflict_settled")

    def not_judged(self) -> tuple[NotJudged, ...]:
        """What lines were not held against."""
        return self._lines.not_judged()

    def new_route_id(self, utility: str, case_id: str | None) -> str:
        """An identifier that no line has: C01-water, C01-water-2 ..."""
        return free_id(utility, case_id, self._taken_ids())

    def take_over(self) -> None:
        """Take over what other programs, such as QGIS, wrote into the file meanwhile."""
        tables = self._take_over("elsewhere")
        if tables & {"confirmed_facts", "suspensions"}:
            self.judge_anew()
        if "common_works" in tables:
            self._follow_agreed_works("elsewhere")
        if tables - {"routes"}:
            self._listeners.tell(RecordsChanged("elsewhere"))

    def settle(self) -> None:
        """Bring everything into the one file: when idle, and when the focus is lost."""
        self.store.settle()

    def close(self) -> None:
        """Settle, and let go of the file."""
        self.store.close()

    def _taken_ids(self) -> set[str]:
        return {*self.routes, *(one.route_id for one in self.drafts if one.route_id)}

    def _took_a_step(self, what: str, put: Sequence[Route], gone: Sequence[str]) -> None:
        self.can_undo, self.can_redo = True, False
        self._changed(what, put, gone)

    @property
    def _lines(self) -> JudgedLines:
        return self._ready.lines

    def _given(self) -> Given:
        """What is on record for the lines to be judged by."""
        store = self.store
        county = with_suspensions(self.source, store.records(SuspensionRecord))
        facts, agreed = tuple(store.confirmed_facts()), self._agreed_works()
        closed = frozenset(one.case_id for one in store.records(Case, state=State.CLOSED))
        return Given(county, self._clearances, facts, agreed, self.on, closed)

    def _go_on_with(self, ready: Ready, new: Mapping[str, Route] = MappingProxyType({})) -> None:
        """Take over what was made ready, new lines too, with the edits made meanwhile."""
        then, agreed = ready.lines, self._lines.agreed
        others = dict(agreed.items() ^ then.agreed.items())
        then.agreed = agreed
        wanted = {**self.routes, **new}
        put = [one for key, one in wanted.items() if then.routes.get(key) != one or key in others]
        then.replace(put, [key for key in then.routes if key not in wanted])
        self._ready = replace(ready, county=replace(ready.county, units=self.source.units))

    def _agreed_works(self) -> Mapping[str, CommonWorks]:
        return latest_works(self.store.records(CommonWorks))

    def _follow_agreed_works(self, what: str) -> None:
        """Judge the lines anew whose common works were accepted or taken back."""
        agreed = self._agreed_works()
        touched = dict(agreed.items() ^ self._lines.agreed.items())
        self._lines.agreed = agreed
        lines = [route for key, route in self.routes.items() if key in touched]
        self._changed(what, lines, ())

    def _follow_the_store(self, what: str, step: Step | None) -> None:
        """Take over what a step changed, and what other programs wrote meanwhile."""
        self._take_over(what)
        if step is not None and step.record_uuids:
            self._follow_agreed_works(what)
            self._tell_records(what)

    def _take_over(self, what: str) -> frozenset[str]:
        """Take over the lines that anybody changed; the tables that were written to.

        Only those lines are read again: a survey of years has tens of thousands.
        """
        changed = self.store.changed()
        there = self.store.routes(route_ids=changed.route_ids).routes
        kept = {route.route_id: route for route in there}
        gone = [key for key in changed.route_ids if key in self.routes and key not in kept]
        put = [one for key, one in kept.items() if self.routes.get(key) != one]
        self._changed(what, put, gone)
        return changed.tables

    def _changed(self, what: str, put: Sequence[Route], gone: Sequence[str]) -> None:
        if not put and not gone:
            return
        judged = self._lines.replace(put, gone)
        if self.selected in gone:
            self.select(None)
        ids = tuple(route.route_id for route in put)
        self._listeners.tell(LinesChanged(what, ids, tuple(gone), judged))
        self._tell_saved()

    def _tell_records(self, what: str, case_ids: tuple[str, ...] | None = None) -> None:
        self._listeners.tell(RecordsChanged(what, case_ids))
        self._tell_saved()

    def _tell_saved(self) -> None:
        self.saved_at = self._clock()
        self._listeners.tell(Saved(self.saved_at))

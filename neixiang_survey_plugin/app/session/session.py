"""A survey that is open: every edit goes to the disk first, then everybody is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from neixiang_survey_plugin.app.checking import Foreseen
from neixiang_survey_plugin.app.confirming import confirm
from neixiang_survey_plugin.app.progress import Aside, Progress, at_once
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.session.as_steps import as_steps
from neixiang_survey_plugin.app.session.beside import MOST_AT_ONCE, SessionBeside
from neixiang_survey_plugin.app.session.coming_in import check_lengths, check_unchanged
from neixiang_survey_plugin.app.session.events import (
    DraftKept,
    LinesChanged,
    Previewed,
    RecordsChanged,
)
from neixiang_survey_plugin.app.session.judging import Measured
from neixiang_survey_plugin.app.session.listeners import Listener, Listeners
from neixiang_survey_plugin.app.session.once import Failed, Once, nobody
from neixiang_survey_plugin.app.session.ready import make_ready
from neixiang_survey_plugin.app.survey_store import Changed, Draft, Step, SurveyStore
from neixiang_survey_plugin.app.trenching.reviewing import accept
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.conflicts.settlement import Settlement
from neixiang_survey_plugin.core.county import County, Unit
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.proposal import Proposal
from neixiang_survey_plugin.core.trenching.review import (
    TrenchReview,
)

_SETTLED_AT_ONCE = 50  # conflicts; a window stood still for 70 ms for those of a large group


class Session(SessionBeside):
    """An open survey on its county, in the words of the work.

    Every verb that edits raises SurveyError with one sentence when it cannot be done; nothing
    has then changed. ``on`` is the day for lines without a planned one. ``county`` is what the
    lines are held against: ``source``, as it was read, with the facts from the site laid over it.
    ``aside`` runs what takes long beside the work, ``writing`` what is written into the file for
    more than a moment, and ``ahead`` what is mostly done in one, of which the newest alone
    counts; where no window sets them, it is done at once. What ``known``, a
    session on the same county, has indexed of it serves again.
    """

    def __init__(
        self,
        county: County,
        clearances: ClearanceTable,
        store: SurveyStore,
        on: date,
        clock: Callable[[], datetime] = datetime.now,
        progress: Progress | None = None,
        known: Session | None = None,
    ) -> None:
        kept = store.routes()
        self.store = store
        self.on = on
        self.source = county
        self.aside: Aside = at_once
        self.writing: Aside = at_once
        self.ahead: Aside = at_once
        self._awaited: Route | None = None  # the line under the pointer while it is being measured
        self._clearances = clearances
        indexed = None if known is None else known._ready
        self._ready = make_ready(self._given(store), kept.routes, progress or Progress(), indexed)
        self._behind = frozenset[str]()
        self._pending = {}
        self._coming = frozenset[str]()
        self._ending = frozenset[str]()
        self._when_there: list[Callable[[], None]] = []
        self.notes = (*store.notes, *kept.unreadable, *self._ready.complaints)
        self.can_undo = True  # the steps of earlier days are in the file
        self.can_redo = False
        self.outdated = False  # by facts that the lines could not be judged by yet
        self.saved_at: datetime | None = None
        self.selected: str | None = None
        self._clock = clock
        self._listeners = Listeners()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell a listener of every change from now on; the call that comes back ends it."""
        return self._listeners.add(listener)

    def put(self, *routes: Route, what: str, finishes: str | None = None) -> None:
        """Add or replace lines as one undoable step; ``finishes`` names the draft that ends."""
        check_lengths(routes)
        self._arrive()
        self.store.edit(routes, what=what, finishes=finishes)
        self._took_a_step(what, routes, ())

    @property
    def has_to_wait(self) -> bool:
        """Whether an edit would wait for what is written, here or elsewhere, or is measured."""
        return self.is_writing or self.is_measuring or self.store.is_taken

    @property
    def is_writing(self) -> bool:
        """Whether something that was asked for, such as an undo, is not on disk yet."""
        return bool(self._pending)

    def put_in_turn(
        self,
        *routes: Route,
        what: str,
        then: Callable[[], None],
        failed: Failed,
        finishes: str | None = None,
    ) -> None:
        """As ``put``, measured and written beside the work, where that ``has_to_wait``.

        An edit at once would wait for an undo of 5,000 lines 0.7 s. ``then`` hears of
        it when it is on disk and judged, ``failed`` what stood against it, such as that a line is
        not any more what it was, or None where somebody cancelled it. Until then nobody can go on
        with the draft that it ``finishes``.
        """
        check_lengths(routes)
        lines = self._lines
        before = {one.route_id: self.routes.get(one.route_id) for one in routes}
        drafts = frozenset(() if finishes is None else (finishes,))
        self._ending |= drafts
        self._coming |= before.keys()

        def over() -> None:
            self._ending -= drafts
            self._coming -= before.keys()

        def kept(measured: Measured) -> None:
            over()
            if lines is self._lines:
                lines.know(measured)
            self._took_a_step(what, routes, ())
            then()

        def dropped(error: SurveyError | None) -> None:
            over()
            failed(error)

        def write(store: SurveyStore) -> Measured:
            measured = lines.measured(routes)
            check_unchanged(before, store)
            store.edit(routes, what=what, finishes=finishes)
            return measured

        self._in_turn(Once(write, kept), dropped)

    def draw(self, draft: Draft) -> None:
        """Keep a line that is being drawn as it is now; one without vertices is dropped."""
        self.store.draw(draft)
        self._listeners.tell(DraftKept(draft.draft_id, len(draft.vertices)))
        self._tell_saved()

    def confirm(self, fact: ConfirmedFact) -> None:
        """Keep what the site showed, and judge every line anew, beside the work."""
        self._arrive()
        confirm(self.store, fact, self.source.layers)
        self._tell_saved()
        self.judge_anew()

    def record(self, what: str, change: Callable[[SurveyStore], object], *case_ids: str) -> None:
        """Let somebody change what is kept beside the lines, such as packets, for good.

        ``case_ids`` are the cases that it concerns; none, where it is of no case.
        """
        self._arrive()
        change(self.store)
        self.can_undo, self.can_redo = True, False
        self._follow_agreed_works(what)
        self._tell_records(what, case_ids)

    def step(self, what: str, change: Callable[[SurveyStore], object], *case_ids: str) -> None:
        """Let somebody change what is kept of some cases, as a step that can be undone."""
        self._arrive()
        change(as_steps(self.store, what))
        self.can_undo, self.can_redo = True, False
        self._tell_records(what, case_ids)

    def step_beside(
        self,
        what: str,
        change: Callable[[SurveyStore], object],
        then: Callable[[], None],
        *case_ids: str,
        failed: Failed | None = None,
    ) -> None:
        """As ``step``, of what is much to write; ``then`` hears of it when it is on disk.

        ``change`` is called in another thread, and once more where an edit at the window went
        first. Every edit from now on comes after it. Who cancels it has changed nothing.
        ``failed`` hears of that, or of what stands against it, which else is told as with any job.
        """
        self._arrive()

        def done(_: object) -> None:
            self.can_undo, self.can_redo = True, False
            self._tell_records(what, case_ids)
            then()

        self._in_turn(Once(lambda store: change(as_steps(store, what)), done), failed)

    def know_units(self, units: tuple[Unit, ...]) -> None:
        """Take over what the county says of its units by now; no verdict rests on it."""
        self.source = replace(self.source, units=units)
        self._ready = replace(self._ready, county=replace(self.county, units=units))
        self._tell_records("units", ())

    def use_layers(self, layers: Mapping[str, FeatureTable]) -> None:
        """Judge by these layers in place of all that the county had."""
        self.source = replace(self.source, layers=layers, declared=frozenset(layers))
        self.judge_anew()

    def accept_trench(self, proposal: Proposal, by: str, remark: str | None = None) -> TrenchReview:
        """Accept a shared trench: the next version of each of its lines, as one undoable step."""
        self._arrive()
        review = accept(self.store, proposal, by, self._clock(), remark)
        self._lines.agreed = self._agreed_works()
        kept = self.store.routes(route_ids=proposal.route_ids).routes
        self._took_a_step("trench_accepted", kept, ())
        self._tell_records("trench_accepted", ())
        return review

    def preview(
        self,
        route: Route,
        then: Callable[[RouteResult | None, Any], None] = lambda *_: None,
        also: Callable[[RouteResult], Any] = nobody,
    ) -> None:
        """Tell everybody the result of a line as it lies under the pointer, or that it is awaited.

        ``then`` is given it as soon as it is there, at once or from beside the window, with what
        ``also`` makes of it in the same thread; nothing where the line lies elsewhere by then, and
        None for both while it has no length.
        """
        self._awaited = None
        if route.line.length <= 0.0:
            self.end_preview()
            then(None, None)
            return
        lines, work = self._lines, self._lines.foresee(route)

        def foresee(_: Progress) -> tuple[Foreseen, Any]:
            foreseen = work()
            return foreseen, also(foreseen.result)

        def take(found: tuple[Foreseen, Any]) -> None:
            if self._awaited is not route:
                return
            result = lines.take_foreseen(found[0]) if lines is self._lines else None
            if result is None:
                self.preview(route, then, also)
                return
            self._awaited = None
            self._listeners.tell(Previewed(result))
            then(result, found[1])

        self._awaited = route
        self.ahead(foresee, take, self.end_preview)
        if self._awaited is route:
            self._listeners.tell(Previewed(None, awaited=route))

    @property
    def is_measuring(self) -> bool:
        """Whether the line under the pointer is being measured beside the window."""
        return self._awaited is not None

    def end_preview(self) -> None:
        """Forget the line under the pointer."""
        self._awaited = None
        self._lines.end_preview()
        self._listeners.tell(Previewed(None))

    def settle_conflicts(self, settlements: Sequence[Settlement]) -> None:
        """Keep what became of conflicts, as one undoable step; of very many beside the work."""
        what = "conflict_settled"

        def keep(store: SurveyStore) -> None:
            store.edit(records=settlements, what=what)

        def done(_: object) -> None:
            self.can_undo, self.can_redo = True, False
            self._tell_records(what, ())

        if len(settlements) > _SETTLED_AT_ONCE:
            self._in_turn(Once(keep, done))
            return
        self._arrive()
        keep(self.store)
        done(None)

    def new_route_id(self, utility: str, case_id: str | None) -> str:
        """An identifier that no line has: C01-water, C01-water-2 ..."""
        return self.free_ids().of(utility, case_id)

    def take_over(self) -> None:
        """Take over what other programs, such as QGIS, wrote into the file meanwhile."""
        if not self.store.is_taken:
            self._arrive()
        changed = self.store.changed()
        self._take_over("elsewhere", changed)
        tables = changed.tables
        if tables & {"confirmed_facts", "suspensions"} and self._judges_otherwise():
            self.judge_anew()
        if "common_works" in tables:
            self._follow_agreed_works("elsewhere")
        if tables - {"routes"}:
            self._listeners.tell(RecordsChanged("elsewhere", changed.case_ids))

    def settle(self) -> None:
        """Bring everything into the one file: when idle, and when the focus is lost."""
        self.writing(lambda _: self.store.settle(), nobody)

    def close(self) -> None:
        """Write what waits for that, settle, and let go of the file; from any thread."""
        for once in tuple(self._pending):
            with suppress(SurveyError):  # it was said to wait, and not to be done
                once.leave(self.store)
        self.store.close()

    def _took_a_step(self, what: str, put: Sequence[Route], gone: Sequence[str]) -> None:
        """Judge and tell of few lines that are on disk."""
        self.can_undo, self.can_redo = True, False
        self._changed(what, put, gone)

    def _follow_agreed_works(self, what: str) -> None:
        """Judge the lines anew whose common works were accepted or taken back."""
        agreed = self._agreed_works()
        touched = dict(agreed.items() ^ self._lines.agreed.items())
        self._lines.agreed = agreed
        lines = [route for key, route in self.routes.items() if key in touched]
        self._changed(what, lines, ())

    def _follow_step(self, what: str, step: Step | None, changed: Changed) -> None:
        """Take over what a step changed, and what other programs wrote meanwhile."""
        self.store.know(changed)
        self._take_over(what, changed, () if step is None else step.route_ids)
        if step is not None and step.record_uuids:
            self._follow_agreed_works(what)
            self._tell_records(what, changed.case_ids)

    def _take_over(self, what: str, changed: Changed, first: Sequence[str] = ()) -> None:
        """Take over the lines that anybody changed.

        Only those lines are read again: a survey of years has tens of thousands. Where they are
        many, the ``first`` are there at once and the others once they are judged.
        """
        names = frozenset(changed.route_ids)
        if len(names) > MOST_AT_ONCE:
            names &= frozenset(first if len(first) <= MOST_AT_ONCE else ())
        there = self.store.routes(route_ids=tuple(names)).routes if names else ()
        kept = {route.route_id: route for route in there}
        gone = [key for key in changed.route_ids if key in names and key not in kept]
        put = [one for key, one in kept.items() if self.routes.get(key) != one]
        self._changed(what, put, [key for key in gone if key in self.routes])
        left = frozenset(changed.route_ids) - names
        if left:
            self._behind |= left
            self._catch_up(what)

    def _changed(self, what: str, put: Sequence[Route], gone: Sequence[str]) -> None:
        if not put and not gone:
            return
        judged = self._lines.replace(put, gone)
        if self.selected in gone:
            self.select(None)
        ids = tuple(route.route_id for route in put)
        self._listeners.tell(LinesChanged(what, ids, tuple(gone), judged))
        self._tell_saved()

    def _tell_records(self, what: str, case_ids: tuple[str, ...]) -> None:
        self._listeners.tell(RecordsChanged(what, case_ids))
        self._tell_saved()

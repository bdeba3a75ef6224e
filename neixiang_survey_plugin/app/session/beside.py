"""What a survey that is open does beside the work: many lines come in, go, or are judged anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from neixiang_survey_plugin.app.progress import Aside, Progress
from neixiang_survey_plugin.app.session.coming_in import FreeIds, check_lengths, under_free_ids
from neixiang_survey_plugin.app.session.events import LinesChanged, Outdated, Saved, Selected
from neixiang_survey_plugin.app.session.judging import JudgedChange, JudgedLines
from neixiang_survey_plugin.app.session.listeners import Listeners
from neixiang_survey_plugin.app.session.ready import Given, Ready, make_ready
from neixiang_survey_plugin.app.session.view import SessionView
from neixiang_survey_plugin.core.casework.case import Case, State
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.supervision.suspensions import (
    SuspensionRecord,
    with_suspensions,
)
from neixiang_survey_plugin.core.trenching.review import CommonWorks, latest_works

MOST_AT_ONCE = 25  # lines that are judged while somebody waits: 50 ms


class SessionBeside(SessionView):
    """The half of a Session that judges many lines beside the work, where a window sets ``aside``.

    Somebody may edit meanwhile. What a job found is taken when nothing that it rests on changed,
    or so little that it is judged again at once; else the job is done again.
    """

    source: County
    aside: Aside
    _clearances: ClearanceTable
    on: date
    can_undo: bool
    can_redo: bool
    outdated: bool
    selected: str | None
    _behind: frozenset[str]  # lines that are on disk otherwise than here
    _listeners: Listeners
    _clock: Callable[[], datetime]
    saved_at: datetime | None

    def bring_in(
        self, routes: Sequence[Route], what: str, then: Callable[[Sequence[Route]], None]
    ) -> None:
        """Add many lines as one undoable step: judged beside the work, then kept, then told.

        Who cancels that has changed nothing. ``then`` is given them when they are there: one
        whose identifier another line took meanwhile has another.
        """
        check_lengths(routes)
        lines, new = self._lines, {one.route_id for one in routes} - self.routes.keys()

        def take(change: JudgedChange) -> None:
            here, drafts = self.routes, self._draft_ids()
            taken = {one for one in new if one in here or one in drafts}
            if taken or not self._holds(lines, change):
                self.bring_in(under_free_ids(routes, taken, here, drafts), what, then)
                return
            self.store.edit(routes, what=what)
            self.can_undo, self.can_redo = True, False
            self._take(change, what)
            then(tuple(routes))

        self.aside(lambda progress: lines.judge_change(lines.mark, routes, (), progress), take)

    def judge_anew(self) -> None:
        """Index the county with the facts from the site beside the work, then go on with it.

        Who cancels that goes on with the verdicts of before, which are ``outdated`` then.
        """
        given, known, names = self._given(), self._ready, self._behind
        mark, routes = known.lines.mark, dict(self.routes)

        def job(progress: Progress) -> Ready:
            there = self._on_disk(names)
            kept = {key: one for key, one in routes.items() if key not in names or key in there}
            return make_ready(given, {**kept, **there}.values(), progress, known)

        def take(ready: Ready) -> None:
            self.outdated = False
            edited = self._lines.edited_since(mark) if self._lines is known.lines else None
            self._go_on_with(ready, names, edited)

        self.aside(job, take, self._is_outdated)

    def free_ids(self) -> FreeIds:
        """Identifiers that no line has, for many lines at once."""
        return FreeIds(self.routes.keys(), self._draft_ids())

    def _catch_up(self, what: str) -> None:
        """Judge the lines as they are on disk beside the work, then go on with them.

        Undoing an import of 500 lines kept a window waiting for 0.3 s, redoing it for 1.1 s.
        """
        lines, names = self._lines, self._behind

        def job(progress: Progress) -> JudgedChange:
            mark, here, there = lines.mark, lines.routes, self._on_disk(names)
            put = [one for key, one in there.items() if here.get(key) != one]
            gone = [key for key in names if key not in there and key in here]
            return lines.judge_change(mark, put, gone, progress)

        def take(change: JudgedChange) -> None:
            if self._behind is not names:  # more came, and is caught up with after this
                return
            if not self._holds(lines, change):
                self._catch_up(what)
                return
            self._behind = frozenset()
            if change.put or change.gone:
                self._take(change, what)

        self.aside(job, take, self._is_outdated)

    def _is_outdated(self) -> None:
        self.outdated = True
        self._listeners.tell(Outdated())

    def _holds(self, lines: JudgedLines, change: JudgedChange) -> bool:
        """Whether a change may be taken: little of what it rests on was edited meanwhile."""
        edited = lines.edited_since(change.mark) if lines is self._lines else None
        if edited is None:
            return False
        return len(lines.bound_to(edited) - change.gone) <= MOST_AT_ONCE

    def _take(self, change: JudgedChange, what: str) -> None:
        """Go on with the lines of a change, and tell of them."""
        judged, here = self._lines.take(change), self.routes
        put = tuple(key for key in change.put if key in here)
        gone = tuple(key for key in change.gone if key not in here)
        if self.selected in gone:
            self.select(None)
        self._listeners.tell(LinesChanged(what, put, gone, judged))
        self._tell_saved()

    def _go_on_with(
        self, ready: Ready, names: frozenset[str], edited: Sequence[Route] | None
    ) -> None:
        """Take over what was made ready, with the edits made meanwhile; None: nobody knows which.

        Of the lines of some names it has what is on disk, unless that came in meanwhile.
        """
        then, here, agreed = ready.lines, self.routes, self._lines.agreed
        touched = {one.route_id for one in edited or ()}
        if edited is None:
            touched = {*here, *then.routes} - names
        if self._behind is not names:
            touched, names = touched | names, frozenset()
        others = dict(agreed.items() ^ then.agreed.items())
        then.agreed = agreed
        put = [
            here[key]
            for key in (*touched, *(others.keys() - touched))
            if key in here and (key in others or then.routes.get(key) != here[key])
        ]
        told = tuple(key for key in sorted(names) if key in then.routes)
        gone = tuple(key for key in sorted(names) if key in here and key not in then.routes)
        then.replace(put, [key for key in touched if key in then.routes and key not in here])
        self._ready = replace(ready, county=replace(ready.county, units=self.source.units))
        if names:
            self._behind = frozenset()
        if self.selected in gone:
            self.select(None)
        self._listeners.tell(LinesChanged("confirm", told, gone, tuple(self.routes)))

    def _on_disk(self, names: frozenset[str]) -> Mapping[str, Route]:
        """The lines of some names as the survey file has them now, from any thread."""
        if not names:
            return {}
        with self.store.beside() as store:
            return {one.route_id: one for one in store.routes(route_ids=tuple(names)).routes}

    def _draft_ids(self) -> set[str]:
        return {one.route_id for one in self.drafts if one.route_id}

    def _given(self) -> Given:
        """What is on record for the lines to be judged by."""
        store = self.store
        county = with_suspensions(self.source, store.records(SuspensionRecord))
        facts, agreed = tuple(store.confirmed_facts()), self._agreed_works()
        closed = frozenset(one.case_id for one in store.records(Case, state=State.CLOSED))
        return Given(county, self._clearances, facts, agreed, self.on, closed)

    def _agreed_works(self) -> Mapping[str, CommonWorks]:
        return latest_works(self.store.records(CommonWorks))

    def _tell_saved(self) -> None:
        self.saved_at = self._clock()
        self._listeners.tell(Saved(self.saved_at))

    def select(self, route_id: str | None) -> None:
        """Choose a line, or none; KeyError when there is no such line."""
        if route_id is not None and route_id not in self.routes:
            raise KeyError(route_id)
        if route_id != self.selected:
            self.selected = route_id
            self._listeners.tell(Selected(route_id))

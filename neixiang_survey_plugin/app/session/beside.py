"""What a survey that is open does beside the work: many lines come in, go, or are judged anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from neixiang_survey_plugin.app.progress import Aside, Progress, nothing
from neixiang_survey_plugin.app.session.change import JudgedChange
from neixiang_survey_plugin.app.session.coming_in import FreeIds, check_lengths, under_free_ids
from neixiang_survey_plugin.app.session.events import LinesChanged, Outdated, Saved, Selected
from neixiang_survey_plugin.app.session.judging import JudgedLines
from neixiang_survey_plugin.app.session.listeners import Listeners
from neixiang_survey_plugin.app.session.on_record import agreed_works, given_of, suspended
from neixiang_survey_plugin.app.session.once import Failed, Once, nobody
from neixiang_survey_plugin.app.session.ready import Given, Ready, make_ready
from neixiang_survey_plugin.app.session.view import SessionView
from neixiang_survey_plugin.app.survey_store import Ahead, Changed, Step, SurveyStore
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.review import CommonWorks

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
    writing: Aside  # of what is written into the file beside the work
    _pending: dict[Once[Any], Failed | None]  # what was asked for, and may not be on disk yet
    _coming: frozenset[str]  # the identifiers of lines that are being written
    _when_there: list[Callable[[], None]]  # who waits until no line is on disk otherwise than here
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

        def again(taken: Set[str]) -> None:
            others = self.routes, self._draft_ids(), self._coming
            self.bring_in(under_free_ids(routes, taken, *others), what, then)

        def judged(change: JudgedChange) -> None:
            here, drafts = self.routes, self._draft_ids()
            taken = {one for one in new if one in here or one in drafts or one in self._coming}
            if taken or not self._holds(lines, change):
                again(taken)
                return
            self._coming |= new
            self._write(Once(go, partial(kept, change)), partial(self._come, new))

        def go(store: SurveyStore) -> tuple[set[str], Changed]:
            there = {one.route_id for one in store.routes(route_ids=tuple(new)).routes}
            if not there:
                store.edit(routes, what=what)
            return there, store.changed()

        def kept(change: JudgedChange, written: tuple[set[str], Changed]) -> None:
            self._come(new)
            taken, changed = written
            if taken:  # meanwhile by a line that another program wrote, or that came back
                again(taken)
                return
            self.can_undo, self.can_redo = True, False
            self._when_there.append(lambda: then(tuple(routes)))
            self._take_written(lines, change, what)
            self._know(changed, what, but=change.put.keys())

        self.aside(lambda progress: lines.judge_change(lines.mark, routes, (), progress), judged)

    def delete(self, *route_ids: str) -> None:
        """Take lines away as one undoable step.

        Very many beside the work, and all where something else is being written: after that.
        """
        if len(route_ids) <= MOST_AT_ONCE and not self._pending and not self.store.is_taken:
            self.store.edit(delete=route_ids, what="delete")
            self._took_a_step("delete", (), route_ids)
            return

        def done(_: object) -> None:
            self.can_undo, self.can_redo = True, False
            self._behind |= frozenset(route_ids)
            self._catch_up("delete")

        def go(store: SurveyStore) -> None:
            there = [one.route_id for one in store.routes(route_ids=route_ids).routes]
            if there:  # what another deletion took, that is not shown yet, is gone as asked
                store.edit(delete=there, what="delete")

        self._in_turn(Once(go, done))

    def judge_anew(self) -> None:
        """Index the county with the facts from the site beside the work, then go on with it.

        Who cancels that goes on with the verdicts of before, which are ``outdated`` then.
        """
        known, names = self._ready, self._behind
        mark, routes = known.lines.mark, dict(self.routes)

        def job(progress: Progress) -> Ready:
            there = self._on_disk(names)
            kept = {key: one for key, one in routes.items() if key not in names or key in there}
            with self.store.beside() as store:
                given = self._given(store)
            return make_ready(given, {**kept, **there}.values(), progress, known)

        def take(ready: Ready) -> None:
            self.outdated = False
            edited = self._lines.edited_since(mark) if self._lines is known.lines else None
            self._go_on_with(ready, names, edited)
            before = known.lines
            self.aside(lambda progress: before.let_go(progress.pause), nobody)

        self.aside(job, take, self._is_outdated)

    def free_ids(self) -> FreeIds:
        """Identifiers that no line has, for many lines at once."""
        return FreeIds(self.routes.keys(), self._draft_ids(), self._coming)

    def undo(self, then: Callable[[Step], None] = nobody) -> Step | Ahead | None:
        """Take back the last step, whoever made it; None when there is none.

        One of many lines is taken back beside the work: what comes back says only what it is
        going to be, and ``then`` hears of it when it is on disk.
        """
        return self._travel(back=True, then=then)

    def redo(self, then: Callable[[Step], None] = nobody) -> Step | Ahead | None:
        """Do again what was taken back last; None when there is nothing. ``then`` as with undo."""
        return self._travel(back=False, then=then)

    def _travel(self, back: bool, then: Callable[[Step], None]) -> Step | Ahead | None:
        what, ahead = "undo" if back else "redo", self.store.ahead(back=back)
        told: list[Step | None] = []

        def go(store: SurveyStore) -> tuple[Step | None, Changed]:
            return (store.undo() if back else store.redo()), store.changed()

        def done(result: tuple[Step | None, Changed]) -> None:
            step, changed = result
            self._travelled(back, step is not None)
            self._follow_step(what, step, changed)
            told.append(step)
            if step is not None:
                then(step)

        travel = Once(go, done)
        if self._pending or self.store.is_taken or (ahead and ahead.lines > MOST_AT_ONCE):
            self._in_turn(travel)  # also few lines, where what was asked for before is not done
        else:
            travel.here(self.store)
        return told[0] if told else ahead

    def _in_turn(self, once: Once[Any], failed: Failed | None = None) -> None:
        """Write something beside the work that every edit from now on comes after."""
        self._pending[once] = failed
        self._write(once, lambda: self._forget(once), failed)

    def _forget(self, once: Once[Any]) -> None:
        self._pending.pop(once, None)

    def _arrive(self) -> None:
        """Have on disk what was asked for before, such as an undo, before anybody edits.

        What stands against that is told to whoever asked for it; SurveyError where others write.
        """
        while self._pending:
            self.store.refuse_if_taken()
            once = next(iter(self._pending))
            failed = self._pending.pop(once)
            try:
                once.here(self.store)
            except SurveyError as error:
                if once.drop() and failed is not None:  # no thread does it later, out of order
                    failed(error)
                elif failed is None:
                    raise

    def _travelled(self, back: bool, did: bool) -> None:
        if back:
            self.can_undo, self.can_redo = did, self.can_redo or did
        else:
            self.can_undo, self.can_redo = self.can_undo or did, did

    def _write(
        self,
        once: Once[Any],
        dropped: Callable[[], None] = nothing,
        failed: Failed | None = None,
    ) -> None:
        """Write something beside the work, then tell."""

        def write(progress: Progress) -> SurveyError | None:
            try:
                once.beside(self.store, progress)
            except SurveyError as error:
                if failed is None:
                    raise
                return error
            return None

        def drop(error: SurveyError | None = None) -> None:
            is_news = once.drop()
            dropped()
            if failed is not None and is_news:
                failed(error)

        def tell(error: SurveyError | None) -> None:
            if error is not None:
                drop(error)
                return
            self._forget(once)
            once.tell()

        self.writing(write, tell, drop)

    def _come(self, names: Set[str]) -> None:
        """These identifiers are no longer those of lines that are coming in."""
        self._coming -= names

    def _take_written(self, lines: JudgedLines, change: JudgedChange, what: str) -> None:
        """Go on with lines that are on disk, as they were judged if that holds.

        One that was edited meanwhile may have been written over by that, or the other way round.
        """
        left: Set[str] = change.put.keys()
        if self._holds(lines, change):
            left = left & {one.route_id for one in lines.edited_since(change.mark) or ()}
            self._take(change, what)
        self._behind |= left
        if left:
            self._catch_up(what)
        self._are_there()

    def _know(self, changed: Changed, what: str, but: Set[str]) -> None:
        """Look beside the work at the other lines that changed; what else changed is told later."""
        if changed.tables <= {"routes"}:
            self.store.know(changed)
            others = frozenset(changed.route_ids) - but
            if others:
                self._behind |= others
                self._catch_up(what)

    def _are_there(self) -> None:
        """Tell who waits for lines that they are there, once all that are on disk are."""
        if not self._behind:
            waiting, self._when_there = self._when_there, []
            for call in waiting:
                call()

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
            self._are_there()

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
        lines = self._lines
        self.aside(lambda progress: lines.sweep(progress.pause), nobody)

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
        self._are_there()

    def _took_a_step(self, what: str, put: Sequence[Route], gone: Sequence[str]) -> None:
        """Judge and tell of few lines that are on disk."""
        raise NotImplementedError

    def _follow_step(self, what: str, step: Step | None, changed: Changed) -> None:
        """Take over what a step changed, and what other programs wrote meanwhile."""
        raise NotImplementedError

    def _on_disk(self, names: frozenset[str]) -> Mapping[str, Route]:
        """The lines of some names as the survey file has them now, from any thread."""
        if not names:
            return {}
        with self.store.beside() as store:
            return {one.route_id: one for one in store.routes(route_ids=tuple(names)).routes}

    def _draft_ids(self) -> set[str]:
        return {one.route_id for one in self.begun if one.route_id}

    def _given(self, store: SurveyStore) -> Given:
        return given_of(self.source, self._clearances, store, self.on)

    def _judges_otherwise(self) -> bool:
        """Whether the lines are judged by other facts or suspensions than are on record."""
        given = self._ready.given
        if tuple(self.store.confirmed_facts()) != given.facts:
            return True
        return suspended(self.source, self.store).suspensions != given.county.suspensions

    def _agreed_works(self) -> Mapping[str, CommonWorks]:
        return agreed_works(self.store)

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

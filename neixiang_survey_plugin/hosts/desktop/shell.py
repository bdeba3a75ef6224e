"""The program around the window: which survey is open, and showing it in another look."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.progress import Apart, Progress, here, nothing
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.desktop.canvas import Canvas
from neixiang_survey_plugin.hosts.desktop.leaving import Remains
from neixiang_survey_plugin.hosts.desktop.memory import Memory
from neixiang_survey_plugin.hosts.desktop.opening import OpeningWindow
from neixiang_survey_plugin.hosts.desktop.plan import Plan, sample_plan
from neixiang_survey_plugin.hosts.desktop.qt_words import speak
from neixiang_survey_plugin.hosts.desktop.succession import Coming, Succession
from neixiang_survey_plugin.hosts.desktop.window import MainWindow
from neixiang_survey_plugin.hosts.windows.renewing import Renewed, renew
from neixiang_survey_plugin.hosts.windows.work import Work, new_work, open_work
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.ending import ENDING
from neixiang_survey_plugin.ui.jobs import Jobs
from neixiang_survey_plugin.ui.look import look_of

# A thread that paints takes the interpreter whenever a widget lets go of it: showing 400 widgets
# for the first time took 90 ms instead of 30.
_SHOWING_S = 0.15
_LATER_MS = 300
_FIRST_CASE = "MAIN"  # the sample's own walk through the whole job


class Shell:
    """Holds the one window; a survey that is opened takes the place of the one before.

    ``jobs`` is the long work of whatever survey is open, ``succession`` brings the next window,
    ``apart`` does what of that work would hold the window up.
    """

    def __init__(self, memory: Memory, who: str, apart: Apart = here) -> None:
        self.memory = memory
        self.window: MainWindow | None = None
        self.opening: OpeningWindow | None = None
        self.apart = apart
        self.jobs = Jobs()
        self.jobs.refused.connect(self._say)
        self.succession = Succession()
        self.remains = Remains(lambda: not (self._left or ENDING.busy))
        self._who = who
        self._left: list[Session] = []  # surveys that are being closed beside the window

    @property
    def who(self) -> str:
        """The name that stands in the log."""
        return self.memory.settings.who or self._who

    def start(self, plan: Plan) -> OpeningWindow:
        """Show a window at once, and open a survey beside it."""
        before, look = self.opening, look_of(self.memory.settings)
        sample = sample_plan(self.memory)
        ways_out: list[tuple[str, Callable[[], None]]] = []
        if plan.is_sample:
            ways_out.append((look.texts("work.again"), lambda: self._start_again(plan)))
        else:
            ways_out.append((look.texts("work.open_sample"), lambda: self._start_again(sample)))
        opening = OpeningWindow(plan.name, self.memory, look, ways_out)
        opening.opened.connect(lambda work: self._opened(opening, plan, work))
        self.opening = opening
        opening.show()
        if before is not None:
            before.close()
            before.deleteLater()
        opening.start(lambda progress, shown: plan.carry_out(self.who, progress, shown))
        return opening

    def show(self, work: Work) -> MainWindow:
        """Show a survey in the first window, which nobody looks at yet."""
        self._remember(work)
        speak(self.memory.settings.language)
        window = MainWindow(work, self.memory, self)
        window.catch_up()
        return self._show_in_place(window)

    def open_path(self, path: Path) -> None:
        """Open another survey of the same county beside the one that is open, then show it."""
        self._change(open_work, path)

    def new_path(self, path: Path) -> None:
        """Begin a survey on the same county."""
        self._change(new_work, path)

    def take(self, work: Work, then: Callable[[], object] = nothing, goes_on: bool = False) -> None:
        """Show a survey that was opened on the same county in place of the one before.

        That one is seen, and answers, until the other is put together, and as long as long work
        goes on in it or a form is filled in; it is closed then, and ``then`` is called. One that
        ``goes_on`` with it, as what came together with others, is shown as it was.
        """
        before = self.window
        assert before is not None  # a window asked for it

        def show(window: MainWindow) -> None:
            self._show_in_place(window)
            if goes_on:
                _go_on(window, before)
            self._close_beside(before.session)
            then()

        self.succession.begin(
            Coming(
                lambda: self._begun(work, before if goes_on else None),
                show,
                lambda: not self.jobs.busy and not _is_asked(before),
                lambda: self.window is before,
                lambda: self._close_beside(work.session),
                self._say,
            )
        )

    def show_anew(self) -> None:
        """Show the same survey in the language and look of the settings.

        Where another window is on its way, that one looks so as soon as it is shown.
        """
        before = self.window
        if before is None or not self.succession.is_empty:
            return

        def show(window: MainWindow) -> None:
            form = before.forms.open
            setting = form is not None and form.isVisible()
            if setting:
                form.close()
            self._show_in_place(window)
            window.look_like(before)
            if setting:
                window.forms.show_settings()

        self.succession.begin(
            Coming(
                lambda: self._begun(before.work, before),
                show,
                wanted=lambda: self.window is before,
                failed=self._say,
            )
        )

    def renew(self, then: Callable[[], None]) -> None:
        """Read the county anew beside the window, then let the same survey stand on it."""
        renew(self, True, lambda renewed: self._show_renewed(renewed, then))

    def closed(self, window: MainWindow) -> None:
        """A window is gone; with the last one the survey is closed, beside it: see ``ENDING``.

        What is on disk is whole all the same; who closed the window has not to look at it until
        the last job has come to its next step, and the file is settled.
        """
        if window is self.window:
            self.window = None
            self.succession.end()
            self.jobs.end(wait=False)
            ENDING.then(*(session.close for session in (window.session, *self._left)))

    def _close_beside(self, session: Session) -> None:
        """Close a survey that is not shown any more: the window waited 10 to 50 ms for the disk.

        A survey that is asked for next is opened after that.
        """

        def forget(_: object) -> None:
            self._left.remove(session)

        def dropped() -> None:
            ENDING.then(session.close)
            forget(None)

        self._left.append(session)
        self.jobs.start(lambda _: session.close(), forget, dropped)

    def _start_again(self, plan: Plan) -> None:
        self.start(plan)

    def _opened(self, opening: OpeningWindow, plan: Plan, work: Work) -> None:
        """The survey is there: its window is put together, and takes the map over as it is.

        Until it is whole the one before is seen, and answers.
        """
        self._remember(work)
        self.succession.begin(
            Coming(
                lambda: self._begun(work, canvas=opening.canvas),
                lambda window: self._show_opened(opening, plan, window),
                wanted=lambda: opening.canvas is not None,  # else somebody closed it
                dropped=lambda: self._close_beside(work.session),
                failed=lambda error: self._show_no_window(opening, error),
            )
        )

    def _show_opened(self, opening: OpeningWindow, plan: Plan, window: MainWindow) -> None:
        moved = opening.was_moved
        first = plan.is_sample and not self.memory.tour_seen
        self.opening = None
        opening.give_canvas()
        self._show_in_place(window)
        opening.close()
        opening.deleteLater()
        if first:
            _show_sample(window, look_there=not moved)

    def _show_no_window(self, opening: OpeningWindow, error: SurveyError) -> None:
        """Say why none follows; the map went with it."""
        if opening.canvas is not None:
            opening.canvas.widget.hide()
        opening.give_canvas()
        opening.fail(SurveyError(opening.look.texts("notice.failed", error=error)))

    def _remember(self, work: Work) -> None:
        self.memory.keep_recent(work.path)
        self.memory.keep_county(work.ground.folder)
        work.session.aside, work.session.writing = self.jobs.start, self.jobs.writes.start
        work.session.store.hurry()
        work.session.ahead = self.jobs.moments.start

    def _show_renewed(self, renewed: Renewed, then: Callable[[], None]) -> None:
        """The same survey, opened anew: the line that was chosen, the view, the panel."""
        before, work = self.window, renewed.work
        assert before is not None  # it asked for it

        def show(window: MainWindow) -> None:
            chosen = before.session.selected
            self._show_in_place(window)
            window.look_like(before)
            self._close_beside(before.session)
            if chosen is not None and chosen in window.session.routes:
                window.session.select(chosen)
            then()

        def drop() -> None:
            self._close_beside(work.session)
            if self.window is before and not renewed.is_as_it_was():
                self.renew(then)

        self.succession.begin(
            Coming(
                lambda: self._begun(work, before),
                show,
                lambda: not self.jobs.busy and not _is_asked(before),
                lambda: self.window is before and renewed.is_as_it_was(),
                drop,
                self._say,
            )
        )

    def _change(self, opened: Callable[..., Work], path: Path) -> None:
        before = self.window
        assert before is not None  # a window asks for it
        ground, session = before.work.ground, before.session

        def work(progress: Progress) -> Work:
            return opened(ground, path, self.who, progress=progress, known=session)

        self.jobs.start(work, self.take)

    def _say(self, error: SurveyError) -> None:
        if self.window is not None:
            self.window.say(" ".join(error.problems), Level.ERROR)

    def _begun(
        self, work: Work, before: MainWindow | None = None, canvas: Canvas | None = None
    ) -> MainWindow:
        """A window to be put together while another is seen."""
        if self.window is not None:
            self.memory.keep_window(self.window)
        self._remember(work)
        speak(self.memory.settings.language)
        return MainWindow(work, self.memory, self, canvas, at_once=False, before=before)

    def _show_in_place(self, window: MainWindow) -> MainWindow:
        """Show a window that is whole, and has caught up, in place of the one before."""
        before: Any = self.window
        self.window = window
        if before is not None:  # what was restored is cut to the screen: this one was seen
            window.resize(before.size())
            window.canvas.go_on_from(before.canvas)
        window.canvas.hold_still(_SHOWING_S)
        window.show()
        if before is not None:
            window.say_still(before)
            before.close()
            QtCore.QTimer.singleShot(_LATER_MS, partial(self.remains.take_shown, before))
        window.take_the_keyboard()
        if window.settings != self.memory.settings:  # changed meanwhile
            window.use_settings(self.memory.settings)
        return window


def _is_asked(window: MainWindow) -> bool:
    """Whether somebody fills in a form of a window."""
    return window.forms.open is not None and bool(window.forms.open.isVisible())


def _go_on(window: MainWindow, before: MainWindow) -> None:
    """Look at the same place in the same case as before.

    Where no line lies there all of the county is seen, and where another case bears the name by
    now that in which somebody worked last.
    """
    window.look_like(before)
    case_id = before.desk.board.kit.case_id
    is_the_same = before.book.is_the_case_of(window.book, case_id)
    kit = window.book.kit_of(case_id if is_the_same else window.first_case())
    if kit != window.desk.board.kit:
        window.use_kit(kit)
    widget = window.canvas.widget
    if window.session.routes and widget.picture.shows_no_routes(widget.view):
        window.canvas.zoom_to_extent()


def _show_sample(window: MainWindow, look_there: bool) -> None:
    """The sample's own case, its lines in view unless somebody looks elsewhere, and the steps."""
    routes = window.session.routes.values()
    ids = [one.route_id for one in routes if one.case_id == _FIRST_CASE]
    if ids:
        window.choose_case(_FIRST_CASE)
        window.session.select(ids[0])
        if look_there:
            window.canvas.run_later(window.acts.zoom_chosen)
    window.show_tour()

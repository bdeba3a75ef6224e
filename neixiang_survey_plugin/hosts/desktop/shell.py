"""The program around the window: which survey is open, and showing it in another look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.desktop.canvas import Canvas
from neixiang_survey_plugin.hosts.desktop.memory import Memory
from neixiang_survey_plugin.hosts.desktop.opening import OpeningWindow
from neixiang_survey_plugin.hosts.desktop.plan import Plan, sample_plan
from neixiang_survey_plugin.hosts.desktop.qt_words import speak
from neixiang_survey_plugin.hosts.desktop.window import MainWindow
from neixiang_survey_plugin.hosts.windows.renewing import renew
from neixiang_survey_plugin.hosts.windows.work import (
    Ground,
    Work,
    new_work,
    open_work,
)
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.jobs import Jobs
from neixiang_survey_plugin.ui.look import look_of

_FIRST_CASE = "MAIN"  # the sample's own walk through the whole job


class Shell:
    """Holds the one window; a survey that is opened takes the place of the one before.

    ``jobs`` is the long work of whatever survey is open.
    """

    def __init__(self, memory: Memory, who: str) -> None:
        self.memory = memory
        self.window: MainWindow | None = None
        self.opening: OpeningWindow | None = None
        self.jobs = Jobs()
        self.jobs.refused.connect(self._say)
        self._who = who

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

    def show(self, work: Work, canvas: Canvas | None = None) -> MainWindow:
        """Show a survey in the window."""
        self._remember(work)
        return self._replace(work, canvas)

    def open_path(self, path: Path) -> None:
        """Open another survey of the same county beside the one that is open, then show it."""
        self._change(lambda ground, progress: open_work(ground, path, self.who, None, progress))

    def new_path(self, path: Path) -> None:
        """Begin a survey on the same county."""
        self._change(lambda ground, progress: new_work(ground, path, self.who, None, progress))

    def take(self, work: Work) -> None:
        """Show a survey that was opened on the same county in place of the one before."""
        before = self.window
        assert before is not None  # a window asked for it
        self.jobs.drop()  # what was asked for the survey before
        self.show(work)
        before.session.close()

    def show_anew(self) -> None:
        """Show the same survey in the language and look of the settings."""
        if self.window is not None:
            before, form = self.window, self.window.forms.open
            setting = form is not None and form.isVisible()
            if setting:
                form.close()
            window = self._replace(before.work)
            _look_as_before(window, before)
            if setting:
                window.forms.show_settings()

    def renew(self, then: Callable[[], None]) -> None:
        """Read the county anew beside the window, then let the same survey stand on it."""
        renew(self, True, lambda work: self._show_as_before(work, then))

    def closed(self, window: MainWindow) -> None:
        """A window is gone; with the last one the survey is closed."""
        if window is self.window:
            self.window = None
            self.jobs.end()
            window.session.close()

    def _start_again(self, plan: Plan) -> None:
        self.start(plan)

    def _opened(self, opening: OpeningWindow, plan: Plan, work: Work) -> None:
        """The survey is there: its window is put together, and takes the map over as it is.

        Until it is whole the one before is seen, and answers.
        """
        self._remember(work)
        speak(self.memory.settings.language)
        window = MainWindow(work, self.memory, self, opening.canvas, at_once=False)

        def go_on() -> None:
            if opening.canvas is None:  # somebody closed it
                work.session.close()
            elif next(window.making, self) is self:
                self._show_opened(opening, plan, window)
            else:
                QtCore.QTimer.singleShot(0, go_on)

        go_on()

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

    def _remember(self, work: Work) -> None:
        self.memory.keep_recent(work.path)
        self.memory.keep_county(work.ground.folder)
        work.session.aside = self.jobs.start

    def _show_as_before(self, work: Work, then: Callable[[], None]) -> None:
        """The same survey, opened anew: the line that was chosen, the view, the panel."""
        before = self.window
        assert before is not None  # it asked for it
        chosen = before.session.selected
        self.take(work)
        window = self.window
        assert window is not None
        _look_as_before(window, before)
        if chosen is not None and chosen in window.session.routes:
            window.session.select(chosen)
        then()

    def _change(self, opened: Callable[[Ground, Progress], Work]) -> None:
        before = self.window
        assert before is not None  # a window asks for it
        ground = before.work.ground
        self.jobs.start(lambda progress: opened(ground, progress), self.take)

    def _say(self, error: SurveyError) -> None:
        if self.window is not None:
            self.window.say(" ".join(error.problems), Level.ERROR)

    def _replace(self, work: Work, canvas: Canvas | None = None) -> MainWindow:
        if self.window is not None:
            self.memory.keep_window(self.window)
        speak(self.memory.settings.language)
        return self._show_in_place(MainWindow(work, self.memory, self, canvas))

    def _show_in_place(self, window: MainWindow) -> MainWindow:
        """Show a window that is whole in place of the one before."""
        before: Any = self.window
        self.window = window
        if before is not None:  # what was restored is cut to the screen: this one was seen
            window.resize(before.size())
        window.show()
        if before is not None:
            before.close()
            before.deleteLater()
        window.take_the_keyboard()
        return window


def _look_as_before(window: MainWindow, before: MainWindow) -> None:
    """The same part of the map, case, utility and panel as in the window before."""
    window.use_kit(before.desk.board.kit)
    window.canvas.widget.look_at(before.canvas.widget.view)
    window.tabs.setCurrentIndex(before.tabs.currentIndex())


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

"""The program around the window: which survey is open, and showing it in another look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from neixiang_survey_plugin.hosts.desktop.memory import Memory
from neixiang_survey_plugin.hosts.desktop.window import MainWindow
from neixiang_survey_plugin.hosts.windows.work import Ground, Work, new_work, open_work


class Shell:
    """Holds the one window; a survey that is opened takes the place of the one before."""

    def __init__(self, memory: Memory, who: str) -> None:
        self.memory = memory
        self.window: MainWindow | None = None
        self._who = who

    @property
    def who(self) -> str:
        """The name that stands in the log."""
        return self.memory.settings.who or self._who

    def show(self, work: Work) -> MainWindow:
        """Show a survey in the window."""
        self.memory.keep_recent(work.path)
        self.memory.keep_county(work.ground.folder)
        return self._replace(work)

    def open_path(self, path: Path) -> None:
        """Open another survey of the same county; SurveyError leaves the one that is open."""
        self._change(lambda ground: open_work(ground, path, self.who))

    def new_path(self, path: Path) -> None:
        """Begin a survey on the same county."""
        self._change(lambda ground: new_work(ground, path, self.who))

    def show_anew(self) -> None:
        """Show the same survey in the language and look of the settings."""
        if self.window is not None:
            before = self.window
            view, kit, form = before.canvas.widget.view, before.desk.board.kit, before.forms.open
            tab = before.tabs.currentIndex()
            setting = form is not None and form.isVisible()
            if setting:
                form.close()
            window = self._replace(before.work)
            window.use_kit(kit)
            window.canvas.widget.look_at(view)
            window.tabs.setCurrentIndex(tab)
            if setting:
                window.forms.show_settings()

    def closed(self, window: MainWindow) -> None:
        """A window is gone; with the last one the survey is closed."""
        if window is self.window:
            self.window = None
            window.session.close()

    def _change(self, opened: Callable[[Ground], Work]) -> None:
        before = self.window
        assert before is not None  # a window asks for it
        work = opened(before.work.ground)
        self.show(work)
        before.session.close()

    def _replace(self, work: Work) -> MainWindow:
        before = self.window
        if before is not None:
            self.memory.keep_window(before)
        window = MainWindow(work, self.memory, self)
        self.window = window
        if before is not None:  # what was restored is cut to the screen: this one was seen
            window.resize(before.size())
        window.show()
        if before is not None:
            before.close()
            before.deleteLater()
        window.take_the_keyboard()
        return window

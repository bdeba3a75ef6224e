"""A long job lets the window go first: two threads at once make each other slow."""

from __future__ import annotations

import time
from threading import Event
from typing import Any

from neixiang_survey_plugin.qt import QtCore

_EVERY_S = 0.003  # asking takes some tenths of a millisecond
_AT_MOST_S = 0.1  # a window that is busy for longer is overtaken, lest the job never ends
_AFTER_PAINTING = -2  # Qt orders its painting with -1: what is to be seen belongs to what was asked


class _Question(QtCore.QEvent):
    """Whether the window is free."""

    def __init__(self) -> None:
        super().__init__(QtCore.QEvent.Type.User)
        self.free = Event()


class GivingWay(QtCore.QObject):
    """Asks the window, from a job's thread, whether it has done what it was asked for before.

    Beside a job of Python the window's own work takes up to twice the time: both want the
    interpreter.
    """

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._asked_s = 0.0

    def wait(self) -> None:
        """Wait until the window is free, from a job's thread; at once if it just was."""
        if not self.was_just_asked:
            self.wait_for(self.ask())

    @property
    def was_just_asked(self) -> bool:
        """Whether the window was free a moment ago."""
        return time.perf_counter() - self._asked_s < _EVERY_S

    def ask(self) -> Event:
        """Ask the window; the event is set when it has done and painted what came before."""
        question = _Question()
        free = question.free
        QtCore.QCoreApplication.postEvent(self, question, _AFTER_PAINTING)
        return free

    def wait_for(self, free: Event) -> None:
        """Wait for its answer, but not for long."""
        free.wait(_AT_MOST_S)
        self._asked_s = time.perf_counter()

    def event(self, event: Any) -> bool:
        """Answer."""
        if isinstance(event, _Question):
            event.free.set()
            return True
        return bool(super().event(event))

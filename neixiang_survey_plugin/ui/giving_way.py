"""A long job lets the window go first: two threads at once make each other slow."""

from __future__ import annotations

import threading
import time
from typing import Any

from neixiang_survey_plugin.qt import QtCore

_EVERY_S = 0.003  # asking takes some tenths of a millisecond
_AT_MOST_S = 0.1  # a window that is busy for longer is overtaken, lest the job never ends


class GivingWay(QtCore.QObject):
    """Asks the window, from a job's thread, whether it has done what it was asked for before.

    Beside a job of Python the window's own work takes up to twice the time: both want the
    interpreter.
    """

    _asked = QtCore.pyqtSignal(object)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._asked.connect(_answer, QtCore.Qt.ConnectionType.QueuedConnection)
        self._asked_s = 0.0

    def wait(self) -> None:
        """Wait until the window is free, from a job's thread; at once if it just was."""
        if time.monotonic() - self._asked_s < _EVERY_S:
            return
        free = threading.Event()
        self._asked.emit(free)
        free.wait(_AT_MOST_S)
        self._asked_s = time.monotonic()


def _answer(free: threading.Event) -> None:
    free.set()

"""What is mostly done in a moment, beside the window: it waits so long for it, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import Any

from neixiang_survey_plugin.app.progress import Progress, nothing
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.ending import ENDING

_Work = Callable[[Progress], Any]
_Then = Callable[[Any], None]
_Dropped = Callable[[], None]
_MOMENT_S = 0.01  # an ordinary line is measured in 1 ms, one of 20 km in 40


class Moments(QtCore.QObject):
    """Runs calls in a thread, one at a time, of which the newest alone counts.

    What is done within ``moment_s`` is told at once. Where it takes longer the window goes on; what
    is asked meanwhile is begun when the thread is free again, unless newer was asked by then.
    """

    _ended = QtCore.pyqtSignal(object)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.moment_s = _MOMENT_S
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="moments")
        self._running: Future[Any] | None = None
        self._told: tuple[_Then, _Dropped] | None = None  # who waits for what runs
        self._next: tuple[_Work, _Then, _Dropped] | None = None
        self._ended.connect(self._take, QtCore.Qt.ConnectionType.QueuedConnection)

    def start(self, work: _Work, then: _Then, dropped: _Dropped = nothing) -> None:
        """Do this; ``then`` gets what comes of it, in this thread, unless newer was asked for.

        An Aside: ``dropped`` is called instead where it fails, and what it raised is raised.
        """
        if self._running is not None:
            self._next = work, then, dropped
            return
        running = self._begin(work, then, dropped)
        wait((running,), self.moment_s)
        if running.done():
            self._take(running)
        else:
            running.add_done_callback(self._ended.emit)

    def drop(self) -> None:
        """Let nothing count that was asked for."""
        self._told = self._next = None

    def end(self) -> None:
        """Forget everything; what runs ends by itself."""
        self.drop()
        if self._running is not None:
            ENDING.add(self._running)
        self._pool.shutdown(wait=False)

    def _begin(self, work: _Work, then: _Then, dropped: _Dropped) -> Future[Any]:
        self._told = then, dropped
        self._running = self._pool.submit(work, Progress())
        return self._running

    def _take(self, ended: Future[Any]) -> None:
        told, following = self._told, self._next
        self._running = self._told = self._next = None
        if following is not None:
            self._begin(*following).add_done_callback(self._ended.emit)
        elif told is not None:
            then, dropped = told
            if ended.exception() is not None:
                dropped()
            then(ended.result())

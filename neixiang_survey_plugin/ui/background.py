"""Long work beside the window: one job at a time, and only the newest answer counts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.qt import QtCore


class Background(QtCore.QObject):
    """Runs calls in a thread; their results come back in the window's own thread.

    ``done`` brings the result, ``failed`` the SurveyError, of the newest call alone.
    """

    done = QtCore.pyqtSignal(object)
    failed = QtCore.pyqtSignal(object)
    _ended = QtCore.pyqtSignal(int, object, object)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._number = 0
        self._ended.connect(self._deliver)

    def ask(self, call: Callable[[], object]) -> None:
        """Run a call; the answers to earlier ones no longer count."""
        self._number += 1
        number = self._number
        self._pool.submit(self._run, number, call)

    def forget(self) -> None:
        """Let no answer count any more."""
        self._number += 1

    def end(self) -> None:
        """Forget everything, and wait for the call that runs."""
        self.forget()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, number: int, call: Callable[[], object]) -> None:
        if number != self._number:
            return
        try:
            self._ended.emit(number, call(), None)
        except Exception as error:  # whatever it was, somebody waits for the end
            self._ended.emit(number, None, error)

    def _deliver(self, number: int, result: object, error: Exception | None) -> None:
        if number != self._number:
            return
        if error is None:
            self.done.emit(result)
        elif isinstance(error, SurveyError):
            self.failed.emit(error)
        else:
            self.failed.emit(SurveyError(f"{type(error).__name__}: {error}"))
            raise error

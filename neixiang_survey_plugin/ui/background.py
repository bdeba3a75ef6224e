"""Long work beside the window: one job at a time, and only the newest answer counts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from neixiang_survey_plugin.app.progress import CancelledError, Progress, Step, nothing
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.ending import ENDING
from neixiang_survey_plugin.ui.giving_way import GivingWay
from neixiang_survey_plugin.ui.long_calls import LONG_CALLS


class Background(QtCore.QObject):
    """Runs calls in a thread; their results come back in the window's own thread.

    ``done`` brings the result, ``failed`` the SurveyError, ``went`` each Step, of the newest call
    alone. A call that is overtaken or forgotten is cancelled at its next step. ``cancelled`` says
    that somebody stopped it, ``rests`` that nothing is waited for any more, however it ended.
    """

    done = QtCore.pyqtSignal(object)
    failed = QtCore.pyqtSignal(object)
    went = QtCore.pyqtSignal(object)
    cancelled = QtCore.pyqtSignal()
    rests = QtCore.pyqtSignal()
    _ended = QtCore.pyqtSignal(int, object, object)
    _stepped = QtCore.pyqtSignal(int, object)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._is_over = False
        self._number = 0
        self._progress = Progress()
        self._giving_way = GivingWay(self)
        self._ended.connect(self._deliver)
        self._stepped.connect(self._pass_on)

    def ask(self, call: Callable[[], object]) -> None:
        """Run a call; the answers to earlier ones no longer count."""
        self.start(lambda _: call())

    def start(self, job: Callable[[Progress], object]) -> None:
        """Run a job that tells how far it is; the answers to earlier ones no longer count."""
        self.forget()
        number = self._number
        self._progress = Progress(
            lambda step: self._stepped.emit(number, step), self._giving_way.wait
        )
        self._pool.submit(self._run, number, job, self._progress)

    def cancel(self) -> None:
        """Let no answer count any more, since somebody said so."""
        self.forget()
        self.cancelled.emit()

    def forget(self) -> None:
        """Let no answer count any more."""
        self._number += 1
        self._progress.cancel()
        self._progress = Progress()  # the one before refers to this
        self.rests.emit()

    def end(self, wait: bool = True) -> None:
        """Forget everything, and wait for the call that runs, or let it end by itself."""
        self.forget()
        if not self._is_over:
            self._is_over = True
            ENDING.add(self._pool.submit(nothing))  # after what was forgotten, which does nothing
        self._pool.shutdown(wait=wait)

    def _run(self, number: int, job: Callable[[Progress], object], progress: Progress) -> None:
        if progress.is_cancelled:
            return
        result, failed = None, None
        try:
            with LONG_CALLS.noted():
                result = job(progress)
        except CancelledError:  # whoever cancelled it waits for nothing
            return
        except Exception as error:  # whatever it is: the window waits for an end
            failed = error
        if not progress.is_cancelled:  # else its window may be gone
            self._ended.emit(number, result, failed)

    def _pass_on(self, number: int, step: Step) -> None:
        if number == self._number:
            self.went.emit(step)

    def _deliver(self, number: int, result: object, error: Exception | None) -> None:
        if number != self._number:
            return
        self.rests.emit()
        if error is None:
            self.done.emit(result)
        elif isinstance(error, SurveyError):
            self.failed.emit(error)
        else:
            self.failed.emit(SurveyError(f"{type(error).__name__}: {error}"))
            raise error

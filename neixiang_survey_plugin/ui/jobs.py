"""The window's long work, one job after another, each with its own end."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.app.progress import Progress, nothing
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.moments import Moments


@dataclass(frozen=True, eq=False)
class _Job:
    work: Callable[[Progress], Any]
    then: Callable[[Any], None]
    dropped: Callable[[], None]


class Lane(QtCore.QObject):
    """A queue of jobs for one thread; every answer counts, in the order in which it was asked.

    ``refused`` brings the SurveyError of a job that failed.
    """

    refused = QtCore.pyqtSignal(object)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.background = Background(self)
        self.background.done.connect(self._done)
        self.background.failed.connect(self._failed)
        self.background.cancelled.connect(self._cancelled)
        self._waiting: deque[_Job] = deque()
        self._now: _Job | None = None

    @property
    def busy(self) -> bool:
        """Whether anything is still to be done."""
        return self._now is not None

    def start(
        self,
        work: Callable[[Progress], Any],
        then: Callable[[Any], None],
        dropped: Callable[[], None] = nothing,
    ) -> None:
        """Do this after what is waiting; ``then`` gets what comes of it, in this thread.

        ``dropped`` is called instead when it fails or is cancelled.
        """
        self._waiting.append(_Job(work, then, dropped))
        self._next()

    def drop(self) -> None:
        """Forget everything that is asked for, and tell nobody."""
        self._waiting.clear()
        self._now = None
        self.background.forget()

    def end(self, wait: bool = True) -> None:
        """Forget everything, and wait for what runs, or let it end by itself."""
        self.drop()
        self.background.end(wait)

    def _next(self) -> None:
        if self._now is None and self._waiting:
            self._now = self._waiting.popleft()
            self.background.start(self._now.work)

    def _ended(self) -> _Job | None:
        ended, self._now = self._now, None
        return ended

    def _done(self, result: object) -> None:
        ended = self._ended()
        try:
            if ended is not None:
                ended.then(result)
        except SurveyError as error:
            self.refused.emit(error)
        finally:
            self._next()

    def _failed(self, error: SurveyError) -> None:
        self.refused.emit(error)
        self._cancelled()

    def _cancelled(self) -> None:
        ended = self._ended()
        if ended is not None:
            ended.dropped()
        self._next()


class Jobs(Lane):
    """The window's long work, and beside it in a lane of its own what writes much into the survey.

    That takes a moment, and does not wait until a county is read or layers have come in. What is
    mostly done at once, such as measuring a line under the pointer, is in ``moments``.
    """

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.writes = Lane(self)
        self.writes.refused.connect(self.refused)
        self.moments = Moments(self)

    @property
    def busy(self) -> bool:
        """Whether anything is still to be done."""
        return super().busy or self.writes.busy

    def drop(self) -> None:
        """Forget everything that is asked for, and tell nobody."""
        super().drop()
        self.writes.drop()
        self.moments.drop()

    def end(self, wait: bool = True) -> None:
        """Forget everything, and wait for what runs, or let it end by itself."""
        super().end(wait)
        self.writes.end(wait)
        self.moments.end()

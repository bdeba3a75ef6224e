"""Making many rows little by little: the first at once, the others when there is time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from neixiang_survey_plugin.app.progress import nothing
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.turns import TURNS

_FIRST = 25  # as many rows as a screen shows
_THEN = 12
_MOST_S = 0.010
# Of rows made of labels: to lay out and paint what was made takes three times as long again.
ROWS_S = 0.004
_END = object()

now_s = time.perf_counter


class InSteps(QtCore.QObject):
    """Goes on with the newest work between two events, for so long that nobody notices.

    ``first`` and ``then`` are how many of its steps are done at a time at most, ``most_s`` is how
    many seconds they may take, ``done`` hears of the end.
    """

    def __init__(
        self,
        parent: Any = None,
        first: int = _FIRST,
        then: int = _THEN,
        done: Callable[[], None] = nothing,
        most_s: float = _MOST_S,
    ) -> None:
        super().__init__(parent)
        self._first, self._then, self._done, self._most_s = first, then, done, most_s
        self._left: Iterator[object] = iter(())
        self._going_on = QtCore.QTimer(self)
        self._going_on.setInterval(0)
        self._going_on.timeout.connect(self._go_on)

    @property
    def busy(self) -> bool:
        """Whether steps are left."""
        return bool(self._going_on.isActive())

    def begin(self, steps: Iterator[object]) -> None:
        """Do this in place of what was begun before.

        Of two that begin one right after the other the second does one step at first.
        """
        self._left = steps
        self._going_on.start()
        self._do(self._first, 0.0 if TURNS.is_taken(self) else self._most_s)

    def finish(self) -> None:
        """Do all that is left now: somebody wants what comes of it."""
        while self.busy:
            self._do(self._then, self._most_s)

    def stop(self) -> None:
        """Leave undone what is left."""
        self._left = iter(())
        self._going_on.stop()

    def _go_on(self) -> None:
        if not TURNS.is_taken(self, self._is_seen()):
            self._do(self._then, self._most_s)

    def _is_seen(self) -> bool:
        """Whether somebody may be waiting for it: no window of its own is still to be shown."""
        of = self.parent()
        return of is None or not of.isWidgetType() or bool(of.window().isVisible())

    def _do(self, most: int, most_s: float) -> None:
        self._do_some(most, most_s)
        TURNS.take(self)

    def _do_some(self, most: int, most_s: float) -> None:
        begun_s, left = now_s(), self._left
        for _ in range(most):
            if self._next(left) is _END:
                if self._left is left:
                    self._going_on.stop()
                    self._done()
                return
            if self._left is not left or now_s() - begun_s > most_s:
                return

    def _next(self, left: Iterator[object]) -> object:
        """One step; what fails is not gone on with, and has no end that anybody hears of."""
        try:
            return next(left, _END)
        except BaseException:
            if self._left is left:
                self.stop()
            raise

"""Making many rows little by little: the first at once, the others when there is time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from neixiang_survey_plugin.app.progress import nothing
from neixiang_survey_plugin.qt import QtCore

_FIRST = 25  # as many rows as a screen shows, 15 ms
_THEN = 12


class InSteps(QtCore.QObject):
    """Goes on with the newest work between two events; 200 rows at once took 100 ms.

    ``first`` and ``then`` are how many of its steps are done at a time, ``done`` hears of the end.
    """

    def __init__(
        self,
        parent: Any,
        first: int = _FIRST,
        then: int = _THEN,
        done: Callable[[], None] = nothing,
    ) -> None:
        super().__init__(parent)
        self._first, self._then, self._done = first, then, done
        self._left: Iterator[None] = iter(())
        self._going_on = QtCore.QTimer(self)
        self._going_on.setInterval(0)
        self._going_on.timeout.connect(self._go_on)

    def begin(self, steps: Iterator[None]) -> None:
        """Do this in place of what was begun before."""
        self._left = steps
        self._going_on.start()
        self._do(self._first)

    def _go_on(self) -> None:
        self._do(self._then)

    def _do(self, most: int) -> None:
        if sum(1 for _ in islice(self._left, most)) < most:
            self._going_on.stop()
            self._done()

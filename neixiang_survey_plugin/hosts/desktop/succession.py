"""The window that comes next, put together in steps while the one before is seen and answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.app.progress import nothing
from neixiang_survey_plugin.qt import QtCore

_SLICE_S = 0.008  # of each turn of the event loop
_WAIT_MS = 30


def _always() -> bool:
    return True


@dataclass(frozen=True, eq=False)
class Coming:
    """A window that was asked for.

    ``make`` begins it; once its ``making`` is at its end and it ``may_be_shown``, ``show`` shows
    it. Where it is not ``wanted`` any more it is let go, and ``dropped`` hears of that.
    """

    make: Callable[[], Any]
    show: Callable[[Any], object]
    may_be_shown: Callable[[], bool] = _always
    wanted: Callable[[], bool] = _always
    dropped: Callable[[], object] = nothing


class Succession:
    """One window at a time is put together; of several that are asked for the newest is shown.

    One that nobody wants any more is put together to its end and let go: none is ever half there.
    """

    def __init__(self) -> None:
        self._now: Coming | None = None
        self._window: Any = None  # what there is of it
        self._next: Coming | None = None
        self._going_on = QtCore.QTimer()
        self._going_on.setSingleShot(True)
        self._going_on.timeout.connect(self._go_on)

    @property
    def is_empty(self) -> bool:
        """Whether no other window is coming."""
        return self._now is None

    def begin(self, coming: Coming) -> None:
        """Put this one together, in place of one that is on its way."""
        if self._next is not None:
            self._next.dropped()
        if self._now is None:
            self._now = coming
            self._going_on.start(0)
        else:
            self._next = coming

    def end(self) -> None:
        """Nobody waits any more: let go at once of whatever is on its way."""
        self._going_on.stop()
        if self._next is not None:
            self._next.dropped()
            self._next = None
        if self._now is not None:
            if self._window is not None:
                for _ in self._window.making:
                    pass
            self._let_go()

    def _go_on(self) -> None:
        coming = self._now
        assert coming is not None  # else nothing set the clock
        if self._window is None:
            if self._is_unwanted(coming):
                self._let_go()
                return
            self._window = coming.make()
        until = time.perf_counter() + _SLICE_S
        for _ in self._window.making:
            if time.perf_counter() > until:
                self._going_on.start(0)
                return
        if self._is_unwanted(coming):
            self._let_go()
        elif coming.may_be_shown():
            window, self._now, self._window = self._window, None, None
            coming.show(window)
        else:
            self._going_on.start(_WAIT_MS)

    def _is_unwanted(self, coming: Coming) -> bool:
        return self._next is not None or not coming.wanted()

    def _let_go(self) -> None:
        assert self._now is not None  # somebody asked for what is let go
        dropped, window = self._now.dropped, self._window
        self._now, self._next, self._window = self._next, None, None
        if self._now is not None:
            self._going_on.start(0)
        if window is not None:
            window.let_go()
            window.deleteLater()
        dropped()

"""The window that comes next, put together in steps while the one before is seen and answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.app.progress import nothing
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.ui.turns import TURNS

_SLICE_S = 0.008  # of each turn of the event loop
_WAIT_MS = 30


def _always() -> bool:
    return True


def _nobody(_: SurveyError) -> None:
    """Nobody hears why."""


@dataclass(frozen=True, eq=False)
class Coming:
    """A window that was asked for.

    ``make`` begins it; once its ``making`` is at its end and it ``may_be_shown``, it catches up
    and ``show`` shows it. Where it is not ``wanted`` any more it is let go, and ``dropped`` hears
    of that; where it cannot be made, ``failed`` hears why as well.
    """

    make: Callable[[], Any]
    show: Callable[[Any], object]
    may_be_shown: Callable[[], bool] = _always
    wanted: Callable[[], bool] = _always
    dropped: Callable[[], object] = nothing
    failed: Callable[[SurveyError], object] = _nobody


class Succession:
    """One window at a time is put together; of several that are asked for the newest is shown.

    One that nobody wants any more, or that cannot be made, is let go as far as it is there.
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
            self._let_go()

    def _go_on(self) -> None:
        coming = self._now
        assert coming is not None  # else nothing set the clock
        if self._next is not None or not coming.wanted():
            self._let_go()
            return
        if TURNS.is_taken(self):
            self._going_on.start(0)
            return
        try:
            pause_ms = self._pause_ms(coming)
        except SurveyError as error:
            self._let_go(error)
        except Exception as error:  # whatever it is: the next one must not wait for this one
            self._let_go(SurveyError(f"{type(error).__name__}: {error}"))
            raise
        else:
            if pause_ms is not None:
                self._going_on.start(pause_ms)
            else:
                window, self._now, self._window = self._window, None, None
                coming.show(window)
            TURNS.take(self)
            if not pause_ms:
                TURNS.hold_unseen()

    def _pause_ms(self, coming: Coming) -> int | None:
        """Work for a moment; the milliseconds until there is more to do, None at the end."""
        if self._window is None:
            self._window = coming.make()
            next(self._window.making, None)
            return 0  # what its language changed in the one before takes as long as a slice
        until = time.perf_counter() + _SLICE_S
        worked = False
        for _ in self._window.making:
            worked = True
            if time.perf_counter() > until:
                break
        if worked:  # showing it is a turn's work of its own
            return 0
        if not coming.may_be_shown():
            return _WAIT_MS
        self._window.catch_up()
        return None

    def _let_go(self, error: SurveyError | None = None) -> None:
        coming, window = self._now, self._window
        assert coming is not None  # somebody asked for what is let go
        self._now, self._next, self._window = self._next, None, None
        if self._now is not None:
            self._going_on.start(0)
        try:
            if window is not None:
                window.let_go()
                window.leave()
        finally:
            coming.dropped()
            if error is not None:
                coming.failed(error)

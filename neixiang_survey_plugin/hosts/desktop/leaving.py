"""Windows that another one took the place of: destroyed, and what they showed is let go."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from neixiang_survey_plugin.io.memory import letting_go
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.in_steps import InSteps

_DESTROYED = QtCore.QEvent.Type.DeferredDelete
_ROWS = 4  # destroyed in a step, 1 ms
_LAID_OUT = QtWidgets.QBoxLayout, QtWidgets.QGridLayout
_MOST_S = 0.004
_AT_A_TIME = 100
_LATER_MS = 100  # by then Qt has let go of what signals of the window called


class Remains(QtCore.QObject):
    """Lets go of windows, and of the surveys and counties that only they showed, between events.

    Widgets and what they ask refer to each other: such a circle would keep the survey, and perhaps
    its county, until a collection of cycles walks as far as that. What is still being closed beside
    the window is held until it ``may_begin``.
    """

    def __init__(self, may_begin: Callable[[], bool]) -> None:
        super().__init__()
        self._may_begin = may_begin
        self._held: deque[list[Any]] = deque()  # what windows referred to that are destroyed
        self._steps: deque[Iterator[None]] = deque()
        self._in_steps = InSteps(self, 1, _AT_A_TIME, most_s=_MOST_S)

    @property
    def busy(self) -> bool:
        """Whether anything is still to be let go."""
        return bool(self._held or self._steps or self._in_steps.busy)

    def take(self, window: Any) -> None:
        """Destroy a window at once that nobody saw, and let go of what it refers to."""
        parts = _parts_of(window)
        _destroy(window)
        self._hold(parts)

    def take_shown(self, window: Any) -> None:
        """Destroy a window that was closed in steps: what lies deepest first, then the panels.

        All at once took 90 ms with 500 lines in it, 32 of them for 200 conflicts.
        """
        for timer in window.findChildren(QtCore.QTimer):
            timer.stop()  # nothing is filled any more
        self._begin(self._destroying(window))

    def _destroying(self, window: Any) -> Iterator[None]:
        parts = _parts_of(window)
        for part in reversed(window.findChildren(QtWidgets.QWidget)):
            if isinstance(part.layout(), _LAID_OUT) and not _goes_whole(part, window):
                yield from _some([one for one in part.children() if one.isWidgetType()], _ROWS)
        window.tabs.blockSignals(True)
        yield from _some([window.tabs.widget(row) for row in range(window.tabs.count())], 1)
        _destroy(window)
        yield
        self._hold(parts)

    def _hold(self, parts: Sequence[Any]) -> None:
        held: list[Any] = []
        for one in parts:
            held += vars(one).values()
            vars(one).clear()
        self._held.append(held)
        QtCore.QTimer.singleShot(_LATER_MS, self._let_go)

    def _let_go(self) -> None:
        if self._may_begin():
            self._begin(letting_go(self._held.popleft()))
        else:
            QtCore.QTimer.singleShot(_LATER_MS, self._let_go)

    def _begin(self, steps: Iterator[None]) -> None:
        self._steps.append(steps)
        if not self._in_steps.busy:
            self._in_steps.begin(self._one_after_another())

    def _one_after_another(self) -> Iterator[None]:
        while self._steps:
            yield from self._steps.popleft()


def _goes_whole(part: Any, window: Any) -> bool:
    """Whether it is in a form, or Qt made it for itself and would fall without a part of it."""
    return bool(part.window() is not window or part.objectName().startswith("qt_"))


def _some(parts: Sequence[Any], at_once: int) -> Iterator[None]:
    """Destroy parts, so many in a step."""
    for begin in range(0, len(parts), at_once):
        for one in parts[begin : begin + at_once]:
            _destroy(one)
        yield


def _parts_of(window: Any) -> list[Any]:
    return [window, *window.findChildren(QtCore.QObject)]


def _destroy(widget: Any) -> None:
    widget.deleteLater()
    QtCore.QCoreApplication.sendPostedEvents(widget, _DESTROYED)

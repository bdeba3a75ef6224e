"""Windows that another one took the place of: destroyed, and all that they showed is let go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.in_steps import InSteps

_DESTROYED = QtCore.QEvent.Type.DeferredDelete
_ROWS = 20  # destroyed in a turn of the event loop, 4 ms


def leave(window: Any) -> None:
    """Destroy a window that was closed with all its parts, and let go of what they refer to.

    Widgets and what they ask refer to each other: such a circle would keep the survey, and perhaps
    its county, until a collection of cycles walks as far as that.
    """
    parts = _parts_of(window)
    _destroy(window)
    _forget(parts)


def leave_in_steps(window: Any, then: Callable[[], None]) -> None:
    """As ``leave``, between two events: some rows in each turn of their loop, then the panels.

    All at once took 90 ms with 500 lines in it, 32 of them for 200 conflicts. ``then`` is called
    when nothing of it is left.
    """
    for timer in window.findChildren(QtCore.QTimer):
        timer.stop()  # nothing is filled any more
    steps = InSteps(QtCore.QCoreApplication.instance(), 1, 1)
    steps.begin(_leaving(window, steps, then))


def _leaving(window: Any, steps: InSteps, then: Callable[[], None]) -> Iterator[None]:
    parts = _parts_of(window)
    for part in reversed(window.findChildren(QtWidgets.QWidget)):  # what lies deepest first
        if isinstance(part.layout(), QtWidgets.QBoxLayout):
            yield from _some([one for one in part.children() if one.isWidgetType()], _ROWS)
    window.tabs.blockSignals(True)
    yield from _some([window.tabs.widget(row) for row in range(window.tabs.count())], 1)
    _destroy(window)
    yield
    _forget(parts)
    steps.deleteLater()
    then()


def _some(parts: Sequence[Any], at_once: int) -> Iterator[None]:
    """Destroy parts that are more than go at once; what is left goes with what they lie in."""
    for begin in range(0, len(parts) - at_once + 1, at_once):
        for one in parts[begin : begin + at_once]:
            one.deleteLater()
        yield


def _parts_of(window: Any) -> list[Any]:
    return [window, *window.findChildren(QtCore.QObject)]


def _destroy(window: Any) -> None:
    window.deleteLater()
    QtCore.QCoreApplication.sendPostedEvents(window, _DESTROYED)


def _forget(parts: Sequence[Any]) -> None:
    for one in parts:
        vars(one).clear()

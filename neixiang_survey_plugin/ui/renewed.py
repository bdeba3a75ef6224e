"""What is put together out of sight, and takes the place of what is shown when it is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from neixiang_survey_plugin.app.progress import nothing
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.in_steps import InSteps
from neixiang_survey_plugin.ui.parts import column

_STEPS = 1_000  # the time that they take is what ends them
_LONG = 20  # rows: fewer are measured in a moment
_SLICE_S = 0.005  # they begin in the same turn as the edit that they follow


class Renewed(QtWidgets.QWidget):
    """Shows parts below each other; while the next ones are put together nothing moves.

    Widgets get their style and their place when they are first seen: 230 at once took 20 ms. Here
    they have both before, got little by little, and are seen within 6 ms. ``done`` hears when what
    was begun last is shown.
    """

    def __init__(self, spacing: int, done: Callable[[], None] = nothing) -> None:
        super().__init__()
        self._spacing = spacing
        self._shown: Any = None
        self._coming: Any = None
        self._filling = InSteps(self, _STEPS, _STEPS, done, _SLICE_S)
        self._box = QtWidgets.QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)

    @property
    def busy(self) -> bool:
        """Whether something is on its way."""
        return self._filling.busy

    @property
    def is_empty(self) -> bool:
        """Whether nothing is shown."""
        return self._shown is None or not self._shown.layout().count()

    def begin(self, parts: Iterator[Any]) -> None:
        """Put parts together in place of what was begun before; None is a piece of work alone."""
        self.stop()
        self._filling.begin(self._fill(parts))

    def stop(self) -> None:
        """Leave unfinished what is put together."""
        self._filling.stop()
        _drop(self._coming)
        self._coming = None

    def clear(self) -> None:
        """Show nothing."""
        self.stop()
        _drop(self._shown)
        self._shown = None

    def _fill(self, parts: Iterator[Any]) -> Iterator[None]:
        coming = self._coming = column(spacing=self._spacing)
        coming.setParent(self)  # whose style it gets
        coming.hide()
        for part in parts:
            if part is not None:
                coming.layout().addWidget(part)
                dressed(part)
            yield
        width_px = self.width()
        for rows in reversed(coming.findChildren(QtWidgets.QVBoxLayout)):  # inner ones first
            yield from _measured(rows, width_px)
        coming.resize(width_px, coming.layout().totalHeightForWidth(width_px))
        coming.layout().activate()
        yield
        self._coming = None
        self._show(coming)

    def _show(self, coming: Any) -> None:
        before, self._shown = self._shown, coming
        _drop(before)
        self._box.addWidget(coming)
        coming.show()


def _measured(layout: Any, width_px: int) -> Iterator[None]:
    """Let each part of a long column say how high it will be, row by row: Qt keeps the answers.

    Asked for all of them at once a page with 200 photographs took 31 ms.
    """
    if layout.count() < _LONG:
        return
    for number in range(layout.count()):
        layout.itemAt(number).heightForWidth(width_px)
        yield


def dressed(widget: Any) -> Any:
    """A widget that has its place, with the style that it has there, before it is seen."""
    widget.ensurePolished()
    for one in widget.findChildren(QtWidgets.QWidget):
        one.ensurePolished()
    return widget


def _drop(widget: Any) -> None:
    if widget is not None:
        widget.hide()
        widget.deleteLater()

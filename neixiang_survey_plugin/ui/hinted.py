"""Fields whose hint, such as what is not given, is read as easily as any other quiet word."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets

_HINT_ALPHA = 180  # of 255; Qt's own half is under the contrast that everybody can read
_STYLED = (QtCore.QEvent.Type.Polish, QtCore.QEvent.Type.StyleChange)


class HintedLine(QtWidgets.QLineEdit):
    """A field of one line."""

    def event(self, event: Any) -> bool:
        """After the style gave it its colours, the hint gets its own."""
        handled = bool(super().event(event))
        if event.type() in _STYLED:
            _make_readable(self)
        return handled


class HintedText(QtWidgets.QPlainTextEdit):
    """A field of several lines."""

    def event(self, event: Any) -> bool:
        """After the style gave it its colours, the hint gets its own."""
        handled = bool(super().event(event))
        if event.type() in _STYLED:
            _make_readable(self)
        return handled


def _make_readable(edit: Any) -> None:
    role = QtGui.QPalette.ColorRole.PlaceholderText
    palette = edit.palette()
    ink = palette.color(QtGui.QPalette.ColorRole.Text)
    ink.setAlpha(_HINT_ALPHA)
    if palette.color(role) != ink:
        palette.setColor(role, ink)
        edit.setPalette(palette)

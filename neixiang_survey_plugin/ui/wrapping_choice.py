"""One of several choices whose words go on in the next line where there is no room beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets


class WrappingChoice(QtWidgets.QRadioButton):
    """A radio button, which of itself would cut its words off at its edge."""

    def __init__(self, words: str, parent: Any = None) -> None:
        super().__init__(words, parent)
        self.words = words
        # however wide the words: they are broken to the width there is
        sizes = QtWidgets.QSizePolicy.Policy
        self.setSizePolicy(sizes.Ignored, sizes.Minimum)

    def resizeEvent(self, event: Any) -> None:
        """Break the words to the new width."""
        super().resizeEvent(event)
        self._break()

    def changeEvent(self, event: Any) -> None:
        """Break the words anew when they become larger or smaller."""
        super().changeEvent(event)
        if event.type() in (QtCore.QEvent.Type.FontChange, QtCore.QEvent.Type.StyleChange):
            self._break()

    def _break(self) -> None:
        lines = broken(self.words, self.font(), self.width() - self._mark_px())
        if self.text() != lines:
            self.setText(lines)

    def _mark_px(self) -> int:
        """What stands before the words: the mark and its gap."""
        before = super().sizeHint().width()
        widest = max(map(self.fontMetrics().horizontalAdvance, self.text().split("\n")))
        return int(before - widest)


def broken(words: str, font: Any, width_px: float) -> str:
    """Words with line breaks, so that no line is wider than this unless it cannot be broken."""
    return "\n".join(one for line in words.split("\n") for one in _lines(line, font, width_px))


def _lines(line: str, font: Any, width_px: float) -> Iterator[str]:
    layout = QtGui.QTextLayout(line, font)
    layout.beginLayout()
    while (part := layout.createLine()).isValid():
        part.setLineWidth(max(width_px, 1.0))
        yield line[part.textStart() : part.textStart() + part.textLength()].rstrip()
    layout.endLayout()

"""Words of one line that end in … where there is no room for all of them."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtWidgets


class ShortLabel(QtWidgets.QLabel):
    """A label that takes what room there is; its tip, and a screen reader, say all of it."""

    def __init__(self, role: str = "", parent: Any = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        sizes = QtWidgets.QSizePolicy.Policy
        self.setSizePolicy(sizes.Ignored, sizes.Preferred)
        self.words = ""

    def say(self, words: str) -> None:
        """Show other words."""
        self.words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self._fit()

    def resizeEvent(self, event: Any) -> None:
        """Show as much as there is room for now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        said = self.words
        if not self.wordWrap():
            right, room_px = QtCore.Qt.TextElideMode.ElideRight, self.contentsRect().width()
            said = self.fontMetrics().elidedText(said, right, room_px)
        if said != self.text():
            self.setText(said)

"""The bar above the map with one sentence, which goes by itself."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.i18n.sentences import in_language
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.render.palette import Palette

_SHOWN_MS = {Level.INFO: 5_000, Level.SUCCESS: 4_000, Level.WARNING: 8_000, Level.ERROR: 15_000}
# By shape and by colour: the four states' own shapes.
_SIGNS = {Level.INFO: "ℹ", Level.SUCCESS: "✓", Level.WARNING: "△", Level.ERROR: "✗"}
_MARGIN = 8


class NoticeBar(QtWidgets.QFrame):
    """One sentence at the top of its parent, with a button that takes it away."""

    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        self.language = Language.CHINESE
        self._sign, self._words = QtWidgets.QLabel(self), QtWidgets.QLabel(self)
        self._words.setWordWrap(True)
        self.close_button = QtWidgets.QToolButton(self)
        self.close_button.setText("×")
        self.close_button.setAutoRaise(True)
        self.close_button.clicked.connect(self.hide)
        row = QtWidgets.QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        row.addWidget(self.close_button)
        self._timer = QtCore.QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._said: tuple[str, Level] | None = None
        self.hide()

    @property
    def sentence(self) -> str:
        """What stands there."""
        return str(self._words.text())

    @property
    def standing(self) -> tuple[str, Level] | None:
        """The sentence that still stands there, as it was said."""
        return None if self.isHidden() else self._said

    def say(self, sentence: str, level: Level, palette: Palette) -> None:
        """Show a sentence in place of the one before."""
        self._said = sentence, level
        inks = {
            Level.INFO: palette.accent,
            Level.SUCCESS: palette.passed,
            Level.WARNING: palette.control_orange,
            Level.ERROR: palette.failed,
        }
        self.setStyleSheet(
            f"NoticeBar {{ background: {palette.paper}; border: 1px solid {inks[level]};"
            f" border-left: 5px solid {inks[level]}; border-radius: 4px; }}"
            f" QLabel, QToolButton {{ color: {palette.text}; background: transparent; }}"
        )
        self._sign.setText(_SIGNS[level])
        self._sign.setStyleSheet(f"color: {inks[level]}; font-weight: bold;")
        self._words.setText(in_language(sentence, self.language))
        self.setAccessibleName(self.sentence)
        self.fit(self.parentWidget().width())
        self.show()
        self.raise_()
        self._timer.start(_SHOWN_MS[level])

    def fit(self, width_px: int) -> None:
        """Take a place at the top of a parent of this width."""
        wide = min(width_px - 2 * _MARGIN, 640)
        self.setGeometry((width_px - wide) // 2, _MARGIN, wide, self.heightForWidth(wide))

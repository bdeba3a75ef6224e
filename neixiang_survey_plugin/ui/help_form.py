"""Help inside the window: a page for every panel, for drawing, for the map and its layers."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import at_right, button, label, scrolled

_GENERAL = ("start", "draw", "map", "layers", "files", "import")
_PANELS = ("survey", "conflict", "trench", "planning", "packet", "case", "today", "quality")
PAGES = _GENERAL + _PANELS


class HelpForm(QtWidgets.QDialog):
    """A list of pages beside the page that is shown; the words stand under ``page.<name>``."""

    def __init__(self, page: str, look: Look, parent: Any = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(look.texts("help_form.title"))
        self.pages = QtWidgets.QListWidget()
        self.pages.setAccessibleName(look.texts("help_form.pages"))
        for name in PAGES:
            self.pages.addItem(self.title_of(name))
        self.pages.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.title = label("", "title", wraps=True)
        self.text = label("", wraps=True)
        self.text.setTextInteractionFlags(
            QtCore.Qt.TextInteractionFlag.TextSelectableByMouse
            | QtCore.Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._lay_out()
        self.pages.currentRowChanged.connect(self._show_row)
        self.pages.setCurrentRow(PAGES.index(page))
        self.pages.setFocus()

    @property
    def shown(self) -> str:
        """The name of the page that is shown."""
        return PAGES[self.pages.currentRow()]

    def title_of(self, name: str) -> str:
        """A panel's own title, or that of a page about something else."""
        key = f"help_form.{name}" if name in _GENERAL else f"{name}.title"
        return self._look.texts(key)

    def _show_row(self, row: int) -> None:
        name = PAGES[row]
        self.title.setText(self.title_of(name))
        self.text.setText(self._look.texts(f"page.{name}").strip())
        self.text.setAccessibleName(f"{self.title.text()} {self.text.text()}")

    def _lay_out(self) -> None:
        content = QtWidgets.QWidget()
        inner = QtWidgets.QVBoxLayout(content)
        inner.setContentsMargins(16, 0, 8, 0)
        inner.setSpacing(12)
        inner.addWidget(self.title)
        inner.addWidget(self.text)
        inner.addStretch(1)
        beside = QtWidgets.QHBoxLayout()
        beside.addWidget(self.pages, 2)
        beside.addWidget(scrolled(content), 5)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(12, 12, 12, 12)
        box.setSpacing(12)
        box.addLayout(beside, 1)
        box.addWidget(at_right(button(self._look.texts("settings.close"), self.accept)))
        self.resize(680, 520)

"""Three steps for somebody who sees the window for the first time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, label

_STEPS = 3
_MARGIN_PX = 24
_WIDTH_PX = 320


class Tour(QtWidgets.QFrame):
    """A card in the corner of the map; it covers nothing that it speaks of."""

    def __init__(self, look: Look, ended: Callable[[], None], parent: Any) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._ended = ended
        self.step = 0
        self._title = label("", "title", wraps=True)
        self._text = label("", wraps=True)
        self._dots = label("", "quiet")
        self._next = button("", self.go_on, primary=True)
        skip = button(look.texts("tour.skip"), self.end)
        skip.setProperty("link", True)
        row = QtWidgets.QHBoxLayout()
        row.addWidget(self._dots)
        row.addStretch(1)
        row.addWidget(skip)
        row.addWidget(self._next)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 12)
        box.setSpacing(8)
        box.addWidget(self._title)
        box.addWidget(self._text)
        box.addLayout(row)
        self.setFixedWidth(_WIDTH_PX)
        parent.installEventFilter(self)
        self.go_on()
        self.show()

    def go_on(self) -> None:
        """Show the next step; after the last one the card goes."""
        self.step += 1
        if self.step > _STEPS:
            self.end()
            return
        texts = self._look.texts
        self._title.setText(texts(f"tour.step_{self.step}"))
        self._text.setText(texts(f"tour.step_{self.step}_text"))
        self._dots.setText(" ".join("●" if n < self.step else "○" for n in range(_STEPS)))
        self._next.setText(texts("tour.done" if self.step == _STEPS else "tour.next"))
        self.setAccessibleName(f"{self._title.text()} {self._text.text()}")
        self._place()
        self._next.setFocus()

    def end(self) -> None:
        """Take the card away."""
        self.parent().removeEventFilter(self)
        self.hide()
        self._ended()
        self.deleteLater()

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Stay in the corner when the map changes its size."""
        if event.type() == QtCore.QEvent.Type.Resize:
            self._place()
        return False

    def _place(self) -> None:
        self.adjustSize()
        height = max(self.sizeHint().height(), self.heightForWidth(_WIDTH_PX))
        self.resize(_WIDTH_PX, height)
        parent = self.parent()
        self.move(_MARGIN_PX, max(parent.height() - height - 3 * _MARGIN_PX, _MARGIN_PX))

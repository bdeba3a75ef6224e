"""A row with a mark, a title, a word at the right, and small lines below."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import Row, figure, label
from neixiang_survey_plugin.ui.states import State, StateMark


class DetailRow(Row):
    """One thing on record; no ``state``: it has no mark. A click asks for more."""

    def __init__(
        self, state: State | None, title: str, beside: str, below: Iterable[str], look: Look
    ) -> None:
        super().__init__()
        details = [text for text in below if text]
        mark = StateMark(look.colours)
        if state is None:
            mark.hide()
        else:
            mark.show_state(state)
        self.grid = QtWidgets.QGridLayout(self)
        self.grid.setContentsMargins(4, 4, 4, 4)
        self.grid.setHorizontalSpacing(8)
        self.grid.setVerticalSpacing(1)
        self.grid.setColumnMinimumWidth(0, 16)
        self.grid.setColumnStretch(1, 1)
        self.grid.addWidget(mark, 0, 0)
        self.grid.addWidget(label(title, wraps=True), 0, 1)
        self.grid.addWidget(figure(beside, "quiet"), 0, 2)
        for text in details:
            self.add_below(label(text, "quiet", wraps=True))
        self.setAccessibleName(" ".join((title, beside, *details)))

    def add_below(self, widget: Any) -> None:
        """Put one more widget under the title."""
        self.grid.addWidget(widget, self.grid.rowCount(), 1, 1, 2)

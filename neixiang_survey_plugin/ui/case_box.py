"""The box that chooses the case to which new lines belong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from neixiang_survey_plugin.app.case_book import CaseBook
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.look import Look

_AS_WIDE_AS_ASKED = QtWidgets.QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_ROWS_SEEN = 12  # of the list when it is open; the wheel and the keys go to the others
# without an edge of its own a row that is chosen stands farther to the right than the others
_STYLE = "QComboBox { combobox-popup: 0; } QComboBox QAbstractItemView::item { border: none; }"


class CaseBox(QtWidgets.QComboBox):
    """Chooses the case to which new lines belong; its last row asks for a new one."""

    def __init__(
        self,
        book: CaseBook,
        look: Look,
        choose: Callable[[str | None], None],
        new_case: Callable[[], None],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._listed: tuple[str | None, ...] = ()
        # Qt's own: one with a method of Python's was asked for each of 10,000 rows, 60 ms
        self._rows = QtCore.QStringListModel(self)
        self.setModel(self._rows)
        self.view().setUniformItemSizes(True)
        # a list as high as the screen looked for the place of each of 10,000 rows, 21 ms
        self.setStyleSheet(_STYLE)
        # whose rows are as high as those of every list
        self.view().setItemDelegate(QtWidgets.QStyledItemDelegate(self))
        self.setMaxVisibleItems(_ROWS_SEEN)
        self._look = look
        self._choose = choose
        self._new_case = new_case
        self.setAccessibleName(look.texts("window.case"))
        self.setToolTip(look.texts("help.case"))
        self.setMinimumWidth(160)
        # else it is as wide as the widest of 10,000 names, each of which is measured for that
        self.setSizeAdjustPolicy(_AS_WIDE_AS_ASKED)
        self.setMinimumContentsLength(12)
        self.activated.connect(self._activated)

    def show_case(self, case_id: str | None) -> None:
        """List the cases as they are now, with this one chosen."""
        ids = self._book.ids()
        if None in ids[-1:]:  # lines of no case stand last
            ids = ids[:-1]
        if case_id is not None and case_id not in ids:
            ids = (case_id, *ids)
        if ids != self._listed or not self.count():
            self._listed, texts = ids, self._look.texts
            self._rows.setStringList([texts("window.no_case"), *ids, f"{texts('case.new')}…"])
        self.setCurrentIndex(0 if case_id is None else ids.index(case_id) + 1)

    @property
    def case_id(self) -> str | None:
        """The case that is chosen; None for no case."""
        return self._case_at(self.currentIndex())

    def _case_at(self, row: int) -> str | None:
        return self._listed[row - 1] if 0 < row <= len(self._listed) else None

    def _activated(self, row: int) -> None:
        if row > len(self._listed):
            self._new_case()
        else:
            self._choose(self._case_at(row))

"""The box that chooses the case to which new lines belong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from neixiang_survey_plugin.app.case_book import CaseBook
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.look import Look

_AS_WIDE_AS_ASKED = QtWidgets.QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_ROLES = QtCore.Qt.ItemDataRole


class _Rows(QtCore.QStringListModel):
    """No case, every case, a new one: Qt keeps the words, so that 10,000 need no call each."""

    def __init__(self, parent: Any) -> None:
        super().__init__(parent)
        self._cases: tuple[str | None, ...] = ()

    def show(self, none: str, cases: tuple[str | None, ...], new: str) -> None:
        """Show other cases."""
        self._cases = cases
        self.setStringList([none, *cases, new])

    def data(self, index: Any, role: int = _ROLES.DisplayRole) -> Any:
        """The words of a row, and for which case it stands."""
        if role != _ROLES.UserRole:
            return super().data(index, role)
        row = index.row()
        if row == 0:
            return None
        return self._cases[row - 1] if row <= len(self._cases) else False


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
        self._listed: tuple[str | None, ...] | None = None
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.view().setUniformItemSizes(True)
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
        if ids != self._listed:
            self._listed, texts = ids, self._look.texts
            self._rows.show(texts("window.no_case"), ids, f"{texts('case.new')}…")
        self.setCurrentIndex(0 if case_id is None else ids.index(case_id) + 1)

    def _activated(self, row: int) -> None:
        chosen = self.itemData(row)
        if chosen is False:
            self._new_case()
        else:
            self._choose(chosen)

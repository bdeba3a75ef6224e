"""The box that chooses the case to which new lines belong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from neixiang_survey_plugin.app.case_book import CaseBook
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.look import Look

_AS_WIDE_AS_ASKED = QtWidgets.QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


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
        self._listed: list[str] | None = None
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
        ids = [one for one in self._book.ids() if one is not None]
        if case_id is not None and case_id not in ids:
            ids.insert(0, case_id)
        if ids != self._listed:  # 10,000 of them take 60 ms to list
            self._list(ids)
        self.setCurrentIndex(0 if case_id is None else ids.index(case_id) + 1)

    def _list(self, ids: list[str]) -> None:
        self._listed = ids
        self.clear()
        self.addItem(self._look.texts("window.no_case"), None)
        self.addItems(ids)
        for row, one in enumerate(ids, start=1):
            self.setItemData(row, one)
        self.addItem(f"{self._look.texts('case.new')}…", False)

    def _activated(self, row: int) -> None:
        chosen = self.itemData(row)
        if chosen is False:
            self._new_case()
        else:
            self._choose(chosen)

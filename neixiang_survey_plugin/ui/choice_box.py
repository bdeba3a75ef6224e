"""A box of choices that makes its list when somebody opens it."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtWidgets

_STYLED = (QtCore.QEvent.Type.StyleChange, QtCore.QEvent.Type.FontChange)
_BESIDE_PX = 24  # what stands beside the words of a list
_LEAST_LETTERS = 6


class ChoiceBox(QtWidgets.QComboBox):
    """Chooses one of some words; a ``narrow`` one asks for the room of a short word alone.

    Its list is as wide as its words, however narrow the box. Qt makes a list, nine widgets, as
    soon as a box gets its style, which is before it is seen, and where its policy of sizes is set:
    of the 417 widgets of the form of a case half were lists that nobody opened.
    """

    def __init__(self, narrow: bool = False, parent: Any = None) -> None:
        super().__init__(parent)
        self._narrow, self._was_shown = narrow, False

    def changeEvent(self, event: Any) -> None:
        """Be styled without a list; what Qt measured before is measured anew on being shown."""
        if self._was_shown or event.type() not in _STYLED:
            super().changeEvent(event)
        else:
            QtWidgets.QWidget.changeEvent(self, event)

    def showEvent(self, event: Any) -> None:
        """Be seen: from now on a list that there is follows the style."""
        self._was_shown = True
        super().showEvent(event)

    def showPopup(self) -> None:
        """Open the list."""
        if self._narrow:
            self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + _BESIDE_PX)
        super().showPopup()

    def sizeHint(self) -> Any:
        """The room that it asks for."""
        return self._short() if self._narrow else super().sizeHint()

    def minimumSizeHint(self) -> Any:
        """The room that it cannot do without."""
        return self._short() if self._narrow else super().minimumSizeHint()

    def _short(self) -> Any:
        """The room of a short word: of a county's 10,000 sites none is measured for that."""
        self.ensurePolished()
        option, style = QtWidgets.QStyleOptionComboBox(), self.style()
        self.initStyleOption(option)
        metrics = self.fontMetrics()
        words = QtCore.QSize(metrics.horizontalAdvance("X" * _LEAST_LETTERS), metrics.height() + 2)
        kind = QtWidgets.QStyle.ContentsType.CT_ComboBox
        return style.sizeFromContents(kind, option, words, self)

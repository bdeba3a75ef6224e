"""Ctrl+K: one box that finds commands, roads, sites, lines and cases, and goes there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.ui.findable import Findable, Found, Shelf
from neixiang_survey_plugin.ui.hinted import HintedLine
from neixiang_survey_plugin.ui.in_steps import InSteps
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import column, label

_FIRST = 1  # steps of reading before the box is shown: the commands
_READING_S = 0.006  # between two events: the box itself is laid out and painted besides
_STEPS = 1_000  # of reading and of looking: the time that they take is what ends them


class Finder(QtWidgets.QDialog):
    """A box to type in and a list below it; arrows choose, Enter goes, Esc closes."""

    def __init__(self, shelves: Sequence[Shelf], look: Look, parent: Any = None) -> None:
        super().__init__(parent)
        self._things = Findable(shelves)
        self._look = look
        self.setWindowTitle(look.texts("find.title"))
        self.entry = HintedLine()
        self.entry.setPlaceholderText(look.texts("find.placeholder"))
        self.entry.setAccessibleName(look.texts("find.placeholder"))
        self.entry.setClearButtonEnabled(True)
        self.list = QtWidgets.QTreeWidget()
        self.list.setColumnCount(3)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setAllColumnsShowFocus(True)
        self.list.setAccessibleName(look.texts("find.title"))
        self.list.setIconSize(QtCore.QSize(20, 20))
        self._nothing = label(look.texts("notice.nothing_found"), "quiet")
        self.note = label(look.texts("find.reading"), "quiet")
        self._shown: list[Found] = []
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(column(self.entry, self._nothing, self.note, self.list, margin=12, spacing=8))
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QtWidgets.QHeaderView.ResizeMode.Stretch)
        self.resize(560, 440)
        self.entry.textChanged.connect(self.look_for)
        self.entry.returnPressed.connect(self._enter)
        self.list.itemActivated.connect(lambda *_: self.go())
        self.list.itemClicked.connect(lambda *_: self.go())
        self.entry.installEventFilter(self)
        self.finished.connect(self._leave)
        self._goes = False  # to what is found once all is read
        self._looking = InSteps(self, _STEPS, _STEPS)
        self._reading = InSteps(self, _FIRST, _STEPS, self._all_read, _READING_S)
        self._reading.begin(self._things.reading())
        if self._reading.busy:
            self.look_for("")

    def look_for(self, wanted: str) -> None:
        """List what matches of all that is read by now; what is not makes it look again."""
        self._goes = False
        self._choose(0)
        self._looking.begin(self._look_for(wanted.strip()))

    def _look_for(self, wanted: str) -> Iterator[None]:
        for found in self._things.looking(wanted):
            if found is not None:
                self._show(found)
            yield

    def _all_read(self) -> None:
        goes = self._goes
        self.note.hide()
        self.look_for(self.entry.text())
        if goes:
            self._enter()

    def _show(self, found: list[Found]) -> None:
        self._shown = found
        self.list.clear()
        for one in self._shown:
            kind = self._look.texts(f"find.{one.kind}")
            item = QtWidgets.QTreeWidgetItem([one.words, one.beside, kind])
            if one.icon is not None:
                item.setIcon(0, one.icon)
            for side in (1, 2):
                item.setForeground(side, QtGui.QColor(self._look.colours.quiet))
            self.list.addTopLevelItem(item)
        self._choose(0)
        self._nothing.setVisible(not self._shown and not self._reading.busy)

    def go(self) -> None:
        """Close, and do what is chosen."""
        self._goes = False
        row = self._chosen()
        if 0 <= row < len(self._shown):
            self.accept()
            self._shown[row].go()

    def _leave(self, _: int) -> None:
        self._goes = False
        self._reading.stop()

    def _enter(self) -> None:
        """Go to what is found for all that was typed, not for a letter less, among all there is.

        What an arrow chose is gone to as it is.
        """
        if self._chosen() > 0:
            self.go()
            return
        self._goes = self._reading.busy
        if not self._goes:
            self._looking.finish()
            self.go()

    def _chosen(self) -> int:
        return int(self.list.indexOfTopLevelItem(self.list.currentItem()))

    def _choose(self, row: int) -> None:
        self.list.setCurrentItem(self.list.topLevelItem(row))

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Arrows in the box move in the list."""
        if event.type() == QtCore.QEvent.Type.KeyPress:
            steps = {QtCore.Qt.Key.Key_Down: 1, QtCore.Qt.Key.Key_Up: -1}
            step = steps.get(event.key())
            if step is not None and self._shown:
                self._choose((self._chosen() + step) % len(self._shown))
                return True
        return bool(super().eventFilter(watched, event))

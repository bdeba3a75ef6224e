"""Ctrl+K: one box that finds commands, roads, sites, lines and cases, and goes there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.ui.hinted import HintedLine
from neixiang_survey_plugin.ui.in_steps import InSteps
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import column, label

_MOST = 50
_AT_ONCE = 2_000  # things that are taken in between two events: 5 ms


@dataclass(frozen=True)
class Found:
    """One thing that can be found: its words, what kind of thing it is, and what choosing does."""

    words: str
    kind: str
    go: Callable[[], None]
    beside: str = ""
    icon: Any = None


class Findable:
    """What can be found, and the texts that it is found by: 200,000 are looked through in 20 ms."""

    def __init__(self, things: Iterable[Found] = ()) -> None:
        self._things: list[Found] = []
        self._texts: list[str] = []
        for one in things:
            self.add(one)

    def add(self, one: Found) -> None:
        """Let one thing more be found."""
        self._things.append(one)
        self._texts.append(f"{one.words} {one.beside}".casefold())

    def matching(self, wanted: str) -> list[Found]:
        """Those that hold every part of what is wanted, those that begin with it first."""
        whole, texts = wanted.casefold(), self._texts
        rows: Sequence[int] = range(len(texts))
        for part in whole.split():
            rows = [row for row in rows if part in texts[row]]
        if not whole:
            return self._things[:_MOST]
        first = [row for row in rows if texts[row].startswith(whole)][:_MOST]
        begun = set(first)
        others = (row for row in rows if row not in begun)
        return [self._things[row] for row in (*first, *islice(others, _MOST - len(first)))]


def matching(wanted: str, things: Iterable[Found]) -> list[Found]:
    """The things whose words hold every part of what is wanted, those that begin with it first."""
    return Findable(things).matching(wanted)


class Finder(QtWidgets.QDialog):
    """A box to type in and a list below it; arrows choose, Enter goes, Esc closes."""

    def __init__(self, things: Iterable[Found], look: Look, parent: Any = None) -> None:
        super().__init__(parent)
        self._things = Findable()
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
        self._shown: list[Found] = []
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(column(self.entry, self._nothing, self.list, margin=12, spacing=8))
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QtWidgets.QHeaderView.ResizeMode.Stretch)
        self.resize(560, 440)
        self.entry.textChanged.connect(self.look_for)
        self.entry.returnPressed.connect(self.go)
        self.list.itemActivated.connect(lambda *_: self.go())
        self.list.itemClicked.connect(lambda *_: self.go())
        self.entry.installEventFilter(self)
        reading = InSteps(self, _AT_ONCE, _AT_ONCE, lambda: self.look_for(self.entry.text()))
        reading.begin(map(self._things.add, things))

    def look_for(self, wanted: str) -> None:
        """List what matches."""
        self._shown = self._things.matching(wanted.strip())
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
        self._nothing.setVisible(not self._shown)

    def go(self) -> None:
        """Close, and do what is chosen."""
        row = self._chosen()
        if 0 <= row < len(self._shown):
            self.accept()
            self._shown[row].go()

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

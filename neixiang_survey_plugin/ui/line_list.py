"""A list of two-line rows that stays fluent with tens of thousands: only what is seen is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import is_
from typing import Any

from neixiang_survey_plugin.core.casework.urgency import Urgency
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.states import State, paint_state
from neixiang_survey_plugin.ui.urgency_mark import paint_urgency, urgency_colour

_ROLES = QtCore.Qt.ItemDataRole
LINE = _ROLES.UserRole + 1
KEY = _ROLES.UserRole + 2
_MARK_PX, _PAD_PX = 14, 8
_LEFT = QtCore.Qt.AlignmentFlag.AlignLeft | QtCore.Qt.AlignmentFlag.AlignVCenter
_RIGHT = QtCore.Qt.AlignmentFlag.AlignRight | QtCore.Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class ListLine:
    """What a row shows: title and small text, what is due at the right, states of its parts.

    A ``heading`` stands above the rows that follow and cannot be chosen. ``says`` is what a
    screen reader says, and the tip, where the row has no room for it.
    """

    title: str
    detail: str = ""
    beside: str = ""
    urgency: Urgency = Urgency.NOTHING
    states: tuple[State, ...] = ()
    heading: bool = False
    says: str = ""


class LineModel(QtCore.QStringListModel):
    """Rows by key; the line of a row is made when it is first looked at.

    How many there are Qt knows itself: a list asks that for each of its rows, and 10,000 calls of
    a method in Python took 40 ms, 250 while another thread was at work.
    """

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.keys: tuple[Any, ...] = ()
        self._line_of: Callable[[Any], ListLine] = lambda key: ListLine(str(key))
        self._made: dict[int, ListLine] = {}

    def show(self, keys: Sequence[Any], line_of: Callable[[Any], ListLine]) -> None:
        """Show other rows."""
        before, self.keys = self.keys, tuple(keys)
        self._line_of = line_of
        if len(before) == len(self.keys) and all(map(is_, before, self.keys)):
            self.make_anew()
            return
        self._made = {}
        self.setStringList([""] * len(self.keys))

    def make_anew(self) -> None:
        """Show the same rows as they are now."""
        self._made = {}
        if self.keys:
            self.dataChanged.emit(self.index(0), self.index(len(self.keys) - 1))

    def line(self, row: int) -> ListLine:
        """What a row shows."""
        if row not in self._made:
            self._made[row] = self._line_of(self.keys[row])
        return self._made[row]

    def flags(self, index: Any) -> Any:
        """A heading cannot be chosen."""
        flags = QtCore.Qt.ItemFlag
        if index.isValid() and self.line(index.row()).heading:
            return flags.ItemIsEnabled
        return flags.ItemIsEnabled | flags.ItemIsSelectable

    def data(self, index: Any, role: int = _ROLES.DisplayRole) -> Any:
        """The key, the line, or its words."""
        if role == KEY:
            return self.keys[index.row()]
        line = self.line(index.row())
        if role == LINE:
            return line
        if role == _ROLES.DisplayRole:
            return line.title
        if role in (_ROLES.ToolTipRole, _ROLES.AccessibleTextRole):
            parts = (line.title, line.beside, line.detail, line.says)
            return "　".join(part for part in parts if part)
        return None


class LineDelegate(QtWidgets.QStyledItemDelegate):
    """Paints a row: mark of urgency, title and due time, small text and states below."""

    def __init__(self, look: Look, parent: Any = None) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: Any, index: Any) -> Any:
        """Two lines of text, or as much as a finger needs."""
        height = max(2 * option.fontMetrics.height() + 12, self._look.density.control_px + 12)
        return QtCore.QSize(120, height)

    def paint(self, painter: Any, option: Any, index: Any) -> None:
        """Paint one row."""
        line, colours = index.data(LINE), self._look.colours
        rect = option.rect.adjusted(_PAD_PX, 4, -_PAD_PX, -4)
        painter.save()
        painter.setFont(option.font)
        if line.heading:
            self._paint_heading(painter, option, rect, line)
        else:
            self._paint_ground(painter, option)
            self._paint_mark(painter, rect, line)
            self._paint_words(painter, option, rect, line)
            self._paint_states(painter, rect, line)
            painter.setPen(QtGui.QColor(colours.line))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _paint_heading(self, painter: Any, option: Any, rect: Any, line: ListLine) -> None:
        font = QtGui.QFont(option.font)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QtGui.QColor(self._look.colours.text))
        painter.drawText(rect.adjusted(0, rect.height() // 3, 0, 0), _LEFT, line.title)
        painter.setFont(option.font)
        painter.setPen(QtGui.QColor(self._look.colours.quiet))
        painter.drawText(rect.adjusted(0, rect.height() // 3, 0, 0), _RIGHT, line.beside)

    def _paint_ground(self, painter: Any, option: Any) -> None:
        states, colours = QtWidgets.QStyle.StateFlag, self._look.colours
        if option.state & states.State_Selected:
            painter.fillRect(option.rect, QtGui.QColor(colours.chosen))
        elif option.state & states.State_MouseOver:
            painter.fillRect(option.rect, QtGui.QColor(colours.hover))
        if option.state & states.State_HasFocus:
            painter.setPen(QtGui.QPen(QtGui.QColor(colours.accent), 1))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))

    def _paint_mark(self, painter: Any, rect: Any, line: ListLine) -> None:
        painter.save()
        painter.translate(rect.left(), rect.top() + (rect.height() / 2 - _MARK_PX) / 2)
        paint_urgency(painter, line.urgency, self._look.colours, _MARK_PX)
        painter.restore()

    def _paint_words(self, painter: Any, option: Any, rect: Any, line: ListLine) -> None:
        colours, metrics = self._look.colours, option.fontMetrics
        middle = rect.top() + rect.height() // 2
        first = QtCore.QRect(rect.left(), rect.top(), rect.width(), rect.height() // 2)
        first.setLeft(rect.left() + _MARK_PX + _PAD_PX)
        beside_px = metrics.horizontalAdvance(line.beside) + (_PAD_PX if line.beside else 0)
        room = max(first.width() - beside_px, 0)
        elide = QtCore.Qt.TextElideMode.ElideRight
        painter.setPen(QtGui.QColor(colours.text))
        painter.drawText(first, _LEFT, metrics.elidedText(line.title, elide, room))
        painter.setPen(QtGui.QColor(urgency_colour(line.urgency, colours)))
        painter.drawText(first, _RIGHT, line.beside)
        second = QtCore.QRect(first.left(), middle, first.width(), rect.height() // 2)
        second.setRight(second.right() - (_MARK_PX + 3) * len(line.states))
        painter.setPen(QtGui.QColor(colours.quiet))
        painter.drawText(second, _LEFT, metrics.elidedText(line.detail, elide, second.width()))

    def _paint_states(self, painter: Any, rect: Any, line: ListLine) -> None:
        y = rect.top() + rect.height() / 2 + (rect.height() / 2 - _MARK_PX) / 2
        for number, state in enumerate(reversed(line.states), start=1):
            painter.save()
            painter.translate(rect.right() - number * (_MARK_PX + 3) + 3, y)
            paint_state(painter, state, self._look.colours, _MARK_PX)
            painter.restore()


class LineList(QtWidgets.QListView):
    """The list: ``chosen`` tells the key of a row that was clicked, or entered by keyboard."""

    chosen = QtCore.pyqtSignal(object)

    def __init__(self, look: Look, name: str, parent: Any = None) -> None:
        super().__init__(parent)
        self.lines = LineModel(self)
        self.setModel(self.lines)
        self.setItemDelegate(LineDelegate(look, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QtWidgets.QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QtWidgets.QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.clicked.connect(self._choose)

    def keyPressEvent(self, event: Any) -> None:
        """Enter or Space choose the row under the cursor."""
        qt_key = QtCore.Qt.Key
        if event.key() in (qt_key.Key_Return, qt_key.Key_Enter, qt_key.Key_Space):
            self._choose(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def show_chosen(self, key: Any) -> None:
        """Let the row of a key be the chosen one; none where there is no such row."""
        keys = self.lines.keys
        index = self.lines.index(keys.index(key)) if key in keys else QtCore.QModelIndex()
        if index != self.currentIndex():
            self.setCurrentIndex(index)

    def _choose(self, index: Any) -> None:
        if index.isValid() and not index.data(LINE).heading:
            self.chosen.emit(index.data(KEY))

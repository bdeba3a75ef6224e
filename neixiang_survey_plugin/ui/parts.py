"""Small pieces that every panel is made of: labels, rows, empty states, buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtWidgets

UNIT_PX = 4  # everything lies on a grid of four pixels


def label(text: str = "", role: str = "", wraps: bool = False) -> Any:
    """A label of one role: title, section, quiet, or plain."""
    made = QtWidgets.QLabel(text)
    made.setProperty("role", role)
    made.setWordWrap(wraps)
    made.setTextFormat(QtCore.Qt.TextFormat.PlainText)
    return made


def figure(text: str = "", role: str = "") -> Any:
    """A label for a figure: to the right."""
    made = label(text, role)
    made.setAlignment(QtCore.Qt.AlignmentFlag.AlignRight | QtCore.Qt.AlignmentFlag.AlignVCenter)
    return made


def rule() -> Any:
    """A thin line between two parts."""
    made = QtWidgets.QFrame()
    made.setProperty("role", "rule")
    return made


def button(text: str, call: Callable[[], None], primary: bool = False) -> Any:
    """A button; a panel has at most one primary one."""
    made = QtWidgets.QPushButton(text)
    made.setProperty("primary", primary)
    made.setAutoDefault(False)  # in a form Enter is for its primary button alone
    made.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda _=False: call())
    return made


def link(text: str, call: Callable[[], None], tip: str = "") -> Any:
    """A button that looks like a link."""
    made = button(text, call)
    made.setProperty("link", True)
    made.setToolTip(tip)
    return made


def keep_room(widget: Any) -> None:
    """Let what is below a widget stay where it is while the widget is hidden."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


def column(*widgets: Any, margin: int = 0, spacing: int = UNIT_PX) -> Any:
    """A widget with others below each other."""
    made = QtWidgets.QWidget()
    box = QtWidgets.QVBoxLayout(made)
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(spacing)
    for widget in widgets:
        box.addWidget(widget)
    return made


def at_right(*widgets: Any) -> Any:
    """Widgets beside each other at the right, such as the buttons of a form."""
    made = QtWidgets.QWidget()
    box = QtWidgets.QHBoxLayout(made)
    box.setContentsMargins(0, 0, 0, 0)
    box.addStretch(1)
    for widget in widgets:
        box.addWidget(widget)
    return made


def scrolled(content: Any) -> Any:
    """A widget that scrolls up and down, and never sideways."""
    area = QtWidgets.QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def as_panel(widget: Any) -> None:
    """Let a widget have the ground of a panel."""
    widget.setProperty("role", "panel")
    widget.setAttribute(QtCore.Qt.WidgetAttribute.WA_StyledBackground)


def above_deeds(panel: Any, content: Any, deeds: Any) -> None:
    """Lay a panel out: what scrolls, and below it its deeds, in sight however much that is."""
    as_panel(deeds)
    whole = QtWidgets.QVBoxLayout(panel)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(scrolled(content), 1)
    whole.addWidget(rule())
    whole.addWidget(deeds)


def emptied(box: Any) -> Any:
    """A layout without what was in it."""
    while box.count():
        item = box.takeAt(0)
        if item.widget() is not None:
            item.widget().hide()
            item.widget().deleteLater()
        elif item.layout() is not None:
            emptied(item.layout())
    return box


def set_flag(widget: Any, name: str, value: bool) -> None:
    """Set a property that the style sheet asks for, and look like it."""
    if bool(widget.property(name)) != value:  # one that was never set is not
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Clickable(QtWidgets.QFrame):
    """Something that can be clicked, or chosen by keyboard: Enter or Space."""

    activated = QtCore.pyqtSignal()

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.TabFocus)
        self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: Any) -> None:
        """A click; who lets go elsewhere thought better of it."""
        inside = self.rect().contains(event.pos())
        if inside and event.button() == QtCore.Qt.MouseButton.LeftButton:
            self.activated.emit()

    def keyPressEvent(self, event: Any) -> None:
        """Enter or Space."""
        keys = QtCore.Qt.Key
        if event.key() in (keys.Key_Return, keys.Key_Enter, keys.Key_Space):
            self.activated.emit()
        else:
            super().keyPressEvent(event)


class Row(Clickable):
    """A row that tells when the pointer is on it."""

    hovered = QtCore.pyqtSignal(bool)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "row")

    def enterEvent(self, event: Any) -> None:
        """The pointer came."""
        self.hovered.emit(True)

    def leaveEvent(self, event: Any) -> None:
        """The pointer went."""
        self.hovered.emit(False)


class EmptyState(QtWidgets.QWidget):
    """What stands where there is nothing yet: what is missing, and what comes next."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._what = label("", "title", wraps=True)
        self._next = label("", "quiet", wraps=True)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 12, 0, 12)
        box.setSpacing(UNIT_PX * 2)
        box.addWidget(self._what)
        box.addWidget(self._next)

    def say(self, what: str, comes_next: str) -> None:
        """Say what is missing and what comes next."""
        self._what.setText(what)
        self._next.setText(comes_next)
        self.setAccessibleName(f"{what} {comes_next}")

"""What of a window has no room: words that are cut off, controls that reach over an edge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets

_SLACK_PX = 1  # of rounding
_LEADING_PX = 2  # below the last line of words
_MOST_ROWS = 100  # no list shows more at once
_ROLES = QtCore.Qt.ItemDataRole


def cut_off(top: Any) -> list[str]:
    """A sentence for each widget that is seen and has less room than it needs."""
    found = []
    for one in top.findChildren(QtWidgets.QWidget):
        if one.isVisible() and not one.objectName().startswith("qt_"):
            found += [f"{_name(one)}: {said}" for said in _lacks(one, top)]
    return found


def _lacks(one: Any, top: Any) -> Iterator[str]:
    if _leaves_sideways(one, top):
        yield "reaches over the edge"
    for kind, lacks in _KINDS:
        if isinstance(one, kind):
            yield from lacks(one)
            return


def _name(one: Any) -> str:
    words = getattr(one, "text", str)
    said = one.accessibleName() or (str(words()) if callable(words) else "")
    return f"{type(one).__name__} {said[:60]!r}"


def _leaves_sideways(one: Any, top: Any) -> bool:
    """Whether a widget reaches over the side of what holds it, where nothing scrolls sideways."""
    parent = one.parentWidget()
    if parent is None or one is top or one.isWindow():
        return False
    area = parent.parentWidget()
    if isinstance(area, QtWidgets.QAbstractItemView):
        return False  # cells scroll
    never = QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if isinstance(area, QtWidgets.QScrollArea) and area.horizontalScrollBarPolicy() != never:
        return False
    return bool(one.width()) and (
        one.x() < -_SLACK_PX or one.geometry().right() > parent.width() - 1 + _SLACK_PX
    )


def _label(one: Any) -> Iterator[str]:
    text = one.text()
    if not text or one.toolTip().startswith(text.removesuffix("…")):
        return  # its tip says all of it
    if one.wordWrap():
        yield from _wrapped(one, text)
    elif _wider(one.sizeHint().width(), one.width()):
        yield f"needs {one.sizeHint().width()} px and has {one.width()}"
    elif _wider(one.fontMetrics().size(0, text).height(), one.height()):
        yield f"needs {one.fontMetrics().size(0, text).height()} px of height, has {one.height()}"


def _wrapped(one: Any, text: str) -> Iterator[str]:
    area = one.contentsRect()
    flags = int(QtCore.Qt.TextFlag.TextWordWrap)
    wide = QtCore.QRect(0, 0, area.width(), 100_000)
    needed = one.fontMetrics().boundingRect(wide, flags, text)
    if _wider(needed.height(), area.height() + _LEADING_PX):
        yield f"needs {needed.height()} px of height and has {area.height()}"
    if _wider(needed.width(), area.width()):
        yield f"has a word of {needed.width()} px in {area.width()}"


def _button(one: Any) -> Iterator[str]:
    if not one.text() and one.icon().isNull():
        return
    hint = one.sizeHint()
    if isinstance(one, QtWidgets.QToolButton) and _is_bare(one):
        return
    if _wider(hint.width(), one.width()):
        yield f"needs {hint.width()} px and has {one.width()}"
    if _wider(hint.height(), one.height()):
        yield f"needs {hint.height()} px of height and has {one.height()}"


def _is_bare(one: Any) -> bool:
    """Whether a tool button shows its icon alone."""
    return bool(one.toolButtonStyle() == QtCore.Qt.ToolButtonStyle.ToolButtonIconOnly)


def _box(one: Any) -> Iterator[str]:
    option = QtWidgets.QStyleOptionComboBox()
    option.initFrom(one)
    option.frame = one.hasFrame()
    style = one.style()
    edit = QtWidgets.QStyle.SubControl.SC_ComboBoxEditField
    room = style.subControlRect(QtWidgets.QStyle.ComplexControl.CC_ComboBox, option, edit, one)
    needed = one.fontMetrics().horizontalAdvance(one.currentText())
    if _wider(needed, room.width()) and one.currentText() not in one.toolTip():
        yield f"{one.currentText()!r} needs {needed} px and has {room.width()}, without a tip"


def _edit(one: Any) -> Iterator[str]:
    option = QtWidgets.QStyleOptionFrame()
    option.initFrom(one)
    option.lineWidth = 1
    inside = QtWidgets.QStyle.SubElement.SE_LineEditContents
    room = one.style().subElementRect(inside, option, one).width() - 4
    text = one.text() or one.placeholderText()
    needed = one.fontMetrics().horizontalAdvance(text)
    if _wider(needed, room) and text not in one.toolTip():
        yield f"{text!r} needs {needed} px and has {room}, without a tip"
    if _wider(one.fontMetrics().height(), one.height()):
        yield f"needs {one.fontMetrics().height()} px of height and has {one.height()}"


def _tabs(one: Any) -> Iterator[str]:
    for row in range(one.count()):
        hint, rect = one.tabSizeHint(row), one.tabRect(row)
        if _wider(hint.width(), rect.width()):
            yield f"tab {one.tabText(row)!r} needs {hint.width()} px and has {rect.width()}"
    if one.count() and one.tabRect(one.count() - 1).right() > one.width():
        yield "has tabs out of sight"


def _header(one: Any) -> Iterator[str]:
    if one.orientation() == QtCore.Qt.Orientation.Horizontal:
        for row in range(one.count()):
            text = str(one.model().headerData(row, one.orientation()) or "")
            lines = text.split("\n")
            needed = max(one.fontMetrics().horizontalAdvance(line) for line in lines)
            if not one.isSectionHidden(row) and _wider(needed, one.sectionSize(row)):
                yield f"{text!r} needs {needed} px and has {one.sectionSize(row)}"


def _view(one: Any) -> Iterator[str]:
    """Every cell in sight is whole, or its tip says all of it."""
    model, area = one.model(), one.viewport().rect()
    for index in _indexes(model, QtCore.QModelIndex()):
        rect = one.visualRect(index)
        text = str(index.data(_ROLES.DisplayRole) or "")
        if not text or not rect.isValid() or not rect.intersects(area):
            continue
        if text in str(index.data(_ROLES.ToolTipRole) or ""):
            continue
        if getattr(one, "indexWidget", lambda _: None)(index) is not None:
            continue
        option = _option_of(one)
        option.rect = rect
        needed = one.itemDelegate().sizeHint(option, index)
        if _wider(needed.height(), rect.height()):
            yield f"{text!r} needs {needed.height()} px of height and has {rect.height()}"
        wraps = bool(getattr(one, "wordWrap", bool)())
        if not wraps and _wider(needed.width(), min(rect.width(), area.width() - rect.left())):
            yield f"{text!r} needs {needed.width()} px and has {rect.width()}"


def _option_of(view: Any) -> Any:
    """How a view asks its delegate to paint."""
    option = QtWidgets.QStyleOptionViewItem()
    option.initFrom(view)
    option.font, option.widget = view.font(), view
    option.fontMetrics = QtGui.QFontMetrics(view.font())
    if getattr(view, "wordWrap", bool)():
        option.features |= QtWidgets.QStyleOptionViewItem.ViewItemFeature.WrapText
    return option


def _indexes(model: Any, parent: Any) -> Iterator[Any]:
    is_list = isinstance(model, QtCore.QAbstractListModel)  # whose columns nobody may count
    for row in range(min(model.rowCount(parent), _MOST_ROWS)):
        for place in range(1 if is_list else model.columnCount(parent)):
            yield model.index(row, place, parent)
        if not is_list:
            yield from _indexes(model, model.index(row, 0, parent))


def _wider(needed: float, given: float) -> bool:
    return needed > given + _SLACK_PX


_KINDS = (
    (QtWidgets.QLabel, _label),
    (QtWidgets.QAbstractButton, _button),
    (QtWidgets.QComboBox, _box),
    (QtWidgets.QLineEdit, _edit),
    (QtWidgets.QTabBar, _tabs),
    (QtWidgets.QHeaderView, _header),
    (QtWidgets.QAbstractItemView, _view),
)

"""Pieces of the window's frame: its first size, and the folding docks."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtWidgets

_LEFT = QtCore.Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = QtCore.Qt.DockWidgetArea.RightDockWidgetArea
_SIZE_PX = 1440, 900
_TITLE_PX = 40  # the bar that the system draws above a window


def first_size(room_px: Any) -> Any:
    """The size of a window that was never seen before, on a screen with this room."""
    return QtCore.QSize(*_SIZE_PX).boundedTo(room_px - QtCore.QSize(0, _TITLE_PX))


def room_px() -> Any:
    """The size of the screen without the bars of the system."""
    return QtWidgets.QApplication.primaryScreen().availableGeometry().size()


def dock(window: Any, name: str, title: str, content: Any, left: bool, width_px: int) -> Any:
    """A part of the window at its left or right that folds away and stays where it is."""
    made = QtWidgets.QDockWidget(title, window)
    made.setObjectName(name)
    made.setFeatures(QtWidgets.QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
    made.setTitleBarWidget(QtWidgets.QWidget())
    made.setWidget(content)
    content.setMinimumWidth(width_px * 3 // 4 if left else width_px)
    area = _LEFT if left else _RIGHT
    window.addDockWidget(area, made)
    window.resizeDocks([made], [width_px], QtCore.Qt.Orientation.Horizontal)
    return made

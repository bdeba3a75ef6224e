"""Pieces of the window's frame: the folding docks."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtWidgets

_LEFT = QtCore.Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = QtCore.Qt.DockWidgetArea.RightDockWidgetArea


def dock(window: Any, name: str, title: str, content: Any, left: bool, width_px: int) -> Any:
    """A part of the window at its left or right that folds away and stays where it is."""
    made = QtWidgets.QDockWidget(title, window)
    made.setObjectName(name)
    made.setFeatures(QtWidgets.QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
    made.setTitleBarWidget(QtWidgets.QWidget())
    made.setWidget(content)
    content.setMinimumWidth(width_px * 3 // 4)
    area = _LEFT if left else _RIGHT
    window.addDockWidget(area, made)
    window.resizeDocks([made], [width_px], QtCore.Qt.Orientation.Horizontal)
    return made

"""Colours, pens and marks as the painters share them."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.qt import QtCore, QtGui


def colour(name: str, opacity: float | None = None) -> Any:
    """A colour of the palette as Qt takes it, more or less transparent."""
    made = QtGui.QColor(name)
    if opacity is not None:
        made.setAlphaF(opacity)
    return made


def pen(
    name: str, width_px: float, dashes_px: tuple[float, ...] = (), opacity: float | None = None
) -> Any:
    """A pen of so many pixels with round ends and joins; a dashed one has flat ends."""
    made = QtGui.QPen(colour(name, opacity), width_px)
    made.setJoinStyle(QtCore.Qt.PenJoinStyle.RoundJoin)
    caps = QtCore.Qt.PenCapStyle
    made.setCapStyle(caps.FlatCap if dashes_px else caps.RoundCap)
    if dashes_px:  # Qt counts dashes in widths of the pen
        made.setDashPattern([dash / width_px for dash in dashes_px])
    return made


def dotted_pen(name: str, width_px: float, every_px: float) -> Any:
    """A pen of round dots, one every so many pixels."""
    made = pen(name, width_px)
    made.setDashPattern([0.01, every_px / width_px])
    return made


def squares(
    painter: Any, polygon: Any, side_px: float, fill: str, edge: str, edge_px: float
) -> None:
    """A square on every point: the vertices of a line that is selected or drawn."""
    painter.setPen(pen(edge, edge_px))
    painter.setBrush(colour(fill))
    for point in polygon:
        painter.drawRect(
            QtCore.QRectF(point.x() - side_px / 2, point.y() - side_px / 2, side_px, side_px)
        )

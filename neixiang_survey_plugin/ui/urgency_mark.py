"""How pressing something is, told by shape and by colour: late, today, next working day, later."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.core.casework.urgency import Urgency
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.ui.states import State, paint_state
from neixiang_survey_plugin.ui.theme import Colours

_STATES = {Urgency.LATE: State.FAIL, Urgency.TODAY: State.BORDERLINE}


def paint_urgency(painter: Any, urgency: Urgency, colours: Colours, size_px: float) -> None:
    """Paint the mark into a square at the painter's origin; nothing where nothing is due.

    Late is a square cross, due today a triangle, the next working day a clock, later a ring.
    """
    if urgency in _STATES:
        paint_state(painter, _STATES[urgency], colours, size_px)
    elif urgency is not Urgency.NOTHING:
        _paint_clock(painter, urgency is Urgency.NEXT_DAY, colours, size_px)


def urgency_colour(urgency: Urgency, colours: Colours) -> str:
    """The colour of what is said about a due time."""
    return {
        Urgency.LATE: colours.failed,
        Urgency.TODAY: colours.borderline,
        Urgency.NEXT_DAY: colours.accent,
    }.get(urgency, colours.quiet)


def _paint_clock(painter: Any, with_hands: bool, colours: Colours, size_px: float) -> None:
    painter.save()
    painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
    painter.scale(size_px / 16, size_px / 16)
    pen = QtGui.QPen(QtGui.QColor(colours.accent if with_hands else colours.quiet), 1.8)
    pen.setCapStyle(QtCore.Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
    painter.drawEllipse(QtCore.QPointF(8, 8), 6.5, 6.5)
    if with_hands:
        painter.drawPolyline(
            QtGui.QPolygonF([QtCore.QPointF(x, y) for x, y in ((8, 4.2), (8, 8), (10.8, 9.6))])
        )
    painter.restore()

"""The four states, each told by its shape and by its colour: a mark for rows, lists and banners."""

from __future__ import annotations

from enum import Enum
from typing import Any

from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictOutcome
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome, Verdict
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.ui.theme import Colours


class State(Enum):
    """How something stands."""

    PASS = "pass"  # a round tick
    FAIL = "fail"  # a square cross
    UNKNOWN = "unknown"  # a diamond with a question mark
    BORDERLINE = "borderline"  # a triangle


_OF_OUTCOME = {
    Outcome.PASS: State.PASS,
    Outcome.FAIL: State.FAIL,
    Outcome.UNKNOWN: State.UNKNOWN,
}
_OF_WAY = {
    Way.EXEMPT: State.PASS,
    Way.FILING: State.PASS,
    Way.COMMITMENT: State.PASS,
    Way.UNDETERMINED: State.UNKNOWN,
}
_OF_CONFLICT = {
    ConflictOutcome.FAIL: State.FAIL,
    ConflictOutcome.WAIVABLE: State.BORDERLINE,
    ConflictOutcome.UNKNOWN: State.UNKNOWN,
}


def state_of_finding(finding: Finding) -> State:
    """The state of one rule; what is borderline is a triangle, whichever way it came out."""
    return State.BORDERLINE if finding.borderline else _OF_OUTCOME[finding.outcome]


def state_of_verdict(verdict: Verdict) -> State:
    """The state of a way: open without approval, closed, not known, or open by a hair."""
    state = state_of_way(verdict.way)
    hair = any(finding.borderline for finding in verdict.findings)
    return State.BORDERLINE if hair and state is State.PASS else state


def state_of_way(way: Way) -> State:
    """The state of a way by itself: what stands between it and the works."""
    return _OF_WAY.get(way, State.FAIL)


def state_of_conflict(conflict: Conflict) -> State:
    """The state of a conflict; what a recorded measure allows is a triangle."""
    return _OF_CONFLICT[conflict.outcome]


def state_colour(state: State, colours: Colours) -> str:
    """The colour of a state."""
    return {
        State.PASS: colours.passed,
        State.FAIL: colours.failed,
        State.UNKNOWN: colours.unknown,
        State.BORDERLINE: colours.borderline,
    }[state]


def paint_state(painter: Any, state: State, colours: Colours, size_px: float) -> None:
    """Paint the mark of a state into a square at the painter's origin."""
    painter.save()
    painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
    painter.scale(size_px / 16, size_px / 16)
    painter.setPen(QtCore.Qt.PenStyle.NoPen)
    painter.setBrush(QtGui.QColor(state_colour(state, colours)))
    painter.drawPath(_shape(state))
    pen = QtGui.QPen(QtGui.QColor(colours.panel), 1.8)
    pen.setCapStyle(QtCore.Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(QtCore.Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
    painter.drawPath(_sign(state))
    painter.restore()


class StateMark(QtWidgets.QWidget):
    """The mark of a state as a widget."""

    def __init__(self, colours: Colours, size_px: int = 16, parent: Any = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self._size_px = size_px
        self.state = State.UNKNOWN
        self.setFixedSize(size_px, size_px)

    def show_state(self, state: State) -> None:
        """Show another state."""
        if state is not self.state:
            self.state = state
            self.update()

    def paintEvent(self, event: Any) -> None:
        """Paint the mark."""
        painter = QtGui.QPainter(self)
        paint_state(painter, self.state, self._colours, self._size_px)
        painter.end()


def _shape(state: State) -> Any:
    path = QtGui.QPainterPath()
    if state is State.PASS:
        path.addEllipse(0.5, 0.5, 15, 15)
    elif state is State.FAIL:
        path.addRoundedRect(QtCore.QRectF(1, 1, 14, 14), 2, 2)
    elif state is State.UNKNOWN:
        path.addPolygon(_polygon((8, 0), (16, 8), (8, 16), (0, 8)))
    else:
        path.addPolygon(_polygon((8, 0.5), (16, 15), (0, 15)))
    path.closeSubpath()
    return path


def _sign(state: State) -> Any:
    path = QtGui.QPainterPath()
    if state is State.PASS:
        path.addPolygon(_polygon((4.6, 8.4), (7.1, 10.9), (11.6, 5.4)))
    elif state is State.FAIL:
        path.moveTo(5, 5)
        path.lineTo(11, 11)
        path.moveTo(11, 5)
        path.lineTo(5, 11)
    elif state is State.UNKNOWN:
        path.moveTo(6, 6.6)
        path.cubicTo(6, 3.6, 10.4, 3.8, 10, 6.6)
        path.cubicTo(9.8, 7.9, 8, 7.8, 8, 9.3)
        path.moveTo(8, 11.9)
        path.lineTo(8, 12)
    else:
        path.moveTo(8, 5.5)
        path.lineTo(8, 9.6)
        path.moveTo(8, 12.3)
        path.lineTo(8, 12.4)
    return path


def _polygon(*points: tuple[float, float]) -> Any:
    return QtGui.QPolygonF([QtCore.QPointF(x, y) for x, y in points])

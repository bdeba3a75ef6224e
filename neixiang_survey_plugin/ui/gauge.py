"""A gauge: how much of a limit is used, in figures and as a bar."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.core.judging.findings import Finding
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import Clickable
from neixiang_survey_plugin.ui.states import State, state_colour, state_of_finding

_BEYOND = 1.25  # the bar ends this far behind the limit
_BAR_PX = 8
_NAME_PX, _FIGURES_PX, _GAP_PX = 64, 132, 8


class Gauge(Clickable):
    """The measured figure against its limit; a click asks where it comes from."""

    def __init__(self, name: str, look: Look, parent: Any = None) -> None:
        super().__init__(parent)
        self.name = name
        self.finding: Finding | None = None
        self._is_awaited = False
        self._look = look
        self.setMinimumHeight(26)
        self.show_finding(None)

    @property
    def figures(self) -> str:
        """What stands to the right of the bar."""
        if self.finding is None:
            return self._look.texts("readout.measuring") if self._is_awaited else "—"
        words = self._look.words
        return f"{words.measured(self.finding)} / {words.limit(self.finding)}"

    def show_finding(self, finding: Finding | None, is_awaited: bool = False) -> None:
        """Show another figure; None for none, also while it ``is_awaited``: being measured."""
        self.finding, self._is_awaited = finding, is_awaited
        self.setAccessibleName(f"{self.name} {self.figures}")
        self.setToolTip("" if finding is None else self._look.words.margin(finding))
        self.update()

    def paintEvent(self, event: Any) -> None:
        """Paint name, bar, limit and figures."""
        painter = QtGui.QPainter(self)
        painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
        colours, flags = self._look.colours, QtCore.Qt.AlignmentFlag
        painter.setPen(QtGui.QColor(colours.accent if self.hasFocus() else colours.text))
        name = QtCore.QRectF(0, 0, _NAME_PX, self.height())
        painter.drawText(name, flags.AlignLeft | flags.AlignVCenter, self.name)
        right = QtCore.QRectF(self.width() - _FIGURES_PX, 0, _FIGURES_PX, self.height())
        painter.setPen(QtGui.QColor(colours.text if self.finding else colours.quiet))
        painter.drawText(right, flags.AlignRight | flags.AlignVCenter, self._fitting(painter))
        left = _NAME_PX + _GAP_PX
        bar = QtCore.QRectF(
            left,
            (self.height() - _BAR_PX) / 2,
            max(self.width() - _FIGURES_PX - _GAP_PX - left, 8),
            _BAR_PX,
        )
        self._paint_bar(painter, bar)
        painter.end()

    def _fitting(self, painter: Any) -> str:
        metrics = painter.fontMetrics()
        mode = QtCore.Qt.TextElideMode.ElideMiddle
        return str(metrics.elidedText(self.figures, mode, _FIGURES_PX))

    def _paint_bar(self, painter: Any, bar: Any) -> None:
        colours = self._look.colours
        painter.setPen(QtCore.Qt.PenStyle.NoPen)
        painter.setBrush(QtGui.QColor(colours.track))
        painter.drawRoundedRect(bar, _BAR_PX / 2, _BAR_PX / 2)
        finding = self.finding
        if finding is None or not finding.limit:
            return
        state = state_of_finding(finding)
        value = finding.measured if finding.measured is not None else finding.at_least
        used = min((value or 0.0) / finding.limit, _BEYOND) / _BEYOND
        fill = QtCore.QRectF(bar)
        fill.setWidth(max(bar.width() * used, _BAR_PX if value else 0.0))
        painter.setBrush(_brush(state, state_colour(state, colours)))
        painter.drawRoundedRect(fill, _BAR_PX / 2, _BAR_PX / 2)
        at = bar.left() + bar.width() / _BEYOND
        painter.setPen(QtGui.QPen(QtGui.QColor(colours.text), 1.5))
        painter.drawLine(QtCore.QPointF(at, bar.top() - 3), QtCore.QPointF(at, bar.bottom() + 3))


def _brush(state: State, colour: str) -> Any:
    """Unknown figures are hatched: what is known is only a part."""
    pattern = QtCore.Qt.BrushStyle.SolidPattern
    if state is State.UNKNOWN:
        pattern = QtCore.Qt.BrushStyle.BDiagPattern
    return QtGui.QBrush(QtGui.QColor(colour), pattern)

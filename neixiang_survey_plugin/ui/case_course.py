"""The course of a case: the steps that come next with what blocks each, clocks, what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from neixiang_survey_plugin.app.casework.page import NextStep
from neixiang_survey_plugin.core.calendar.office import Office
from neixiang_survey_plugin.core.casework.case import Move, State, StateChange
from neixiang_survey_plugin.core.casework.clocks import ClockReading
from neixiang_survey_plugin.core.casework.urgency import Urgency, urgency_of_clock
from neixiang_survey_plugin.qt import QtGui, QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import Row, button, figure, label
from neixiang_survey_plugin.ui.states import State as Shape
from neixiang_survey_plugin.ui.states import StateMark
from neixiang_survey_plugin.ui.urgency_mark import paint_urgency, urgency_colour
from neixiang_survey_plugin.ui.words.clocks import due_words, left_words, moment_words

WayOut = Callable[[], None]


class LackRow(Row):
    """One thing that blocks a step, in words; a click leads to where it is put right."""

    def __init__(self, said: str, way_out: WayOut | None, look: Look) -> None:
        super().__init__()
        mark = StateMark(look.colours, 14)
        mark.show_state(Shape.UNKNOWN)
        box = QtWidgets.QHBoxLayout(self)
        box.setContentsMargins(4, 2, 4, 2)
        box.setSpacing(8)
        box.addWidget(mark)
        box.addWidget(label(said, "quiet", wraps=True), 1)
        self.setAccessibleName(said)
        if way_out is None:
            self.setEnabled(False)
        else:
            box.addWidget(label("→", "quiet"))
            self.setToolTip(look.texts("case.way_out_tip"))
            self.activated.connect(way_out)


class StepCard(QtWidgets.QFrame):
    """A step that a case may take: its button, and below everything that it still lacks."""

    def __init__(
        self,
        step: NextStep,
        lacks: Sequence[tuple[str, WayOut | None]],
        primary: bool,
        look: Look,
        take: Callable[[State], None],
    ) -> None:
        super().__init__()
        name = look.words.case_state(step.state)
        self.button = button(look.texts("case.step", state=name), lambda: take(step.state), primary)
        self.button.setEnabled(step.is_open)
        kind = "case.step_tip" if step.is_open else "case.step_blocked"
        self.button.setToolTip(look.texts(kind, state=name))
        self.lacks = [LackRow(said, way_out, look) for said, way_out in lacks]
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 4)
        box.setSpacing(0)
        box.addWidget(self.button)
        for row in self.lacks:
            box.addWidget(row)


class UrgencyMark(QtWidgets.QWidget):
    """The mark of an urgency as a widget."""

    def __init__(self, look: Look, size_px: int = 14) -> None:
        super().__init__()
        self._look, self._size_px = look, size_px
        self._urgency = Urgency.NOTHING
        self.setFixedSize(size_px, size_px)

    def show_urgency(self, urgency: Urgency) -> None:
        """Show another urgency."""
        self._urgency = urgency
        self.update()

    def paintEvent(self, event: Any) -> None:
        """Paint the mark."""
        painter = QtGui.QPainter(self)
        paint_urgency(painter, self._urgency, self._look.colours, self._size_px)
        painter.end()


class ClockRow(QtWidgets.QWidget):
    """One promise of time: what is promised, how it is counted, what is left of it."""

    def __init__(self, reading: ClockReading, office: Office, look: Look, now: datetime) -> None:
        super().__init__()
        self._office, self._look = office, look
        words = look.words
        whose = "" if reading.utility is None else f"{words.utility(reading.utility)} · "
        self._mark = UrgencyMark(look)
        self._left = figure("")
        self._due = figure("", "quiet")
        grid = QtWidgets.QGridLayout(self)
        grid.setContentsMargins(4, 2, 4, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._mark, 0, 0)
        grid.addWidget(label(f"{whose}{words.promise(reading.clock)}", wraps=True), 0, 1, 1, 2)
        counted = label(words.counted(reading.clock, reading.count), "quiet", wraps=True)
        grid.addWidget(counted, 1, 1, 1, 2)
        grid.addWidget(self._left, 2, 1)
        grid.addWidget(self._due, 2, 2)
        self.show_reading(reading, now)

    def show_reading(self, reading: ClockReading, now: datetime) -> None:
        """Show the promise at another moment."""
        look = self._look
        urgency = urgency_of_clock(reading, self._office, now)
        self._mark.show_urgency(urgency)
        self._left.setText(left_words(reading, look.words, look.texts))
        self._left.setStyleSheet(f"color: {urgency_colour(urgency, look.colours)}")
        self._due.setText(due_words(reading, now, look.texts))


class HistoryRow(QtWidgets.QWidget):
    """One move of a case: to which state, when, by whom, why."""

    def __init__(self, change: StateChange, look: Look, now: datetime) -> None:
        super().__init__()
        texts = look.texts
        state = look.words.case_state(change.to_state)
        if change.move is not Move.FORWARD:
            state = f"{state} · {texts(f'move.{change.move.value}')}"
        at = "" if change.changed_at is None else moment_words(change.changed_at, now, texts)
        box = QtWidgets.QGridLayout(self)
        box.setContentsMargins(4, 2, 4, 2)
        box.setVerticalSpacing(0)
        box.setColumnStretch(0, 1)
        box.addWidget(label(state, wraps=True), 0, 0)
        box.addWidget(figure(at, "quiet"), 0, 1)
        said = " · ".join(one for one in (change.changed_by, change.reason) if one)
        if said:
            box.addWidget(label(said, "quiet", wraps=True), 1, 0, 1, 2)

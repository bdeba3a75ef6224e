"""Rows of the panel 冲突: what is open, with what would settle it, and what became of the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.conflicts.groups import ConflictGroup
from neixiang_survey_plugin.core.conflicts.settlement import Settlement
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import Row, figure, label, link
from neixiang_survey_plugin.ui.states import State, StateMark, state_of_conflict

_RIGHT = QtCore.Qt.AlignmentFlag.AlignRight


class ConflictRow(Row):
    """One group of conflicts: what, how near, where, what would settle it; ``settle`` asks how."""

    def __init__(self, look: Look, settle: Callable[[ConflictGroup], None]) -> None:
        super().__init__()
        self.conflict: Any = None
        self.group: Any = None
        self._look, self._mark = look, StateMark(look.colours)
        self._title, self._figures = label(wraps=True), label()
        self._way_out, self._quiet = label(wraps=True), label("", "quiet", True)
        self.settle = link(look.texts("conflict.settle"), lambda: settle(self.group))
        grid = _grid(self, self._mark)
        grid.addWidget(self._title, 0, 1, 1, 2)
        grid.addWidget(self._figures, 1, 1)
        grid.addWidget(self.settle, 1, 2, _RIGHT)
        grid.addWidget(self._way_out, 2, 1, 1, 2)
        grid.addWidget(self._quiet, 3, 1, 1, 2)

    def show_group(self, group: ConflictGroup) -> None:
        """Show a group in place of the one before."""
        if group == self.group:
            return
        self.conflict, self.group = group.gravest, group
        one, words, texts = self.conflict, self._look.words, self._look.texts
        place = texts("conflict.at", route=one.a, place=wording.conflict_place(one))
        more = len(group.conflicts) - 1
        tail = f" · {texts('conflict.more', count=more)}" if more else ""
        self._mark.show_state(state_of_conflict(one))
        self._title.setText(_title(group, one, self._look))
        self._figures.setText(_figures(one, self._look))
        self._way_out.setText(words.way_out(one))
        self._quiet.setText(f"{words.conflict_outcome(one)} · {place}{tail}")
        self.settle.setAccessibleName(f"{texts('conflict.settle')} {self._title.text()}")
        self.setToolTip(one.clause)
        said = (self._title, self._figures, self._way_out, self._quiet)
        self.setAccessibleName(" ".join(part.text() for part in said))


class SettledRow(Row):
    """One conflict that was settled, or one whose settlement does not hold any more."""

    def __init__(
        self, settlement: Settlement, look: Look, conflict: Conflict | None, holds: bool
    ) -> None:
        super().__init__()
        self.settlement, self.conflict, self.holds = settlement, conflict, holds
        texts = look.texts
        outcome = "" if settlement.outcome is None else settlement.outcome.value
        pair = f"{settlement.route_id} – {settlement.other_id}"
        title = label(f"{texts(f'settled.{outcome}')} · {pair}", wraps=True)
        by, day = settlement.settled_by or "", settlement.settled_on
        parts = [settlement.reason or "", by, "" if day is None else day.isoformat()]
        quiet = label(" · ".join(part for part in parts if part), "quiet", wraps=True)
        mark = StateMark(look.colours)
        mark.show_state(State.PASS if holds else State.FAIL)
        grid = _grid(self, mark)
        grid.addWidget(title, 0, 1)
        grid.addWidget(quiet, 1, 1)
        said = [title.text(), quiet.text()]
        if not holds:
            void = label(texts("conflict.void"), wraps=True)
            grid.addWidget(void, 2, 1)
            said.append(void.text())
        self.setAccessibleName(" ".join(said))


class ShareResolved(QtWidgets.QWidget):
    """How many of the conflicts were followed to an outcome, in words and as a bar."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.words = figure("", "section")
        self.bar = QtWidgets.QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        self.bar.setAccessibleName(look.texts("conflict.title"))
        box = QtWidgets.QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.bar, 1)
        box.addWidget(self.words)

    def show_share(self, done: int, count: int) -> None:
        """So many of so many; nothing where there never was a conflict."""
        self.setVisible(count > 0)
        self.bar.setRange(0, max(count, 1))
        self.bar.setValue(done)
        share = round(100.0 * done / max(count, 1))
        self.words.setText(
            self._look.texts("conflict.share", done=done, count=count, percent=share)
        )


def _grid(row: Any, mark: StateMark) -> Any:
    grid = QtWidgets.QGridLayout(row)
    grid.setContentsMargins(8, 6, 8, 6)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    grid.addWidget(mark, 0, 0)
    return grid


def _title(group: ConflictGroup, conflict: Conflict, look: Look) -> str:
    texts, words = look.texts, look.words
    fact = words.cause_fact(group)
    if fact:
        other = words.conflict_other(conflict)
        object_words = conflict.a if group.cause.layer == "routes" else other
        return texts("conflict.fact_missing", other=object_words, fact=fact)
    return texts(
        "conflict.too_near",
        route=conflict.a,
        kind=words.conflict_kind(conflict),
        other=words.conflict_other(conflict),
    )


def _figures(conflict: Conflict, look: Look) -> str:
    measured, required = wording.conflict_figures(conflict)
    if conflict.required_m is None:
        return look.words.conflict_kind(conflict)
    if conflict.measured_m is None:
        return look.texts("conflict.figures_unknown", required=required)
    return look.texts("conflict.figures", measured=measured, required=required)

"""Saying what became of a conflict: moved, laid deeper, protected, accepted, none at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.conflicts.settlement import (
    Settled,
    Settlement,
    outcomes_for,
    settle,
)
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.choice_box import ChoiceBox
from neixiang_survey_plugin.ui.hinted import HintedLine
from neixiang_survey_plugin.ui.kept_form import KeptForm
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import column, label

Keep = Callable[[Sequence[Settlement]], None]


class SettleForm(KeptForm):
    """A form for one of some conflicts of one cause, or for all of them together.

    ``keep`` keeps what was said, as one step; nothing is kept when it cannot be.
    """

    def __init__(
        self,
        conflicts: Sequence[Conflict],
        who: str,
        on: date,
        look: Look,
        keep: Keep,
        parent: Any = None,
    ) -> None:
        super().__init__(look, parent)
        self._conflicts, self._keep = tuple(conflicts), keep
        self.which = ChoiceBox()
        self.outcome = ChoiceBox()
        self.reason = HintedLine()
        self.who = HintedLine(who)
        self.on = HintedLine(on.isoformat())
        self._note = label("", "quiet", wraps=True)
        self._fill_which()
        self.which.currentIndexChanged.connect(lambda _: self._fill_outcomes())
        self.outcome.currentIndexChanged.connect(lambda _: self._say_what_it_takes())
        self._fill_outcomes()
        self.setWindowTitle(look.texts("settle.title"))
        self._lay_out()
        self.setMinimumWidth(760)
        self.outcome.setFocus()

    @property
    def chosen(self) -> tuple[Conflict, ...]:
        """The conflicts that the form speaks of."""
        row = self.which.currentData()
        return self._conflicts if row is None else (self._conflicts[row],)

    def keep_filled_in(self) -> None:
        """Keep what became of them."""
        self._keep(self._settlements())

    def _settlements(self) -> list[Settlement]:
        on = self.day_in(self.on, self._look.texts("settle.on"))
        outcome = Settled(self.outcome.currentData())
        reason, who = self.reason.text(), self.who.text()
        return [settle(one, outcome, reason, who, on) for one in self.chosen]

    def _fill_which(self) -> None:
        texts, words = self._look.texts, self._look.words
        for row, one in enumerate(self._conflicts):
            place = texts("conflict.at", route=one.a, place=wording.conflict_place(one))
            other = words.conflict_other(one)
            self.which.addItem(f"{words.conflict_kind(one)} · {other} · {place}", row)
        if len(self._conflicts) > 1:
            self.which.insertItem(0, texts("settle.all", count=len(self._conflicts)), None)
            self.which.setCurrentIndex(0)

    def _fill_outcomes(self) -> None:
        """Only what can become of all that are chosen: what fails cannot be agreed away."""
        before = self.outcome.currentData()
        self.outcome.blockSignals(True)
        self.outcome.clear()
        for one in outcomes_for(self.chosen):
            self.outcome.addItem(self._look.texts(f"settled.{one.value}"), one.value)
        self.outcome.setCurrentIndex(max(self.outcome.findData(before), 0))
        self.outcome.blockSignals(False)
        self._say_what_it_takes()

    def _say_what_it_takes(self) -> None:
        outcome = Settled(self.outcome.currentData())
        self._note.setText(self._look.texts(f"settle.note_{outcome.value}"))
        self.reason.setPlaceholderText(self._look.texts(f"settle.reason_{outcome.value}"))

    def _lay_out(self) -> None:
        texts = self._look.texts
        form = QtWidgets.QFormLayout()
        form.setSpacing(8)
        rows: dict[str, Any] = {
            texts("settle.which"): self.which,
            texts("settle.outcome"): self.outcome,
            texts("settle.reason"): self.reason,
            texts("settle.who"): self.who,
            texts("settle.on"): self.on,
        }
        for name, edit in rows.items():
            edit.setAccessibleName(name)
            form.addRow(name, edit)
        content = column(self._note, margin=12, spacing=12)
        content.layout().insertLayout(0, form)
        content.layout().addWidget(self.problem)
        self.lay_down(content, texts("settle.cancel"), texts("settle.save"))

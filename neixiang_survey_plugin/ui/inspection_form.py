"""An inspection's sheet: every clause that was promised, what was measured, what was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from neixiang_survey_plugin.app.inspecting import Finding
from neixiang_survey_plugin.core.obligations import PromiseKind
from neixiang_survey_plugin.core.supervision.as_built import ClauseOutcome, ClauseResult
from neixiang_survey_plugin.core.supervision.inspections import Inspection, InspectionItem
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.entries import Ask, Entry, Takes
from neixiang_survey_plugin.ui.entry_form import read_all
from neixiang_survey_plugin.ui.kept_form import KeptForm
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import button, column, label, rule, scrolled

Measured = Mapping[tuple[str | None, PromiseKind], ClauseResult]


class ClauseEntry(QtWidgets.QWidget):
    """One clause for one line: kept or broken, the evidence, and until when it is put right."""

    def __init__(self, item: InspectionItem, measured: ClauseResult | None, look: Look) -> None:
        super().__init__()
        assert item.promise is not None  # a sheet is made of clauses
        self.item = item
        texts, words = look.texts, look.words
        clause = item.requirement or words.cell("promise", item.promise.value)
        outcomes = [
            (words.cell("clause_outcome", one.value), one)
            for one in ClauseOutcome
            if one is not ClauseOutcome.NOT_JUDGED
        ]
        found = None if item.outcome is ClauseOutcome.NOT_JUDGED else item.outcome
        name = f"{item.route_id or ''} {clause}".strip()
        self.outcome = Entry(Ask("outcome", name, Takes.WORD, found, outcomes), texts)
        self.outcome.widget.setItemText(0, words.cell("clause_outcome", "not_judged"))
        evidence = texts("inspections.evidence")
        self.evidence = Entry(Ask("evidence", f"{name} {evidence}", value=item.evidence), texts)
        self.evidence.widget.setPlaceholderText(evidence)
        due = texts("inspections.due_on")
        self.due = Entry(Ask("due_on", f"{name} {due}", Takes.DAY), texts)
        self.due.widget.setPlaceholderText(due)
        grid = QtWidgets.QGridLayout(self)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        for place, stretch in enumerate((2, 2, 4, 2)):
            grid.setColumnStretch(place, stretch)
        grid.addWidget(label(clause, wraps=True), 0, 0)
        for place, entry in enumerate((self.outcome, self.evidence, self.due), start=1):
            grid.addWidget(entry.widget, 0, place)
        if measured is not None:
            grid.addWidget(label(_measured(measured, look), "quiet", wraps=True), 1, 1, 1, 3)
        self.outcome.widget.currentIndexChanged.connect(lambda _: self._follow())
        self._follow()

    def finding(self, on: date) -> Finding | None:
        """What was found of the clause; None where it is as it was."""
        values = read_all((self.outcome, self.evidence, self.due))
        outcome = values["outcome"] or ClauseOutcome.NOT_JUDGED
        evidence, due_on = values["evidence"] or "", values["due_on"]
        as_it_was = outcome is self.item.outcome and evidence == (self.item.evidence or "")
        if as_it_was and due_on is None:
            return None
        item = self.item
        assert item.promise is not None  # a sheet is made of clauses
        of, about = item.route_id, item.requirement
        return Finding(item.promise, outcome, evidence, on, of, due_on=due_on, condition=about)

    def _follow(self) -> None:
        """Only what was broken is put right until a day."""
        broken = self.outcome.widget.currentData() is ClauseOutcome.BROKEN
        self.due.widget.setEnabled(broken)
        if not broken:
            self.due.widget.clear()


class InspectionForm(KeptForm):
    """The sheet of one inspection; ``keep`` gets what was found, ``rectified`` ends its orders."""

    def __init__(
        self,
        inspection: Inspection,
        items: Sequence[InspectionItem],
        measured: Measured,
        look: Look,
        keep: Callable[[Sequence[Finding]], object],
        rectified: Callable[[], object] | None,
        today: date,
        parent: Any = None,
    ) -> None:
        super().__init__(look, parent)
        self._keep, self._rectified = keep, rectified
        self._on = inspection.inspected_on or today
        self.clauses = {
            (one.route_id, one.promise, one.requirement): ClauseEntry(one, _of(one, measured), look)
            for one in items
            if one.promise is not None
        }
        self.setWindowTitle(look.texts("inspections.sheet"))
        self._lay_out(inspection)
        self.resize(760, 620)

    def keep_filled_in(self) -> None:
        """Keep everything that was found."""
        findings = [one.finding(self._on) for one in self.clauses.values()]
        new = [one for one in findings if one is not None]
        if new:
            self._keep(new)

    def _lay_out(self, inspection: Inspection) -> None:
        texts = self._look.texts
        inner = column(margin=0, spacing=0)
        for route_id, entries in self._by_line().items():
            of = route_id or texts("inspections.conditions")
            inner.layout().addWidget(label(of, "section"))
            for one in entries:
                inner.layout().addWidget(one)
            inner.layout().addWidget(rule())
        inner.layout().addStretch(1)
        about = (inspection.department, inspection.inspected_by, str(self._on))
        head = label(" · ".join(one for one in about if one), "title", wraps=True)
        note = label(texts("inspections.sheet_note"), "quiet", wraps=True)
        whole = column(head, note, scrolled(inner), self.problem, margin=16, spacing=8)
        whole.layout().setStretch(2, 1)
        beside = []
        if self._rectified is not None:
            done = self._rectified
            said = texts("inspections.rectified")
            beside.append(button(said, lambda: self.close_after(done)))
        self.lay_down(whole, texts("entry.cancel"), texts("entry.save"), *beside)

    def _by_line(self) -> Mapping[str | None, Iterable[ClauseEntry]]:
        lines: dict[str | None, list[ClauseEntry]] = {}
        for one in self.clauses.values():
            lines.setdefault(one.item.route_id, []).append(one)
        return lines


def _of(item: InspectionItem, measured: Measured) -> ClauseResult | None:
    return None if item.promise is None else measured.get((item.route_id, item.promise))


def _measured(result: ClauseResult, look: Look) -> str:
    """What the survey after the works measured beside what was promised."""
    outcome = look.words.cell("clause_outcome", result.outcome.value)
    if result.promised is None or result.built is None:
        return look.texts("inspections.measured", outcome=outcome)
    figures = {"promised": f"{result.promised:.2f}", "built": f"{result.built:.2f}"}
    unit = "m²" if result.unit == "m2" else result.unit or ""
    return look.texts("inspections.measured_figures", outcome=outcome, unit=unit, **figures)

"""What waits today in words: the row of each kind of matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from neixiang_survey_plugin.app.agenda.today import (
    DueClock,
    ToTape,
    WaitingDecision,
    WaitingOpinion,
)
from neixiang_survey_plugin.app.agenda.waiting import Kind, Waiting
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.supervision.inspections import DueInspection, Rectification
from neixiang_survey_plugin.core.supervision.packets import Outdated
from neixiang_survey_plugin.core.supervision.proposals import Proposal
from neixiang_survey_plugin.ui.line_list import ListLine
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.rule_row import rule_name
from neixiang_survey_plugin.ui.words.clocks import due_words, late_words, left_words, moment_words


class WaitingWords:
    """Makes the row of what waits, in the window's language."""

    def __init__(self, look: Look, county: County, now: datetime) -> None:
        self._look, self._now = look, now
        self._units = {one.unit_id: one.name for one in county.units}
        self._departments = county.departments
        self._rules = {one.rule_id: one for one in county.policy.known_rules}

    def line(self, waiting: Waiting) -> ListLine:
        """The row of one matter."""
        kinds: Mapping[Kind, Callable[[Waiting, Any], ListLine]] = {
            Kind.DUE: self._due,
            Kind.OPINION: self._opinion,
            Kind.DECISION: self._decision,
            Kind.TO_TAPE: self._to_tape,
            Kind.INSPECTION: self._inspection,
            Kind.RECTIFICATION: self._rectification,
            Kind.OUTDATED: self._outdated,
            Kind.PROPOSAL: self._proposal,
        }
        return kinds[waiting.kind](waiting, waiting.matter)

    def _due(self, waiting: Waiting, clocks: tuple[DueClock, ...]) -> ListLine:
        texts, words = self._look.texts, self._look.words
        first = clocks[0].reading
        detail = f"{due_words(first, self._now, texts)} · {words.promise(first.clock)}"
        counts = {one.reading.count: one.reading for one in clocks}
        says = texts("list.semicolon").join(
            f"{words.counted(one.clock, one.count)} {due_words(one, self._now, texts)}"
            for one in counts.values()
        )
        beside = left_words(first, words, texts)
        return ListLine(self._title(waiting), detail, beside, waiting.urgency, says=says)

    def _opinion(self, waiting: Waiting, opinion: WaitingOpinion) -> ListLine:
        since = "" if opinion.since is None else moment_words(opinion.since, self._now, self._texts)
        who = self._units.get(opinion.who, opinion.who)
        detail = self._texts("today.surveyed", time=since) if since else ""
        return ListLine(f"{self._title(waiting)} · {who}", detail)

    def _decision(self, waiting: Waiting, waits: WaitingDecision) -> ListLine:
        one, received = waits.decision, waits.decision.received_at
        matter = self._cell("matter", one.matter)
        since = "" if received is None else moment_words(received, self._now, self._texts)
        detail = self._texts("today.received", who=one.department or "", time=since)
        return ListLine(f"{self._title(waiting)} · {matter}", detail)

    def _to_tape(self, waiting: Waiting, tape: ToTape) -> ListLine:
        rule = rule_name(self._rules.get(tape.finding.rule), self._look)
        words = self._look.words
        figures = f"{words.measured(tape.finding)} / {words.limit(tape.finding)}"
        objects = self._texts("list.comma").join(tape.objects)
        return ListLine(f"{self._title(waiting)} · {rule}", objects, figures)

    def _inspection(self, waiting: Waiting, look: DueInspection) -> ListLine:
        department = self._departments.get(look.matter)
        who = look.matter if department is None else department.name
        parts = (who, self._cell("inspection_kind", look.kind), look.standard or "")
        detail = " · ".join(one for one in parts if one)
        return ListLine(self._title(waiting), detail, self._until(waiting), waiting.urgency)

    def _rectification(self, waiting: Waiting, order: Rectification) -> ListLine:
        unit = self._units.get(order.unit or "", order.unit or "")
        parts = (order.what or "", unit, order.department or "")
        detail = " · ".join(one for one in parts if one)
        return ListLine(self._title(waiting), detail, self._until(waiting), waiting.urgency)

    def _outdated(self, waiting: Waiting, outdated: Outdated) -> ListLine:
        changed = self._texts("list.comma").join(
            self._texts(f"today.changed_{one.value}") for one in outdated.changed
        )
        return ListLine(self._title(waiting), self._texts("today.changed", what=changed))

    def _proposal(self, waiting: Waiting, proposal: Proposal) -> ListLine:
        unit = self._units.get(proposal.unit, proposal.unit)
        what = self._texts(f"today.propose_{proposal.kind.value}")
        late = self._texts("list.semicolon").join(one.what or "" for one in proposal.overdue)
        return ListLine(f"{unit} · {what}", late)

    @property
    def _texts(self) -> Any:
        return self._look.texts

    def _title(self, waiting: Waiting) -> str:
        utilities = self._texts("list.comma").join(
            self._look.words.utility(one) for one in waiting.utilities
        )
        case = waiting.case_id or self._texts("window.no_case")
        return f"{case}  {utilities}" if utilities else case

    def _until(self, waiting: Waiting) -> str:
        if waiting.due_at is None:
            return ""
        return late_words(waiting.due_at, waiting.urgency, self._now, self._texts)

    def _cell(self, field: str, word: Any) -> str:
        return "" if word is None else self._look.words.cell(field, word.value)

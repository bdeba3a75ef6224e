"""One rule in one row: measured, limit, margin, clause, outcome, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from neixiang_survey_plugin.core.judging.findings import Finding
from neixiang_survey_plugin.core.measuring.measures import Reason
from neixiang_survey_plugin.core.policy import Rule
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import Row, emptied, figure, label, link
from neixiang_survey_plugin.ui.states import State, StateMark, state_of_finding


class RuleRow(Row):
    """A row for one rule; ``fill_in`` is asked for each fact that is missing."""

    def __init__(self, rule: Rule | None, look: Look, fill_in: Callable[[Reason], None]) -> None:
        super().__init__()
        self.finding: Finding | None = None
        self._rule = rule
        self._look = look
        self._fill_in = fill_in
        self._reasons: tuple[Reason, ...] = ()
        self._mark = StateMark(look.colours)
        self._name = label(rule_name(rule, look))
        self._measured = figure()
        self._clause = label("", "quiet")
        self._margin = figure("", "quiet")
        self._sentence = label("", "quiet", wraps=True)
        # a fallback glyph such as ² makes a line taller than the font says
        self._sentence.setContentsMargins(0, 0, 0, 6)
        self._links = QtWidgets.QHBoxLayout()
        self._lay_out()

    @property
    def state(self) -> State:
        """How the rule stands."""
        return self._mark.state

    @property
    def room(self) -> str:
        """The limit with the room that is left."""
        return str(self._margin.text())

    @property
    def sentence(self) -> str:
        """What stands below the figures."""
        return str(self._sentence.text())

    @property
    def links(self) -> tuple[Any, ...]:
        """What offers to confirm a missing fact."""
        items = (self._links.itemAt(place) for place in range(self._links.count()))
        return tuple(one.widget() for one in items if one.widget() is not None)

    def show_finding(self, finding: Finding, names: Mapping[str, str]) -> None:
        """Show what the rule came to."""
        self.finding = finding
        words, state = self._look.words, state_of_finding(finding)
        said = words.sentence(finding, self._rule, names)
        self._mark.show_state(state)
        self._measured.setText(words.measured(finding))
        self._clause.setText(finding.clause)
        limit, margin = words.limit(finding), words.margin(finding)
        bound = "≤" if self._rule is None or self._rule.included else "<"
        has_limit = finding.limit and limit != "—"
        self._margin.setText(f"{bound} {limit}  {margin}" if has_limit else "")
        self._sentence.setText(said if state is not State.PASS else "")
        self._sentence.setVisible(state is not State.PASS)
        self.setToolTip(said)
        outcome = self._look.texts(f"state.{state.value}")
        self.setAccessibleName(f"{self._name.text()} {outcome}. {said}")
        if finding.reasons != self._reasons:
            self._offer(finding.reasons)

    def _offer(self, reasons: tuple[Reason, ...]) -> None:
        self._reasons = reasons
        emptied(self._links)
        texts, words = self._look.texts, self._look.words
        for reason in reasons:
            text = texts("survey.confirm", what=words.missing(reason))
            self._links.addWidget(link(text, _call(self._fill_in, reason), _tip(texts)))
        self._links.addStretch(1)

    def _lay_out(self) -> None:
        grid = QtWidgets.QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._mark, 0, 0)
        grid.addWidget(self._name, 0, 1)
        grid.addWidget(self._measured, 0, 2)
        grid.addWidget(self._clause, 1, 1)
        grid.addWidget(self._margin, 1, 2)
        # sentences in a column of their own: a grid gives wrapped words too little height
        below = QtWidgets.QVBoxLayout()
        below.setContentsMargins(24, 0, 0, 0)
        below.setSpacing(2)
        below.addWidget(self._sentence)
        below.addLayout(self._links)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(8, 6, 8, 6)
        box.setSpacing(2)
        box.addLayout(grid)
        box.addLayout(below)


def rule_name(rule: Rule | None, look: Look) -> str:
    """A rule in a few words; one about classes of road names them."""
    if rule is None:
        return look.texts("rule.applicant")
    if rule.road_classes:
        named = [look.words.cell("road_class", word) for word in sorted(rule.road_classes)]
        return look.texts("rule.road_class", classes=look.texts("list.comma").join(named))
    return look.texts(f"rule.{rule.kind.value}")


def _call(fill_in: Callable[[Reason], None], reason: Reason) -> Callable[[], None]:
    return lambda: fill_in(reason)


def _tip(texts: Any) -> str:
    return str(texts("survey.confirm_tip"))

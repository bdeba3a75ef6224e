"""The panel 勘测: the verdict on a line, its gauges, one row a rule, and the lines of the case."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from neixiang_survey_plugin.app.places_of import place_of_finding
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.session.events import (
    LinesChanged,
    Outdated,
    Previewed,
    Selected,
    SurveyEvent,
)
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome
from neixiang_survey_plugin.core.measuring.measures import Reason
from neixiang_survey_plugin.core.policy import Rule, RuleKind
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.banner import Banner
from neixiang_survey_plugin.ui.gauge import Gauge
from neixiang_survey_plugin.ui.line_rows import MOST, LineRows
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import (
    EmptyState,
    column,
    keep_room,
    label,
    link,
    rule,
    scrolled,
)
from neixiang_survey_plugin.ui.rule_row import RuleRow
from neixiang_survey_plugin.ui.seen_panel import SeenPanel
from neixiang_survey_plugin.ui.states import State

# What stands in the way comes first: on a small screen the last rows lie below its edge.
_URGENCY = (State.FAIL, State.UNKNOWN, State.BORDERLINE, State.PASS)
# A policy without a limit of these kinds has no gauge for them.
_GAUGES = {
    "length": (RuleKind.LINE_LENGTH,),
    "crossing": (RuleKind.CROSSING_LENGTH, RuleKind.CARRIAGEWAY_SIDE),
    "green": (RuleKind.GREEN_AREA,),
}


class SurveyPanel(SeenPanel):
    """Shows a survey; ``fill_in`` is asked with a line for a fact that is missing of it."""

    def __init__(
        self,
        session: Session,
        look: Look,
        asks: Asks,
        fill_in: Callable[[str, Reason], None],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self.case_id: str | None = None
        self._session = session
        self._look = look
        self._asks = asks
        self._previewed: RouteResult | None = None
        self._awaited: Route | None = None  # the line under the pointer, while it is measured
        self._rules = {one.rule_id: one for one in session.county.policy.known_rules}
        self.banner = Banner(look)
        self.gauges = {name: Gauge(look.texts(f"survey.{name}"), look) for name in _GAUGES}
        self.rules = {
            key: RuleRow(one, look, lambda reason: fill_in(self._shown_id(), reason))
            for key, one in self._rows_of(session)
        }
        self.lines = LineRows(look, self._choose)
        self._order = list(self.rules)
        self._rows = column(*self.rules.values(), spacing=0)
        keep_room(self._rows)
        self._empty = EmptyState()
        self._lay_out()

    @property
    def shown(self) -> RouteResult | None:
        """The result that is shown: of the line under the pointer, else of the chosen one.

        None while the line under the pointer is being measured.
        """
        if self._awaited is not None:
            return None
        if self._previewed is not None:
            return self._previewed
        chosen = self._session.selected
        return None if chosen is None else self._session.results[chosen]

    def follow(self, event: SurveyEvent) -> None:
        """Show what changed."""
        if isinstance(event, Previewed):
            if not self._is_drawing:  # the verdict is above what somebody scrolled to
                self._area.verticalScrollBar().setValue(0)
            self._previewed, self._awaited = event.result, event.awaited
            self._show_result()
        elif isinstance(event, LinesChanged | Selected | Outdated):
            self.bring_up_to_date()

    def show_case(self, case_id: str | None) -> None:
        """List the lines of a case, or all with None."""
        self.case_id = case_id
        self.bring_up_to_date()

    def refresh(self) -> None:
        """Show the survey as it is now."""
        session = self._session
        listed, count = session.listed(self.case_id, MOST, session.selected)
        self.lines.show_results(listed, count, session.county, session.selected)
        self._listed.setVisible(bool(listed))
        self.outdated.setVisible(session.outdated)
        self._show_result()

    @property
    def _is_drawing(self) -> bool:
        return self._previewed is not None or self._awaited is not None

    def _show_result(self) -> None:
        self._rows.setVisible(self._awaited is None)
        if self._awaited is not None:
            self._show_awaited(self._awaited)
            return
        result = self.shown
        self._detail.setVisible(result is not None)
        self._empty.setVisible(result is None)
        if result is None:
            kind = "nothing_chosen" if self._session.listed(self.case_id, 0)[1] else "empty"
            texts = self._look.texts
            self._empty.say(texts(f"survey.{kind}"), texts(f"survey.{kind}_next"))
            return
        policy = self._session.county.policy
        self.banner.show_result(result, policy, self._previewed is not None)
        names = self._asks.names([result])
        self._facts.setVisible(self._previewed is None)
        found = {finding.rule: finding for finding in result.verdict.findings}
        for name, gauge in self.gauges.items():
            gauged = self._of_kinds(result, _GAUGES[name])
            gauge.setVisible(gauged is not None)
            gauge.show_finding(gauged)
        for key, row in self.rules.items():
            row.setVisible(key in found)
            if key in found:
                row.show_finding(found[key], names)
        self._arrange()

    def _show_awaited(self, route: Route) -> None:
        """Nothing of what was found before: the line lies elsewhere by now."""
        self._empty.hide()
        self._detail.show()
        self._facts.hide()
        self.banner.show_awaited(route)
        for gauge in self.gauges.values():
            gauge.show_finding(None, is_awaited=True)

    def _arrange(self) -> None:
        """The rows by how they stand, the policy's order among those that stand alike."""
        order = sorted(self.rules, key=lambda key: _URGENCY.index(self.rules[key].state))
        if order != self._order:
            self._order = order
            rows = [self.rules[key] for key in order]
            for row in rows:
                self._rows.layout().addWidget(row)
            in_turn = [one for row in rows for one in (row, *row.links)]
            for before, after in pairwise(in_turn):
                self.setTabOrder(before, after)

    def _of_kinds(self, result: RouteResult, kinds: tuple[RuleKind, ...]) -> Finding | None:
        """The finding to gauge: a condition of the way taken, else the first that still holds."""
        found = [
            finding
            for finding in result.verdict.findings
            if finding.is_asked
            and (known := self._rules.get(finding.rule)) is not None
            and known.kind in kinds
        ]
        tier = result.verdict.tier
        taken = frozenset() if tier is None else {rule.rule_id for rule in tier.rules}
        chosen = [one for one in found if one.rule in taken]
        chosen += [one for one in found if one.outcome is not Outcome.FAIL]
        return next(iter(chosen + found), None)

    def _rows_of(self, session: Session) -> list[tuple[str, Rule | None]]:
        """The rules of the policy, and the kind of applicant that it serves."""
        return [*self._rules.items(), ("applicant", None)]

    def _shown_id(self) -> str:
        return "" if self.shown is None else self.shown.route.route_id

    def _choose(self, route_id: str) -> None:
        self._session.select(route_id)
        self._asks.zoom(self._session.routes[route_id].line)

    def _look_at(self, finding: Finding | None, hovered: bool | None = None) -> None:
        """Zoom to where a finding comes from, or mark it while the pointer is on its row."""
        if finding is None or hovered is False:
            self._asks.mark(None)
            return
        session = self._session
        results = [session.results[one] for one in finding.route_ids if one in session.routes]
        if self._previewed is not None:
            results.append(self._previewed)
        known = self._rules.get(finding.rule)
        place = place_of_finding(finding, None if known is None else known.kind, results)
        if place is not None:
            (self._asks.mark if hovered else self._asks.zoom)(place)

    def _lay_out(self) -> None:
        texts = self._look.texts
        for gauge in self.gauges.values():
            gauge.activated.connect(lambda one=gauge: self._look_at(one.finding))
        for row in self.rules.values():
            row.activated.connect(lambda one=row: self._look_at(one.finding))
            row.hovered.connect(lambda on, one=row: self._look_at(one.finding, on))
        tip = texts("survey.facts_tip")
        self._facts = link(texts("survey.facts"), lambda: self._asks.run("facts"), tip)
        self._detail = column(
            self.banner,
            *self.gauges.values(),
            self._facts,
            rule(),
            self._rows,
            spacing=4,
        )
        heading = label(texts("survey.lines"), "section")
        self._listed = column(rule(), heading, self.lines, spacing=8)
        said = label(texts("survey.outdated"), wraps=True)
        again = link(texts("survey.judge_anew"), self._session.judge_anew)
        self.outdated = column(said, again, rule(), spacing=8)
        content = column(
            self.outdated, self._empty, self._detail, self._listed, margin=12, spacing=8
        )
        content.layout().addStretch(1)
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._area = scrolled(content)
        box.addWidget(self._area)

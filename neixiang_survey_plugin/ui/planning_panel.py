"""The panel 核对: every line against the master plan, and what planning staff decide on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.places_of import place_of_remark
from neixiang_survey_plugin.app.planning.checking import PlanChecker, PlanResult
from neixiang_survey_plugin.app.planning.holding_again import HeldAgain
from neixiang_survey_plugin.app.planning.reviewing import decide
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.app.session.events import (
    LinesChanged,
    RecordsChanged,
    Selected,
    SurveyEvent,
)
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.app.wording import planning as wording
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.planning.remark import PlanOfRoute, PlanRemark
from neixiang_survey_plugin.core.planning.review import (
    PlanReview,
    PlanStanding,
    PlanVerdict,
    decided_lines,
)
from neixiang_survey_plugin.core.planning.rules import PlanningRules
from neixiang_survey_plugin.i18n.sentences import in_language
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.growing import add_row
from neixiang_survey_plugin.ui.hinted import HintedLine
from neixiang_survey_plugin.ui.in_steps import InSteps
from neixiang_survey_plugin.ui.layout_rows import SiteLayoutPart
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import EmptyState, above_deeds, button, column, emptied, label
from neixiang_survey_plugin.ui.planning_rows import PlannedLineRow, RemarkRow
from neixiang_survey_plugin.ui.seen_panel import SeenPanel

_MOST_LINES = 100  # more than anybody reads; the filters and the case lead to the rest
_ALL, _REMARKED = "all", "remarked"


class PlanningPanel(SeenPanel):
    """Shows what the plan says of the lines of a case, and keeps what is decided on them.

    Of no case these are the lines under way, whose case is not closed.
    """

    def __init__(
        self,
        session: Session,
        rules: PlanningRules,
        look: Look,
        asks: Asks,
        who: Any,
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self.case_id: str | None = None
        self.result: PlanResult | None = None
        self.lines: list[PlannedLineRow] = []
        self.remarks: list[RemarkRow] = []
        self._session, self._rules, self._look, self._asks = session, rules, look, asks
        self._who = who
        self.now = datetime.now
        self._held: tuple[Checker, HeldAgain] | None = None
        self._outdated = True
        self.background = Background(self)
        self.background.done.connect(self._answered)
        self.background.failed.connect(self._failed)
        texts = look.texts
        self.filter = QtWidgets.QComboBox()
        self.filter.setAccessibleName(texts("planning.title"))
        for name in (_ALL, _REMARKED, *(one.value for one in PlanStanding)):
            self.filter.addItem(texts(f"planning.filter_{name}"), name)
        self.filter.currentIndexChanged.connect(lambda _: self.bring_up_to_date())
        self._count = label("", "section")
        self._empty = EmptyState()
        self._box = QtWidgets.QVBoxLayout()
        self._box.setSpacing(0)
        self._missed = label("", "quiet", wraps=True)
        self.site = SiteLayoutPart(look, self._show_place)
        self._chosen = label("", "section", wraps=True)
        self.remark = HintedLine()
        self.remark.setPlaceholderText(texts("planning.remark"))
        self.remark.setAccessibleName(texts("planning.remark"))
        self.send_back = button(
            texts("planning.return"), partial(self.decide, PlanVerdict.RETURNED)
        )
        self.approve = button(
            texts("planning.approve"), partial(self.decide, PlanVerdict.APPROVED), primary=True
        )
        self._in_steps = InSteps(self)
        self._lay_out()

    def follow(self, event: SurveyEvent) -> None:
        """Hold lines that changed against the plan again, when somebody looks."""
        if isinstance(event, LinesChanged):
            self._ask_when_seen()
        elif isinstance(event, RecordsChanged):
            self.bring_up_to_date()
        elif isinstance(event, Selected):
            self._choose()

    def show_case(self, case_id: str | None) -> None:
        """Show the lines of a case, or all that are under way with None."""
        if case_id != self.case_id:
            self.case_id = case_id
            self.bring_up_to_date()
            if not self._all_are_held():
                self._ask_when_seen()

    def showEvent(self, event: Any) -> None:
        """Somebody looks."""
        super().showEvent(event)
        if self._outdated:
            self.ask()

    def ask(self) -> None:
        """Hold what is new or changed against the plan, beside the window."""
        session = self._session
        routes, on, checker = session.lines_to_hold(self.case_id), session.on, session.checker
        self._outdated = False

        def check(progress: Progress) -> PlanResult:
            progress.step("plan", of=len(routes))
            return self._held_again(checker).check(routes, on, progress)

        self.background.start(check)

    def decide(self, verdict: PlanVerdict) -> None:
        """Keep a decision on the chosen line, with the remark that was typed."""
        found = self._chosen_line()
        if found is not None and self._asks.attempt(partial(self._keep, found, verdict)):
            said = f"planning.kept_{verdict.value}"
            self._asks.say(self._look.texts(said, route=found.route_id), Level.SUCCESS)
            self.remark.clear()

    def refresh(self) -> None:
        """Show what was found, with what has been decided by now."""
        emptied(self._box)
        self.lines, self.remarks = [], []
        if self.result is not None:
            kept = self._session.store.records(PlanReview)
            routes = self._session.routes
            named = {one.route_id for one in kept}  # of all others nothing was decided
            there = [routes[one] for one in named if one is not None and one in routes]
            self.result = replace(self.result, decided=decided_lines(there, kept))
            self._in_steps.begin(self._listing(self.result))
        self.site.show_case(self._session, self._rules, self.case_id)
        self._say_what_there_is()
        self._show_chosen()

    def _ask_when_seen(self) -> None:
        self._outdated = True
        if self.isVisible():
            self.ask()

    def _all_are_held(self) -> bool:
        """Whether the result says of every line of the case, if it says of any."""
        of_case, result = self._session.lines_of(self.case_id), self.result
        return result is None or all(result.of(one.route_id) for one in of_case)

    def _held_again(self, checker: Checker) -> HeldAgain:
        """The county's plan, indexed once for the county as it is now."""
        if self._held is None or self._held[0] is not checker:
            made = PlanChecker(checker.county, self._rules, checker.ground)
            self._held = (checker, HeldAgain(made))
        return self._held[1]

    def _answered(self, result: PlanResult) -> None:
        self.result = result
        self.bring_up_to_date()

    def _failed(self, error: SurveyError) -> None:
        self._asks.say(" ".join(error.problems), Level.ERROR)

    def _own(self, result: PlanResult) -> list[PlanOfRoute]:
        if self.case_id is None:
            under_way = self._session.ids_under_way
            return [one for one in result.routes if one.route_id in under_way]
        return [one for one in result.routes if one.case_id == self.case_id]

    def _wanted(self, result: PlanResult) -> list[PlanOfRoute]:
        chosen = self.filter.currentData()
        own = sorted(self._own(result), key=result.agrees)  # what does not agree comes first
        if chosen == _ALL:
            return own
        if chosen == _REMARKED:
            return [one for one in own if one.remarks]
        return [one for one in own if result.decided_on(one.route_id).standing.value == chosen]

    def _listing(self, result: PlanResult) -> Iterator[None]:
        """List the lines that are wanted, row by row."""
        wanted = self._wanted(result)
        for route in wanted[:_MOST_LINES]:
            self._list(result, route)
            yield
        if len(wanted) > _MOST_LINES:
            more = self._look.texts("planning.more", count=len(wanted) - _MOST_LINES)
            self._box.addWidget(label(more, "quiet", wraps=True))
        self._show_chosen()

    def _list(self, result: PlanResult, route: PlanOfRoute) -> None:
        line = PlannedLineRow(result, route, self._look)
        line.activated.connect(lambda: self._show_line(route))
        self.lines.append(line)
        add_row(self._box, line)
        for remark in route.remarks:
            row = RemarkRow(remark, self._look)
            row.activated.connect(lambda one=remark: self._show_remark(one))
            row.hovered.connect(lambda on, one=remark: self._mark(one if on else None))
            self.remarks.append(row)
            add_row(self._box, row)

    def _say_what_there_is(self) -> None:
        texts, result = self._look.texts, self.result
        own = [] if result is None else self._own(result)
        remarks = sum(len(one.remarks) for one in own)
        self._count.setText(texts("planning.count", lines=len(own), remarks=remarks))
        self._count.setVisible(bool(own))
        self._empty.setVisible(not self.lines)
        kind = "none" if own else "busy" if result is None and self._session.routes else "empty"
        self._empty.say(texts(f"planning.{kind}"), texts(f"planning.{kind}_next"))
        ids = {one.route_id for one in own}
        missed = [] if result is None else result.not_held
        said = [
            in_language(wording.not_held_sentence(one), texts.language)
            for one in missed
            if one.route_id is None or one.route_id in ids
        ]
        self._missed.setText("\n".join(said))
        self._missed.setVisible(bool(said))

    def _choose(self) -> None:
        """Mark the line that was chosen, among the rows that are there."""
        if self.isVisible():
            self._show_chosen()
        else:
            self.bring_up_to_date()

    def _show_chosen(self) -> None:
        found = self._chosen_line()
        for line in self.lines:
            line.show_chosen(found is not None and line.route_id == found.route_id)
        texts = self._look.texts
        words = texts("planning.choose")
        if found is not None and self.result is not None:
            standing = self.result.decided_on(found.route_id).standing
            words = f"{found.route_id} · {texts(f'planning.standing_{standing.value}')}"
        self._chosen.setText(words)
        for part in (self.remark, self.send_back, self.approve):
            part.setEnabled(found is not None)

    def _chosen_line(self) -> PlanOfRoute | None:
        chosen = self._session.selected
        return None if self.result is None or chosen is None else self.result.of(chosen)

    def _keep(self, found: PlanOfRoute, verdict: PlanVerdict) -> None:
        change = partial(
            decide,
            route=self._session.routes[found.route_id],
            found=found,
            verdict=verdict,
            by=self._who(),
            at=self.now(),
            remark=self.remark.text(),
        )
        case = self._session.routes[found.route_id].case_id
        cases = () if case is None else (case,)
        self._session.step(f"plan_{verdict.value}", change, *cases)

    def _show_line(self, route: PlanOfRoute) -> None:
        self._session.select(route.route_id)
        self._asks.zoom(self._session.routes[route.route_id].line)

    def _show_remark(self, remark: PlanRemark) -> None:
        self._session.select(remark.route_id)
        self._asks.zoom(self._place(remark))
        self._mark(remark)

    def _show_place(self, place: Any) -> None:
        if place is not None:
            self._asks.zoom(place)
            self._asks.mark(place)

    def _mark(self, remark: PlanRemark | None) -> None:
        self._asks.mark(None if remark is None else self._place(remark))

    def _place(self, remark: PlanRemark) -> Any:
        route = self._session.routes[remark.route_id]
        return place_of_remark(remark, route, self._session.county.grid)

    def _lay_out(self) -> None:
        content = column(self.filter, self._count, self._empty, margin=12, spacing=8)
        content.layout().addLayout(self._box)
        content.layout().addWidget(self._missed)
        content.layout().addWidget(self.site)
        content.layout().addStretch(1)
        buttons = QtWidgets.QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.send_back)
        buttons.addWidget(self.approve)
        decision = column(self._chosen, self.remark, margin=12, spacing=8)
        decision.layout().addLayout(buttons)
        above_deeds(self, content, decision)

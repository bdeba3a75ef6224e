"""The panel 共沟: which lines could be dug together, and the decision on each proposal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

import shapely

from neixiang_survey_plugin.app.drawings import Drawing
from neixiang_survey_plugin.app.map_host import Level, Mark, Overlay
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.app.session.events import LinesChanged, SurveyEvent
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.app.trenching.joining import concerns, joining, still_to_dig
from neixiang_survey_plugin.app.trenching.planner import TrenchPlanner, TrenchResult
from neixiang_survey_plugin.app.trenching.reviewing import send_back
from neixiang_survey_plugin.app.trenching.section_drawing import section_drawing
from neixiang_survey_plugin.core.casework.case import Case
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.dig_calendar import StreetDigs, opened_again
from neixiang_survey_plugin.core.trenching.proposal import ObjectionKind, Proposal, Suggestion
from neixiang_survey_plugin.core.trenching.ranking import better_apart
from neixiang_survey_plugin.core.trenching.review import (
    Agreed,
    CommonWorks,
    ReviewVerdict,
    with_common_ground,
)
from neixiang_survey_plugin.core.trenching.rules import TrenchRules
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.background import Background
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import (
    EmptyState,
    button,
    column,
    label,
    link,
    scrolled,
)
from neixiang_survey_plugin.ui.renewed import Renewed
from neixiang_survey_plugin.ui.section_form import SectionForm
from neixiang_survey_plugin.ui.trench_card import Section, TrenchCard, Views, section_of

_MOST = 20  # groups, and streets: more than anybody reads; a case leads to its own
Sections = Mapping[str, Section]  # by proposal
_Proposed = tuple[TrenchResult, Sections]
ShowOverlays = Callable[[list[Overlay]], None]


class TrenchPanel(QtWidgets.QWidget):
    """Proposes shared works for the lines of a case; ``show_overlays`` draws before and after.

    ``fill_in`` is asked with a line for a fact that is missing of it.
    """

    def __init__(
        self,
        session: Session,
        rules: TrenchRules,
        look: Look,
        asks: Asks,
        who: Callable[[], str],
        show_overlays: ShowOverlays,
        fill_in: Callable[[str, str], None],
        show_form: Callable[[Any], None],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self.case_id: str | None = None
        self.cards: list[TrenchCard] = []
        self._session, self._rules, self._look, self._asks = session, rules, look, asks
        self._who, self._show_overlays, self._fill_in = who, show_overlays, fill_in
        self._show_form = show_form
        self.background = Background(self)
        self.background.done.connect(self._answered)
        self.background.failed.connect(self._failed)
        self.background.cancelled.connect(self._begin_again)
        self._on_map: Proposal | None = None
        self._empty = EmptyState()
        self.ask = button(look.texts("trench.ask"), self.propose, primary=True)
        self._busy = label(look.texts("trench.busy"), "quiet")
        self._coming: list[TrenchCard] = []
        self._list = Renewed(spacing=12, done=self._show_whole)
        self._lay_out()
        self._begin_again()

    def follow(self, event: SurveyEvent) -> None:
        """Proposals for lines that changed are worth nothing."""
        if isinstance(event, LinesChanged):
            self._begin_again()

    def show_case(self, case_id: str | None) -> None:
        """Propose for the lines of a case, or for all with None."""
        if case_id != self.case_id:
            self.case_id = case_id
            self._begin_again()

    def propose(self) -> None:
        """Look for shared works, beside the window."""
        session, rules = self._session, self._rules
        checker, search, on = session.checker, session.search, session.on
        lines, beside, case_id = session.lines_under_way(), session.store.beside, self.case_id
        language, most = self._look.texts.language, self._most
        self._begin_again()
        self._busy.show()
        self._empty.hide()
        self.ask.setEnabled(False)

        def look(progress: Progress) -> _Proposed:
            progress.step("propose")
            with beside() as survey:
                agreed = _to_dig_together(survey, lines, case_id, rules)
            planner = TrenchPlanner(checker, search, rules)
            result = _proposed(progress, planner, agreed, on)
            own = {one.route_id for one in lines if case_id in (None, one.case_id)}
            return result, _sections(planner, _concerning(result, own)[:most], language)

        self.background.start(look)

    def _answered(self, found: _Proposed) -> None:
        self._list.begin(self._made(*found))

    def _show_whole(self) -> None:
        self.cards = self._coming
        self._rest()
        texts = self._look.texts
        self._empty.setVisible(self._list.is_empty)
        self._empty.say(texts("trench.none"), texts("trench.none_next"))

    def _made(self, result: TrenchResult, sections: Sections) -> Iterator[Any]:
        """Everything that is proposed for the lines of the panel."""
        self._coming = []
        own, words = self._own_lines(), self._look.words
        suggestions, most = _concerning(result, own), self._most
        for suggestion in suggestions[:most]:
            yield from self._of(suggestion, sections)
        crowded = [one for one in result.crowded if one in own]
        if crowded:
            yield label(words.crowded(crowded), wraps=True)
        yield None
        together = self._rules.together
        streets = [one for one in opened_again(result.calendar, together) if _is_of(one, own)]
        for street in streets[:most]:
            said = words.opened_again(street, together.window_days)
            yield label(said, "quiet", wraps=True)
        groups, others = len(suggestions[most:]), len(streets[most:])
        if most is not None and (groups or others):
            said = self._look.texts("trench.more", groups=groups, streets=others)
            yield label(said, "quiet", wraps=True)

    def _of(self, suggestion: Suggestion, sections: Sections) -> Iterator[Any]:
        """What stands against it, not sharing where that is better in something, then its cards."""
        words, routes = self._look.words, self._session.routes
        for objection in suggestion.objections:
            yield label(words.objection(objection, routes), wraps=True)
            if objection.kind is ObjectionKind.NO_DIAMETER:
                for route_id in objection.route_ids:
                    yield self._ask_for_diameter(route_id)
        apart = words.apart(suggestion)
        if apart:
            yield label(apart, wraps=True)
        for proposal in suggestion.proposals:
            self._coming.append(self._card(proposal, sections.get(proposal.proposal_id)))
            yield self._coming[-1]

    def _ask_for_diameter(self, route_id: str) -> Any:
        """A link to the field without which there is no section."""
        texts = self._look.texts
        text = texts("survey.confirm", what=texts("field.diameter_mm"))
        return link(f"{text} · {route_id}", partial(self._fill_in, route_id, "diameter_mm"))

    @property
    def _most(self) -> int | None:
        """How many groups, and streets, are listed: all that a case has."""
        return _MOST if self.case_id is None else None

    def _own_lines(self) -> Collection[str]:
        """The lines that the panel is asked about."""
        if self.case_id is None:
            return self._session.routes.keys()
        return {one.route_id for one in self._session.lines_of(self.case_id)}

    def _failed(self, error: SurveyError) -> None:
        self._begin_again()
        self._asks.say(" ".join(error.problems), Level.ERROR)

    def _card(self, proposal: Proposal, section: Section | None) -> TrenchCard:
        routes = self._session.routes
        better = better_apart(proposal, self._rules.ranking)
        deeds = self._show, self._decide, self._enlarge
        return TrenchCard(proposal, section, routes, self._look, better, *deeds)

    def _enlarge(self, title: str, drawing: Drawing) -> None:
        self._show_form(SectionForm(title, drawing, self._look, self.window()))

    def _show(self, proposal: Proposal, view: Views | None) -> None:
        """One side on the map, or both, and the map there; the other cards are off then."""
        for card in self.cards:
            if card.proposal is not proposal:
                for made in card.views.values():
                    made.setChecked(False)
        self._show_overlays([] if view is None else courses_of(proposal, view))
        if view is not None and self._on_map is not proposal:
            both = (one for each in proposal.members for one in (each.route, each.after))
            self._asks.zoom(shapely.union_all([one.line for one in both]))
        self._on_map = None if view is None else proposal

    def _decide(self, proposal: Proposal, verdict: ReviewVerdict, remark: str) -> None:
        if self._asks.attempt(partial(self._keep, proposal, verdict, remark)):
            words = self._look.words.proposal(proposal)
            text = self._look.texts(f"trench.kept_{verdict.value}", proposal=words)
            self._asks.say(text, Level.SUCCESS)
            self._show_overlays([])

    def _keep(self, proposal: Proposal, verdict: ReviewVerdict, remark: str) -> None:
        who = self._who()
        if verdict is ReviewVerdict.ACCEPTED:
            self._session.accept_trench(proposal, who, remark)
            return
        change = partial(
            send_back, proposal=proposal, verdict=verdict, by=who, at=datetime.now(), remark=remark
        )
        self._session.record(f"trench_{verdict.value}", change)

    def _begin_again(self) -> None:
        self.background.forget()
        self.cards, self._on_map = [], None
        self._list.clear()
        self._rest()
        self._show_overlays([])
        texts = self._look.texts
        self._empty.show()
        self._empty.say(texts("trench.empty"), texts("trench.empty_next"))

    def _rest(self) -> None:
        """Nothing is waited for any more."""
        self._busy.hide()
        self.ask.setEnabled(len(self._session.routes) > 1)

    def _lay_out(self) -> None:
        content = column(self.ask, self._busy, self._empty, margin=12, spacing=8)
        content.layout().addWidget(self._list)
        content.layout().addStretch(1)
        whole = QtWidgets.QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(content))


def _to_dig_together(
    survey: SurveyStore, lines: Sequence[Route], case_id: str | None, rules: TrenchRules
) -> Agreed:
    """Of some lines those still to be dug for a case, or for all, and those near them."""
    ids = {one.case_id for one in lines if one.case_id is not None}
    left = still_to_dig(lines, survey.records(Case, case_id=tuple(ids)))
    routes = joining(left, case_id, rules.together)
    return with_common_ground(routes, survey.records(CommonWorks))


def _proposed(progress: Progress, planner: TrenchPlanner, agreed: Agreed, on: date) -> TrenchResult:
    def tick(done: int, of: int) -> None:
        progress.step("propose", done=done, of=of)

    return planner.propose(agreed.routes, on, tick=tick, together=agreed.groups)


def _concerning(result: TrenchResult, own: Collection[str]) -> list[Suggestion]:
    """What is proposed for some lines."""
    return [one for one in result.suggestions if concerns(one.route_ids, own)]


def _is_of(street: StreetDigs, own: Collection[str]) -> bool:
    """Whether one of some lines opens a street."""
    return concerns((one for works in street.works for one in works.route_ids), own)


def _sections(
    planner: TrenchPlanner, suggestions: Sequence[Suggestion], language: Language
) -> Sections:
    """The section of every proposal, where it has one."""
    return {
        proposal.proposal_id: section_of(
            section_drawing(proposal.section, planner.profile(proposal)), language
        )
        for suggestion in suggestions
        for proposal in suggestion.proposals
        if proposal.section is not None
    }


def courses_of(proposal: Proposal, view: Views) -> list[Overlay]:
    """A proposal on the map: before, each line with its own strip; after, the common one.

    Lines that would move are faded where the new ones are shown.
    """
    before = [one.taken for one in proposal.works_before]
    after = [proposal.works_after.taken]
    strips = {Views.BEFORE: before, Views.AFTER: after, Views.BOTH: [*before, *after]}[view]
    shown = [Overlay(Mark.STRIP, strip) for strip in strips if strip is not None]
    if view is Views.BEFORE:
        return shown
    for member in proposal.members:
        route, becomes = member.route, member.after
        if route.line != becomes.line:
            shown.append(Overlay(Mark.BEFORE, route.line))
        shown.append(Overlay(Mark.AFTER, becomes.line, utility=becomes.utility))
    return shown

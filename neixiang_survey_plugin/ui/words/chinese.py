"""The Chinese words, as the command line and the packet say them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.wording import trenches
from neixiang_survey_plugin.app.wording.map_words import look_words
from neixiang_survey_plugin.core.calendar.counting import Count
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, NotJudged, NotJudgedReason
from neixiang_survey_plugin.core.conflicts.groups import ConflictGroup
from neixiang_survey_plugin.core.judging.findings import Finding, Verdict
from neixiang_survey_plugin.core.measuring.measures import Reason, RoadFacts
from neixiang_survey_plugin.core.policy import Clock, Rule, Way
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.cross_section import CrossSection
from neixiang_survey_plugin.core.trenching.dig_calendar import StreetDigs
from neixiang_survey_plugin.core.trenching.proposal import Objection, Proposal, Suggestion
from neixiang_survey_plugin.core.trenching.rules import Criterion
from neixiang_survey_plugin.core.vocabulary import chinese_word
from neixiang_survey_plugin.i18n import Language, Texts
from neixiang_survey_plugin.ui.words.cells import VOCABULARIES, plain
from neixiang_survey_plugin.ui.words.words import Names

_NOT_JUDGED = {
    NotJudgedReason.NO_LAYER: "县资料没有这个图层",
    NotJudgedReason.OUTSIDE_COVERAGE: "有一部分在测绘范围以外",
    NotJudgedReason.CROWDED: "邻近对象过多，只判定了一部分",
}


class ChineseWords:
    """Words in Chinese."""

    def __init__(self) -> None:
        self._texts = Texts(Language.CHINESE)

    def way(self, way: Way) -> str:
        """The way in a few words."""
        return wording.way_words(way)

    def readings(self, verdict: Verdict) -> tuple[str, ...]:
        """What exactly the limits measure that leave it open."""
        return wording.readings_words(verdict)

    def measured(self, finding: Finding) -> str:
        """The measured figure with its unit."""
        return wording.measured_words(finding)

    def limit(self, finding: Finding) -> str:
        """The limit with its unit."""
        return wording.limit_of_words(finding)

    def margin(self, finding: Finding) -> str:
        """The room that is left, or the excess."""
        return wording.margin_words(finding)

    def sentence(self, finding: Finding, rule: Rule | None, names: Names) -> str:
        """The finding as one sentence, with what to do."""
        return wording.finding_sentence(finding, rule, names)

    def missing(self, reason: Reason) -> str:
        """What is missing."""
        return wording.gap_of(reason).what

    def utility(self, utility: str) -> str:
        """The utility of a line or a main."""
        return wording.utility_words(utility)

    def road(self, road: RoadFacts) -> str:
        """A road by name and class."""
        return f"{road.name or road.road_id} {wording.road_class_words(road.road_class)}"

    def layer(self, layer: str) -> str:
        """A layer of the county."""
        return self._texts("layers.routes") if layer == "routes" else wording.layer_words(layer)

    def look(self, layer: str, look: str) -> str:
        """What features of a layer are that the map draws alike."""
        return look_words(layer, look)

    def cell(self, field: str, value: object) -> str:
        """A cell of a layer."""
        for _, words in VOCABULARIES.get(field, ()):
            if value in words:
                return chinese_word(words, str(value))
        return plain(value)

    def conflict_kind(self, conflict: Conflict) -> str:
        """What is too small."""
        return wording.conflict_kind_words(conflict.kind)

    def conflict_outcome(self, conflict: Conflict) -> str:
        """How grave it is."""
        return wording.conflict_outcome_words(conflict).split(" ", 1)[1]

    def conflict_other(self, conflict: Conflict) -> str:
        """What the line is too near to."""
        return wording.conflict_other_words(conflict)

    def way_out(self, conflict: Conflict) -> str:
        """What would settle it."""
        return wording.way_out_words(conflict)

    def cause_fact(self, group: ConflictGroup) -> str:
        """The field that is missing, or nothing."""
        fact = group.cause.fact
        return "" if fact is None else self._texts(f"field.{fact}")

    def not_judged(self, missed: NotJudged) -> str:
        """A layer that was not held against, and why."""
        who = "" if missed.route_id is None else f"{missed.route_id} · "
        return f"{who}{self.layer(missed.layer)}：{_NOT_JUDGED[missed.reason]}"

    def case_state(self, state: State) -> str:
        """Where a case stands."""
        return wording.state_words(state)

    def promise(self, clock: Clock) -> str:
        """What is promised."""
        return clock.text

    def counted(self, clock: Clock, count: Count) -> str:
        """How much time of what, and the clause."""
        return wording.promise_words(clock, count)

    def duration(self, duration: timedelta) -> str:
        """Days, hours and minutes."""
        return wording.duration_words(duration)

    def proposal(self, proposal: Proposal) -> str:
        """Who digs together, and how."""
        kind = trenches.proposal_kind_words(proposal.kind)
        return f"{kind} · {trenches.shared_words(proposal)}"

    def proposal_figures(self, proposal: Proposal) -> Sequence[Sequence[str]]:
        """Rows of what it comes to."""
        return trenches.figure_rows(proposal)

    def way_changes(self, proposal: Proposal) -> Sequence[str]:
        """Whose way becomes another."""
        said = trenches.way_change_sentence(proposal)
        return () if said is None else (said,)

    def section_width(self, section: CrossSection) -> str:
        """Why a section is as wide as it is."""
        return wording.width_sentence(section) or ""

    def worse_than_apart(self, proposal: Proposal, better: Sequence[Criterion]) -> str:
        """In what a proposal is worse than each digging for itself."""
        return wording.worse_than_apart(proposal, better) or ""

    def apart(self, suggestion: Suggestion) -> str:
        """Not sharing, as an alternative with a name."""
        return wording.apart_sentence(suggestion) or ""

    def crowded(self, route_ids: Sequence[str]) -> str:
        """Lines with too many others beside them."""
        return trenches.crowded_sentence(route_ids)

    def opened_again(self, street: StreetDigs, days: float) -> str:
        """A street that is opened more than once."""
        return trenches.opened_again_sentence(street, days)

    def objection(self, objection: Objection, routes: Mapping[str, Route]) -> str:
        """What stands against a proposal."""
        return trenches.objection_sentence(objection, routes)

"""What the panels ask to be said about a result, whatever the language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from neixiang_survey_plugin.core.calendar.counting import Count
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, NotJudged
from neixiang_survey_plugin.core.conflicts.groups import ConflictGroup
from neixiang_survey_plugin.core.judging.findings import Finding, Verdict
from neixiang_survey_plugin.core.measuring.measures import Reason, RoadFacts
from neixiang_survey_plugin.core.policy import Clock, Rule, Way
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.cross_section import CrossSection
from neixiang_survey_plugin.core.trenching.dig_calendar import StreetDigs
from neixiang_survey_plugin.core.trenching.proposal import Objection, Proposal, Suggestion
from neixiang_survey_plugin.core.trenching.rules import Criterion

Names = Mapping[str, str]


class Words(Protocol):
    """One language's words for results; figures are rounded as everywhere."""

    def way(self, way: Way) -> str:
        """The way in a few words."""

    def readings(self, verdict: Verdict) -> tuple[str, ...]:
        """What exactly the limits measure that leave it open."""

    def measured(self, finding: Finding) -> str:
        """The measured figure with its unit; unknown where it is."""

    def limit(self, finding: Finding) -> str:
        """The limit with its unit; a dash where the condition is no figure."""

    def margin(self, finding: Finding) -> str:
        """The room that is left, or the excess."""

    def sentence(self, finding: Finding, rule: Rule | None, names: Names) -> str:
        """The finding as one sentence, with what to do."""

    def missing(self, reason: Reason) -> str:
        """What is missing, in a word or two: delivery date."""

    def utility(self, utility: str) -> str:
        """The utility of a line or a main."""

    def road(self, road: RoadFacts) -> str:
        """A road by name and class, short enough to stand beside the pointer."""

    def layer(self, layer: str) -> str:
        """A layer of the county."""

    def look(self, layer: str, look: str) -> str:
        """What features of a layer are that the map draws alike: arterials, parks."""

    def cell(self, field: str, value: object) -> str:
        """A cell of a layer: a word of the vocabulary, a figure, a day; empty where missing."""

    def conflict_kind(self, conflict: Conflict) -> str:
        """What is too small."""

    def conflict_outcome(self, conflict: Conflict) -> str:
        """How grave it is."""

    def conflict_other(self, conflict: Conflict) -> str:
        """What the line is too near to."""

    def way_out(self, conflict: Conflict) -> str:
        """What would settle it: who moves how far and which way, how deep, what to learn."""

    def cause_fact(self, group: ConflictGroup) -> str:
        """The field that is missing where a group comes from a missing fact; else empty."""

    def not_judged(self, missed: NotJudged) -> str:
        """A layer that was not held against, and why."""

    def case_state(self, state: State) -> str:
        """Where a case stands."""

    def promise(self, clock: Clock) -> str:
        """What is promised: connected within half a working day."""

    def counted(self, clock: Clock, count: Count) -> str:
        """How much time of what a promise gives, and its clause."""

    def duration(self, duration: timedelta) -> str:
        """Days, hours and minutes by the wall clock."""

    def proposal(self, proposal: Proposal) -> str:
        """Who digs together, and how."""

    def proposal_figures(self, proposal: Proposal) -> Sequence[Sequence[str]]:
        """Rows of what it comes to: the figure's name, before, after, saved."""

    def way_changes(self, proposal: Proposal) -> Sequence[str]:
        """Whose way becomes another, one sentence; none where nobody's does."""

    def section_width(self, section: CrossSection) -> str:
        """Why a section is as wide as it is; empty for a single line."""

    def worse_than_apart(self, proposal: Proposal, better: Sequence[Criterion]) -> str:
        """In what a proposal is worse than each digging for itself; empty where in nothing."""

    def apart(self, suggestion: Suggestion) -> str:
        """Not sharing, as an alternative with a name; empty where it is better in nothing."""

    def crowded(self, route_ids: Sequence[str]) -> str:
        """Lines with too many others beside them to be brought together."""

    def opened_again(self, street: StreetDigs, days: float) -> str:
        """A street that is opened more than once within so many days, by whom and when."""

    def objection(self, objection: Objection, routes: Mapping[str, Route]) -> str:
        """What stands against a proposal, or has to be seen to."""

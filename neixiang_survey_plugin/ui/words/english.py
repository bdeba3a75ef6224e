"""The English words, from a table of their own."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from neixiang_survey_plugin import i18n
from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.map_layers import LOOK_FIELDS, NO_WIDTH, UNKNOWN
from neixiang_survey_plugin.core.calendar.counting import Count
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictOutcome, NotJudged
from neixiang_survey_plugin.core.conflicts.groups import ConflictGroup
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome, Verdict
from neixiang_survey_plugin.core.measuring.measures import Reason, RoadFacts
from neixiang_survey_plugin.core.policy import Clock, Rule, RuleKind, Way
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.cross_section import (
    CrossSection,
    SectionOrder,
    Slot,
)
from neixiang_survey_plugin.core.trenching.dig_calendar import StreetDigs
from neixiang_survey_plugin.core.trenching.proposal import Objection, Proposal, Suggestion
from neixiang_survey_plugin.core.trenching.ranking import figures_apart, figures_of
from neixiang_survey_plugin.core.trenching.rules import Criterion
from neixiang_survey_plugin.core.trenching.section import GapKind
from neixiang_survey_plugin.i18n import Language, Texts
from neixiang_survey_plugin.ui.words.cells import VOCABULARIES, plain
from neixiang_survey_plugin.ui.words.words import Names

_UNKNOWN = "unknown"
_DASH = "—"
_FIGURES = wording.LIMIT_UNITS


_NAMED = 10  # more names than these tell nobody anything


class EnglishWords:
    """Words in English."""

    def __init__(self) -> None:
        self._words = english_table()
        self._texts = Texts(Language.ENGLISH)

    def way(self, way: Way) -> str:
        """The way in a few words."""
        return self._words["way"][way.value]

    def readings(self, verdict: Verdict) -> tuple[str, ...]:
        """What exactly the limits measure that leave it open."""
        return tuple(self._words["reading"][one] for _, one in wording.readings_used(verdict))

    def measured(self, finding: Finding) -> str:
        """The measured figure with its unit."""
        if not finding.is_asked:
            return _DASH
        if finding.unit in ("applicant", "utility", "in_force"):
            return self._texts(f"state.{finding.outcome.value}")
        if finding.measured is None:
            known = self._figure(finding, finding.at_least) if finding.at_least else ""
            return f"{_UNKNOWN} (at least {known})" if known else _UNKNOWN
        if finding.unit not in _FIGURES:
            count = f"{finding.measured:.0f}"
            one = self._words["unit_one"] if count == "1" else {}
            return f"{count} {one.get(finding.unit, self._words['unit'][finding.unit])}"
        error = f" ±{wording.figure(finding.uncertainty)}" if finding.borderline else ""
        part = "≥ " if finding.at_least is not None else ""
        return f"{part}{self._figure(finding, finding.measured)}{error}"

    def limit(self, finding: Finding) -> str:
        """The limit with its unit."""
        if finding.unit not in _FIGURES or finding.limit is None:
            return _DASH
        return wording.limit_words(finding.limit, finding.unit)

    def margin(self, finding: Finding) -> str:
        """The room that is left, or the excess."""
        if finding.unit not in _FIGURES or finding.limit is None or not finding.is_asked:
            return _DASH
        if finding.margin is None:
            return _UNKNOWN
        kind = "over" if finding.outcome is Outcome.FAIL else "room"
        figure = f"{wording.figure(abs(finding.margin))} {self._words['unit'][finding.unit]}"
        return self._words["margin"][kind].format(figure=figure)

    def sentence(self, finding: Finding, rule: Rule | None, names: Names) -> str:
        """The finding as one sentence, with what to do."""
        said = self._said(finding, rule)
        reasons = "; ".join(self._reason(one, names) for one in finding.reasons)
        if reasons:
            said += f" {reasons[0].upper()}{reasons[1:]}."
        if rule is not None and finding.is_asked and rule.has_weak_figure:
            said += f" {self._words['sentence']['confirm'].format(grade=rule.confidence)}"
        if finding.borderline:
            kind = "borderline" if finding.uncertainty else "borderline_ground"
            said += f" {self._words['sentence'][kind]}"
        return said

    def missing(self, reason: Reason) -> str:
        """What is missing."""
        facts, value = self._words["fact"], reason.unknown.value
        return facts[value] if value in facts else self._reason(reason, {})

    def utility(self, utility: str) -> str:
        """The utility of a line or a main."""
        return self._words["utility"][utility]

    def road(self, road: RoadFacts) -> str:
        """A road by name and class."""
        return (
            f"{road.name or road.road_id} {self._words['road_class'][road.road_class or 'missing']}"
        )

    def layer(self, layer: str) -> str:
        """A layer of the county."""
        return self._words["layer"][layer]

    def look(self, layer: str, look: str) -> str:
        """What features of a layer are that the map draws alike."""
        if layer not in LOOK_FIELDS:
            return self.layer(layer)
        if look in (UNKNOWN, NO_WIDTH):
            return self._words["look"][look or _UNKNOWN]
        return self.cell(LOOK_FIELDS[layer], look)

    def cell(self, field: str, value: object) -> str:
        """A cell of a layer."""
        for section, words in VOCABULARIES.get(field, ()):
            if value in words:
                return self._words[section][str(value)]
        return plain(value)

    def conflict_kind(self, conflict: Conflict) -> str:
        """What is too small."""
        return self._words["conflict_kind"][conflict.kind.value]

    def conflict_outcome(self, conflict: Conflict) -> str:
        """How grave it is."""
        hair = ", borderline" if conflict.borderline else ""
        return self._words["conflict_outcome"][conflict.outcome.value] + hair

    def conflict_other(self, conflict: Conflict) -> str:
        """What the line is too near to."""
        for section in ("utility", "obstacle_kind", "surface_kind"):
            if conflict.b_word in self._words[section]:
                return f"{self._words[section][conflict.b_word]} {conflict.b}"
        return f"{self.layer(conflict.b_layer)} {conflict.b}"

    def way_out(self, conflict: Conflict) -> str:
        """What would settle it."""
        said = self._words["way_out"]
        if conflict.missing:
            facts = dict.fromkeys(one.rpartition(".")[2] for one in conflict.missing)
            return "; ".join(said[one] for one in facts)
        ways = [] if conflict.yields is not None else [said["nobody"]]
        if conflict.deeper_m is not None:
            deeper = wording.figure(conflict.deeper_m)
            ways.insert(0, said["deeper"].format(route=conflict.a, metres=deeper))
        if conflict.move_m is not None and conflict.side is not None:
            move = said[conflict.side].format(
                route=conflict.a, metres=wording.figure(conflict.move_m)
            )
            ways.insert(0, move)
        if conflict.outcome is ConflictOutcome.WAIVABLE:
            ways.append(said["measure"])
        words = said["or"].join(ways) or said["elsewhere"]
        return f"{words} {said['confirm']}" if conflict.needs_confirmation else words

    def cause_fact(self, group: ConflictGroup) -> str:
        """The field that is missing, or nothing."""
        fact = group.cause.fact
        return "" if fact is None else self._texts(f"field.{fact}")

    def not_judged(self, missed: NotJudged) -> str:
        """A layer that was not held against, and why."""
        who = "" if missed.route_id is None else f"{missed.route_id} · "
        return f"{who}{self.layer(missed.layer)}: {self._words['not_judged'][missed.reason.value]}"

    def case_state(self, state: State) -> str:
        """Where a case stands."""
        return self._words["case_state"][state.value]

    def promise(self, clock: Clock) -> str:
        """What is promised; a county's own promise in its own words."""
        return self._words["promise_of"].get(clock.clock_id, clock.text)

    def counted(self, clock: Clock, count: Count) -> str:
        """How much time of what, and the clause."""
        clocks = self._words["clock"]
        if count is Count.HOURS:
            amount = clocks["hours"].format(number=f"{clock.hours or 0.0:g}")
        elif not clock.working_days:
            amount = clocks["same_day"]
        else:
            amount = clocks["working_days"].format(number=f"{clock.working_days:g}")
        return f"{amount}, {self._words['count'][count.value]} ({clock.clause})"

    def duration(self, duration: timedelta) -> str:
        """Days, hours and minutes."""
        minutes = max(round(duration.total_seconds() / 60), 1)
        days, rest = divmod(minutes, 24 * 60)
        parts = ((days, "d"), (rest // 60, "h"), (rest % 60, "min"))
        return " ".join(f"{number} {unit}" for number, unit in parts if number)

    def proposal(self, proposal: Proposal) -> str:
        """Who digs together, and how."""
        names = {one.route.route_id: self.utility(one.route.utility) for one in proposal.members}
        digs = (
            [names.keys()]
            if proposal.section is None
            else [dig.route_ids for dig in proposal.section.digs]
        )
        parted = "; ".join(" + ".join(names[one] for one in dig) for dig in digs)
        return f"{self._words['proposal'][proposal.kind.value]}: {parted}"

    def proposal_figures(self, proposal: Proposal) -> Sequence[Sequence[str]]:
        """Rows of what it comes to."""
        before, after = proposal.before, proposal.after
        rows = {
            "trench_m": (before.trench_m, after.trench_m),
            "openings": (before.openings, after.openings),
            "closures": (before.closures, after.closures),
            "road_m2": (_total(before.road_m2), _total(after.road_m2)),
            "green_m2": (before.green_m2, after.green_m2),
            "earth_m3": (before.earth_m3, after.earth_m3),
            "cost": (before.cost, after.cost),
        }
        return [(self._words["works"][name], *_compared(*pair)) for name, pair in rows.items()]

    def way_changes(self, proposal: Proposal) -> Sequence[str]:
        """Whose way becomes another."""
        return [
            self._words["sentence"]["way_changes"].format(
                route=route_id, before=self.way(before), after=self.way(after)
            )
            for route_id, (before, after) in proposal.ways_changed.items()
        ]

    def section_width(self, section: CrossSection) -> str:
        """Why a section is as wide as it is."""
        if not section.bounds:
            return ""
        said = self._words["width"]
        parts = [self._slot(section.slot(section.bounds[0].first))]
        for bound in section.bounds:
            kind = "earth" if bound.rule.kind is GapKind.EARTH else "clear"
            kind = "clause" if kind == "clear" and bound.rule.clause else kind
            first, second = section.slot(bound.first), section.slot(bound.second)
            gap = wording.figure(second.left_m - first.right_m)  # as it is dimensioned
            parts.append(said[kind].format(gap=gap, clause=bound.rule.clause))
            parts.append(self._slot(second))
        whole = "narrowest" if section.order is SectionOrder.NARROWEST else "whole"
        return said[whole].format(width=wording.figure(section.width_m), parts=" + ".join(parts))

    def worse_than_apart(self, proposal: Proposal, better: Sequence[Criterion]) -> str:
        """In what a proposal is worse than each digging for itself."""
        after, apart = figures_of(proposal), figures_apart(proposal)
        said = "; ".join(
            self._words["apart"][one.value].format(more=_counted(after[one], apart[one]))
            for one in better
        )
        return self._words["apart"]["worse"].format(said=said) if said else ""

    def apart(self, suggestion: Suggestion) -> str:
        """Not sharing, as an alternative with a name."""
        if not suggestion.better_apart:
            return ""
        best, words = suggestion.proposals[0], self._words["apart"]
        return words["better"].format(
            said=", ".join(words[f"name_{one.value}"] for one in suggestion.better_apart),
            openings=best.before.openings,
            closures=best.before.closures,
        )

    def crowded(self, route_ids: Sequence[str]) -> str:
        """Lines with too many others beside them."""
        return self._words["sentence"]["crowded"].format(
            who=", ".join(route_ids[:_NAMED]), count=len(route_ids)
        )

    def opened_again(self, street: StreetDigs, days: float) -> str:
        """A street that is opened more than once."""
        works = "; ".join(
            f"{', '.join(one.route_ids)} ({one.window[0]:%d %b %Y} to {one.window[1]:%d %b %Y})"
            for one in street.again(days)
            if one.window is not None
        )
        road = f"{street.road_name} ({street.road_id})" if street.road_name else street.road_id
        said = self._words["sentence"]["opened_again"]
        return said.format(road=road, days=f"{days:g}", works=works)

    def objection(self, objection: Objection, routes: Mapping[str, Route]) -> str:
        """What stands against a proposal."""
        who = ", ".join(
            f"{self.utility(routes[one].utility)} {one}" if one in routes else one
            for one in objection.route_ids
        )
        said = self._words["objection"][objection.kind.value].format(who=who)
        return f"{said} ({objection.clause})" if objection.clause else said

    def _slot(self, slot: Slot) -> str:
        return f"{self.utility(slot.utility)} {wording.figure(slot.outer_m)}"

    def _figure(self, finding: Finding, value: float | None) -> str:
        marks = () if finding.limit is None else (finding.limit,)
        return f"{wording.figure(value, *marks)} {self._words['unit'][finding.unit]}"

    def _reason(self, reason: Reason, names: Names) -> str:
        ids = ", ".join(f"{names[one]} ({one})" if one in names else one for one in reason.ids)
        return self._words["unknown"][reason.unknown.value].format(ids=ids)

    def _said(self, finding: Finding, rule: Rule | None) -> str:
        sentences = self._words["sentence"]
        subject = self._subject(rule)
        if not finding.is_asked:
            return sentences["not_asked"].format(subject=subject)
        if finding.outcome is Outcome.UNKNOWN:
            return sentences["unknown"].format(subject=subject)
        if finding.unit in _FIGURES and finding.measured is not None:
            values = {
                "subject": subject,
                "measured": self.measured(finding),
                "limit": self.limit(finding),
                "margin": self.margin(finding),
            }
            kind = "over" if finding.outcome is Outcome.FAIL else "within"
            return sentences[kind].format(**values)
        if finding.outcome is Outcome.PASS:
            return sentences["passes"].format(subject=subject)
        return self._failed(finding, rule)

    def _subject(self, rule: Rule | None) -> str:
        """A rule's name; of two about classes of road each names its own."""
        if rule is not None and rule.road_classes:
            named = (self._words["road_class"][word] for word in sorted(rule.road_classes))
            return self._texts("rule.road_class", classes=", ".join(named))
        return self._texts(f"rule.{'applicant' if rule is None else rule.kind.value}")

    def _failed(self, finding: Finding, rule: Rule | None) -> str:
        sentences = self._words["sentence"]
        if rule is None:
            return sentences["applicant"]
        if rule.kind is RuleKind.UNIT_SUSPENSION:
            return sentences["suspended"]
        if rule.kind is RuleKind.UTILITY:
            return sentences["other_utility"]
        roads = ", ".join(self._road_remark(road) for road in finding.roads)
        return sentences["touched"].format(roads=roads)

    def _road_remark(self, road: Any) -> str:
        until = road.protected_until
        road_class = self._words["road_class"][road.road_class or "missing"]
        said = f"{road.name or road.road_id} ({road_class})"
        return said if until is None else f"{said}, protected until {until.isoformat()}"


def _total(by_kind: Mapping[str, float] | None) -> float | None:
    return None if by_kind is None else sum(by_kind.values())


def _counted(after: float | None, apart: float | None) -> str:
    """How much more; whole numbers stay whole."""
    if after is None or apart is None:
        return _UNKNOWN
    more = after - apart
    return str(more) if isinstance(more, int) else wording.figure(more)


def _compared(before: float | None, after: float | None) -> tuple[str, str, str]:
    """Before, after, and how much less; whole numbers stay whole."""
    less = None if before is None or after is None else before - after
    was, becomes, saved = (
        _UNKNOWN if one is None else str(one) if isinstance(one, int) else wording.figure(one)
        for one in (before, after, less)
    )
    return was, becomes, saved


@functools.cache
def english_table() -> dict[str, dict[str, str]]:
    """The sections of the table."""
    path = Path(i18n.__file__).parent / "words_en.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))

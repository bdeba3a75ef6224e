"""A policy file explained back in plain sentences, so that a department can hold it to its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from neixiang_survey_plugin.app.wording.figures import trimmed
from neixiang_survey_plugin.app.wording.policy_lexicon import Lexicon
from neixiang_survey_plugin.core.policy import (
    Counted,
    Policy,
    Reading,
    Rule,
    RuleKind,
    Tier,
    needs_confirmation,
)
from neixiang_survey_plugin.core.policy_checks import unreachable_tiers
from neixiang_survey_plugin.core.vocabulary import APPLICANT_KIND, ROAD_CLASS, UTILITY


def explain_policy(policy: Policy, lexicon: Lexicon) -> Iterator[str]:
    """Every sentence of the explanation, in the words of a lexicon: who, what, how sure."""
    said = _Sentences(policy, lexicon)
    yield lexicon["title"].format(place=policy.place, title=policy.title, document=policy.document)
    yield said.in_force()
    yield lexicon["order"]
    for number, tier in enumerate(policy.tiers, start=1):
        yield said.tier(number, tier)
        for place, rule in enumerate(tier.rules, start=1):
            yield said.rule(place, rule)
    if policy.tiers[-1].broken_rules or policy.tiers[-1].rules:
        yield lexicon["otherwise"]
    yield said.no_split()
    yield from said.remarks()


class _Sentences:
    """The sentences of one policy in one language."""

    def __init__(self, policy: Policy, lexicon: Lexicon) -> None:
        self._policy = policy
        self._words = lexicon

    def in_force(self) -> str:
        """From when to when, and how sure that is."""
        policy, words = self._policy, self._words
        grade = policy.in_force_confidence
        unsure = bool(grade) and needs_confirmation(grade)
        return words["in_force"].format(
            begin=self._day(policy.in_force_from, "open_begin"),
            end=self._day(policy.in_force_until, "open_end"),
            sure=words["sure"].format(grade=grade) if unsure else "",
        )

    def tier(self, number: int, tier: Tier) -> str:
        """A way: whom it serves, how much it asks, what it promises."""
        words = self._words
        asked = [words["conditions"].format(count=len(tier.rules))] if tier.rules else []
        if tier.broken_rules:
            texts = words["comma"].join(rule.text for rule in tier.broken_rules)
            asked.append(words["broken"].format(rules=texts))
        by_switch = ""
        if tier.applicants_by_switch:
            named = self._named(APPLICANT_KIND, tier.applicants_by_switch)
            by_switch = words["by_switch"].format(applicants=named)
        clock = self._policy.clocks.get(tier.clock)
        return words["tier"].format(
            number=number,
            way=words[f"way.{tier.way.value}"],
            clause=tier.clause,
            applicants=self._named(APPLICANT_KIND, tier.applicants),
            by_switch=by_switch,
            conditions=words["comma"].join(asked) or words["no_conditions"],
            clock="" if clock is None else clock.text,
        )

    def rule(self, number: int, rule: Rule) -> str:
        """A condition as the program understands it, beside the file's own words."""
        words = self._words
        only = ""
        if rule.only_for:
            only = words["only_for"].format(utilities=self._utilities(rule.only_for))
        return words["rule"].format(
            number=number,
            sentence=only + self._condition(rule),
            clause=rule.clause,
            grade=rule.confidence,
            note=self._note(rule.confidence),
            text=rule.text,
        )

    def no_split(self) -> str:
        """When lines count as one."""
        rule = self._policy.no_split
        return self._words["no_split"].format(
            days=rule.days, clause=rule.clause, note=self._note(rule.confidence)
        )

    def remarks(self) -> Iterator[str]:
        """What has to be confirmed, and what in the file cannot be meant."""
        words = self._words
        weak = [one.text for one in self._policy.rules if needs_confirmation(one.confidence)]
        if weak:
            yield words["to_confirm"].format(rules=words["comma"].join(weak))
        else:
            yield words["nothing_to_confirm"]
        for number, earlier in unreachable_tiers(self._policy):
            way = words[f"way.{self._policy.tiers[number].way.value}"]
            yield words["unreachable"].format(number=number + 1, way=way, earlier=earlier + 1)

    def _condition(self, rule: Rule) -> str:
        reading = _reading_of(rule.kind, self._policy.reading)
        sentence = self._words[f"{rule.kind.value}.{reading}" if reading else rule.kind.value]
        return sentence.format(
            bound=self._bound(rule),
            classes=self._named(ROAD_CLASS, rule.road_classes),
            utilities=self._utilities(rule.utilities),
            counted=self._words["comma"].join(
                self._words[one.value] for one in Counted if one in rule.counts
            ),
            delivered=rule.delivered_years,
            overhauled=rule.overhauled_years,
            months=rule.suspended_months,
        )

    def _bound(self, rule: Rule) -> str:
        if rule.limit is None:
            return ""
        limit = f"{trimmed(rule.limit)} {self._words[f'unit.{rule.unit}']}"
        return self._words["included" if rule.included else "not_included"].format(limit=limit)

    def _note(self, confidence: str) -> str:
        return self._words["note"] if needs_confirmation(confidence) else ""

    def _utilities(self, utilities: Iterable[str]) -> str:
        return self._words["comma"].join(
            self._words["power_utility" if one == "power" else one]
            for one in UTILITY
            if one in set(utilities)
        )

    def _named(self, order: Iterable[str], chosen: frozenset[str]) -> str:
        return self._words["comma"].join(self._words[one] for one in order if one in chosen)

    def _day(self, day: date | None, unknown: str) -> str:
        if day is None:
            return self._words[unknown]
        return self._words["day"].format(year=day.year, month=day.month, day=day.day)


def _reading_of(kind: RuleKind, reading: Reading) -> str | None:
    """The reading that a kind of rule is held against; None for one that leaves none open."""
    readings = {
        RuleKind.CROSSING_LENGTH: reading.crossing.value,
        RuleKind.LINE_LENGTH: reading.length.value,
        RuleKind.GREEN_AREA: reading.green.value,
    }
    return readings.get(kind)

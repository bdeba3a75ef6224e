"""What a place asks of a line: tiers tried in order, each with its conditions."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from neixiang_survey_plugin.core.calendar.counting import Count
from neixiang_survey_plugin.core.obligations import SupervisionRules


class Way(Enum):
    """How a line may be started, from the mildest to the strictest, then what is no way."""

    EXEMPT = "exempt"
    FILING = "filing"
    COMMITMENT = "commitment"
    JOINT = "joint"
    JOINT_GOVERNMENT = "joint_government"
    UNDETERMINED = "undetermined"  # a fact that is not known could change the way
    OUTSIDE = "outside_policy"  # the policy does not serve this kind of applicant


class RuleKind(Enum):
    """The kinds of condition that a policy file may name; each has one check in the code."""

    CROSSING_LENGTH = "crossing_length"
    LINE_LENGTH = "line_length"
    GREEN_AREA = "green_area"
    ROAD_CLASS = "road_class"
    ROAD_PROTECTION = "road_protection"
    UNIT_SUSPENSION = "unit_suspension"
    UTILITY = "utility"
    VOLTAGE = "voltage"
    POWER = "power"
    DIAMETER = "diameter"
    DUCT_HOLES = "duct_holes"
    TRENCH_WIDTH = "trench_width"
    CARRIAGEWAY_SIDE = "carriageway_side"
    DUG_LENGTH = "dug_length"


# What is measured only where a policy asks for it.
ASKED_KINDS = frozenset({RuleKind.CARRIAGEWAY_SIDE, RuleKind.DUG_LENGTH})


class Counted(Enum):
    """What ground a rule on dug metres counts; where roads and green overlap, each place once."""

    ROADS = "roads"
    GREENS = "greens"
    ALL = "all"


class CrossingReading(Enum):
    """What the crossing limit is held against."""

    ACROSS = "across"
    ACROSS_EACH = "across_each"
    INSIDE = "inside"


class LengthReading(Enum):
    """Whose lines the length limit adds up."""

    UTILITY = "utility"
    APPLICATION = "application"


class GreenReading(Enum):
    """Which width the green limit counts."""

    WORKING_STRIP = "working_strip"
    TRENCH = "trench"


@dataclass(frozen=True)
class Reading:
    """What exactly the three limits measure, where the text leaves it open."""

    crossing: CrossingReading = CrossingReading.ACROSS
    length: LengthReading = LengthReading.UTILITY
    green: GreenReading = GreenReading.WORKING_STRIP


@dataclass(frozen=True)
class Rule:
    """One condition with its figures, where it is written and how sure that is.

    ``limit`` (in ``unit``) belongs to the kinds with a figure, ``road_classes`` to road_class,
    ``delivered_years`` and ``overhauled_years`` to road_protection, ``suspended_months`` to
    unit_suspension, ``utilities`` to utility, ``counts`` to dug_length. A figure that is its limit
    passes where the limit is ``included`` (以内、不超过), and fails where it is not (小于). A rule
    that is ``only_for`` some utilities asks nothing of the others' lines. ``passing`` and
    ``failing`` are the worked examples of the file.
    """

    rule_id: str
    kind: RuleKind
    text: str
    clause: str
    source: str
    confidence: str
    unit: str | None = None
    limit: float | None = None
    road_classes: frozenset[str] = frozenset()
    delivered_years: int | None = None
    overhauled_years: int | None = None
    suspended_months: int | None = None
    utilities: frozenset[str] = frozenset()
    counts: frozenset[Counted] = frozenset()
    included: bool = True
    only_for: frozenset[str] = frozenset()
    passing: Mapping[str, object] = field(default_factory=dict)
    failing: Mapping[str, object] = field(default_factory=dict)

    @property
    def has_weak_figure(self) -> bool:
        """Whether it has a limit that nobody should rely on before it was confirmed."""
        return self.limit is not None and needs_confirmation(self.confidence)


def needs_confirmation(confidence: str) -> bool:
    """Whether somebody has to hold a figure against its document before relying on it."""
    return confidence not in ("A", "B")


@dataclass(frozen=True)
class Tier:
    """One way with the conditions that open it and the kinds of applicant it serves.

    ``rules`` must pass; ``broken_rules`` must fail: what leads to the county government is not
    open to a line that touches no protected road. ``applicants_by_switch`` are served where the
    county says so. ``clock`` names the promise, ``form`` the document.
    """

    way: Way
    clause: str
    clock: str
    form: str
    rules: tuple[Rule, ...]
    applicants: frozenset[str]
    broken_rules: tuple[Rule, ...] = ()
    applicants_by_switch: frozenset[str] = frozenset()


class CaseEvent(Enum):
    """What happens in the life of a case that starts or stops a clock."""

    COMPLETE_SUBMISSION = "complete_submission"  # the last department has the papers
    LAST_DECISION = "last_decision"
    AGREED_ACCESS = "agreed_access_at"  # the moment that the applicant and the units agreed on
    ACCESS_DONE = "access_done_at"
    DIG_BEGUN = "dig_begun"  # an emergency repair, dug before any paper


@dataclass(frozen=True)
class Clock:
    """One promise of time: from which event to which, how much, and how that is counted.

    ``working_days`` (or ``hours`` on the wall clock) is None where nothing is promised. Each of
    ``counts`` is a reading of its own: where the text can be counted in two ways, both are.
    The clock runs on the ways named in ``ways``, on every way where none is named.
    """

    clock_id: str
    text: str
    clause: str
    working_days: float | None = None
    hours: float | None = None
    start: CaseEvent | None = None
    stop: CaseEvent | None = None
    counts: tuple[Count, ...] = ()
    ways: frozenset[Way] = frozenset()
    source: str = ""
    confidence: str = ""


@dataclass(frozen=True)
class NoSplit:
    """When several lines count as one: applied for within so many days of each other.

    Lines of different sites nearer than ``suspected_within_m`` that would break a limit
    together are a warning, never a verdict.
    """

    days: int
    suspected_within_m: float
    clause: str
    source: str
    confidence: str


@dataclass(frozen=True)
class Policy:
    """A policy file: the rules of one place from one day to another, both included.

    A day that is None is open: nobody knows of rules before, or after. ``in_force_source`` says
    where the days stand, ``in_force_confidence`` how sure they are. ``earlier`` are the rules that
    were in force before; their rules and clocks bear names of their own
    (``yichuan_2022/line_length``), so that a finding says which version it is of.
    """

    policy_id: str
    title: str
    document: str
    place: str
    in_force_from: date | None
    in_force_until: date | None
    applicants_clause: str
    reading: Reading
    no_split: NoSplit
    tiers: tuple[Tier, ...]
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    supervision: SupervisionRules | None = None
    unknown_width_reach_m: float = 50.0
    unknown_pit_reach_m: float = 40.0
    in_force_source: str = ""
    in_force_confidence: str = ""
    earlier: tuple[Policy, ...] = ()

    @functools.cached_property
    def is_dated(self) -> bool:
        """Whether the day of an application may matter."""
        return bool(self.earlier or self.in_force_from or self.in_force_until)

    def on(self, day: date) -> Policy | None:
        """The rules of a day: these, or those that were in force before; None where none were."""
        for version in (self, *self.earlier):
            begin, end = version.in_force_from, version.in_force_until
            if (begin is None or begin <= day) and (end is None or day <= end):
                return version
        return None

    @functools.cached_property
    def known_rules(self) -> tuple[Rule, ...]:
        """Every rule that a finding may name, those of earlier days too."""
        return tuple(rule for version in (self, *self.earlier) for rule in version.rules)

    @functools.cached_property
    def known_clocks(self) -> Mapping[str, Clock]:
        """Every clock that a tier may name, those of earlier days too."""
        return {
            name: clock
            for version in (*self.earlier, self)
            for name, clock in version.clocks.items()
        }

    def named(self, policy_id: str) -> Policy:
        """The version of that name, the latest where none of the earlier ones has it."""
        return next((one for one in self.earlier if one.policy_id == policy_id), self)

    def tier_of(self, way: Way, policy_id: str) -> Tier | None:
        """The tier of a way in the version of that name; None where it has no such way."""
        return next((tier for tier in self.named(policy_id).tiers if tier.way is way), None)

    @functools.cached_property
    def rules_by_kind(self) -> Mapping[RuleKind, tuple[Rule, ...]]:
        """The rules of each kind."""
        return {kind: tuple(one for one in self.rules if one.kind is kind) for kind in RuleKind}

    @functools.cached_property
    def asks_more(self) -> bool:
        """Whether a rule asks for something that is not measured for every policy."""
        return any(rule.kind in ASKED_KINDS for rule in self.rules)

    @functools.cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule of every tier, each once, in the order of the file."""
        named = (rule for tier in self.tiers for rule in tier.rules + tier.broken_rules)
        return tuple({rule.rule_id: rule for rule in named}.values())

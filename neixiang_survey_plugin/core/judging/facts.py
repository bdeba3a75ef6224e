"""What the lines that are judged as one amount to together."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from datetime import date

from neixiang_survey_plugin.core.county import Suspension, Switches, Unit
from neixiang_survey_plugin.core.judging.taping import Taping
from neixiang_survey_plugin.core.measuring.measures import (
    Amount,
    Crossing,
    Figure,
    RouteMeasures,
    Touch,
    Unknown,
    summed,
)
from neixiang_survey_plugin.core.policy import CrossingReading, GreenReading, Rule, RuleKind
from neixiang_survey_plugin.core.routes import Route


@dataclass(frozen=True)
class Register:
    """What is on record about units, what the county decided, and what was taped on site."""

    units: tuple[Unit, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    switches: Switches = field(default_factory=Switches)
    taping: Taping = field(default_factory=Taping)


@dataclass(frozen=True)
class GroupFacts:
    """Lines of one utility that are judged as one, with their measures in the same order.

    ``application_length`` is the length of all utilities' lines of the application;
    ``application_ids`` are those lines. ``on`` is the day for lines without a planned one.
    ``road_accuracy_m`` and ``green_accuracy_m`` are the layers' position accuracies.
    ``touches`` are every line with every road that it touches, ``doubtful_touches`` with every
    road that it may touch and what would have to be known, ``crossings`` those of every line.
    """

    routes: tuple[Route, ...]
    measures: tuple[RouteMeasures, ...]
    application_length: Amount
    application_ids: tuple[str, ...]
    on: date
    register: Register = field(default_factory=Register)
    road_accuracy_m: float = 0.0
    green_accuracy_m: float = 0.0

    route_ids: tuple[str, ...] = field(init=False, repr=False, compare=False)
    touches: tuple[tuple[Route, Touch], ...] = field(init=False, repr=False, compare=False)
    doubtful_touches: tuple[tuple[Route, Touch, Unknown], ...] = field(
        init=False, repr=False, compare=False
    )
    crossings: tuple[Crossing, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Gather what every rule asks for: here once, a cached property each costs twice that."""
        lines = tuple(zip(self.routes, [one.roads for one in self.measures], strict=True))
        doubtful = [
            (route, touch, unknown)
            for route, roads in lines
            for unknown, touches in (
                (Unknown.ROAD_WITHOUT_WIDTH, roads.unmeasured),
                (Unknown.NO_PIT_SIZE, roads.beside_pits),
            )
            for touch in touches
        ]
        keep = object.__setattr__  # the only way into a frozen value
        keep(self, "route_ids", tuple([route.route_id for route, _ in lines]))
        keep(self, "touches", tuple([(one, t) for one, roads in lines for t in roads.touches]))
        keep(self, "doubtful_touches", tuple(doubtful))
        keep(self, "crossings", tuple([one for _, roads in lines for one in roads.crossings]))

    @functools.cached_property
    def applicant_kinds(self) -> frozenset[str | None]:
        """The kinds of applicant of the lines; None for one that is not known."""
        return frozenset(route.applicant_kind for route in self.routes)

    @functools.cached_property
    def length(self) -> Amount:
        """Length of the lines together."""
        return Amount.exactly(sum(measure.length_m for measure in self.measures))

    def crossing(self, reading: CrossingReading) -> Amount:
        """Metres of road crossing under a reading."""
        if reading is CrossingReading.INSIDE:
            return summed([measure.roads.inside for measure in self.measures])
        if reading is CrossingReading.ACROSS:
            return summed([measure.roads.across for measure in self.measures])
        each = [measure.roads.across_each for measure in self.measures]
        return functools.reduce(Amount.largest, each)

    def asked(self, rule: Rule) -> list[Figure]:
        """What a rule of a kind that few policies have asks of each line."""
        found = [
            one.asked.one_side
            if rule.kind is RuleKind.CARRIAGEWAY_SIDE
            else one.asked.dug.get(rule.counts)
            for one in self.measures
        ]
        return [one for one in found if one is not None]

    def green(self, reading: GreenReading) -> Amount:
        """Square metres of green space under a reading."""
        if reading is GreenReading.WORKING_STRIP:
            return summed([measure.green.strip for measure in self.measures])
        return summed([measure.green.trench for measure in self.measures])

    def day_of(self, route: Route) -> date:
        """The day that counts for a line."""
        return route.planned_on or self.on

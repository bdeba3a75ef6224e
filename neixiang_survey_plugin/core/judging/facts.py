"""What the lines that are judged as one amount to together."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from datetime import date

from neixiang_survey_plugin.core.county import Suspension, Switches, Unit
from neixiang_survey_plugin.core.judging.taping import Taping
from neixiang_survey_plugin.core.measuring.measures import (
    NOTHING,
    Amount,
    Crossing,
    RouteMeasures,
    Touch,
    Unknown,
    summed,
)
from neixiang_survey_plugin.core.policy import CrossingReading, GreenReading
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
    """

    routes: tuple[Route, ...]
    measures: tuple[RouteMeasures, ...]
    application_length: Amount
    application_ids: tuple[str, ...]
    on: date
    register: Register = field(default_factory=Register)
    road_accuracy_m: float = 0.0
    green_accuracy_m: float = 0.0

    @functools.cached_property
    def applicant_kinds(self) -> frozenset[str | None]:
        """The kinds of applicant of the lines; None for one that is not known."""
        return frozenset(route.applicant_kind for route in self.routes)

    @functools.cached_property
    def route_ids(self) -> tuple[str, ...]:
        """The identifiers of the lines."""
        return tuple(route.route_id for route in self.routes)

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
        return each[0] if len(each) == 1 else functools.reduce(Amount.largest, each, NOTHING)

    def green(self, reading: GreenReading) -> Amount:
        """Square metres of green space under a reading."""
        if reading is GreenReading.WORKING_STRIP:
            return summed([measure.green.strip for measure in self.measures])
        return summed([measure.green.trench for measure in self.measures])

    def day_of(self, route: Route) -> date:
        """The day that counts for a line."""
        return route.planned_on or self.on

    @functools.cached_property
    def touches(self) -> tuple[tuple[Route, Touch], ...]:
        """Every line with every road that it touches."""
        return tuple(
            (route, touch)
            for route, measure in zip(self.routes, self.measures, strict=True)
            for touch in measure.roads.touches
        )

    @functools.cached_property
    def doubtful_touches(self) -> tuple[tuple[Route, Touch, Unknown], ...]:
        """Every line with every road that it may touch, and what would have to be known."""
        return tuple(
            (route, touch, unknown)
            for route, measure in zip(self.routes, self.measures, strict=True)
            for unknown, touches in (
                (Unknown.ROAD_WITHOUT_WIDTH, measure.roads.unmeasured),
                (Unknown.NO_PIT_SIZE, measure.roads.beside_pits),
            )
            for touch in touches
        )

    @functools.cached_property
    def crossings(self) -> tuple[Crossing, ...]:
        """Every crossing of every line."""
        return tuple(crossing for measure in self.measures for crossing in measure.roads.crossings)

"""What a check found: facts and figures, no sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.measuring.measures import Placed, Point, Reason
from neixiang_survey_plugin.core.policy import Reading, Tier, Way


class Outcome(Enum):
    """What a condition came to."""

    PASS = "pass"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RoadRemark:
    """A road that a finding rests on, and until when it is protected, where that matters."""

    road_id: str
    name: str | None
    road_class: str | None
    protected_until: date | None = None
    place: Placed | None = None

    @property
    def at(self) -> Point | None:
        """A place on the road."""
        return None if self.place is None else self.place.at


class Finding(NamedTuple):
    """One rule held against the lines that are judged together.

    ``measured`` and ``limit`` are in ``unit`` (m, m2, or a count of roads or units against
    none), ``margin`` the room that is left, negative beyond the limit. ``at_least`` is the known
    part of an unknown figure. ``uncertainty`` is the layer's accuracy carried into the figure,
    None where it has no part in it. ``borderline``: the outcome changes within that accuracy.
    ``day_decides``: on another of the days in question the outcome is another. ``confirmed`` are
    the facts from the site that it rests on. Not ``is_asked``: the rule is for other utilities.
    """

    rule: str
    clause: str
    outcome: Outcome
    unit: str
    limit: float | None
    measured: float | None
    scope: str
    route_ids: tuple[str, ...]
    place: Placed | None = None
    at_least: float | None = None
    uncertainty: float | None = None
    borderline: bool = False
    day_decides: bool = False
    reading: str | None = None
    roads: tuple[RoadRemark, ...] = ()
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    confirmed: tuple[ConfirmedFact, ...] = ()
    is_asked: bool = True

    @property
    def at(self) -> Point | None:
        """Where on the map, in the county grid."""
        return None if self.place is None else self.place.at

    @property
    def margin(self) -> float | None:
        """Limit less measured; None where either is missing."""
        if self.measured is None or self.limit is None:
            return None
        return self.limit - self.measured


class OtherReading(NamedTuple):
    """The way under one other reading of one of the three limits."""

    dimension: str
    value: str
    way: Way


@dataclass(frozen=True, slots=True)
class Verdict:
    """The way of the lines that are judged together, and what it rests on.

    ``policy_id`` names the rules that they were judged by.
    """

    way: Way
    tier: Tier | None
    reading: Reading
    findings: tuple[Finding, ...]
    other_readings: tuple[OtherReading, ...]
    policy_id: str = ""

    @property
    def reading_decides(self) -> bool:
        """Whether another reading of the text would give another way."""
        return any(other.way is not self.way for other in self.other_readings)

"""What was measured of one route, with what could not be known."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import NamedTuple, Protocol

import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.places import place_within
from neixiang_survey_plugin.core.measuring.polylines import Polylines
from neixiang_survey_plugin.core.policy import Counted

Point = tuple[float, float]


class Placed(Protocol):
    """Something with a place on the map, in the county grid, worked out when asked for."""

    @property
    def at(self) -> Point:
        """East and north in metres."""


class Grounded(Protocol):
    """Lines with the ground that each takes, in the county grid, drawn when asked for."""

    @property
    def ground(self) -> Geometries:
        """The ground of each line."""


class Amount(NamedTuple):
    """A figure between what is certain and what is possible, in metres or square metres.

    ``value`` is None where it is unknown; ``at_least`` is certain, ``at_most`` infinite where
    nothing bounds it. A figure that is known for certain has all three alike.
    """

    value: float | None
    at_least: float
    at_most: float

    @classmethod
    def exactly(cls, value: float) -> Amount:
        """A figure that is known for certain."""
        return cls(value, value, value)

    @classmethod
    def unknown(cls, at_least: float = 0.0, at_most: float = math.inf) -> Amount:
        """A figure that is not known, within its bounds."""
        return cls(None, at_least, at_most)

    def plus(self, other: Amount) -> Amount:
        """The sum, unknown where either is."""
        unknown = self.value is None or other.value is None
        value = None if unknown else (self.value or 0.0) + (other.value or 0.0)
        return Amount(value, self.at_least + other.at_least, self.at_most + other.at_most)

    def largest(self, other: Amount) -> Amount:
        """The larger of two figures, unknown where either is."""
        unknown = self.value is None or other.value is None
        value = None if unknown else max(self.value or 0.0, other.value or 0.0)
        bounds = max(self.at_least, other.at_least), max(self.at_most, other.at_most)
        return Amount(value, *bounds)


NOTHING = Amount.exactly(0.0)


def summed(amounts: Iterable[Amount]) -> Amount:
    """The sum of figures; zero of none."""
    return functools.reduce(Amount.plus, [*amounts] or [NOTHING])


class Unknown(Enum):
    """Why a figure or a fact is not known."""

    NO_ROAD_LAYER = "no_road_layer"
    OUTSIDE_ROAD_COVERAGE = "outside_road_coverage"
    ROAD_WITHOUT_WIDTH = "road_without_width"
    NO_WORKING_WIDTH = "no_working_width"
    NO_TRENCH_WIDTH = "no_trench_width"
    NO_PIT_SIZE = "no_pit_size"
    NO_GREEN_LAYER = "no_green_layer"
    OUTSIDE_GREEN_COVERAGE = "outside_green_coverage"
    ROAD_CLASS_MISSING = "road_class_missing"
    DELIVERED_ON_MISSING = "delivered_on_missing"
    OVERHAULED_ON_MISSING = "overhauled_on_missing"
    UNIT_MISSING = "unit_missing"
    APPLICANT_KIND_MISSING = "applicant_kind_missing"
    VOLTAGE_MISSING = "voltage_missing"
    POWER_MISSING = "power_missing"
    DIAMETER_MISSING = "diameter_missing"
    DUCT_HOLES_MISSING = "duct_holes_missing"
    NO_SURFACE_LAYER = "no_surface_layer"
    SURFACE_MISSING = "surface_missing"
    CARRIAGEWAY_UNDIVIDED = "carriageway_undivided"
    TAPED_OTHERWISE = "taped_otherwise"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is not known, and the objects that it concerns."""

    unknown: Unknown
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoadFacts:
    """What the register says of one road; None is unknown."""

    road_id: str
    name: str | None
    road_class: str | None
    delivered_on: date | None
    overhauled_on: date | None


class Crossing(NamedTuple):
    """One continuous stretch of a route inside one road, metres on the ellipsoid.

    ``lines`` and ``line`` say whose stretch it is; ``road_width_m`` is planar. ``drift`` is how
    many metres longer it gets when the road grows by one metre, ``blurred_m`` at most how many
    metres of the line lie within the layer's accuracy of the road's boundary. ``taped_m`` is what
    somebody taped of the only stretch of the line in that road, which totals count instead.
    """

    road: RoadFacts
    road_width_m: float
    kind: str
    from_m: float
    to_m: float
    angle_deg: float | None
    drift: float
    blurred_m: float
    lines: Polylines
    line: int
    taped_m: float | None = None

    @property
    def at(self) -> Point:
        """The middle of the stretch in the county grid."""
        return self.lines.point_at(self.line, 0.5 * (self.from_m + self.to_m))

    @property
    def counts(self) -> bool:
        """Whether the road is one that totals count: not a lane of class ``other``."""
        return self.road.road_class != "other"

    @property
    def length_m(self) -> float:
        """Metres of the route inside the road."""
        return self.to_m - self.from_m


class Touch(NamedTuple):
    """A road that a route touches, or nearly.

    ``crossing`` is a stretch of the route inside the road where there is one. ``area`` is the part
    of the road, in the county grid; ``laid`` and ``line`` say whose ground touches it.
    """

    road: RoadFacts
    crossing: Crossing | None
    area: Geometry
    laid: Grounded
    line: int

    @property
    def at(self) -> Point:
        """A place on the road, found when asked for: few touches are ever shown."""
        if self.crossing is not None:
            return self.crossing.at
        nearest = shapely.get_coordinates(
            shapely.shortest_line(self.area, self.laid.ground[self.line])
        )[0]
        return float(nearest[0]), float(nearest[1])


@dataclass(frozen=True, slots=True)
class Occupation:
    """The ground that a route takes of one green space, on the ellipsoid.

    ``patch`` is the largest piece of it in the county grid.
    """

    green_id: str
    area_m2: float
    patch: Geometry

    @property
    def at(self) -> Point:
        """A place within the largest part of the patch, found when asked for."""
        return place_within(self.patch)


@dataclass(frozen=True, slots=True)
class RoadMeasures:
    """A route and the roads: its crossings, their totals and every road that it touches.

    ``across`` is the union of all across and into stretches, ``across_each`` the longest of
    them, ``inside`` the union of all. ``near`` are roads that are not touched but lie within the
    layer's accuracy, ``unmeasured`` roads without a width that may reach the route,
    ``beside_pits`` roads that a pit of unknown size may reach, ``pits_unknown``
    whether there is such a pit. Roads of
    class ``other`` are listed and not counted. ``blurred_m``: at most how many
    metres of the centre line lie within the layer's accuracy of a road's boundary. ``reasons``
    say why totals are unknown, ``touch_reasons`` why roads may be touched that nobody can name.
    """

    crossings: tuple[Crossing, ...]
    across: Amount
    across_each: Amount
    inside: Amount
    touches: tuple[Touch, ...]
    near: tuple[Touch, ...]
    blurred_m: float = 0.0
    unmeasured: tuple[Touch, ...] = ()
    beside_pits: tuple[Touch, ...] = ()
    pits_unknown: bool = False
    reasons: tuple[Reason, ...] = ()
    touch_reasons: tuple[Reason, ...] = ()

    @property
    def along(self) -> Amount:
        """What lies inside and is no crossing."""
        if self.inside.value is None or self.across.value is None:
            return Amount.unknown()
        return Amount.exactly(max(self.inside.value - self.across.value, 0.0))


@dataclass(frozen=True, slots=True)
class GreenMeasures:
    """A route and the green spaces: its patches and their total for strip and trench.

    ``pieces`` counts the pieces of all patches, ``outline_m`` is their outline, ``edge_m`` about
    how much of it is the layer's edge and not the strip's side; ``near`` whether more green
    space lies within the layer's accuracy: what an error of the layer could change.
    """

    occupations: tuple[Occupation, ...]
    strip: Amount
    trench: Amount
    pieces: int = 0
    outline_m: float = 0.0
    edge_m: float = 0.0
    near: bool = False
    strip_reasons: tuple[Reason, ...] = ()
    trench_reasons: tuple[Reason, ...] = ()


class Spot(NamedTuple):
    """A place on the map, in the county grid."""

    at: Point


@dataclass(frozen=True, slots=True)
class Figure:
    """What only some policies ask for: metres, and what they are on a layer grown and shrunk.

    The layers are grown and shrunk by their accuracy. ``place`` is where the longest part lies.
    """

    amount: Amount
    grown: Amount
    shrunk: Amount
    reasons: tuple[Reason, ...] = ()
    place: Placed | None = None


@dataclass(frozen=True, slots=True)
class AskedMeasures:
    """What the policy asks for beyond the usual; empty where it asks for nothing.

    ``one_side`` is the longest stretch within one side of a carriageway, ``dug`` the metres dug
    open in the kinds of ground that a rule counts.
    """

    one_side: Figure | None = None
    dug: Mapping[frozenset[Counted], Figure] = field(default_factory=dict)


NOTHING_ASKED = AskedMeasures()


@dataclass(frozen=True, slots=True)
class RouteMeasures:
    """Everything measured of one route; ``length_m`` on the ellipsoid, ``grid_length_m`` kept.

    ``line`` is its centre line in the county grid, ``rivers`` the control areas of rivers that it
    meets, None where the county has no such layer. ``untaped`` is what the layers alone say, where
    somebody taped something else. ``asked`` is what this county's policy asks for besides.
    ``laid`` is how a route that was measured alone was laid, to measure it again.
    """

    length_m: float
    grid_length_m: float
    line: LineString
    roads: RoadMeasures
    green: GreenMeasures
    rivers: tuple[str, ...] | None = None
    untaped: RouteMeasures | None = None
    asked: AskedMeasures = NOTHING_ASKED
    laid: Grounded | None = field(default=None, repr=False, compare=False)

    @property
    def at(self) -> Point:
        """Where a finding on the whole route points: its end."""
        return self.end

    @property
    def end(self) -> Point:
        """The last point of the route."""
        east_m, north_m = shapely.get_coordinates(self.line)[-1]
        return float(east_m), float(north_m)

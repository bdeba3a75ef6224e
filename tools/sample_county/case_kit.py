"""How a case is built: a place at a street, a course drawn there, what it must give and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from shapely import LineString, Point, Polygon

from sample_county.place import Point2
from sample_county.roads import RoadFact
from sample_county.truth import grid_factor

Value = str | float | date | None
USUAL_DAY = date(2026, 9, 15)
# Across a street up to 24 m wide, from a site on one side; metres along and across.
SOUTHWARD: tuple[Point2, ...] = ((0, 31), (0, -12))
NORTHWARD: tuple[Point2, ...] = ((0, -31), (0, 12))


@dataclass(frozen=True)
class Spot:
    """A place at a street: u metres along its axis from here, v metres to the left of it."""

    at: Point2
    along: Point2 = (1.0, 0.0)

    def xy(self, u: float, v: float) -> Point2:
        """Town metres of a place given along and across the street."""
        (x, y), (tx, ty) = self.at, self.along
        return (x + u * tx - v * ty, y + u * ty + v * tx)

    def rectangle(self, u0: float, u1: float, v0: float, v1: float) -> Polygon:
        """A rectangle between two distances along and two across the street."""
        corners = [(u0, v0), (u1, v0), (u1, v1), (u0, v1)]
        return Polygon([self.xy(u, v) for u, v in corners])


def row_at(x: float, y: float) -> Spot:
    """A place at a street that runs east: v is metres to the north."""
    return Spot((x, y))


def column_at(x: float, y: float) -> Spot:
    """A place at a street that runs north: v is metres to the west."""
    return Spot((x, y), (0.0, 1.0))


def street_spot(axis: LineString, near: Point2) -> Spot:
    """The place of a slanting or curved street nearest to a point."""
    station = axis.project(Point(near))
    here, ahead = axis.interpolate(station), axis.interpolate(station + 1.0)
    return Spot((here.x, here.y), (ahead.x - here.x, ahead.y - here.y))


def road_fact(street: str, spot: Spot, **facts: object) -> tuple[RoadFact, ...]:
    """What a case needs of the section of a street at a spot."""
    return (RoadFact(street, spot.at, facts),)


@dataclass(frozen=True)
class CaseRoute:
    """One line of a case, with what the program must find and the reason.

    ``outcomes`` are the rules that fail or stay unknown, such as ``crossing_length:fail``;
    ``unknown`` names the figures that must be null. ``fields`` lay over the usual ones.
    """

    case_id: str
    route_id: str
    utility: str
    line: LineString
    site_id: str
    shows: str
    verdict: str
    why: str
    outcomes: tuple[str, ...] = ()
    unknown: frozenset[str] = frozenset()
    planned_on: date = USUAL_DAY
    fields: dict[str, Value] = field(default_factory=dict)

    @property
    def applied_on(self) -> date:
        """The day given, else some weeks before the works."""
        given = self.fields.get("applied_on")
        return given if isinstance(given, date) else self.planned_on - timedelta(days=26)


@dataclass(frozen=True)
class Case:
    """The lines of one case with the site, roads and green spaces that it needs."""

    routes: tuple[CaseRoute, ...]
    site: Polygon
    roads: tuple[RoadFact, ...] = ()
    greens: tuple[Polygon, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A case with one line as its author writes it; ``build`` gives it its numbers."""

    utility: str
    spot: Spot
    course: Sequence[Point2]
    shows: str
    verdict: str
    why: str
    outcomes: tuple[str, ...] = ()
    unknown: frozenset[str] = frozenset()
    planned_on: date = USUAL_DAY
    fields: dict[str, Value] = field(default_factory=dict)
    roads: tuple[RoadFact, ...] = ()
    greens: tuple[tuple[float, float, float, float], ...] = ()
    exact_length_m: float | None = None
    site_half_m: float = 19.0

    def build(self, number: int) -> Case:
        """The case with its route, the site round the line's first point, and its greens."""
        line = LineString([self.spot.xy(u, v) for u, v in self.course])
        if self.exact_length_m is not None:
            line = with_length(line, self.exact_length_m)
        route = CaseRoute(
            f"C{number:02d}", f"C{number:02d}-{self.utility}", self.utility, line, f"Z{number:03d}",
            self.shows, self.verdict, self.why, self.outcomes, self.unknown, self.planned_on,
            self.fields,
        )  # fmt: skip
        greens = tuple(self.spot.rectangle(*sides) for sides in self.greens)
        return Case((route,), self._site(), self.roads, greens)

    def _site(self) -> Polygon:
        """A plot round the first point, its near edge 6 m before it."""
        (u, v), (_, towards) = self.course[0], self.course[-1]
        out = 1.0 if v >= towards else -1.0
        half = self.site_half_m
        return self.spot.rectangle(u - half, u + half, v - 6.0 * out, v + 34.0 * out)


def with_length(line: LineString, length_m: float) -> LineString:
    """The line with its first point moved along the first stretch to an exact true length.

    The length on the ellipsoid is the sum of grid length over scale factor at each stretch's
    midpoint. The factor hardly changes over the move: three rounds reach the last bit.
    """
    points = [(float(x), float(y)) for x, y in line.coords]
    for _ in range(3):
        excess = true_length(points) - length_m
        (x0, y0), (x1, y1) = points[0], points[1]
        first = LineString(points[:2]).length
        keep = 1.0 - excess * grid_factor(points[0], points[1]) / first
        if keep <= 0.0:
            raise ValueError(f"the first stretch is too short to give {length_m} m")
        points[0] = (x1 + (x0 - x1) * keep, y1 + (y0 - y1) * keep)
    return LineString(points)


def true_length(points: Sequence[Point2]) -> float:
    """Metres on the ellipsoid, stretch by stretch."""
    return sum(LineString([a, b]).length / grid_factor(a, b) for a, b in pairwise(points))

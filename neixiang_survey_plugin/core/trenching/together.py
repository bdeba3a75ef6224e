"""Which routes belong together: side by side, across one road, or in each other's way."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np
import shapely

from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictKind
from neixiang_survey_plugin.core.measuring.measures import Point, RouteMeasures
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.rules import Together

# A route with more neighbours than this is one of a crowd that nobody brings into one trench.
MOST_NEAR = 20
_BESIDE = (ConflictKind.HORIZONTAL, ConflictKind.OVERLAP, ConflictKind.STACKED)


class TieKind(Enum):
    """Why two routes belong together."""

    PARALLEL = "parallel"
    SAME_ROAD = "same_road"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Tie:
    """Two routes, as rows, that belong together.

    ``metres`` is how far they run side by side, or how far apart they cross ``road_id``; planar.
    """

    one: int
    other: int
    kind: TieKind
    metres: float
    road_id: str | None = None


@dataclass(frozen=True, slots=True)
class Ties:
    """All ties, and the rows of routes in a crowd, which were left out."""

    ties: tuple[Tie, ...]
    crowded: tuple[int, ...]


def find_ties(
    routes: Sequence[Route],
    measures: Sequence[RouteMeasures],
    conflicts: Iterable[Conflict],
    settings: Together,
    pause: Callable[[], None] = lambda: None,
) -> Ties:
    """Every two routes that belong together and whose works can be done as one.

    ``pause`` is called between any two; what it raises ends the search.
    """
    crowded = _crowded(routes, settings)
    found = [
        *_parallel(routes, settings, crowded, pause),
        *_same_road(measures, settings, crowded),
        *_conflicting(routes, conflicts, crowded),
    ]
    return Ties(
        tuple(tie for tie in found if _in_time(routes[tie.one], routes[tie.other], settings)),
        tuple(sorted(crowded)),
    )


def window_of(route: Route) -> tuple[date, date] | None:
    """The days of a route's works; None where nobody planned them."""
    begin = route.works_from or route.planned_on or route.works_to
    end = route.works_to or route.planned_on or route.works_from
    return None if begin is None or end is None else (min(begin, end), max(begin, end))


def days_apart(one: Route, other: Route) -> int | None:
    """How many days lie between two works, 0 where they overlap; None where one is not known."""
    own, others = window_of(one), window_of(other)
    if own is None or others is None:
        return None
    return max((others[0] - own[1]).days, (own[0] - others[1]).days, 0)


def _in_time(one: Route, other: Route, settings: Together) -> bool:
    days = days_apart(one, other)
    return days is None or days <= settings.window_days


def _lines(routes: Sequence[Route]) -> np.ndarray:
    return np.array([route.line for route in routes], dtype=object)


def _crowded(routes: Sequence[Route], settings: Together) -> frozenset[int]:
    lines = _lines(routes)
    tree = shapely.STRtree(lines)
    return frozenset(
        row
        for row, line in enumerate(lines)
        if len(tree.query(line, "dwithin", settings.within_m)) > MOST_NEAR + 1
    )


def _parallel(
    routes: Sequence[Route],
    settings: Together,
    crowded: frozenset[int],
    pause: Callable[[], None],
) -> Iterable[Tie]:
    rows = [row for row in range(len(routes)) if row not in crowded]
    lines = _lines(routes)[rows]
    first, second = shapely.STRtree(lines).query(lines, "dwithin", settings.within_m)
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        if a < b:
            pause()
            along_m = _beside_m(lines[a], lines[b], settings.within_m)
            if along_m >= settings.along_m:
                yield Tie(rows[a], rows[b], TieKind.PARALLEL, along_m)


def _beside_m(one: shapely.LineString, other: shapely.LineString, within_m: float) -> float:
    """The metres of the one that lie near the other; the lesser of both ways round."""
    ways = ((one, other), (other, one))
    return min(
        float(shapely.length(shapely.intersection(a, shapely.buffer(b, within_m)))) for a, b in ways
    )


def _same_road(
    measures: Sequence[RouteMeasures], settings: Together, crowded: frozenset[int]
) -> Iterable[Tie]:
    places: dict[str, list[tuple[int, Point]]] = {}
    for row, measured in enumerate(measures):
        for crossing in () if row in crowded else measured.roads.crossings:
            if crossing.kind != "along" and crossing.counts:
                places.setdefault(crossing.road.road_id, []).append((row, crossing.at))
    for road_id, crossings in places.items():
        yield from _near_places(road_id, crossings, settings.same_road_m)


def _near_places(
    road_id: str, crossings: Sequence[tuple[int, Point]], within_m: float
) -> Iterable[Tie]:
    """One tie a pair of routes, at the nearest of their crossings of one road."""
    points = shapely.points([place for _, place in crossings])
    nearest: dict[tuple[int, int], float] = {}
    for a, b in zip(*shapely.STRtree(points).query(points, "dwithin", within_m), strict=True):
        one, other = sorted((crossings[a][0], crossings[b][0]))
        if one != other:
            apart_m = float(shapely.distance(points[a], points[b]))
            nearest[one, other] = min(nearest.get((one, other), apart_m), apart_m)
    for (one, other), apart_m in sorted(nearest.items()):
        yield Tie(one, other, TieKind.SAME_ROAD, apart_m, road_id)


def _conflicting(
    routes: Sequence[Route], conflicts: Iterable[Conflict], crowded: frozenset[int]
) -> Iterable[Tie]:
    rows = {route.route_id: row for row, route in enumerate(routes)}
    longest: dict[tuple[int, int], float] = {}
    for conflict in conflicts:
        if conflict.b_layer != "routes" or conflict.kind not in _BESIDE or conflict.a == conflict.b:
            continue
        one, other = sorted((rows[conflict.a], rows[conflict.b]))
        if crowded.isdisjoint((one, other)):
            along_m = conflict.to_m - conflict.from_m
            longest[one, other] = max(longest.get((one, other), 0.0), along_m)
    for (one, other), along_m in sorted(longest.items()):
        yield Tie(one, other, TieKind.CONFLICT, along_m)


def apart(ties: Ties, routes: Sequence[Route], agreed: Sequence[frozenset[str]]) -> Ties:
    """The ties without those between routes whose common works were agreed already."""

    def is_agreed(tie: Tie) -> bool:
        pair = {routes[tie.one].route_id, routes[tie.other].route_id}
        return any(pair <= group for group in agreed)

    return Ties(tuple(tie for tie in ties.ties if not is_agreed(tie)), ties.crowded)


def bundles(count: int, ties: Iterable[Tie]) -> tuple[tuple[int, ...], ...]:
    """Rows that hang together by ties, directly or through others; rows without a tie left out."""
    home: Mapping[int, set[int]] = {row: {row} for row in range(count)}
    sets = dict(home)
    for tie in ties:
        if sets[tie.one] is not sets[tie.other]:
            joined = sets[tie.one] | sets[tie.other]
            sets.update(dict.fromkeys(joined, joined))
    whole = {min(rows): tuple(sorted(rows)) for rows in sets.values() if len(rows) > 1}
    return tuple(rows for _, rows in sorted(whole.items()))


def ties_among(ties: Iterable[Tie], rows: Sequence[int]) -> tuple[Tie, ...]:
    """The ties between routes of one bundle."""
    pairs = set(itertools.combinations(sorted(rows), 2))
    return tuple(tie for tie in ties if (min(tie.one, tie.other), max(tie.one, tie.other)) in pairs)

"""Which roads cannot be judged: a short line is judged on every one of them, all else known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable, Geometries
from neixiang_survey_plugin.core.judging.findings import Outcome, Verdict
from neixiang_survey_plugin.core.measuring.measures import Unknown
from neixiang_survey_plugin.core.policy import Policy, RuleKind, Way
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.slices import in_slices

# Shorter and narrower than any limit: what is unknown then is the county's, not the line's.
_PROBE_M = 0.2
_LEAST_KV, _LEAST_KW = 0.2, 0.2
_USUAL = "water"
# Beside a window no more results at a time than Python's collector walks in 5 ms.
_AT_ONCE = 10  # roads, 2 ms; 20 at a time take up to a fifth less, but 4 ms
# The fact of a road that each kind of not knowing asks for.
FIELDS = {
    Unknown.ROAD_CLASS_MISSING: "road_class",
    Unknown.DELIVERED_ON_MISSING: "delivered_on",
    Unknown.OVERHAULED_ON_MISSING: "overhauled_on",
    Unknown.ROAD_WITHOUT_WIDTH: "width_m",
}
# What a county's own data leave open without naming a fact of a road.
_OF_LAYERS = frozenset(
    {
        Unknown.NO_ROAD_LAYER,
        Unknown.OUTSIDE_ROAD_COVERAGE,
        Unknown.NO_GREEN_LAYER,
        Unknown.OUTSIDE_GREEN_COVERAGE,
        Unknown.NO_SURFACE_LAYER,
        Unknown.SURFACE_MISSING,
        Unknown.CARRIAGEWAY_UNDIVIDED,
    }
)


@dataclass(frozen=True)
class Doubt:
    """One road on which a line cannot be judged, the metres of it, and what that hangs on.

    ``facts`` are (road, field) of this road or of one that lies over it; ``layers`` what else of
    the county's layers is not known there.
    """

    road_id: str
    road_m: float
    at: tuple[float, float]
    facts: tuple[tuple[str, str], ...]
    layers: tuple[Unknown, ...]


@dataclass(frozen=True)
class Probed:
    """How many roads were judged, their metres, and those in doubt."""

    roads: int
    road_m: float
    doubts: tuple[Doubt, ...]

    @property
    def doubtful_m(self) -> float:
        """Metres of the roads in doubt."""
        return sum(doubt.road_m for doubt in self.doubts)


def probe(
    county: County,
    on: date,
    tick: Callable[[int, int], None] | None = None,
    known: Checker | None = None,
) -> Probed:
    """Judge a line of 0.2 m on every road of a county by its policy, as any line is judged.

    Metres are half the outline of an area, the length of a line. What the line is, is known:
    of a utility that the policy is for, water where it does not ask, for a company, with its
    figures; so what is left open is left open by the layers. ``known`` is a checker of the same
    county: its indices serve again.
    """
    table = county.layers.get("roads")
    if table is None:
        return Probed(0, 0.0, ())
    places, metres = _places(table), _metres(table)
    checker = Checker(county, known)
    utility = _utility(county.policy.on(on) or county.policy)
    doubts: list[Doubt] = []
    for begin in range(0, len(table), _AT_ONCE):
        rows = range(begin, min(begin + _AT_ONCE, len(table)))
        results = checker.results([_line(table, row, places[row], utility) for row in rows], on)
        for row, result in zip(rows, results, strict=True):
            doubts += _doubts(str(table.ids[row]), metres[row], places[row], result.verdict)
        if checker.ground.roads is not None:
            checker.ground.roads.facts_made.clear()  # of every road: no line comes back to it
        if tick is not None:
            tick(rows.stop, len(table))
    return Probed(len(table), float(metres.sum()), tuple(doubts))


def _utility(policy: Policy) -> str:
    """Of a policy for power alone a water line would be outside, and nothing ever in doubt."""
    named = [rule.utilities for rule in policy.tiers[0].rules if rule.kind is RuleKind.UTILITY]
    served = frozenset.intersection(*named) if named else frozenset({_USUAL})
    return _USUAL if _USUAL in served else min(served, default=_USUAL)


def _line(table: FeatureTable, row: int, place: NDArray[np.float64], utility: str) -> Route:
    x, y = place.tolist()
    return Route(
        route_id=f"{row}",
        utility=utility,
        line=LineString([(x - _PROBE_M / 2, y), (x + _PROBE_M / 2, y)]),
        diameter_mm=100.0,
        voltage_kv=_LEAST_KV,
        power_kw=_LEAST_KW,
        duct_holes=1,
        trench_width_m=_PROBE_M,
        working_width_m=_PROBE_M,
        applicant_kind="company",
    )


def _doubts(
    road_id: str, road_m: float, place: NDArray[np.float64], verdict: Verdict
) -> Iterator[Doubt]:
    if verdict.way is not Way.UNDETERMINED:
        return
    open_findings = (one for one in verdict.findings if one.outcome is Outcome.UNKNOWN)
    reasons = [reason for finding in open_findings for reason in finding.reasons]
    facts = [(one, FIELDS[r.unknown]) for r in reasons if r.unknown in FIELDS for one in r.ids]
    layers = [reason.unknown for reason in reasons if reason.unknown in _OF_LAYERS]
    if facts or layers:
        at = (float(place[0]), float(place[1]))
        yield Doubt(
            road_id, float(road_m), at, tuple(dict.fromkeys(facts)), tuple(dict.fromkeys(layers))
        )


def _places(table: FeatureTable) -> NDArray[np.float64]:
    """A point on each road, of its largest part."""
    size = shapely.area(table.geometry) + shapely.length(table.geometry)
    order = np.lexsort((-size, table.feature))
    _, first = np.unique(table.feature[order], return_index=True)
    places: NDArray[np.float64] = in_slices(_on, table.geometry[order[first]])
    return places


def _on(parts: Geometries) -> NDArray[np.float64]:
    """A point on each part."""
    lines = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    points = np.asarray(shapely.point_on_surface(parts), dtype=object)
    points[lines] = shapely.line_interpolate_point(parts[lines], 0.5, normalized=True)
    found: NDArray[np.float64] = shapely.get_coordinates(points)
    return found


def _metres(table: FeatureTable) -> NDArray[np.float64]:
    length = shapely.length(table.geometry)
    areas = shapely.get_type_id(table.geometry) != shapely.GeometryType.LINESTRING
    length[areas] /= 2.0
    metres = np.bincount(table.feature, length, len(table))
    return metres.astype(np.float64)

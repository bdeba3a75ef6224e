"""What a packet's data show of a case, once for every format: lines, crossings, strips, green."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.results import CaseResult, RouteResult
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.measuring.ground import prepare_ground
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes, lay
from neixiang_survey_plugin.core.measuring.occupation import ellipsoidal_area_m2
from neixiang_survey_plugin.core.measuring.strips import stretch
from neixiang_survey_plugin.io.packet.names import names_of_objects, unit_names

Cell = str | float | None

# Line breaks and tabs, and what neither XML 1.0 nor UTF-8 can hold.
_NO_TEXT = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")


@dataclass(frozen=True)
class Feature:
    """One thing in the county grid: whose utility it shows, what it is called, its facts.

    A length or an area among the facts is on the ellipsoid; None is unknown.
    """

    geometry: BaseGeometry
    utility: str
    title: str
    facts: Mapping[str, Cell]


@dataclass(frozen=True)
class FeatureLayer:
    """Things of one kind; every one of them has the same facts."""

    name: str
    features: tuple[Feature, ...]


def shown_text(text: str) -> str:
    """A text in one line, without what no document can hold."""
    return _NO_TEXT.sub(" ", text)


def case_layers(
    case: CaseResult, conflicts: Sequence[Conflict], county: County
) -> tuple[FeatureLayer, ...]:
    """The layers of a case, in the order in which they are drawn; a layer may be empty."""
    laid = lay([one.route for one in case.routes], prepare_ground(county))
    utilities = {one.route.route_id: one.route.utility for one in case.routes}
    return (
        FeatureLayer("working_strips", tuple(_strips(case, laid, county))),
        FeatureLayer("green_patches", tuple(_patches(case, laid, county))),
        FeatureLayer("routes", tuple(_routes(case, county))),
        FeatureLayer("bores", tuple(_bores(case, laid))),
        FeatureLayer("crossings", tuple(_crossings(case))),
        FeatureLayer("conflicts", tuple(_conflicts(conflicts, utilities))),
    )


def _routes(case: CaseResult, county: County) -> Iterator[Feature]:
    for one in case.routes:
        route = one.route
        facts: dict[str, Cell] = {
            "route_id": shown_text(route.route_id),
            "utility": route.utility,
            "utility_name": wording.utility_words(route.utility),
            "case_id": None if route.case_id is None else shown_text(route.case_id),
            "unit_name": shown_text("、".join(unit_names([one], county))),
            "length_m": one.measures.length_m,
            "diameter_mm": route.diameter_mm,
            "laying_name": wording.laying_words(route.laying),
            "verdict": one.verdict.way.value,
            "way_name": wording.way_words(one.verdict.way),
        }
        yield _feature(one, route.line, facts)


def _bores(case: CaseResult, laid: LaidRoutes) -> Iterator[Feature]:
    for row, one in enumerate(case.routes):
        for bore in one.route.trenchless:
            facts: dict[str, Cell] = {
                "route_id": shown_text(one.route.route_id),
                "from_m": bore.from_m,
                "to_m": bore.to_m,
                "length_m": bore.to_m - bore.from_m,
                "depth_m": bore.depth_m,
            }
            yield _feature(one, stretch(laid.lines, row, bore.from_m, bore.to_m), facts)


def _crossings(case: CaseResult) -> Iterator[Feature]:
    for one in case.routes:
        for crossing in one.measures.roads.crossings:
            road = crossing.road
            facts: dict[str, Cell] = {
                "route_id": shown_text(one.route.route_id),
                "road_id": shown_text(road.road_id),
                "road_name": None if road.name is None else shown_text(road.name),
                "road_class_name": wording.road_class_words(road.road_class),
                "kind": crossing.kind,
                "kind_name": wording.crossing_kind_words(crossing.kind),
                "from_m": crossing.from_m,
                "to_m": crossing.to_m,
                "length_m": crossing.length_m,
                "angle_deg": crossing.angle_deg,
            }
            course = stretch(crossing.lines, crossing.line, crossing.from_m, crossing.to_m)
            yield _feature(one, course, facts)


def _strips(case: CaseResult, laid: LaidRoutes, county: County) -> Iterator[Feature]:
    for row, one in enumerate(case.routes):
        strip = laid.strip[row]
        if strip is None:
            continue
        width_m = float(laid.width_m[row])
        facts: dict[str, Cell] = {
            "route_id": shown_text(one.route.route_id),
            "width_m": None if np.isnan(width_m) else width_m,
            "area_m2": _m2(strip, county),
        }
        yield _feature(one, strip, facts)


def _patches(case: CaseResult, laid: LaidRoutes, county: County) -> Iterator[Feature]:
    greens = county.layers.get("green_spaces")
    names = names_of_objects(case.routes, county)
    for row, one in enumerate(case.routes):
        for patch in one.measures.green.occupations if greens is not None else ():
            assert greens is not None
            own = greens.geometry[(greens.ids == patch.green_id)[greens.feature]]
            ground = shapely.intersection(laid.strip[row], shapely.union_all(own))
            name = names.get(patch.green_id)
            facts: dict[str, Cell] = {
                "route_id": shown_text(one.route.route_id),
                "green_id": shown_text(str(patch.green_id)),
                "green_name": None if name is None else shown_text(name),
                "area_m2": patch.area_m2,
            }
            yield _feature(one, ground, facts)


def _conflicts(conflicts: Sequence[Conflict], utilities: Mapping[str, str]) -> Iterator[Feature]:
    for one in conflicts:
        facts: dict[str, Cell] = {
            "route_id": shown_text(one.a),
            "kind": one.kind.value,
            "kind_name": wording.conflict_kind_words(one.kind),
            "other": shown_text(wording.conflict_other_words(one)),
            "measured_m": one.measured_m,
            "required_m": one.required_m,
            "outcome": one.outcome.value,
            "outcome_name": wording.conflict_outcome_words(one),
            "clause": one.clause,
        }
        title = f"{facts['kind_name']} {facts['other']}"
        yield Feature(shapely.Point(one.at), utilities.get(one.a, ""), title, facts)


def _feature(result: RouteResult, geometry: BaseGeometry, facts: Mapping[str, Cell]) -> Feature:
    utility = result.route.utility
    title = f"{wording.utility_words(utility)} {shown_text(result.route.route_id)}"
    return Feature(geometry, utility, title, facts)


def _m2(area: BaseGeometry, county: County) -> float:
    parts = np.array([one for one in shapely.get_parts(area) if one.area > 0.0], dtype=np.object_)
    return float(ellipsoidal_area_m2(parts, county.grid).sum()) if len(parts) else 0.0

"""Counties and routes drawn in a few words, so that a test reads like a sketch.

A drawing is WKT, ``(east, north, east, north)`` for a box, or ``"0 0, 100 0"`` for a line, in
metres. Whatever a test does not say is harmless: a local road long out of its protected years,
a company that applies, a strip two metres wide.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.results import CheckResult, RouteResult
from neixiang_survey_plugin.core import schema
from neixiang_survey_plugin.core.county import County, RouteDefaults, Switches, Unit
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.judging.findings import Finding
from neixiang_survey_plugin.core.measuring.ground import prepare_ground
from neixiang_survey_plugin.core.measuring.measure import measure_routes
from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
from neixiang_survey_plugin.core.policy import Policy, Reading
from neixiang_survey_plugin.core.routes import Bore, Route
from neixiang_survey_plugin.core.schema import FieldType, LayerSchema
from neixiang_survey_plugin.io.policy_file import read_policy

Drawing = str | tuple[float, float, float, float] | Geometry
Row = Mapping[str, Any]

ON = date(2026, 11, 22)
LONG_AGO = date(2001, 5, 1)
PROTECTED = date(2025, 5, 1)
"""A delivery day whose five years are not over on ``ON``."""
STRIP_M = 2.0
PLANE = Grid.plane()


def drawn(drawing: Drawing) -> Geometry:
    """The geometry of a drawing."""
    if isinstance(drawing, Geometry):
        return drawing
    if isinstance(drawing, tuple):
        return shapely.box(*drawing)
    is_wkt = drawing.lstrip()[:1].isalpha()
    return shapely.from_wkt(drawing if is_wkt else f"LINESTRING ({drawing})")


def road(shape: Drawing, road_id: str = "R1", **facts: Any) -> Row:
    """A local road, delivered and overhauled long ago."""
    usual = {"road_class": "local", "delivered_on": LONG_AGO, "overhauled_on": LONG_AGO}
    return {"shape": shape, "road_id": road_id, **usual, **facts}


def green(shape: Drawing, green_id: str = "G1", **facts: Any) -> Row:
    """A green space."""
    return {"shape": shape, "green_id": green_id, **facts}


def river(shape: Drawing, control_id: str = "B1", kind: str = "blue") -> Row:
    """A control area of a river."""
    return {"shape": shape, "control_id": control_id, "kind": kind}


def surface(shape: Drawing, surface_id: str, kind: str | None = "carriageway") -> Row:
    """A surface of a road."""
    return {"shape": shape, "surface_id": surface_id, "surface_kind": kind}


def route(line: Drawing, route_id: str = "r1", utility: str = "water", **facts: Any) -> Route:
    """A route of a company; ``bores`` are pairs of metres along it."""
    bores = tuple(Bore(*ends) for ends in facts.pop("bores", ()))
    usual = {"applicant_kind": "company", "unit": utility, "trenchless": bores}
    shape = drawn(line)
    assert isinstance(shape, LineString)
    return Route(route_id, utility, shape, **{**usual, **facts})


@functools.cache
def neixiang() -> Policy:
    """The policy that the program ships for Neixiang."""
    return read_policy(places.rules_folder() / "neixiang_2022.toml")


def reading(**readings: Any) -> Policy:
    """Neixiang's policy under another reading of its limits."""
    return replace(neixiang(), reading=replace(Reading(), **readings))


UNITS = tuple(Unit(name, f"示例{name}", name) for name in ("water", "power", "gas", "heat"))
DEFAULTS = RouteDefaults(dict.fromkeys(("water", "power", "gas", "heat", "telecom"), STRIP_M))


def county(
    roads: Iterable[Row] | None = (),
    greens: Iterable[Row] | None = (),
    rivers: Iterable[Row] | None = (),
    *,
    surfaces: Iterable[Row] | None = None,
    roads_accuracy_m: float | None = None,
    roads_coverage: Drawing | None = None,
    greens_accuracy_m: float | None = None,
    greens_coverage: Drawing | None = None,
    surfaces_accuracy_m: float | None = None,
    **facts: Any,
) -> County:
    """A county of these features; None leaves a layer out."""
    layers = {
        "roads": _table(schema.ROADS, roads, roads_accuracy_m, roads_coverage),
        "green_spaces": _table(schema.GREEN_SPACES, greens, greens_accuracy_m, greens_coverage),
        "surfaces": _table(schema.SURFACES, surfaces, surfaces_accuracy_m, None),
        "control_areas": _table(schema.CONTROL_AREAS, rivers, None, None),
    }
    usual = {"grid": PLANE, "policy": neixiang(), "defaults": DEFAULTS, "units": UNITS}
    present = {name: table for name, table in layers.items() if table is not None}
    return County(name="示例县", layers=present, **{**usual, **facts})


def switched(**switches: bool) -> Switches:
    """What a county decided."""
    return Switches(**switches)


def measure(county: County, *routes: Route) -> tuple[RouteMeasures, ...]:
    """The measures of routes."""
    return measure_routes(routes, prepare_ground(county))


def measure_one(county: County, one: Route) -> RouteMeasures:
    """The measures of one route."""
    return measure(county, one)[0]


def check(county: County, *routes: Route, on: date = ON) -> CheckResult:
    """The whole check of routes."""
    return Checker(county).check(routes, on)


def check_one(county: County, one: Route, on: date = ON) -> RouteResult:
    """The result of one route."""
    return check(county, one, on=on).routes[0]


def way(county: County, *routes: Route, on: date = ON) -> str:
    """The way of the first route."""
    return check(county, *routes, on=on).routes[0].verdict.way.value


def finding(result: RouteResult, rule: str) -> Finding:
    """The finding of one rule."""
    return next(one for one in result.verdict.findings if one.rule == rule)


def outcome(county: County, rule: str, *routes: Route, on: date = ON) -> str:
    """What one rule comes to for the first route."""
    return finding(check(county, *routes, on=on).routes[0], rule).outcome.value


def _table(
    layer: LayerSchema,
    rows: Iterable[Row] | None,
    accuracy_m: float | None,
    coverage: Drawing | None,
) -> FeatureTable | None:
    if rows is None:
        return None
    rows = list(rows)
    shapes = np.array([drawn(row["shape"]) for row in rows], dtype=np.object_)
    parts, feature = shapely.get_parts(shapes, return_index=True)
    columns = {one.name: _column(one.type, [r.get(one.name) for r in rows]) for one in layer.fields}
    return FeatureTable(
        schema=layer,
        geometry=parts,
        feature=feature,
        columns=columns,
        accuracy_m=accuracy_m,
        coverage=None if coverage is None else drawn(coverage),
    )


def _column(kind: FieldType, values: Sequence[Any]) -> np.ndarray:
    if kind is FieldType.NUMBER:
        return np.array([np.nan if value is None else value for value in values], dtype=float)
    if kind is FieldType.DATE:
        return np.array(values, dtype="datetime64[D]")
    return np.array(values, dtype=np.object_)

"""Lines, buildings and trees drawn in a few words, and the conflicts found between them.

Metres from 0, 0 on a plane grid. Whatever a drawing does not say is known and harmless: a water
line of 100 mm at 1.0 m, laid in the soil.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from neixiang_survey_plugin.app.conflict_search import ConflictResult, ConflictSearch
from neixiang_survey_plugin.core import schema
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictKind
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.routes import Bore, Route
from neixiang_survey_plugin.io.clearance_file import load_clearances
from tests.drawn import PLANE, Drawing, _table, drawn, neixiang

Row = Mapping[str, Any]
DIAMETER_MM = 100.0
RADIUS_M = DIAMETER_MM / 2000.0


@functools.cache
def clearances() -> ClearanceTable:
    """The figures that the program ships."""
    return load_clearances()


def route(line: Drawing, route_id: str = "r1", utility: str = "water", **facts: Any) -> Route:
    """A route of which everything is known; ``bores`` are from, to and depth."""
    bores = tuple(Bore(*one) for one in facts.pop("bores", ()))
    usual = {
        "diameter_mm": DIAMETER_MM,
        "laying": "direct",
        "cover_m": 1.0,
        "pressure_class": "medium_a" if utility == "gas" else None,
        "voltage_kv": 10.0 if utility == "power" else None,
        "trenchless": bores,
    }
    return Route(route_id, utility, drawn(line), **{**usual, **facts})


def pipe(line: Drawing, pipe_id: str = "P1", utility: str = "sewer", **facts: Any) -> Row:
    """A pipeline of which everything is known."""
    one = route(line, utility=utility, **{k: v for k, v in facts.items() if k in _ROUTE_FACTS})
    usual = {name: getattr(one, name) for name in _ROUTE_FACTS}
    return {"shape": line, "pipe_id": pipe_id, "utility": utility, **usual, **facts}


_ROUTE_FACTS = ("diameter_mm", "laying", "cover_m", "pressure_class", "voltage_kv")


def building(shape: Drawing, building_id: str = "B1") -> Row:
    """A building."""
    return {"shape": shape, "building_id": building_id}


def tree(east: float, north: float, kind: str | None = "tree", obstacle_id: str = "T1") -> Row:
    """A tree, or another obstacle."""
    return {"shape": f"POINT ({east} {north})", "obstacle_id": obstacle_id, "kind": kind}


def surface(shape: Drawing, kind: str | None, surface_id: str = "F1") -> Row:
    """A surface."""
    return {"shape": shape, "surface_id": surface_id, "surface_kind": kind}


def site(shape: Drawing, site_id: str = "S1") -> Row:
    """A site."""
    return {"shape": shape, "site_id": site_id}


def search(
    *,
    pipes: Iterable[Row] | None = (),
    buildings: Iterable[Row] | None = (),
    obstacles: Iterable[Row] | None = (),
    surfaces: Iterable[Row] | None = (),
    sites: Iterable[Row] | None = (),
    table: ClearanceTable | None = None,
    accuracy_m: float | None = None,
    coverage: Drawing | None = None,
) -> ConflictSearch:
    """A search on a county of these features; None leaves a layer out."""
    rows = (
        (schema.PIPELINES, pipes),
        (schema.BUILDINGS, buildings),
        (schema.OBSTACLES, obstacles),
        (schema.SURFACES, surfaces),
        (schema.SITES, sites),
    )
    layers: dict[str, FeatureTable] = {}
    for layer, features in rows:
        drawn_layer = _table(layer, features, accuracy_m, coverage)
        if drawn_layer is not None:
            layers[layer.name] = drawn_layer
    county = County(name="示例县", grid=PLANE, policy=neixiang(), layers=layers)
    return ConflictSearch(county, table or clearances())


def judge(*routes: Route, **county: Any) -> ConflictResult:
    """What a search of these routes comes to."""
    return search(**county).judge(routes)


def find(*routes: Route, **county: Any) -> tuple[Conflict, ...]:
    """The conflicts of these routes."""
    return judge(*routes, **county).conflicts


def kinds(conflicts: Iterable[Conflict]) -> list[str]:
    """Their kinds in order."""
    return [one.kind.value for one in conflicts]


def only(conflicts: Iterable[Conflict], kind: ConflictKind | None = None) -> Conflict:
    """The one conflict that there is, or that there is of a kind."""
    (one,) = [found for found in conflicts if kind is None or found.kind is kind]
    return one

"""A route as the work file keeps it: its facts as JSON, its line as WKB in the county grid."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

import shapely

from neixiang_survey_plugin.core.routes import Bore, Route

_DATES = ("applied_on", "planned_on", "works_from", "works_to")
_GEOMETRIES = ("line", "works_area")
_FACTS = tuple(one.name for one in fields(Route) if one.name not in (*_GEOMETRIES, "trenchless"))

Stored = tuple[str, bytes]


def stored(routes: Sequence[Route]) -> list[Stored]:
    """Routes as facts and WKB, in the order given; works areas are not kept: no file has them."""
    lines = shapely.to_wkb([route.line for route in routes], output_dimension=2)
    return [(_facts(route), line) for route, line in zip(routes, lines, strict=True)]


def _facts(route: Route) -> str:
    facts: dict[str, Any] = {
        name: value for name in _FACTS if (value := getattr(route, name)) is not None
    }
    facts |= {name: facts[name].isoformat() for name in _DATES if name in facts}
    if route.trenchless:
        facts["trenchless"] = [(one.from_m, one.to_m, one.depth_m) for one in route.trenchless]
    return json.dumps(facts, ensure_ascii=False)


def restored(rows: Sequence[Stored]) -> list[Route]:
    """The routes of some rows, in the order given."""
    lines = shapely.from_wkb([line for _, line in rows])
    return [_route(json.loads(facts), line) for (facts, _), line in zip(rows, lines, strict=True)]


def _route(facts: dict[str, Any], line: shapely.LineString) -> Route:
    facts |= {name: date.fromisoformat(facts[name]) for name in _DATES if name in facts}
    bores = tuple(Bore(*one) for one in facts.pop("trenchless", ()))
    return Route(line=line, trenchless=bores, **facts)

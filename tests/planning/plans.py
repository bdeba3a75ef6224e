"""Plans drawn in a few words, and what is remarked of routes on them.

Metres from 0, 0 on a plane grid. Whatever a drawing does not say is harmless: a water main of
100 mm, a corridor of 100 mm planned until 2035, a road drawn far away.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any

from neixiang_survey_plugin.app.planning.checking import PlanChecker, PlanResult
from neixiang_survey_plugin.core import schema
from neixiang_survey_plugin.core.county import County, Department
from neixiang_survey_plugin.core.planning.remark import PlanRemark
from neixiang_survey_plugin.core.planning.rules import PlanningRules
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.planning_file import load_planning_rules
from tests import drawn
from tests.drawn import DEFAULTS, ON, PLANE, Drawing, Row, neixiang

DEPARTMENTS = {
    "planning": Department("planning", "示例自然资源局"),
    "green": Department("green", "示例园林绿化中心"),
    "river": Department("river", "示例水利局"),
}


@functools.cache
def rules() -> PlanningRules:
    """The rules that the program ships."""
    return load_planning_rules()


def route(line: Drawing, route_id: str = "r1", utility: str = "water", **facts: Any) -> Route:
    """A route of 100 mm."""
    return drawn.route(line, route_id, utility, **{"diameter_mm": 100.0, **facts})


def corridor(line: Drawing, plan_id: str = "L1", utility: str = "water", **facts: Any) -> Row:
    """A planned corridor."""
    usual = {"diameter_mm": 100.0, "year": 2035.0, "plan_name": "示例规划"}
    return {"shape": line, "plan_id": plan_id, "utility": utility, **usual, **facts}


def control(shape: Drawing, kind: str | None, control_id: str = "K1", **facts: Any) -> Row:
    """A control area."""
    return {"shape": shape, "control_id": control_id, "kind": kind, **facts}


def use(shape: Drawing, land_use: str | None, use_id: str = "U1") -> Row:
    """Land of a planned use."""
    return {"shape": shape, "use_id": use_id, "land_use": land_use}


def main(line: Drawing, pipe_id: str = "P1", utility: str = "power", **facts: Any) -> Row:
    """An existing main."""
    return {"shape": line, "pipe_id": pipe_id, "utility": utility, **facts}


def county(
    *,
    plan: Iterable[Row] | None = (),
    control_areas: Iterable[Row] | None = (),
    roads: Iterable[Row] | None = (),
    mains: Iterable[Row] | None = (),
    uses: Iterable[Row] | None = (),
    sites: Iterable[Row] | None = (),
    coverage: Drawing | None = None,
    **facts: Any,
) -> County:
    """A county of these features; None leaves a layer out; ``coverage`` is that of the plan."""
    rows = (
        (schema.PLAN_LINES, plan, coverage),
        (schema.CONTROL_AREAS, control_areas, None),
        (schema.ROADS, roads, None),
        (schema.PIPELINES, mains, None),
        (schema.LAND_USE, uses, None),
        (schema.SITES, sites, None),
    )
    tables = {layer.name: drawn._table(layer, own, None, cover) for layer, own, cover in rows}
    usual = {"policy": neixiang(), "defaults": DEFAULTS, "departments": DEPARTMENTS}
    present = {name: table for name, table in tables.items() if table is not None}
    return County(name="示例县", grid=PLANE, layers=present, **{**usual, **facts})


def check(*routes: Route, rules_used: PlanningRules | None = None, **layers: Any) -> PlanResult:
    """What the plan check of some routes comes to."""
    return PlanChecker(county(**layers), rules_used or rules()).check(routes, ON)


def remarks(*routes: Route, **layers: Any) -> tuple[PlanRemark, ...]:
    """The remarks on some routes."""
    return check(*routes, **layers).remarks


def kinds(*routes: Route, **layers: Any) -> list[str]:
    """Their kinds, in order of the alphabet."""
    return sorted(one.kind.value for one in remarks(*routes, **layers))


def only(*routes: Route, **layers: Any) -> PlanRemark:
    """The one remark that there is."""
    (one,) = remarks(*routes, **layers)
    return one

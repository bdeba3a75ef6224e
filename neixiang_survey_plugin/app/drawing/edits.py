"""Edits of whole lines that need no pointer: turn round, split, copy, bore."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import shapely

from neixiang_survey_plugin.app.drawing.along import (
    bores_between,
    length_m,
    stretch,
    turned_round,
)
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.routes import Bore, Route

_LEAST_PART_M = 0.01
# What belongs to the pipe of one utility and not to the course of the line.
_OF_THE_PIPE: dict[str, Any] = {
    "diameter_mm": None,
    "laying": None,
    "pressure_class": None,
    "voltage_kv": None,
    "cover_m": None,
    "trench_width_m": None,
    "working_width_m": None,
    "power_kw": None,
    "duct_holes": None,
    "works_area": None,
}


def reversed_route(route: Route, grid: Grid) -> Route:
    """The line drawn from its end to its start, its bores where they were on the ground."""
    total_m = length_m(route.line, grid)
    line = shapely.reverse(route.line)
    return replace(route, line=line, trenchless=turned_round(route.trenchless, total_m))


def split_route(route: Route, at_m: float, new_id: str, grid: Grid) -> tuple[Route, Route]:
    """The line as two, the first of which keeps its name.

    SurveyError where one of them would be shorter than a centimetre.
    """
    total_m = length_m(route.line, grid)
    if not _LEAST_PART_M <= at_m <= total_m - _LEAST_PART_M:
        raise SurveyError(f"外线 {route.route_id} 不能在端点处打断；请在线的中间点")
    first = replace(
        route,
        line=stretch(route.line, grid, 0.0, at_m),
        trenchless=bores_between(route.trenchless, 0.0, at_m),
    )
    second = replace(
        route,
        route_id=new_id,
        line=stretch(route.line, grid, at_m, total_m),
        trenchless=bores_between(route.trenchless, at_m, total_m),
    )
    return first, second


def copied_route(route: Route, utility: str, new_id: str, unit: str | None) -> Route:
    """The same course for another utility; what belongs to the pipe is unknown again."""
    return replace(route, route_id=new_id, utility=utility, unit=unit, **_OF_THE_PIPE)


def bored_route(route: Route, bore: Bore, grid: Grid) -> Route:
    """The line with one more trenchless stretch; bores that it meets become one with it.

    The bore keeps the deeper depth of those that it takes in, an unknown depth stays unknown.
    """
    total_m = length_m(route.line, grid)
    start_m, end_m = sorted(min(max(m, 0.0), total_m) for m in (bore.from_m, bore.to_m))
    if end_m - start_m < _LEAST_PART_M:
        raise SurveyError(f"外线 {route.route_id} 的非开挖段没有长度；请沿线点起点和终点")
    met = [one for one in route.trenchless if one.from_m <= end_m and one.to_m >= start_m]
    depths = [one.depth_m for one in (*met, bore)]
    known = [depth for depth in depths if depth is not None]
    merged = Bore(
        min([start_m, *(one.from_m for one in met)]),
        max([end_m, *(one.to_m for one in met)]),
        max(known) if len(known) == len(depths) else None,
    )
    others = [one for one in route.trenchless if one not in met]
    return replace(route, trenchless=tuple(sorted((*others, merged), key=lambda one: one.from_m)))


def dug_route(route: Route, at_m: float) -> Route:
    """The line without the trenchless stretch that lies at a place along it."""
    left = tuple(one for one in route.trenchless if not one.from_m <= at_m <= one.to_m)
    return replace(route, trenchless=left)

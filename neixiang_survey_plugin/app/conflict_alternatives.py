"""The conflicts of several ways to lay the same routes, looked for together: ten times faster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely

from neixiang_survey_plugin.app.conflict_search import ConflictSearch, in_order_of
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.route_pairs import RoutePairs, pair_routes
from neixiang_survey_plugin.core.measuring.polylines import Indices
from neixiang_survey_plugin.core.routes import Route

_BETWEEN = "\0"  # parts the number of a way from the identifier of a route
_ROUTES_AT_ONCE = 400
_MOST_AROUND = 40  # among more each way is looked at by itself, where crowds are thinned out


def conflicts_of_each(
    search: ConflictSearch,
    ways: Sequence[Sequence[Route]],
    around: Sequence[Route],
    reach_m: float,
) -> list[tuple[Conflict, ...]]:
    """For each way the conflicts in which one of its routes has a part, as ``judge`` finds them.

    ``around`` are the routes that stay as they are; nothing further than ``reach_m`` conflicts.
    """
    if len(around) > _MOST_AROUND:
        return [_alone(search, way, around) for way in ways]
    at_once = max(_ROUTES_AT_ONCE // max(len(way) + len(around) for way in ways), 1) if ways else 1
    found: list[tuple[Conflict, ...]] = []
    for begin in range(0, len(ways), at_once):
        found += _together(search, ways[begin : begin + at_once], around, reach_m)
    return found


def _alone(
    search: ConflictSearch, way: Sequence[Route], around: Sequence[Route]
) -> tuple[Conflict, ...]:
    ids = {route.route_id for route in way}
    return tuple(one for one in search.judge([*way, *around]).conflicts if one.is_of(ids))


def _together(
    search: ConflictSearch,
    ways: Sequence[Sequence[Route]],
    around: Sequence[Route],
    reach_m: float,
) -> list[tuple[Conflict, ...]]:
    """Every way as a world of its own: its routes and those around it under names of their own."""
    routes, world, laid = [], [], []
    for number, way in enumerate(ways):
        for route in (*way, *around):
            routes.append(replace(route, route_id=f"{number}{_BETWEEN}{route.route_id}"))
            world.append(number)
        laid += [True] * len(way) + [False] * len(around)
    every, rows = search.courses(routes), np.nonzero(np.array(laid))[0]
    pairs = _pairs(search, every, np.array(world), reach_m)
    known = search.known_ends(every)
    conflicts = search.between_routes(every, pairs, known.connected | pairs.linked)
    ours = search.courses([routes[row] for row in rows.tolist()])
    conflicts += search.with_layers(ours, search.known_ends(ours), pairs.linked[rows])[0]
    sorted_out: list[list[Conflict]] = [[] for _ in ways]
    for one in conflicts:
        number, renamed = _renamed(one)
        sorted_out[number].append(renamed)
    return [_of_way(way, around, mine) for way, mine in zip(ways, sorted_out, strict=True)]


def _pairs(search: ConflictSearch, every: Courses, world: Indices, reach_m: float) -> RoutePairs:
    """Every two routes of one way whose boxes are near enough."""
    one, other = np.triu_indices(len(every), 1)
    same = world[one] == world[other]
    one, other = one[same], other[same]
    low_high = shapely.bounds(every.things.geometry)
    low, high = low_high[:, :2] - reach_m, low_high[:, 2:]
    near = np.all((low[one] <= high[other]) & (low[other] <= high[one]), axis=1)
    return pair_routes(every, one[near], other[near], search.clearances.connects_within_m)


def _renamed(conflict: Conflict) -> tuple[int, Conflict]:
    """Of which way a conflict is, and the conflict with the names that its routes have."""
    number, _, a = conflict.a.partition(_BETWEEN)
    b = conflict.b.partition(_BETWEEN)[2] if conflict.b_layer == "routes" else conflict.b
    yields = conflict.yields and conflict.yields.partition(_BETWEEN)[2]
    return int(number), conflict._replace(a=a, b=b, yields=yields)


def _of_way(
    way: Sequence[Route], around: Sequence[Route], conflicts: list[Conflict]
) -> tuple[Conflict, ...]:
    ids = {route.route_id for route in way}
    mine = [one for one in conflicts if one.is_of(ids)]
    return tuple(in_order_of((*way, *around), mine))

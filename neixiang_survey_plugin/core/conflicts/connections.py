"""Which ends of routes connect: to a line of their own utility, or to their own building."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.conflicts.buried import Things
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.exemptions import find_meetings
from neixiang_survey_plugin.core.conflicts.joints import around, sine_at_end
from neixiang_survey_plugin.core.conflicts.near import TOLERANCE_M
from neixiang_survey_plugin.core.conflicts.neighbours import Neighbours
from neixiang_survey_plugin.core.conflicts.stretches import Stretches, joined, left_over
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.measuring.polylines import Indices
from neixiang_survey_plugin.core.trees import Tree

Mask = NDArray[np.bool_]
_WALL_SLACK_M = 0.01
_AT_WALL_M = 1e-3


@dataclass(frozen=True, slots=True)
class BuildingEnd:
    """An end of a route (0 its start, 1 its end) at a building.

    ``own`` is None where nobody can say whose building it is: the route names no site, or the
    county has no layer of sites.
    """

    route: int
    end: int
    building: int
    own: bool | None


def site_areas(table: FeatureTable | None) -> Mapping[str, shapely.Geometry] | None:
    """The area of each site by its identifier; None where the county has no such layer."""
    if table is None:
        return None
    areas: dict[str, list[shapely.Geometry]] = {}
    for site_id, part in zip(table.ids[table.feature], table.geometry, strict=True):
        areas.setdefault(str(site_id), []).append(part)
    return {site_id: shapely.union_all(parts) for site_id, parts in areas.items()}


def end_points(courses: Courses) -> NDArray[np.object_]:
    """The first and the last point of each route, (n, 2)."""
    lines = courses.lines
    last = lines.first[1:] - 1
    end = lines.start[last] + lines.grid_length_m[last, None] * lines.direction[last]
    points = shapely.points(np.stack([lines.start[lines.first[:-1]], end], axis=1))
    return np.asarray(points, dtype=np.object_)


def at_own_lines(
    courses: Courses, points: NDArray[np.object_], things: Things, tree: Tree,
    within_m: float,
) -> Mask:  # fmt: skip
    """Which ends lie at a line of the route's own utility, at its centre line or its wall."""
    connected = np.zeros((len(courses), 2), dtype=bool)
    flat = points.ravel()
    east, north = shapely.get_coordinates(flat).T
    place, thing = tree.query(
        shapely.box(east - within_m, north - within_m, east + within_m, north + within_m)
    )
    same = np.equal(courses.things.words[place // 2], things.words[thing]).astype(bool)
    place, thing = place[same], thing[same]
    wall_m = things.least_radius_m[thing] + _WALL_SLACK_M
    near = (
        shapely.distance(flat[place], things.geometry[thing])
        <= np.maximum(within_m, wall_m) + TOLERANCE_M
    )
    connected.ravel()[place[near]] = True
    return connected


def at_buildings(
    courses: Courses,
    points: NDArray[np.object_],
    things: Things,
    tree: Tree,
    sites: Mapping[str, shapely.Geometry] | None,
    within_m: float,
) -> tuple[BuildingEnd, ...]:
    """The ends that lie at or in a building, each with whether it is the route's own."""
    flat = points.ravel()
    east, north = shapely.get_coordinates(flat).T
    place, building = tree.query(
        shapely.box(east - within_m, north - within_m, east + within_m, north + within_m)
    )
    near = shapely.distance(flat[place], things.geometry[building]) <= within_m + TOLERANCE_M
    place, building = place[near], building[near]
    found = []
    for number, row in zip(place.tolist(), building.tolist(), strict=True):
        route, end = divmod(number, 2)
        site = (sites or {}).get(courses.routes[route].site_id or "")
        own = None if site is None else bool(shapely.intersects(site, things.geometry[row]))
        found.append(BuildingEnd(route, end, row, own))
    return tuple(found)


def own_building_stretches(
    near: Neighbours, ends: Sequence[BuildingEnd], inside: Stretches, least_angle_deg: float
) -> Stretches:
    """Where routes may be near their building, by pair: inside it, and as far outside as its wall.

    ``inside`` are the stretches within buildings by pair, in order. The distance counts from the
    wall, over the sine of the angle to it, as at a crossing.
    """
    number = {pair: row for row, pair in enumerate(zip(near.route, near.thing, strict=True))}
    meetings = find_meetings(near)
    least_sine = float(np.sin(np.radians(least_angle_deg)))
    parts = []
    for one in ends:
        pair = number.get((one.route, one.building))
        if pair is None:
            continue
        total_m = float(near.courses.grid_total_m[one.route])
        depth_m = _depth_m(inside, pair, one.end, total_m)
        wall_m = total_m - depth_m if one.end else depth_m
        at_wall = (meetings.pair == pair) & (np.abs(meetings.grid_m - wall_m) < _AT_WALL_M)
        pairs: Indices = np.array([pair], dtype=np.intp)
        if at_wall.any():
            sine = meetings.sine[at_wall].max()
        else:
            sine = sine_at_end(near, pairs, np.array([one.end]))[0]
        factor = np.array([1.0 / max(float(sine), least_sine)])
        parts.append(around(pairs, np.array([wall_m]), near.reach_m, factor))
        begin, end = (wall_m, total_m) if one.end else (0.0, wall_m)
        parts.append(Stretches(pairs, np.array([begin]), np.array([end])))
    return joined(*parts) if parts else Stretches.none()


def inside_stretches(
    near: Neighbours, segment: Indices, area: Indices, from_m: np.ndarray, to_m: np.ndarray
) -> Stretches:
    """Pieces of segments inside areas as stretches of pairs."""
    number = {pair: row for row, pair in enumerate(zip(near.route, near.thing, strict=True))}
    route, base_m = near.courses.lines.line[segment], near.courses.base_m(segment)
    pair = np.array([number[one] for one in zip(route, area, strict=True)], dtype=np.intp)
    return left_over(Stretches(pair, base_m + from_m, base_m + to_m), Stretches.none())


def _depth_m(inside: Stretches, pair: int, end: int, total_m: float) -> float:
    """How far from its end a route runs inside a building."""
    mine = inside.owner == pair
    if end:
        reaches = mine & (inside.to_m >= total_m - _AT_WALL_M)
        return total_m - float(inside.from_m[reaches].min()) if reaches.any() else 0.0
    reaches = mine & (inside.from_m <= _AT_WALL_M)
    return float(inside.to_m[reaches].max()) if reaches.any() else 0.0

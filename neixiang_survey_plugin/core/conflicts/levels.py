"""How deep lines lie: vertical clearances at crossings, and lines above each other."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import shapely

from neixiang_survey_plugin.core.conflicts.buried import Things
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.near import TOLERANCE_M
from neixiang_survey_plugin.core.measuring.measures import Point
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices
from neixiang_survey_plugin.core.routes import Route

_ON_BORE_M = 1e-6


class Level(NamedTuple):
    """The top and bottom of a line at one place, metres below the ground.

    ``top_m`` is None where the cover is not known; ``bottom_m`` None where cover or width is not,
    ``lowest_m`` then the deepest that it can be. ``above_ground``: the cover on record is none.
    """

    top_m: float | None
    bottom_m: float | None
    lowest_m: float
    above_ground: bool = False


def cover_at(route: Route, along_m: float) -> float | None:
    """The cover of a route at ellipsoidal metres along it: that of its bore where it is bored."""
    for bore in route.trenchless:
        if bore.from_m - _ON_BORE_M <= along_m <= bore.to_m + _ON_BORE_M:
            return bore.depth_m
    return route.cover_m


def route_level(courses: Courses, row: int, along_m: float) -> Level:
    """The level of a route at ellipsoidal metres along it."""
    if not courses.routes[row].trenchless:
        return level(courses.things, row)
    cover_m = cover_at(courses.routes[row], along_m)
    things = courses.things
    widths_m = float(things.radius_m[row]), float(things.most_radius_m[row])
    return _level(math.nan if cover_m is None else cover_m, *widths_m)


def thing_level(things: Things, row: int, at: Point, others: Courses | None) -> Level:
    """The level of another line at a place on it; ``others`` are its courses where it is a route.

    The place is found on the line itself, so that a bore of the other route counts there.
    """
    if others is None or not others.routes[row].trenchless:
        return level(things, row)
    grid_m = float(shapely.line_locate_point(things.geometry[row], shapely.Point(at)))
    return route_level(others, row, float(true_m(others, row, grid_m)))


def true_m(courses: Courses, row: int, grid_m: float) -> float:
    """Ellipsoidal metres along one route."""
    rows: Indices = np.array([row], dtype=np.intp)
    places: Floats = np.array([grid_m])
    return float(courses.true_m(rows, places)[0])


def level(things: Things, row: int) -> Level:
    """The level of a thing that lies as deep all along."""
    columns = things.cover_m, things.radius_m, things.most_radius_m
    return _level(*(float(column[row]) for column in columns))


def levels(things: Things, rows: Indices) -> list[Level]:
    """The levels of many things that lie as deep all along."""
    columns = things.cover_m[rows], things.radius_m[rows], things.most_radius_m[rows]
    return list(map(_level, *(column.tolist() for column in columns)))


def _level(cover_m: float, radius_m: float, most_radius_m: float) -> Level:
    if math.isnan(cover_m) or cover_m < 0.0:
        return Level(None, None, math.inf, cover_m < 0.0)
    lowest_m = cover_m + 2.0 * most_radius_m
    return Level(cover_m, None if math.isnan(radius_m) else lowest_m, lowest_m)


def apart_m(upper: Level, lower: Level) -> float | None:
    """Metres from the bottom of one line to the top of the other below it; None if unknown."""
    if upper.bottom_m is None or lower.top_m is None:
        return None
    return lower.top_m - upper.bottom_m


def is_below(one: Level, other: Level) -> bool:
    """Whether one line lies below the other: by their tops, then by their bottoms.

    Of two with their tops at one level the one whose bottom is known counts as the upper: it
    lies in the other however wide that is.
    """
    mine = (one.top_m or 0.0, one.bottom_m is None, one.lowest_m)
    return mine > (other.top_m or 0.0, other.bottom_m is None, other.lowest_m)


def in_each_other(one: Level, other: Level) -> bool | None:
    """Whether two lines at one place in plan share a level too; None if unknown."""
    gaps = apart_m(one, other), apart_m(other, one)
    if any(gap is not None and gap >= -TOLERANCE_M for gap in gaps):
        return False
    return None if None in gaps else True

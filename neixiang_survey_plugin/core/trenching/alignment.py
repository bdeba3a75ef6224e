"""A route's new course: its own ends kept, leads that can be built, the section in between."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import numpy as np
import shapely
from shapely import LineString

from neixiang_survey_plugin.core.measuring.crooked import MITRE_LIMIT
from neixiang_survey_plugin.core.measuring.polylines import Floats
from neixiang_survey_plugin.core.older_shapely import line_beside
from neixiang_survey_plugin.core.trenching.stretches import cut


class Leads(Enum):
    """How a line goes from its own course into a section."""

    SHORT = "short"  # the least pipe
    SQUARE = "square"  # as steeply as it may, so that it lies in the section as long as it can


_STEP_M = 0.5
# A metre of lead counts as so many of the line's own course.
_LEAD_WEIGHT = {Leads.SHORT: 1.0, Leads.SQUARE: 10.0}
# Leads are looked for so far before and after the place where the line reaches the section.
_BEFORE_M, _AFTER_M = 20.0, 15.0
_SAME_PLACE_M = 1e-6


@dataclass(frozen=True, slots=True)
class Realigned:
    """A line that runs in a section from ``joins_m`` to ``leaves_m``, grid metres along it."""

    line: LineString
    joins_m: float
    leaves_m: float


@dataclass(frozen=True, slots=True)
class _Lead:
    """Where a line leaves its own course and where it joins the axis, grid metres along each."""

    own_m: float
    axis_m: float


def offset_line(line: LineString, left_m: float) -> LineString | None:
    """The line beside a line, to the left of it; None where its bends are too tight for that."""
    if abs(left_m) < _SAME_PLACE_M:
        return line
    return line_beside(line, left_m, MITRE_LIMIT)


# The same lines are led into the same axes by several ways to share: half of all calls.
@functools.lru_cache(maxsize=2048)
def realign(
    line: LineString, axis: LineString, least_angle_deg: float, leads: Leads = Leads.SHORT
) -> Realigned | None:
    """The course of a line that leaves its own for the axis and comes back to it.

    Both run the same way. The ends stay exactly where they are; where own course and axis meet,
    the bend is at least ``least_angle_deg`` (180 is straight on). None where there is no such
    course.
    """
    lead_in = _find_leads(line, axis, least_angle_deg)[leads]
    if lead_in is None:
        return None
    back, home = shapely.reverse(line), shapely.reverse(axis)
    lead_out = _find_leads(back, home, least_angle_deg)[leads]
    if lead_out is None:
        return None
    leaves_m = axis.length - lead_out.axis_m
    if leaves_m <= lead_in.axis_m + _SAME_PLACE_M:
        return None
    back_m = line.length - lead_out.own_m
    if back_m < lead_in.own_m:
        return None
    head = _points_between(line, 0.0, lead_in.own_m)
    middle = _points_between(axis, lead_in.axis_m, leaves_m)
    tail = _points_between(line, back_m, line.length)
    course = LineString(_without_repeats(np.concatenate([head, middle, tail])))
    if not course.is_simple and line.is_simple:
        return None
    joins = course.project(shapely.Point(middle[0]))
    return Realigned(course, float(joins), float(joins) + leaves_m - lead_in.axis_m)


def _points_between(line: LineString, from_m: float, to_m: float) -> Floats:
    """The points of a part of a line; one point where the part has no length."""
    if to_m - from_m < _SAME_PLACE_M:
        # an end that is kept is kept to the last bit
        end = from_m <= 0.0 or to_m >= line.length
        kept = line.coords[0] if from_m <= 0.0 else line.coords[-1]
        place = kept if end else line.interpolate(from_m).coords[0]
        return np.array([place], dtype=float)
    points: Floats = shapely.get_coordinates(cut(line, max(from_m, 0.0), min(to_m, line.length)))
    return points


def _without_repeats(points: Floats) -> Floats:
    moved = np.hypot(*np.diff(points, axis=0).T) > _SAME_PLACE_M
    keep = np.concatenate([[True], moved])
    if not moved[-1]:  # the last point is an end that is kept: the one before it goes
        keep[-1], keep[np.nonzero(keep[:-1])[0][-1]] = True, len(points) == 2
    result: Floats = points[keep]
    return result


@functools.lru_cache(maxsize=2048)
def _find_leads(
    own: LineString, axis: LineString, least_angle_deg: float
) -> Mapping[Leads, _Lead | None]:
    """The best ways of each kind from the start of a line into an axis that runs the same way."""
    reached_m = float(own.project(shapely.Point(axis.coords[0])))
    own_m = _places(max(reached_m - _BEFORE_M, 0.0), min(reached_m + _AFTER_M, own.length))
    own_m = np.union1d(own_m, [reached_m])
    axis_m = _places(0.0, min(_BEFORE_M + _AFTER_M, axis.length / 2.0))
    start, before, _ = _at(own, own_m)
    end, _, after = _at(axis, axis_m)
    # east and north apart: a sum over an axis of two takes four times as long
    east, north = end[:, 0] - start[:, :1], end[:, 1] - start[:, 1:]
    length = np.hypot(east, north)
    least = math.cos(math.radians(180.0 - least_angle_deg)) - 1e-9
    with np.errstate(divide="ignore", invalid="ignore"):
        east, north = east / length, north / length
    on_it = length < _SAME_PLACE_M
    east, north = np.where(on_it, after[:, 0], east), np.where(on_it, after[:, 1], north)
    leaves = east * before[:, :1] + north * before[:, 1:] >= least
    leaves |= (own_m <= 0.0)[:, None]  # at its very end a line has no bend
    joins = east * after[:, 0] + north * after[:, 1] >= least
    possible = leaves & joins
    if not possible.any():
        return dict.fromkeys(Leads)
    found = {}
    for leads, weight in _LEAD_WEIGHT.items():
        way_m = own_m[:, None] + weight * length + 1e-3 * axis_m[None, :]
        cost = np.where(possible, way_m, np.inf)
        row, column = np.unravel_index(int(cost.argmin()), cost.shape)
        found[leads] = _Lead(float(own_m[row]), float(axis_m[column]))
    return found


def _places(from_m: float, to_m: float) -> Floats:
    places: Floats = np.append(np.arange(from_m, to_m, _STEP_M), to_m)
    return places


def _at(line: LineString, at_m: Floats) -> tuple[Floats, Floats, Floats]:
    """Points (n, 2) at places along a line, with the unit vectors before and after each."""
    points = shapely.get_coordinates(line)
    delta = np.diff(points, axis=0)
    length = np.hypot(delta[:, 0], delta[:, 1])
    delta, length = delta[length > 0.0], length[length > 0.0]
    ends = np.cumsum(length)
    unit = delta / length[:, None]
    last = len(length) - 1
    before = unit[np.minimum(np.searchsorted(ends, at_m - _SAME_PLACE_M, side="left"), last)]
    after = unit[np.minimum(np.searchsorted(ends, at_m + _SAME_PLACE_M, side="left"), last)]
    places = shapely.get_coordinates(shapely.line_interpolate_point(line, at_m))
    return places, before, after

"""Which roads a route crosses, runs into or runs along, and for how many metres."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from enum import Enum

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.intervals import TOLERANCE_M, Intervals, inside_intervals
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices, Polylines, total_by_row
from neixiang_survey_plugin.core.measuring.roads import RoadLayer

_FLATTEST_SINE = 0.05  # flatter than 3 degrees a boundary is run along, not crossed
_AXIS_STEP_M = 0.01  # the direction of an axis is taken over a centimetre on either side


class CrossingKind(Enum):
    """How a route meets a road: from side to side, ending inside, or lengthwise."""

    ACROSS = "across"
    INTO = "into"
    ALONG = "along"


KINDS = (CrossingKind.ACROSS, CrossingKind.INTO, CrossingKind.ALONG)
_ACROSS, _INTO, _ALONG = range(len(KINDS))


@dataclass(frozen=True, eq=False)
class CrossingTable:
    """Every continuous stretch of a route inside one road, one row each, in order of routes.

    ``line`` and ``road`` are indices, ``kind`` an index into KINDS; ``from_m`` and ``to_m`` are
    ellipsoidal metres along the route, ``angle_deg`` in 0..90 or NaN where there is none.
    ``drift`` is how many metres longer a stretch gets when the road grows by one metre.
    ``blurred_m`` is at most how many metres of the line lie within the layer's accuracy of that
    road's boundary; ``line_blurred_m``, one row a line, of any road's.
    """

    line: Indices
    road: Indices
    from_m: Floats
    to_m: Floats
    kind: NDArray[np.int8]
    angle_deg: Floats
    drift: Floats
    blurred_m: Floats
    line_blurred_m: Floats

    @functools.cached_property
    def length_m(self) -> Floats:
        """Ellipsoidal length of each stretch."""
        return self.to_m - self.from_m

    @functools.cached_property
    def overlaps(self) -> bool:
        """Whether any place of a line lies in two stretches, as at a junction."""
        order = np.lexsort((self.from_m, self.line))
        line, from_m, to_m = self.line[order], self.from_m[order], self.to_m[order]
        return bool(((line[1:] == line[:-1]) & (from_m[1:] < to_m[:-1])).any())

    @property
    def is_across(self) -> NDArray[np.bool_]:
        """Stretches that count as crossing: across and into."""
        return np.not_equal(self.kind, _ALONG)


@dataclass(frozen=True, eq=False)
class _Stretches:
    """Stretches with their first and last piece; indices into the intervals they came from."""

    line: Indices
    road: Indices
    from_m: Floats
    to_m: Floats
    first: Indices
    last: Indices


def measure_crossings(
    lines: Polylines, roads: RoadLayer, segment: Indices, part: Indices
) -> CrossingTable:
    """All crossings of all lines, the same for one line and for a hundred thousand.

    ``segment`` and ``part`` are the pairs of segment and part of a road that come near each
    other. A line that doubles back crosses twice; one that runs on a shared boundary is inside both
    roads; one that touches a boundary at a point crosses nothing.
    """
    pieces = inside_intervals(lines, roads.boundaries, segment, part, roads.accuracy_m)
    stretches = _merge(lines, pieces, roads.road[pieces.area])
    return CrossingTable(
        line=stretches.line,
        road=stretches.road,
        from_m=stretches.from_m,
        to_m=stretches.to_m,
        kind=_kinds(lines, stretches, roads.mean_width_m),
        angle_deg=_angles(lines, pieces, stretches, roads),
        drift=_drift(pieces.sine_from[stretches.first]) + _drift(pieces.sine_to[stretches.last]),
        blurred_m=_blurred(lines, pieces, roads.road, stretches),
        line_blurred_m=total_by_row(lines.line[pieces.near_segment], pieces.near_m, len(lines)),
    )


def _merge(lines: Polylines, pieces: Intervals, road: Indices) -> _Stretches:
    """Pieces of one line in one road that follow each other without a gap, as one stretch."""
    ends_m = lines.metres_at(pieces.segment, np.array((pieces.from_m, pieces.to_m)))
    line = lines.line[pieces.segment]
    order = np.lexsort((ends_m[0], road, line))
    line, road = line[order], road[order]
    from_m, to_m = ends_m[:, order]
    group = _new_where_changed(line, road)
    reached = _running_maximum(to_m, group)
    begins = group.copy()
    begins[1:] |= from_m[1:] - reached[:-1] > TOLERANCE_M
    first = begins.nonzero()[0]
    last = np.append(first[1:], len(order))[: len(first)] - 1
    return _Stretches(line[first], road[first], from_m[first], reached[last],
                      order[first], order[last])  # fmt: skip


def _new_where_changed(*keys: Indices) -> NDArray[np.bool_]:
    new = np.zeros(len(keys[0]), dtype=bool)
    new[:1] = True
    for key in keys:
        new[1:] |= key[1:] != key[:-1]
    return new


def _running_maximum(values: Floats, new_group: NDArray[np.bool_]) -> Floats:
    """The largest value so far within each group, to the last bit; values are sorted by group."""
    if len(values) < 2 or bool(((values[1:] >= values[:-1]) | new_group[1:]).all()):
        return values
    # ranked by group, then value: one running maximum of the ranks serves all groups
    order = np.lexsort((values, new_group.cumsum()))
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = np.arange(len(order))
    result: Floats = values[order[np.maximum.accumulate(rank)]]
    return result


def _kinds(lines: Polylines, stretches: _Stretches, width_m: Floats) -> NDArray[np.int8]:
    total_m = lines.total_m[stretches.line]
    at_end = (stretches.from_m <= TOLERANCE_M) | (stretches.to_m >= total_m - TOLERANCE_M)
    longest_m = 2.0 * width_m[stretches.road] + TOLERANCE_M
    is_along = ~(stretches.to_m - stretches.from_m <= longest_m)
    return np.where(is_along, _ALONG, np.where(at_end, _INTO, _ACROSS)).astype(np.int8)


def _angles(lines: Polylines, pieces: Intervals, stretches: _Stretches, roads: RoadLayer) -> Floats:
    """To the axis of a line road, else to the boundary at the entry, or exit where none is."""
    entry, exit_ = pieces.sine_from[stretches.first], pieces.sine_to[stretches.last]
    use_exit = np.isnan(entry)
    sine = np.minimum(np.where(use_exit, exit_, entry), 1.0)
    angle_deg: Floats = np.degrees(np.arcsin(sine))
    piece = np.where(use_exit, stretches.last, stretches.first)
    has_axis = roads.is_line[pieces.area[piece]].nonzero()[0]
    if len(has_axis):
        axis = roads.axis
        at_m = np.where(use_exit, pieces.to_m[piece], pieces.from_m[piece])[has_axis]
        chosen = piece[has_axis]
        angle_deg[has_axis] = _to_axis(
            lines, pieces.segment[chosen], at_m, axis[pieces.area[chosen]]
        )
    return angle_deg


def _blurred(lines: Polylines, pieces: Intervals, road: Indices, stretches: _Stretches) -> Floats:
    """For each stretch the metres of its line near the boundary of its road."""
    if not len(pieces.near_m) or not len(stretches.line):
        return np.zeros(len(stretches.line))
    own = _line_and_road(stretches.line, stretches.road)  # sorted: stretches come by line and road
    near = _line_and_road(lines.line[pieces.near_segment], road[pieces.near_area])
    place = own.searchsorted(near)
    place[place == len(own)] = 0
    summed_m = total_by_row(place, pieces.near_m * (own[place] == near), len(own))
    return summed_m[own.searchsorted(own)]  # of the first stretch with that road


def _line_and_road(line: Indices, road: Indices) -> NDArray[np.int64]:
    """One number for each pair."""
    return line.astype(np.int64) << 32 | road


def _drift(sine: Floats) -> Floats:
    """Metres that the end of a stretch moves when the boundary there moves by one; 0 for none."""
    drift: Floats = np.where(np.isnan(sine), 0.0, 1.0 / np.fmax(sine, _FLATTEST_SINE))
    return drift


def _to_axis(lines: Polylines, segment: Indices, at_m: Floats, axis: Geometries) -> Floats:
    point = shapely.points(lines.start[segment] + at_m[:, None] * lines.direction[segment])
    place = shapely.line_locate_point(axis, point)
    before = shapely.line_interpolate_point(axis, np.maximum(place - _AXIS_STEP_M, 0.0))
    after = shapely.line_interpolate_point(axis, place + _AXIS_STEP_M)
    east, north = (shapely.get_coordinates(after) - shapely.get_coordinates(before)).T
    d_east, d_north = lines.direction[segment].T
    sine = np.abs(d_east * north - d_north * east)
    cosine = np.abs(d_east * east + d_north * north)
    angle_deg: Floats = np.degrees(np.arctan2(sine, cosine))
    return angle_deg


def union_m(table: CrossingTable, rows: NDArray[np.bool_], count: int) -> Floats:
    """Metres of each of ``count`` lines that lie in the chosen stretches, each place once."""
    if not table.overlaps:
        return total_by_row(table.line, table.length_m * rows, count)
    order = rows.nonzero()[0]
    order = order[np.lexsort((table.from_m[order], table.line[order]))]
    line, from_m, to_m = table.line[order], table.from_m[order], table.to_m[order]
    group = _new_where_changed(line)
    reached = np.concatenate(([0.0], _running_maximum(to_m, group)[:-1]))[: len(line)]
    already_m = np.where(group, 0.0, reached)
    added_m = np.maximum(to_m - np.maximum(from_m, already_m), 0.0)
    return total_by_row(line, added_m, count)


def longest_m(table: CrossingTable, rows: NDArray[np.bool_], count: int) -> Floats:
    """The longest of the chosen stretches of each of ``count`` lines; 0 where there is none."""
    result = np.zeros(count)
    np.maximum.at(result, table.line, table.length_m * rows)
    return result

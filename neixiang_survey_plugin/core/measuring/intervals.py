"""Where segments run inside areas: the kernel that every crossing is measured with.

A line is never intersected as a whole: that would dissolve a line that doubles back on itself
(20 m where 30 m are drawn). Each segment is held against each area near it, in the segment's
own frame: ``along`` it and ``across`` it. A boundary crosses where ``across`` changes sign;
between the first crossing and the second the segment is inside, between the second and the
third outside. That needs no point-in-polygon test and gives the angle of crossing for nothing.
Where a corner or an edge of the area lies on the segment itself the count says nothing: there
the middle of every piece is asked for its distance to the area, so that a piece on a boundary
is inside and a corner that is only touched is nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import shapely

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.boundaries import Boundaries
from neixiang_survey_plugin.core.measuring.frames import TOLERANCE_M, Frame, Mask, frame_of
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices, Polylines

# Vertices beside segments in one pass: keeps the arrays of a batch within some 300 MB.
_ROWS_A_PASS = 4_000_000


class Intervals(NamedTuple):
    """Pieces of segments inside areas, one row each.

    ``from_m`` and ``to_m`` are grid metres on the segment; ``sine_from`` and ``sine_to`` the
    sine of the angle to the boundary there, NaN where the piece ends within the area.
    The last three have a row for each edge near a segment: at most ``near_m`` metres of
    ``near_segment`` lie within the accuracy of that edge of ``near_area``, and so may change
    sides when the areas are grown or shrunk by it.
    """

    segment: Indices
    area: Indices
    from_m: Floats
    to_m: Floats
    sine_from: Floats
    sine_to: Floats
    near_segment: Indices
    near_area: Indices
    near_m: Floats


class _Events(NamedTuple):
    """Points of boundaries on the lines of segments, sorted by pair and place."""

    pair: Indices
    along_m: Floats
    sine: Floats


# pair, from, to and the sines of both ends: the columns of Intervals before pairs are named
_Pieces = tuple[Indices, Floats, Floats, Floats, Floats]


def inside_intervals(
    lines: Polylines,
    areas: Boundaries,
    segment: Indices,
    area: Indices,
    accuracy_m: float = 0.0,
) -> Intervals:
    """Every piece of a segment that lies inside an area, its boundary included.

    ``segment`` and ``area`` name the pairs to look at: all that come near each other, and more
    does no harm. An area that is only touched at a point gives nothing. ``accuracy_m`` is how
    far boundaries may be out.
    """
    found = [
        _inside(lines, areas, segment[part], area[part], accuracy_m)
        for part in _passes(areas, area)
    ]
    if len(found) == 1:
        return found[0]
    return Intervals(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _passes(areas: Boundaries, area: Indices) -> Iterator[slice]:
    rows = (areas.first[area + 1] - areas.first[area]).cumsum()
    if not len(rows) or rows[-1] <= _ROWS_A_PASS:
        yield slice(None)
        return
    begin = 0
    while True:
        done = rows[begin - 1] if begin else 0
        end = max(int(rows.searchsorted(done + _ROWS_A_PASS, side="right")), begin + 1)
        yield slice(begin, end)
        begin = end
        if begin >= len(area):
            return


def _inside(
    lines: Polylines, areas: Boundaries, segment: Indices, area: Indices, accuracy_m: float
) -> Intervals:
    frame = frame_of(lines, areas, segment, area, accuracy_m)
    cornered = _cornered_pairs(frame, len(segment))
    corners = np.count_nonzero(cornered) > 0
    plain = _crossings(frame, ~cornered[frame.pair] if corners else None)
    pieces = _between_crossings(plain, lines, segment)
    if corners:
        asked = _between_corners(frame, cornered, lines, segment, areas.areas[area])
        pieces = _joined(pieces, asked)
    pair, from_m, to_m, sine_from, sine_to = pieces
    if accuracy_m > 0.0:
        near, near_m = _near_boundaries(frame, accuracy_m)
    else:
        near, near_m = np.zeros(0, dtype=np.intp), np.zeros(0)
    return Intervals(
        segment[pair], area[pair], from_m, to_m, sine_from, sine_to,
        segment[near], area[near], near_m,
    )  # fmt: skip


def _joined(one: _Pieces, other: _Pieces) -> _Pieces:
    pair = np.concatenate((one[0], other[0]))
    from_m, to_m, sine_from, sine_to = (
        np.concatenate(both) for both in zip(one[1:], other[1:], strict=True)
    )
    return pair, from_m, to_m, sine_from, sine_to


def _near_boundaries(frame: Frame, reach_m: float) -> tuple[Indices, Floats]:
    """For each edge near its pair's segment: the pair, and how much of the segment is near it.

    A point of the segment within reach of an edge lies within reach, along the segment, of that
    part of the edge which runs no further than the reach beside it.
    """
    low = np.minimum(frame.across_m[:-1], frame.across_m[1:])
    high = np.maximum(frame.across_m[:-1], frame.across_m[1:])
    row = (frame.edge[:-1] & (low <= reach_m) & (high >= -reach_m)).nonzero()[0]
    across, along = frame.across_m[row], frame.along_m[row]
    rise, run = frame.across_m[row + 1] - across, frame.along_m[row + 1] - along
    # an edge that runs level with the segment is near it from its beginning to its end
    rise[np.abs(rise) <= TOLERANCE_M] = TOLERANCE_M
    beside_m = reach_m + 2.0 * TOLERANCE_M
    enters, leaves = (-beside_m - across) / rise, (beside_m - across) / rise
    first = np.maximum(np.minimum(enters, leaves), 0.0)
    last = np.minimum(np.maximum(enters, leaves), 1.0)
    one, other = along + first * run, along + last * run
    begin = np.maximum(np.minimum(one, other) - reach_m, 0.0)
    pair = frame.pair[row]
    end = np.minimum(np.maximum(one, other) + reach_m, frame.reach_m[pair])
    return pair, np.maximum(end - begin, 0.0)


def _cornered_pairs(frame: Frame, count: int) -> Mask:
    """Pairs whose segment has a corner or an edge of the area on itself."""
    cornered = np.zeros(count, dtype=bool)
    if not len(frame.pair):
        return cornered
    # The direction of a segment of 0.1 m is known to 5e-9 only: an edge that lies on it may leave
    # its line by a micrometre 200 m away. A pair too many is only measured with more care.
    across_m, along_m = np.abs(frame.across_m), np.abs(frame.along_m)
    widest = 1.0 + 2.0 * along_m.max() / frame.reach_m.min()
    if across_m.min() > TOLERANCE_M * widest:
        return cornered
    reach_m = frame.reach_m[frame.pair]
    near = across_m <= TOLERANCE_M * (1.0 + 2.0 * along_m / reach_m)
    before = frame.along_m < -TOLERANCE_M
    beyond = frame.along_m > reach_m + TOLERANCE_M
    cornered[frame.pair[near & ~before & ~beyond]] = True
    spans = frame.edge[:-1] & near[:-1] & near[1:]
    spans &= (before[:-1] & beyond[1:]) | (beyond[:-1] & before[1:])
    cornered[frame.pair[:-1][spans]] = True
    return cornered


def _crossings(frame: Frame, wanted: Mask | None) -> _Events:
    """Where boundaries cross the lines of the wanted rows' segments, or of all."""
    left = frame.across_m > 0
    crossing = (left[:-1] != left[1:]) & frame.edge[:-1]
    row = (crossing if wanted is None else crossing & wanted[:-1]).nonzero()[0]
    rise = frame.across_m[row + 1] - frame.across_m[row]
    run = frame.along_m[row + 1] - frame.along_m[row]
    along = frame.along_m[row] - run * frame.across_m[row] / rise
    return _sorted(frame.pair[row], along, np.abs(rise) / np.hypot(rise, run))


def _sorted(pair: Indices, along_m: Floats, sine: Floats) -> _Events:
    order = np.lexsort((along_m, pair))
    return _Events(pair[order], along_m[order], sine[order])


def _between_crossings(events: _Events, lines: Polylines, segment: Indices) -> _Pieces:
    """Pieces from every odd crossing to the next even one, cut to the segment."""
    pair = events.pair[0::2]
    reach = lines.grid_length_m[segment[pair]]
    begin, end = events.along_m[0::2], events.along_m[1::2]
    from_m, to_m = np.maximum(begin, 0.0), np.minimum(end, reach)
    keep = to_m - from_m > TOLERANCE_M
    sine_from, sine_to = events.sine[0::2].copy(), events.sine[1::2].copy()
    sine_from[begin < -TOLERANCE_M] = np.nan
    sine_to[end > reach + TOLERANCE_M] = np.nan
    return pair[keep], from_m[keep], to_m[keep], sine_from[keep], sine_to[keep]


def _between_corners(
    frame: Frame, cornered: Mask, lines: Polylines, segment: Indices, areas: Geometries
) -> _Pieces:
    """Pieces whose middle lies in the area or on its boundary, for the cornered pairs."""
    events = _grouped(_all_events(frame, cornered, lines.grid_length_m[segment]))
    piece = (events.pair[1:] == events.pair[:-1]).nonzero()[0]
    pair = events.pair[piece]
    from_m, to_m = events.along_m[piece], events.along_m[piece + 1]
    owner = segment[pair]
    middle = lines.start[owner] + (0.5 * (from_m + to_m))[:, None] * lines.direction[owner]
    inside = shapely.distance(shapely.points(middle), areas[pair]) <= TOLERANCE_M
    kept = piece[inside]
    return pair[inside], from_m[inside], to_m[inside], events.sine[kept], events.sine[kept + 1]


def _all_events(frame: Frame, cornered: Mask, reach_m: Floats) -> _Events:
    """Crossings, corners on the line and both ends of the segment, within the segment."""
    wanted = cornered[frame.pair]
    crossed = _crossings(frame, wanted)
    corners = _corners(frame, wanted)
    ends = cornered.nonzero()[0]
    no_sine = np.full(len(ends), np.nan)
    pair = np.concatenate((crossed.pair, corners.pair, ends, ends))
    along = np.concatenate((crossed.along_m, corners.along_m, np.zeros(len(ends)), reach_m[ends]))
    sine = np.concatenate((crossed.sine, corners.sine, no_sine, no_sine))
    keep = (along >= -TOLERANCE_M) & (along <= reach_m[pair] + TOLERANCE_M)
    along = np.clip(along, 0.0, reach_m[pair])
    return _sorted(pair[keep], along[keep], sine[keep])


def _corners(frame: Frame, wanted: Mask) -> _Events:
    """Corners on the segment's line, each with the sine of an edge that meets there."""
    near = (np.abs(frame.across_m) <= TOLERANCE_M) & wanted
    edge = (frame.edge[:-1] & (near[:-1] | near[1:])).nonzero()[0]
    rise = frame.across_m[edge + 1] - frame.across_m[edge]
    run = frame.along_m[edge + 1] - frame.along_m[edge]
    length = np.hypot(rise, run)
    sine = np.divide(np.abs(rise), length, out=np.zeros_like(rise), where=length > 0)
    row = np.concatenate((edge[near[edge]], edge[near[edge + 1]] + 1))
    both = np.concatenate((sine[near[edge]], sine[near[edge + 1]]))
    return _Events(frame.pair[row], frame.along_m[row], both)


def _grouped(events: _Events) -> _Events:
    """Events nearer than the tolerance as one, with the steepest angle among them."""
    new = np.ones(len(events.pair), dtype=bool)
    apart = events.along_m[1:] - events.along_m[:-1] > TOLERANCE_M
    new[1:] = apart | (events.pair[1:] != events.pair[:-1])
    begin = new.nonzero()[0]
    sine = np.fmax.reduceat(events.sine, begin)
    return _Events(events.pair[begin], events.along_m[begin], sine)

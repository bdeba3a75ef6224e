"""Outlines of areas as a segment sees them: so far along it, so far to its left.

Of very many pairs only those runs of an outline are looked at that the segment's line can meet:
the cheap question before the exact one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from neixiang_survey_plugin.core.measuring.boundaries import Boundaries, Runs, members, ranges
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices, Polylines

Mask = NDArray[np.bool_]

# Coordinates near 4,000 km are stored to half a nanometre and differences computed to a few;
# nearer than a micrometre is therefore "on the boundary", a thousandth of what anyone reads.
TOLERANCE_M = 1e-6
# Of 20,000 lines beside 200,000 roads sifting leaves a fifth of the vertices (0.52 s -> 0.37 s);
# one line that is being drawn has a thousand, and its own cost is all there is.
_ROWS_WORTH_SIFTING = 20_000


class Frame(NamedTuple):
    """The vertices of each pair's area in the frame of its segment; one row a vertex.

    ``pair`` counts the pairs, ``edge`` says whether an edge leads from this row to the next one.
    ``reach_m`` is the length of each pair's segment.
    """

    pair: Indices
    along_m: Floats
    across_m: Floats
    reach_m: Floats
    edge: Mask


def frame_of(
    lines: Polylines,
    areas: Boundaries,
    segment: Indices,
    area: Indices,
    beside_m: float | Floats = 0.0,
) -> Frame:
    """The outlines of areas beside segments, pair by pair.

    Of very many pairs those edges may be left out that lie further than ``beside_m`` (grid
    metres, one for all pairs or one a pair) from the endless line of their segment.
    """
    pair, owner = np.arange(len(area)), segment
    counts, vertex = areas.vertices_of(area)
    sifted = len(vertex) >= _ROWS_WORTH_SIFTING and areas.runs_pay(len(vertex))
    if sifted:
        pair, run = _runs_on_lines(lines, areas.runs, segment, area, beside_m)
        owner = segment[pair]
        counts, vertex = ranges(areas.runs.begin[run], areas.runs.count[run])
    start_e, start_n = lines.start[owner].T
    d_east, d_north = (one.repeat(counts) for one in lines.direction[owner].T)
    east = areas.east_m[vertex] - start_e.repeat(counts)
    north = areas.north_m[vertex] - start_n.repeat(counts)
    edge = areas.edge[vertex]
    if sifted:
        edge[counts.cumsum() - 1] = False  # the last edge of a run leads to its last vertex
    return Frame(
        pair=pair.repeat(counts),
        along_m=d_east * east + d_north * north,
        across_m=d_east * north - d_north * east,
        reach_m=lines.grid_length_m[segment],
        edge=edge,
    )


def _runs_on_lines(
    lines: Polylines, runs: Runs, segment: Indices, area: Indices, beside_m: float | Floats
) -> tuple[Indices, Indices]:
    """Of pairs of segment and area: pairs and runs so near the segment's endless line.

    More runs than those may come out, never less. The line and not
    the segment decides, so that every crossing of the line is still there to be counted.
    """
    counts, run = members(runs.first, area)
    pair = np.arange(len(area)).repeat(counts)
    d_east, d_north = lines.direction[segment].T
    start_e, start_n = lines.start[segment].T
    east = runs.middle_e[run] - start_e.repeat(counts)
    north = runs.middle_n[run] - start_n.repeat(counts)
    half_e, half_n = runs.half_e[run], runs.half_n[run]
    far_m = _furthest(east, half_e) + _furthest(north, half_n)
    margin_m = beside_m + _doubt_m(far_m, lines.grid_length_m[segment])
    off_m = np.abs(d_east.repeat(counts) * north - d_north.repeat(counts) * east)
    off_m -= np.abs(d_east).repeat(counts) * half_n
    off_m -= np.abs(d_north).repeat(counts) * half_e
    kept = (off_m <= margin_m.repeat(counts)).nonzero()[0]
    return pair[kept], run[kept]


def _furthest(middle: Floats, half: Floats) -> float:
    return float(np.abs(middle).max(initial=0.0) + half.max(initial=0.0))


def _doubt_m(away_m: float, length_m: Floats) -> Floats:
    """How far from a segment's line a point so far away may lie that is on it.

    The direction of a segment of 0.1 m is known to 5e-9 only.
    """
    doubt_m: Floats = TOLERANCE_M * (1.0 + 2.0 * away_m / length_m)
    return doubt_m

"""Where routes run along other lines: near them, and parallel."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import shapely

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices, Polylines
from neixiang_survey_plugin.core.planning.spans import Span, joined
from neixiang_survey_plugin.core.trees import Tree, tree_of

# Where two lines bend together their segments' feet lie up to this far apart or over each other.
BEND_M = 1.0
_STRAIGHT = 1e-12  # a slope below which two lines are parallel to the last digit


@dataclass(frozen=True, eq=False)
class Edges:
    """Lines in straight pieces, indexed: corridors, or the edges of roads; ``owner`` is the row."""

    start: Floats
    end: Floats
    owner: Indices
    tree: Tree


def edges_of(lines: Geometries, owner: Indices) -> Edges:
    """The pieces of some lines, of which ``owner`` says the row of each."""
    points, row = shapely.get_coordinates(lines, return_index=True)
    lead = (row[1:] == row[:-1]) & np.any(points[1:] != points[:-1], axis=1)
    start, end = points[:-1][lead], points[1:][lead]
    pieces: Geometries = np.asarray(shapely.linestrings(np.stack((start, end), axis=1)))
    return Edges(start, end, owner[row[:-1][lead]], tree_of(pieces))


class Beside(NamedTuple):
    """Pieces of segments that have a parallel piece of another line beside them, one row each.

    ``from_m`` and ``to_m`` are grid metres on the segment; ``apart_m`` how far to the left of
    its start the other line runs (less than 0: to the right), ``slope`` how that grows a metre.
    """

    segment: Indices
    owner: Indices
    from_m: Floats
    to_m: Floats
    apart_m: Floats
    slope: Floats


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one line along another, in ellipsoidal metres; ``left``: the other lies there.

    ``apart_m`` is the greatest distance between the two, in grid metres.
    """

    from_m: float
    to_m: float
    apart_m: float
    left: bool


def beside(lines: Polylines, edges: Edges, reach_m: float, parallel_deg: float) -> Beside:
    """Every piece of a segment that runs beside an edge within ``reach_m``, parallel to it."""
    last = lines.start + lines.direction * lines.grid_length_m[:, None]
    low, high = np.minimum(lines.start, last) - reach_m, np.maximum(lines.start, last) + reach_m
    segment, edge = edges.tree.query(shapely.box(*low.T, *high.T))
    ahead, origin = lines.direction[segment], lines.start[segment]
    first, second = edges.start[edge] - origin, edges.end[edge] - origin
    along = np.einsum("ij,ij->i", first, ahead), np.einsum("ij,ij->i", second, ahead)
    across = _left(ahead, first), _left(ahead, second)
    run, drift = along[1] - along[0], across[1] - across[0]
    cosine = np.abs(run) / np.hypot(run, drift)
    kept = cosine >= math.cos(math.radians(parallel_deg))
    run, cosine = run[kept], cosine[kept]
    slope = drift[kept] / run * cosine
    apart_m = across[0][kept] * cosine - slope * along[0][kept]
    from_m = np.maximum(np.minimum(along[0], along[1])[kept], 0.0)
    to_m = np.minimum(np.maximum(along[0], along[1])[kept], lines.grid_length_m[segment[kept]])
    found = Beside(segment[kept], edges.owner[edge[kept]], from_m, to_m, apart_m, slope)
    return within(found, reach_m)


def _left(ahead: Floats, way: Floats) -> Floats:
    result: Floats = ahead[:, 0] * way[:, 1] - ahead[:, 1] * way[:, 0]
    return result


def within(found: Beside, reach_m: float) -> Beside:
    """The parts of pieces in which the other line is at most that far away."""
    flat = np.abs(found.slope) < _STRAIGHT
    slope = np.where(flat, 1.0, found.slope)
    ends = (-reach_m - found.apart_m) / slope, (reach_m - found.apart_m) / slope
    low = np.where(flat, -np.inf, np.minimum(*ends))
    high = np.where(flat, np.inf, np.maximum(*ends))
    from_m, to_m = np.maximum(found.from_m, low), np.minimum(found.to_m, high)
    kept = (from_m < to_m) & ~(flat & (np.abs(found.apart_m) > reach_m))
    return Beside(
        found.segment[kept],
        found.owner[kept],
        from_m[kept],
        to_m[kept],
        found.apart_m[kept],
        found.slope[kept],
    )


def runs(lines: Polylines, found: Beside) -> dict[int, dict[int, list[Run]]]:
    """Pieces of the same two lines that follow each other, as one run; by line, then owner."""
    pieces: dict[int, dict[int, list[Run]]] = {}
    ends = [found.apart_m + found.slope * at_m for at_m in (found.from_m, found.to_m)]
    rows = zip(
        lines.line[found.segment].tolist(),
        found.owner.tolist(),
        lines.metres_at(found.segment, found.from_m).tolist(),
        lines.metres_at(found.segment, found.to_m).tolist(),
        np.maximum(*np.abs(ends)).tolist(),
        ((ends[0] + ends[1]) > 0.0).tolist(),
        strict=True,
    )
    for line, owner, from_m, to_m, apart_m, left in rows:
        of_line = pieces.setdefault(line, {})
        of_line.setdefault(owner, []).append(Run(from_m, to_m, apart_m, left))
    return {
        line: {owner: _as_runs(of_pair) for owner, of_pair in of_line.items()}
        for line, of_line in pieces.items()
    }


def _as_runs(pieces: Sequence[Run]) -> list[Run]:
    spans = joined(((one.from_m, one.to_m) for one in pieces), BEND_M)
    return [_run_over(span, pieces) for span in spans]


def _run_over(span: Span, pieces: Sequence[Run]) -> Run:
    own = [one for one in pieces if span[0] <= one.from_m and one.to_m <= span[1]]
    far = max(own, key=lambda one: one.apart_m)
    return Run(*span, far.apart_m, far.left)

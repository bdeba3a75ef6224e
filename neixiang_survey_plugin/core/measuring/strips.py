"""The ground that laying a route takes: the working strip, the trench and the pits of bores."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.crooked import MITRE_LIMIT, exact_pieces
from neixiang_survey_plugin.core.measuring.patchwork import Patchwork
from neixiang_survey_plugin.core.measuring.polylines import Floats, Polylines
from neixiang_survey_plugin.core.routes import Bore, Route

SHORT_WIDTHS, SHARP_COSINE = 3.0, -0.8
# A vertex nearer than _SAME_PLACE_M to the stretch that it lies on turns by less than this says,
# unless the pieces beside it are centimetres short.
_STRAIGHT_COSINE = 1.0 - 1e-9
# A bore that ends at a bend ends there: a nanometre beyond it would turn the flat end of the
# strip by the bend's angle, which is worth a square metre or two.
_SAME_PLACE_M = 1e-6
# Half widths from a bend that turns back to the corners of its tip, cut off at the limit.
_HAIRPIN = math.hypot(1.0, MITRE_LIMIT)
_ROUGHLY = 1.01  # GEOS leaves out vertices that leave a line by a hundredth of half the width
_HASH = np.array([0x1E3779B97F4A7C15, 0x42B2AE3D27D4EB4F, 0x27D4EB2F165667C5])  # any odd ones


@dataclass(frozen=True)
class Pits:
    """The size of the pits at the ends of a bore, in grid metres; None where unknown."""

    length_m: float | None
    width_m: float | None

    @property
    def known(self) -> bool:
        """Whether a pit can be drawn."""
        return self.length_m is not None and self.width_m is not None

    @property
    def reach_m(self) -> float:
        """How far at most a pit lies from the course of its line."""
        return (self.length_m or 0.0) + MITRE_LIMIT * (self.width_m or 0.0) / 2


def strips(
    centre: Geometries,
    routes: Sequence[Route],
    lines: Polylines,
    width_m: Floats,
    pits: Sequence[Pits],
) -> Patchwork:
    """The ground of each route at the given width, in the county grid; None where none is known.

    Open-cut stretches have flat ends and mitred bends (limit 5); a bore takes its two pits and
    nothing between them. Where the width is NaN the pits of bores are all that is known, and
    an unknown pit takes nothing: the caller has to know both. ``centre`` are the routes' lines,
    ``lines`` the same cut into segments.
    """
    turn_cosine = _turn_cosine(lines)
    pieces = {
        row: exact_pieces(centre[row], float(width_m[row]))
        for row in _crooked(centre, lines, width_m, turn_cosine)
    }
    plain = ~np.isnan(width_m)
    for row, route in enumerate(routes):
        if route.trenchless:
            pieces[row] = _bored(lines, row, route.trenchless, float(width_m[row]), pits[row])
            plain[row] = False
    plain[list(pieces)] = False
    area = np.full(len(centre), None, dtype=np.object_)
    area[plain] = _buffered(centre[plain], width_m[plain], turn_cosine)
    return Patchwork(area, {row: own for row, own in pieces.items() if len(own)})


def reach_of(lines: Polylines, width_m: Floats) -> Floats:
    """How far from its course each line's strip reaches at most, in grid metres.

    Half the width over the cosine of half the sharpest turn, to the tip of its mitre; as far as
    the corners of a hairpin's tip where that is cut off, and where segments are so short that
    turns may add up.
    """
    cosine = np.empty(len(lines.line))
    cosine[:-1] = _turn_cosine(lines)
    cosine[lines.first[1:] - 1] = 1.0  # at a line's end it turns into no other
    sharpest = np.minimum.reduceat(cosine, lines.first[:-1])
    shortest_m = np.minimum.reduceat(lines.grid_length_m, lines.first[:-1])
    # of one line that is being drawn a dozen array calls are 20 us, numbers one by one two
    columns = (column.tolist() for column in (sharpest, shortest_m, width_m))
    return np.array([_reach_m(*one) for one in zip(*columns, strict=True)])


def _reach_m(cosine: float, shortest_m: float, width_m: float) -> float:
    half_turn = math.sqrt(max((1.0 + cosine) / 2.0, 0.0))
    if half_turn * MITRE_LIMIT < 1.0 or shortest_m < SHORT_WIDTHS * width_m:
        return _HAIRPIN * width_m / 2
    return _ROUGHLY / half_turn * width_m / 2


def _turn_cosine(lines: Polylines) -> Floats:
    """From each segment to the next one, whosever it is."""
    cosine: Floats = np.einsum("ij,ij->i", lines.direction[:-1], lines.direction[1:])
    return cosine


def _buffered(centre: Geometries, width_m: Floats, turn_cosine: Floats) -> Geometries:
    # GEOS rounds bends off by up to a thousandth of the width, and which ones hangs on vertices
    # that lie on a straight stretch: without them a line has one strip, however it was drawn.
    bends = centre
    if np.count_nonzero(turn_cosine > _STRAIGHT_COSINE):
        bends = shapely.simplify(centre, _SAME_PLACE_M, preserve_topology=False)
    buffered: Geometries = shapely.buffer(
        bends, width_m / 2, cap_style="flat", join_style="mitre", mitre_limit=MITRE_LIMIT
    )
    return buffered


def _crooked(
    centre: Geometries, lines: Polylines, width_m: Floats, turn_cosine: Floats
) -> list[int]:
    """Lines whose strip GEOS would not draw whole, and some that it would.

    Of a line that comes back to a vertex of its own GEOS keeps one side, closes it to a ring, or
    rounds its coordinates; where a segment is shorter than the inner sides of the bends at its
    ends it leaves out ground. The inner side of a bend that turns by an angle takes half the
    width times the tangent of half the angle: at most thrice the width for two of them up to 143
    degrees.
    """
    back = _come_back(centre)
    sharp = turn_cosine < SHARP_COSINE
    short = lines.grid_length_m < SHORT_WIDTHS * width_m[lines.line]
    crooked = np.array(back)
    if np.count_nonzero(short):
        crooked[lines.line[short]] = True
    if np.count_nonzero(sharp):
        crooked[lines.line[:-1][sharp & (lines.line[:-1] == lines.line[1:])]] = True
    if not np.count_nonzero(crooked):
        return []
    rows: list[int] = (crooked & ~np.isnan(width_m)).nonzero()[0].tolist()
    return rows


def may_come_back(centre: Geometries) -> NDArray[np.bool_]:
    """Of many lines those that have one vertex twice, and by chance another.

    By hash: 20,000 lines in 15 ms instead of 80.
    """
    points, line = shapely.get_coordinates(centre, return_index=True)
    bits = (points + 0.0).view(np.int64)  # there is one zero
    key = bits[:, 0] * _HASH[0] + bits[:, 1] * _HASH[1] + line * _HASH[2]
    ordered = np.sort(key)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    back = np.zeros(len(centre), dtype=bool)
    back[line[np.isin(key, twice)]] = True
    return back


def _come_back(centre: Geometries) -> list[bool]:
    """Which lines have one vertex twice."""
    vertices = map(tuple, shapely.get_coordinates(centre).tolist())
    counts = shapely.get_num_coordinates(centre).tolist()
    return [len(set(islice(vertices, count))) < count for count in counts]


def _bored(
    lines: Polylines, line: int, bores: Sequence[Bore], width_m: float, pits: Pits
) -> Geometries:
    """The pieces of the open stretches' strips, and the pits; none where nothing is known."""
    centres = [] if math.isnan(width_m) else open_cut(lines, line, bores)
    widths_m = [width_m] * len(centres)
    if pits.length_m is not None and pits.width_m is not None:
        axes = _pit_axes(lines, line, bores, pits.length_m)
        centres += axes
        widths_m += [pits.width_m] * len(axes)
    every = [exact_pieces(one, width) for one, width in zip(centres, widths_m, strict=True)]
    return np.concatenate([np.zeros(0, dtype=np.object_), *every])


def open_cut(lines: Polylines, line: int, bores: Sequence[Bore]) -> list[LineString]:
    """The stretches of one line that are dug open, between its bores."""
    total_m = float(lines.total_m[line])
    stretches: list[LineString] = []
    reached_m = 0.0
    for bore in sorted(bores, key=lambda one: one.from_m):
        if bore.from_m > reached_m + _SAME_PLACE_M:
            stretches.append(stretch(lines, line, reached_m, bore.from_m))
        reached_m = max(reached_m, bore.to_m)
    if reached_m < total_m - _SAME_PLACE_M:
        stretches.append(stretch(lines, line, reached_m, total_m))
    return stretches


def stretch(lines: Polylines, line: int, from_m: float, to_m: float) -> LineString:
    """The part of one line between two places along it, in ellipsoidal metres.

    A place before the start or beyond the end lies straight on from there.
    """
    inner = slice(int(lines.first[line]) + 1, int(lines.first[line + 1]))
    before_m = lines.before_m[inner]  # it rises: of 5,000 vertices a handful is looked at
    first = int(before_m.searchsorted(from_m + _SAME_PLACE_M, side="right"))
    beyond = int(before_m.searchsorted(to_m - _SAME_PLACE_M, side="left"))
    between = lines.start[inner][first:beyond]
    points = np.empty((len(between) + 2, 2))  # of 40 vertices 5 us, 22 made of numbers one by one
    points[0], points[1:-1], points[-1] = (
        lines.point_at(line, from_m),
        between,
        lines.point_at(line, to_m),
    )
    return LineString(points)


def _pit_axes(
    lines: Polylines, line: int, bores: Sequence[Bore], length_m: float
) -> list[LineString]:
    """The axes of all pits: outside each end of each bore, on the line."""
    axes = []
    for bore in bores:
        before_m = length_m / lines.factor_at(line, bore.from_m)
        beyond_m = length_m / lines.factor_at(line, bore.to_m)
        axes.append(stretch(lines, line, bore.from_m - before_m, bore.from_m))
        axes.append(stretch(lines, line, bore.to_m, bore.to_m + beyond_m))
    return axes

"""How much of an area lies on a line's strip, segment by segment, from the area's outline alone.

Cut along the bisectors of its bends, the strip of a line falls into one piece a segment: in the
segment's own frame a band with slanting ends. What an area has in common with such a piece follows
from the area's outline, drawn back onto the piece edge by edge: no polygon is built. It holds for
pieces that are ``plain``, and for areas that no two pieces of one strip meet but neighbours, which
part at their bisector; whoever asks has to draw the strip for the rest.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from neixiang_survey_plugin.core.measuring.boundaries import Boundaries
from neixiang_survey_plugin.core.measuring.crooked import MITRE_LIMIT
from neixiang_survey_plugin.core.measuring.frames import Frame, Mask, frame_of
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices, Polylines, summed
from neixiang_survey_plugin.core.measuring.strips import SHARP_COSINE, SHORT_WIDTHS

# Flatter bends than this GEOS draws straight on one side, once they leave a straight line by less
# than a two-hundredth of the strip's width; with three times that to spare from three widths on.
_SHALLOW_SINE = 0.01


class Pieces(NamedTuple):
    """The pieces of strips, one a segment, and where a piece is as GEOS draws it.

    A piece lies ``half_m`` to either side of its segment. So far to the left of the segment it
    begins ``begin_lean`` times as far after the segment's start, and ends ``end_lean`` times as
    far before the segment's end. ``reach_m`` is how far from the segment it reaches. It is not
    ``plain`` beside a bend that is too sharp or too flat, or a segment too short for its bends.
    """

    half_m: Floats
    begin_lean: Floats
    end_lean: Floats
    reach_m: Floats
    plain: Mask


class Swept(NamedTuple):
    """What pairs of piece and area have in common: square metres, and where its middle lies.

    ``east_m`` and ``north_m`` are the middle's, in the county grid; all on the grid.
    """

    area_m2: Floats
    east_m: Floats
    north_m: Floats


def strip_pieces(lines: Polylines, width_m: Floats) -> Pieces:
    """The pieces of the strips of lines, each ``width_m`` wide, in grid metres."""
    one, other = lines.direction[:-1], lines.direction[1:]
    cosine = (one * other).sum(axis=1)
    sine = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    bend = lines.line[:-1] == lines.line[1:]
    mitred = bend & (cosine >= SHARP_COSINE)
    lean = np.divide(sine, 1.0 + cosine, out=np.zeros_like(sine), where=mitred)
    begin_lean, end_lean = np.append(0.0, lean), np.append(lean, 0.0)
    steepest = np.maximum(np.abs(begin_lean), np.abs(end_lean))
    half_m = 0.5 * width_m[lines.line]
    short = lines.grid_length_m < 2.0 * SHORT_WIDTHS * half_m
    odd = bend & ((np.abs(sine) < _SHALLOW_SINE) | ~mitred | short[:-1] | short[1:])
    plain = ~(short | np.append(False, odd) | np.append(odd, False))
    return Pieces(
        half_m=half_m,
        begin_lean=begin_lean,
        end_lean=end_lean,
        reach_m=half_m * np.where(plain, np.sqrt(1.0 + steepest * steepest), MITRE_LIMIT),
        plain=plain,
    )


def swept_areas(
    lines: Polylines, pieces: Pieces, outlines: Boundaries, segment: Indices, area: Indices
) -> Swept:
    """What each pair has in common; ``outlines`` run clockwise around ground, else around holes."""
    half_m = pieces.half_m[segment]
    frame = frame_of(lines, outlines, segment, area, half_m)
    row = _edges_in_band(frame, half_m)
    pair = frame.pair[row]
    owner = segment[pair]
    along_m, across_m = _within_band(frame, row, half_m[pair])
    begin_m = across_m * pieces.begin_lean[owner]
    end_m = frame.reach_m[pair] - across_m * pieces.end_lean[owner]
    sums = _moments(*_drawn_back(along_m, across_m, begin_m, end_m))
    area_m2, along_m3, across_m3 = (summed(pair, -one, len(segment)) for one in sums)
    some = area_m2 > 0.0
    x_m = np.divide(along_m3, area_m2, out=np.zeros_like(area_m2), where=some)
    y_m = np.divide(across_m3, area_m2, out=np.zeros_like(area_m2), where=some)
    start_e, start_n = lines.start[segment].T
    d_east, d_north = lines.direction[segment].T
    return Swept(
        area_m2, start_e + d_east * x_m - d_north * y_m, start_n + d_north * x_m + d_east * y_m
    )


def _edges_in_band(frame: Frame, half_m: Floats) -> Indices:
    """Rows of edges that run through the band of their pair's segment, level ones left out."""
    one, other = frame.across_m[:-1], frame.across_m[1:]
    reach_m = half_m[frame.pair[:-1]]
    through = (np.minimum(one, other) < reach_m) & (np.maximum(one, other) > -reach_m)
    rows: Indices = (through & frame.edge[:-1] & (one != other)).nonzero()[0]
    return rows


def _within_band(frame: Frame, row: Indices, half_m: Floats) -> tuple[Floats, Floats]:
    """Both ends, (2, n), of that part of each edge which lies in the band: along and across."""
    along_m, across_m = frame.along_m[row], frame.across_m[row]
    run, rise = frame.along_m[row + 1] - along_m, frame.across_m[row + 1] - across_m
    low, high = (-half_m - across_m) / rise, (half_m - across_m) / rise
    share = np.stack((np.minimum(low, high), np.maximum(low, high))).clip(0.0, 1.0)
    return along_m + share * run, across_m + share * rise


def _drawn_back(
    along_m: Floats, across_m: Floats, begin_m: Floats, end_m: Floats
) -> tuple[Floats, Floats, Floats]:
    """Edges drawn back onto the piece, (4, n): along, where the piece begins there, and across.

    Between the piece's ends a place stays, before and beyond them it moves to the end. Each edge
    is parted where it meets an end, so that all its parts are straight.
    """
    zero, one = np.zeros(along_m.shape[1]), np.ones(along_m.shape[1])
    met = np.stack((_meets(along_m - begin_m), _meets(along_m - end_m)))
    share = np.stack((zero, met.min(axis=0), met.max(axis=0), one))
    along, across, begin, end = (
        ends[0] + share * (ends[1] - ends[0]) for ends in (along_m, across_m, begin_m, end_m)
    )
    return np.minimum(np.maximum(along, begin), end), begin, across


def _meets(beyond_m: Floats) -> Floats:
    """The share of each edge at which it comes to where it is zero metres beyond; 0 for never."""
    one, other = beyond_m
    change = one - other
    share: Floats = np.divide(one, change, out=np.zeros_like(one), where=one * other < 0.0)
    return share


def _moments(along: Floats, begin: Floats, across: Floats) -> tuple[Floats, Floats, Floats]:
    """Each edge's share in the area, in the area times along and in the area times across."""
    rise = across[1:] - across[:-1]
    within = along - begin
    area = 0.5 * rise * (within[:-1] + within[1:])
    squares = along * along - begin * begin
    products = along[:-1] * along[1:] - begin[:-1] * begin[1:]
    along_area = rise * (squares[:-1] + products + squares[1:]) / 6.0
    low, high = across[:-1], across[1:]
    weighted = within[:-1] * (2.0 * low + high) + within[1:] * (low + 2.0 * high)
    return area.sum(axis=0), along_area.sum(axis=0), (rise * weighted / 6.0).sum(axis=0)

"""The strip of a line that turns more tightly than its width: piece by piece, by its definition."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.overlay import joined

MITRE_LIMIT = 5.0
# A vertex that lies on a straight stretch is no bend; further apart nobody would see it.
_SAME_PLACE_M = 1e-6

_AREA = 2  # as GEOS numbers dimensions

_Floats = NDArray[np.float64]


def exact_strip(line: LineString, width_m: float) -> Geometry:
    """The strip of a line as one area in the county grid: the union of ``exact_pieces``."""
    return joined(exact_pieces(line, width_m))


def exact_pieces(line: LineString, width_m: float) -> Geometries:
    """A rectangle along each segment and a mitred corner at each bend.

    Flat ends, mitre limit 5, also where a line ends at its own beginning. In the county grid.
    """
    straight = shapely.simplify(line, _SAME_PLACE_M, preserve_topology=False)
    points = shapely.get_coordinates(straight)
    points = points[np.append(True, (points[1:] != points[:-1]).any(axis=1))]
    delta = points[1:] - points[:-1]
    length_m = np.hypot(delta[:, 0], delta[:, 1])
    along = delta / length_m[:, None]
    half_m = width_m / 2
    aside = half_m * np.stack([-along[:, 1], along[:, 0]], axis=1)
    pieces = [_rectangles(points, aside)]
    if len(along) > 1:
        pieces.append(_corners(points[1:-1], along, length_m, half_m))
    return np.concatenate(pieces)


def _rectangles(points: _Floats, aside: _Floats) -> Geometries:
    """At each bend with a vertex on the line, as the corner there has one.

    Without it the two would lie a last bit apart, and a grid makes a slit of that.
    """
    begin, end = points[:-1], points[1:]
    first, last = begin.copy(), end.copy()
    first[0] -= aside[0]  # the line's own ends stay straight: the same vertex twice
    last[-1] += aside[-1]
    sides = [begin + aside, end + aside, last, end - aside, begin - aside, first]
    return np.asarray(shapely.polygons(np.stack(sides, axis=1)))


def _corners(at: _Floats, along: _Floats, length_m: _Floats, half_m: float) -> Geometries:
    """What the outer side of each bend adds, cut off square at the limit.

    A line's way back over itself adds nothing.
    """
    before, after = along[:-1], along[1:]
    turn = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    outer = np.where(turn > 0.0, -half_m, half_m)[:, None]
    one = at + outer * np.stack([-before[:, 1], before[:, 0]], axis=1)
    other = at + outer * np.stack([-after[:, 1], after[:, 0]], axis=1)
    together = (before * after).sum(axis=1)
    shorter_m = np.minimum(length_m[:-1], length_m[1:])
    back = (together < 0.0) & (np.abs(turn) * shorter_m < _SAME_PLACE_M)
    reach = np.where(back, 0.0, _reach_m(together, half_m))[:, None]
    ring = np.stack([at, one, one + reach * before, other - reach * after, other], axis=1)
    # convex by nature; as rings the flattest would be invalid by their last bits
    corners: Geometries = np.asarray(shapely.convex_hull(shapely.linestrings(ring[~back])))
    # a tip has two vertices that differ by their last bits, of which GEOS may make a loose hole
    corners = np.asarray(shapely.remove_repeated_points(corners, _SAME_PLACE_M))
    wide: Geometries = corners[shapely.get_dimensions(corners) == _AREA]
    return wide


def _reach_m(together: _Floats, half_m: float) -> _Floats:
    """Metres along the outer sides of bends until the two meet, or until they are cut off.

    ``together`` are the cosines of the turns. The tip, where they meet, lies half the width over
    the cosine of half the turn from the bend.
    """
    cosine = np.sqrt(np.maximum((1.0 + together) / 2.0, 0.0))
    sine = np.sqrt(np.maximum((1.0 - together) / 2.0, 0.0))
    pointed = cosine * MITRE_LIMIT >= 1.0
    reach_m: _Floats = np.divide(half_m * sine, cosine, out=np.zeros_like(sine), where=pointed)
    cut_m = half_m * (MITRE_LIMIT - cosine)
    return np.divide(cut_m, sine, out=reach_m, where=~pointed)

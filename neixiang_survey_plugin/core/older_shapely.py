"""What the oldest shapely that is allowed cannot do yet, and what does it instead.

Whoever asks here gets the same figures from shapely 2.0 with GEOS 3.11 as from the newest.
"""

from __future__ import annotations

import functools
import inspect
import re

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from neixiang_survey_plugin.core.features import Geometries

_HOLDS_MEASURES = hasattr(shapely, "has_m")
_VALID_BY_RINGS = "method" in inspect.signature(shapely.make_valid).parameters
_TEXT_WITH_MEASURES = re.compile(r"\s*[a-z]+(?<!z)\s*m\b", re.IGNORECASE)
# What lies beside a line in two pieces, of which GEOS before 3.12 gives the longer one only.
_TWO_PIECES = LineString([(6, 5), (6, 0), (3, 5), (1, 1), (6, 1)]), 0.8
# A course is held against its line so densely, and as exactly as GEOS draws it: of the distance.
_STEP_M, _SAME_DISTANCE, _SAME_PLACE = 0.25, 1e-4, 0.05


def has_heights(geometry: Geometries) -> NDArray[np.bool_]:
    """Which shapes carry heights, also where the first of them is missing (NaN)."""
    flags: NDArray[np.bool_] = shapely.has_z(geometry)
    if _sees_missing_heights():
        return flags
    three: NDArray[np.bool_] = shapely.get_coordinate_dimension(geometry) == 3
    return flags | three


def has_measures(geometry: Geometries) -> NDArray[np.bool_]:
    """Which shapes carry values M; none do where shapely leaves them behind on reading."""
    if not _HOLDS_MEASURES:
        return np.zeros(len(geometry), dtype=bool)
    flags: NDArray[np.bool_] = shapely.has_m(geometry)
    return flags


def from_text(text: str) -> BaseGeometry:
    """The shape that a WKT writes; GEOSException where it writes none.

    An older library takes a value M for a height.
    """
    shape: BaseGeometry = shapely.from_wkt(text)
    if not _HOLDS_MEASURES and _TEXT_WITH_MEASURES.match(text):
        return shapely.force_2d(shape)
    return shape


def line_beside(line: LineString, left_m: float, mitre_limit: float) -> LineString | None:
    """What lies ``left_m`` to the left of a line; None where that is nothing or several pieces.

    With an older library None too beside some bends that are sharper than the newest one minds.
    """
    beside: BaseGeometry = shapely.offset_curve(
        line, left_m, join_style="mitre", mitre_limit=mitre_limit
    )
    # GEOS 3.14 cuts it in two where the line bends by less than a thousandth of a degree.
    if isinstance(beside, MultiLineString):
        beside = shapely.line_merge(beside)
    if not isinstance(beside, LineString) or beside.is_empty:
        return None
    if _gives_one_piece_only() and _more_lies_beside(line, left_m, beside):
        return None
    return beside


def valid_ground(shape: BaseGeometry) -> BaseGeometry:
    """The ground that the outlines of a polygon or multipolygon go round, valid.

    GEOSException where the coordinates are beyond calculating with.
    """
    if _VALID_BY_RINGS:
        return shapely.make_valid(shape, method="structure", keep_collapsed=False)
    return ground_by_rings(shape)


@functools.cache
def _sees_missing_heights() -> bool:
    return bool(shapely.has_z(shapely.from_wkt("LINESTRING Z (0 0 nan, 1 1 1)")))


@functools.cache
def _gives_one_piece_only() -> bool:
    return isinstance(shapely.offset_curve(*_TWO_PIECES, join_style="mitre"), LineString)


def _more_lies_beside(line: LineString, left_m: float, beside: LineString) -> bool:
    """Whether places at the full distance from a line lie off the course that is said to be it."""
    corners = shapely.get_coordinates(line)
    steps = np.diff(corners, axis=0)
    length_m = np.hypot(*steps.T)
    corners, steps, length_m = (each[length_m > 0.0] for each in (corners[:-1], steps, length_m))
    starts = corners + left_m * steps[:, ::-1] * (-1.0, 1.0) / length_m[:, None]
    sides = shapely.linestrings(np.stack([starts, starts + steps], axis=1))
    on_sides = shapely.get_coordinates(shapely.segmentize(sides, _STEP_M))
    places = np.asarray(shapely.points(on_sides))
    clear = shapely.distance(places, line) > abs(left_m) * (1.0 - _SAME_DISTANCE)
    return bool((shapely.distance(places[clear], beside) > abs(left_m) * _SAME_PLACE).any())


def ground_by_rings(shape: BaseGeometry) -> BaseGeometry:
    """``valid_ground`` from faces: what GEOS does since 3.10 and shapely asks for since 2.1.

    A place counts as gone round where a ring's winding number is not zero. Holes are cut out of
    the part that they meet; one that lies apart from it is ground of its own.
    """
    pieces: list[BaseGeometry] = []
    for part in shapely.get_parts(shape).tolist():
        ground = _gone_round(part.exterior)
        holes = [_gone_round(ring) for ring in part.interiors]
        inside = [hole for hole in holes if hole.intersects(ground)]
        pieces += [hole for hole in holes if not hole.intersects(ground)]
        pieces.append(shapely.difference(ground, shapely.union_all(inside)))
    return shapely.union_all(pieces)


def _gone_round(ring: LineString) -> BaseGeometry:
    """The places that a ring goes round, whichever way and however often."""
    corners = shapely.get_coordinates(ring)
    cut_at_crossings = shapely.union_all([LineString(corners)])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(cut_at_crossings)))
    within = [_winding_number(corners, shapely.point_on_surface(face)) != 0 for face in faces]
    return shapely.union_all(faces[np.array(within, dtype=bool)])


def _winding_number(corners: NDArray[np.float64], place: Geometry) -> int:
    """How often a closed ring of corners goes round a place, anticlockwise less clockwise."""
    with np.errstate(over="ignore", invalid="ignore"):
        x, y = (corners - shapely.get_coordinates(place)[0]).T
        left = x[:-1] * y[1:] - x[1:] * y[:-1]
    up, down = (y[:-1] <= 0.0) & (y[1:] > 0.0), (y[:-1] > 0.0) & (y[1:] <= 0.0)
    return int(np.count_nonzero(up & (left > 0.0)) - np.count_nonzero(down & (left < 0.0)))

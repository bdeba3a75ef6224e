"""Invalid polygons made valid, and pieces too thin to be ground taken out.

A place that the outline goes round, once or twice, in whichever direction, is inside: measures
count each place once, and a surveyor who walks it stands on the object. The other reading, by
which a place that is gone round twice is a hole, cuts ground out of a road that crosses itself and
lets a line pass that does not. For a bow tie both give its two wings. Where they differ the repair
carries the other area, so that somebody looks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.older_shapely import valid_ground
from neixiang_survey_plugin.core.repair.figures import (
    POLYGONS,
    figures,
    of_types,
    rows_where,
    simple_parts,
)
from neixiang_survey_plugin.core.repair.repairs import (
    Outcome,
    Repair,
    RepairLimits,
    Trouble,
)

_PLACE = re.compile(r"(.*)\[(\S+) (\S+)")
_SAME_AREA = 1e-9  # of the area: GEOS builds the two readings from the same vertices


def made_valid(geometry: Geometries, limits: RepairLimits) -> tuple[Geometries, list[Repair]]:
    """The polygons valid; one that has no area is set aside."""
    wrong = of_types(geometry, POLYGONS) & ~shapely.is_valid(geometry)
    if not wrong.any():
        return geometry, []
    result, found = geometry.copy(), []
    for row in rows_where(wrong):
        repair, result[row] = _made_valid(geometry[row], limits)
        found.append(repair._replace(row=row))
    return result, found


def without_slivers(geometry: Geometries, limits: RepairLimits) -> tuple[Geometries, list[Repair]]:
    """Thin parts of an area that has others and thin holes taken out; thin areas are named."""
    suspects = of_types(geometry, POLYGONS)
    result, found = geometry, []
    for row in rows_where(suspects & _has_thin_piece(geometry, limits)):
        shape, repairs = _without_slivers(geometry[row], limits)
        found += [repair._replace(row=row) for repair in repairs]
        if shape is not geometry[row]:
            result = geometry.copy() if result is geometry else result
            result[row] = shape
    return result, found


def _made_valid(shape: BaseGeometry, limits: RepairLimits) -> tuple[Repair, BaseGeometry | None]:
    before = figures(shape)
    reason, at = _why(shape)
    try:
        whole = valid_ground(shape)
        if not whole.is_valid:  # GEOS 3.14 may leave two parts that share an edge
            whole = shapely.union_all(simple_parts(whole))
        pieces = simple_parts(shapely.make_valid(shape))
    except GEOSException:
        whole, pieces = None, []
    if whole is None or not whole.is_valid:
        lost = Repair(Trouble.BEYOND_REPAIR, Outcome.SET_ASIDE, 0, before, at=at, reason=reason)
        return lost, None
    if whole.area == 0.0:
        return Repair(Trouble.COLLAPSED, Outcome.SET_ASIDE, 0, before, at=at), None
    other_m2 = sum(piece.area for piece in pieces)
    differs = abs(other_m2 - whole.area) > max(_SAME_AREA * whole.area, limits.named_overlap_m2)
    repair = Repair(
        Trouble.INVALID_AREA,
        Outcome.REPAIRED,
        0,
        before,
        figures(whole),
        at,
        reason=reason,
        amount=sum(piece.length for piece in pieces if piece.geom_type == "LineString"),
        other_area_m2=other_m2 if differs else None,
    )
    return repair, whole


def _why(shape: BaseGeometry) -> tuple[str, tuple[float, float] | None]:
    """GEOS's reason, and the place that it names."""
    said = shapely.is_valid_reason(shape)
    match = _PLACE.match(said)
    if match is None:
        return said, None
    return match[1], (float(match[2]), float(match[3].rstrip("]")))


def _mean_width_m(rings: Geometries) -> np.ndarray:
    """Twice the area over the perimeter, as the width of a road is taken."""
    length_m = shapely.length(rings)
    width_m = np.zeros(len(rings))
    np.divide(2.0 * shapely.area(rings), length_m, out=width_m, where=length_m > 0)
    return width_m


def _has_thin_piece(geometry: Geometries, limits: RepairLimits) -> np.ndarray:
    rings, row = shapely.get_rings(geometry, return_index=True)
    flags = np.zeros(len(geometry), dtype=bool)
    thin = _mean_width_m(_filled(rings)) < limits.named_below_width_m
    flags[row[thin]] = True
    # A part that is thin because of its holes has no thin ring.
    parts, row = shapely.get_parts(geometry, return_index=True)
    flags[row[_mean_width_m(parts) < limits.named_below_width_m]] = True
    return flags


def _filled(rings: Geometries) -> Geometries:
    return np.asarray(shapely.polygons(rings), dtype=object)


def _without_slivers(
    shape: BaseGeometry, limits: RepairLimits
) -> tuple[BaseGeometry, list[Repair]]:
    repairs: list[Repair] = []
    parts: Any = shapely.get_parts(shape)
    thin = _mean_width_m(parts) < limits.dropped_below_width_m
    if thin.any() and not thin.all():
        parts, gone = parts[~thin], parts[thin]
        shape, repair = _recorded(shape, parts, Trouble.SLIVER_PART, gone[0])
        repairs.append(repair)
    filled = [_without_thin_holes(part, limits.dropped_below_width_m) for part in parts]
    holes = [hole for _, gone in filled for hole in gone]
    solid = [part for part, _ in filled]
    if holes and _joined(solid).is_valid:  # another part may lie in the hole
        shape, repair = _recorded(shape, solid, Trouble.SLIVER_HOLE, holes[0])
        repairs.append(repair)
    if _is_thin(shape, limits.named_below_width_m):
        at = _inside(shape)
        repairs.append(Repair(Trouble.SLIVER, Outcome.KEPT, 0, figures(shape), at=at))
    return shape, repairs


def _recorded(
    shape: BaseGeometry, parts: Sequence[Polygon], trouble: Trouble, gone: BaseGeometry
) -> tuple[BaseGeometry, Repair]:
    before, after = figures(shape), _joined(parts)
    return after, Repair(trouble, Outcome.REPAIRED, 0, before, figures(after), _inside(gone))


def _is_thin(shape: BaseGeometry, width_m: float) -> bool:
    return bool(_mean_width_m(np.array([shape], dtype=object))[0] < width_m)


def _without_thin_holes(part: Polygon, width_m: float) -> tuple[Polygon, list[Polygon]]:
    """The part without its thin holes, and these."""
    holes = [Polygon(ring) for ring in part.interiors]
    thin = [hole for hole in holes if _is_thin(hole, width_m)]
    if not thin:
        return part, []
    kept = [hole.exterior for hole in holes if not _is_thin(hole, width_m)]
    return Polygon(part.exterior, kept), thin


def _joined(parts: Sequence[Polygon]) -> BaseGeometry:
    return parts[0] if len(parts) == 1 else MultiPolygon(list(parts))


def _inside(shape: BaseGeometry) -> tuple[float, float]:
    point = shapely.point_on_surface(shape)
    return point.x, point.y

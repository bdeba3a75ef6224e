"""Shapes of another kind than the layer's: collections opened, closed lines made areas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from shapely import MultiLineString, MultiPoint, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.repair.figures import (
    LINES,
    POINTS,
    POLYGONS,
    figures,
    of_types,
    rows_where,
    simple_parts,
)
from neixiang_survey_plugin.core.repair.repairs import Outcome, Repair, RepairLimits, Trouble
from neixiang_survey_plugin.core.schema import GeometryKind

_Gathered = Callable[[Any], BaseGeometry]

# What an area says more about than a line does comes first.
_KINDS: tuple[tuple[GeometryKind, tuple[int, ...], tuple[str, ...], _Gathered], ...] = (
    (GeometryKind.POLYGON, POLYGONS, ("Polygon",), MultiPolygon),
    (GeometryKind.LINE, LINES, ("LineString", "LinearRing"), MultiLineString),
    (GeometryKind.POINT, POINTS, ("Point",), MultiPoint),
)
_LEAST_RING = 4  # points of a closed line round an area, the first one twice


def to_kinds(
    geometry: Geometries, kinds: Sequence[GeometryKind], limits: RepairLimits
) -> tuple[Geometries, list[Repair]]:
    """The shapes as the layer may hold them; what cannot be one of its kinds is set aside."""
    wanted = [row for row in _KINDS if row[0] in kinds]
    allowed = tuple(number for row in wanted for number in row[1])
    strange = ~of_types(geometry, allowed) & ~shapely.is_missing(geometry)
    if not strange.any():
        return geometry, []
    result, found = geometry.copy(), []
    for row in rows_where(strange):
        repair, result[row] = _brought(geometry[row], kinds, limits)
        found.append(repair._replace(row=row))
    return result, found


def _brought(
    shape: BaseGeometry, kinds: Sequence[GeometryKind], limits: RepairLimits
) -> tuple[Repair, BaseGeometry | None]:
    parts = simple_parts(shape)
    for kind, _, names, several in _KINDS:
        own = [part for part in parts if part.geom_type in names]
        if kind in kinds and own:
            return _opened(shape, parts, own[0] if len(own) == 1 else several(own))
    lines = [part for part in parts if part.geom_type in ("LineString", "LinearRing")]
    if GeometryKind.POLYGON in kinds and lines:
        return _enclosed(shape, lines, limits)
    types = "、".join(sorted({part.geom_type for part in parts}))
    return Repair(Trouble.WRONG_TYPE, Outcome.SET_ASIDE, 0, figures(shape), reason=types), None


def _opened(
    shape: BaseGeometry, parts: list[BaseGeometry], kept: BaseGeometry
) -> tuple[Repair, BaseGeometry]:
    """A collection of which the parts of one kind are kept; the metres of line that fell out."""
    fallen = [part for part in parts if part.geom_type not in kept.geom_type]
    types = "、".join(sorted({part.geom_type for part in fallen}))
    lost_m = sum(part.length for part in fallen if part.geom_type != "Polygon")
    repair = Repair(
        Trouble.MIXED,
        Outcome.REPAIRED,
        0,
        figures(shape),
        figures(kept),
        _middle(fallen[0]) if fallen else None,
        reason=types,
        amount=lost_m,
    )
    return repair, kept


def _enclosed(
    shape: BaseGeometry, lines: list[BaseGeometry], limits: RepairLimits
) -> tuple[Repair, BaseGeometry | None]:
    """Lines that close as the area within them; CAD draws areas so. A ring within one is a hole."""
    gaps_m = [_gap_m(line) for line in lines]
    widest = int(np.argmax(gaps_m))
    before = figures(shape)
    if gaps_m[widest] > limits.closes_within_m:
        at = shapely.get_coordinates(lines[widest])[0].tolist()
        place = (at[0], at[1])
        open_line = Repair(Trouble.OPEN_LINE, Outcome.SET_ASIDE, 0, before, at=place)
        return open_line._replace(amount=gaps_m[widest]), None
    rings = [_ring(line) for line in lines]
    sound = [ring for ring in rings if len(ring) >= _LEAST_RING]
    if not sound:
        return Repair(Trouble.COLLAPSED, Outcome.SET_ASIDE, 0, before, at=_middle(shape)), None
    if len(sound) == 1:
        area: BaseGeometry = Polygon(sound[0])
    else:
        area = shapely.build_area(MultiLineString(sound))
    repair = Repair(Trouble.CLOSED_LINE, Outcome.REPAIRED, 0, before, figures(area), _middle(area))
    return repair._replace(amount=gaps_m[widest]), area


def _gap_m(line: BaseGeometry) -> float:
    ends = shapely.get_coordinates(line)[[0, -1]]
    return float(np.hypot(*(ends[1] - ends[0])))


def _ring(line: BaseGeometry) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = [tuple(p) for p in shapely.get_coordinates(line).tolist()]
    return points if points[0] == points[-1] else [*points, points[0]]


def _middle(shape: BaseGeometry) -> tuple[float, float] | None:
    point = shapely.point_on_surface(shape)
    return None if point is None or point.is_empty else (point.x, point.y)

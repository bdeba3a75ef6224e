"""The geometry of a layer, checked and brought into the county grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.app.wording.repairs import INVALID_REASONS
from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.schema import GeometryKind
from neixiang_survey_plugin.io.complaints import Complaints
from neixiang_survey_plugin.io.crs import is_same_crs, to_county_grid
from neixiang_survey_plugin.io.raw_layer import RawLayer

Flags = NDArray[np.bool_]
_Test = Callable[[Geometries], Flags]

# Shapely's numbers of geometry types, single and multi-part.
_TYPES = {
    GeometryKind.POINT: (0, 4),
    GeometryKind.LINE: (1, 2, 5),
    GeometryKind.POLYGON: (3, 6),
}
_CHINESE = {GeometryKind.POINT: "点", GeometryKind.LINE: "线", GeometryKind.POLYGON: "面"}


def check_shapes(
    raw: RawLayer, kinds: Sequence[GeometryKind], complaints: Complaints
) -> tuple[Geometries, Flags]:
    """The geometry in two dimensions, and which rows are sound; a complaint for every other."""
    geometry = _flat(raw.geometry)
    sound = np.ones(len(geometry), dtype=bool)
    complaints.reasons(raw.unreadable)
    sound[list(raw.unreadable)] = False
    for find, say in (
        (shapely.is_missing, lambda row: "没有几何；请补画，或删去这一行"),
        (shapely.is_empty, lambda row: "几何是空的；请补画，或删去这一行"),
        (_of_other_types(kinds), lambda row: _wrong_type(geometry[row], kinds)),
        (_invalid, lambda row: _why_invalid(geometry[row])),
    ):
        rows = np.flatnonzero(find(geometry) & sound)
        complaints.rows(rows, say)
        sound[rows] = False
    return geometry, sound


def shift_to_grid(geometry: Geometries, crs: str, epsg: int) -> Geometries:
    """The same geometry in the county grid; inf where it has no place there.

    SurveyError when there is no transformation between the two systems.
    """
    if is_same_crs(crs, epsg):
        return geometry
    moved = to_county_grid(shapely.get_coordinates(geometry), crs, epsg)
    result: Geometries = shapely.set_coordinates(geometry.copy(), moved)
    return result


def _of_other_types(kinds: Sequence[GeometryKind]) -> _Test:
    allowed = [number for kind in kinds for number in _TYPES[kind]]
    return lambda geometry: ~np.isin(shapely.get_type_id(geometry), allowed)


def _wrong_type(shape: Any, kinds: Sequence[GeometryKind]) -> str:
    wanted = "或".join(_CHINESE[kind] for kind in kinds)
    return f"几何类型是 {shape.geom_type}，这个图层应为{wanted}"


def _invalid(geometry: Geometries) -> Flags:
    """Also coordinates that are no numbers, and lines whose points all lie on one place."""
    with np.errstate(invalid="ignore"):
        return ~shapely.is_valid(geometry)


def _why_invalid(shape: Any) -> str:
    if not np.isfinite(shapely.get_coordinates(shape)).all():
        return "坐标里有 NaN 或无穷大；请改正这一行的坐标"
    if shapely.get_dimensions(shape) == 1:
        return "线的各点重合，至少要有两个不同的点；请重画"
    reason, _, place = shapely.is_valid_reason(shape).partition("[")
    where = f"，在 {place.rstrip(']').replace(' ', ', ')}" if place else ""
    return f"面无效（{INVALID_REASONS.get(reason, reason)}{where}）；请在 QGIS 用“修正几何图形”改正"


def _flat(geometry: Geometries) -> Geometries:
    """Without heights and measures; copying 200,000 shapes that have none would cost 0.2 s."""
    if not (shapely.get_coordinate_dimension(geometry) > 2).any():
        return geometry
    flat: Geometries = shapely.force_2d(geometry)
    return flat

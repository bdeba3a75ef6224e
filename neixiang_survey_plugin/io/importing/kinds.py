"""Of a drawing in which everything lies together, what a layer can hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from shapely import Geometry, MultiLineString, MultiPoint, MultiPolygon

from neixiang_survey_plugin.core.schema import GeometryKind
from neixiang_survey_plugin.io.importing.found import Found

_DIMENSIONS = {GeometryKind.POINT: 0, GeometryKind.LINE: 1, GeometryKind.POLYGON: 2}
_NAMES = {0: "点", 1: "线", 2: "面", -1: "空的图形"}
_WHOLES: dict[int, Any] = {0: MultiPoint, 1: MultiLineString, 2: MultiPolygon}


def of_kinds(found: Found, kinds: Sequence[GeometryKind]) -> Found:
    """The rows whose geometry is of some kinds, the others counted in a remark.

    Of a collection the parts of the first kind that it has stay. Rows without readable geometry
    stay: they are to be complained of. All rows stay where no kind is asked for.
    """
    if not kinds:
        return found
    wanted = [_DIMENSIONS[kind] for kind in kinds]
    kept: list[int] = []
    shapes: list[Geometry | None] = []
    left = Counter[str]()
    for row, shape in enumerate(found.raw.geometry.tolist()):
        part = None if shape is None else _part(shape, wanted)
        if part is None and row not in found.raw.unreadable:
            left[_NAMES[-1 if shape is None else int(shapely.get_dimensions(shape))]] += 1
            continue
        kept.append(row)
        shapes.append(part)
    if not left:
        return found
    remark = "、".join(f"{count} 个{name}" for name, count in left.items())
    remarks = (*found.remarks, f"另有 {remark}没有收：这个图层收不了")
    return replace(found, raw=_rows(found, kept, shapes), remarks=remarks)


def _rows(found: Found, kept: list[int], shapes: list[Geometry | None]) -> Any:
    raw = found.raw
    geometry = np.empty(len(shapes), dtype=object)
    geometry[:] = shapes
    place = {row: number for number, row in enumerate(kept)}
    return replace(
        raw,
        geometry=geometry,
        columns={name: [cells[row] for row in kept] for name, cells in raw.columns.items()},
        fids=None if raw.fids is None else raw.fids[kept],
        unreadable={place[row]: why for row, why in raw.unreadable.items()},
    )


def _part(shape: Any, wanted: Sequence[int]) -> Geometry | None:
    """The geometry itself, or of a collection what is of the first kind that it has."""
    if shape.geom_type != "GeometryCollection":
        return shape if int(shapely.get_dimensions(shape)) in wanted else None
    flat = list(_leaves(shape))
    for dimension in wanted:
        parts = [one for one in flat if int(shapely.get_dimensions(one)) == dimension]
        if parts:
            return parts[0] if len(parts) == 1 else _WHOLES[dimension](parts)
    return None


def _leaves(shape: Any) -> list[Any]:
    parts = [] if shape.is_empty else shapely.get_parts(shape).tolist()
    if len(parts) == 1 and parts[0].geom_type == shape.geom_type:
        return parts
    return [leaf for part in parts for leaf in _leaves(part)] if parts else []

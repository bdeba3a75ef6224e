"""A layer as its file holds it: own coordinates, own columns, nothing checked yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry
from shapely.errors import GEOSException
from shapely.geometry.base import BaseGeometry

from neixiang_survey_plugin.core.features import Geometries

CURVE = "是曲线"

# What GEOS says of a blob that it cannot read; a line of one point is worded in two ways.
_REASONS = (
    ("point array must contain 0 or >1", "线只有一个点"),
    ("Invalid number of points in LineString", "线只有一个点"),
    ("closed linestring", "多边形的边界没有闭合"),
    ("Invalid number of points in LinearRing", "多边形的边界不足四个点"),
    ("Nonlinear", f"{CURVE}；请先转成折线（QGIS：转换为线段）"),
    ("Unknown WKB type", "几何类型不认识"),
    ("Input buffer is smaller", "几何数据不完整"),
    ("ParseException", "几何数据损坏"),
)
# What shapely raises of a blob that it cannot read: damaged, a curve, no blob at all.
_UNREADABLE = (GEOSException, NotImplementedError, TypeError)

Cells = list[Any]


@dataclass(frozen=True, eq=False)
class RawLayer:
    """One layer of one file, geometry in the file's own ``crs`` (anything PROJ can read).

    ``geometry`` is None where it is missing or unreadable, ``unreadable`` says why for the rows
    that have one. ``columns`` holds those that were asked for, ``column_names`` names them all.
    ``fids`` are the feature numbers where the format has lasting ones. A page of a layer says how
    many rows lie before it: ``first_row``.
    """

    path: Path
    name: str
    crs: str | None
    geometry: Geometries
    columns: Mapping[str, Cells]
    column_names: tuple[str, ...]
    fids: NDArray[np.int64] | None = None
    unreadable: Mapping[int, str] = field(default_factory=dict)
    first_row: int = 0

    def __len__(self) -> int:
        """How many rows."""
        return len(self.geometry)


def raw_layer_of_rows(
    path: Path,
    name: str,
    crs: str | None,
    shapes: Sequence[Geometry | None],
    rows: Sequence[Mapping[str, Any]],
    unreadable: Mapping[int, str] | None = None,
) -> RawLayer:
    """A layer of shapes in ``crs`` and the cells beside each; a cell that a row lacks is None.

    The columns stand in the order in which rows first name them. ``unreadable`` says why of rows
    that have no shape.
    """
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: [row.get(name) for row in rows] for name in names}
    geometry = np.empty(len(shapes), dtype=object)
    geometry[:] = shapes
    return RawLayer(path, name, crs, geometry, columns, tuple(names), unreadable=unreadable or {})


def geometries_from_wkb(blobs: Sequence[bytes | None]) -> tuple[Geometries, dict[int, str]]:
    """Geometries of WKB blobs, None where one is missing or unreadable, with the reasons."""
    raw = np.empty(len(blobs), dtype=object)
    raw[:] = blobs
    try:
        with np.errstate(invalid="ignore"):  # NaN coordinates are complained of by their row
            geometry: Geometries = shapely.from_wkb(raw, on_invalid="ignore")
    except NotImplementedError:  # one curve among them, and shapely reads none of them
        geometry = np.array([geometry_from_wkb(blob) for blob in blobs], dtype=object)
    unread = np.flatnonzero(shapely.is_missing(geometry)).tolist()
    return geometry, {row: _why_unreadable(blobs[row]) for row in unread if blobs[row] is not None}


def geometry_from_wkb(blob: bytes | None) -> BaseGeometry | None:
    """The geometry of a WKB blob, None where it is missing or unreadable."""
    try:
        geometry: BaseGeometry | None = shapely.from_wkb(blob)
    except _UNREADABLE:
        return None
    return geometry


def _why_unreadable(blob: bytes | None) -> str:
    try:
        shapely.from_wkb(blob)
    except _UNREADABLE as error:
        message = str(error)
        return next((said for sign, said in _REASONS if sign in message), message)
    return "几何数据损坏"

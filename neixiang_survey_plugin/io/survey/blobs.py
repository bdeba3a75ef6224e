"""Geometry as a GeoPackage holds it: a short header, the envelope, then WKB."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable

import shapely
from shapely import Geometry
from shapely.geometry.base import BaseGeometry

from neixiang_survey_plugin.io.raw_layer import geometry_from_wkb

# "GP", version 0, little-endian with an envelope of x and y, then the number of the system.
_HEADER = struct.Struct("<2sBBi")
_ENVELOPE = struct.Struct("<4d")
_FLAGS = 0b00000011
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def blob_from_geometry(geometry: Geometry, epsg: int) -> bytes:
    """The blob of a geometry, not empty, in the county grid of the EPSG code."""
    west, south, east, north = shapely.bounds(geometry).tolist()
    head = _HEADER.pack(b"GP", 0, _FLAGS, epsg) + _ENVELOPE.pack(west, east, south, north)
    return head + shapely.to_wkb(geometry, byte_order=1, output_dimension=2)


def geometry_from_blob(blob: object) -> BaseGeometry | None:
    """The geometry inside a blob, None where there is none or it cannot be read."""
    return geometry_from_wkb(wkb_from_blob(blob))


def wkb_from_blob(blob: object) -> bytes | None:
    """The WKB inside a blob, None for what is no GeoPackage geometry."""
    if not isinstance(blob, bytes) or len(blob) < _HEADER.size or blob[:2] != b"GP":
        return None
    size = _ENVELOPE_BYTES.get(blob[3] >> 1 & 7)
    return None if size is None else blob[_HEADER.size + size :]


def register_st_functions(connection: sqlite3.Connection) -> None:
    """The five functions that a spatial index's triggers call.

    Survey tables have no such index, but QGIS offers to make one; without these functions
    every later edit of ours would fail on its triggers.
    """
    for name, function in _ST_FUNCTIONS.items():
        connection.create_function(name, 1, function, deterministic=True)


def _bound(number: int) -> Callable[[object], float | None]:
    def bound(blob: object) -> float | None:
        geometry = geometry_from_blob(blob)
        if geometry is None or geometry.is_empty:
            return None
        return float(geometry.bounds[number])

    return bound


def _is_empty(blob: object) -> int | None:
    geometry = geometry_from_blob(blob)
    return None if geometry is None else int(geometry.is_empty)


_ST_FUNCTIONS: dict[str, Callable[[object], float | int | None]] = {
    "ST_IsEmpty": _is_empty,
    "ST_MinX": _bound(0),
    "ST_MinY": _bound(1),
    "ST_MaxX": _bound(2),
    "ST_MaxY": _bound(3),
}

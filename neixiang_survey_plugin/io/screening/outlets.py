"""Where rows of very many lines go: a GeoPackage or a GeoParquet file, some at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import shapely

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.gpkg_writing import (
    begin_geopackage,
    begin_layer,
    say_extent,
    storable,
)
from neixiang_survey_plugin.io.parquet import ParquetOut, is_parquet
from neixiang_survey_plugin.io.survey.blobs import blob_from_geometry

LAYER = "screened_routes"

# Every field of a screened row with its SQL type; several rules or matters are one text.
COLUMNS: Mapping[str, str] = {
    "route_id": "TEXT",
    "utility": "TEXT",
    "unit": "TEXT",
    "case_id": "TEXT",
    "verdict": "TEXT",
    "length_m": "DOUBLE",
    "crossing_total_m": "DOUBLE",
    "inside_total_m": "DOUBLE",
    "green_total_m2": "DOUBLE",
    "failed": "TEXT",
    "unknown": "TEXT",
    "borderline": "TEXT",
    "reading_decides": "BOOLEAN",
    "approvals_needed": "TEXT",
}


class Outlet(Protocol):
    """A file that rows are added to."""

    def add(self, lines: Sequence[bytes], rows: Sequence[Sequence[Any]]) -> None:
        """Add lines as WKB in the county grid, with their rows."""

    def close(self) -> None:
        """Finish the file."""


def open_outlet(
    path: Path, epsg: int, layer: str = LAYER, columns: Mapping[str, str] = COLUMNS
) -> Outlet:
    """The file of a new result, by its suffix; SurveyError for a suffix that is neither.

    ``columns`` are the fields of its rows with their SQL types; ``layer`` names a GeoPackage's.
    """
    check_suffix(path)
    if is_parquet(path):
        return _Parquet(path, epsg, columns)
    return _GeoPackage(path, epsg, layer, columns)


def check_suffix(path: Path) -> None:
    """SurveyError for a file that no outlet writes."""
    if not is_parquet(path) and path.suffix.lower() != ".gpkg":
        raise SurveyError(f"--out {path}：结果写成 GeoPackage (.gpkg) 或 GeoParquet (.parquet)")


def _cells(row: Sequence[Any]) -> list[Any]:
    return [",".join(cell) if isinstance(cell, tuple) else cell for cell in row]


class _GeoPackage:
    def __init__(self, path: Path, epsg: int, layer: str, columns: Mapping[str, str]) -> None:
        self._epsg, self._layer = epsg, layer
        self._box = np.array([np.inf, np.inf, -np.inf, -np.inf])
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA synchronous = OFF")  # unfinished, it is made again
        begin_geopackage(self._connection, epsg)
        self._insert = begin_layer(self._connection, layer, columns, "LINESTRING", epsg)

    def add(self, lines: Sequence[bytes], rows: Sequence[Sequence[Any]]) -> None:
        shapes = shapely.from_wkb(lines)
        self._connection.execute("BEGIN")
        self._connection.executemany(
            self._insert,
            [
                (blob_from_geometry(shape, self._epsg), *map(storable, _cells(row)))
                for shape, row in zip(shapes, rows, strict=True)
            ],
        )
        self._connection.execute("COMMIT")
        box = shapely.total_bounds(shapes)
        self._box[:2] = np.minimum(self._box[:2], box[:2])
        self._box[2:] = np.maximum(self._box[2:], box[2:])

    def close(self) -> None:
        say_extent(self._connection, self._layer, self._box.tolist())
        self._connection.close()


class _Parquet:
    def __init__(self, path: Path, epsg: int, columns: Mapping[str, str]) -> None:
        self._file = ParquetOut(path, columns, epsg)

    def add(self, lines: Sequence[bytes], rows: Sequence[Sequence[Any]]) -> None:
        self._file.add(lines, [[storable(cell) for cell in _cells(row)] for row in rows])

    def close(self) -> None:
        self._file.close()

"""Writing a small GeoPackage 1.3: the same bytes for the same rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import Geometry, MultiLineString, MultiPoint, MultiPolygon

from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.schema import Field, FieldType
from neixiang_survey_plugin.io.crs import look_up_crs
from neixiang_survey_plugin.io.survey.blobs import blob_from_geometry

_GPKG_ID = 0x47504B47  # "GPKG"
_VERSION = 10300
_PAGE_BYTES = 1024  # a packet's tables have a few rows each
_WGS84 = 4326
_NO_MOMENT = "1980-01-01T00:00:00.000Z"  # a packet's files do not tell when they were written
_TYPES = {FieldType.NUMBER: "DOUBLE", FieldType.DATE: "DATE"}
_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL,
  definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
  identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL,
  m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""


@dataclass(frozen=True)
class GpkgLayer:
    """One layer in the county grid: its columns with their SQL types, its rows.

    A row is its geometry, None where it has none, then its cells in the order of ``columns``.
    """

    name: str
    columns: Mapping[str, str]
    rows: Sequence[tuple[Geometry | None, Sequence[Any]]]
    geometry_type: str = "GEOMETRY"


def geopackage(layers: Sequence[GpkgLayer], epsg: int) -> bytes:
    """A GeoPackage with these layers in the system of an EPSG code."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        begin_geopackage(connection, epsg)
        for layer in layers:
            _write_layer(connection, layer, epsg)
        connection.commit()
        return connection.serialize()


def write_geopackage(path: Path, layer: GpkgLayer, epsg: int) -> None:
    """A new GeoPackage file with one layer, however many rows it has."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")  # nobody reads it before it is whole
        connection.execute("PRAGMA synchronous = OFF")
        begin_geopackage(connection, epsg)
        _write_layer(connection, layer, epsg)
        connection.commit()


def begin_geopackage(connection: sqlite3.Connection, epsg: int) -> None:
    """Make an empty database a GeoPackage with the system of an EPSG code."""
    connection.execute(f"PRAGMA application_id = {_GPKG_ID}")
    connection.execute(f"PRAGMA user_version = {_VERSION}")
    connection.executescript(_TABLES)
    connection.executemany(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, NULL)", _systems(epsg)
    )


def begin_layer(
    connection: sqlite3.Connection,
    name: str,
    columns: Mapping[str, str],
    geometry_type: str,
    epsg: int,
) -> str:
    """Make an empty layer; the statement that a row's blob and cells are inserted with."""
    table = _quoted(name)
    listed = "".join(f", {_quoted(column)} {kind}" for column, kind in columns.items())
    connection.execute(
        f"CREATE TABLE {table} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
        f" geom {geometry_type}{listed})"
    )
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, srs_id)"
        " VALUES (?, 'features', ?, ?, ?)",
        (name, name, _NO_MOMENT, epsg),
    )
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)",
        (name, geometry_type, epsg),
    )
    marks = ", ".join("?" * (len(columns) + 1))
    names = "".join(f", {_quoted(column)}" for column in columns)
    return f"INSERT INTO {table} (geom{names}) VALUES ({marks})"


def say_extent(connection: sqlite3.Connection, name: str, box: Sequence[float]) -> None:
    """Say where a layer lies: west, south, east, north."""
    connection.execute(
        "UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
        (*box, name),
    )


def layer_of_table(table: FeatureTable) -> GpkgLayer:
    """A layer of the county with every canonical field, one row a feature."""
    fields = table.schema.fields
    columns = {field.name: _TYPES.get(field.type, "TEXT") for field in fields}
    cells = [_cells(field, table) for field in fields]
    ends = np.searchsorted(table.feature, np.arange(1, len(table)))
    parts_of = np.split(table.geometry, ends) if len(table) else []
    shapes = [_whole(parts) for parts in parts_of]
    rows = list(zip(shapes, zip(*cells, strict=True), strict=True))
    return GpkgLayer(table.schema.name, columns, rows)


def plain_cell(value: Any) -> Any:
    """A value as SQLite and JSON take it: dates as text, NaN as nothing."""
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, float) and value != value else value


def _cells(field: Field, table: FeatureTable) -> list[Any]:
    return [plain_cell(value) for value in table.columns[field.name].tolist()]


def _whole(parts: np.ndarray) -> Geometry:
    """A feature of its parts, which come out again as they are."""
    many = {"Point": MultiPoint, "LineString": MultiLineString, "Polygon": MultiPolygon}
    return parts[0] if len(parts) == 1 else many[parts[0].geom_type](parts.tolist())


def _systems(epsg: int) -> list[tuple[str, int, str, int, str]]:
    rows = [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined"),
    ]
    for code in sorted({_WGS84, epsg}):
        crs = look_up_crs(f"EPSG:{code}")
        rows.append((crs.name, code, "EPSG", code, crs.to_wkt("WKT1_GDAL")))
    return rows


def _write_layer(connection: sqlite3.Connection, layer: GpkgLayer, epsg: int) -> None:
    insert = begin_layer(connection, layer.name, layer.columns, layer.geometry_type, epsg)
    drawn = [shape for shape, _ in layer.rows if shape is not None]
    if drawn:
        box = shapely.total_bounds(drawn)
        say_extent(connection, layer.name, box.tolist())
    connection.executemany(
        insert,
        (
            (
                None if shape is None else blob_from_geometry(shape, epsg),
                *(storable(cell) for cell in cells),
            )
            for shape, cells in layer.rows
        ),
    )


def storable(cell: Any) -> Any:
    """Half a character pair has no UTF-8; SQLite would refuse the whole row."""
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

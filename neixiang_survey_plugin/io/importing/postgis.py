"""Reading a table of a PostGIS database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.found import Found, chosen_layer
from neixiang_survey_plugin.io.raw_layer import RawLayer, geometries_from_wkb

_URLS = ("postgresql://", "postgres://")
_GDAL_MARK = "PG:"
_SECRET = re.compile(r"(?i)(://[^:/@]+:)[^@]+(@)|(password\s*=\s*)('[^']*'|\S+)()")
_PATIENCE_S = 10
_ROWS_AT_ONCE = 20_000


def is_database(source: str) -> bool:
    """Whether a source is a database and no file: ``postgresql://...`` or GDAL's ``PG:...``."""
    return source.startswith((*_URLS, _GDAL_MARK))


def without_secret(source: str) -> str:
    """A source as it may be shown and kept: without its password."""
    return _SECRET.sub(lambda match: f"{match[1] or match[3]}***{match[2] or ''}", source)


def read_postgis(source: str, choice: Choice) -> Found:
    """One table with geometry; curves become lines of many corners.

    UndecidedError where there are several tables and none was chosen; SurveyError when the
    database cannot be reached or read.
    """
    shown = without_secret(source)
    with _asking(source, shown) as connection:
        tables = {
            f"{schema}.{table}" if schema != "public" else table: (schema, table, column, srid)
            for schema, table, column, srid in connection.execute(
                "SELECT f_table_schema, f_table_name, f_geometry_column, srid"
                " FROM geometry_columns ORDER BY 1, 2, 3"
            )
        }
        name = chosen_layer(shown, tuple(tables), next(iter(choice.layers), None))
        schema, table, column, srid = tables[name]
        columns = _columns(connection, schema, table)
        rows = _rows(connection, (schema, table), column, columns)
        crs = _crs(connection, srid)
    geometry, unreadable = geometries_from_wkb([row[0] for row in rows])
    cells = {one: [row[place] for row in rows] for place, one in enumerate(columns, start=1)}
    raw = RawLayer(Path(shown), name, crs, geometry, cells, tuple(columns), unreadable=unreadable)
    return Found(raw, tuple(tables), "postgis")


@contextmanager
def _asking(source: str, shown: str) -> Iterator[Any]:
    """A connection that only reads; its errors in one sentence, without the password."""
    try:
        import psycopg
    except ImportError:
        raise SurveyError(
            f"{shown}: 读 PostGIS 需要 psycopg；"
            "请执行 pip install 'neixiang-survey-plugin[postgis]'"
        ) from None
    try:
        address = source.removeprefix(_GDAL_MARK)
        with psycopg.connect(address, connect_timeout=_PATIENCE_S) as connection:
            connection.read_only = True
            yield connection
    except (psycopg.Error, UnicodeError) as error:
        said = without_secret(str(error).strip().splitlines()[0])
        raise SurveyError(
            f"{shown}: 数据库读不了（{said}）；请核对地址、库名、用户和权限"
        ) from None


def _columns(connection: Any, schema: str, table: str) -> list[str]:
    """The columns that hold no geometry, in their order."""
    found = connection.execute(
        "SELECT a.attname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid"
        " WHERE a.attrelid = format('%%I.%%I', %s::text, %s::text)::regclass"
        " AND a.attnum > 0 AND NOT a.attisdropped"
        " AND t.typname NOT IN ('geometry', 'geography', 'bytea') ORDER BY a.attnum",
        (schema, table),
    )
    return [name for (name,) in found]


def _rows(
    connection: Any, table: tuple[str, str], column: str, columns: list[str]
) -> list[tuple[Any, ...]]:
    from psycopg import sql

    names = [sql.SQL("{}::text").format(sql.Identifier(name)) for name in columns]
    shape = sql.SQL("ST_AsBinary(ST_Force2D(ST_CurveToLine({})))").format(sql.Identifier(column))
    query = sql.SQL("SELECT {} FROM {}").format(
        sql.SQL(", ").join([shape, *names]), sql.Identifier(*table)
    )
    with connection.cursor(name="import") as cursor:
        cursor.itersize = _ROWS_AT_ONCE
        cursor.execute(query)
        return list(cursor)


def _crs(connection: Any, srid: int) -> str | None:
    found = connection.execute(
        "SELECT auth_name, auth_srid, srtext FROM spatial_ref_sys WHERE srid = %s", (srid,)
    ).fetchone()
    if found is None:
        return None
    authority, code, text = found
    return f"{authority}:{code}" if authority == "EPSG" else text

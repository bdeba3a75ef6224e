"""Saving what is readable of a damaged survey file into a new one."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.blobs import geometry_from_blob
from neixiang_survey_plugin.io.survey.connection import (
    Connection,
    check_is_file,
    connect,
    transaction,
)
from neixiang_survey_plugin.io.survey.creating import lay_out, now_text
from neixiang_survey_plugin.io.survey.failures import explained
from neixiang_survey_plugin.io.survey.meta import (
    SCHEMA_VERSION,
    SurveyMeta,
    check_not_newer,
    read_meta,
)
from neixiang_survey_plugin.io.survey.orphans import find_orphans
from neixiang_survey_plugin.io.survey.salvage import Salvaged, salvage_table
from neixiang_survey_plugin.io.survey.tables import (
    ATTRIBUTE_TABLES,
    LINE_TABLES,
    OWN_TABLES,
    ROUTE_TABLES,
    column_names,
    make_triggers,
)
from neixiang_survey_plugin.io.survey.whole_file import appearing
from neixiang_survey_plugin.io.survey.without_schema import find_rows

_SALVAGED = (
    *ROUTE_TABLES,
    *LINE_TABLES,
    *(name for name in ATTRIBUTE_TABLES if name != "survey_meta"),
)


@dataclass(frozen=True)
class Recovery:
    """What was saved and what was lost; the names of lost lines as far as an index has them.

    ``without_schema``: the page that says what lies where was lost. Nobody can then tell what is
    missing, and ``with_deleted`` rows may be among those saved.
    """

    saved: Mapping[str, int]
    lost: Mapping[str, int]
    lost_routes: tuple[str, ...]
    damaged_geometry: tuple[str, ...]
    without_schema: bool = False
    with_deleted: bool = False

    @property
    def complete(self) -> bool:
        """Whether nothing was lost."""
        lost = self.lost or self.lost_routes or self.damaged_geometry
        return not (lost or self.without_schema)


def recover_survey(path: Path, out: Path, epsg: int | None = None) -> Recovery:
    """Write every readable row of a survey file into a new file, and say what was lost.

    The damaged file is not changed. ``epsg`` is the county grid, needed only where the file
    does not say any more. SurveyError when nothing can be read at all.
    """
    check_is_file(path)
    names, whole_schema = _schema(path)
    if not whole_schema and "routes" not in names:
        return _recover_without_schema(path, out, epsg)
    with explained(path), closing(connect(path, "mode=ro")) as damaged:
        # A file cut short is refused unless the schema counts as being repaired.
        damaged.execute("PRAGMA writable_schema = ON")
        meta = _meta(damaged, path, epsg)
        check_not_newer(meta, path)
        tables = {name: _salvaged(damaged, name) for name in (*_SALVAGED, *OWN_TABLES)}
        tables.update(_with_orphans(damaged, tables))
        expected = _expected_routes(damaged)
    _write(out, replace(meta, schema_version=SCHEMA_VERSION), tables)
    return replace(_recovery(tables, expected), without_schema=not whole_schema)


def _schema(path: Path) -> tuple[set[str], bool]:
    """The tables and indexes that the file still says it has, and whether it says so to the end."""
    names: set[str] = set()
    with explained(path), closing(connect(path, "mode=ro")) as damaged:
        try:
            damaged.execute("PRAGMA writable_schema = ON")
            for (name,) in damaged.execute("SELECT name FROM sqlite_master"):
                names.add(name)
        except sqlite3.DatabaseError:
            return names, False
    return names, bool(names)


def _recover_without_schema(path: Path, out: Path, epsg: int | None) -> Recovery:
    found = find_rows(path)
    if not any(one.rows for one in found.tables.values()):
        raise SurveyError(f"{path}: 不是踏勘文件，或者已损坏得一行也读不出来；请找出备份的文件")
    grid = epsg or _whole(found.meta.get("epsg"))
    if grid is None:
        raise SurveyError(f"{path}: 读不出文件用的坐标系；请加上 --epsg（如 4546）再抢救")
    meta = SurveyMeta(
        survey_id=found.meta.get("survey_id", ""),
        schema_version=SCHEMA_VERSION,
        epsg=grid,
        created_at=found.meta.get("created_at", now_text()),
        county_code=found.meta.get("county_code"),
    )
    _write(out, meta, found.tables)
    recovery = _recovery(found.tables, set())
    return replace(recovery, without_schema=True, with_deleted=found.with_deleted)


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() else None


def _meta(damaged: Connection, path: Path, epsg: int | None) -> SurveyMeta:
    try:
        return read_meta(damaged, path)
    except (sqlite3.DatabaseError, SurveyError) as error:
        if isinstance(error, SurveyError) and epsg is None:
            raise
        if epsg is None:
            raise SurveyError(
                f"{path}: 读不出文件用的坐标系；请加上 --epsg（如 4546）再抢救"
            ) from None
    return SurveyMeta("", SCHEMA_VERSION, epsg, now_text())


def _salvaged(damaged: Connection, table: str) -> Salvaged:
    columns = column_names(damaged, table)
    if not columns:  # a table that an older file does not have yet
        return Salvaged((), [], 0)
    return salvage_table(damaged, table, columns)


def _with_orphans(damaged: Connection, tables: Mapping[str, Salvaged]) -> dict[str, Salvaged]:
    """The tables that lost rows, with those that stand on pages they do not lead to any more."""
    torn = {name: one for name, one in tables.items() if one.unreadable and name in _SALVAGED}
    completed = {}
    for name, rows in find_orphans(damaged, tuple(torn)).items() if torn else ():
        known = {row[0] for row in torn[name].rows}
        more = [row for number, row in rows.items() if number not in known]
        completed[name] = replace(
            torn[name],
            rows=sorted([*torn[name].rows, *more], key=lambda row: row[0]),
            unreadable=max(torn[name].unreadable - len(more), 0),
        )
    return completed


def _expected_routes(damaged: Connection) -> set[tuple[str, str]]:
    """Name and uuid of every line, from an index that lies on pages of its own."""
    try:
        return set(
            damaged.execute("SELECT route_id, uuid FROM routes INDEXED BY routes_by_route_id")
        )
    except sqlite3.DatabaseError:
        return set()


def _write(out: Path, meta: SurveyMeta, tables: Mapping[str, Salvaged]) -> None:
    with (
        explained(out),
        appearing(out) as unfinished,
        closing(connect(unfinished, "mode=rwc")) as connection,
    ):
        lay_out(connection, meta)
        with transaction(connection):
            for name, salvaged in tables.items():
                _insert(connection, name, salvaged)
            make_triggers(connection)
            connection.execute(
                "INSERT INTO log (at, who, what, through, subject_table)"
                " VALUES (?, '', 'recover', 'recover', 'survey')",
                (now_text(),),
            )


def _insert(connection: Connection, table: str, salvaged: Salvaged) -> None:
    known = set(column_names(connection, table))
    kept = [place for place, name in enumerate(salvaged.columns) if name in known]
    if not kept:
        return
    names = ", ".join(salvaged.columns[place] for place in kept)
    marks = ", ".join("?" for _ in kept)
    # What violates a key was damaged: the first row that claims the key stays.
    connection.executemany(
        f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})",
        ([row[place] for place in kept] for row in salvaged.rows),
    )


def _recovery(tables: Mapping[str, Salvaged], expected: set[tuple[str, str]]) -> Recovery:
    routes = tables["routes"]
    name, uuid, geom = (_column(routes, column) for column in ("route_id", "uuid", "geom"))
    lost = {one for one in expected if one[1] not in set(uuid)}
    return Recovery(
        saved={table: len(salvaged.rows) for table, salvaged in tables.items()},
        lost={table: one.unreadable for table, one in tables.items() if one.unreadable},
        lost_routes=tuple(sorted(str(route_id) for route_id, _ in lost)),
        damaged_geometry=tuple(
            str(route_id)
            for route_id, blob in zip(name, geom, strict=True)
            if blob is not None and geometry_from_blob(blob) is None
        ),
    )


def _column(salvaged: Salvaged, name: str) -> list[object]:
    if name not in salvaged.columns:
        return []
    place = salvaged.columns.index(name)
    return [row[place] for row in salvaged.rows]

"""One survey file as the merging sees it: its rows, and what is known of each row's past."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.in_pieces import emptied
from neixiang_survey_plugin.io.survey.connection import Connection
from neixiang_survey_plugin.io.survey.fingerprint import plain_cell
from neixiang_survey_plugin.io.survey.meta import SurveyMeta, read_meta
from neixiang_survey_plugin.io.survey.tables import ROUTE_FACTS, ROW_TABLES, column_names

LINES = "routes"
_LINE_FACTS = ("geom", *ROUTE_FACTS)
_LARGE_BYTES = 65_536  # pictures stay in their file until they are written

# A row of any copy: its table and its uuid.
Key = tuple[str, str]
Cells = Mapping[str, Any]


@dataclass(frozen=True)
class LargeBlob:
    """A picture that stays where it is; the same picture elsewhere is equal to it."""

    sha256: str
    connection: Connection = field(compare=False, repr=False)
    table: str = field(compare=False, repr=False)
    column: str = field(compare=False, repr=False)
    fid: int = field(compare=False, repr=False)

    def load(self) -> bytes:
        """The picture itself."""
        (blob,) = self.connection.execute(
            f"SELECT {self.column} FROM {self.table} WHERE fid = ?", (self.fid,)
        ).fetchone()
        return bytes(blob)


@dataclass(frozen=True)
class Row:
    """A row without its number in the file; a line's cells hold its version and who made it."""

    key: Key
    cells: Cells

    @property
    def content(self) -> tuple[object, ...]:
        """What people entered, comparable between files, whatever program wrote it."""
        names = _LINE_FACTS if self.key[0] == LINES else sorted(self.cells)
        return tuple(plain_cell(self.cells[name]) for name in names)

    @property
    def identity(self) -> tuple[object, ...]:
        """The content, and for a line which version this is, by whom and of when."""
        return (*self.made, *self.content)

    @property
    def made(self) -> tuple[int, str, str]:
        """A line's version, moment and author, in the order in which versions follow."""
        cells = self.cells
        return (
            int(cells.get("version") or 0),
            str(cells.get("changed_at") or ""),
            str(cells.get("changed_by") or ""),
        )


@dataclass(frozen=True)
class Ending:
    """How a version of a line ended."""

    ended_at: str | None
    ended_by: str | None
    ended_how: str | None


@dataclass(frozen=True)
class Copy:
    """A survey file that is open for reading; ``label`` is A for the first one named.

    ``events`` are the log entries of each row: a file that has all entries of another, and
    more, has seen everything that was done there.
    """

    label: str
    path: Path
    connection: Connection
    meta: SurveyMeta
    origins: frozenset[str]
    rows: dict[Key, Row]
    events: dict[Key, frozenset[str]]
    begun: dict[Key, tuple[str, str]]
    past: list[tuple[Row, Ending]]
    strange_tables: tuple[str, ...]

    def let_go(self) -> None:
        """Forget the rows, piece by piece: a window goes on beside the merging."""
        emptied(self.past, self.rows, self.events, self.begun)


def read_copy(label: str, path: Path, connection: Connection) -> Copy:
    """A survey file of today's schema; SurveyError for a row without or with a doubled uuid."""
    meta = read_meta(connection, path)
    events, begun = _events(connection)
    return Copy(
        label=label,
        path=path,
        connection=connection,
        meta=meta,
        origins=_origins(connection, meta),
        rows=_rows(connection, path),
        events=events,
        begun=begun,
        past=_past(connection),
        strange_tables=_strange_tables(connection),
    )


def _origins(connection: Connection, meta: SurveyMeta) -> frozenset[str]:
    """The surveys that came together here: a merged file remembers all of them."""
    kept = connection.execute("SELECT value FROM survey_meta WHERE key = 'origins'").fetchone()
    return frozenset([meta.survey_id] if kept is None else json.loads(kept[0]))


def _rows(connection: Connection, path: Path) -> dict[Key, Row]:
    rows: dict[Key, Row] = {}
    for table in (LINES, *ROW_TABLES):
        for cells in _cells(connection, table):
            uuid = cells.pop("uuid")
            if not uuid or (table, uuid) in rows:
                raise SurveyError(
                    f"{path}: 表 {table} 里有 uuid 缺失或重复的行（{uuid}），不能合并；"
                    "请在 QGIS 里删去重复的那一行"
                )
            rows[(table, uuid)] = Row((table, uuid), cells)
    return rows


def _cells(connection: Connection, table: str) -> list[dict[str, Any]]:
    names = column_names(connection, table)
    rows = []
    for row in connection.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY fid"):
        cells = dict(zip(names, row, strict=True))
        fid = cells.pop("fid")
        for name, cell in cells.items():
            if isinstance(cell, bytes) and len(cell) > _LARGE_BYTES and name != "geom":
                digest = hashlib.sha256(cell).hexdigest()
                cells[name] = LargeBlob(digest, connection, table, name, fid)
        rows.append(cells)
    return rows


def _events(
    connection: Connection,
) -> tuple[dict[Key, frozenset[str]], dict[Key, tuple[str, str]]]:
    """The log entries of each row, and the earliest of them."""
    events: dict[Key, set[str]] = defaultdict(set)
    begun: dict[Key, tuple[str, str]] = {}
    entries = connection.execute(
        "SELECT subject_table, subject_uuid, uuid, at FROM log"
        " WHERE subject_uuid IS NOT NULL AND uuid IS NOT NULL"
    )
    for table, subject, uuid, at in entries:
        key, entry = (table, subject), (str(at), uuid)
        events[key].add(uuid)
        begun[key] = min(begun.get(key, entry), entry)
    return {key: frozenset(uuids) for key, uuids in events.items()}, begun


def _past(connection: Connection) -> list[tuple[Row, Ending]]:
    past = []
    for cells in _cells(connection, "route_history"):
        uuid = cells.pop("uuid")
        ending = Ending(cells.pop("ended_at"), cells.pop("ended_by"), cells.pop("ended_how"))
        past.append((Row((LINES, str(uuid)), cells), ending))
    return past


def _strange_tables(connection: Connection) -> tuple[str, ...]:
    """Layers that somebody else put into the file."""
    ours = {LINES, "route_history", "layer_styles", "log", "survey_meta", *ROW_TABLES}
    names = connection.execute("SELECT table_name FROM gpkg_contents ORDER BY table_name")
    return tuple(name for (name,) in names if name not in ours)

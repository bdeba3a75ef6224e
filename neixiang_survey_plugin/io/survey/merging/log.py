"""The log of all copies together, and what the merging adds to it."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from neixiang_survey_plugin.io.survey.connection import Connection
from neixiang_survey_plugin.io.survey.creating import now_text
from neixiang_survey_plugin.io.survey.merging.copy import LINES, Copy, LargeBlob, Row
from neixiang_survey_plugin.io.survey.merging.deciding import Event, event_of
from neixiang_survey_plugin.io.survey.merging.places import (
    LOG_COLUMNS,
    Places,
    entry_key,
    log_entries,
)
from neixiang_survey_plugin.io.survey.merging.planning import Plan
from neixiang_survey_plugin.io.survey.record_steps import cells_from_log
from neixiang_survey_plugin.io.survey.tables import ROW_TABLES

_INSERT = f"INSERT INTO log (fid, {LOG_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def write_log(
    connection: Connection,
    copies: Sequence[Copy],
    places: Places,
    events: Sequence[Event],
    who: str,
) -> None:
    """Every entry once, at its place, then what this merging did and who asked for it."""
    written: set[int] = set()
    for copy in copies:
        for row in log_entries(copy.connection):
            at, place = places[entry_key(row)]
            if place not in written and row[1] == at:
                written.add(place)
                connection.execute(_INSERT, (place, row[0] or _uuid_of(row), *row[1:]))
    new = {event.uuid: event for event in events if event.uuid not in places}
    now = now_text()
    for event in new.values():
        connection.execute(
            _INSERT,
            (None, event.uuid, now, who, "merge", event.through, *event.key, *_lost(event)),
        )
    names = " + ".join(copy.path.name for copy in copies)
    connection.execute(
        _INSERT, (None, str(uuid.uuid4()), now, who, "merge", "merge", "survey", None, names, None)
    )


def untraced(copies: Sequence[Copy], plan: Plan) -> Iterator[Event]:
    """Rows that the merged survey would not remember, because a log was lost or cut short."""
    kept = {(event.key, event.lost.content) for event in plan.events if event.lost is not None}
    for copy in copies:
        for key, row in copy.rows.items():
            present = plan.presents[key].row if key in plan.presents else None
            if key[0] == LINES or (present is not None and present.content == row.content):
                continue
            if (key, row.content) not in kept and not _is_in_a_log(row, copies):
                kept.add((key, row.content))
                yield event_of(key, "merge: 日志里没有的内容", frozenset(), row)


def _uuid_of(row: tuple[Any, ...]) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, repr(row)))


def _lost(event: Event) -> tuple[str | None, str | None]:
    """What the log says of an event: the row's name, and the row where nothing else keeps it."""
    if event.lost is None:
        return None, None
    table = event.key[0]
    name = event.lost.cells.get("route_id" if table == LINES else ROW_TABLES[table])
    was = None if table == LINES else json.dumps(_as_logged(event.lost), ensure_ascii=False)
    return name, was


def _as_logged(row: Row) -> dict[str, object]:
    """A row as the triggers write it: pictures as hex."""
    cells = {}
    for name, cell in row.cells.items():
        blob = cell.load() if isinstance(cell, LargeBlob) else cell
        cells[name] = blob.hex().upper() if isinstance(blob, bytes) else blob
    return cells


def _is_in_a_log(row: Row, copies: Sequence[Copy]) -> bool:
    table, subject = row.key
    query = "SELECT was FROM log WHERE subject_uuid = ? AND subject_table = ? AND was IS NOT NULL"
    return any(
        _says(row, cells_from_log(copy.connection, table, was))
        for copy in copies
        for (was,) in copy.connection.execute(query, (subject, table))
    )


def _says(row: Row, logged: dict[str, Any]) -> bool:
    """Whether a log entry has every fact of a row, pictures aside: it leaves out unchanged ones."""
    return all(
        isinstance(cell, bytes | LargeBlob) or logged.get(name) == cell
        for name, cell in row.cells.items()
    )

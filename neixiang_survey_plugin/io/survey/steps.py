"""Edits as steps that can be taken back and done again, also after a restart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from neixiang_survey_plugin.app.survey_store import Ahead, Step
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.connection import Connection
from neixiang_survey_plugin.io.survey.creating import now_text
from neixiang_survey_plugin.io.survey.record_steps import (
    records_of_step,
    redo_records,
    undo_records,
)
from neixiang_survey_plugin.io.survey.tables import ROUTE_FACTS

_CONTENT = ("geom", *ROUTE_FACTS)
_LISTED = ", ".join(_CONTENT)
_MARKS = ", ".join("?" for _ in _CONTENT)
_LAST_DONE = "SELECT max(step_id) FROM steps WHERE state = 'done'"
_FIRST_UNDONE = "SELECT min(step_id) FROM steps WHERE state = 'undone'"
_ASSIGNED = ", ".join(f"{column} = ?" for column in _CONTENT)


@contextmanager
def at_work(connection: Connection, who: str, what: str, step_id: int | None) -> Iterator[None]:
    """Tell the triggers who is at work; ``step_id`` None records no step."""
    connection.execute("INSERT INTO current_step VALUES (?, ?, ?)", (step_id, who, what))
    yield
    connection.execute("DELETE FROM current_step")


@contextmanager
def new_step(connection: Connection, who: str, what: str) -> Iterator[None]:
    """Gather edits into one step and cut the way to what was undone; no edit, no step."""
    step_id = connection.execute(
        "INSERT INTO steps (at, who, what, state) VALUES (?, ?, ?, 'done')",
        (now_text(), who, what),
    ).lastrowid
    assert step_id is not None
    with at_work(connection, who, what, step_id):
        yield
    changed = connection.execute(
        "SELECT 1 FROM step_changes WHERE step_id = ?1"
        " UNION ALL SELECT 1 FROM step_records WHERE step_id = ?1",
        (step_id,),
    )
    if changed.fetchone() is None:
        connection.execute("DELETE FROM steps WHERE step_id = ?", (step_id,))
    else:
        connection.execute("UPDATE steps SET state = 'cut' WHERE state = 'undone'")


def put_row(connection: Connection, row: dict[str, Any]) -> None:
    """Add a line, or replace the one of the same route_id."""
    values = [row[column] for column in _CONTENT]
    found = connection.execute(
        "SELECT fid FROM routes WHERE route_id = ? ORDER BY fid", (row["route_id"],)
    ).fetchone()
    if found is None:
        connection.execute(f"INSERT INTO routes ({_LISTED}) VALUES ({_MARKS})", values)
    else:
        connection.execute(f"UPDATE routes SET {_ASSIGNED} WHERE fid = ?", (*values, found[0]))


def delete_row(connection: Connection, route_id: str) -> None:
    """Take a line away; SurveyError when there is none of that name."""
    cursor = connection.execute("DELETE FROM routes WHERE route_id = ?", (route_id,))
    if cursor.rowcount == 0:
        raise SurveyError(f"外线 {route_id}：踏勘文件里没有这条外线")


def step_ahead(connection: Connection, back: bool) -> Ahead | None:
    """The step that would be taken back, or done again, with the number of its lines."""
    step = _next_step(connection, _LAST_DONE if back else _FIRST_UNDONE)
    if step is None:
        return None
    who, what, at, lines = connection.execute(
        "SELECT who, what, at, (SELECT count(*) FROM step_changes WHERE step_id = ?1)"
        " FROM steps WHERE step_id = ?1",
        (step,),
    ).fetchone()
    return Ahead(who, what, datetime.fromisoformat(at), lines)


def undo_step(connection: Connection, who: str) -> Step | None:
    """Put every line and record of the last step back to what it was; its history only grows."""
    step = _next_step(connection, _LAST_DONE)
    if step is None:
        return None
    with at_work(connection, who, "undo", None):
        undo_records(connection, step)
        for uuid, before, _ in reversed(_changes(connection, step)):
            _restore(connection, uuid, before)
    return _travelled(connection, step, "undone")


def redo_step(connection: Connection, who: str) -> Step | None:
    """Put every line and record of the step undone last to what it was after it."""
    step = _next_step(connection, _FIRST_UNDONE)
    if step is None:
        return None
    with at_work(connection, who, "redo", None):
        for uuid, _, after in _changes(connection, step):
            _restore(connection, uuid, after)
        redo_records(connection, step)
    return _travelled(connection, step, "done")


def _next_step(connection: Connection, query: str) -> int | None:
    found: int | None = connection.execute(query).fetchone()[0]
    return found


def _changes(connection: Connection, step_id: int) -> list[tuple[str, int | None, int | None]]:
    return connection.execute(
        "SELECT uuid, version_before, version_after FROM step_changes"
        " WHERE step_id = ? ORDER BY change_id",
        (step_id,),
    ).fetchall()


def _restore(connection: Connection, uuid: str, version: int | None) -> None:
    """Make a version the present one again; None takes the line away."""
    if version is None:
        connection.execute("DELETE FROM routes WHERE uuid = ?", (uuid,))
        return
    content = connection.execute(
        f"SELECT {_LISTED} FROM route_history WHERE uuid = ? AND version = ?"
        " ORDER BY fid DESC LIMIT 1",  # a merged file may have that number from a colleague too
        (uuid, version),
    ).fetchone()
    if content is None:
        raise SurveyError("这一步以前的版本已不在踏勘文件里，无法撤销或重做；什么也没有改动")
    updated = connection.execute(f"UPDATE routes SET {_ASSIGNED} WHERE uuid = ?", (*content, uuid))
    if updated.rowcount == 0:
        connection.execute(
            f"INSERT INTO routes (uuid, {_LISTED}) VALUES (?, {_MARKS})", (uuid, *content)
        )


def _travelled(connection: Connection, step_id: int, state: str) -> Step:
    connection.execute("UPDATE steps SET state = ? WHERE step_id = ?", (state, step_id))
    who, what, at = connection.execute(
        "SELECT who, what, at FROM steps WHERE step_id = ?", (step_id,)
    ).fetchone()
    return Step(
        who,
        what,
        datetime.fromisoformat(at),
        _route_ids(connection, step_id),
        records_of_step(connection, step_id),
    )


def _route_ids(connection: Connection, step_id: int) -> tuple[str, ...]:
    """The names of the lines of a step, whether they are still there or not."""
    rows: Sequence[tuple[str]] = connection.execute(
        "SELECT DISTINCT coalesce("
        "(SELECT route_id FROM routes AS r WHERE r.uuid = c.uuid),"
        "(SELECT route_id FROM route_history AS h WHERE h.uuid = c.uuid"
        " ORDER BY version DESC LIMIT 1))"
        " FROM step_changes AS c WHERE step_id = ? ORDER BY change_id",
        (step_id,),
    ).fetchall()
    return tuple(name for (name,) in rows)

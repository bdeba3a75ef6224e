"""Taking back, and doing again, what a step did to records: the log has each row as it was."""

from __future__ import annotations

import json
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.connection import Connection
from neixiang_survey_plugin.io.survey.record_rows import forget_records, put_record
from neixiang_survey_plugin.io.survey.tables import BINARY


def undo_records(connection: Connection, step_id: int) -> None:
    """Put every record of a step back to what it was before the step.

    SurveyError when one was changed since by other means than a step: nothing is overwritten.
    """
    for change_id, table, uuid, done_log, _ in reversed(_changes(connection, step_id)):
        undone_log = _take_back(connection, table, uuid, done_log)
        connection.execute(
            "UPDATE step_records SET undone_log = ? WHERE change_id = ?", (undone_log, change_id)
        )


def redo_records(connection: Connection, step_id: int) -> None:
    """Put every record of an undone step to what it was after the step; SurveyError as above."""
    for change_id, table, uuid, _, undone_log in _changes(connection, step_id):
        done_log = _take_back(connection, table, uuid, undone_log)
        connection.execute(
            "UPDATE step_records SET done_log = ? WHERE change_id = ?", (done_log, change_id)
        )


def records_of_step(connection: Connection, step_id: int) -> tuple[str, ...]:
    """The uuids of the records that a step touched."""
    return tuple(uuid for _, _, uuid, _, _ in _changes(connection, step_id))


def _changes(connection: Connection, step_id: int) -> list[tuple[int, str, str, str, str]]:
    return connection.execute(
        "SELECT change_id, subject_table, subject_uuid, done_log, undone_log FROM step_records"
        " WHERE step_id = ? ORDER BY change_id",
        (step_id,),
    ).fetchall()


def _take_back(connection: Connection, table: str, uuid: str, entry: str) -> str:
    """Reverse one log entry, which must be the row's last; the entry that this makes."""
    if _last_entry(connection, table, uuid) != entry:
        raise SurveyError(
            f"这一步涉及的记录（{table}）后来又改过，撤销或重做会盖掉那次修改；"
            "什么也没有改动，请直接修改那条记录"
        )
    (was,) = connection.execute("SELECT was FROM log WHERE uuid = ?", (entry,)).fetchone()
    if was is None:
        forget_records(connection, table, (uuid,))
    else:
        put_record(connection, table, {"uuid": uuid, **cells_from_log(connection, table, was)})
    return _last_entry(connection, table, uuid)


def _last_entry(connection: Connection, table: str, uuid: str) -> str:
    (entry,) = connection.execute(
        "SELECT uuid FROM log WHERE subject_uuid = ? AND subject_table = ?"
        " ORDER BY fid DESC LIMIT 1",
        (uuid, table),
    ).fetchone()
    return str(entry)


def cells_from_log(connection: Connection, table: str, was: str) -> dict[str, Any]:
    """The row that a log entry keeps as JSON, pictures as bytes again."""
    kept = json.loads(was)
    declared = {row[1]: row[2] for row in connection.execute(f"PRAGMA table_info({table})")}
    return {
        name: bytes.fromhex(cell) if declared[name] in BINARY and cell is not None else cell
        for name, cell in kept.items()
        if name in declared
    }

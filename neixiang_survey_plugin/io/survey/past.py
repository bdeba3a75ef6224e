"""What was: the versions of a line, and the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from neixiang_survey_plugin.app.survey_store import Changed, Ended, LogEntry, RouteVersion
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.survey.connection import Connection, dict_rows
from neixiang_survey_plugin.io.survey.route_rows import route_from_row

_BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)  # of what bears no readable moment

# A line keeps its uuid when it is renamed; a name may have been used by several lines in turn.
_LINES_OF_NAME = (
    "SELECT uuid FROM routes WHERE route_id = ?1"
    " UNION SELECT uuid FROM route_history WHERE route_id = ?1"
)


def read_versions(connection: Connection, route_id: str) -> tuple[RouteVersion, ...]:
    """Every version of the lines that bear or bore a name, the oldest first."""
    earlier = dict_rows(
        connection,
        f"SELECT * FROM route_history WHERE uuid IN ({_LINES_OF_NAME}) ORDER BY fid",
        (route_id,),
    )
    present = dict_rows(
        connection,
        f"SELECT * FROM routes WHERE uuid IN ({_LINES_OF_NAME}) ORDER BY fid",
        (route_id,),
    )
    return tuple(_version(row) for row in (*earlier, *present))


def read_log(connection: Connection, last: int) -> tuple[LogEntry, ...]:
    """The last entries of the log, the oldest first."""
    rows = connection.execute(
        "SELECT at, who, what, through, subject_table, subject FROM log ORDER BY fid DESC LIMIT ?",
        (last,),
    ).fetchall()
    return tuple(LogEntry(_moment(at), *entry) for at, *entry in reversed(rows))


def last_entry(connection: Connection) -> int:
    """The number of the last entry of the log; 0 where there is none."""
    (number,) = connection.execute("SELECT coalesce(max(fid), 0) FROM log").fetchone()
    return int(number)


def read_changed(connection: Connection, since: int) -> Changed:
    """What the entries of the log after one of them touched."""
    touched = (
        "WITH touched (uuid) AS (SELECT DISTINCT subject_uuid FROM log"
        " WHERE fid > ?1 AND subject_table = 'routes')"
    )
    names = connection.execute(
        f"{touched} SELECT route_id FROM touched JOIN routes USING (uuid)"
        " UNION SELECT route_id FROM touched JOIN route_history USING (uuid)",
        (since,),
    ).fetchall()
    tables = connection.execute(
        "SELECT DISTINCT subject_table FROM log WHERE fid > ? AND subject_uuid IS NOT NULL",
        (since,),
    ).fetchall()
    return Changed(tuple(str(name) for (name,) in names), frozenset(name for (name,) in tables))


def _version(row: Mapping[str, Any]) -> RouteVersion:
    ended = row.get("ended_how")
    return RouteVersion(
        version=int(row["version"]),
        route=_route_or_none(row),
        changed_by=row["changed_by"] or "",
        changed_at=_moment(row["changed_at"]),
        ended=None if ended is None else Ended(ended),
        ended_by=row.get("ended_by"),
        ended_at=None if row.get("ended_at") is None else _moment(row["ended_at"]),
    )


def _route_or_none(row: Mapping[str, Any]) -> Route | None:
    try:
        return route_from_row(row)
    except ValueError:
        return None


def _moment(text: object) -> datetime:
    try:
        return datetime.fromisoformat(str(text))
    except ValueError:
        return _BEGINNING

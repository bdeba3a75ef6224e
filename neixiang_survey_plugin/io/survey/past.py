"""What was: the versions of a line, and the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from neixiang_survey_plugin.app.survey_store import Changed, Ended, LogEntry, RouteVersion
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.survey.connection import Connection, dict_rows
from neixiang_survey_plugin.io.survey.route_rows import route_from_row
from neixiang_survey_plugin.io.survey.tables import ROW_TABLES

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


def read_lines_between(
    connection: Connection, first: datetime, last: datetime
) -> tuple[list[Route], list[Route]]:
    """The lines as they were at a moment, or when they first came after it; and at a later one.

    What a merge set aside was never in force. What cannot be read as a line is left out.
    """
    versions: dict[str, list[RouteVersion]] = {}
    for table in ("route_history", "routes"):
        for row in dict_rows(connection, f"SELECT * FROM {table} ORDER BY fid"):
            one = _version(row)
            ends_unknown = one.ended is not None and one.ended_at is None
            if not ends_unknown and one.changed_at <= last and _lasts_beyond(one, first):
                versions.setdefault(row["uuid"], []).append(one)
    then = [min(of_line, key=lambda one: one.changed_at) for of_line in versions.values()]
    now = [one for of_line in versions.values() for one in of_line if _lasts_beyond(one, last)]
    return _routes(then), _routes(now)


def _lasts_beyond(version: RouteVersion, moment: datetime) -> bool:
    return version.ended_at is None or version.ended_at > moment


def _routes(versions: Iterable[RouteVersion]) -> list[Route]:
    return [one.route for one in versions if one.route is not None]


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
    # with DISTINCT SQLite goes through the index of all subjects: 45 ms in a survey of years
    touched = (
        "WITH touched (uuid) AS (SELECT subject_uuid FROM log"
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
    return Changed(
        tuple(str(name) for (name,) in names),
        frozenset(name for (name,) in tables),
        _cases_touched(connection, since),
        last_entry(connection),
    )


def _cases_touched(connection: Connection, since: int) -> tuple[str, ...]:
    """The cases of the rows that the log speaks of after an entry, before and after."""
    named = ", ".join(f"'{table}'" for table, by in ROW_TABLES.items() if by == "case_id")
    at_survey = ", ".join(f"'{table}'" for table, by in ROW_TABLES.items() if by == "survey_uuid")
    found = connection.execute(
        f"SELECT subject FROM log WHERE fid > ?1 AND subject_table IN ({named})"
        f" UNION SELECT json_extract(was, '$.case_id') FROM log"
        f" WHERE fid > ?1 AND subject_table IN ({named})"
        f" UNION SELECT case_id FROM joint_surveys WHERE uuid IN"
        f" (SELECT subject FROM log WHERE fid > ?1 AND subject_table IN ({at_survey}))",
        (since,),
    )
    return tuple(str(case_id) for (case_id,) in found if case_id is not None)


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

"""What a survey file holds, and whether it is sound."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from neixiang_survey_plugin.app.survey_store import LogEntry
from neixiang_survey_plugin.io.survey.connection import Connection, journal_of
from neixiang_survey_plugin.io.survey.fingerprint import fingerprint
from neixiang_survey_plugin.io.survey.meta import SurveyMeta, read_meta
from neixiang_survey_plugin.io.survey.past import read_log
from neixiang_survey_plugin.io.survey.read_only import looking_into
from neixiang_survey_plugin.io.survey.tables import ROUTE_TABLES, ROW_TABLES, column_names

_MOST_COMPLAINTS = 5


@dataclass(frozen=True)
class SurveyInfo:
    """A survey file at a glance; ``damage`` is empty for a sound one, in SQLite's own words."""

    meta: SurveyMeta
    rows: Mapping[str, int]
    drafts: int
    undoable: int
    redoable: int
    fingerprint: str | None
    damage: tuple[str, ...]
    has_journal: bool
    last: LogEntry | None


def survey_info(path: Path) -> SurveyInfo:
    """What a survey file holds; nothing is changed. SurveyError when it cannot be read at all."""
    has_journal = journal_of(path) is not None
    with looking_into(path) as connection:
        meta = read_meta(connection, path)
        damage = _damage(connection)
        return SurveyInfo(
            meta=meta,
            rows={} if damage else _counts(connection),
            drafts=0 if damage else _count(connection, "drafts"),
            undoable=0 if damage else _count(connection, "steps WHERE state = 'done'"),
            redoable=0 if damage else _count(connection, "steps WHERE state = 'undone'"),
            fingerprint=None if damage else fingerprint(connection),
            damage=damage,
            has_journal=has_journal,
            last=None if damage else next(iter(read_log(connection, 1)), None),
        )


def _damage(connection: Connection) -> tuple[str, ...]:
    try:
        rows = connection.execute(f"PRAGMA integrity_check({_MOST_COMPLAINTS})").fetchall()
    except sqlite3.DatabaseError as error:  # so damaged that the check itself gives up
        return (str(error),)
    return tuple(text for (text,) in rows if text != "ok")


def _counts(connection: Connection) -> dict[str, int]:
    present = (name for name in (*ROUTE_TABLES, *ROW_TABLES, "log") if _has(connection, name))
    return {table: _count(connection, table) for table in present}


def _has(connection: Connection, table: str) -> bool:
    """Whether a file has a table: an older one lacks those that came later."""
    return bool(column_names(connection, table))


def _count(connection: Connection, rows: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {rows}").fetchone()
    return int(count)

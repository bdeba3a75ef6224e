"""Reading whatever can still be read of a damaged table."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.io.survey.connection import Connection

# Row numbers tried one by one between the two ends: a damaged number may be beyond all bounds.
_ROWS_A_PAGE = 100
_MOST_TRIED = 500_000
_BEYOND = 2**63 - 1

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Salvaged:
    """The rows of a table that could be read, and how many row numbers could not, at most."""

    columns: tuple[str, ...]
    rows: Rows
    unreadable: int


def salvage_table(connection: Connection, table: str, columns: tuple[str, ...]) -> Salvaged:
    """Every row of a table that a damaged file still gives.

    From both ends up to the damage, then what lies between: ranges of row numbers that fail
    are halved until only the lost rows are left out.
    """
    query = f"SELECT rowid, {', '.join(columns)} FROM {table} WHERE rowid BETWEEN ? AND ?"
    first, whole = _until_damage(connection, f"{query} ORDER BY rowid", (-_BEYOND, _BEYOND))
    if whole:
        return Salvaged(columns, _without_number(first), 0)
    low = first[-1][0] + 1 if first else 1
    last, _ = _until_damage(connection, f"{query} ORDER BY rowid DESC", (low, _BEYOND))
    high = last[-1][0] - 1 if last else _highest(connection, table)
    high = min(high, low + min(_MOST_TRIED, _pages(connection) * _ROWS_A_PAGE))
    between, unreadable = _halving(connection, query, low, high)
    return Salvaged(columns, _without_number([*first, *between, *reversed(last)]), unreadable)


def _until_damage(connection: Connection, query: str, bounds: tuple[int, int]) -> tuple[Rows, bool]:
    """The rows before the first that fails, and whether none failed."""
    rows: Rows = []
    try:
        for row in connection.execute(query, bounds):
            rows.append(row)
    except sqlite3.DatabaseError:
        return rows, False
    return rows, True


def _halving(connection: Connection, query: str, low: int, high: int) -> tuple[Rows, int]:
    rows: Rows = []
    unreadable = 0
    ranges = [(low, high)] if low <= high else []
    while ranges:
        low, high = ranges.pop()
        try:
            rows += connection.execute(query, (low, high)).fetchall()
        except sqlite3.DatabaseError:
            if low == high:
                unreadable += 1
                continue
            middle = (low + high) // 2
            ranges += [(middle + 1, high), (low, middle)]
    return rows, unreadable


def _highest(connection: Connection, table: str) -> int:
    """The highest row number that there was, as far as the file still says."""
    query = f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'"
    return _number(connection, query) or _BEYOND


def _pages(connection: Connection) -> int:
    return _number(connection, "PRAGMA page_count") or 1


def _number(connection: Connection, query: str) -> int | None:
    try:
        row = connection.execute(query).fetchone()
        return None if row is None else int(row[0])
    except (sqlite3.DatabaseError, TypeError, ValueError):
        return None


def _without_number(rows: Rows) -> Rows:
    return [row[1:] for row in rows]

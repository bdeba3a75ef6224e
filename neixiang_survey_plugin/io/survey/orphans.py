"""Rows on pages that a damaged table does not lead to any more, found by looking at every page."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from neixiang_survey_plugin.io.survey.connection import Connection
from neixiang_survey_plugin.io.survey.raw_pages import Pages, Values

_TYPES: Mapping[str, tuple[type, ...]] = {
    "BLOB": (bytes,),
    "LINESTRING": (bytes,),
    "DOUBLE": (int, float),
    "INTEGER": (int,),
    "BOOLEAN": (int,),
}
_TEXT: tuple[type, ...] = (str,)
Found = dict[str, dict[int, Values]]
Columns = Sequence[tuple[str, str]]  # name and declared type


def find_orphans(damaged: Connection, tables: Sequence[str]) -> Found:
    """The rows of these tables, by their numbers, wherever they lie in the file.

    A row belongs to the table whose columns it fits; where it fits several, the log says which
    one by its uuid, and without the log it is left. Free pages hold what was deleted.
    """
    pages = Pages(damaged.serialize())
    columns = {table: columns_of(damaged, table) for table in tables}
    places = _places(damaged, pages)
    logged = _logged(damaged)
    found: Found = {table: {} for table in tables}
    for number in sorted(set(range(2, pages.count + 1)) - pages.free()):
        if pages.is_leaf_of_a_table(number):
            owner = places.get(number)
            candidates = tables if owner is None else [owner] if owner in columns else []
            for row_number, values in pages.rows(number):
                table = _table_of(values, candidates, columns, logged)
                if table is not None:
                    whole = (row_number, *values[1:])
                    missing = len(columns[table]) - len(whole)
                    found[table].setdefault(row_number, (*whole, *[None] * missing))
    return found


def columns_of(connection: Connection, table: str) -> Columns:
    """The columns of a table in their order, each with its declared type."""
    return [(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({table})")]


def _places(damaged: Connection, pages: Pages) -> dict[int, str]:
    """Which pages can still be reached, and from which table or index."""
    roots = _until_damage(damaged, "SELECT name, rootpage FROM sqlite_master WHERE rootpage > 0")
    return {number: name for name, root in roots for number in pages.tree(root)}


def _logged(damaged: Connection) -> dict[str, str]:
    """The table of each uuid, as far as the log can still be read."""
    return dict(_until_damage(damaged, "SELECT subject_uuid, subject_table FROM log"))


def _until_damage(damaged: Connection, query: str) -> Iterator[tuple[Any, Any]]:
    try:
        yield from damaged.execute(query)
    except sqlite3.DatabaseError:
        return


def _table_of(
    values: Values,
    candidates: Sequence[str],
    columns: Mapping[str, Columns],
    logged: Mapping[str, str],
) -> str | None:
    fitting = [table for table in candidates if fits(values, columns[table])]
    if len(fitting) <= 1:
        return fitting[0] if fitting else None
    uuids = {value for value in values if isinstance(value, str)}
    named = [table for table in fitting if any(logged.get(one) == table for one in uuids)]
    return named[0] if len(named) == 1 else None


def fits(values: Values, columns: Columns) -> bool:
    """Whether values may stand in the columns; SQLite leaves the row's number, fid, empty.

    A row from before a column was added is shorter.
    """
    names = [name for name, _ in columns]
    if not 2 <= len(values) <= len(columns) or values[0] is not None or names[0] != "fid":
        return False
    if "uuid" in names and names.index("uuid") < len(values):
        uuid = values[names.index("uuid")]
        if not (isinstance(uuid, str) and uuid):
            return False
    return all(
        value is None or isinstance(value, _TYPES.get(declared, _TEXT))
        for value, (_, declared) in zip(values, columns, strict=False)
    )

"""The rows of a survey file whose first page is lost: what lies where is known to nobody any more.

Every page is looked at, and each row goes to the table that the log names for its uuid, else to
the only one whose columns it fits whole. A row that fits several tables and stands in no log is
left: nothing is guessed.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from neixiang_survey_plugin.io.survey.creating import lay_out, now_text
from neixiang_survey_plugin.io.survey.meta import SCHEMA_VERSION, SurveyMeta
from neixiang_survey_plugin.io.survey.orphans import Columns, columns_of, fits
from neixiang_survey_plugin.io.survey.raw_pages import Pages, Values
from neixiang_survey_plugin.io.survey.salvage import Salvaged
from neixiang_survey_plugin.io.survey.tables import ROUTE_TABLES, ROW_TABLES

_MAGIC = b"SQLite format 3\0"
_PAGE_BYTES = 4096  # of every file that this program begins
_HEADER_BYTES = 100
_LOG, _META = "log", "survey_meta"
_GRID = 4546  # of the layout that is only asked for its columns
_KNOWN = (*ROUTE_TABLES, *ROW_TABLES)


@dataclass(frozen=True)
class FoundRows:
    """Rows by table, what the file said of itself, and whether deleted rows may be among them.

    Which pages are free stands in the header: without it nobody can tell what was deleted.
    """

    tables: Mapping[str, Salvaged]
    meta: Mapping[str, str]
    with_deleted: bool


def find_rows(path: Path) -> FoundRows:
    """The rows of a file of which no page is trusted; nothing where there are none."""
    content = _content(path)
    has_header = content.startswith(_MAGIC)
    if not has_header:
        header = bytearray(_HEADER_BYTES)
        header[: len(_MAGIC)] = _MAGIC
        header[16:18] = _PAGE_BYTES.to_bytes(2, "big")
        content = bytes(header) + content[_HEADER_BYTES:]
    columns = _columns()
    rows = list(_rows(Pages(content)))
    logged = _logged(rows, columns[_LOG])
    found: dict[str, dict[int, Values]] = {table: {} for table in (*_KNOWN, _LOG)}
    meta: dict[str, str] = {}
    for number, values in rows:
        if fits(values, columns[_META]) and len(values) == len(columns[_META]):
            meta[str(values[1])] = str(values[2])
        table = _table_of(values, columns, logged)
        if table is not None:
            whole = (number, *values[1:])
            missing = len(columns[table]) - len(whole)
            found[table].setdefault(number, (*whole, *[None] * missing))
    tables = {
        table: Salvaged(
            tuple(name for name, _ in columns[table]), [one[key] for key in sorted(one)], 0
        )
        for table, one in found.items()
    }
    return FoundRows(tables, meta, with_deleted=not has_header)


def _content(path: Path) -> bytes:
    """The bytes of a file, read by another process: this one opens none but through SQLite."""
    code = "import shutil, sys; shutil.copyfileobj(open(sys.argv[1], 'rb'), sys.stdout.buffer)"
    return subprocess.run(
        [sys.executable, "-c", code, str(path)], check=True, stdout=subprocess.PIPE
    ).stdout


def _columns() -> dict[str, Columns]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        lay_out(connection, SurveyMeta("", SCHEMA_VERSION, _GRID, now_text()))
        return {table: columns_of(connection, table) for table in (*_KNOWN, _LOG, _META)}


def _rows(pages: Pages) -> Iterator[tuple[int, Values]]:
    for number in sorted(set(range(2, pages.count + 1)) - pages.free()):
        if pages.is_leaf_of_a_table(number):
            yield from pages.rows(number)


def _logged(rows: Sequence[tuple[int, Values]], columns: Columns) -> dict[str, str]:
    """The table of each uuid by the entries of the log, which are known by the tables they name."""
    names = [name for name, _ in columns]
    table, uuid = names.index("subject_table"), names.index("subject_uuid")
    return {
        str(values[uuid]): str(values[table])
        for _, values in rows
        if _is_entry(values, columns) and values[uuid] is not None
    }


def _is_entry(values: Values, columns: Columns) -> bool:
    place = [name for name, _ in columns].index("subject_table")
    whole = len(values) == len(columns) and fits(values, columns)
    return whole and values[place] in (*_KNOWN, "survey")


def _table_of(
    values: Values, columns: Mapping[str, Columns], logged: Mapping[str, str]
) -> str | None:
    if _is_entry(values, columns[_LOG]):
        return _LOG
    fitting = [table for table in _KNOWN if fits(values, columns[table])]
    named = [table for table in fitting if _is_named(values, table, columns, logged)]
    if named:
        return max(named, key=lambda table: len(columns[table]) == len(values))
    whole = [table for table in fitting if len(columns[table]) == len(values)]
    return whole[0] if len(whole) == 1 else None


def _is_named(
    values: Values, table: str, columns: Mapping[str, Columns], logged: Mapping[str, str]
) -> bool:
    """Whether the log knows the row's uuid in a table; a line's earlier versions bear it too."""
    place = [name for name, _ in columns[table]].index("uuid")
    if place >= len(values):
        return False
    named = logged.get(str(values[place]))
    return named == table or (table == "route_history" and named == "routes")

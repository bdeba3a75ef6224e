"""Which tables a survey file has, and the triggers that journal them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from neixiang_survey_plugin.core.schema import ROUTES
from neixiang_survey_plugin.io.survey.script import run_script, template

ROUTE_FACTS = tuple(field.name for field in ROUTES.fields)
ROUTE_TABLES = ("routes", "route_history")

# A table that anybody may edit, and the column by which the log names its rows.
ROW_TABLES: Mapping[str, str] = {
    "cases": "case_id",
    "services": "case_id",
    "state_changes": "case_id",
    "decisions": "case_id",
    "packets": "case_id",
    "joint_surveys": "case_id",
    "participants": "survey_uuid",
    "opinions": "survey_uuid",
    "photos": "file_name",
    "confirmed_facts": "object_id",
    "units": "unit_id",
    "suspensions": "unit_id",
    "promises": "route_id",
    "as_built": "route_id",
    "inspections": "case_id",
    "inspection_items": "route_id",
    "rectifications": "case_id",
    "talks": "unit",
    "trench_reviews": "route_ids",
    "common_works": "route_id",
    "settlements": "route_id",
    "plan_reviews": "route_id",
    "detours": "case_id",
}
# Those of them whose rows lie on the map: lines in the column geom.
LINE_TABLES = ("promises", "as_built", "detours")
BINARY = ("BLOB", "LINESTRING")  # as columns are declared that the log keeps as hex
KEPT_TABLES = ("route_history", "log")
ATTRIBUTE_TABLES = (*(name for name in ROW_TABLES if name not in LINE_TABLES), "log", "survey_meta")
OWN_TABLES = ("steps", "step_changes", "step_records", "drafts", "draft_vertices")
SURVEY_TABLES = (*ROUTE_TABLES, *LINE_TABLES, *ATTRIBUTE_TABLES)


def column_names(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns of a table in their order.

    As one row: with each row that is read the interpreter is given over, which another thread that
    works keeps for half a millisecond.
    """
    asked = (
        "SELECT json_group_array(name) FROM (SELECT name FROM pragma_table_info(?) ORDER BY cid)"
    )
    ((names,),) = connection.execute(asked, (table,))
    return tuple(json.loads(names))


def make_triggers(connection: sqlite3.Connection) -> None:
    """Journal every table from now on."""
    facts = ", ".join(ROUTE_FACTS)
    old, new = (", ".join(f"{row}.{fact}" for fact in ROUTE_FACTS) for row in ("OLD", "NEW"))
    script = template("route_triggers.sql")
    script = script.replace("{facts}", facts).replace("{old}", old).replace("{new}", new)
    run_script(connection, script)
    for table in KEPT_TABLES:
        run_script(connection, template("kept_triggers.sql").replace("{table}", table))
    for table, subject in ROW_TABLES.items():
        columns = _plain_columns(connection, table)
        run_script(connection, _row_triggers(table, subject, columns))


def register_tables(connection: sqlite3.Connection, now: str, epsg: int) -> None:
    """Tell GeoPackage of every table, and let each find a row by its uuid."""
    connection.executemany(
        "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, last_change)"
        " VALUES (?1, 'attributes', ?1, ?2)",
        [(table, now) for table in ATTRIBUTE_TABLES],
    )
    for table in (*ROUTE_TABLES, *LINE_TABLES):
        connection.execute(
            "INSERT OR IGNORE INTO gpkg_contents (table_name, data_type, identifier, last_change,"
            " srs_id) VALUES (?1, 'features', ?1, ?2, ?3)",
            (table, now, epsg),
        )
        connection.execute(
            "INSERT OR IGNORE INTO gpkg_geometry_columns VALUES (?, 'geom', 'LINESTRING', ?, 0, 0)",
            (table, epsg),
        )
    for table in ROW_TABLES:
        connection.execute(f"CREATE INDEX IF NOT EXISTS {table}_by_uuid ON {table} (uuid)")
    make_indexes(connection)


def make_indexes(connection: sqlite3.Connection) -> None:
    """Make those by which the window finds what a case has; a file made earlier lacks them."""
    run_script(connection, template("indexes.sql"))


def drop_triggers(connection: sqlite3.Connection) -> None:
    """Stop journaling, for a change of the tables themselves."""
    names = connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
    for name, table in names.fetchall():
        if table in SURVEY_TABLES:
            connection.execute(f'DROP TRIGGER "{name}"')


def _plain_columns(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    """The columns that hold facts, each with its declared type."""
    return {
        row[1]: row[2]
        for row in connection.execute(f"PRAGMA table_info({table})")
        if row[1] not in ("fid", "uuid")
    }


def _row_triggers(table: str, subject: str, columns: Mapping[str, str]) -> str:
    old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("OLD", "NEW"))
    words = {
        "{table}": table,
        "{subject}": subject,
        "{columns}": ", ".join(columns),
        "{changed}": f"({old}) IS NOT ({new})",
        "{row}": _as_json(columns),
        "{row_without_what_stayed}": _without_what_stayed(columns),
    }
    script = template("row_triggers.sql")
    for word, text in words.items():
        script = script.replace(word, text)
    return script


def _as_json(columns: Mapping[str, str]) -> str:
    cells = (f"'{name}', {_cell_as_json(f'OLD.{name}', type)}" for name, type in columns.items())
    return f"json_object({', '.join(cells)})"


def _cell_as_json(cell: str, declared: str) -> str:
    """A picture or a line as hex; a number with all its digits, where SQLite writes only 15."""
    if declared in BINARY:
        return f"CASE WHEN {cell} IS NOT NULL THEN hex({cell}) END"
    if declared == "DOUBLE":
        return (
            f"CASE WHEN typeof({cell}) <> 'real' THEN {cell}"
            f" WHEN abs({cell}) < 9e999 THEN json(printf('%!.17g', {cell})) ELSE 'Inf' END"
        )
    return cell


def _without_what_stayed(columns: Mapping[str, str]) -> str:
    """The old row without a picture that did not change: a remark costs no megabytes."""
    row = _as_json(columns)
    for name in (name for name, declared in columns.items() if declared == "BLOB"):
        hexed = _cell_as_json(f"OLD.{name}", "BLOB")
        row = row.replace(hexed, hexed.replace(" THEN", f" AND OLD.{name} IS NOT NEW.{name} THEN"))
        row = f"json_remove({row}, iif(OLD.{name} IS NEW.{name}, '$.{name}', '$.none'))"
    return row

"""Records as rows of their tables: reading, keeping, taking away."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.survey.connection import Connection, dict_rows
from neixiang_survey_plugin.io.survey.record_kinds import table_of
from neixiang_survey_plugin.io.survey.record_values import (
    Fact,
    cell_from_fact,
    fact_from_cell,
    facts_of,
)
from neixiang_survey_plugin.io.survey.tables import column_names

R = TypeVar("R")
Cells = dict[str, object]


def read_records(
    connection: Connection,
    kind: type[R],
    where: Mapping[str, object],
    without: Collection[str] = (),
) -> tuple[R, ...]:
    """The records of a kind whose fields have the values asked for, in the order they came.

    A tuple asks for any of its values. Fields ``without`` which somebody does are not read. A
    field that a file of an older schema has no column for is missing. SurveyError with one
    sentence for each row that another program made unreadable.
    """
    table = table_of(kind)
    columns = column_names(connection, table)
    there = tuple(fact for fact in facts_of(kind) if fact.name in columns)
    if not there:
        return ()
    facts = tuple(fact for fact in there if fact.name not in without)
    by_name = {fact.name: fact for fact in there}
    read = ", ".join(fact.name for fact in facts)
    cells = [_asked_for(by_name[name], value) for name, value in where.items()]
    asked = "".join(
        f" AND {name} IN (SELECT value FROM json_each(?))"
        if isinstance(value, tuple)
        else f" AND {name} IS ?"
        for name, value in where.items()
    )
    rows = dict_rows(connection, f"SELECT {read} FROM {table} WHERE 1{asked} ORDER BY fid", cells)
    records, problems = [], []
    for row in rows:
        try:
            records.append(record_from_row(kind, facts, row))
        except ValueError as error:
            problems.append(f"表 {table} 的行 {row['uuid']}：{error}；请在 QGIS 里改正这一行")
    if problems:
        raise SurveyError(problems)
    return tuple(records)


def _asked_for(fact: Fact, value: object) -> object:
    """The cell that is asked for; a tuple's as JSON, which has no limit to their number."""
    if isinstance(value, tuple):
        return json.dumps([cell_from_fact(fact, one) for one in value])
    return cell_from_fact(fact, value)


def record_from_row(kind: type[R], facts: Sequence[Fact], row: Mapping[str, Any]) -> R:
    """The record of a row; ValueError with every field that cannot be read."""
    values: dict[str, Any] = {}
    problems = []
    for fact in facts:
        cell = row[fact.name]
        if cell is None and fact.optional:  # most cells of a survey
            values[fact.name] = None
            continue
        try:
            values[fact.name] = fact_from_cell(fact, cell)
        except ValueError as error:
            problems.append(str(error))
    if problems:
        raise ValueError("；".join(problems))
    return kind(**values)


def row_from_record(record: object, epsg: int) -> Cells:
    """The cells of a record, with a uuid if it has none; SurveyError for one that cannot be kept.

    What could not be read back is not kept. A line lies in the grid of the EPSG code.
    """
    kind = type(record)
    facts = facts_of(kind)
    try:
        cells = {
            fact.name: cell_from_fact(fact, getattr(record, fact.name), epsg) for fact in facts
        }
        cells["uuid"] = cells["uuid"] or str(uuid.uuid4())
        record_from_row(kind, facts, cells)
    except ValueError as error:
        raise SurveyError(f"{table_of(kind)}：{error}；没有保存") from None
    return cells


def put_record(connection: Connection, table: str, cells: Mapping[str, object]) -> None:
    """Add a row, or replace the cells of the row with the same uuid."""
    facts = [name for name in cells if name != "uuid"]
    assigned = ", ".join(f"{name} = ?" for name in facts)
    values = [cells[name] for name in facts]
    updated = connection.execute(
        f"UPDATE {table} SET {assigned} WHERE uuid = ?", (*values, cells["uuid"])
    )
    if updated.rowcount == 0:
        marks = ", ".join("?" for _ in facts)
        connection.execute(
            f"INSERT INTO {table} (uuid, {', '.join(facts)}) VALUES (?, {marks})",
            (cells["uuid"], *values),
        )


def forget_records(connection: Connection, table: str, uuids: Sequence[str]) -> None:
    """Take rows away; SurveyError when one is not there."""
    for one in uuids:
        if connection.execute(f"DELETE FROM {table} WHERE uuid = ?", (one,)).rowcount == 0:
            raise SurveyError(f"{table} {one}：踏勘文件里没有这条记录")

"""Reading tables of surveyed points and lines, several of which belong together: CSV, XLSX."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.questions import Ask, Question
from neixiang_survey_plugin.app.importing.survey_columns import (
    Part,
    coordinate_columns,
    has_link,
    has_place,
    is_in_degrees,
    is_north_first,
)
from neixiang_survey_plugin.app.importing.survey_tables import (
    Shaped,
    SurveyTable,
    pairs_of,
    shape_courses,
    shape_links,
    shape_points,
    shape_texts,
)
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.schema import GeometryKind
from neixiang_survey_plugin.io.importing.choice import NORTH_FIRST, Choice
from neixiang_survey_plugin.io.importing.found import Found
from neixiang_survey_plugin.io.importing.sheets import TEXT_TABLES, WORKBOOKS, read_sheets
from neixiang_survey_plugin.io.raw_layer import RawLayer, raw_layer_of_rows

TABLES = TEXT_TABLES | WORKBOOKS


def read_tables(paths: Sequence[Path], choice: Choice) -> Found:
    """What some tables that belong together say, as one layer without a system.

    Rows that name two points become lines, by the coordinates of the tables of points; rows with
    a line's number its course; other rows points. UndecidedError where it cannot be told which of
    two coordinates is the northing; SurveyError for tables that say nothing of the kind.
    """
    tables: list[SurveyTable] = []
    encodings: dict[str, None] = {}
    reasons: dict[str, None] = {}
    for path in paths:
        found, encoding, reason = read_sheets(path, choice)
        tables += found
        encodings.update({encoding: None} if encoding else {})
        reasons.update({reason: None} if reason else {})
    shaped, named = _shaped(tables, choice)
    raw = _raw(paths[0], named, shaped)
    remarks = [*shaped.remarks, *_said_of_axes(tables, choice)]
    return Found(
        raw,
        tuple(table.place for table in tables),
        paths[0].suffix.lower().lstrip("."),
        "、".join(encodings) or None,
        "；".join(reasons) or None,
        tuple(remarks),
    )


def _shaped(tables: Sequence[SurveyTable], choice: Choice) -> tuple[Shaped, SurveyTable]:
    lines = [table for table in tables if has_link(table.parts)]
    points = [table for table in tables if has_place(table.parts) and Part.POINT in table.parts]
    wants_lines = not choice.kinds or GeometryKind.LINE in choice.kinds
    if lines and wants_lines:
        if not points:
            raise SurveyError(f"{lines[0].place}: 管线表只写了点号；请把点表（点号、X、Y）一起写上")
        return shape_links(lines, points, lambda table: _north_first(table, choice)), lines[0]
    placed = [table for table in tables if has_place(table.parts)]
    if not placed:
        raise SurveyError(f"{tables[0].place}: 没有坐标列；请补上 X、Y，或点表")
    table = placed[0]
    if len(placed) > 1:
        names = tuple(one.place.rpartition(": ")[2] for one in placed)
        raise UndecidedError(table.place, (Question(Ask.LAYER, choices=names),))
    if Part.WKT in table.parts:
        return shape_texts(table), table
    north_first = _north_first(table, choice)
    if Part.LINE in table.parts and _goes_on(table) and choice.kinds != (GeometryKind.POINT,):
        areas = choice.kinds == (GeometryKind.POLYGON,)
        return shape_courses(table, north_first, areas), table
    return shape_points(table, north_first), table


def _goes_on(table: SurveyTable) -> bool:
    """Whether several rows have the number of one line."""
    names = [row[table.parts[Part.LINE]] for row in table.rows]
    return len(set(names)) < len(names)


def _north_first(table: SurveyTable, choice: Choice) -> bool:
    if choice.axes is not None:
        return choice.axes == NORTH_FIRST
    found = is_north_first(table.parts, pairs_of(table))
    if found is None:
        raise UndecidedError(table.place, (Question(Ask.AXES, choices=_named(table)),))
    return found


def _named(table: SurveyTable) -> tuple[str, ...]:
    columns = coordinate_columns(table.parts) or ()
    return tuple(table.headings[column] for column in columns)


def _said_of_axes(tables: Sequence[SurveyTable], choice: Choice) -> list[str]:
    said: dict[str, None] = {}
    for table in tables:
        pairs = pairs_of(table)
        if len(_named(table)) == 2 and pairs:
            first, second = _named(table)
            north, east = (first, second) if _north_first(table, choice) else (second, first)
            what = ("纬度", "经度") if is_in_degrees(pairs) else ("北", "东")
            said[f"坐标：{north} 为{what[0]}，{east} 为{what[1]}"] = None
    return list(said)


def _raw(path: Path, table: SurveyTable, shaped: Shaped) -> RawLayer:
    name = table.place.rpartition(": ")[2]
    return raw_layer_of_rows(path, name, None, shaped.geometry, shaped.rows, shaped.unreadable)

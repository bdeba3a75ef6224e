"""Routes handed over as points: a table of surveyed points, and what is known of each line."""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shapely import LineString

from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.schema import ROUTES, Field, FieldType
from neixiang_survey_plugin.core.trenchless import parse_trenchless
from neixiang_survey_plugin.io.toml_file import open_toml
from neixiang_survey_plugin.io.toml_table import TomlTable

_COLUMNS = ("route_id", "seq", "X", "Y")


def read_drawn_routes(points: Path, facts: Path) -> tuple[Route, ...]:
    """Routes whose course stands in a CSV of points and whose facts stand in a TOML file.

    The points are in the county grid in survey order: X is north, Y is east, ``seq`` the order
    along the line. SurveyError with every problem of both files.
    """
    problems = Problems()
    file = open_toml(facts, problems)
    known = [_read_facts(table) for table in file.tables("routes")]
    file.close()
    courses = _read_courses(points, problems)
    for one in known:
        if len(courses.get(one["route_id"], ())) < 2:
            problems.add(f"{points}: 外线 {one['route_id']} 不足两个点；请补上它的点")
    problems.raise_if_any()
    return tuple(Route(line=LineString(courses[one["route_id"]]), **one) for one in known)


def _read_facts(table: TomlTable) -> dict[str, Any]:
    table.need("route_id", "utility")
    facts: dict[str, Any] = {field.name: _read_fact(table, field) for field in ROUTES.fields}
    try:
        facts["trenchless"] = parse_trenchless(facts["trenchless"] or "")
    except ValueError as error:
        table.complain("trenchless", str(error))
    table.close()
    return facts


def _read_fact(table: TomlTable, field: Field) -> object:
    if field.type is FieldType.NUMBER:
        return table.number(field.name)
    if field.type is FieldType.DATE:
        return table.day(field.name)
    if field.type is FieldType.WORD:
        return table.word(field.name, {word: word for word in field.words or ()})
    return table.text(field.name)


def _read_courses(path: Path, problems: Problems) -> Mapping[str, list[tuple[float, float]]]:
    """The points of each route in order, as east and north."""
    rows: dict[str, list[tuple[float, float, float]]] = {}
    for number, row in enumerate(_read_rows(path), start=2):
        try:
            seq, north_m, east_m = (float(row[name]) for name in ("seq", "X", "Y"))
        except (TypeError, ValueError):
            problems.add(f"{path}: 第 {number} 行的 seq、X、Y 应都是数")
            continue
        if not (math.isfinite(north_m) and math.isfinite(east_m)):
            problems.add(f"{path}: 第 {number} 行的坐标不是有限的数")
        rows.setdefault(row["route_id"], []).append((seq, east_m, north_m))
    return {
        route_id: [(east_m, north_m) for _, east_m, north_m in sorted(points)]
        for route_id, points in rows.items()
    }


def _read_rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise SurveyError(
                    f"{path}: 缺少列 {'、'.join(missing)}；应有 {'、'.join(_COLUMNS)}"
                )
            return list(reader)
    except FileNotFoundError:
        raise SurveyError(f"{path}: 没有这个文件") from None
    except UnicodeDecodeError:
        raise SurveyError(f"{path}: 不是 UTF-8 编码；请用 UTF-8 编码另存") from None

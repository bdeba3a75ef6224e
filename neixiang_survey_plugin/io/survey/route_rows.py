"""A line of the survey as a row of its table, and back."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import shapely
from shapely import LineString, MultiLineString

from neixiang_survey_plugin.app.survey_store import CaseIds
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Bore, Route
from neixiang_survey_plugin.core.schema import ROUTES, Field, FieldType
from neixiang_survey_plugin.core.trenchless import parse_trenchless
from neixiang_survey_plugin.core.vocabulary import canonical_word
from neixiang_survey_plugin.io.dates import parse_date
from neixiang_survey_plugin.io.route_parts import join_parts
from neixiang_survey_plugin.io.survey.blobs import blob_from_geometry, geometry_from_blob
from neixiang_survey_plugin.io.survey.connection import Connection, dict_rows

Row = Mapping[str, Any]
_Facts = dict[str, Any]


def row_from_route(route: Route, epsg: int) -> dict[str, Any]:
    """The columns of a line; SurveyError for one that could not be read back."""
    _check(route)
    row: dict[str, Any] = {"geom": blob_from_geometry(route.line, epsg)}
    for field in ROUTES.fields:
        value = getattr(route, field.name)
        row[field.name] = value.isoformat() if isinstance(value, date) else value
    row["trenchless"] = ";".join(_bore_text(bore) for bore in route.trenchless) or None
    return row


def route_from_row(row: Row) -> Route:
    """The line of a row; ValueError with a sentence when the row is no line that we know.

    Words and dates may be written as people write them: QGIS lets them.
    """
    line = _line(geometry_from_blob(row["geom"]))
    facts = {field.name: _fact(field, row[field.name]) for field in ROUTES.fields}
    facts["trenchless"] = parse_trenchless(facts["trenchless"] or "")
    for name in ("route_id", "utility"):
        if facts[name] is None:
            raise ValueError(f"字段 {name} 是空的")
    return Route(line=line, **facts)


def read_rows(
    connection: Connection, case_id: CaseIds, route_ids: Sequence[str] | None
) -> Iterator[dict[str, Any]]:
    """The rows of the lines, of some cases or of these names where asked, in their order."""
    conditions, values = ["1"], []
    case_ids = (case_id,) if isinstance(case_id, str) else case_id
    for column, asked in (("case_id", case_ids), ("route_id", route_ids)):
        if asked is not None:
            conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(list(asked)))
    query = f"SELECT * FROM routes WHERE {' AND '.join(conditions)} ORDER BY fid"
    return dict_rows(connection, query, values)


def routes_from_rows(rows: Iterable[Row]) -> tuple[list[Route], list[str]]:
    """The lines of the rows, and one sentence for each row that is none."""
    routes, unreadable = [], []
    for row in rows:
        try:
            routes.append(route_from_row(row))
        except ValueError as error:
            name = row["route_id"] or f"第 {row['fid']} 行"
            unreadable.append(f"外线 {name}：{error}")
    return routes, unreadable


def _check(route: Route) -> None:
    problems = []
    if not route.route_id.strip():
        problems.append("编号是空的")
    if shapely.get_num_coordinates(route.line) < 2:
        problems.append("至少要有两个点")
    elif not np.isfinite(shapely.get_coordinates(route.line)).all():
        problems.append("有坐标不是数")
    for field in ROUTES.fields:
        value = getattr(route, field.name)
        if value is None:
            continue
        if field.words is not None and value not in field.words:
            problems.append(f"字段 {field.name} 不认识“{value}”")
        if isinstance(value, float) and not math.isfinite(value):
            problems.append(f"字段 {field.name} 不是有限的数")
    if problems:
        raise SurveyError(f"外线 {route.route_id}：{'；'.join(problems)}；没有保存")


def _line(geometry: object) -> LineString:
    if isinstance(geometry, MultiLineString) and not geometry.is_empty:
        geometry = join_parts(list(geometry.geoms))
    if not isinstance(geometry, LineString) or geometry.is_empty:
        raise ValueError("没有线，或线的数据损坏")
    return geometry


def _fact(field: Field, value: Any) -> Any:
    """The value of a cell as the line holds it, None where it is empty."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if field.type is FieldType.NUMBER:
        return _number(field.name, value)
    text = str(value)
    if field.type is FieldType.DATE:
        return _known(field.name, text, parse_date(text))
    if field.type is FieldType.WORD and field.words is not None:
        return _known(field.name, text, canonical_word(field.words, text))
    return text


def _number(name: str, value: Any) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"字段 {name} 的值“{value}”不是数") from None
    if not math.isfinite(number):
        raise ValueError(f"字段 {name} 的值“{value}”不是有限的数")
    return number


def _known(name: str, text: str, understood: Any) -> Any:
    if understood is None:
        raise ValueError(f"字段 {name} 的值“{text}”不认识")
    return understood


def _bore_text(bore: Bore) -> str:
    depth = "" if bore.depth_m is None else f"@{_plain(bore.depth_m)}"
    return f"{_plain(bore.from_m)}-{_plain(bore.to_m)}{depth}"


def _plain(number: float) -> str:
    """A number to its last digit, without an exponent, which the text of bores does not know.

    What is undone and done again is the very same line, as it is with its vertices.
    """
    text = format(Decimal(repr(float(number))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

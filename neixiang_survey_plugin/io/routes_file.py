"""Reading the routes of any vector file."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import LineString

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.schema import ROUTES, FieldType
from neixiang_survey_plugin.io.complaints import Complaints
from neixiang_survey_plugin.io.grid_geometry import what_is_likely
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.io.placement import FAR_M, box_of, gap_m
from neixiang_survey_plugin.io.route_bores import read_bores
from neixiang_survey_plugin.io.route_parts import join_parts
from neixiang_survey_plugin.io.table import LayerRead, read_table

_LIKE = 0.8  # planed_on is like planned_on, name is not like any
_UNSAID_APPLICANT = "company"
_Facts = dict[str, Any]


@dataclass(frozen=True)
class RoutesRead:
    """The routes of one file, what was doubtful about them, and what had to be assumed."""

    routes: tuple[Route, ...]
    warnings: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


def read_routes(path: Path, county: County) -> RoutesRead:
    """The routes of a vector file, brought into the county grid, in the order of the file.

    The layer is ``routes``, or the only one of a format without layer names. A line in several
    parts is joined where they follow each other. SurveyError with one sentence per problem.
    """
    read = read_table(LayerSource(ROUTES, path), county.grid.epsg, only_if_usual=True)
    return routes_of(read, county)


def routes_of(read: LayerRead, county: County) -> RoutesRead:
    """The routes of a layer, or of a page of it, as read_routes gives them."""
    path, complaints = read.path, read.complaints()
    lines = whole_lines(read, complaints)
    bores = read_bores(read.table.columns["trenchless"].tolist(), lines, county.grid, complaints)
    _complain_of_no_utility(read, complaints)
    complain_if_far(read, county, complaints)
    complaints.raise_if_any()
    says_applicant = "applicant_kind" not in read.table.missing_fields
    facts = _facts(read, _unit_ids(county), says_applicant)
    routes = tuple(
        Route(line=line, trenchless=bored, **known)
        for line, bored, known in zip(lines, bores, facts, strict=True)
    )
    assumptions = () if says_applicant else (_applicant_assumed(path),)
    warnings = (*_misspelt_columns(read, path), *_warnings(routes, county, path))
    return RoutesRead(routes, warnings, assumptions)


def _misspelt_columns(read: LayerRead, path: Path) -> Iterator[str]:
    """A column that looks like a field which the file lacks: nobody would miss it silently."""
    missing = sorted(read.table.missing_fields)
    for column in read.column_names:
        near = difflib.get_close_matches(column.lower(), missing, n=1, cutoff=_LIKE)
        if near and ROUTES.field(column) is None:
            yield f"{path}: 不认识列 {column}，没有使用；是不是 {near[0]}？"


def whole_lines(read: LayerRead, complaints: Complaints) -> list[LineString]:
    """The line of each row, joined where it comes in parts; a complaint where that fails."""
    parts, feature = read.table.geometry, read.table.feature
    starts = np.searchsorted(feature, np.arange(len(read.table) + 1))
    lines = [join_parts(parts[a:b].tolist()) for a, b in pairwise(starts)]
    broken = [row for row, line in enumerate(lines) if line is None]
    complaints.rows(
        broken, lambda row: "线分成几段，前一段的终点不是后一段的起点；请接成一条线，或分成几行"
    )
    return [LineString() if line is None else line for line in lines]


def _complain_of_no_utility(read: LayerRead, complaints: Complaints) -> None:
    words = read.table.columns["utility"].tolist()
    empty = [row for row, word in enumerate(words) if word is None]
    complaints.rows(empty, lambda row: "字段 utility 是空的；每条外线都要写明专业（如 给水）")


def complain_if_far(read: LayerRead, county: County, complaints: Complaints) -> None:
    """Routes far from every layer of the county, one by one, or most of them as a whole."""
    if not county.layers:
        return
    home = box_of(table.geometry for table in county.layers.values())
    away_m = gap_m(shapely.bounds(read.table.geometry), home)
    far = np.unique(read.table.feature[away_m > FAR_M])
    if len(far) * 2 > len(read.table):
        where = what_is_likely(read.placed, county.grid.epsg, home, None)
        complaints.layer(f"离县的图层有 {away_m.max() / 1000:.0f} 公里{where}")
        return
    complaints.rows(far, lambda row: f"离县的图层超过 {FAR_M / 1000:.0f} 公里；请核对它的坐标")


def _facts(read: LayerRead, units: Mapping[str | None, str], says_applicant: bool) -> list[_Facts]:
    """What each row says of its route, by the names of the route's fields."""
    columns = read.table.columns
    by_field = {
        field.name: plain_column(field.type, columns[field.name])
        for field in ROUTES.fields
        if field.name != "trenchless"
    }
    facts = [dict(zip(by_field, row, strict=True)) for row in zip(*by_field.values(), strict=True)]
    for known in facts:
        known["unit"] = units.get(known["unit"], known["unit"])
        if not says_applicant:
            known["applicant_kind"] = _UNSAID_APPLICANT
    return facts


def plain_column(kind: FieldType, column: Any) -> list[str | float | date | None]:
    """A column as plain values, None where nothing is known."""
    values: list[Any] = column.tolist()
    if kind is FieldType.NUMBER:
        return [None if value != value else value for value in values]
    return values


def _unit_ids(county: County) -> Mapping[str | None, str]:
    """Units may be named by their id or by their name."""
    return {unit.name: unit.unit_id for unit in county.units}


def _warnings(routes: tuple[Route, ...], county: County, path: Path) -> tuple[str, ...]:
    known = {unit.unit_id for unit in county.units}
    users: dict[str, list[str]] = {}
    for route in routes:
        if route.unit is not None and route.unit not in known:
            users.setdefault(route.unit, []).append(route.route_id)
    return tuple(
        f"{path}: 单位 {unit} 不在 county.toml 的 [[units]] 里（外线 {_listed(names)}）"
        for unit, names in users.items()
    )


def _listed(names: list[str], most: int = 5) -> str:
    listed = "、".join(names[:most])
    return listed if len(names) <= most else f"{listed} 等 {len(names)} 条"


def _applicant_assumed(path: Path) -> str:
    return f"{path}: 没有 applicant_kind 列，全部外线按企业用户（company）判定"

"""The commands ``line set`` and ``county unit``: filling in what a packet's forms ask for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.markup import escape

from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.schema import ROUTES
from neixiang_survey_plugin.hosts.cli.output import screen
from neixiang_survey_plugin.hosts.cli.survey_store import opened
from neixiang_survey_plugin.io.county_edit import set_unit
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.hints import did_you_mean
from neixiang_survey_plugin.io.survey.route_rows import route_from_row, row_from_route

# What a line is, rather than what is known of it: changed where lines are drawn.
_FIXED = ("route_id", "utility")


def run_line_set(
    survey: Path, county_folder: Path, lines: Sequence[str], facts: Sequence[str]
) -> None:
    """Set fields of lines in a survey file, in one undoable step; an empty value is unknown."""
    typed = _typed(facts)
    _check_fields(typed)
    county = load_county(county_folder, ())
    with opened(survey) as store:
        kept = store.routes(route_ids=lines).routes
        missing = [one for one in lines if one not in {route.route_id for route in kept}]
        if missing:
            raise SurveyError(f"{survey}：没有外线 {'、'.join(missing)}；用 survey info 看有哪些")
        store.edit([_with(one, typed, county.grid.epsg) for one in kept], what="line set")
    screen(quiet=False).print(
        f"已记下：外线 {escape('、'.join(lines))} 的 {escape('、'.join(typed))}"
    )


def run_county_unit(folder: Path, unit: str, facts: Sequence[str]) -> None:
    """Set what the forms say of a unit, once for all packets."""
    typed = _typed(facts)
    set_unit(folder, unit, typed)
    load_county(folder, ())
    screen(quiet=False).print(
        f"已写入 county.toml：单位 {escape(unit)} 的 {escape('、'.join(typed))}"
    )


def _typed(facts: Sequence[str]) -> dict[str, str]:
    problems, typed = Problems(), {}
    for fact in facts:
        name, equals, value = fact.partition("=")
        if not equals:
            problems.add(f"--set {fact}：应写成 名称=值，如 contractor=示例公司。")
        typed[name.strip()] = value.strip()
    problems.raise_if_any()
    if not typed:
        raise SurveyError("没有写要填的内容；用 --set 名称=值。")
    return typed


def _check_fields(typed: dict[str, str]) -> None:
    known = [field.name for field in ROUTES.fields if field.name not in _FIXED]
    problems = Problems()
    for name in typed:
        if name not in known:
            hint = did_you_mean(name, known)
            problems.add(f"--set {name}：外线没有这一项{hint}；可写 {'、'.join(known)}。")
    problems.raise_if_any()


def _with(route: Route, typed: dict[str, str], epsg: int) -> Route:
    try:
        return route_from_row({**row_from_route(route, epsg), **typed})
    except ValueError as error:
        raise SurveyError(f"外线 {route.route_id}：{error}；没有保存") from error

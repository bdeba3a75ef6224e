"""The commands ``plan-check`` and ``plan``: routes against the master plan, and the decision."""

from __future__ import annotations

import getpass
from datetime import datetime
from pathlib import Path

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.planning.checking import PlanResult
from neixiang_survey_plugin.app.planning.report import plan_report, review_report
from neixiang_survey_plugin.app.planning.reviewing import decide
from neixiang_survey_plugin.app.wording import planning as words
from neixiang_survey_plugin.app.wording.figures import few_named
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.planning.remark import PlanOfRoute, PlanRemark
from neixiang_survey_plugin.core.planning.review import Decided, PlanVerdict, standing_of
from neixiang_survey_plugin.core.schema import PLAN_CHECK_LAYERS
from neixiang_survey_plugin.hosts.cli.output import MOST_ROWS, day_from, screen, write_json
from neixiang_survey_plugin.hosts.cli.survey_store import opened
from neixiang_survey_plugin.io.lines_work import read_lines_work
from neixiang_survey_plugin.io.plan_work import check_plan


def run_plan_check(
    survey: Path, county: Path, *, on: str | None, json_target: str | None, strict: bool
) -> int:
    """Hold a file of routes against the plan and show or write the result; the exit status."""
    work = read_lines_work(survey, county, day_from(on), PLAN_CHECK_LAYERS)
    result = check_plan(work)
    write_json(plan_report(result), json_target)
    print_plan(result, screen(json_target == "-"))
    return int(strict and not all(result.agrees(one) for one in result.routes))


def run_plan_review(
    survey: Path,
    county: Path,
    line: str,
    verdict: PlanVerdict,
    *,
    by: str | None,
    remark: str | None,
    on: str | None,
    json_target: str | None,
) -> None:
    """Keep in a survey file what planning staff decided on a line."""
    work = read_lines_work(survey, county, day_from(on), PLAN_CHECK_LAYERS)
    result = check_plan(work)
    found = result.of(line)
    route = next((one for one in work.read.routes if one.route_id == line), None)
    if found is None or route is None:
        there = few_named([one.route_id for one in result.routes]) or "无"
        raise SurveyError(f"外线 {line}：文件里没有这条外线；现有 {there}。")
    with opened(survey) as store:
        by = by or getpass.getuser()
        review = decide(store, route, found, verdict, by, datetime.now(), remark)
    write_json({"schema": 1, "review": review_report(review)}, json_target)
    said = words.review_sentence(Decided(review, standing_of(route, review)))
    screen(json_target == "-").print(escape(f"已记下：外线 {line} {said}。"), soft_wrap=True)


def print_plan(result: PlanResult, console: Console) -> None:
    """One row a line, then the remarks of every line that has any."""
    head = f"{result.county}  {result.rules.title}  {wording.day_words(result.on)}"
    console.print(f"[bold]{escape(head)}[/bold]")
    console.print(_lines_table(result))
    for route in result.routes[:MOST_ROWS]:
        if route.remarks:
            console.print(f"[bold]{escape(route.route_id)}[/bold]")
            console.print(_remarks_table(route.remarks))
    for one in result.not_held:
        console.print(escape(words.not_held_sentence(one)), soft_wrap=True)
    for warning in result.warnings:
        console.print(f"[dim]{escape(warning)}[/dim]", soft_wrap=True)


def _lines_table(result: PlanResult) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for name in ("案件", "外线", "专业"):
        table.add_column(name, overflow="fold")
    table.add_column("长度 m", justify="right", no_wrap=True)
    table.add_column("管位内 / 旁 / 外 m", justify="right", no_wrap=True)
    table.add_column("结论", overflow="fold")
    if result.decided:
        table.add_column("规划部门", overflow="fold")
    for route in result.routes[:MOST_ROWS]:
        table.add_row(
            escape(route.case_id or ""),
            escape(route.route_id),
            wording.utility_words(route.utility),
            wording.figure(route.length_m),
            words.corridor_words(route.corridor),
            words.standing_words(_counts(route), result.all_held(route.route_id)),
            *_decision(result, route),
        )
    return table


def _decision(result: PlanResult, route: PlanOfRoute) -> tuple[str, ...]:
    if not result.decided:
        return ()
    decided = result.decided_on(route.route_id)
    said = words.review_sentence(decided)
    return (escape(said or words.plan_standing_words(decided.standing)),)


def _counts(route: PlanOfRoute) -> list[str]:
    return [words.plan_outcome_words(one.outcome) for one in route.remarks]


def _remarks_table(remarks: tuple[PlanRemark, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("结论", no_wrap=True)
    table.add_column("位置 m", justify="right", no_wrap=True)
    for name in ("意见", "怎样才符合", "依据"):
        table.add_column(name, overflow="fold")
    for remark in remarks:
        table.add_row(
            words.plan_outcome_words(remark.outcome),
            words.remark_place(remark),
            escape(f"{words.remark_kind_words(remark.kind)}：{words.remark_sentence(remark)}"),
            escape(words.remark_way_out(remark)),
            escape(words.remark_basis(remark)),
        )
    return table

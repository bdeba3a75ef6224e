"""The command ``screen``: very many routes judged at once, into a file and a tally."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.screening import CHECKS_NOT_RUN
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.policy import Policy, Way
from neixiang_survey_plugin.hosts.cli.output import day_from, progress, screen, write_json
from neixiang_survey_plugin.io.screening.run import Job, Screening, screen_file
from neixiang_survey_plugin.io.survey.reading import is_survey

SCHEMA = 1
_APPLICANT = "applicant"  # the one condition that is no rule of the policy file


def run_screen(
    routes: Path,
    county: Path,
    *,
    on: str | None,
    out: Path | None,
    workers: int | None,
    json_target: str | None,
    strict: bool,
) -> int:
    """Screen a file of routes and show or write the tally; the exit status."""
    if routes.suffix.lower() == ".gpkg" and routes.exists() and is_survey(routes):
        raise SurveyError(f"{routes}: 是踏勘文件，它的外线用 check 判定；screen 读矢量文件")
    job = Job(routes, county, day_from(on), out, workers or _cores())
    with progress("筛查") as tick:
        screening = screen_file(job, tick)
    report = _report(job, screening)
    write_json(report, json_target)
    _print(report, screening, screen(json_target == "-"))
    return int(strict and any(one["fail"] or one["unknown"] for one in report["rules"]))


def _cores() -> int:
    """The processors that this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def _report(job: Job, screening: Screening) -> dict[str, Any]:
    policy = screening.county.policy
    rules = [*(rule.rule_id for rule in policy.known_rules), _APPLICANT]
    return {
        "schema": SCHEMA,
        "county": screening.county.name,
        "policy": policy.policy_id,
        "on": job.on.isoformat(),
        "out": None if job.out is None else str(job.out),
        **screening.tally.report(rules),
        "checks_not_run": list(CHECKS_NOT_RUN),
        "layers_not_judged": list(screening.county.layers_not_judged),
        "warnings": list(screening.warnings),
    }


def _print(report: Mapping[str, Any], screening: Screening, console: Console) -> None:
    """The ways, the ways of each unit, what each rule came to, and what was not looked at."""
    console.print(_ways_table(report))
    console.print(_units_table(report, screening))
    console.print(_rules_table(report, screening.county.policy))
    sentences = [
        wording.not_judged_sentence(screening.county.layers_not_judged, False),
        "筛查逐线判定，冲突和疑似拆分的申请没有查；这两项用 check。",
        *screening.warnings,
    ]
    if screening.resumed:
        sentences.insert(0, f"接着上次没有做完的筛查：已有 {screening.resumed} 条的结果没有重算。")
    for sentence in sentences:
        console.print(f"[dim]{escape(sentence)}[/dim]", soft_wrap=True)


def _ways_table(report: Mapping[str, Any]) -> Table:
    title = f"{report['routes']} 条外线，共 {report['length_m'] / 1000:.1f} km"
    table = _table(title, "办理方式", ("条数", "占比"))
    for way, count in report["ways"].items():
        table.add_row(wording.way_words(Way(way)), str(count), f"{count / report['routes']:.1%}")
    if report["reading_decides"]:
        table.add_row("其中换一种读法会改变", str(report["reading_decides"]), "")
    return table


def _units_table(report: Mapping[str, Any], screening: Screening) -> Table:
    names = {unit.unit_id: unit.name for unit in screening.county.units}
    ways = list(report["ways"])
    table = _table("各单位", "专业", ())
    table.add_column("单位", overflow="fold")
    for way in ways:
        table.add_column(wording.way_words(Way(way)), justify="right")
    for one in report["units"]:
        unit = one["unit"]
        table.add_row(
            wording.utility_words(one["utility"]),
            escape(names.get(unit, unit) or wording.UNKNOWN_WORD),
            *(str(one["ways"].get(way, 0)) for way in ways),
        )
    return table


def _rules_table(report: Mapping[str, Any], policy: Policy) -> Table:
    rules = {rule.rule_id: rule for rule in policy.known_rules}
    table = _table("各项条件", "条件", ("合格", "不合格", "未知", "临界"))
    for one in report["rules"]:
        figures = (one["pass"], one["fail"], one["unknown"], one["borderline"])
        table.add_row(escape(wording.rule_words(rules.get(one["rule"]))), *map(str, figures))
    return table


def _table(title: str, first: str, figures: tuple[str, ...]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left")
    table.add_column(first, overflow="fold")
    for name in figures:
        table.add_column(name, justify="right")
    return table

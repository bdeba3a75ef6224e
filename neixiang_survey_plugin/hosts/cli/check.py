"""The command ``check``: routes measured and judged, as a table or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from neixiang_survey_plugin.app.casework.lines_of_case import lines_around
from neixiang_survey_plugin.app.report import check_report
from neixiang_survey_plugin.app.results import CheckResult
from neixiang_survey_plugin.core.judging.findings import Outcome
from neixiang_survey_plugin.hosts.cli.output import day_from, progress, screen, write_json
from neixiang_survey_plugin.hosts.cli.tables import print_result
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.lines_work import LinesWork, read_lines_work
from neixiang_survey_plugin.io.packet.names import names_of_objects
from neixiang_survey_plugin.io.work_file import LAYERS, read_work

__all__ = ["LAYERS", "all_pass", "check_file", "read_work", "run_check"]


def run_check(
    survey: Path, county: Path, *, on: str | None, json_target: str | None, strict: bool
) -> int:
    """Check a file of routes and show or write the result; the exit status."""
    day = day_from(on)
    work, result = check_file(survey, county, day)
    write_json(check_report(result), json_target)
    print_result(result, names_of_objects(result.routes, work.county), screen(json_target == "-"))
    return int(strict and not all_pass(result))


def check_file(
    survey: Path,
    county_folder: Path,
    on: date,
    case_id: str | None = None,
    layers: Sequence[str] = LAYERS,
) -> tuple[LinesWork, CheckResult]:
    """The routes of a file on their county, or those that a case needs, and their result."""
    clearances = load_clearances(county_folder)
    work = read_lines_work(survey, county_folder, on, layers)
    if case_id is not None:
        around = lines_around(case_id, work.read.routes, work.county.policy.no_split)
        work = replace(work, read=replace(work.read, routes=around))
    with progress("量算") as tick:
        result = work.judge(tick)
    with progress("冲突") as tick:
        return work, work.with_conflicts(result, clearances, tick)


def all_pass(result: CheckResult) -> bool:
    """Whether nothing fails, nothing is unknown and no conflict is open."""
    conflicts = result.followed.open if result.followed else ()
    return not conflicts and all(
        finding.outcome is Outcome.PASS
        for route in result.routes
        for finding in route.verdict.findings
    )

"""The commands ``case list`` and ``case show``."""

from __future__ import annotations

from pathlib import Path

from rich.markup import escape

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.casework.case_report import case_report, case_row_report
from neixiang_survey_plugin.app.casework.dossiers import read_dossier, read_dossiers
from neixiang_survey_plugin.app.casework.informing import inform_report, inform_text
from neixiang_survey_plugin.app.casework.listing import Wanted, find_cases, list_cases
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.casework.clocks import read_clocks
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.hosts.cli.case_arguments import (
    load_county_and_office,
    moment_of,
    now,
    word_of,
)
from neixiang_survey_plugin.hosts.cli.case_tables import print_case, print_cases
from neixiang_survey_plugin.hosts.cli.output import MOST_ROWS, screen, write_json
from neixiang_survey_plugin.io.dates import parse_date
from neixiang_survey_plugin.io.survey.reading import reading_survey


def run_case_list(
    survey: Path,
    county_folder: Path,
    *,
    state: str | None = None,
    unit: str | None = None,
    verdict: str | None = None,
    due: str | None = None,
    at: str | None = None,
    every: bool = False,
    json_target: str | None = None,
) -> None:
    """Show the cases that are looked for; on the screen the newest, or ``every`` one."""
    moment = now() if at is None else moment_of("--at", at)
    wanted = Wanted(
        None if state is None else word_of("--state", state, State),
        unit,
        None if verdict is None else word_of("--verdict", verdict, Way),
        None if due is None else parse_date(due),
    )
    if due is not None and wanted.due_by is None:
        raise SurveyError(f"--due {due}：不是日期，请写成 2026-11-22 的样子。")
    county, office = load_county_and_office(county_folder)
    short = json_target is None and wanted.due_by is None and not every
    with reading_survey(survey) as reading:
        ids = find_cases(reading, wanted)
        dossiers = read_dossiers(reading, ids[-MOST_ROWS:] if short else ids)
    found = list_cases(dossiers, wanted, county.policy, office, moment)
    if json_target is not None:
        write_json({"schema": 1, "cases": [case_row_report(one) for one in found]}, json_target)
    console = screen(quiet=json_target == "-")
    total = len(ids) if short else len(found)
    print_cases(found if every else found[-MOST_ROWS:], console)
    if not every and total > MOST_ROWS:
        console.print(wording.more_cases_sentence(MOST_ROWS, total), soft_wrap=True)


def run_case_show(
    survey: Path,
    county_folder: Path,
    case_id: str,
    *,
    at: str | None = None,
    inform: Path | None = None,
    json_target: str | None = None,
) -> None:
    """Show everything on record of one case; write what the units are told where asked."""
    moment = now() if at is None else moment_of("--at", at)
    county, office = load_county_and_office(county_folder)
    with reading_survey(survey) as reading:
        dossier = read_dossier(reading, case_id)
    clocks = read_clocks(dossier, county.policy, office, moment)
    if inform is not None:
        write_json({"schema": 1, "notices": [inform_report(dossier, county)]}, str(inform))
    write_json(case_report(dossier, clocks), json_target)
    console = screen(quiet=json_target == "-")
    if inform is not None:
        console.print(escape(inform_text(dossier, county)), soft_wrap=True, end="\n\n")
    print_case(dossier, clocks, county, console)

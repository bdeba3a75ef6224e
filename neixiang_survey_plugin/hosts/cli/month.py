"""The command ``report``: what a month came to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from neixiang_survey_plugin.app.agenda.fallen_away import LinesThenAndNow, find_fallen_away
from neixiang_survey_plugin.app.agenda.month import (
    Month,
    MonthSources,
    find_openings,
    make_month_report,
    month_of,
)
from neixiang_survey_plugin.app.agenda.sections import section_report
from neixiang_survey_plugin.app.casework.dossiers import read_dossiers
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.supervision_record import record_of
from neixiang_survey_plugin.app.wording.month import month_sections
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.conflicts.settlement import Settlement
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt
from neixiang_survey_plugin.hosts.cli.agenda_tables import print_sections, write_sections
from neixiang_survey_plugin.hosts.cli.case_arguments import moment_of, now
from neixiang_survey_plugin.hosts.cli.check import LAYERS
from neixiang_survey_plugin.hosts.cli.output import screen, write_json
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.office import load_office
from neixiang_survey_plugin.io.survey.reading import read_survey_routes, reading_survey

_MONTH = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?")


def run_report(
    survey: Path,
    county_folder: Path,
    *,
    month: str | None,
    at: str | None,
    xlsx: Path | None,
    every: bool,
    json_target: str | None,
) -> None:
    """Show or write what a month came to."""
    moment = now() if at is None else moment_of("--at", at)
    asked = month_of(moment.date()) if month is None else month_from(month)
    with reading_survey(survey) as reading:
        lines = reading.lines_between(asked.first, asked.last)
    county = load_county(county_folder, LAYERS if lines.changed else ("roads", "green_spaces"))
    found = read_survey_routes(survey, county)
    county, _ = county.with_facts(found.facts)
    with reading_survey(survey) as reading:
        settlements = reading.records(Settlement)
        sources = MonthSources(
            county=county,
            office=load_office(county_folder, county.office_hours),
            dossiers=read_dossiers(reading),
            packets=reading.records(PacketIssued),
            openings=find_openings(found.read.routes, reading.records(AsBuilt), Checker(county)),
            settlements=settlements,
            record=record_of(reading),
            fallen_away=_fallen_away(lines, county, county_folder, settlements),
        )
    sections = month_sections(make_month_report(sources, asked, moment), county)
    title = f"{county.name}  {asked.first.year}年{asked.first.month}月"
    if xlsx is not None:
        write_sections(xlsx, title, sections)
    head = {"schema": 1, "county": county.name, "month": f"{asked.first:%Y-%m}"}
    report = head | {one.key: section_report(one) for one in sections[1:]}
    report["figures"] = {one["figure"]: one["count"] for one in section_report(sections[0])}
    write_json(report, json_target)
    print_sections(title, sections, screen(quiet=json_target == "-"), every=every)


def _fallen_away(
    lines: LinesThenAndNow, county: County, folder: Path, settlements: Sequence[Settlement]
) -> tuple[Conflict, ...]:
    """The conflicts that changes of the month put an end to; nothing is searched without any."""
    if not lines.changed:
        return ()
    near = lines.near_changes(county.policy.no_split.suspected_within_m)
    return find_fallen_away(near, ConflictSearch(county, load_clearances(folder)), settlements)


def month_from(text: str) -> Month:
    """A month that was typed; SurveyError for what is none."""
    match = _MONTH.fullmatch(text.strip())
    try:
        if match is not None:
            return month_of(date(int(match[1]), int(match[2]), 1))
    except ValueError:
        pass
    raise SurveyError(f"--month {text}：不是月份，请写成 2026-11 的样子。")

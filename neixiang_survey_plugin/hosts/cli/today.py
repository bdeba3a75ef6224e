"""The command ``today``: what waits, for everybody, for one unit or for one department."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from neixiang_survey_plugin.app.agenda.sections import section_report
from neixiang_survey_plugin.app.agenda.today import (
    Agenda,
    AgendaSources,
    closed_cases,
    lines_to_judge,
    make_agenda,
    of_department,
    of_unit,
)
from neixiang_survey_plugin.app.casework.dossiers import read_dossiers
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.issuing import outdated_packets
from neixiang_survey_plugin.app.supervision_record import record_of
from neixiang_survey_plugin.app.wording.agenda import agenda_sections
from neixiang_survey_plugin.core.casework.case import Case
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.core.supervision.suspensions import matter_of
from neixiang_survey_plugin.hosts.cli.agenda_tables import print_sections, write_sections
from neixiang_survey_plugin.hosts.cli.case_arguments import moment_of, now
from neixiang_survey_plugin.hosts.cli.check import read_work
from neixiang_survey_plugin.hosts.cli.output import progress, screen, write_json
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.office import load_office
from neixiang_survey_plugin.io.survey.reading import reading_survey


def run_today(
    survey: Path,
    county_folder: Path,
    *,
    unit: str | None,
    department: str | None,
    at: str | None,
    xlsx: Path | None,
    every: bool,
    json_target: str | None,
) -> None:
    """Show or write what waits at a moment."""
    moment = now() if at is None else moment_of("--at", at)
    county, read = read_work(survey, county_folder)
    agenda, whose = _for(
        make_agenda(_sources(survey, county_folder, county, read.routes, moment), moment),
        county,
        unit,
        department,
    )
    sections = agenda_sections(agenda, county)
    title = f"{county.name}  {moment:%Y-%m-%d %H:%M}  {whose}"
    if xlsx is not None:
        write_sections(xlsx, title, sections)
    if json_target is not None:
        report = {"schema": 1, "county": county.name, "at": moment.isoformat()}
        report |= {"unit": unit, "department": department}
        write_json(report | {one.key: section_report(one) for one in sections}, json_target)
    print_sections(title, sections, screen(quiet=json_target == "-"), every=every)


def _sources(
    survey: Path, county_folder: Path, county: County, routes: Sequence[Route], moment: datetime
) -> AgendaSources:
    no_split = county.policy.no_split
    with reading_survey(survey) as reading:
        cases = reading.records(Case)
        closed = closed_cases(cases)
        open_ids = tuple(one.case_id for one in cases if one.case_id not in closed)
        dossiers = read_dossiers(reading, open_ids)
        packets, promises = reading.records(PacketIssued), reading.records(Promise)
        record = record_of(reading)
    held = [one for one in packets if one.case_id not in closed]
    fingerprinter = Fingerprinter(county, load_clearances(county_folder))
    with progress("资料包") as tick:
        outdated = outdated_packets(held, routes, no_split, fingerprinter, tick)
    lines = lines_to_judge(dossiers, closed, outdated, routes, no_split)
    with progress("量算") as tick:
        check = Checker(county).check(lines, moment.date(), (), tick)
    office = load_office(county_folder, county.office_hours)
    return AgendaSources(
        county, office, dossiers, closed, routes, check, promises, record, outdated
    )


def _for(
    agenda: Agenda, county: County, unit: str | None, department: str | None
) -> tuple[Agenda, str]:
    if unit is not None and department is not None:
        raise SurveyError("today: --unit 和 --department 只能有一个。")
    if unit is not None:
        names = {one.unit_id: one.name for one in county.units}
        if unit not in names:
            raise SurveyError(f"--unit {unit}：县资料里没有；有 {'、'.join(names) or '无'}。")
        return of_unit(agenda, county, unit), names[unit]
    if department is not None:
        matter = matter_of(department, county.departments)
        return of_department(agenda, county, matter), county.departments[matter].name
    return agenda, "全部"

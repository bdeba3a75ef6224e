"""The command ``today``: what waits, for everybody, for one unit or for one department."""

from __future__ import annotations

from pathlib import Path

from neixiang_survey_plugin.app.agenda.sections import section_report
from neixiang_survey_plugin.app.agenda.today import (
    Agenda,
    AgendaSources,
    closed_cases,
    make_agenda,
    of_department,
    of_unit,
    open_lines,
)
from neixiang_survey_plugin.app.casework.dossiers import read_dossiers
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.issuing import outdated_packets
from neixiang_survey_plugin.app.wording.agenda import agenda_sections
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.supervision.fingerprints import Fingerprinter
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.core.supervision.suspensions import matter_of
from neixiang_survey_plugin.hosts.cli.agenda_tables import print_sections, write_sections
from neixiang_survey_plugin.hosts.cli.case_arguments import moment_of, now
from neixiang_survey_plugin.hosts.cli.check import read_work
from neixiang_survey_plugin.hosts.cli.output import progress, screen, write_json
from neixiang_survey_plugin.hosts.cli.supervision_record import record_of
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
    json_target: str | None,
) -> None:
    """Show or write what waits at a moment."""
    moment = now() if at is None else moment_of("--at", at)
    county, read = read_work(survey, county_folder)
    with reading_survey(survey) as reading:
        dossiers = read_dossiers(reading)
        packets, promises = reading.records(PacketIssued), reading.records(Promise)
        record = record_of(reading)
    no_split, closed = county.policy.no_split, closed_cases(dossiers)
    routes = open_lines(dossiers, read.routes, no_split)
    with progress("量算") as tick:
        check = Checker(county).check(routes, moment.date(), (), tick)
    fingerprinter = Fingerprinter(county, load_clearances(county_folder))
    held = [one for one in packets if one.case_id not in closed]
    outdated = outdated_packets(held, read.routes, no_split, fingerprinter)
    office = load_office(county_folder, county.office_hours)
    sources = AgendaSources(county, office, dossiers, check, promises, record, outdated)
    agenda, whose = _for(make_agenda(sources, moment), county, unit, department)
    sections = agenda_sections(agenda, county)
    title = f"{county.name}  {moment:%Y-%m-%d %H:%M}  {whose}"
    if xlsx is not None:
        write_sections(xlsx, title, sections)
    report = {"schema": 1, "county": county.name, "at": moment.isoformat()}
    report |= {"unit": unit, "department": department}
    write_json(report | {one.key: section_report(one) for one in sections}, json_target)
    print_sections(title, sections, screen(quiet=json_target == "-"))


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

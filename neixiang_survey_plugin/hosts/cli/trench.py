"""The command ``trench``: which routes share a trench, what it saves, as tables or as JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.trenching.planner import TrenchPlanner, TrenchResult
from neixiang_survey_plugin.app.trenching.report import trench_report
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.hosts.cli.check import read_work
from neixiang_survey_plugin.hosts.cli.output import day_from, progress, screen, write_json
from neixiang_survey_plugin.hosts.cli.sections import write_sections
from neixiang_survey_plugin.hosts.cli.trench_tables import print_trenches
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.packet.names import names_of_bonds
from neixiang_survey_plugin.io.routes_file import RoutesRead
from neixiang_survey_plugin.io.trench_file import load_trench_rules


def run_trench(
    survey: Path, county: Path, *, on: str | None, json_target: str | None, sections: Path | None
) -> None:
    """Propose shared trenches for a file of routes and show or write the result."""
    day = day_from(on)
    planner, read, known = prepare(survey, county)
    result = propose(planner, read, day)
    write_json(trench_report(result), json_target)
    console = screen(json_target == "-")
    print_trenches(result, names_of_bonds(result, known), console)
    if sections is not None:
        for path in write_sections(planner, result, sections):
            console.print(str(path), soft_wrap=True)


def prepare(survey: Path, county_folder: Path) -> tuple[TrenchPlanner, RoutesRead, County]:
    """The planner of a county, the routes of a file, and the county."""
    clearances, rules = load_clearances(county_folder), load_trench_rules(county_folder)
    county, read = read_work(survey, county_folder)
    return TrenchPlanner(Checker(county), ConflictSearch(county, clearances), rules), read, county


def propose(planner: TrenchPlanner, read: RoutesRead, on: date) -> TrenchResult:
    """What is proposed for the routes of a file."""
    with progress("共沟") as tick:
        return planner.propose(read.routes, on, read.warnings + read.assumptions, tick)

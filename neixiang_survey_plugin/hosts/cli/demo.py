"""The command ``demo``: the whole job on the sample county, without a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from shapely import LineString

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.checking import Checker, LiveCheck
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.report import check_report
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.trenching.planner import TrenchPlanner
from neixiang_survey_plugin.app.trenching.report import trench_report
from neixiang_survey_plugin.app.trenching.shown import best_proposed
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.hosts.cli.check import LAYERS
from neixiang_survey_plugin.hosts.cli.output import progress, screen, write_json
from neixiang_survey_plugin.hosts.cli.packet import write_packets
from neixiang_survey_plugin.hosts.cli.tables import print_drawing, print_packets, print_result
from neixiang_survey_plugin.hosts.cli.trench_tables import print_trenches
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.drawn_points import read_drawn_routes
from neixiang_survey_plugin.io.packet.names import names_of_bonds, names_of_objects
from neixiang_survey_plugin.io.packet.writing import PacketMaker
from neixiang_survey_plugin.io.routes_file import read_routes
from neixiang_survey_plugin.io.trench_file import load_trench_rules

# Every line of the sample has its planned day; this one is for what the day of a check decides.
ON = date(2026, 11, 22)
_RESULT = "check.json"
_TRENCHES = "trench.json"


def run_demo(out: Path, *, json_target: str | None) -> None:
    """Draw, measure, judge and write the packets of every case of the sample county."""
    console = screen(json_target == "-")
    folder = places.sample_county()
    county = load_county(folder, LAYERS)
    checker = Checker(county)
    cases = folder / "cases"
    drawn = read_drawn_routes(cases / "drawn_points.csv", cases / "drawn_routes.toml")
    print_drawing(draw(checker, drawn), county.policy, console)
    given = read_routes(cases / "routes.gpkg", county)
    with progress("量算") as tick:
        result = checker.check((*drawn, *given.routes), ON, given.warnings, tick)
    search = ConflictSearch(county, load_clearances(folder))
    result = replace(result, conflicts=search.judge((*drawn, *given.routes)))
    print_result(result, names_of_objects(result.routes, county), console)
    planner = TrenchPlanner(checker, search, load_trench_rules(folder))
    trenches = planner.propose((*drawn, *given.routes), ON)
    print_trenches(trenches, names_of_bonds(trenches, county), console)
    out.mkdir(parents=True, exist_ok=True)
    report = check_report(result)
    write_json(report, str(out / _RESULT))
    write_json(trench_report(trenches), str(out / _TRENCHES))
    write_json(report, json_target)
    shared = best_proposed(trenches)
    packets = write_packets(list(result.cases), PacketMaker(result, county, folder), out, shared)
    print_packets(packets, console)


def draw(checker: Checker, routes: Sequence[Route]) -> Iterator[RouteResult]:
    """Draw routes point by point, as somebody would; what the gauges show after each point."""
    live = LiveCheck(checker, [], ON)
    for route in routes:
        points = list(route.line.coords)
        for count in range(2, len(points) + 1):
            results = live.put(replace(route, line=LineString(points[:count])))
            yield next(one for one in results if one.route.route_id == route.route_id)

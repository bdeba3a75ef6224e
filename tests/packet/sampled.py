"""Packets of the sample county, checked once for all tests."""

from __future__ import annotations

import functools
from dataclasses import replace
from datetime import date
from pathlib import Path

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.packet.writing import PacketMaker, PacketWritten
from neixiang_survey_plugin.io.routes_file import read_routes
from tests.data.sample import DATA

ON = date(2026, 11, 22)


@functools.cache
def checked() -> tuple[County, CheckResult]:
    """The sample county, and the check of all its lines with their conflicts."""
    county = load_county(DATA)
    routes = read_routes(DATA / "cases" / "routes.gpkg", county).routes
    conflicts = ConflictSearch(county, load_clearances(DATA)).judge(routes)
    return county, replace(Checker(county).check(routes, ON), conflicts=conflicts)


@functools.cache
def maker() -> PacketMaker:
    """What writes their packets."""
    county, result = checked()
    return PacketMaker(result, county, DATA)


def case(case_id: str) -> CaseResult:
    """One case of the sample."""
    return next(one for one in checked()[1].cases if one.case_id == case_id)


def packet(case_id: str, folder: Path) -> PacketWritten:
    """The packet of one case of the sample."""
    return maker().write(case(case_id), folder)

"""Judging a packet's lines again on the county that the packet itself holds."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from neixiang_survey_plugin.app.casework.chosen_ways import on_ways
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.issuing import packet_label
from neixiang_survey_plugin.app.results import CaseResult, CheckResult
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.planning.rules import PlanningRules
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.packet.county_files import (
    LINES_FILE,
    packed_facts,
    packed_grid,
    packed_lines,
)
from neixiang_survey_plugin.io.packet.manifest import DATA
from neixiang_survey_plugin.io.packet.rules import packed_clearances, packed_planning

_COUNTY = f"{DATA}county/"
_SAME_FACTOR = 1e-8  # two fits of one projection over neighbouring boxes: 2 micrometres on 200 m


@dataclass(frozen=True)
class Rejudged:
    """The case of a packet as its own data say; ``judged`` without the ways that units chose."""

    case: CaseResult
    judged: CaseResult
    check: CheckResult
    county: County
    clearances: ClearanceTable
    planning: PlanningRules | None = None


def rejudge(files: Mapping[str, bytes], facts: Mapping[str, Any]) -> Rejudged:
    """Measure and judge again; SurveyError where the packet's data cannot be judged."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name, content in files.items():
            inner = name.removeprefix(_COUNTY)
            if name.startswith(_COUNTY) and Path(inner).name == inner:
                (folder / inner).write_bytes(content)
        try:
            return _rejudge(folder, facts)
        except (KeyError, ValueError, TypeError, OSError, sqlite3.Error) as error:
            raise SurveyError(f"{type(error).__name__}: {error}") from error


def _rejudge(folder: Path, facts: Mapping[str, Any]) -> Rejudged:
    county = _county(folder, facts)
    clearances = packed_clearances(folder)
    routes = packed_lines(folder, county)
    check = Checker(county).check(routes, date.fromisoformat(facts["on"]), facts["warnings"])
    if facts["conflicts"] is not None:
        check = replace(check, conflicts=ConflictSearch(county, clearances).judge(routes))
    judged = next((one for one in check.cases if packet_label(one) == facts["packet"]), None)
    if judged is None:
        raise SurveyError(f"{LINES_FILE} 里没有 {facts['packet']} 的外线")
    chosen = {utility: Way(way) for utility, way in facts["chosen_ways"].items()}
    taken = on_ways(judged, chosen, check.policy)
    return Rejudged(taken, judged, check, county, clearances, packed_planning(folder))


def _county(folder: Path, facts: Mapping[str, Any]) -> County:
    county, complaints = load_county(folder).with_facts(packed_facts(folder))
    if complaints:
        raise SurveyError(complaints)
    grid = packed_grid(folder)
    _refuse_another_grid(grid, county.grid)
    # A layer that no check reads is not in the packet: only the facts say that it was there.
    declared = frozenset(COUNTY_LAYERS).difference(facts["layers_not_judged"])
    return replace(county, grid=grid, declared=declared | frozenset(county.layers))


def _refuse_another_grid(said: Grid, fitted: Grid) -> None:
    """The packet's scale factor is that of its EPSG code, or every length would be wrong."""
    places = [np.array([one]) for one in (fitted.centre_e_m, fitted.centre_n_m)]
    factors = [float(grid.factor_at(*places)[0]) for grid in (said, fitted)]
    if said.epsg != fitted.epsg or abs(factors[0] - factors[1]) > _SAME_FACTOR:
        raise SurveyError(f"grid.json 的投影比例 {factors[0]:.9f} 不是 EPSG:{fitted.epsg} 的")

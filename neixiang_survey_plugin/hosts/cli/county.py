"""The command ``county check``: whether a county's folder can be worked with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from neixiang_survey_plugin.core.calendar.working_days import WorkingCalendar
from neixiang_survey_plugin.core.conflicts.clearance_cells import Cell
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.errors import Problems
from neixiang_survey_plugin.core.features import Column, FeatureTable, is_missing
from neixiang_survey_plugin.core.trenching.rules import PairRule, TrenchRules
from neixiang_survey_plugin.hosts.cli.output import screen, write_json
from neixiang_survey_plugin.hosts.cli.tables import print_county
from neixiang_survey_plugin.io.clearance_file import CORRECTIONS_FILE as CLEARANCE_CORRECTIONS
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.gathering import kept_in
from neixiang_survey_plugin.io.office import load_office
from neixiang_survey_plugin.io.packet.field_names import check_templates
from neixiang_survey_plugin.io.planning_file import load_planning_rules
from neixiang_survey_plugin.io.trench_file import CORRECTIONS_FILE as TRENCH_CORRECTIONS
from neixiang_survey_plugin.io.trench_file import load_trench_rules


def run_county_check(folder: Path, *, json_target: str | None) -> None:
    """Read everything of a county and say what is there; wrong input raises SurveyError."""
    county, calendar, corrections = _read_everything(folder)
    report = {**county_report(county, calendar), "corrections": corrections}
    write_json(report, json_target)
    print_county(report, screen(json_target == "-"))


def _read_everything(folder: Path) -> tuple[County, WorkingCalendar, list[dict[str, Any]]]:
    """The county, its calendar, what it corrected; SurveyError with every problem of them."""
    problems = Problems()
    with kept_in(problems):
        clearances = load_clearances(folder)
    with kept_in(problems):
        trenches = load_trench_rules(folder)
    with kept_in(problems):
        load_planning_rules(folder)
    with kept_in(problems):
        check_templates(folder)
    with kept_in(problems):
        county = load_county(folder)
    with kept_in(problems):
        office = load_office(folder, ())
    problems.raise_if_any()
    return county, office.calendar, _corrections(clearances, trenches)


def _corrections(clearances: ClearanceTable, trenches: TrenchRules) -> list[dict[str, Any]]:
    """Every figure that the county corrected, with its evidence."""
    cells: list[tuple[str, str, Cell | PairRule, float]] = [
        (CLEARANCE_CORRECTIONS, cell.table.value, cell, cell.figure_m) for cell in clearances.cells
    ]
    cells += [(TRENCH_CORRECTIONS, "pairs", pair, pair.clear_m) for pair in trenches.pairs.values()]
    return [
        {
            "file": file,
            "table": table,
            "a": cell.first,
            "b": cell.second,
            "figure_m": figure_m,
            "confidence": cell.confidence,
            "clause": cell.clause,
            "evidence": cell.evidence,
        }
        for file, table, cell, figure_m in cells
        if cell.evidence is not None
    ]


def county_report(county: County, calendar: WorkingCalendar) -> dict[str, Any]:
    """What a county has, layer by layer, with how many facts of each field are missing."""
    return {
        "schema": 1,
        "county": county.name,
        "epsg": county.grid.epsg,
        "policy": county.policy.policy_id,
        "rules": len(county.policy.rules),
        "layers": [_layer(table) for table in county.layers.values()],
        "layers_not_judged": list(county.layers_not_judged),
        "units": len(county.units),
        "departments": sorted(county.departments),
        "office_hours": list(county.office_hours),
        "holidays_known_to": max(calendar.known_years, default=None),
    }


def _layer(table: FeatureTable) -> dict[str, Any]:
    return {
        "layer": table.schema.name,
        "features": len(table),
        "accuracy_m": table.accuracy_m,
        "coverage": table.coverage is not None,
        "missing": {
            field.name: count
            for field in table.schema.fields
            if (count := _missing(table.columns[field.name]))
        },
    }


def _missing(column: Column) -> int:
    if column.dtype.kind == "f":
        return int(np.isnan(column).sum())
    if column.dtype.kind == "M":
        return int(np.isnat(column).sum())
    return int(is_missing(column).sum())

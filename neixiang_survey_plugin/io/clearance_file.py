"""Reading a clearance file, and a county's corrections of single figures."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.conflicts.clearance_cells import Cell, ClearanceRule, Table
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.errors import Problems
from neixiang_survey_plugin.core.vocabulary import PIPELINE_UTILITY
from neixiang_survey_plugin.io.clearance_rows import RULE_OF, named, read_rule, row_keys, rows_of
from neixiang_survey_plugin.io.toml_file import open_toml
from neixiang_survey_plugin.io.toml_table import TomlTable

SHIPPED = "clearances_gb50289_2016"
CORRECTIONS_FILE = "clearances.toml"

NEEDED_RULES = (*RULE_OF.values(), "stacked", "overlap")


def load_clearances(county_folder: Path | None = None) -> ClearanceTable:
    """The shipped figures, with the corrections of ``clearances.toml`` in a county's folder.

    SurveyError with one sentence per problem of either file.
    """
    shipped = _shipped()
    own = None if county_folder is None else county_folder / CORRECTIONS_FILE
    return shipped if own is None or not own.is_file() else read_corrections(own, shipped)


@functools.cache
def _shipped() -> ClearanceTable:
    return read_clearances(places.rules_folder() / f"{SHIPPED}.toml")


def read_clearances(path: Path) -> ClearanceTable:
    """The tables of one file; SurveyError with one sentence per problem of the file."""
    problems = Problems()
    file = open_toml(path, problems)
    file.need("id", "title", "document", "sources", "largest_diameter_mm", "crossing", "rules")
    file.need(*(table.value for table in Table))
    _check_schema(file)
    rules = {rule.rule_id: rule for rule in map(read_rule, file.tables("rules"))}
    _complain_of_absent_rules(file, rules)
    crossing = file.table("crossing")
    crossing.need("least_angle_deg", "connects_within_m")
    table = ClearanceTable(
        table_id=file.text("id") or "",
        title=file.text("title") or "",
        document=file.text("document") or "",
        cells=_read_cells(file, rules),
        rules=rules,
        largest_diameter_mm=_read_diameters(file.table("largest_diameter_mm")),
        least_angle_deg=crossing.number("least_angle_deg", minimum=10.0) or 0.0,
        connects_within_m=crossing.number("connects_within_m", minimum=0.0) or 0.0,
    )
    file.table("sources").plain()
    crossing.close()
    file.close()
    problems.raise_if_any()
    return table


def read_corrections(path: Path, table: ClearanceTable) -> ClearanceTable:
    """A table with single figures corrected; each correction names its evidence.

    A correction replaces a cell that is there: a new pair would be a rule of its own.
    """
    problems = Problems()
    file = open_toml(path, problems)
    _check_schema(file)
    known = {cell.place: number for number, cell in enumerate(table.cells)}
    cells = list(table.cells)
    for row, cell in rows_of(file, table.rules, corrects=True):
        number = known.get(cell.place)
        if number is None:
            row.complain(row_keys(cell.table)[0], f"净距表里没有 {named(cell)} 这一格，无从更正")
        else:
            kept = cells[number]
            cells[number] = replace(
                cell, clause=kept.clause, note=cell.note or kept.note, standard=kept.standard
            )
    file.close()
    problems.raise_if_any()
    return replace(table, cells=tuple(cells))


def _check_schema(file: TomlTable) -> None:
    if file.whole("schema") not in (None, 1):
        file.complain("schema", "本程序只认得 1")


def _read_cells(file: TomlTable, rules: Mapping[str, ClearanceRule]) -> tuple[Cell, ...]:
    cells: dict[tuple[Table, str, str, str | None], Cell] = {}
    for row, cell in rows_of(file, rules):
        first, second = cell.first, cell.second
        twins = {cell.place}
        if cell.table is not Table.VERTICAL:
            twins.add((cell.table, second, first, cell.when))
        if not twins.isdisjoint(cells):
            row.complain(row_keys(cell.table)[0], f"{named(cell)} 出现了不止一次")
        cells[cell.place] = cell
    return tuple(cells.values())


def _complain_of_absent_rules(file: TomlTable, rules: Mapping[str, ClearanceRule]) -> None:
    absent = [rule_id for rule_id in NEEDED_RULES if rule_id not in rules]
    if absent:
        file.complain("rules", f"缺少 {'、'.join(absent)}")


def _read_diameters(table: TomlTable) -> Mapping[str, float]:
    table.need(*PIPELINE_UTILITY)
    found = {word: table.number(word, minimum=1.0) or 0.0 for word in PIPELINE_UTILITY}
    table.close()
    return found

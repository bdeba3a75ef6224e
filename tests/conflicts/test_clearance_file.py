"""The clearance file, its checks, and how a county corrects one figure."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.conflicts.clearance_cells import Table
from neixiang_survey_plugin.core.conflicts.clearance_kinds import Facts
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.clearance_file import (
    CORRECTIONS_FILE,
    SHIPPED,
    load_clearances,
    read_clearances,
)
from tests.conflicts.scenes import clearances

FILE = places.rules_folder() / f"{SHIPPED}.toml"


def figure(table: ClearanceTable, which: Table, first: str, second: str) -> float:
    return next(
        c.figure_m for c in table.cells if (c.table, c.first, c.second) == (which, first, second)
    )


@pytest.mark.parametrize(
    ("which", "first", "second", "figure_m"),
    [
        (Table.HORIZONTAL, "GSA", "KB", 2.5),
        (Table.HORIZONTAL, "S", "RW", 5.0),
        (Table.HORIZONTAL, "GSB", "TW2", 5.0),
        (Table.HORIZONTAL, "S", "R", 0.5),
        (Table.HORIZONTAL, "PD", "RW", 10.0),
        (Table.HORIZONTAL, "KB", "TR", 0.5),
        (Table.VERTICAL, "CULVERT_BASE", "S", 0.15),
        (Table.VERTICAL, "RAIL_BASE", "G", 1.2),
        (Table.VERTICAL, "TRAM_RAIL_BASE", "TD", 1.0),
        (Table.VERTICAL, "S", "S", 0.15),
        (Table.COVER, "S", "drive", 0.7),
    ],
)
def test_what_no_route_can_meet_stands_in_the_tables(
    which: Table, first: str, second: str, figure_m: float
) -> None:
    assert figure(clearances(), which, first, second) == figure_m


def test_every_figure_says_where_it_was_read_and_how_sure_it_is() -> None:
    for cell in clearances().cells:
        assert cell.source, cell
        assert cell.confidence in "ABCDX", cell
        assert cell.clause or cell.standard, cell


def test_every_source_that_a_figure_names_is_listed() -> None:
    sources = tomllib.loads(FILE.read_text("utf-8"))["sources"]
    named = {
        word.strip("().;:+,")
        for cell in clearances().cells
        for word in cell.source.replace("+", " ").split()
    }
    tags = {word for word in named if word == "M" or (word[:1] == "S" and word[1:].isdigit())}
    assert tags
    assert tags <= set(sources)


def test_no_horizontal_figure_is_a_vertical_one_in_the_wrong_place() -> None:
    """A known slip of transcriptions: below 0.4 m there are only cables beside cables."""
    small = {
        (cell.first, cell.second)
        for cell in clearances().cells
        if cell.table is Table.HORIZONTAL and cell.figure_m < 0.4
    }
    assert small == {("PD", "PD"), ("PD", "PC"), ("PC", "PC")}


def test_the_horizontal_table_is_symmetric() -> None:
    figures = clearances().horizontal_figures
    assert (figures.most_m == figures.most_m.T).all()
    assert (figures.least_m == figures.least_m.T).all()


def test_a_vertical_pair_that_stands_once_holds_both_ways_up() -> None:
    water, sewer = Facts("water", "direct", 100.0), Facts("sewer")
    assert clearances().vertical(sewer, water) == clearances().vertical(water, sewer)
    cable, duct = Facts("power", "direct", 50.0), Facts("power", "duct", 50.0)
    assert clearances().vertical(cable, duct).most_m == 0.5
    assert clearances().vertical(duct, cable).most_m == 0.25


def test_what_is_not_known_leaves_a_range() -> None:
    sewer = Facts("sewer", "direct", 400.0)
    asked = clearances().horizontal(Facts("water", "direct"), sewer)
    assert (asked.least_m, asked.most_m, asked.known) == (1.0, 1.5, False)
    gas = Facts("gas", "direct", 100.0)
    assert not clearances().horizontal(gas, sewer).known
    assert clearances().horizontal(gas, Facts("telecom", "tunnel")).most_m == 4.0


def corrected(folder: Path, text: str) -> ClearanceTable:
    (folder / CORRECTIONS_FILE).write_text(text, encoding="utf-8")
    return load_clearances(folder)


CORRECTION = """
schema = 1
[[horizontal]]
a = "W1"
b = "S"
clear_m = 1.2
confidence = "A"
evidence = "GB 50289-2016 原书第 13 页，2026-11-20 核对"
"""


def test_a_county_corrects_one_figure_with_its_evidence(tmp_path: Path) -> None:
    table = corrected(tmp_path, CORRECTION)
    asked = table.horizontal(Facts("water", "direct", 100.0), Facts("sewer"))
    assert asked.most_m == 1.2
    assert asked.cell is not None
    assert asked.cell.evidence == "GB 50289-2016 原书第 13 页，2026-11-20 核对"
    assert asked.cell.clause == "4.1.9"
    changed = [c for c in table.cells if c not in clearances().cells]
    assert len(changed) == 1
    assert len(table.cells) == len(clearances().cells)


def test_a_county_without_corrections_has_the_shipped_figures(tmp_path: Path) -> None:
    assert load_clearances(tmp_path) is load_clearances()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CORRECTION.replace("evidence", "note"), "evidence: 缺少这一项"),
        (CORRECTION.replace('"S"', '"W2"'), "没有 horizontal W1-W2 这一格"),
        (CORRECTION.replace('"W1"', '"W9"'), "不认识“W9”"),
        (CORRECTION.replace("1.2", "-1.2"), "应不小于 0"),
        (CORRECTION.replace("clear_m", "clear"), "clear: 没有这个键"),
        (CORRECTION.replace('"A"', '"Z"'), "不认识“Z”"),
        (CORRECTION.replace("[[horizontal]]", "[[sideways]]"), "sideways: 没有这个键"),
        (CORRECTION.replace("schema = 1", "schema = 2"), "本程序只认得 1"),
        (CORRECTION.replace("clear_m", 'when = "dn_to_300"\nclear_m'), "没有 horizontal W1-S"),
    ],
)
def test_a_wrong_correction_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SurveyError) as error:
        corrected(tmp_path, text)
    assert said in str(error.value)
    assert CORRECTIONS_FILE in str(error.value)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda t: t.replace('id = "stacked"', 'id = "piled"'), "缺少 stacked"),
        (
            lambda t: t.replace(
                "horizontal = [",
                'horizontal = [\n{ a = "S", b = "W1", clear_m = 9.0, '
                'confidence = "A", source = "M" },',
            ),
            "出现了不止一次",
        ),
        (lambda t: t.replace('standard = "CJJ 75-97", ', "", 1), "standard: 缺少这一项"),
        (lambda t: t.replace("telecom = 800.0\n", ""), "telecom: 缺少这一项"),
        (lambda t: t.replace("least_angle_deg", "smallest_angle"), "least_angle_deg"),
        (lambda t: t.replace('source = "S2", note', 'sauce = "S2", note', 1), "source: 缺少这一项"),
    ],
)
def test_a_broken_clearance_file_is_refused(
    tmp_path: Path, spoil: Callable[[str], str], said: str
) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert spoil(text) != text
    path = tmp_path / "clearances.toml"
    path.write_text(spoil(text), encoding="utf-8")
    with pytest.raises(SurveyError) as error:
        read_clearances(path)
    assert said in str(error.value)

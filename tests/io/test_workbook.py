"""Spreadsheets: texts stay texts, columns are as wide as what stands in them."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.io.spreadsheet_text import harmless
from neixiang_survey_plugin.io.workbook import WorkSheet, write_workbook

FORMULAS = ("=1+2", "+1", "-cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")')


def written(path: Path, *rows: tuple[object, ...]) -> openpyxl.worksheet.worksheet.Worksheet:
    headings = tuple(f"列{number}" for number in range(len(rows[0])))
    write_workbook(path, [WorkSheet("表", "标题", headings, rows)])  # type: ignore[arg-type]
    return openpyxl.load_workbook(path)["表"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_a_text(text: str, tmp_path: Path) -> None:
    page = written(tmp_path / "a.xlsx", (text,))
    cell = page["A3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


@given(st.text(max_size=8))
def test_a_harmless_text_never_begins_a_formula(text: str) -> None:
    kept = harmless(text)
    assert kept.lstrip("'") == text.lstrip("'") or kept == text
    try:
        float(kept)
    except ValueError:
        assert not kept.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_figures_and_days_stay_what_they_are(tmp_path: Path) -> None:
    moment = datetime(2026, 11, 20, 9, 30)
    page = written(tmp_path / "a.xlsx", (1.5, 3, date(2026, 11, 20), moment, None, True))
    values = [cell.value for cell in page[3]]
    assert values[:2] == [1.5, 3]
    assert values[2].date() == date(2026, 11, 20)
    assert values[3] == moment
    assert values[4] is None
    assert page["C3"].number_format == "yyyy-mm-dd"


def test_columns_are_as_wide_as_what_stands_in_them(tmp_path: Path) -> None:
    page = written(tmp_path / "a.xlsx", ("示例城市管理局", "a", "长" * 100, "x" * 30))
    widths = [page.column_dimensions[letter].width for letter in "ABCD"]
    assert widths == [16, 8, 48, 32]
    assert page["C3"].alignment.wrap_text
    assert page.freeze_panes == "A3"


def test_characters_that_a_spreadsheet_cannot_hold_are_left_out(tmp_path: Path) -> None:
    assert written(tmp_path / "a.xlsx", ("a\x00b\x0bc",))["A3"].value == "abc"


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    written(path, ("old",))
    with pytest.raises(ValueError, match="sheet"):
        write_workbook(path, [WorkSheet("a/b", "", ("x",), [("new",)])])
    assert openpyxl.load_workbook(path)["表"]["A3"].value == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]

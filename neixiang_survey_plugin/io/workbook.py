"""Spreadsheets for the office: tables with headings, in which texts stay texts."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.io.fixed_zip import without_times

Cell = str | float | int | date | datetime | None

_HEADING_ROW = 2
_FONT = "Calibri"  # that of the cells; without a name LibreOffice takes another one
_MOMENT, _FIXED_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), b"1980-01-01T00:00:00Z"
# What XML 1.0 cannot hold besides openpyxl's own list.
_NO_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")
_WIDEST, _NARROWEST = 48, 8  # characters; longer texts are folded
_BY_HAND, _BY_HAND_PT = 20, 30  # the width of such a column, the height of its rows


@dataclass(frozen=True)
class WorkSheet:
    """One sheet: its name, a line above the table, the headings, the rows.

    The columns of the headings ``by_hand`` are filled in with a pen: they get room for that.
    """

    name: str
    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    by_hand: tuple[str, ...] = ()


def write_workbook(path: Path, sheets: Sequence[WorkSheet]) -> None:
    """Write sheets into an .xlsx file; whatever stood there is replaced once all is written.

    A text is stored as a text, whatever it begins with: no cell of ours is a formula.
    """
    beside = path.with_name(f"{path.name}.part")
    try:
        beside.write_bytes(workbook(sheets))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def workbook(sheets: Sequence[WorkSheet]) -> bytes:
    """Sheets as an .xlsx file, the same bytes for the same sheets."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    saved = io.BytesIO()
    book.save(saved)
    return without_times(saved.getvalue(), _at_no_time)


def _at_no_time(name: str, part: bytes) -> bytes:
    """The document's properties say when it was made, whatever the program tells openpyxl."""
    return _MOMENT.sub(_FIXED_MOMENT, part) if name == "docProps/core.xml" else part


def _fill(page: Any, sheet: WorkSheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    thin = Side(style="thin", color="B0B0B0")
    frame = Border(top=thin, bottom=thin, left=thin, right=thin)
    title = page.cell(row=1, column=1)
    _put(title, sheet.title)
    title.font = Font(name=_FONT, bold=True, size=14)
    for number, row in enumerate([sheet.headings, *sheet.rows], start=_HEADING_ROW):
        for column, value in enumerate(row, start=1):
            cell = page.cell(row=number, column=column)
            _put(cell, value)
            side = "left" if isinstance(value, date) else None  # not against the next column
            cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
            cell.border = frame
            if number == _HEADING_ROW:
                cell.font = Font(name=_FONT, bold=True)
                cell.fill = PatternFill("solid", fgColor="E8EEF4")
    _lay_out(page, sheet)


def _lay_out(page: Any, sheet: WorkSheet) -> None:
    """Columns as wide as what stands in them, and pages that print across."""
    from openpyxl.utils import get_column_letter

    for column in range(len(sheet.headings)):
        texts = [_shown(row[column]) for row in [sheet.headings, *sheet.rows]]
        width = max(_width(line) for text in texts for line in text.split("\n"))
        if sheet.headings[column] in sheet.by_hand:
            width = max(width, _BY_HAND)
        letter = get_column_letter(column + 1)
        page.column_dimensions[letter].width = min(max(width + 2, _NARROWEST), _WIDEST)
    for number, _ in enumerate(sheet.rows if sheet.by_hand else (), start=_HEADING_ROW + 1):
        page.row_dimensions[number].height = _BY_HAND_PT
    page.freeze_panes = f"A{_HEADING_ROW + 1}"
    page.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _put(cell: Any, value: Cell) -> None:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, str):
        cell.value = _NO_TEXT.sub("", ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
        cell.quotePrefix = True  # and Excel would, when somebody edits the cell
        return
    cell.value = value
    if isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, float):
        cell.number_format = "0.00"


def _shown(value: Cell) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value)


def _width(text: str) -> int:
    """Columns that a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)

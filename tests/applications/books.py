"""Spreadsheets for tests, written from rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook


def write_book(path: Path, *sheets: Sequence[Sequence[object]]) -> Path:
    """A workbook with one sheet for each list of rows: 表1, 表2 ..."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path

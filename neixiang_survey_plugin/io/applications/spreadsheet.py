"""Applications from a spreadsheet: a row a case under headings, or a form of labels and values."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile

from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.io.applications.entries import Entry, build_application
from neixiang_survey_plugin.io.applications.headings import Place, known_headings, place_of
from neixiang_survey_plugin.io.applications.values import text_of
from neixiang_survey_plugin.io.hints import did_you_mean

Row = Sequence[object]

_HEADER_ROWS = 20  # a title, a date and an office may stand above the headings
_FEWEST_HEADINGS = 4
_FEWEST_LABELS = 3
_HEADER_SHARE = 0.75
_LONGEST_LABEL = 24


def read_spreadsheet(path: Path) -> tuple[Application, ...]:
    """The applications of an XLSX file, sheet by sheet.

    A sheet on which no heading is known is left alone, unless there is none that is. SurveyError
    with one sentence for every problem of the file.
    """
    problems = Problems()
    applications: list[Application] = []
    names = []
    for name, rows in _sheets(path):
        names.append(name)
        applications += _applications(rows, f"{path}: 工作表 {name} ", problems)
    if not applications and not problems:
        raise SurveyError(
            f"{path}: 工作表 {'、'.join(names)} 里没有认得的表头（如 用户名称、统一社会信用代码），"
            "或表头下面没有案件；请用联合报装申请表的表头。"
        )
    problems.raise_if_any()
    return tuple(applications)


def _sheets(path: Path) -> Iterator[tuple[str, list[Row]]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    if not path.is_file():
        raise SurveyError(f"{path}: 没有这个文件")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that are no cells: lists, styles
            book = openpyxl.load_workbook(path, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise SurveyError(f"{path}: 不是 XLSX 工作簿，或已损坏；请用 Excel 另存为 .xlsx") from None
    for sheet in book.worksheets:
        yield sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]


def _applications(rows: Sequence[Row], where: str, problems: Problems) -> Iterator[Application]:
    header = _header_of(rows)
    if header is not None:
        yield from _table(rows, header, where, problems)
        return
    entries = list(_form(rows, where))
    if len({entry.place for entry in entries}) >= _FEWEST_LABELS:
        yield build_application(entries, where, problems)


def _header_of(rows: Sequence[Row]) -> int | None:
    """The row of the headings; of several on top of each other the lowest, which names cells."""
    header = next((n for n, row in enumerate(rows[:_HEADER_ROWS]) if _is_header(row)), None)
    while header is not None and header + 1 < len(rows) and _is_header(rows[header + 1]):
        header += 1
    return header


def _is_header(row: Row) -> bool:
    """Whether a row is headings and hardly anything else; in a form values stand between them."""
    texts = [cell for cell in row if _is_filled(cell)]
    known = sum(_place(cell) is not None for cell in texts)
    return known >= _FEWEST_HEADINGS and known >= _HEADER_SHARE * len(texts)


def _table(
    rows: Sequence[Row], header: int, where: str, problems: Problems
) -> Iterator[Application]:
    places = [_place(cell) for cell in rows[header]]
    for cell, place in zip(rows[header], places, strict=True):
        if _is_filled(cell) and place is None:
            hint = did_you_mean(str(cell), known_headings())
            problems.add(
                f"{where}第 {header + 1} 行 表头“{text_of(cell)}”不认识{hint}；改名或删去这一列。"
            )
    for number, row in enumerate(rows[header + 1 :], start=header + 2):
        if not any(map(_is_filled, row)):
            continue
        place_of_row = f"{where}第 {number} 行 "
        entries = (
            Entry(text_of(heading), place, cell, place_of_row)
            for heading, place, cell in zip(rows[header], places, row, strict=False)
            if place is not None and _is_filled(cell)
        )
        yield build_application(entries, place_of_row, problems)


def _form(rows: Iterable[Row], where: str) -> Iterator[Entry]:
    """Every label with the first cell to its right that is filled; a label there means empty."""
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            place = _place(cell)
            if place is None:
                continue
            value = next(filter(_is_filled, row[column + 1 :]), None)
            if value is not None and _place(value) is None:
                yield Entry(text_of(cell), place, value, f"{where}第 {number} 行 ")


def _place(cell: object) -> Place | None:
    if isinstance(cell, str) and 0 < len(cell.strip()) <= _LONGEST_LABEL:
        return place_of(cell)
    return None


def _is_filled(cell: object) -> bool:
    return cell is not None and not (isinstance(cell, str) and not cell.strip())

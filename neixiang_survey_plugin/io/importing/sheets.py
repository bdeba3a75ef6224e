"""Tables of text files and workbooks, with their headings found."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

from neixiang_survey_plugin.app.importing.encodings import judge_encoding
from neixiang_survey_plugin.app.importing.survey_columns import (
    has_link,
    has_place,
    is_north_first,
    parts_of_heading,
)
from neixiang_survey_plugin.app.importing.survey_tables import SurveyTable
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.cells import cell_text
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.found import settled_encoding, told_encoding

TEXT_TABLES, WORKBOOKS = frozenset({".csv", ".txt", ".dat"}), frozenset({".xlsx", ".xlsm", ".xls"})
_HEADER_ROWS = 20  # a title and a date may stand above the headings
_DELIMITERS = ",\t;|，"
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_FEWEST_ROWS = 2

Rows = list[list[str | None]]


def read_sheets(path: Path, choice: Choice) -> tuple[list[SurveyTable], str | None, str | None]:
    """Every table of a file that says where something is; its encoding and the reason for it.

    SurveyError for a file that is no table, or has none of places.
    """
    if path.suffix.lower() in WORKBOOKS:
        sheets, encoding, reason = list(_workbook(path)), None, None
    else:
        rows, encoding, reason = _text_rows(path, choice)
        sheets = [(path.stem, rows)]
    wanted = {name.casefold() for name in choice.layers if name != "*"}
    tables = []
    for name, rows in sheets:
        if wanted and name.casefold() not in wanted:
            continue
        table = _table(f"{path}: {name}", rows)
        if table is not None:
            tables.append(table)
    if not tables:
        raise SurveyError(
            f"{path}: 没有认得的表：要有坐标列（如 X、Y，北坐标、东坐标，经度、纬度，WKT），"
            "或管线的两端（起点号、终点号）；请补上表头"
        )
    return tables, encoding, reason


def _table(place: str, rows: Rows) -> SurveyTable | None:
    for at, row in enumerate(rows[:_HEADER_ROWS]):
        headings = [cell or "" for cell in row]
        parts = parts_of_heading(headings)
        if has_place(parts) or has_link(parts):
            body = rows[at + 1 :]
            return SurveyTable(place, _unique(headings), _even(body, len(headings)))
    return _without_headings(place, rows)


def _without_headings(place: str, rows: Rows) -> SurveyTable | None:
    """Points as surveying instruments write them: number, code, two coordinates, height."""
    width = max(map(len, rows), default=0)
    even = [row for row in rows if len(row) == width]
    if len(even) < _FEWEST_ROWS or len(even) < len(rows):
        return None
    for column in range(1, width - 1):
        pairs = [_numbers(row[column], row[column + 1]) for row in even]
        known = [pair for pair in pairs if pair is not None]
        north_first = is_north_first({}, known) if len(known) == len(even) else None
        if north_first is not None:
            names = [f"第{number}列" for number in range(1, width + 1)]
            names[0] = "点号"
            names[column : column + 2] = ["X", "Y"]
            return SurveyTable(place, tuple(names), _even(rows, width))
    return None


def _numbers(one: str | None, other: str | None) -> tuple[float, float] | None:
    try:
        return float(one or ""), float(other or "")
    except ValueError:
        return None


def _even(rows: Sequence[Sequence[str | None]], width: int) -> tuple[tuple[str | None, ...], ...]:
    """Rows of one width, without those that are empty."""
    filled = (row for row in rows if any(row))
    return tuple(tuple((*row, *([None] * width))[:width]) for row in filled)


def _unique(headings: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for number, heading in enumerate(headings, start=1):
        name = heading or f"第{number}列"
        names.append(name if name not in names else f"{name}_{number}")
    return tuple(names)


def _workbook(path: Path) -> Iterator[tuple[str, Rows]]:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that are no cells: lists, styles
            book = openpyxl.load_workbook(path, data_only=True, read_only=True)
            try:
                for sheet in book.worksheets:
                    rows = sheet.iter_rows(values_only=True)
                    yield sheet.title, [[cell_text(cell) for cell in row] for row in rows]
            finally:
                book.close()
    except Exception as error:  # openpyxl raises whatever a broken part makes its parsers raise
        raise SurveyError(
            f"{path}: 不是 XLSX 工作簿，或已损坏（{type(error).__name__}）；请用 Excel 另存为 .xlsx"
        ) from None


def _text_rows(path: Path, choice: Choice) -> tuple[Rows, str, str | None]:
    content = path.read_bytes()
    marked = next((name for mark, name in _MARKS.items() if content.startswith(mark)), None)
    if choice.encoding is not None:
        encoding, reason = told_encoding(choice.encoding)
    elif marked is not None:
        encoding, reason = marked, None
    else:
        judged = judge_encoding(content.splitlines())
        encoding, reason = settled_encoding(str(path), judged, None)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SurveyError(
            f"{path}: 文字不是 {encoding} 编码（{error.reason}）；请用 --encoding 写明编码"
        ) from None
    if "\0" in text:
        raise SurveyError(f"{path}: 不是文本表格；请另存为 CSV")
    before = csv.field_size_limit(max(len(text), 1))  # a district's outline is a long text
    try:
        rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=False)
        return [[cell.strip() or None for cell in row] for row in rows if row], encoding, reason
    except csv.Error as error:
        raise SurveyError(f"{path}: 不是文本表格（{error}）；请另存为 CSV") from None
    finally:
        csv.field_size_limit(before)


def _delimiter(text: str) -> str:
    """The sign that parts most lines; a blank where none of the usual does."""
    lines = [line for line in text.splitlines()[: _HEADER_ROWS * 2] if line.strip()]
    counts = {sign: sum(line.count(sign) for line in lines) for sign in _DELIMITERS}
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] >= len(lines) else " "

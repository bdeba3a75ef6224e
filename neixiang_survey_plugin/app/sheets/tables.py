"""Tables on a sheet: cells that wrap, columns that flow on where one is full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from neixiang_survey_plugin.app.drawings import Anchor
from neixiang_survey_plugin.app.sheets.letters import Letters, broken, fitted_mm
from neixiang_survey_plugin.app.sheets.scene import HAIR_MM, INK, THIN_MM, Line, Mark, Text

_SIZE_MM = 1.9
_TITLE_MM = 2.4
_LINE_MM = 3.0  # from one line of a cell to the next
_ROOM_MM = 1.4  # above and below the words of a cell together
_SIDE_MM = 0.8
_GAP_MM = 3.0  # between two tables
_CONTINUED = "（续）"


@dataclass(frozen=True)
class Table:
    """A table: its title, its headings, a width and perhaps a right edge for each column."""

    title: str
    headings: tuple[str, ...]
    widths_mm: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()

    @property
    def width_mm(self) -> float:
        """How wide it is."""
        return sum(self.widths_mm)


@dataclass(frozen=True)
class Column:
    """A place where tables stand below each other."""

    left_mm: float
    top_mm: float
    bottom_mm: float


def flowed(
    tables: Sequence[Table], columns: Sequence[Column], letters: Letters
) -> tuple[tuple[Mark, ...], tuple[Table, ...]]:
    """The tables in columns, one after another, and what found no room there."""
    marks: list[Mark] = []
    rest = [table for table in tables if table.rows]
    for column in columns:
        top_mm = column.top_mm
        while rest:
            drawn = _Drawn(rest[0], column.left_mm, top_mm, column.bottom_mm, letters)
            if drawn.count == 0:
                break
            marks += drawn.marks
            top_mm = drawn.bottom_mm + _GAP_MM
            left = rest[0].rows[drawn.count :]
            if left:
                title = rest[0].title.removesuffix(_CONTINUED) + _CONTINUED
                rest[0] = replace(rest[0], title=title, rows=left)
                break
            rest.pop(0)
    return tuple(marks), tuple(rest)


def parted(table: Table, high_mm: float, letters: Letters) -> Table:
    """A table of which every row fits a column so high: a higher row goes on in the next ones."""
    headings_mm = _high_mm(_cells(table, table.headings, letters))
    room_mm = high_mm - 2 * _TITLE_MM - headings_mm - _ROOM_MM
    most = max(int(room_mm // _LINE_MM), 1)
    rows: list[tuple[str, ...]] = []
    for row in table.rows:
        cells = _cells(table, row, letters)
        if max(map(len, cells)) <= most:
            rows.append(row)
            continue
        for first in range(0, max(map(len, cells)), most):
            rows.append(tuple("\n".join(lines[first : first + most]) for lines in cells))
    return replace(table, rows=tuple(rows))


def _cells(table: Table, row: Sequence[str], letters: Letters) -> list[tuple[str, ...]]:
    return [
        broken(letters, text, _SIZE_MM, wide - 2 * _SIDE_MM)
        for text, wide in zip(row, table.widths_mm, strict=True)
    ]


def _high_mm(cells: Sequence[Sequence[str]]) -> float:
    return max(map(len, cells)) * _LINE_MM + _ROOM_MM


class _Drawn:
    """As many rows of a table as fit between two levels."""

    def __init__(
        self, table: Table, left_mm: float, top_mm: float, bottom_mm: float, letters: Letters
    ) -> None:
        self._table, self._left, self._letters = table, left_mm, letters
        self.marks: list[Mark] = []
        self.count = 0
        head_mm = top_mm + 2 * _TITLE_MM
        level_mm = head_mm + self._high(table.headings)
        if not table.rows or level_mm + self._high(table.rows[0]) > bottom_mm:
            return
        middle = self._left, top_mm + _TITLE_MM
        self.marks.append(Text(middle, table.title, _TITLE_MM, bold=True))
        self.marks += self._row(table.headings, head_mm, centred=True)
        for row in table.rows:
            if level_mm + self._high(row) > bottom_mm:
                break
            self.marks += self._row(row, level_mm)
            level_mm += self._high(row)
            self.count += 1
        self.bottom_mm = level_mm
        self.marks += self._lines(head_mm, level_mm)

    def _cells(self, row: Sequence[str]) -> list[tuple[str, ...]]:
        return _cells(self._table, row, self._letters)

    def _high(self, row: Sequence[str]) -> float:
        return _high_mm(self._cells(row))

    def _row(self, row: Sequence[str], top_mm: float, centred: bool = False) -> Iterator[Mark]:
        left, high = self._left, self._high(row)
        for number, lines in enumerate(self._cells(row)):
            wide = self._table.widths_mm[number]
            anchor, x = Anchor.LEFT, left + _SIDE_MM
            if centred:
                anchor, x = Anchor.CENTRE, left + wide / 2.0
            elif number in self._table.right:
                anchor, x = Anchor.RIGHT, left + wide - _SIDE_MM
            first = top_mm + high / 2.0 - (len(lines) - 1) / 2.0 * _LINE_MM
            for k, line in enumerate(lines):
                size = fitted_mm(self._letters, line, _SIZE_MM, wide - 2 * _SIDE_MM)
                yield Text((x, first + k * _LINE_MM), line, size, anchor=anchor)
            left += wide
        right = self._left + self._table.width_mm
        yield Line(((self._left, top_mm + high), (right, top_mm + high)), INK, HAIR_MM)

    def _lines(self, top_mm: float, bottom_mm: float) -> Iterator[Mark]:
        left, right = self._left, self._left + self._table.width_mm
        ring = ((left, top_mm), (right, top_mm), (right, bottom_mm), (left, bottom_mm))
        yield Line((*ring, ring[0]), INK, THIN_MM)
        for wide in self._table.widths_mm[:-1]:
            left += wide
            yield Line(((left, top_mm), (left, bottom_mm)), INK, HAIR_MM)

"""Tables for the screen, for a spreadsheet and for other programs alike, made once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Word:
    """What programs know by ``value`` and people by ``text``."""

    value: str | float | tuple[str, ...] | None
    text: str


Cell = str | float | int | date | datetime | Word | None


@dataclass(frozen=True)
class Section:
    """One table: its key in JSON, its title, the columns as key and heading, the rows."""

    key: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: Sequence[tuple[Cell, ...]]

    @property
    def headings(self) -> tuple[str, ...]:
        """What stands above the columns."""
        return tuple(heading for _, heading in self.columns)


def section_report(section: Section) -> list[dict[str, Any]]:
    """The rows of a section as plain values."""
    keys = [key for key, _ in section.columns]
    return [
        {key: _plain(cell) for key, cell in zip(keys, row, strict=True)} for row in section.rows
    ]


def printed(cell: Cell) -> str | float | int | date | datetime | None:
    """A cell as people read it; days and figures stay what they are."""
    return cell.text if isinstance(cell, Word) else cell


def as_text(cell: Cell) -> str:
    """A cell as a text on the screen."""
    value = printed(cell)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _plain(cell: Cell) -> Any:
    if isinstance(cell, Word):
        return list(cell.value) if isinstance(cell.value, tuple) else cell.value
    return cell.isoformat() if isinstance(cell, date) else cell

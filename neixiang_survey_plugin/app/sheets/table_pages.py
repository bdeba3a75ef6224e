"""Sheets of nothing but tables: those that found no room beside a drawing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from neixiang_survey_plugin.app.sheets import page as pages
from neixiang_survey_plugin.app.sheets.letters import Letters
from neixiang_survey_plugin.app.sheets.page import Page
from neixiang_survey_plugin.app.sheets.tables import Column, Table, flowed, parted
from neixiang_survey_plugin.app.wording.sheets import NO_SCALE

_TOP_MM, _BOTTOM_MM = pages.TOP_MM + pages.PAD_MM, pages.BOTTOM_MM - pages.PAD_MM
_APART_MM = 97.0
_COLUMNS = tuple(
    Column(pages.LEFT_MM + pages.PAD_MM + number * _APART_MM, _TOP_MM, _BOTTOM_MM)
    for number in range(3)
)
_BESIDE = Column(pages.COLUMN_MM + pages.PAD_MM, _TOP_MM, pages.BLOCK_TOP_MM - pages.PAD_MM)


def table_pages(
    title: str, tables: Sequence[Table], letters: Letters, notes: Sequence[str] = ()
) -> Iterator[Page]:
    """Tables in columns over as many sheets as they take; a row of more than a column is parted.

    Notes stand above the title block of each, in the place of the last column.
    """
    said = pages.noted(notes, letters) if notes else []
    columns = _COLUMNS if notes else (*_COLUMNS, _BESIDE)
    rest: Sequence[Table] = [parted(table, _BOTTOM_MM - _TOP_MM, letters) for table in tables]
    while rest:
        marks, rest = flowed(rest, columns, letters)
        yield Page(title, NO_SCALE, (*marks, *said))

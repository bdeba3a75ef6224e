"""A sheet as it is filed: its frame, its title block with the places for signatures and seal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from neixiang_survey_plugin.app.drawings import Anchor
from neixiang_survey_plugin.app.sheets.facts import TitleFacts
from neixiang_survey_plugin.app.sheets.legend import notes_marks
from neixiang_survey_plugin.app.sheets.letters import Letters, broken, fitted_mm
from neixiang_survey_plugin.app.sheets.scene import (
    A3,
    HAIR_MM,
    HEAVY_MM,
    INK,
    NORMAL_MM,
    QUIET,
    Line,
    Mark,
    Sheet,
    Text,
    rectangle,
)
from neixiang_survey_plugin.app.wording import sheets as words
from neixiang_survey_plugin.app.wording.figures import day_words

# GB/T 14689: the edge for binding is wider.
LEFT_MM, TOP_MM, RIGHT_MM, BOTTOM_MM = 25.0, 5.0, 415.0, 292.0
COLUMN_MM = 318.0  # where the column of legend, tables and title block begins
PAD_MM = 3.0
_NAME_MM, _ROW_MM, _TALL_MM, _SIGN_MM = 12.0, 5.6, 8.4, 20.0
_KEY_MM = 17.0
_SIZE_MM = 2.0
_TALL_ROWS = {"applicant", "project", "units", "number"}
_PAIRS = (("case", "sheet"), ("applicant",), ("project",), ("units",), ("scale", "on"),
          ("grid",), ("heights",), ("program",), ("rules",), ("number",))  # fmt: skip
BLOCK_MM = (
    _NAME_MM + sum(_TALL_MM if pair[0] in _TALL_ROWS else _ROW_MM for pair in _PAIRS) + _SIGN_MM
)
BLOCK_TOP_MM = BOTTOM_MM - BLOCK_MM


@dataclass(frozen=True)
class Page:
    """What one sheet shows within its frame, before it is numbered: its title, its scale."""

    title: str
    scale: str
    marks: tuple[Mark, ...]


def numbered(pages: Sequence[Page], facts: TitleFacts, letters: Letters) -> tuple[Sheet, ...]:
    """The pages as sheets of one set: each with its frame, its title block, its number."""
    return tuple(
        Sheet(page.title, A3, tuple(_sheet(page, f"{k}/{len(pages)}", facts, letters)))
        for k, page in enumerate(pages, start=1)
    )


def noted(notes: Sequence[str], letters: Letters) -> list[Mark]:
    """Numbered notes above the title block."""
    room = RIGHT_MM - COLUMN_MM - 2 * PAD_MM
    return notes_marks(notes, COLUMN_MM + PAD_MM, BLOCK_TOP_MM - 2.0, room, letters)[0]


def draft_marks(size_mm: tuple[float, float]) -> Iterator[Mark]:
    """What a draft bears across it."""
    middle = size_mm[0] / 2.0, size_mm[1] / 2.0
    high = size_mm[0] / 13.0
    yield Text(middle, words.DRAFT, high, "#a04040", Anchor.CENTRE, 30.0, opacity=0.13)


def _sheet(page: Page, number: str, facts: TitleFacts, letters: Letters) -> Iterator[Mark]:
    yield from page.marks
    yield from _block(page, number, facts, letters)
    yield rectangle(LEFT_MM, TOP_MM, RIGHT_MM, BOTTOM_MM, HEAVY_MM)
    if facts.draft:
        yield from draft_marks(A3)


def _block(page: Page, number: str, facts: TitleFacts, letters: Letters) -> Iterator[Mark]:
    """The title block in the lower right corner."""
    said = {
        "case": facts.case,
        "sheet": number,
        "applicant": facts.applicant,
        "project": facts.project,
        "units": facts.units,
        "scale": page.scale,
        "on": day_words(facts.on),
        "grid": facts.grid,
        "heights": facts.heights,
        "program": facts.program,
        "rules": facts.rules,
        "number": facts.number,
    }
    top = BLOCK_TOP_MM
    yield rectangle(COLUMN_MM, top, RIGHT_MM, BOTTOM_MM, NORMAL_MM)
    middle = (COLUMN_MM + RIGHT_MM) / 2.0, top + _NAME_MM / 2.0
    room = RIGHT_MM - COLUMN_MM - 2 * PAD_MM
    title = words.draft_title(page.title) if facts.draft else page.title
    size = fitted_mm(letters, title, 4.2, room)
    yield Text(middle, title, size, anchor=Anchor.CENTRE, bold=True)
    top += _NAME_MM
    for pair in _PAIRS:
        high = _TALL_MM if pair[0] in _TALL_ROWS else _ROW_MM
        wide = (RIGHT_MM - COLUMN_MM) / len(pair)
        for k, key in enumerate(pair):
            cell = _Cell(COLUMN_MM + k * wide, top, wide, high)
            yield from cell.marks(words.TITLE_ROWS[key], said[key], letters)
        yield Line(((COLUMN_MM, top), (RIGHT_MM, top)), INK, HAIR_MM)
        top += high
    yield from _signatures(top)


@dataclass(frozen=True)
class _Cell:
    """One row of the title block: what it is, and what is said."""

    left_mm: float
    top_mm: float
    wide_mm: float
    high_mm: float

    def marks(self, key: str, said: str, letters: Letters) -> Iterator[Mark]:
        """The words of the cell and the line before them."""
        middle = self.top_mm + self.high_mm / 2.0
        bottom = self.top_mm + self.high_mm
        yield Text((self.left_mm + 1.2, middle), key, 1.9, QUIET)
        for x in (self.left_mm, self.left_mm + _KEY_MM):
            yield Line(((x, self.top_mm), (x, bottom)), INK, HAIR_MM)
        said = " ".join(said.split())
        room = self.wide_mm - _KEY_MM - 2.0
        most = 2 if self.high_mm > _ROW_MM else 1
        size = _SIZE_MM
        lines = broken(letters, said, size, room)
        while len(lines) > most and size > 1.3:  # as small as can be read, then an ellipsis
            size -= 0.1
            lines = broken(letters, said, size, room)
        lines = broken(letters, said, size, room, most)
        first = middle - (len(lines) - 1) * size * 0.8
        for k, line in enumerate(lines):
            yield Text((self.left_mm + _KEY_MM + 1.0, first + k * size * 1.6), line, size)


def _signatures(top_mm: float) -> Iterator[Mark]:
    """The places for names, dates and the seal."""
    wide = (RIGHT_MM - COLUMN_MM) / 4.0
    yield Line(((COLUMN_MM, top_mm), (RIGHT_MM, top_mm)), INK, HAIR_MM)
    left = COLUMN_MM
    for number, word in enumerate(words.SIGNATURES):
        yield Text((left + 1.2, top_mm + 2.8), word, 1.9, QUIET)
        left += wide if number < 2 else 2 * wide
        yield Line(((left, top_mm), (left, BOTTOM_MM)), INK, HAIR_MM)

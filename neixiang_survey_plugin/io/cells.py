"""From the cells of a source column to those of a canonical field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Column
from neixiang_survey_plugin.core.schema import Field, FieldType
from neixiang_survey_plugin.core.slices import slices
from neixiang_survey_plugin.core.vocabulary import Words, canonical_word
from neixiang_survey_plugin.io.dates import parse_date
from neixiang_survey_plugin.io.raw_layer import Cells

Rows = NDArray[np.intp]
_KINDS: Mapping[FieldType, str] = {
    FieldType.TEXT: "object",
    FieldType.WORD: "object",
    FieldType.NUMBER: "float64",
    FieldType.DATE: "datetime64[D]",
}
# A parser gives None for a text that means nothing.
_Parser = Callable[[str], object]


def convert_cells(field: Field, cells: Cells, meanings: Mapping[str, str]) -> tuple[Column, Rows]:
    """A column in the type of its field, and the rows whose cells mean nothing.

    ``meanings`` are the county's own words for values of this field. An empty cell is missing,
    never wrong.
    """
    if field.type is FieldType.TEXT and not meanings:
        return _column(field, _texts(cells)), np.empty(0, dtype=np.intp)
    if field.type is FieldType.NUMBER and not meanings:
        numbers = _all_numbers(cells)
        if numbers is not None:
            return numbers, np.flatnonzero(np.isinf(numbers))
    return _by_distinct_cell(field, cells, meanings)


def missing_cells(field: Field, count: int) -> Column:
    """A column in which nothing is known."""
    return np.full(count, _column(field, [None])[0])


def cell_text(value: object) -> str | None:
    """A cell as text: a whole number without its ``.0``, None for what is empty."""
    if isinstance(value, str):
        return value.strip() or None
    if value is None or value != value:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _column(field: Field, cells: Sequence[object]) -> Column:
    kind = _KINDS[field.type]
    if kind == "object":  # np.array would look into every text for more dimensions
        return np.fromiter(cells, dtype=object, count=len(cells))
    column: Column = np.array(cells, dtype=kind)
    return column


def _texts(cells: Cells) -> list[str | None]:
    try:
        texts: list[str | None] = list(map(str.strip, cells))
    except TypeError:  # not text alone: each distinct cell is turned into text once
        known = {cell: cell_text(cell) for cell in set(cells)}
        return list(map(known.__getitem__, cells))
    return [text or None for text in texts] if "" in texts else texts


def _all_numbers(cells: Cells) -> Column | None:
    try:
        some = [np.array(cells[few], dtype=np.float64) for few in slices(len(cells))]
    except (TypeError, ValueError):  # a text among them: each distinct one is looked at
        return None
    return np.concatenate([np.empty(0), *some])


def _by_distinct_cell(
    field: Field, cells: Cells, meanings: Mapping[str, str]
) -> tuple[Column, Rows]:
    """Each distinct cell is parsed once: 200,000 rows hold six road classes."""
    place: dict[Any, int] = {}
    for some in slices(len(cells)):
        for cell in dict.fromkeys(cells[some]):
            place.setdefault(cell, len(place))
    texts = [cell_text(cell) for cell in place]
    if meanings:
        texts = [text and (meanings.get(text, text) or None) for text in texts]
    parse = _parser(field)
    parsed = [text if text is None or parse is None else parse(text) for text in texts]
    wrong = np.array(
        [text is not None and value is None for text, value in zip(texts, parsed, strict=True)],
        dtype=bool,
    )
    rows = np.empty(len(cells), dtype=np.intp)
    for some in slices(len(cells)):
        rows[some] = list(map(place.__getitem__, cells[some]))
    return _column(field, parsed)[rows], np.flatnonzero(wrong[rows])


def _parser(field: Field) -> _Parser | None:
    if field.type is FieldType.WORD:
        words: Words = field.words or {}
        return lambda text: canonical_word(words, text)
    return {FieldType.NUMBER: _number, FieldType.DATE: parse_date}.get(field.type)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if np.isfinite(number) else None

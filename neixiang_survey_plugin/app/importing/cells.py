"""One foreign cell as the value of a canonical field, and how it was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from neixiang_survey_plugin.app.importing.amounts import read_amount
from neixiang_survey_plugin.app.importing.answers import DateOrder
from neixiang_survey_plugin.app.importing.days import Spelling, read_day
from neixiang_survey_plugin.app.importing.meanings import is_unknown, word_reader
from neixiang_survey_plugin.core.schema import Field, FieldType

UNKNOWN = "unknown"  # the text itself says that nobody knows
UNREAD = "unread"  # nobody knows what the text says
TOLD = "told"  # the user said what it means

Value = str | float | date | None


class CellRead(NamedTuple):
    """What a text means, None for unknown; ``how`` is a spelling, a unit, or a word from above."""

    value: Value
    how: str | None = None


@dataclass(frozen=True)
class Manner:
    """How the cells of one column are to be read: told meanings, the unit of bare numbers."""

    meanings: Mapping[str, str]
    unit: str | None = None
    date_order: DateOrder | None = None


_Reader = Callable[[str], CellRead]


def cell_reader(layer: str, field: Field, manner: Manner) -> _Reader:
    """Reads a text, not empty, as a value of a layer's field."""
    plain = _plain_reader(layer, field, manner)

    def read(text: str) -> CellRead:
        told = manner.meanings.get(text)
        if told is None:
            return plain(text)
        return CellRead(None, TOLD) if not told else plain(told)._replace(how=TOLD)

    return read


def share_read(read: _Reader, values: Iterable[tuple[str, int]]) -> float:
    """Which share of a column's cells is read; 1.0 for a column without any."""
    total = good = 0
    for text, count in values:
        total += count
        good += count if read(text).how != UNREAD else 0
    return good / total if total else 1.0


def _plain_reader(layer: str, field: Field, manner: Manner) -> _Reader:
    if field.type is FieldType.TEXT:
        return lambda text: CellRead(None, UNKNOWN) if is_unknown(text) else CellRead(text)
    if field.type is FieldType.DATE:
        return lambda text: _day(text, manner.date_order)
    if field.type is FieldType.WORD:
        word = word_reader(layer, field)
        return lambda text: _word(text, word)
    return lambda text: _amount(text, field, manner.unit)


def _word(text: str, read: Callable[[str], str | None]) -> CellRead:
    word = read(text)
    if word is not None:
        return CellRead(word)
    return CellRead(None, UNKNOWN if is_unknown(text) else UNREAD)


def _day(text: str, order: DateOrder | None) -> CellRead:
    if text in ("0", "0.0") or is_unknown(text, number=True):
        return CellRead(None, UNKNOWN)
    found = read_day(text, order)
    if found is None:
        return CellRead(None, UNREAD)
    how = None if found.spelling is Spelling.DAY else found.spelling.value
    return CellRead(found.day, how)


def _amount(text: str, field: Field, unit: str | None) -> CellRead:
    if is_unknown(text, number=True):
        return CellRead(None, UNKNOWN)
    found = read_amount(field.name, text, unit)
    if found is None:
        return CellRead(None, UNREAD)
    if field.above_zero and found.value == 0.0:
        return CellRead(None, UNKNOWN)
    too_low = found.value < 0.0 if field.above_zero else _below(found.value, field.minimum)
    return CellRead(None, UNREAD) if too_low else CellRead(found.value, found.unit)


def _below(value: float, minimum: float | None) -> bool:
    return minimum is not None and value < minimum

"""What has to be asked before a layer can be taken in, and the option that answers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum


class Ask(Enum):
    """What a question is about."""

    LAYER = "layer"  # which of several layers
    ENCODING = "encoding"  # what the texts are written in
    CRS = "crs"  # which system the coordinates are in
    AXES = "axes"  # which of two coordinates is the northing
    FIELD = "field"  # whether a column is a field
    ABSENT = "absent"  # whether a field that rules read stays unknown
    IDS = "ids"  # no column names the rows
    REPEATS = "repeats"  # several rows have the same name
    VALUE = "value"  # what a text means
    UNIT = "unit"  # what bare numbers are in
    DATE_ORDER = "date_order"  # whether the day or the month comes first
    SET_ASIDE = "set_aside"  # whether to go on without the features whose shape nobody can use
    GONE = "gone"  # whether the objects that the file does not have are gone
    CONFIRM = "confirm"  # who held OSM's tags against the county's register


@dataclass(frozen=True)
class Question:
    """One thing that is not certain: about a field, a text in it, with what may be chosen.

    ``choices`` begin with what is proposed, unless it ``is_open``: nothing is. ``count`` is how
    many rows hang on it, ``column`` where it stands in the source.
    """

    ask: Ask
    field: str | None = None
    column: str | None = None
    text: str | None = None
    choices: tuple[str, ...] = ()
    count: int = 0
    is_open: bool = False

    @property
    def proposed(self) -> str | None:
        """What is proposed, None where nothing is."""
        return self.choices[0] if self.choices and not self.is_open else None

    @property
    def options(self) -> tuple[str, ...]:
        """The options of the command line that answer it, the proposed one first."""
        return _OPTIONS[self.ask](self)


def _field_options(question: Question) -> tuple[str, ...]:
    maps = tuple(f"--map {question.field}={_quoted(column)}" for column in question.choices)
    return (*maps, f"--without {question.field}")


def _value_options(question: Question) -> tuple[str, ...]:
    text = question.text or ""
    given = _quoted(f"{question.field}:{text}={question.proposed or '...'}")
    unknown = _quoted(f"{question.field}:{text}=")
    return f"--value {given}", f"--value {unknown}"


def _absent_options(question: Question) -> tuple[str, ...]:
    given = f"--set {question.field}={question.proposed or '...'}"
    column = f"--map {question.field}=..."
    first = (given, column) if question.proposed else (column, given)
    return (*first, f"--without {question.field}")


def _quoted(text: str) -> str:
    return f"'{text}'" if any(sign in text for sign in ' \\<>|&;()*?"') else text


_OPTIONS: Mapping[Ask, Callable[[Question], tuple[str, ...]]] = {
    Ask.LAYER: lambda question: tuple(f"--layer {_quoted(one)}" for one in question.choices),
    Ask.ENCODING: lambda question: tuple(f"--encoding {one}" for one in question.choices),
    Ask.CRS: lambda question: tuple(f"--crs {one}" for one in question.choices or ("EPSG:...",)),
    Ask.AXES: lambda question: ("--axes north-first", "--axes east-first"),
    Ask.FIELD: _field_options,
    Ask.ABSENT: _absent_options,
    Ask.IDS: lambda question: (
        *(f"--map {question.field}={_quoted(column)}" for column in question.choices[1:]),
        f"--new-ids {question.proposed}",
    ),
    Ask.REPEATS: lambda question: ("--number-repeats", *(f"--new-ids {question.proposed}",)),
    Ask.VALUE: _value_options,
    Ask.UNIT: lambda question: tuple(
        f"--unit {question.field}={unit}" for unit in question.choices
    ),
    Ask.DATE_ORDER: lambda question: ("--date-order dmy", "--date-order mdy"),
    Ask.SET_ASIDE: lambda question: ("--set-aside",),
    Ask.GONE: lambda question: ("--update", "--replace"),
    Ask.CONFIRM: lambda question: (
        f"--without {question.field}",
        f"--map {question.field}={question.column} --confirmed-by 姓名",
    ),
}

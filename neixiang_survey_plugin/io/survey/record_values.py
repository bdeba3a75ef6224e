"""One fact of a record as a cell of its table, and back."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeGuard, Union, get_args, get_origin, get_type_hints

import numpy as np
import shapely
from shapely import LineString

from neixiang_survey_plugin.io.dates import parse_date, parse_moment
from neixiang_survey_plugin.io.survey.blobs import blob_from_geometry, geometry_from_blob

_LARGEST = 2**63 - 1  # what SQLite holds
_TRUE = frozenset({"1", "true", "是"})
_FALSE = frozenset({"0", "false", "否"})


@dataclass(frozen=True)
class Fact:
    """A field of a record; ``missing`` is what it holds where the cell is empty, if it may be.

    ``read`` gives what a cell that is not empty means, None where it means nothing known.
    """

    name: str
    type: type
    optional: bool
    missing: object
    read: Callable[[object], object] = field(compare=False, repr=False)


def facts_of(kind: type) -> tuple[Fact, ...]:
    """The fields of a dataclass in their order; TypeError for a type that no cell can hold."""
    return _facts(kind)


@cache
def _facts(kind: Any) -> tuple[Fact, ...]:
    hints = get_type_hints(kind)
    return tuple(
        _fact(kind, field.name, hints[field.name], field.default) for field in fields(kind)
    )


def cell_from_fact(fact: Fact, value: Any, epsg: int = 0) -> object:
    """What stands in the table; ValueError for what could not be read back.

    ``epsg`` is the county grid, for a line. Moments are by the office's clock and have no zone,
    as QGIS shows and writes them.
    """
    if value is None or value == "":
        return None
    if isinstance(value, LineString):
        return _blob(fact, value, epsg)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"字段 {fact.name} 不是有限的数")
    if isinstance(value, int) and abs(value) > _LARGEST:
        raise ValueError(f"字段 {fact.name} 的数太大")
    if isinstance(value, str) and not _can_be_kept(value):
        raise ValueError(f"字段 {fact.name} 里有不能保存的字符")
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise ValueError(f"字段 {fact.name} 的时间带有时区；请用本地时间")
    if isinstance(value, date):
        return value.isoformat()
    return value


def fact_from_cell(fact: Fact, cell: object) -> object:
    """What a record holds; ValueError with a sentence for a cell that means nothing known."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        if fact.optional:
            return None
        if fact.missing is MISSING:
            raise ValueError(f"字段 {fact.name} 是空的")
        return fact.missing
    understood = fact.read(cell)
    if understood is None:
        raise ValueError(f"字段 {fact.name} 的值“{str(cell)[:40]}”不认识")
    return understood


def _fact(kind: type, name: str, hint: Any, default: object) -> Fact:
    union = get_origin(hint) in (Union, UnionType)
    types = [one for one in get_args(hint) if one is not NoneType] if union else [hint]
    if len(types) != 1 or not (types[0] in _READERS or _is_words(types[0])):
        raise TypeError(f"{kind.__name__}.{name}: {hint} is no type of a cell")
    return Fact(name, types[0], NoneType in get_args(hint), default, _reader(types[0]))


def _can_be_kept(text: str) -> bool:
    """Half a character (a surrogate) has no UTF-8, and SQLite's JSON ends at a NUL."""
    return "\0" not in text and text.encode("utf-8", "ignore").decode("utf-8") == text


def _is_words(hint: Any) -> TypeGuard[type[Enum]]:
    return isinstance(hint, type) and issubclass(hint, Enum)


def _reader(wanted: type) -> Callable[[object], object]:
    if not _is_words(wanted):
        return _READERS[wanted]
    by_word = {str(word.value): word for word in wanted}
    return lambda cell: by_word.get(str(cell).strip())


def _text(cell: object) -> str | None:
    return None if isinstance(cell, bytes) else str(cell)


def _number(cell: object) -> float | None:
    if not isinstance(cell, int | float | str | bytes):
        return None  # SQLite has no other kinds of cell
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _whole(cell: object) -> int | None:
    if isinstance(cell, int):
        return cell
    number = _number(cell)
    return None if number is None or number != int(number) else int(number)


def _yes_or_no(cell: object) -> bool | None:
    word = str(_whole(cell)) if isinstance(cell, float) else str(cell).strip().lower()
    if word in _TRUE:
        return True
    return False if word in _FALSE else None


def _day(cell: object) -> date | None:
    return parse_date(str(cell))


def _moment(cell: object) -> datetime | None:
    return parse_moment(str(cell))


def _blob(fact: Fact, line: LineString, epsg: int) -> bytes:
    if line.is_empty or not np.isfinite(shapely.get_coordinates(line)).all():
        raise ValueError(f"字段 {fact.name} 不是一条完整的线")
    return blob_from_geometry(line, epsg)


def _line(cell: object) -> LineString | None:
    geometry = geometry_from_blob(cell)
    return geometry if isinstance(geometry, LineString) and not geometry.is_empty else None


def _bytes(cell: object) -> bytes | None:
    return cell if isinstance(cell, bytes) else None


_READERS: Mapping[type, Callable[[object], object]] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _yes_or_no,
    date: _day,
    datetime: _moment,
    bytes: _bytes,
    LineString: _line,
}

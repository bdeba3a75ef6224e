"""One cell of a form as the value of a field: whatever way offices write it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum

from neixiang_survey_plugin.core.casework.words import WORDS_OF
from neixiang_survey_plugin.core.vocabulary import (
    APPLICANT_KIND,
    PRESSURE_CLASS,
    UTILITY,
    Words,
    canonical_word,
    chinese_word,
)
from neixiang_survey_plugin.io.dates import parse_date, parse_moment
from neixiang_survey_plugin.io.survey.record_values import Fact

# Texts that are words of a vocabulary rather than free.
_VOCABULARIES: Mapping[str, Words] = {
    "utility": UTILITY,
    "applicant_kind": APPLICANT_KIND,
    "pressure_class": PRESSURE_CLASS,
}
_YES = frozenset({"是", "有", "√", "✓", "☑", "true", "yes", "y", "1", "委托"})
_NO = frozenset({"否", "无", "没有", "□", "☐", "false", "no", "n", "0", "不委托"})
# A figure, and the unit that people write behind it; thousands may be parted by commas.
_FIGURE = re.compile(r"[-+]?\d[\d,，]*(?:\.\d+)?(?=\D*$)")
# Excel keeps 15 digits of a number: the rest of an identity number is gone for good.
_MOST_DIGITS = 10**15
_WHITE = re.compile(r"\s+")


def read_value(fact: Fact, cell: object) -> object:
    """What a cell says of a field, None for an empty one; ValueError says what is wrong."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if issubclass(fact.type, Enum):
        return _word_of(fact.type, cell)
    if fact.name in _VOCABULARIES:
        return _word(_VOCABULARIES[fact.name], cell)
    return _READERS[fact.type](cell)


def text_of(cell: object) -> str:
    """A cell as text; a whole number has no decimals, white space is single."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return _WHITE.sub(" ", str(cell)).strip()


def _text(cell: object) -> str:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _MOST_DIGITS:
        raise ValueError("是数字格式，15 位以后的数字已丢失；请把单元格改为文本格式重新填写")
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return text_of(cell)


def _number(cell: object) -> float:
    if isinstance(cell, bool):
        raise ValueError(f"应为数，现为“{cell}”")
    if isinstance(cell, int | float):
        number = float(cell)
    else:
        found = _FIGURE.match(text_of(cell))
        if found is None:
            raise ValueError(f"应为数，现为“{_short(cell)}”")
        number = float(found[0].replace(",", "").replace("，", ""))
    if not math.isfinite(number) or number < 0:
        raise ValueError(f"应为不小于 0 的数，现为“{_short(cell)}”")
    return number


def _whole(cell: object) -> int:
    number = _number(cell)
    if not number.is_integer():
        raise ValueError(f"应为整数，现为“{_short(cell)}”")
    return int(number)


def _flag(cell: object) -> bool:
    word = text_of(cell).lower()
    if word not in _YES | _NO:
        raise ValueError(f"应为是或否，现为“{_short(cell)}”")
    return word in _YES


def _day(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    day = cell if isinstance(cell, date) else parse_date(text_of(cell))
    if day is None:
        raise ValueError(f"不是日期，请写成 2026-11-22 的样子，现为“{_short(cell)}”")
    return day


def _moment(cell: object) -> datetime:
    moment = cell if isinstance(cell, datetime) else parse_moment(text_of(cell))
    if moment is None:
        raise ValueError(f"不是时间，请写成 2026-11-22 09:10 的样子，现为“{_short(cell)}”")
    return moment


def _word_of(kind: type[Enum], cell: object) -> Enum:
    return kind(_word(WORDS_OF[kind], cell))


def _word(words: Words, cell: object) -> str:
    word = canonical_word(words, text_of(cell))
    if word is None:
        known = "、".join(f"{chinese_word(words, one)}（{one}）" for one in words)
        raise ValueError(f"不认识“{_short(cell)}”；可写 {known}")
    return word


def _short(cell: object) -> str:
    return text_of(cell)[:40]


_READERS: Mapping[type, Callable[[object], object]] = {
    str: _text,
    int: _whole,
    float: _number,
    bool: _flag,
    date: _day,
    datetime: _moment,
}

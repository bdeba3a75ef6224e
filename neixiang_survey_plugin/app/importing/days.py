"""Days in every spelling that offices use; of a month or a year alone the last day is taken."""

# The last day, because a road's protection then lasts longest: what is not known never passes.

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from neixiang_survey_plugin.app.importing.answers import DateOrder

_YEARS = range(1900, 2200)  # a year outside is a slip of the pen, such as 0202
_EXCEL_ZERO = date(1899, 12, 30)  # day 60 of Excel's calendar never was
_SERIALS = range(20_000, 80_000)  # 1954 to 2119
_EPOCH = date(1970, 1, 1)
_DAY_S, _MS = 86_400, 1_000

_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}.*$", re.DOTALL)
_SEPARATOR = r"\s*[-/.年_\\]\s*"
_MONTH_ENDS = r"(?:月份?|[-/.]0{1,2}日?)?"
_WHOLE = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}})\s*[-/.月_\\]\s*(\d{{1,2}})\s*[日号]?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_MONTH_ENDS}(?:[初中底末]|[上中下]旬)?")
_SOLID_MONTH = re.compile(r"(\d{4})(\d{2})(?:00)?")
_QUARTER = re.compile(r"(\d{4})\s*年?\s*(?:第?([一二三四1-4])季度|[Qq]([1-4]))")
_YEAR = re.compile(r"(\d{4})(?:年度?|[-/.]0{1,2}[-/.]0{1,2}|0000)?(?:[初中底末])?")
_PERIOD = re.compile(r".+?\s*(?:[~～至—–]|--)\s*(.+)")
_YEARS_PERIOD = re.compile(r"\d{4}\s*-\s*(\d{4})年?")
_ORDERED = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")
_NUMBER = re.compile(r"(\d{5})(?:\.\d+)?")
_STAMP = re.compile(r"-?(\d{9,10}|\d{12,13})")
_FIGURES = {"〇": "0", "零": "0", "○": "0"} | dict(
    zip("一二三四五六七八九", "123456789", strict=True)
)
_CHINESE_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")
_CHINESE_NUMBER = re.compile(r"[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]")
_QUARTERS = "一二三四"
_MONTHS_OF_QUARTER = 3


class Spelling(Enum):
    """How a day was written."""

    DAY = "day"
    MONTH = "month"  # the month's last day is taken
    QUARTER = "quarter"
    YEAR = "year"
    PERIOD = "period"  # the day on which it ends
    SERIAL = "serial"  # a spreadsheet's number of a day
    STAMP = "stamp"  # seconds or milliseconds since 1970


class Day(NamedTuple):
    """A day, and how it was written."""

    day: date
    spelling: Spelling


def read_day(text: str, order: DateOrder | None = None) -> Day | None:
    """The day that a text means, None where it means none.

    ``order`` says how 3/4/2019 is meant; without it such a text means nothing unless one of its
    numbers is over 12.
    """
    written = _TIME.sub("", _in_figures(unicodedata.normalize("NFKC", text).strip()))
    for read in (_whole, _ordered(order), _number, _month, _quarter, _year, _period(order)):
        found = read(written)
        if found is not None:
            return found
    return None


def order_in_doubt(texts: Iterable[str]) -> bool:
    """Whether days such as 3/4/2019 stand among texts of which none shows what comes first."""
    return order_of(texts) is None and any(
        _ORDERED.fullmatch(text.strip()) and read_day(text) is None for text in texts
    )


def order_of(texts: Iterable[str]) -> DateOrder | None:
    """What comes first in 3/4/2019, where a text such as 25/4/2019 shows it and none denies it."""
    found = {_shown_order(text.strip()) for text in texts} - {None}
    return found.pop() if len(found) == 1 else None


def _shown_order(text: str) -> DateOrder | None:
    match = _ORDERED.fullmatch(text)
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    if first > 12 >= second:
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if second > 12 >= first else None


def _in_figures(text: str) -> str:
    """二〇一九年十二月一日 as 2019年12月1日; other texts as they are."""
    if not _CHINESE_YEAR.search(text):
        return text
    year = _CHINESE_YEAR.sub(lambda match: "".join(map(_FIGURES.__getitem__, match[0])), text)
    return _CHINESE_NUMBER.sub(lambda match: str(_chinese_number(match[0])), year)


def _chinese_number(written: str) -> int:
    tens, ten, ones = written.rpartition("十")
    figure = int(_FIGURES[ones]) if ones else 0
    return figure if not ten else 10 * int(_FIGURES.get(tens, "1")) + figure


def _whole(text: str) -> Day | None:
    match = _WHOLE.fullmatch(text) or _SOLID.fullmatch(text)
    return None if match is None else _day(int(match[1]), int(match[2]), int(match[3]))


def _ordered(order: DateOrder | None) -> Callable[[str], Day | None]:
    def read(text: str) -> Day | None:
        match = _ORDERED.fullmatch(text)
        meant = _shown_order(text) or order
        if match is None or meant is None:
            return None
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        month, day = (first, second) if meant is DateOrder.MONTH_FIRST else (second, first)
        return _day(year, month, day)

    return read


def _number(text: str) -> Day | None:
    match = _NUMBER.fullmatch(text)
    if match is not None and int(match[1]) in _SERIALS:
        return Day(_EXCEL_ZERO + timedelta(days=int(match[1])), Spelling.SERIAL)
    stamp = _STAMP.fullmatch(text)
    if stamp is None:
        return None
    seconds = int(text) // (_MS if len(stamp[1]) > 10 else 1)
    return Day(_EPOCH + timedelta(days=seconds // _DAY_S), Spelling.STAMP)


def _month(text: str) -> Day | None:
    match = _MONTH.fullmatch(text) or _SOLID_MONTH.fullmatch(text)
    return None if match is None else _end_of(int(match[1]), int(match[2]), Spelling.MONTH)


def _quarter(text: str) -> Day | None:
    match = _QUARTER.fullmatch(text)
    if match is None:
        return None
    written = match[2] or match[3]
    number = _QUARTERS.index(written) + 1 if written in _QUARTERS else int(written)
    return _end_of(int(match[1]), number * _MONTHS_OF_QUARTER, Spelling.QUARTER)


def _year(text: str) -> Day | None:
    match = _YEAR.fullmatch(text)
    return None if match is None else _end_of(int(match[1]), 12, Spelling.YEAR)


def _period(order: DateOrder | None) -> Callable[[str], Day | None]:
    def read(text: str) -> Day | None:
        match = _YEARS_PERIOD.fullmatch(text) or _PERIOD.fullmatch(text)
        end = None if match is None else read_day(match[1], order)
        return None if end is None else Day(end.day, Spelling.PERIOD)

    return read


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(date(year, month, day), Spelling.DAY) if year in _YEARS else None
    except ValueError:
        return None


def _end_of(year: int, month: int, spelling: Spelling) -> Day | None:
    if year not in _YEARS or month not in range(1, 13):
        return None
    return Day(date(year, month, monthrange(year, month)[1]), spelling)

"""Dates, and times of day, as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time

# 2021-03-05, 2021/3/5, 2021.3.5, 2021年3月5日, 20210305; a time of day behind it is cut off.
_PARTED = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}.*$", re.DOTALL)
# Hour and minute, perhaps seconds, and the Z that QGIS writes whatever clock was meant.
_CLOCK = re.compile(
    r"[T\s]+(\d{1,2})[:：](\d{2})(?:[:：](\d{2})(?:\.(\d{1,6})\d*)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?$"
)
# As this program writes them: most of what a survey of years is asked for.
_OWN_MOMENT = re.compile(r"(?:19|20|21)\d{2}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}", re.ASCII)
_YEARS = range(1900, 2200)  # a year outside is a slip of the pen, such as 0202


def parse_date(text: str) -> date | None:
    """The day that a text means, None where it means none."""
    written = _TIME.sub("", text.strip())
    match = _PARTED.fullmatch(written) or _SOLID.fullmatch(written)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day) if year in _YEARS else None
    except ValueError:
        return None


def parse_moment(text: str) -> datetime | None:
    """The day and the time by the clock on the wall, None where either is missing or wrong.

    A zone behind it is left out: QGIS shows and writes the figures as they are, with a Z.
    """
    if _OWN_MOMENT.fullmatch(text):
        return _whole_moment(text)
    written = text.strip()
    clock = _CLOCK.search(written)
    day = None if clock is None else parse_date(written[: clock.start()])
    if clock is None or day is None:
        return None
    hour, minute, second = (int(part or 0) for part in clock.group(1, 2, 3))
    fraction = int((clock[4] or "").ljust(6, "0"))
    try:
        return datetime.combine(day, time(hour, minute, second, fraction))
    except ValueError:
        return None


def _whole_moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None

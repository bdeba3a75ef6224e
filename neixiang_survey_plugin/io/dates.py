"""Dates as people write them."""

from __future__ import annotations

import re
from datetime import date

# 2021-03-05, 2021/3/5, 2021.3.5, 2021年3月5日, 20210305; a time of day behind it is cut off.
_PARTED = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})日?")
_SOLID = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}.*$", re.DOTALL)
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

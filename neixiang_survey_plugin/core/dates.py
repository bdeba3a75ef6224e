"""Calendar years as the regulations count them."""

from __future__ import annotations

import calendar
import functools
from datetime import date


def years_after(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 28 February where there is none.

    Never later than the calendar's last day, which registers write for "no end".
    """
    return months_after(day, 12 * years)


@functools.lru_cache(maxsize=4096)  # a register has few days, and each is asked for at every move
def months_after(day: date, months: int) -> date:
    """The same day some months later; the last day of the month where there is none.

    Never later than the calendar's last day.
    """
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))

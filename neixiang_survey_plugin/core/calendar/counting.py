"""When a promise of so many working days or hours is due.

Nothing found in law defines half a working day, so each way of counting has a name and the
policy says which it asks for. A promise of several counts is reported under each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from itertools import islice

from neixiang_survey_plugin.core.calendar.office import Office, Span, office_time


class Count(Enum):
    """How the time that was promised is counted."""

    HALF_DAYS = "half_days"  # whole office half-days that begin after the event
    OFFICE_HOURS = "office_hours"  # office time alone, from the event on
    DAY_COUNT = "day_count"  # 民法典 arts. 201, 203: the event's day out, to close of business
    HOURS = "hours"  # on the wall clock, day and night


@dataclass(frozen=True)
class Due:
    """When something is due, in China's time, and the years of which weekends were assumed."""

    at: datetime
    assumed_years: tuple[int, ...] = ()


def due_after(event: datetime, amount: float, count: Count, office: Office) -> Due | None:
    """When ``amount`` working days (hours for HOURS) after an event are over.

    Day counts take whole days: 0 is the close of the event's own day, or of the next working
    day when the event comes after hours; half-days take multiples of 0.5. None where the count
    needs office hours that nobody gave.
    """
    begun = office_time(event)
    if count is Count.HOURS:
        return Due(begun + timedelta(hours=amount))
    if not office.periods:
        return None
    at = _COUNTS[count](begun, amount, office)
    return Due(at, office.calendar.assumed_years(begun.date(), at.date()))


def _after_half_days(begun: datetime, working_days: float, office: Office) -> datetime:
    halves = (half for half in _halves_from(begun, office) if half.begins > begun)
    return _nth(halves, round(2 * working_days)).ends


def _after_office_hours(begun: datetime, working_days: float, office: Office) -> datetime:
    left = office.day_length * working_days
    for day in office.calendar.working_days_from(begun.date()):
        for span in office.spans(day):
            begins = max(span.begins, begun)
            open_for = max(span.ends - begins, timedelta())
            if left <= open_for:
                return begins + left
            left -= open_for
    raise AssertionError("working days do not end")


def _after_day_count(begun: datetime, working_days: float, office: Office) -> datetime:
    days = office.calendar.working_days_from(begun.date())
    whole = round(working_days)
    if whole == 0:
        return next(office.closing(day) for day in days if office.closing(day) >= begun)
    counted = (day for day in days if day > begun.date())
    return office.closing(next(islice(counted, whole - 1, None)))


def _halves_from(begun: datetime, office: Office) -> Iterator[Span]:
    for day in office.calendar.working_days_from(begun.date()):
        yield from office.halves(day)


def _nth(halves: Iterator[Span], number: int) -> Span:
    return next(islice(halves, number - 1, None))


_COUNTS: Mapping[Count, Callable[[datetime, float, Office], datetime]] = {
    Count.HALF_DAYS: _after_half_days,
    Count.OFFICE_HOURS: _after_office_hours,
    Count.DAY_COUNT: _after_day_count,
}

"""How pressing a promise of time is, by the working days of the office."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import Enum

from neixiang_survey_plugin.core.calendar.office import Office, office_time
from neixiang_survey_plugin.core.casework.clocks import ClockReading

_ONE_DAY = timedelta(days=1)


class Urgency(Enum):
    """When something has to be done, the most pressing first."""

    LATE = "late"
    TODAY = "today"
    NEXT_DAY = "next_day"  # by the end of the next working day
    LATER = "later"
    NOTHING = "nothing"  # no promise of time is open


def urgency_of(due_at: datetime | None, office: Office, now: datetime) -> Urgency:
    """How pressing what is due at a moment is; days on which nobody works do not count."""
    if due_at is None:
        return Urgency.NOTHING
    due, moment = office_time(due_at), office_time(now)
    if moment > due:
        return Urgency.LATE
    if due.date() <= moment.date():
        return Urgency.TODAY
    return (
        Urgency.NEXT_DAY
        if due.date() <= _next_working_day(moment.date(), office)
        else (Urgency.LATER)
    )


def urgency_of_clock(reading: ClockReading | None, office: Office, now: datetime) -> Urgency:
    """How pressing a promise is; one that was kept, or has no due time, is not."""
    if reading is None or reading.stopped_at is not None:
        return Urgency.NOTHING
    return urgency_of(reading.due_at, office, now)


def _next_working_day(day: date, office: Office) -> date:
    return next(office.calendar.working_days_from(day + _ONE_DAY))

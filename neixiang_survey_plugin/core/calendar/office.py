"""An office: the days on which it works and the hours of such a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from neixiang_survey_plugin.core.calendar.working_days import WorkingCalendar

# One time for all of China, without summer time since 1992.
CHINA_TIME = timezone(timedelta(hours=8), "UTC+8")
_NOON = time(12, 0)


@dataclass(frozen=True)
class Period:
    """A stretch of office time within one day."""

    begins: time
    ends: time


@dataclass(frozen=True)
class Span:
    """A stretch of office time on a certain day, in China's time."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Office:
    """The calendar of an office and its periods of a working day, in their order.

    No periods: nobody said when the office is open, and what depends on it is not known.
    """

    calendar: WorkingCalendar
    periods: tuple[Period, ...] = ()

    def spans(self, day: date) -> tuple[Span, ...]:
        """The office time of a day as if it were worked."""
        return tuple(_on(day, one.begins, one.ends) for one in self.periods)

    def halves(self, day: date) -> tuple[Span, Span]:
        """The forenoon and the afternoon of a day as if it were worked.

        The periods that begin before noon are the forenoon, the others the afternoon. An office
        that has only one of them is halved in the middle of its day.
        """
        fore = [one for one in self.periods if one.begins < _NOON]
        after = [one for one in self.periods if one.begins >= _NOON]
        if fore and after:
            return (
                _on(day, fore[0].begins, fore[-1].ends),
                _on(day, after[0].begins, after[-1].ends),
            )
        whole = _on(day, self.periods[0].begins, self.periods[-1].ends)
        middle = whole.begins + (whole.ends - whole.begins) / 2
        return Span(whole.begins, middle), Span(middle, whole.ends)

    def closing(self, day: date) -> datetime:
        """The moment at which the office closes on a day as if it were worked."""
        return _on(day, self.periods[-1].begins, self.periods[-1].ends).ends

    @property
    def day_length(self) -> timedelta:
        """The office time of one working day."""
        spans = self.spans(date(2000, 1, 1))
        return sum((one.ends - one.begins for one in spans), timedelta())


def office_time(moment: datetime) -> datetime:
    """A moment in China's time; one without a zone was written down in that time already."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=CHINA_TIME)
    return moment.astimezone(CHINA_TIME)


def _on(day: date, begins: time, ends: time) -> Span:
    return Span(datetime.combine(day, begins, CHINA_TIME), datetime.combine(day, ends, CHINA_TIME))

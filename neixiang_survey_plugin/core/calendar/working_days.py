"""Which days are worked: weekdays, public holidays and the days made up for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """A frozen table of the days on which offices work.

    ``exceptions`` tells of single days whether they are worked: a holiday in the week is not, a
    weekend day made up is. ``known_years`` are the years whose exceptions are complete; in any
    other year a day counts by its weekday alone, which whoever asks has to say.
    """

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    known_years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether offices work on a day, as far as anybody knows."""
        return self.exceptions.get(day, day.weekday() < _SATURDAY)

    def working_days_from(self, day: date) -> Iterator[date]:
        """The working days from a day on, itself among them where it is one."""
        while True:
            if self.is_working(day):
                yield day
            day += _ONE_DAY

    def assumed_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years between two days, both included, of which not every day is known."""
        years = range(first.year, last.year + 1)
        return tuple(year for year in years if not self._knows(year, first, last))

    def corrected(self, days: Mapping[date, bool], years: Iterable[int] = ()) -> WorkingCalendar:
        """This calendar with some days set otherwise and some years declared complete."""
        return WorkingCalendar({**self.exceptions, **days}, self.known_years | frozenset(years))

    def _knows(self, year: int, first: date, last: date) -> bool:
        if year in self.known_years:
            return True
        day, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        while day in self.exceptions and day < end:
            day += _ONE_DAY
        return day in self.exceptions

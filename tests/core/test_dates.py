"""Years and months as the regulations count them."""

from __future__ import annotations

from datetime import date

import pytest

from neixiang_survey_plugin.core.dates import months_after, years_after


@pytest.mark.parametrize(
    ("day", "years", "then"),
    [
        (date(2021, 11, 22), 5, date(2026, 11, 22)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 5, date(2029, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2023, 2, 28), 5, date(2028, 2, 28)),
        (date(2023, 3, 1), 5, date(2028, 3, 1)),
        (date(2023, 12, 31), 3, date(2026, 12, 31)),
    ],
)
def test_years_after_a_day_is_the_same_day_or_the_28th(day: date, years: int, then: date) -> None:
    assert years_after(day, years) == then


def test_a_placeholder_at_the_end_of_the_calendar_stays_there() -> None:
    # registers write 9999-12-31 for "no end"; there is no day five years after it
    assert years_after(date(9999, 12, 31), 5) == date.max
    assert months_after(date(9999, 12, 31), 3) == date.max


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 10), 3, date(2026, 4, 10)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 10, 15), 3, date(2027, 1, 15)),
        (date(2026, 9, 30), 3, date(2026, 12, 30)),
        (date(2026, 12, 31), 3, date(2027, 3, 31)),
        (date(2026, 1, 31), 3, date(2026, 4, 30)),
        (date(2026, 5, 31), 12, date(2027, 5, 31)),
    ],
)
def test_months_after_a_day_is_the_same_day_or_the_months_last(
    day: date, months: int, then: date
) -> None:
    assert months_after(day, months) == then

"""Promises of time on the clock: known answers to the minute, and what must always hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.calendar.counting import Count, due_after
from neixiang_survey_plugin.core.calendar.office import CHINA_TIME, Office
from tests.calendar.offices import moment, usual_office

OFFICE = usual_office()

# Accepted; half a day as a half-day and as 3.75 office hours; a day as two half-days and as a
# day count. Office hours 08:00-12:00 and 14:30-18:00.
VECTORS = """
2026-09-16 09:10 | 2026-09-16 18:00 | 2026-09-16 15:25 | 2026-09-17 12:00 | 2026-09-17 18:00
2026-09-16 16:00 | 2026-09-17 12:00 | 2026-09-17 09:45 | 2026-09-17 18:00 | 2026-09-17 18:00
2026-09-18 16:00 | 2026-09-20 12:00 | 2026-09-20 09:45 | 2026-09-20 18:00 | 2026-09-20 18:00
2026-09-30 10:00 | 2026-09-30 18:00 | 2026-09-30 16:15 | 2026-10-08 12:00 | 2026-10-08 18:00
2026-09-30 16:30 | 2026-10-08 12:00 | 2026-10-08 10:15 | 2026-10-08 18:00 | 2026-10-08 18:00
2026-02-14 15:00 | 2026-02-24 12:00 | 2026-02-24 08:45 | 2026-02-24 18:00 | 2026-02-24 18:00
2026-09-19 10:00 | 2026-09-20 12:00 | 2026-09-20 11:45 | 2026-09-20 18:00 | 2026-09-20 18:00
"""
PROMISES = [
    (0.5, Count.HALF_DAYS),
    (0.5, Count.OFFICE_HOURS),
    (1.0, Count.HALF_DAYS),
    (1.0, Count.DAY_COUNT),
]
ROWS = [row.split(" | ") for row in VECTORS.strip().splitlines()]
CASES = [
    (accepted, amount, count, due)
    for accepted, *dues in ROWS
    for (amount, count), due in zip(PROMISES, dues, strict=True)
]

moments = st.datetimes(datetime(2025, 1, 1), datetime(2026, 11, 30)).map(
    lambda one: one.replace(second=0, microsecond=0, tzinfo=CHINA_TIME)
)
promises = st.one_of(
    st.tuples(st.integers(1, 8).map(lambda n: n / 2), st.just(Count.HALF_DAYS)),
    st.tuples(st.floats(0.01, 4.0), st.just(Count.OFFICE_HOURS)),
    st.tuples(st.integers(0, 5).map(float), st.just(Count.DAY_COUNT)),
    st.tuples(st.floats(0.0, 200.0), st.just(Count.HOURS)),
)


def due(event: datetime, amount: float, count: Count, office: Office = OFFICE) -> datetime:
    found = due_after(event, amount, count, office)
    assert found is not None
    return found.at


@pytest.mark.parametrize(("accepted", "amount", "count", "expected"), CASES)
def test_promise_is_due_to_the_minute(
    accepted: str, amount: float, count: Count, expected: str
) -> None:
    assert due(moment(accepted), amount, count) == moment(expected)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("2026-09-16 07:59", "2026-09-16 12:00"),  # before the office opens: the forenoon counts
        ("2026-09-16 08:00", "2026-09-16 18:00"),
        ("2026-09-16 12:30", "2026-09-16 18:00"),  # over lunch: the afternoon is whole
        ("2026-09-16 14:30", "2026-09-17 12:00"),
        ("2026-09-16 18:01", "2026-09-17 12:00"),
    ],
)
def test_half_day_counts_only_halves_that_begin_after_the_event(event: str, expected: str) -> None:
    assert due(moment(event), 0.5, Count.HALF_DAYS) == moment(expected)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("2026-09-16 09:10", "2026-09-16 18:00"),
        ("2026-09-16 18:00", "2026-09-16 18:00"),
        ("2026-09-16 18:01", "2026-09-17 18:00"),
        ("2026-09-19 10:00", "2026-09-20 18:00"),  # Saturday off, Sunday made up
    ],
)
def test_same_day_ends_at_the_close_of_the_day_on_which_it_came(event: str, expected: str) -> None:
    assert due(moment(event), 0.0, Count.DAY_COUNT) == moment(expected)


def test_office_hours_end_with_the_forenoon_and_not_with_the_lunch_break() -> None:
    four_hours = 4 / 7.5
    assert due(moment("2026-09-16 08:00"), four_hours, Count.OFFICE_HOURS) == moment(
        "2026-09-16 12:00"
    )


def test_day_and_night_count_for_hours() -> None:
    assert due(moment("2026-10-01 23:30"), 24.0, Count.HOURS) == moment("2026-10-02 23:30")


def test_moment_of_another_zone_is_the_same_moment() -> None:
    event = moment("2026-09-16 09:10")
    assert due(event.astimezone(UTC), 0.5, Count.OFFICE_HOURS) == moment("2026-09-16 15:25")
    assert due(event.replace(tzinfo=None), 0.5, Count.OFFICE_HOURS) == moment("2026-09-16 15:25")


@given(moments, promises)
def test_nothing_is_due_before_it_is_promised(
    event: datetime, promise: tuple[float, Count]
) -> None:
    assert due(event, *promise) >= event


@given(moments, moments, promises)
def test_who_comes_later_is_never_due_earlier(
    one: datetime, other: datetime, promise: tuple[float, Count]
) -> None:
    first, last = sorted((one, other))
    assert due(first, *promise) <= due(last, *promise)


@given(moments, st.integers(1, 8), st.integers(1, 8))
def test_half_days_add_up(event: datetime, first: int, then: int) -> None:
    between = due(event, first / 2, Count.HALF_DAYS)
    together = due(event, (first + then) / 2, Count.HALF_DAYS)
    assert due(between, then / 2, Count.HALF_DAYS) == together


@given(moments, st.floats(0.01, 2.0), st.floats(0.01, 2.0))
def test_office_hours_add_up(event: datetime, first: float, then: float) -> None:
    between = due(event, first, Count.OFFICE_HOURS)
    together = due(event, first + then, Count.OFFICE_HOURS)
    assert abs(due(between, then, Count.OFFICE_HOURS) - together) <= timedelta(microseconds=2)


@given(moments, st.integers(1, 600))
def test_office_hours_run_in_the_minutes_in_which_the_office_is_open(
    event: datetime, minutes: int
) -> None:
    found = due(event, minutes / 450, Count.OFFICE_HOURS)
    assert counted_minute_by_minute(event, minutes) == found


def counted_minute_by_minute(event: datetime, minutes: int) -> datetime:
    at = event
    while minutes:
        worked = OFFICE.calendar.is_working(at.date())
        clock = at.hour * 60 + at.minute
        minutes -= worked and (480 <= clock < 720 or 870 <= clock < 1080)
        at += timedelta(minutes=1)
    return at


@given(moments, promises)
def test_due_lies_in_office_time_but_for_hours_on_the_wall_clock(
    event: datetime, promise: tuple[float, Count]
) -> None:
    found = due(event, *promise)
    if promise[1] is not Count.HOURS:
        spans = OFFICE.spans(found.date())
        assert OFFICE.calendar.is_working(found.date())
        assert any(span.begins <= found <= span.ends for span in spans)


@given(moments)
def test_day_count_gives_the_longest_time_and_the_same_day_the_shortest(event: datetime) -> None:
    halves = due(event, 1.0, Count.HALF_DAYS)
    assert due(event, 0.0, Count.DAY_COUNT) <= halves <= due(event, 1.0, Count.DAY_COUNT)


def test_without_office_hours_only_the_wall_clock_is_known() -> None:
    office = Office(OFFICE.calendar)
    event = moment("2026-09-16 09:10")
    for count in (Count.HALF_DAYS, Count.OFFICE_HOURS, Count.DAY_COUNT):
        assert due_after(event, 1.0, count, office) is None
    assert due_after(event, 1.0, Count.HOURS, office) is not None


def test_year_that_nobody_knows_is_named() -> None:
    found = due_after(moment("2026-12-31 16:00"), 0.5, Count.HALF_DAYS, OFFICE)
    assert found is not None
    assert (found.at, found.assumed_years) == (moment("2027-01-01 12:00"), (2027,))

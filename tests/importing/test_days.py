"""Days in every usual spelling."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.importing.answers import DateOrder
from neixiang_survey_plugin.app.importing.days import Spelling, order_in_doubt, order_of, read_day

DECEMBER = [
    "20191201",
    "2019-12-01",
    "2019/12/1",
    "2019.12.1",
    "2019年12月1日",
    "2019 年 12 月 1 日",
    "2019-12-01T00:00:00",
    "2019/12/1 8:30:00",
    "２０１９年１２月１日",
    "二〇一九年十二月一日",
    "43800",
    "43800.0",
    "43800.75",
    "1575158400",
    "1575158400000",
]


@pytest.mark.parametrize("text", DECEMBER)
def test_the_first_of_december_is_read_in_every_spelling(text: str) -> None:
    found = read_day(text)
    assert found is not None
    assert found.day == date(2019, 12, 1)


@pytest.mark.parametrize(
    ("text", "day", "spelling"),
    [
        ("2019年2月", date(2019, 2, 28), Spelling.MONTH),
        ("2020-02", date(2020, 2, 29), Spelling.MONTH),
        ("202002", date(2020, 2, 29), Spelling.MONTH),
        ("2020.02", date(2020, 2, 29), Spelling.MONTH),
        ("20200200", date(2020, 2, 29), Spelling.MONTH),
        ("2019年12月底", date(2019, 12, 31), Spelling.MONTH),
        ("2019年11月上旬", date(2019, 11, 30), Spelling.MONTH),
        ("2019", date(2019, 12, 31), Spelling.YEAR),
        ("2019年", date(2019, 12, 31), Spelling.YEAR),
        ("2019年度", date(2019, 12, 31), Spelling.YEAR),
        ("20190000", date(2019, 12, 31), Spelling.YEAR),
        ("2019-00-00", date(2019, 12, 31), Spelling.YEAR),
        ("2019年第三季度", date(2019, 9, 30), Spelling.QUARTER),
        ("2019Q1", date(2019, 3, 31), Spelling.QUARTER),
        ("2018-2019", date(2019, 12, 31), Spelling.PERIOD),
        ("2018年3月~2019年5月", date(2019, 5, 31), Spelling.PERIOD),
    ],
)
def test_of_a_part_of_a_day_the_last_day_is_taken(text: str, day: date, spelling: Spelling) -> None:
    found = read_day(text)
    assert found is not None
    assert (found.day, found.spelling) == (day, spelling)


@pytest.mark.parametrize(
    "text",
    ["20191301", "2019-02-30", "0202-01-01", "约2019年", "3/4/2019", "12", "DN300", "19.12.1"],
)
def test_what_means_no_day_is_not_guessed(text: str) -> None:
    assert read_day(text) is None


def test_day_and_month_are_asked_for_until_one_shows_which_comes_first() -> None:
    assert order_in_doubt(["3/4/2019", "1/2/2020"])
    assert order_of(["3/4/2019", "25/4/2019"]) is DateOrder.DAY_FIRST
    assert order_of(["3/4/2019", "4/25/2019"]) is DateOrder.MONTH_FIRST
    assert order_of(["25/4/2019", "4/25/2019"]) is None
    assert not order_in_doubt(["2019/3/4", "25/4/2019"])
    day_first = read_day("3/4/2019", DateOrder.DAY_FIRST)
    assert day_first is not None
    assert day_first.day == date(2019, 4, 3)


@given(st.dates(date(1955, 1, 1), date(2118, 12, 31)))
def test_every_day_comes_back_from_every_spelling(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    spellings = (
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}/{day.month}/{day.day}",
        str(serial),
        f"{day.day}.{day.month}.{day.year}",
    )
    for text in spellings:
        found = read_day(text, DateOrder.DAY_FIRST)
        assert found is not None
        assert found.day == day, text


@given(st.dates(date(1955, 1, 1), date(2118, 12, 31)))
def test_a_month_never_ends_before_the_day_that_it_hides(day: date) -> None:
    for text in (f"{day.year}年{day.month}月", str(day.year)):
        found = read_day(text)
        assert found is not None
        assert day <= found.day < day + timedelta(days=366)

"""An office's days and hours: the state's calendar, a county's corrections, odd hours."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.calendar.counting import Count, due_after
from neixiang_survey_plugin.core.calendar.office import Office, Period
from neixiang_survey_plugin.core.calendar.working_days import WorkingCalendar
from neixiang_survey_plugin.hosts.cli.county import run_county_check
from neixiang_survey_plugin.io.office import load_office
from tests.builders import write_county
from tests.calendar.offices import HOURS, moment, usual_office
from tests.io.saying import only, problems_of

CALENDAR = usual_office().calendar

OFF = {
    2022: "0101-0103 0131-0206 0403-0405 0430-0504 0603-0605 0910-0912 1001-1007 1231-1231",
    2025: "0101-0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008",
    2026: "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
}
MADE_UP = {
    2022: "0129 0130 0402 0424 0507 1008 1009",
    2025: "0126 0208 0427 0928 1011",
    2026: "0104 0214 0228 0509 0920 1010",
}


def day_of(year: int, text: str) -> date:
    return date(year, int(text[:2]), int(text[2:]))


def corrected(folder: Path, text: str) -> Office:
    (folder / "working_days.toml").write_text(text, encoding="utf-8")
    return load_office(folder, HOURS)


@pytest.mark.parametrize("year", OFF)
def test_every_day_of_a_year_is_worked_as_the_state_council_said(year: int) -> None:
    off: set[date] = set()
    for block in OFF[year].split():
        first, last = (day_of(year, text) for text in block.split("-"))
        off |= {first + timedelta(n) for n in range((last - first).days + 1)}
    made_up = {day_of(year, text) for text in MADE_UP[year].split()}
    day = date(year, 1, 1)
    while day.year == year:
        expected = day in made_up or (day.weekday() < 5 and day not in off)
        assert CALENDAR.is_working(day) == expected, day
        day += timedelta(1)


def test_year_after_the_last_known_one_counts_by_weekday_and_says_so() -> None:
    assert CALENDAR.is_working(date(2027, 1, 1))
    assert not CALENDAR.is_working(date(2027, 1, 2))
    assert CALENDAR.assumed_years(date(2026, 12, 31), date(2027, 1, 4)) == (2027,)
    assert CALENDAR.assumed_years(date(2026, 1, 1), date(2026, 12, 31)) == ()


def test_county_corrects_single_days(tmp_path: Path) -> None:
    office = corrected(
        tmp_path,
        "[[days]]\ndate = 2026-09-16\nworking = false\nsource = '县政府通知'\n"
        "[[days]]\ndate = 2027-01-01\nworking = false\nsource = '国务院办公厅通知'\n",
    )
    assert not office.calendar.is_working(date(2026, 9, 16))
    assert office.calendar.is_working(date(2026, 9, 17))
    due = due_after(moment("2026-09-15 16:00"), 0.5, Count.HALF_DAYS, office)
    assert due is not None
    assert (due.at, due.assumed_years) == (moment("2026-09-17 12:00"), ())


def test_single_days_do_not_make_a_year_known_but_for_themselves(tmp_path: Path) -> None:
    text = "[[days]]\ndate = 2027-01-01\nworking = false\nsource = '通知'\n"
    known = corrected(tmp_path, text).calendar
    assert known.assumed_years(date(2026, 12, 31), date(2027, 1, 1)) == ()
    assert known.assumed_years(date(2026, 12, 31), date(2027, 1, 2)) == (2027,)


def test_county_may_declare_a_year_complete(tmp_path: Path) -> None:
    text = "complete_years = [2027]\n[[days]]\ndate = 2027-01-01\nworking = false\nsource = '通知'"
    calendar = corrected(tmp_path, text).calendar
    assert calendar.assumed_years(date(2027, 1, 1), date(2027, 12, 31)) == ()


def test_problems_of_the_corrections_are_all_named(tmp_path: Path) -> None:
    text = (
        "[[days]]\ndate = '元旦'\nworking = false\nsource = '通知'\n"
        "[[days]]\ndate = 2027-01-01\nworking = 'n'\nsource = '通知'\n"
        "[[days]]\ndate = 2027-01-01\nworking = true\n"
    )
    problems = problems_of(lambda: corrected(tmp_path, text))
    assert len(problems) == 4
    for problem, part in zip(problems, ("date", "working", "source", "已经写过"), strict=True):
        assert "working_days.toml" in problem
        assert part in problem
    only(problems_of(lambda: corrected(tmp_path, "[[day]]\n")), "day", "是不是 days")


def test_office_without_a_lunch_break_is_halved_in_the_middle() -> None:
    office = Office(CALENDAR, (Period(time(9), time(17)),))
    fore, after = office.halves(date(2026, 9, 16))
    assert (fore.begins, fore.ends) == (moment("2026-09-16 09:00"), moment("2026-09-16 13:00"))
    assert (after.begins, after.ends) == (moment("2026-09-16 13:00"), moment("2026-09-16 17:00"))


def test_half_days_are_whole_however_many_periods_they_have() -> None:
    hours = ("08:00-10:00", "10:10-12:00", "14:30-16:00", "16:10-18:00")
    office = load_office(Path("nowhere"), hours)
    due = due_after(moment("2026-09-16 16:05"), 0.5, Count.HALF_DAYS, office)
    assert due is not None
    assert due.at == moment("2026-09-17 12:00")
    assert office.day_length == timedelta(minutes=430)


def test_periods_may_be_written_in_any_order() -> None:
    assert load_office(Path("nowhere"), HOURS[::-1]) == usual_office()


def test_calendar_that_knows_nothing_counts_by_weekday() -> None:
    assert WorkingCalendar().is_working(date(2026, 10, 1))
    assert WorkingCalendar().assumed_years(date(2026, 10, 1), date(2026, 10, 1)) == (2026,)


def test_county_check_names_what_is_wrong_with_the_corrections(tmp_path: Path) -> None:
    county = write_county(tmp_path, tail='[office]\nhours = ["08:00-12:00"]')
    (county / "working_days.toml").write_text("complete_years = [2027]\n[[days]]\n", "utf-8")
    assert len(problems_of(lambda: run_county_check(county, json_target=None))) == 3
    (county / "working_days.toml").write_text("complete_years = [2027]\n", "utf-8")
    report = tmp_path / "report.json"
    run_county_check(county, json_target=str(report))
    found = json.loads(report.read_text("utf-8"))
    assert (found["office_hours"], found["holidays_known_to"]) == (["08:00-12:00"], 2027)

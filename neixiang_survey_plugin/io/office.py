"""A county's office: its hours, the state's holidays, and the county's own corrections."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date, time
from pathlib import Path

from neixiang_survey_plugin.core.calendar.office import Office, Period
from neixiang_survey_plugin.core.calendar.working_days import WorkingCalendar
from neixiang_survey_plugin.core.errors import Problems
from neixiang_survey_plugin.io.toml_file import open_toml
from neixiang_survey_plugin.io.toml_table import TomlTable

CORRECTIONS_FILE = "working_days.toml"


def load_office(county_folder: Path, hours: Sequence[str]) -> Office:
    """The office of a county's folder, open in periods such as 08:00-12:00.

    Holidays and make-up days are the State Council's as far as the installed chinesecalendar
    knows them, corrected by ``working_days.toml`` beside the county file, where there is one.
    SurveyError with one sentence per problem of that file.
    """
    calendar, own = _state_calendar(), county_folder / CORRECTIONS_FILE
    if own.is_file():
        calendar = read_corrections(own, calendar)
    periods = (Period(*map(time.fromisoformat, one.split("-"))) for one in hours)
    return Office(calendar, tuple(sorted(periods, key=lambda one: one.begins)))


def read_corrections(path: Path, calendar: WorkingCalendar) -> WorkingCalendar:
    """A calendar corrected by a county's table of single days."""
    problems = Problems()
    file = open_toml(path, problems)
    if file.whole("schema") not in (None, 1):
        file.complain("schema", "本程序只认得 1")
    days: dict[date, bool] = {}
    for table in file.tables("days"):
        _read_day(table, days)
    years = [int(year) for year in file.numbers("complete_years")]
    file.close()
    problems.raise_if_any()
    return calendar.corrected(days, years)


def _read_day(table: TomlTable, days: dict[date, bool]) -> None:
    table.need("date", "working", "source")
    day, working = table.day("date"), table.flag("working")
    table.text("source")
    table.close()
    if day is None:
        return
    if day in days:
        table.complain("date", f"{day} 已经写过；每天只写一次")
    days[day] = working


@functools.cache
def _state_calendar() -> WorkingCalendar:
    from chinese_calendar import constants

    exceptions = dict.fromkeys(constants.holidays, False) | dict.fromkeys(constants.workdays, True)
    return WorkingCalendar(exceptions, frozenset(day.year for day in constants.holidays))

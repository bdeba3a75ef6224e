"""Offices for tests: that of facts.md section 5, with the holidays of the years around it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from neixiang_survey_plugin.core.calendar.office import CHINA_TIME, Office
from neixiang_survey_plugin.io.office import load_office

HOURS = ("08:00-12:00", "14:30-18:00")


def usual_office() -> Office:
    """An office that keeps the state's holidays, in a folder without corrections."""
    return load_office(Path("nowhere"), HOURS)


def moment(text: str) -> datetime:
    """A moment in China's time, written 2026-09-16 09:10."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA_TIME)

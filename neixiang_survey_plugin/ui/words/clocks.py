"""Promises of time in a few words: what is left, how late, until when."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from neixiang_survey_plugin.core.casework.clocks import ClockReading, ClockState
from neixiang_survey_plugin.core.casework.urgency import Urgency
from neixiang_survey_plugin.i18n import Texts
from neixiang_survey_plugin.ui.words.words import Words

_ONE_DAY = timedelta(days=1)


def left_words(reading: ClockReading, words: Words, texts: Texts) -> str:
    """What is left of a promise, or by how much it is late; else how it stands."""
    if reading.left is not None:
        return texts("clock.left", time=words.duration(reading.left))
    if reading.late is not None:
        return texts("clock.late", time=words.duration(reading.late))
    return texts(f"clock.{reading.state.value}")


def day_words(day: date, today: date, texts: Texts) -> str:
    """A day beside today: today, tomorrow, else month and day; another year is named."""
    if day == today:
        return texts("clock.today")
    if day == today + _ONE_DAY:
        return texts("clock.tomorrow")
    return f"{day:%m-%d}" if day.year == today.year else day.isoformat()


def moment_words(at: datetime, now: datetime, texts: Texts) -> str:
    """A moment beside now: today 12:00, 09-15 12:00."""
    return f"{day_words(at.date(), now.date(), texts)} {at:%H:%M}"


def due_words(reading: ClockReading, now: datetime, texts: Texts) -> str:
    """Until when a promise runs; empty where nobody can say."""
    if reading.due_at is None or reading.state is ClockState.STOPPED:
        return ""
    return texts("clock.by", time=moment_words(reading.due_at, now, texts))


def late_words(due_at: datetime, urgency: Urgency, now: datetime, texts: Texts) -> str:
    """Until which day something has to be done, or since when it is late."""
    day = day_words(due_at.date(), now.date(), texts)
    return texts("clock.overdue" if urgency is Urgency.LATE else "clock.by", time=day)

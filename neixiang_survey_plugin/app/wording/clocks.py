"""The clocks of a case in words: which promise, how counted, how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from neixiang_survey_plugin.app.wording.casework import moment_words, service_utility_words
from neixiang_survey_plugin.app.wording.figures import trimmed
from neixiang_survey_plugin.core.calendar.counting import Count
from neixiang_survey_plugin.core.casework.clocks import ClockReading, ClockState
from neixiang_survey_plugin.core.policy import Clock

_COUNTS = {
    Count.HALF_DAYS: "按半日计",
    Count.OFFICE_HOURS: "按办公时间计",
    Count.DAY_COUNT: "按日计",
    Count.HOURS: "按小时计",
}
_STATES = {
    ClockState.NOT_STARTED: "未起算",
    ClockState.RUNNING: "计时中",
    ClockState.STOPPED: "按时",
    ClockState.BREACHED: "超时",
    ClockState.UNKNOWN: "无法计算",
}


def clock_state_words(state: ClockState) -> str:
    """How a promise stands, in one word."""
    return _STATES[state]


def promise_words(clock: Clock, count: Count) -> str:
    """A promise with its clause, how much of what, and how that is counted."""
    if count is Count.HOURS:
        amount = f"{trimmed(clock.hours or 0.0)} 小时"
    elif not clock.working_days:
        amount = "当日"
    else:
        amount = f"{trimmed(clock.working_days)} 个工作日"
    return f"{clock.clause} {amount}，{_COUNTS[count]}"


def clock_sentence(reading: ClockReading) -> str:
    """How one promise stands: due when, what is left, or how late."""
    whose = f"{service_utility_words(reading.utility)} " if reading.utility else ""
    promise = promise_words(reading.clock, reading.count)
    return f"{whose}{reading.clock.text}（{promise}）：{standing_words(reading)}"


def standing_words(reading: ClockReading) -> str:
    """The state of a clock with its figures."""
    state = clock_state_words(reading.state)
    due = f"应于 {moment_words(reading.due_at)} 前"
    if reading.left is not None:
        return f"{state}，{due}，还剩 {duration_words(reading.left)}"
    if reading.late is not None:
        still = "" if reading.stopped_at else "，尚未办结"
        return f"{state} {duration_words(reading.late)}，{due}{still}"
    if reading.state is ClockState.STOPPED:
        return f"{state}，{moment_words(reading.stopped_at)} 办结，{due}"
    if reading.state is ClockState.UNKNOWN:
        return f"{state}：county.toml 的 [office] 里没有办公时间 hours"
    if reading.due_at is not None:
        return f"{state}，{moment_words(reading.started_at)} 起算，{due}"
    return state


def duration_words(duration: timedelta) -> str:
    """A duration in days, hours and minutes, by the wall clock; never shown as nothing."""
    minutes = max(round(duration.total_seconds() / 60), 1)
    days, rest = divmod(minutes, 24 * 60)
    parts = ((days, "天"), (rest // 60, "小时"), (rest % 60, "分"))
    return "".join(f"{number}{unit}" for number, unit in parts if number)


def assumed_years_sentence(readings: Iterable[ClockReading]) -> str | None:
    """A warning where a year's holidays are not known; None where all are."""
    years = sorted({year for one in readings for year in one.assumed_years})
    if not years:
        return None
    named = "、".join(str(year) for year in years)
    return (
        f"{named} 年的放假安排还不知道，暂按周一至周五上班计算；"
        "请更新 chinesecalendar，或把放假和调休日写进县资料的 working_days.toml。"
    )

"""The tables [[clocks]] of a policy file: what is promised from which event to which."""

from __future__ import annotations

from neixiang_survey_plugin.core.calendar.counting import Count
from neixiang_survey_plugin.core.policy import CaseEvent, Clock
from neixiang_survey_plugin.io.policy_rules import CONFIDENCES
from neixiang_survey_plugin.io.policy_tiers import WAYS
from neixiang_survey_plugin.io.toml_table import TomlTable

_EVENTS = {event.value: event for event in CaseEvent}
_COUNTS = {count.value: count for count in Count}
_COURSE = ("start", "stop", "count")  # a clock has all three, or is a sentence without a figure
_SMALLEST_STEP = {Count.HALF_DAYS: 0.5, Count.DAY_COUNT: 1.0}


def read_clock(table: TomlTable) -> Clock:
    """One promise of time; every problem is kept in the table's list."""
    table.need("id", "text", "clause", "source", "confidence")
    clock = Clock(
        clock_id=table.text("id") or "",
        text=table.text("text") or "",
        clause=table.text("clause") or "",
        working_days=table.number("working_days", minimum=0.0),
        hours=table.number("hours", minimum=0.0),
        start=table.word("start", _EVENTS),
        stop=table.word("stop", _EVENTS),
        counts=table.words("count", _COUNTS),
        ways=frozenset(table.words("ways", WAYS)),
        source=table.text("source") or "",
        confidence=table.word("confidence", CONFIDENCES) or "",
    )
    table.close()
    _check_course(table, clock)
    for count in clock.counts:
        _check_amount(table, clock, count)
    return clock


def _check_course(table: TomlTable, clock: Clock) -> None:
    if any(key in table for key in (*_COURSE, "working_days", "hours")):
        table.need(*_COURSE)
    if clock.start is not None and clock.start is clock.stop:
        table.complain("stop", f"不应与 start 相同，现都为 {clock.start.value}")
    if "count" in table and table.plain()["count"] == []:
        table.complain("count", f"不能为空，可写 {'、'.join(_COUNTS)}")


def _check_amount(table: TomlTable, clock: Clock, count: Count) -> None:
    """A count has its own figure, in steps that it can tell apart."""
    key = "hours" if count is Count.HOURS else "working_days"
    amount = clock.hours if count is Count.HOURS else clock.working_days
    if amount is None:
        if key not in table:
            table.complain(key, f"count 写了 {count.value}，缺少这一项")
        return
    step = _SMALLEST_STEP.get(count)
    if step is not None and amount % step:
        table.complain(key, f"{count.value} 只数 {step:g} 个工作日的整倍数，现为 {amount:g}")
    if amount == 0 and count is not Count.DAY_COUNT:
        table.complain(key, f"按 {count.value} 计不能为 0")

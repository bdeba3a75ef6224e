"""The figures of a finding for the columns of a table: measured, limit, room that is left."""

from __future__ import annotations

from neixiang_survey_plugin.app.wording.figures import (
    LIMIT_UNITS,
    UNKNOWN_WORD,
    amount,
    difference,
    figure,
    limit_words,
    unit_words,
)
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome

_NO_FIGURE = "—"
_IN_WORDS = {
    "applicant": {Outcome.PASS: "属服务对象", Outcome.FAIL: "不属服务对象"},
    "in_force": {Outcome.FAIL: "未施行"},
    "utility": {Outcome.PASS: "属适用专业", Outcome.FAIL: "不属适用专业"},
}


def measured_words(finding: Finding) -> str:
    """The measured figure for a column: at least, where only a part is known."""
    if not finding.is_asked:
        return _NO_FIGURE
    if finding.unit in _IN_WORDS:
        states = _IN_WORDS[finding.unit]
        return states.get(finding.outcome, UNKNOWN_WORD)
    if finding.unit in ("road", "unit"):
        count = finding.measured
        return UNKNOWN_WORD if count is None else f"{count:.0f} {unit_words(finding.unit)}"
    if finding.measured is None:
        known = finding.at_least
        return f"{UNKNOWN_WORD}（已知 {beside_limit(finding, known)}）" if known else UNKNOWN_WORD
    error = f" ±{figure(finding.uncertainty)}" if finding.borderline else ""
    return f"{'≥ ' if is_part(finding) else ''}{beside_limit(finding, finding.measured)}{error}"


def limit_of_words(finding: Finding) -> str:
    """The limit for a column; a dash where the condition is no figure."""
    if finding.unit not in LIMIT_UNITS or finding.limit is None:
        return _NO_FIGURE
    return limit_words(finding.limit, finding.unit)


def margin_words(finding: Finding) -> str:
    """The room that is left or the excess, for a column."""
    if finding.unit not in LIMIT_UNITS or finding.limit is None:
        return _NO_FIGURE
    if not finding.is_asked:
        return _NO_FIGURE
    if finding.measured is None:
        return UNKNOWN_WORD
    word = "超" if finding.outcome is Outcome.FAIL else "余"
    part = "至少 " if is_part(finding) else " "
    return f"{word}{part}{difference(finding.measured, finding.limit, finding.unit)}"


def beside_limit(finding: Finding, value: float | None) -> str:
    """A figure of a finding, rounded beside its limit."""
    marks = () if finding.limit is None else (finding.limit,)
    return amount(value, finding.unit, *marks)


def is_part(finding: Finding) -> bool:
    """Whether the measured figure is only the known part of an unknown one."""
    return finding.at_least is not None and finding.measured is not None

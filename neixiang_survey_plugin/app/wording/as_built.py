"""A promise held against the line as built, clause by clause, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from neixiang_survey_plugin.app.wording.figures import UNKNOWN_WORD, amount, figure
from neixiang_survey_plugin.core.measuring.measures import Point
from neixiang_survey_plugin.core.obligations import PromiseClause, PromiseKind
from neixiang_survey_plugin.core.supervision.as_built import ClauseOutcome, ClauseResult, NotHeld
from neixiang_survey_plugin.core.supervision.promises import Promise, roads_of
from neixiang_survey_plugin.core.supervision.words import CLAUSE_OUTCOME
from neixiang_survey_plugin.core.vocabulary import chinese_word

_MARKS = {ClauseOutcome.KEPT: "✓", ClauseOutcome.BROKEN: "✗", ClauseOutcome.NOT_JUDGED: "?"}
_REASONS = {
    NotHeld.NOT_PROMISED: "没有承诺的数值可比",
    NotHeld.NOT_MEASURED: "资料不足，量不出；请先补齐图层或外线资料",
    NotHeld.NO_DATES: "竣工资料没有开工、完工日期；请在 built_from、built_to 中填写",
    NotHeld.NOT_INSPECTED: "须现场查验",
}


def clause_outcome_words(outcome: ClauseOutcome) -> str:
    """Kept, broken or not judged, as a mark and a word."""
    return f"{_MARKS[outcome]} {chinese_word(CLAUSE_OUTCOME, outcome.value)}"


def promised_words(result: ClauseResult) -> str:
    """What a clause promised."""
    if result.kind is PromiseKind.PERIOD:
        return _days(result.promised_days)
    if result.kind is PromiseKind.POSITION:
        return f"偏离 ≤ {amount(result.tolerance, 'm')}" if result.tolerance is not None else ""
    return "" if result.unit is None else amount(result.promised, result.unit)


def promised_value_words(kind: PromiseKind | None, promise: Promise) -> str:
    """What a promise says of one clause, for a sheet that is filled in by hand."""
    if kind is PromiseKind.PERIOD:
        return _days((promise.works_from, promise.works_to))
    if kind is PromiseKind.ROADS:
        return "、".join(sorted(roads_of(promise))) or "不触及道路"
    value, unit = {
        PromiseKind.LENGTH: (promise.length_m, "m"),
        PromiseKind.CROSSING: (promise.crossing_m, "m"),
        PromiseKind.GREEN: (promise.green_m2, "m2"),
    }.get(kind or PromiseKind.POSITION, (None, ""))
    return amount(value, unit) if unit else ""


def built_words(result: ClauseResult) -> str:
    """What was built, or found."""
    if result.kind is PromiseKind.PERIOD:
        return _days(result.days)
    if result.kind is PromiseKind.ROADS and result.ids:
        return "另触及 " + "、".join(result.ids)
    return "" if result.unit is None else amount(result.built, result.unit, *_marks(result))


def evidence_words(result: ClauseResult) -> str:
    """Why the outcome is what it is, and where."""
    said = [result.found] if result.found else []
    if result.reason is not None:
        said.append(_REASONS[result.reason])
    if result.outcome is ClauseOutcome.BROKEN and result.unit is not None:
        said.append(_excess(result, "超过"))
    if result.kind is not PromiseKind.POSITION and _shows_more(result):
        said.append("△ " + _excess(result, "不超过"))
    if result.outcome is ClauseOutcome.BROKEN and result.at is not None:
        said.append(_place(result.at))
    return "；".join(said)


def broken_sentence(route_id: str, clauses: Iterable[tuple[ClauseResult, PromiseClause]]) -> str:
    """Which promises of a line were broken, each with its clause; that none was, if so."""
    listed = "；".join(
        f"“{clause.text}”（{clause.clause}）{built_words(result)}" for result, clause in clauses
    )
    return (
        f"外线 {route_id} 违反承诺：{listed}。" if listed else f"外线 {route_id} 未发现违反承诺。"
    )


def _excess(result: ClauseResult, beside: str) -> str:
    if result.built is None or result.promised is None or result.unit is None:
        return ""
    over = amount(result.built - result.promised, result.unit)
    tolerance = amount(result.tolerance, result.unit)
    verb = "偏离" if result.kind is PromiseKind.POSITION else "多出"
    return f"{verb} {over}，{beside}量测误差 {tolerance}"


def _marks(result: ClauseResult) -> tuple[float, ...]:
    if result.promised is None:
        return ()
    return (result.promised + (result.tolerance or 0.0),)


def _shows_more(result: ClauseResult) -> bool:
    """Whether what was built within the error shows as more than was promised."""
    return result.within_tolerance and figure(result.built) != figure(result.promised)


def _days(days: tuple[date | None, date | None]) -> str:
    begin, end = (UNKNOWN_WORD if day is None else day.isoformat() for day in days)
    return f"{begin} 至 {end}" if days != (None, None) else ""


def _place(point: Point) -> str:
    """Survey files write north first, as X."""
    return f"X {point[1]:.2f} Y {point[0]:.2f}"

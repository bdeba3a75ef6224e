"""What waits today, as tables: who has to do what, for which case, until when."""

from __future__ import annotations

from datetime import date, datetime

from neixiang_survey_plugin.app.agenda.sections import Cell, Section, Word
from neixiang_survey_plugin.app.agenda.today import Agenda
from neixiang_survey_plugin.app.wording.clocks import clock_state_words, promise_words
from neixiang_survey_plugin.app.wording.columns import limit_of_words, measured_words
from neixiang_survey_plugin.app.wording.findings import rule_words
from neixiang_survey_plugin.app.wording.inspections import (
    inspection_kind_words,
    proposal_words,
    rectification_words,
)
from neixiang_survey_plugin.app.wording.supervision import changed_words
from neixiang_survey_plugin.app.wording.words import matter_words, utility_words
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.judging.approvals import Matter

_CASE, _UTILITY, _UNIT = ("case_id", "案件"), ("utility", "专业"), ("unit", "单位")


def agenda_sections(agenda: Agenda, county: County) -> tuple[Section, ...]:
    """Every part of an agenda as a table; one in which nothing waits has no rows."""
    return (
        _due(agenda, county),
        _opinions(agenda),
        _decisions(agenda, county),
        _to_tape(agenda, county),
        _inspections(agenda, county),
        _rectifications(agenda, county),
        _outdated(agenda, county),
        _proposals(agenda, county),
    )


def unit_cell(unit_id: str | None, county: County) -> Word:
    """A unit by its name."""
    names = {one.unit_id: one.name for one in county.units}
    return Word(unit_id, names.get(unit_id or "", unit_id or ""))


def utility_cell(utility: str | None) -> Word:
    """A utility by its name."""
    return Word(utility, "" if utility is None else utility_words(utility))


def _due(agenda: Agenda, county: County) -> Section:
    columns = (_CASE, _UTILITY, _UNIT, ("due_at", "到期"), ("state", "状态"), ("promise", "时限"))
    rows = [
        (
            one.case_id,
            utility_cell(one.reading.utility),
            unit_cell(one.unit, county),
            local_moment(one.reading.due_at),
            Word(one.reading.state.value, clock_state_words(one.reading.state)),
            Word(
                one.reading.clock.clock_id,
                promise_words(one.reading.clock, one.reading.count),
            ),
        )
        for one in agenda.due
    ]
    return Section("due", "到期", columns, rows)


def _opinions(agenda: Agenda) -> Section:
    columns = (_CASE, ("who", "谁"), ("since", "踏勘时间"))
    rows = [(one.case_id, one.who, one.since) for one in agenda.opinions]
    return Section("opinions", "待意见", columns, rows)


def _decisions(agenda: Agenda, county: County) -> Section:
    columns = (
        *(_CASE, _UTILITY, _UNIT, ("matter", "事项")),
        *(("department", "部门"), ("received_at", "收件")),
    )
    rows = [
        (
            one.case_id,
            utility_cell(one.decision.utility),
            unit_cell(one.unit, county),
            _matter(one.decision.matter),
            one.decision.department,
            one.decision.received_at,
        )
        for one in agenda.decisions
    ]
    return Section("decisions", "待审批", columns, rows)


def _to_tape(agenda: Agenda, county: County) -> Section:
    columns = (
        *(_CASE, _UNIT, ("rule", "条件"), ("measured", "图上量得"), ("limit", "限值")),
        ("objects", "须实测（外线@道路或绿地）"),
    )
    rules = {rule.rule_id: rule for rule in county.policy.known_rules}
    rows = [
        (
            one.case_id,
            unit_cell(one.unit, county),
            Word(one.finding.rule, rule_words(rules.get(one.finding.rule))),
            Word(one.finding.measured, measured_words(one.finding)),
            Word(one.finding.limit, limit_of_words(one.finding)),
            Word(one.objects, "、".join(one.objects)),
        )
        for one in agenda.to_tape
    ]
    return Section("to_tape", "待实测", columns, rows)


def _inspections(agenda: Agenda, county: County) -> Section:
    columns = (
        *(_CASE, _UTILITY, ("department", "部门"), ("kind", "方式")),
        *(("due_on", "应于"), ("overdue", "逾期"), ("standard", "标准")),
    )
    day = agenda.at.date()
    rows = [
        (
            one.case_id,
            utility_cell(one.utility),
            Word(one.matter, county.departments[one.matter].name),
            Word(one.kind.value, inspection_kind_words(one.kind)),
            one.due_on,
            _late(one.due_on, day),
            one.standard,
        )
        for one in agenda.inspections
    ]
    return Section("inspections", "待查验", columns, rows)


def _rectifications(agenda: Agenda, county: County) -> Section:
    columns = (
        *(_CASE, _UNIT, ("department", "责令部门"), ("what", "整改内容")),
        *(("due_on", "期限"), ("overdue", "逾期")),
    )
    day = agenda.at.date()
    rows = [
        (
            one.case_id,
            unit_cell(one.unit, county),
            one.department,
            one.what,
            one.due_on,
            _late(one.due_on, day),
        )
        for one in agenda.rectifications
    ]
    return Section("rectifications", "待整改", columns, rows)


def _outdated(agenda: Agenda, county: County) -> Section:
    columns = (_CASE, _UTILITY, _UNIT, ("issued_at", "出件"), ("changed", "什么变了"))
    rows = [
        (
            one.packet.case_id,
            utility_cell(one.packet.utility),
            unit_cell(unit, county),
            one.packet.issued_at,
            Word(tuple(what.value for what in one.changed), changed_words(one)),
        )
        for one, unit in agenda.outdated
    ]
    return Section("outdated", "过时的资料包", columns, rows)


def _proposals(agenda: Agenda, county: County) -> Section:
    columns = (_UNIT, ("proposal", "建议"), ("because", "依据"))
    rows: list[tuple[Cell, ...]] = [
        (
            unit_cell(one.unit, county),
            Word(one.kind.value, proposal_words(one.kind)),
            "；".join(rectification_words(late) for late in one.overdue),
        )
        for one in agenda.proposals
    ]
    return Section("proposals", "建议（由部门决定）", columns, rows)


def local_moment(moment: datetime | None) -> datetime | None:
    """A moment of China's time as it is written down: without a zone."""
    return None if moment is None else moment.replace(tzinfo=None)


def _matter(matter: Matter | None) -> Word:
    return Word(None, "") if matter is None else Word(matter.value, matter_words(matter))


def _late(due_on: date | None, day: date) -> Word:
    late = due_on is not None and due_on < day
    return Word(late, "✗ 逾期" if late else "")

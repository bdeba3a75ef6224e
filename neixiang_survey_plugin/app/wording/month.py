"""A month's report as tables: the figures first, then what they are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from neixiang_survey_plugin.app.agenda.month import MonthReport
from neixiang_survey_plugin.app.agenda.sections import Cell, Section, Word
from neixiang_survey_plugin.app.wording.agenda import local_moment, unit_cell, utility_cell
from neixiang_survey_plugin.app.wording.clocks import promise_words
from neixiang_survey_plugin.app.wording.conflicts import conflict_kind_words
from neixiang_survey_plugin.app.wording.inspections import (
    inspection_kind_words,
    rectification_words,
)
from neixiang_survey_plugin.app.wording.words import layer_words, way_words
from neixiang_survey_plugin.core.conflicts.conflict import ConflictKind
from neixiang_survey_plugin.core.conflicts.settlement import Settled
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.supervision.reopening import Opening

_CASE, _UTILITY, _UNIT = ("case_id", "案件"), ("utility", "专业"), ("unit", "单位")
_SETTLED = {
    Settled.MOVED: "已移位",
    Settled.DEEPER: "已加深",
    Settled.PROTECTED: "已采取防护措施",
    Settled.ACCEPTED: "已同意",
    Settled.NOT_A_CONFLICT: "不是冲突",
}


def month_sections(report: MonthReport, county: County) -> tuple[Section, ...]:
    """Every part of a month's report as a table, the figures first."""
    return (
        Section("figures", "数字", (("figure", "项目"), ("count", "数")), tuple(_figures(report))),
        _packets(report),
        _breaches(report),
        _reopenings(report),
        _settlements(report),
        _suspensions(report, county),
        _inspections(report, county),
    )


def _figures(report: MonthReport) -> Iterator[tuple[Cell, ...]]:
    ways = Counter(one.way for one in report.packets)
    yield Word("commitments", "告知承诺制资料包"), ways[Way.COMMITMENT]
    for way in (Way.JOINT, Way.JOINT_GOVERNMENT, Way.FILING, Way.EXEMPT, Way.UNDETERMINED):
        if ways[way]:
            yield Word(way.value, f"{way_words(way)}资料包"), ways[way]
    certain = sum(one.certain for one in report.breaches)
    yield Word("breaches", "时限超时（按每种计法）"), certain
    yield Word("breaches_by_some_count", "时限超时（只按某种计法）"), len(report.breaches) - certain
    yield Word("streets_opened_twice", "重复开挖的道路"), len(report.reopenings)
    yield (
        Word("conflicts_resolved", "处理完的管线冲突"),
        (len(report.settlements) + len(report.fallen_away)),
    )
    imposed = sum(one.imposed for one in report.suspensions)
    yield Word("suspensions_imposed", "本月作出的暂停"), imposed
    yield (
        Word("suspensions_lifted", "本月恢复的单位"),
        sum(one.lifted for one in report.suspensions),
    )
    in_force = {one.record.unit_id for one in report.suspensions if one.in_force_at_end}
    yield Word("units_suspended_at_end", "月末在暂停期的单位"), len(in_force)
    yield Word("inspections", "查验"), len(report.inspections)
    broken = sum(one.broken > 0 for one in report.inspections)
    yield Word("inspections_with_broken_promises", "发现违反承诺的查验"), broken
    yield Word("rectifications_overdue", "逾期未整改"), len(report.overdue)


def _packets(report: MonthReport) -> Section:
    columns = (_CASE, _UTILITY, ("way", "方式"), ("issued_at", "出件"), ("issued_by", "出件人"))
    rows = [
        (
            one.case_id,
            utility_cell(one.utility),
            Word(None, "") if one.way is None else Word(one.way.value, way_words(one.way)),
            one.issued_at,
            one.issued_by,
        )
        for one in report.packets
    ]
    return Section("packets", "资料包", columns, rows)


def _breaches(report: MonthReport) -> Section:
    columns = (
        *(_CASE, _UTILITY, ("promise", "时限"), ("due_at", "到期")),
        *(("stopped_at", "办结"), ("certain", "按每种计法")),
    )
    rows = [
        (
            one.case_id,
            utility_cell(one.reading.utility),
            Word(one.reading.clock.clock_id, promise_words(one.reading.clock, one.reading.count)),
            local_moment(one.reading.due_at),
            local_moment(one.reading.stopped_at),
            Word(one.certain, "都超时" if one.certain else "不都超时"),
        )
        for one in report.breaches
    ]
    return Section("breaches", "超时", columns, rows)


def _reopenings(report: MonthReport) -> Section:
    columns = (
        *(("road_id", "道路编号"), ("road", "道路"), ("before", "上一次"), ("after", "这一次")),
        *(("days_between", "相隔天数"), ("built", "依据")),
    )
    rows = [
        (
            one.after.road_id,
            one.after.name,
            Word(one.before.route_ids, _opening(one.before)),
            Word(one.after.route_ids, _opening(one.after)),
            one.days_between,
            _basis(one.before.built and one.after.built),
        )
        for one in report.reopenings
    ]
    return Section("streets_opened_twice", "重复开挖", columns, rows)


def _settlements(report: MonthReport) -> Section:
    columns = (
        *(("route_id", "外线"), ("other", "对象"), ("kind", "内容"), ("outcome", "结果")),
        *(("reason", "措施或依据"), ("settled_by", "处理人"), ("settled_on", "日期")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.route_id,
            Word(one.other_id, f"{layer_words(one.other_layer or '')} {one.other_id}"),
            Word(None, "") if one.kind is None else _kind(one.kind),
            Word(None, "")
            if one.outcome is None
            else Word(one.outcome.value, _SETTLED[one.outcome]),
            one.reason,
            one.settled_by,
            one.settled_on,
        )
        for one in report.settlements
    ]
    rows += [
        (
            one.a,
            Word(one.b, f"{layer_words(one.b_layer)} {one.b}"),
            _kind(one.kind),
            Word("line_changed", "改线后不再有"),
            *(None, None, None),
        )
        for one in report.fallen_away
    ]
    return Section("conflicts_resolved", "冲突处理", columns, rows)


def _suspensions(report: MonthReport, county: County) -> Section:
    columns = (
        *(_UNIT, ("imposed_on", "暂停自"), ("imposed_by", "作出部门"), ("reason", "理由")),
        *(("rectified_on", "整改完成"), ("lifted_on", "恢复"), ("in_force_at_end", "月末")),
    )
    rows = [
        (
            unit_cell(one.record.unit_id, county),
            one.record.imposed_on,
            one.record.imposed_by,
            one.record.reason,
            one.record.rectified_on,
            one.lifted_on,
            Word(one.in_force_at_end, "在暂停期" if one.in_force_at_end else "已恢复"),
        )
        for one in report.suspensions
    ]
    return Section("suspensions", "暂停", columns, rows)


def _inspections(report: MonthReport, county: County) -> Section:
    columns = (
        *(_CASE, _UTILITY, _UNIT, ("department", "部门"), ("kind", "方式")),
        *(("inspected_on", "日期"), ("broken", "违反承诺"), ("ordered", "责令整改")),
    )
    rows = [
        (
            one.inspection.case_id,
            utility_cell(one.inspection.utility),
            unit_cell(one.inspection.unit, county),
            one.inspection.department,
            Word(
                None if one.inspection.kind is None else one.inspection.kind.value,
                inspection_kind_words(one.inspection.kind),
            ),
            one.inspection.inspected_on,
            one.broken,
            "；".join(rectification_words(order) for order in one.ordered),
        )
        for one in report.inspections
    ]
    return Section("inspections", "查验", columns, rows)


def _opening(one: Opening) -> str:
    return f"{'、'.join(one.route_ids)}，{one.begins} 至 {one.ends}"


def _basis(built: bool) -> Word:
    return Word(built, "竣工" if built else "含计划工期")


def _kind(kind: ConflictKind) -> Word:
    return Word(kind.value, conflict_kind_words(kind))

"""Cases on the screen: one row a case, or everything about one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.casework.listing import Listed
from neixiang_survey_plugin.core.casework.case import Service
from neixiang_survey_plugin.core.casework.clocks import ClockReading
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import missing_for, next_states
from neixiang_survey_plugin.core.casework.works import works_permission
from neixiang_survey_plugin.core.county import County

Cells = Iterable[str]


def print_cases(cases: Sequence[Listed], console: Console) -> None:
    """One row a case: who, in which state, what its lines were judged, what is due first."""
    if not cases:
        console.print("没有这样的案件。")
        return
    rows = []
    for one in cases:
        case, due = one.dossier.case, one.next_due
        ways = dict.fromkeys(
            wording.way_words(way) for service in one.dossier.services if (way := service.way)
        )
        utilities = dict.fromkeys(
            wording.service_utility_words(service.utility) for service in one.dossier.services
        )
        rows.append(
            (
                case.case_id,
                case.applicant_name or "—",
                "、".join(utilities),
                wording.state_words(case.state),
                "；".join(ways) or "—",
                "—" if due is None else wording.clock_sentence(due),
            )
        )
    _print_table("案件", ("案件", "申请人", "服务", "状态", "办理方式", "最先到期"), rows, console)
    _warn([clock for one in cases for clock in one.clocks], console)


def print_case(
    dossier: Dossier, clocks: Sequence[ClockReading], county: County, console: Console
) -> None:
    """Everything about one case: services, decisions, survey, clocks, history, what comes next."""
    case, units = dossier.case, {one.unit_id: one.name for one in county.units}
    console.print(
        f"[bold]案件 {escape(case.case_id)}[/bold]  {escape(case.applicant_name or '')}"
        f"  {wording.state_words(case.state)}"
    )
    for title, text in _facts(dossier, units):
        console.print(f"{title}：{escape(text)}", soft_wrap=True)
    _print_table(
        "服务",
        ("服务", "单位", "外线", "判定", "办理方式", "施工"),
        _services(dossier, units),
        console,
    )
    _print_table(
        "审批", ("事项", "告知", "收到", "结果", "文号", "条件"), _decisions(dossier), console
    )
    _print_table("踏勘意见", ("单位", "意见", "条件或理由", "时间"), _opinions(dossier), console)
    _print_table("时限", ("承诺", "计法", "专业", "现状"), _clocks(clocks), console)
    _print_table("经过", ("时间", "状态", "办理", "经办人", "理由"), _history(dossier), console)
    print_next(dossier, console)
    _warn(clocks, console)


def print_next(dossier: Dossier, console: Console) -> None:
    """Where the case may go from here, and what is missing for each step."""
    for state in next_states(dossier):
        lacks = (wording.lack_words(one, dossier.case) for one in missing_for(dossier, state))
        line = f"→ {wording.state_words(state)}：{'；'.join(lacks) or '可以办理'}"
        console.print(escape(line), soft_wrap=True)


def _facts(dossier: Dossier, units: dict[str, str]) -> Iterable[tuple[str, str]]:
    case = dossier.case
    received = (wording.moment_words(case.received_at), case.received_by)
    facts = (
        ("项目", " ".join(filter(None, (case.project_name, case.address)))),
        ("受理", " ".join(filter(None, received))),
        ("首办", case.first_received_by or ""),
        ("首发单位", units.get(case.lead_unit or "", case.lead_unit or "")),
        ("约定接入", wording.moment_words(case.agreed_access_at)),
        ("抢修", "先行破路" if case.emergency else ""),
        ("踏勘", "；".join(wording.moment_words(one.surveyed_at) for one in dossier.surveys)),
        ("资料包", "；".join(_packet(one) for one in dossier.packets)),
        ("还缺踏勘意见", "、".join(dossier.waiting_for_opinions)),
    )
    return ((title, text) for title, text in facts if text)


def _packet(packet: PacketIssued) -> str:
    utility = wording.service_utility_words(packet.utility or "")
    return f"{utility} {wording.moment_words(packet.issued_at)} {(packet.sha256 or '')[:16]}"


def _services(dossier: Dossier, units: dict[str, str]) -> Iterable[Cells]:
    for one in dossier.services:
        chosen = f"（{one.chosen_by}：{one.chosen_reason}）" if one.chosen_way else ""
        works = wording.permission_words(works_permission(dossier, one)) if one.needs_line else ""
        yield (
            wording.service_line(one),
            units.get(one.unit or "", one.unit or "—"),
            "、".join(dossier.routes.get(one.utility, ())) if one.needs_line else "不需外线",
            _verdict(one),
            (wording.way_words(one.way) if one.way else "—") + chosen,
            works
            if one.access_done_at is None
            else f"已接入 {wording.moment_words(one.access_done_at)}",
        )


def _verdict(service: Service) -> str:
    """The verdict, with the triangle of what is borderline."""
    if service.verdict is None:
        return "—"
    return wording.way_words(service.verdict) + (" △" if service.borderline else "")


def _decisions(dossier: Dossier) -> Iterable[Cells]:
    for one in dossier.decisions:
        yield (
            wording.decision_words(one),
            wording.moment_words(one.notified_at),
            wording.moment_words(one.received_at),
            " ".join(
                filter(
                    None,
                    (
                        wording.decision_outcome_words(one.outcome),
                        wording.moment_words(one.decided_at),
                    ),
                )
            ),
            one.document_number or "",
            one.conditions or "",
        )


def _opinions(dossier: Dossier) -> Iterable[Cells]:
    for one in dossier.opinions:
        yield (
            one.unit or "",
            wording.opinion_words(one.opinion) if one.opinion else "",
            one.conditions or one.reason or "",
            wording.moment_words(one.given_at),
        )


def _clocks(clocks: Iterable[ClockReading]) -> Iterable[Cells]:
    for one in clocks:
        yield (
            one.clock.text,
            wording.promise_words(one.clock, one.count),
            wording.service_utility_words(one.utility) if one.utility else "",
            wording.standing_words(one),
        )


def _history(dossier: Dossier) -> Iterable[Cells]:
    for one in dossier.changes:
        yield (
            wording.moment_words(one.changed_at),
            wording.state_words(one.to_state),
            wording.move_words(one.move),
            one.changed_by or "",
            one.reason or "",
        )


def _print_table(
    title: str, columns: Sequence[str], rows: Iterable[Cells], console: Console
) -> None:
    """A table with its title; nothing where there are no rows."""
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left")
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    if table.row_count:
        console.print(table)


def _warn(clocks: Sequence[ClockReading], console: Console) -> None:
    sentence = wording.assumed_years_sentence(clocks)
    if sentence is not None:
        console.print(f"⚠ {escape(sentence)}", soft_wrap=True)

"""The life of a case in words: states, services, decisions, and what stands against a move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from neixiang_survey_plugin.app.wording.figures import UNKNOWN_WORD, trimmed
from neixiang_survey_plugin.app.wording.words import matter_words, utility_words, way_words
from neixiang_survey_plugin.core.casework.case import (
    Case,
    Move,
    Service,
    ServiceKind,
    State,
    StateChange,
)
from neixiang_survey_plugin.core.casework.conditions import Condition, Lack
from neixiang_survey_plugin.core.casework.decision import Decision, DecisionOutcome
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import OpinionKind
from neixiang_survey_plugin.core.casework.transitions import Fault, Refusal, next_states
from neixiang_survey_plugin.core.casework.ways import WayFault
from neixiang_survey_plugin.core.casework.words import (
    DECISION_OUTCOME,
    NEEDED_FOR,
    OPINION,
    SERVICE_KIND,
    STATE,
)
from neixiang_survey_plugin.core.casework.works import Hindrance, WorksPermission
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.vocabulary import UTILITY, chinese_word

_MOVES = {
    Move.OPENED: "建立",
    Move.FORWARD: "办理",
    Move.BACK: "退回",
    Move.REGISTERED_LATE: "补登受理",
    Move.WITHDRAWN: "撤回",
}
ISSUED_AGAIN = "重新出资料包"
_HINDRANCES = {
    Hindrance.NOT_JUDGED: "外线还没有判定",
    Hindrance.NO_WAY: "没有可走的办理方式",
    Hindrance.NO_PAPERS: "还没有向任何部门告知或申请",
    Hindrance.NOT_RECEIVED: "告知还没有回执",
    Hindrance.NOT_GRANTED: "审批还没有全部准予",
}
# The quantities that units ask for first, with their units.
_AMOUNTS = {
    "daily_water_t": "t/日",
    "power_kw": "kW",
    "power_kva": "kVA",
    "gas_m3_h": "m³/h",
    "heated_area_m2": "m²",
    "bandwidth_mbit_s": "Mbit/s",
}
_WAY_FAULTS = {
    WayFault.NOT_JUDGED: "还没有判定，先判定再选",
    WayFault.MILDER: "比判定宽，只能选更严的方式",
    WayFault.NO_WAY: "不是办理方式",
    WayFault.OUTSIDE: "本方案不适用，按一般程序另行办理",
    WayFault.NO_REASON: "须写明理由",
    WayFault.NOBODY: "须写明由谁决定",
}


def state_words(state: State) -> str:
    """A state in a few words."""
    return chinese_word(STATE, state.value)


def move_words(move: Move) -> str:
    """How a state came about."""
    return _MOVES[move]


def service_kind_words(kind: ServiceKind | None) -> str:
    """What is asked of a utility; 未知 where nobody said."""
    return UNKNOWN_WORD if kind is None else chinese_word(SERVICE_KIND, kind.value)


def decision_outcome_words(outcome: DecisionOutcome | None) -> str:
    """How a department decided; empty while it has not."""
    return "" if outcome is None else chinese_word(DECISION_OUTCOME, outcome.value)


def opinion_words(opinion: OpinionKind) -> str:
    """What a unit says."""
    return chinese_word(OPINION, opinion.value)


def moment_words(moment: datetime | None) -> str:
    """A moment to the minute, by the office's clock; empty where there is none."""
    return "" if moment is None else moment.strftime("%Y-%m-%d %H:%M")


def decision_words(decision: Decision) -> str:
    """One row: whose lines, which matter, which department."""
    utility = f"{service_utility_words(decision.utility)} " if decision.utility else ""
    matter = matter_words(decision.matter) if decision.matter else "事项未知"
    return f"{utility}{matter}（{decision.department or '部门未知'}）"


def service_utility_words(utility: str) -> str:
    """The utility of a service; what is none is said as it stands."""
    return utility_words(utility) if utility in UTILITY else utility or UNKNOWN_WORD


def permission_words(permission: WorksPermission) -> str:
    """Whether works on a line may start, and what they wait for."""
    if permission.hindrance is None:
        return "可以开工"
    waiting = "；".join(decision_words(one) for one in permission.waiting_for)
    return f"不得开工：{_HINDRANCES[permission.hindrance]}" + (f"：{waiting}" if waiting else "")


def way_fault_sentence(service: Service, way: Way, fault: WayFault) -> str:
    """Why a unit may not take a way."""
    name = service_utility_words(service.utility)
    verdict = f"（判定为{way_words(service.verdict)}）" if service.verdict else ""
    return f"{name}外线{verdict}不能改走{way_words(way)}：{_WAY_FAULTS[fault]}。"


def way_too_mild_sentence(service: Service, way: Way) -> str:
    """That works may not start on the way of the packet, since today's verdict is stricter."""
    name = service_utility_words(service.utility)
    today = way_words(service.verdict) if service.verdict else UNKNOWN_WORD
    return (
        f"案件 {service.case_id}：{name}外线按{way_words(way)}出了资料，今天判定为{today}，"
        "不得开工；请写明理由退回“已判定”，按今天的判定重新出资料。"
    )


def entrusted_words(entrusts: bool | None) -> str:
    """On whose behalf a unit applies for the permits of its customer's line (四(一))."""
    if entrusts:
        return "用户已在报装申请表中委托申请单位办理外线接入行政许可手续（四(一)）"
    return "由申请单位替用户办理外线接入行政许可手续（四(一)）"


def chosen_way_sentence(service: Service) -> str:
    """That a unit took a stricter way than its verdict, who decided it and why."""
    way = UNKNOWN_WORD if service.chosen_way is None else way_words(service.chosen_way)
    verdict = UNKNOWN_WORD if service.verdict is None else way_words(service.verdict)
    return (
        f"{service_utility_words(service.utility)}外线判定为{verdict}，单位选择更严的{way}"
        f"（{service.chosen_by}：{service.chosen_reason}）"
    )


def service_line(service: Service) -> str:
    """A service in a few words: which utility, what is asked, for what, how much."""
    needed = (
        "" if service.needed_for is None else chinese_word(NEEDED_FOR, service.needed_for.value)
    )
    asked = f"{service_utility_words(service.utility)} {service_kind_words(service.service_kind)}"
    amounts = "，".join(
        f"{trimmed(value)} {unit}"
        for name, unit in _AMOUNTS.items()
        if (value := getattr(service, name)) is not None
    )
    details = "，".join(part for part in (needed, amounts) if part)
    return f"{asked}（{details}）" if details else asked


def more_cases_sentence(shown: int, total: int) -> str:
    """That only the newest of many cases are listed, and how to see the others."""
    return (
        f"共 {total} 件，这里是最近的 {shown} 件；用 --state、--unit、--verdict、--due 缩小范围，"
        "或用 --all、--json 列出全部。"
    )


def more_rows_sentence(title: str, shown: int, total: int) -> str:
    """That only the first of many rows of a table are shown, and how to see the others."""
    return f"{title} 共 {total} 条，这里是最前的 {shown} 条；--all、--xlsx、--json 有全部。"


def nothing_to_record_sentence(dossier: Dossier) -> str:
    """That neither a move nor anything new was asked for."""
    return (
        f"案件 {dossier.case.case_id}：没有写要转到的状态（--to），也没有新的内容要记；"
        "--set、--service、--way、--sheet 可以只记不转。"
    )


def advanced_sentence(dossier: Dossier, change: StateChange | None, target: State | None) -> str:
    """Where a case is after a move, or what was recorded and what it still waits for."""
    case_id = dossier.case.case_id
    if target is None:
        return f"案件 {case_id}：已记下，状态仍为“{state_words(dossier.case.state)}”。"
    if change is None:
        waiting = (one for one in dossier.services if one.access_done_at is None)
        return f"案件 {case_id}：已记下接入时间；{_utilities(waiting)}还没有接入。"
    if change.move is Move.REGISTERED_LATE:
        return f"案件 {case_id}：已补登受理，状态仍为“{state_words(dossier.case.state)}”。"
    ways = "；".join(
        f"{service_utility_words(one.utility)} {way_words(one.way)}"
        for one in dossier.with_lines
        if one.way is not None and target in (State.JUDGED, State.PACKET_ISSUED)
    )
    now = f"案件 {case_id}：{move_words(change.move)}，现为“{state_words(dossier.case.state)}”"
    return f"{now}。{ways}。" if ways else f"{now}。"


def refusal_sentence(refusal: Refusal, dossier: Dossier) -> str:
    """In one sentence what stands against a move, or everything that is missing for it."""
    case = dossier.case
    if refusal.fault is not None:
        return f"案件 {case.case_id}：{_FAULTS[refusal.fault](refusal, dossier)}。"
    lacks = "；".join(lack_words(lack, case) for lack in refusal.lacks)
    return f"案件 {case.case_id} 还不能转为“{state_words(refusal.target)}”：{lacks}。"


def lack_words(lack: Lack, case: Case) -> str:
    """What is missing, and the way out, as a part of a sentence."""
    return _LACKS[lack.condition](lack, case)


def _no_such_step(refusal: Refusal, dossier: Dossier) -> str:
    open_to = "、".join(f"“{state_words(one)}”" for one in next_states(dossier))
    way_out = f"可转为{open_to}" if open_to else "案件已办结，只能写明理由退回"
    here, there = state_words(refusal.state), state_words(refusal.target)
    return f"现为“{here}”，不能直接转为“{there}”；{way_out}"


_FAULTS: Mapping[Fault, Callable[[Refusal, Dossier], str]] = {
    Fault.NO_SUCH_STEP: _no_such_step,
    Fault.ALREADY_THERE: lambda refusal, _: f"已经是“{state_words(refusal.target)}”",
    Fault.NEVER_THERE: lambda refusal, _: (
        f"从未到过“{state_words(refusal.target)}”，不能退回到那里"
    ),
    Fault.NO_REASON: lambda *_: "退回或撤回须用 --reason 写明理由",
    Fault.NOBODY: lambda *_: "须用 --by 写明经办人",
    Fault.BEFORE_THE_LAST: lambda refusal, _: (
        f"时间早于上一次办理（{moment_words(refusal.last_at)}），请核对 --at"
    ),
}


def _utilities(services: Iterable[Service]) -> str:
    return "、".join(dict.fromkeys(service_utility_words(one.utility) for one in services))


def _decisions(decisions: Iterable[Decision]) -> str:
    return "；".join(decision_words(one) for one in decisions)


def _matters(names: Iterable[str]) -> str:
    return "、".join(matter_words(Matter(name)) for name in names)


def _works(lack: Lack, _: Case) -> str:
    if lack.decisions:
        return f"还缺回执或准予：{_decisions(lack.decisions)}"
    return f"{_utilities(lack.services)}外线还没有判定，或还没有向部门告知、申请"


def _no_emergency(lack: Lack, case: Case) -> str:
    waits = f"，{_works(lack, case)}" if lack.services else ""
    return f"不是抢修案件，不能先行破路，须先转为“已告知”或“已批复”{waits}"


def _papers(lack: Lack, case: Case) -> str:
    if lack.names:
        return f"先行破路后还没有补办：{_matters(lack.names)}"
    return _works(lack, case)


def _failures(lack: Lack, _: Case) -> str:
    if not lack.names:
        return "还没有查与其他管线的冲突，出资料时查"
    return f"有 {lack.names[0]} 处不可放宽的冲突未处理，先改线，或用 conflict settle 记下依据"


def _line_is_needed(lack: Lack, case: Case) -> str:
    """What was skipped by a case whose lines have to be laid, or looked at."""
    if not lack.services:
        return "没有服务"
    if case.state is State.ACCESS_DONE:
        return f"{_utilities(lack.services)}外线还没有查验，先转为“{state_words(State.INSPECTED)}”"
    return f"{_utilities(lack.services)}需要外线，不能跳过定线和施工"


_LACKS: Mapping[Condition, Callable[[Lack, Case], str]] = {
    Condition.LINE_NEEDED: lambda *_: "没有需要外线的服务（更名、过户不经此步）",
    Condition.NO_LINE_NEEDED: lambda lack, case: _line_is_needed(lack, case),
    Condition.SURVEY_HELD: lambda *_: "缺联合踏勘记录（时间、参加人），用 --sheet 录入",
    Condition.ROUTES_DRAWN: lambda lack, case: (
        f"踏勘文件里没有 case_id 为 {case.case_id} 的{_utilities(lack.services)}外线，先画线"
    ),
    Condition.LINES_ASKED_FOR: lambda lack, _: (
        f"外线 {'、'.join(lack.names)} 没有对应的服务，用 --service 补上，或改它的 case_id"
    ),
    Condition.VERDICTS_KNOWN: lambda lack, _: f"{_utilities(lack.services)}外线还没有判定",
    Condition.WAYS_DECIDED: lambda lack, _: (
        f"{_utilities(lack.services)}外线资料不足或不适用本方案，没有可走的方式；补齐资料重新判定"
    ),
    Condition.READING_DECIDED: lambda lack, _: (
        f"{_utilities(lack.services)}外线的办理方式取决于读法，须用 --reading-by 写明由谁决定"
    ),
    Condition.TAPED: lambda lack, _: (
        f"{_utilities(lack.services)}外线临界，须现场实测并用 fact add 记下（对象写 外线@道路）"
    ),
    Condition.SURVEYED_TOGETHER: lambda lack, _: (
        f"{_utilities(lack.services)}外线须联合踏勘，缺踏勘记录，用 --sheet 录入"
    ),
    Condition.OPINIONS_GIVEN: lambda lack, _: f"还缺踏勘意见：{'、'.join(lack.names)}",
    Condition.NOBODY_DISAGREES: lambda lack, _: f"踏勘意见为不同意：{'、'.join(lack.names)}",
    Condition.NO_OPEN_FAILURE: _failures,
    Condition.PACKETS_ISSUED: lambda lack, _: (
        f"{_utilities(lack.services)}外线还没有出资料包，用 --out 写明文件夹"
    ),
    Condition.NO_APPROVAL_NEEDED: lambda lack, _: (
        f"{_utilities(lack.services)}外线须审批，应待全部准予后转为“{state_words(State.DECIDED)}”"
    ),
    Condition.APPROVAL_NEEDED: lambda *_: (
        f"各外线都不须审批，应转为“{state_words(State.NOTIFIED)}”"
    ),
    Condition.WORKS_MAY_START: _works,
    Condition.EMERGENCY: _no_emergency,
    Condition.DEPARTMENTS_TOLD: lambda lack, _: (
        f"抢修先行破路须同时通知：{_matters(lack.names)}，用 case decide 记下通知时间"
    ),
    Condition.APPLIED_FOR: lambda *_: "还没有受理（缺受理人、受理时间），先转为“已受理”",
    Condition.ACCESS_RECORDED: lambda lack, _: (
        f"{_utilities(lack.services)}还没有接入时间" if lack.services else "没有服务"
    ),
    Condition.INSPECTED: lambda lack, _: (
        f"{_utilities(lack.services)}外线还没有查验记录，用 inspect start 查验"
    ),
    Condition.RECTIFIED: lambda lack, _: f"还没有整改完成：{'、'.join(lack.names)}",
    Condition.PAPERS_COMPLETE: _papers,
}

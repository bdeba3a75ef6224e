"""The life of a case in words: states, services, decisions, and what stands against a move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from neixiang_survey_plugin.app.wording.figures import UNKNOWN_WORD
from neixiang_survey_plugin.app.wording.words import matter_words, utility_words, way_words
from neixiang_survey_plugin.core.casework.case import Case, Move, Service, ServiceKind, State
from neixiang_survey_plugin.core.casework.conditions import Condition, Lack
from neixiang_survey_plugin.core.casework.decision import Decision, DecisionOutcome
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import OpinionKind
from neixiang_survey_plugin.core.casework.transitions import Fault, Refusal, next_states
from neixiang_survey_plugin.core.casework.ways import WayFault
from neixiang_survey_plugin.core.casework.works import Hindrance, WorksPermission
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.vocabulary import UTILITY

_STATES = {
    State.INTENT: "意向登记",
    State.REGISTERED: "已受理",
    State.SURVEYED: "已踏勘",
    State.ROUTED: "已定线",
    State.JUDGED: "已判定",
    State.PACKET_ISSUED: "已出资料",
    State.NOTIFIED: "已告知",
    State.DECIDED: "已批复",
    State.IN_WORKS: "施工中",
    State.ACCESS_DONE: "已接入",
    State.INSPECTED: "已查验",
    State.CLOSED: "已办结",
}
_MOVES = {
    Move.OPENED: "建立",
    Move.FORWARD: "办理",
    Move.BACK: "退回",
    Move.REGISTERED_LATE: "补登受理",
    Move.WITHDRAWN: "撤回",
}
_KINDS = {
    ServiceKind.NEW: "新装",
    ServiceKind.EXPAND: "增容",
    ServiceKind.RENAME: "更名",
    ServiceKind.TRANSFER: "过户",
}
_OUTCOMES = {
    DecisionOutcome.GRANTED: "准予",
    DecisionOutcome.REFUSED: "不予",
    DecisionOutcome.RETURNED: "退回补正",
    DecisionOutcome.NOT_NEEDED: "不涉及",
}
_OPINIONS = {
    OpinionKind.AGREE: "同意",
    OpinionKind.AGREE_WITH_CONDITIONS: "有条件同意",
    OpinionKind.DISAGREE: "不同意",
}
_HINDRANCES = {
    Hindrance.NOT_JUDGED: "外线还没有判定",
    Hindrance.NO_WAY: "没有可走的办理方式",
    Hindrance.NO_PAPERS: "还没有向任何部门告知或申请",
    Hindrance.NOT_RECEIVED: "告知还没有回执",
    Hindrance.NOT_GRANTED: "审批还没有全部准予",
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
    return _STATES[state]


def move_words(move: Move) -> str:
    """How a state came about."""
    return _MOVES[move]


def service_kind_words(kind: ServiceKind | None) -> str:
    """What is asked of a utility; 未知 where nobody said."""
    return UNKNOWN_WORD if kind is None else _KINDS[kind]


def decision_outcome_words(outcome: DecisionOutcome | None) -> str:
    """How a department decided; empty while it has not."""
    return "" if outcome is None else _OUTCOMES[outcome]


def opinion_words(opinion: OpinionKind) -> str:
    """What a unit says."""
    return _OPINIONS[opinion]


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
    waiting = "、".join(decision_words(one) for one in permission.waiting_for)
    return f"不得开工：{_HINDRANCES[permission.hindrance]}" + (f"：{waiting}" if waiting else "")


def way_fault_sentence(service: Service, way: Way, fault: WayFault) -> str:
    """Why a unit may not take a way."""
    name = service_utility_words(service.utility)
    verdict = f"（判定为{way_words(service.verdict)}）" if service.verdict else ""
    return f"{name}外线{verdict}不能改走{way_words(way)}：{_WAY_FAULTS[fault]}。"


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
    return "、".join(decision_words(one) for one in decisions)


def _matters(names: Iterable[str]) -> str:
    return "、".join(matter_words(Matter(name)) for name in names)


def _works(lack: Lack, _: Case) -> str:
    if lack.decisions:
        return f"还缺回执或准予：{_decisions(lack.decisions)}"
    return f"{_utilities(lack.services)}外线还没有判定，或还没有向部门告知、申请"


def _papers(lack: Lack, case: Case) -> str:
    if lack.names:
        return f"先行破路后还没有补办：{_matters(lack.names)}"
    return _works(lack, case)


def _failures(lack: Lack, _: Case) -> str:
    if not lack.names:
        return "还没有查过与其他管线的冲突"
    return f"有 {lack.names[0]} 处不可放宽的冲突未解决，先改线"


_LACKS: Mapping[Condition, Callable[[Lack, Case], str]] = {
    Condition.LINE_NEEDED: lambda *_: "没有需要外线的服务（更名、过户不经此步）",
    Condition.NO_LINE_NEEDED: lambda lack, _: (
        f"{_utilities(lack.services)}需要外线，不能跳过定线和施工" if lack.services else "没有服务"
    ),
    Condition.SURVEY_HELD: lambda *_: "缺联合踏勘记录（时间、参加人），用 --sheet 录入",
    Condition.ROUTES_DRAWN: lambda lack, case: (
        f"踏勘文件里没有 case_id 为 {case.case_id} 的{_utilities(lack.services)}外线，先画线"
    ),
    Condition.VERDICTS_KNOWN: lambda lack, _: f"{_utilities(lack.services)}外线还没有判定",
    Condition.WAYS_DECIDED: lambda lack, _: (
        f"{_utilities(lack.services)}外线资料不足或不适用本方案，没有可走的方式；补齐资料重新判定"
    ),
    Condition.READING_DECIDED: lambda lack, _: (
        f"{_utilities(lack.services)}外线的办理方式取决于读法，须用 --reading-by 写明由谁决定"
    ),
    Condition.TAPED: lambda lack, _: (
        f"{_utilities(lack.services)}外线临界，须用 --taped 写明实测值、--by 写明量测人"
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
        f"{_utilities(lack.services)}外线须审批，应待全部准予后转为“{_STATES[State.DECIDED]}”"
    ),
    Condition.APPROVAL_NEEDED: lambda *_: f"各外线都不须审批，应转为“{_STATES[State.NOTIFIED]}”",
    Condition.WORKS_MAY_START: _works,
    Condition.EMERGENCY: lambda *_: "不是抢修案件，须先有告知回执或全部准予",
    Condition.DEPARTMENTS_TOLD: lambda lack, _: (
        f"抢修先行破路须同时通知：{_matters(lack.names)}，用 case decide 记下通知时间"
    ),
    Condition.APPLIED_FOR: lambda *_: "还没有受理（缺受理人、受理时间），先转为“已受理”",
    Condition.ACCESS_RECORDED: lambda lack, _: (
        f"{_utilities(lack.services)}还没有接入时间" if lack.services else "没有服务"
    ),
    Condition.PAPERS_COMPLETE: _papers,
}

"""Inspections in words: how somebody looked, what has to be put right, what may follow."""

from __future__ import annotations

from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.core.county import InspectionKind
from neixiang_survey_plugin.core.obligations import PromiseKind
from neixiang_survey_plugin.core.supervision.inspections import Rectification
from neixiang_survey_plugin.core.supervision.proposals import Proposal, ProposalKind
from neixiang_survey_plugin.core.supervision.words import INSPECTION, PROMISE
from neixiang_survey_plugin.core.vocabulary import chinese_word

_PROPOSALS = {
    ProposalKind.TALK: "建议约谈",
    ProposalKind.SUSPENSION: "建议暂停执行告知承诺制",
}


def inspection_kind_words(kind: InspectionKind | None) -> str:
    """How a department looked."""
    return "" if kind is None else chinese_word(INSPECTION, kind.value)


def clause_words(kind: PromiseKind | None) -> str:
    """A clause of the promise in a word."""
    return "" if kind is None else chinese_word(PROMISE, kind.value)


def condition_words(decision: Decision) -> str:
    """The condition of an approval, with who set it and where it is written."""
    who = "，".join(filter(None, (decision.department, decision.document_number)))
    return f"{decision.conditions}（{who}）" if who else f"{decision.conditions}"


def rectification_words(one: Rectification) -> str:
    """What has to be put right until when, and whether it was."""
    done = "未完成" if one.done_on is None else f"{one.done_on} 完成"
    return f"{one.what}（{one.ordered_on} 责令，{one.due_on} 前，{done}）"


def proposal_words(kind: ProposalKind) -> str:
    """What a department may want to do."""
    return _PROPOSALS[kind]


def proposal_sentence(proposal: Proposal) -> str:
    """What the record suggests, and on what; only a department decides."""
    days = "、".join(str(one.inspected_on) for one in proposal.inspections)
    late = "；".join(rectification_words(one) for one in proposal.overdue)
    return (
        f"单位 {proposal.unit}：{_PROPOSALS[proposal.kind]}。"
        f"连续 {len(proposal.inspections)} 次查验发现违反承诺（{days}），逾期未整改：{late}。"
        "由审批部门决定。"
    )

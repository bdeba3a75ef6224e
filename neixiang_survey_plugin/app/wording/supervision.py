"""What follows a commitment, in words: suspensions, what was built, what has to be put right."""

from __future__ import annotations

from neixiang_survey_plugin.app.wording.figures import day_words
from neixiang_survey_plugin.app.wording.words import utility_words
from neixiang_survey_plugin.core.supervision.packets import Changed, Outdated
from neixiang_survey_plugin.core.supervision.suspensions import (
    SuspensionRecord,
    lifted_on,
    served_until,
)

_CHANGED = {Changed.ROUTES: "外线", Changed.LAYERS: "周边图层或现场事实", Changed.RULES: "规则"}


def outdated_sentence(outdated: Outdated) -> str:
    """A packet that is no longer what it says, and what has changed since."""
    packet = outdated.packet
    utility = "" if packet.utility is None else utility_words(packet.utility)
    day = "" if packet.issued_at is None else f"（{packet.issued_at:%Y-%m-%d %H:%M} 出具）"
    changed = changed_words(outdated)
    return f"案件 {packet.case_id} {utility}的资料包{day}已过时：{changed}有变化；请重新出件。"


def changed_words(outdated: Outdated) -> str:
    """What has changed since a packet was issued."""
    return "、".join(_CHANGED[one] for one in outdated.changed)


def suspension_sentence(record: SuspensionRecord, months: int) -> str:
    """One suspension: who imposed it when and why, until when it runs, what is still missing."""
    imposed = f"自{day_words(record.imposed_on)}起暂停执行告知承诺制"
    by = "，".join(filter(None, (record.imposed_by, record.reason)))
    who = f"单位 {record.unit_id} {imposed}" + (f"（{by}）" if by else "")
    free = lifted_on(record, months)
    if free is None:
        until = day_words(served_until(record, months))
        return f"{who}；期满为{until}，整改未完成，不恢复。"
    return f"{who}；{day_words(record.rectified_on)}整改完成，自{day_words(free)}起恢复。"


def suspension_words(record: SuspensionRecord, months: int) -> str:
    """One suspension for the cell of a table: its days, who imposed it and why."""
    free = lifted_on(record, months)
    rectified = "整改未完成" if record.rectified_on is None else f"{record.rectified_on} 整改"
    parts = [f"{record.imposed_on} 起", f"{served_until(record, months)} 满期", rectified]
    parts += [] if free is None else [f"{free} 恢复"]
    by = "：".join(filter(None, (record.imposed_by, record.reason)))
    return "，".join(parts) + (f"（{by}）" if by else "")

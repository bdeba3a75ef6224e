"""What the merging asks, one sentence a conflict."""

from __future__ import annotations

from neixiang_survey_plugin.app.merge_questions import BOTH, Fact, MergeQuestion, Saying
from neixiang_survey_plugin.io.survey.merging.copy import LINES

_MOST_FACTS = 4


def question(asked: MergeQuestion) -> str:
    """Which thing, who says what in which file, and what to add to the command."""
    thing = "外线" if asked.table == LINES else "记录"
    versions = "；".join(_said(one) for one in asked.sayings)
    trouble = "几份文件各自用了这个名称，内容不同" if asked.same_name else "几份文件都改过"
    ways = " 或 ".join(f"--choose {asked.name}={answer}" for answer in asked.answers)
    meaning = f"（{BOTH}：不是同一个，都留下，后来的改名）" if asked.same_name else ""
    return f"{thing} {asked.name}：{trouble}（{versions}）；请加上 {ways}{meaning}"


def _said(saying: Saying) -> str:
    names = "、".join(f"{label} {name}" for label, name in saying.files)
    facts = "，".join(_fact(one) for one in saying.facts[:_MOST_FACTS])
    more = " 等" if len(saying.facts) > _MOST_FACTS else ""
    said = "已删除" if saying.removed else facts + more
    at = "" if saying.at is None else f" {saying.at[:16].replace('T', ' ')} (UTC)"
    return f"{names} {said}" + ("" if saying.who is None else f"，{saying.who}{at}")


def _fact(fact: Fact) -> str:
    if not fact.told:
        return f"{fact.name} 不同"
    if fact.name == "length_m":
        return "没有线形" if fact.value is None else f"线长 {fact.value:.2f} m"
    return f"{fact.name} 空" if fact.value is None else f"{fact.name}={str(fact.value)[:20]}"

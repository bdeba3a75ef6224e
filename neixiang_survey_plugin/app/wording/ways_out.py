"""What conflicts come from, what would settle them, and how they were followed up, in words."""

from __future__ import annotations

from collections.abc import Iterable

from neixiang_survey_plugin.app.wording.conflicts import (
    conflict_kind_words,
    conflict_other_words,
)
from neixiang_survey_plugin.app.wording.figures import UNKNOWN_WORD, day_words, few_named, figure
from neixiang_survey_plugin.app.wording.words import layer_words
from neixiang_survey_plugin.core.conflicts.conflict import (
    Conflict,
    ConflictOutcome,
    NotJudged,
    NotJudgedReason,
)
from neixiang_survey_plugin.core.conflicts.groups import ConflictGroup
from neixiang_survey_plugin.core.conflicts.settlement import (
    SETTLED_WORDS,
    FollowedConflicts,
    Settlement,
)
from neixiang_survey_plugin.core.vocabulary import (
    OBSTACLE_KIND,
    PIPELINE_UTILITY,
    SURFACE_KIND,
    Words,
    chinese_word,
)

_FACTS = {
    "cover_m": ("埋深", "开探坑查明"),
    "diameter_mm": ("管径", "查竣工资料或开探坑"),
    "pressure_class": ("压力级制", "向燃气企业查明"),
    "voltage_kv": ("电压等级", "向供电企业查明"),
    "laying": ("敷设方式", "查竣工资料或开井查看"),
    "utility": ("管线种类", "查竣工资料或开井查看"),
    "kind": ("种类", "现场查看"),
    "surface_kind": ("路面种类", "现场查看"),
}
_SIDES = {"left": "左", "right": "右"}
_SORTS: dict[str, Words] = {
    "routes": PIPELINE_UTILITY,
    "pipelines": PIPELINE_UTILITY,
    "obstacles": OBSTACLE_KIND,
    "surfaces": SURFACE_KIND,
}


def cause_words(group: ConflictGroup) -> str:
    """What a group of conflicts comes from."""
    cause = group.cause
    if cause.fact is not None:
        name, _ = _fact(cause.fact)
        what = "外线" if cause.layer == "routes" else layer_words(cause.layer)
        return f"{what} {cause.object_id} 的{name}未知"
    kind = "" if cause.kind is None else conflict_kind_words(cause.kind)
    if len(group.conflicts) == 1:
        return f"{cause.object_id} 与{conflict_other_words(group.conflicts[0])}：{kind}"
    words = _SORTS.get(cause.b_layer or "")
    known = words is not None and cause.b_word in words
    sort = chinese_word(words, cause.b_word) if words and known and cause.b_word else ""
    what = layer_words(cause.b_layer or "") if cause.b_layer != "routes" else "外线"
    return f"{cause.object_id} 与{what}{f'（{sort}）' if sort else ''}：{kind}"


def way_out_words(conflict: Conflict) -> str:
    """What would settle a conflict: who moves how far and which way, how deep, or what to learn."""
    if conflict.missing:
        found = dict.fromkeys(_fact(one.rpartition(".")[2]) for one in conflict.missing)
        return "；".join(f"{way}{name}" for name, way in found)
    ways = []
    if conflict.move_m is not None and conflict.side is not None:
        ways.append(f"{conflict.a} 向{_SIDES[conflict.side]}移 {figure(conflict.move_m)} m")
    if conflict.deeper_m is not None:
        ways.append(f"{conflict.a} 加深 {figure(conflict.deeper_m)} m")
    if conflict.yields is None:
        ways.append("由双方商定谁让")
    if conflict.outcome is ConflictOutcome.WAIVABLE:
        ways.append("采取措施并记录")
    words = "，或".join(ways) or "改线"
    return f"{words}（数值先对照原文确认）" if conflict.needs_confirmation else words


def only_to_confirm_sentence(groups: int, conflicts: int) -> str:
    """What is said of conflicts whose figure has to be looked up before anything is done."""
    return (
        f"另有 {groups} 类 {conflicts} 处只涉及把握不足的数值，先对照原文确认，见 --json 的结果。"
    )


def followed_sentence(followed: FollowedConflicts) -> str:
    """How many conflicts were followed to an outcome."""
    done, count = followed.settled_count, followed.count
    share = f"（{100.0 * done / count:.0f}%）" if count else ""
    void = f"；{len(followed.void)} 项处理已不成立" if followed.void else ""
    return f"冲突处理：{count} 处中已了结 {done} 处{share}{void}。"


def settlement_sentence(settlement: Settlement) -> str:
    """How a conflict was followed to its outcome."""
    outcome = settlement.outcome and chinese_word(SETTLED_WORDS, settlement.outcome.value)
    reason = f"：{settlement.reason}" if settlement.reason else ""
    day = day_words(settlement.settled_on)
    pair = f"{settlement.route_id}–{settlement.other_id}"
    by = settlement.settled_by or UNKNOWN_WORD
    return f"{pair} {outcome or UNKNOWN_WORD}{reason}（{by}，{day}）"


def _fact(name: str) -> tuple[str, str]:
    return _FACTS.get(name, (name, "查明"))


_PARTLY = {
    NotJudgedReason.OUTSIDE_COVERAGE: "超出资料的测绘范围，与范围外的{layer}有无冲突未知",
    NotJudgedReason.CROWDED: "近旁的{layer}过多，只核对了最近的一部分；请先查是否重复录入",
}


def partly_judged_sentences(missed: Iterable[NotJudged]) -> list[str]:
    """Which lines were held against a layer in part only, one sentence a layer and reason."""
    routes: dict[tuple[NotJudgedReason, str], list[str]] = {}
    for one in missed:
        if one.reason in _PARTLY and one.route_id is not None:
            routes.setdefault((one.reason, one.layer), []).append(one.route_id)
    said = []
    for (reason, layer), ids in routes.items():
        name = "外线" if layer == "routes" else layer_words(layer)
        why = _PARTLY[reason].format(layer=name)
        said.append(f"外线 {few_named(ids)}：{why}。")
    return said

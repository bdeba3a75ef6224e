"""One finding as a sentence: the thing, the figure, the limit, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from neixiang_survey_plugin.app.wording.columns import beside_limit, is_part
from neixiang_survey_plugin.app.wording.confirmed import confirmed_sentence
from neixiang_survey_plugin.app.wording.figures import (
    UNKNOWN_WORD,
    amount,
    bound_words,
    day_words,
    difference,
    limit_words,
    on_limit,
)
from neixiang_survey_plugin.app.wording.gaps import reasons_words, remedy_words
from neixiang_survey_plugin.app.wording.words import (
    NO_NAMES,
    Names,
    road_class_words,
    road_words,
    utility_words,
)
from neixiang_survey_plugin.core.judging.applicants import IN_FORCE
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome, RoadRemark
from neixiang_survey_plugin.core.policy import Counted, Rule, RuleKind
from neixiang_survey_plugin.core.vocabulary import ROAD_CLASS, UTILITY

_STRICTER = "否则按更严格的方式办理"

# What a figure measures, by the reading of the text that it was taken under.
_SUBJECTS = {
    "across": "穿越城市道路",
    "across_each": "最长一次穿越城市道路",
    "inside": "城市道路内的敷设长度",
    "utility": "敷设管线长度",
    "application": "同一申请各专业敷设管线总长度",
    "working_strip": "临时占用绿地",
    "trench": "沟槽占用绿地",
}
# The same for the kinds of rule that leave no reading open.
_SUBJECTS_OF_KINDS = {
    RuleKind.CARRIAGEWAY_SIDE: "穿越行车道单侧的长度",
    RuleKind.DUG_LENGTH: "开挖长度",
    RuleKind.VOLTAGE: "电压",
    RuleKind.POWER: "报装容量",
    RuleKind.DIAMETER: "管径",
    RuleKind.DUCT_HOLES: "管孔数",
    RuleKind.TRENCH_WIDTH: "沟槽宽度",
}
_CONDITIONS_WITHOUT_RULE = {
    "applicant": "申请人属于本方案的服务对象",
    IN_FORCE: "申请当日本方案已施行",
}
_COUNTED = {Counted.ROADS: "道路", Counted.GREENS: "绿地", Counted.ALL: "全线"}
_SHORTEN = {
    RuleKind.CROSSING_LENGTH: "改线使穿越不超过",
    RuleKind.LINE_LENGTH: "就近接入使长度不超过",
    RuleKind.GREEN_AREA: "改线、缩窄作业带或改用非开挖使占绿不超过",
    RuleKind.CARRIAGEWAY_SIDE: "改线使单侧穿越不超过",
    RuleKind.DUG_LENGTH: "改线或改用非开挖使开挖长度不超过",
    RuleKind.TRENCH_WIDTH: "缩窄沟槽使宽度不超过",
}


def finding_sentence(finding: Finding, rule: Rule | None, names: Names = NO_NAMES) -> str:
    """The finding as one sentence; ``rule`` is None for the kind of applicant.

    ``names`` gives the names of roads and lines that the reasons mention by identifier.
    """
    said = _without_rule(finding) if rule is None else _said(finding, rule)
    if rule is not None and finding.is_asked and rule.has_weak_figure:
        said = f"{said}；{confirmation_words(rule.confidence)}"
    return "；".join([said, *_tails(finding, names)]) + "。"


def _said(finding: Finding, rule: Rule) -> str:
    return _SENTENCES[rule.kind](finding, rule) if finding.is_asked else _not_asked(rule)


def confirmation_words(confidence: str) -> str:
    """That a figure of the rules rests on weak ground, and what to do about it."""
    return f"限值为转引或本程序的取法（可信度 {confidence}），采用前须对照原文确认"


def borderline_sentence(finding: Finding) -> str:
    """What the accuracy of the layer leaves open, and what has to be taped."""
    if finding.uncertainty and finding.unit not in ("m", "m2"):
        return "△ 临界：图层精度以内结论会改变，须实测外线与道路红线的距离，记录量测人和日期"
    if not finding.uncertainty:
        return "△ 临界：图层精度以内结论会改变，须在现场复测道路、路面或绿地的边界"
    error = f"±{amount(finding.uncertainty, finding.unit)}"
    return f"△ 临界：图层精度以内（{error}）结论会改变，须实测，记录实测值、量测人和日期"


def rule_words(rule: Rule | None, finding_of: str = "applicant") -> str:
    """The condition as the policy words it; without a rule by what the finding is of."""
    return _CONDITIONS_WITHOUT_RULE[finding_of] if rule is None else rule.text


def _limited(finding: Finding, rule: Rule) -> str:
    limit = 0.0 if finding.limit is None else finding.limit
    subject = _subject(finding, rule)
    bound = limit_words(limit, finding.unit)
    within = bound_words(limit, finding.unit, rule.included)
    if finding.outcome is Outcome.UNKNOWN:
        known = f"已知部分 {beside_limit(finding, finding.at_least)}，" if finding.at_least else ""
        return f"{subject}{UNKNOWN_WORD}（{known}限值 {bound}）"
    if finding.measured is None:
        return f"{subject}的确数{UNKNOWN_WORD}，但不会超过限值 {bound}"
    measured = beside_limit(finding, finding.measured)
    if on_limit(finding.measured, limit):
        if rule.included:
            return f"{subject} {measured}，正好是限值 {bound}（含本数）"
        return f"{subject} {measured}，正好是限值 {bound}（应小于，不含本数）；{_STRICTER}"
    room = difference(finding.measured, limit, finding.unit)
    if finding.outcome is Outcome.PASS:
        return f"{subject} {measured}，{within}，余 {room}"
    least = "至少" if is_part(finding) else ""
    shorten = _SHORTEN.get(rule.kind)
    remedy = _STRICTER if shorten is None else f"{shorten} {bound}，{_STRICTER}"
    return f"{subject}{least} {measured}，超过限值 {bound}，{least}多出 {room}；{remedy}"


def _subject(finding: Finding, rule: Rule) -> str:
    if rule.kind is RuleKind.DUG_LENGTH:
        return f"{'、'.join(_COUNTED[one] for one in Counted if one in rule.counts)}开挖长度"
    return _SUBJECTS_OF_KINDS.get(rule.kind) or _SUBJECTS[finding.reading or "across"]


def _utility(finding: Finding, rule: Rule) -> str:
    named = "、".join(utility_words(one) for one in UTILITY if one in rule.utilities)
    if finding.outcome is Outcome.PASS:
        return f"属适用专业（{named}）"
    return f"不属适用专业（只适用于{named}）；{_STRICTER}"


def _not_asked(rule: Rule) -> str:
    named = "、".join(utility_words(one) for one in UTILITY if one in rule.only_for)
    return f"只对{named}外线有要求，本外线不涉及"


def _road_class(finding: Finding, rule: Rule) -> str:
    kinds = "、".join(road_class_words(word) for word in ROAD_CLASS if word in rule.road_classes)
    if finding.outcome is Outcome.PASS:
        return f"未触及{kinds}"
    if finding.outcome is Outcome.UNKNOWN:
        return f"是否触及{kinds}{UNKNOWN_WORD}"
    roads = "、".join(_road(road) for road in finding.roads)
    return f"触及{roads}；改线避开，{_STRICTER}"


def _road_protection(finding: Finding, rule: Rule) -> str:
    if finding.outcome is Outcome.PASS:
        return "触及的城市道路都不在保护期内" if finding.notes else "未触及保护期内的城市道路"
    if finding.outcome is Outcome.UNKNOWN:
        return f"触及的道路是否在保护期内{UNKNOWN_WORD}"
    days = [road.protected_until for road in finding.roads if road.protected_until is not None]
    roads = "、".join(
        f"{_road(road)}，保护期至{day_words(road.protected_until)}（含当日）"
        for road in finding.roads
    )
    free = day_words(max(days) + timedelta(days=1)) if days else "保护期满之日"
    return f"触及{roads}；改线避开，或自{free}起开工，否则须经县级以上城市人民政府批准"


def sanction_words(rule: Rule) -> str:
    """What a unit has to expect that does not keep its promises."""
    return f"暂停执行告知承诺制{rule.suspended_months}个月并直到整改完成"


def _suspension(finding: Finding, rule: Rule) -> str:
    lines = "、".join(finding.route_ids)
    if finding.outcome is Outcome.PASS:
        return "报装单位不在暂停执行告知承诺制期间"
    if finding.outcome is Outcome.UNKNOWN:
        return f"外线 {lines} 的报装单位是否在暂停期内{UNKNOWN_WORD}"
    months = rule.suspended_months
    return (
        f"外线 {lines} 的报装单位被暂停执行告知承诺制；"
        f"满 {months} 个月并整改完成后恢复，此前按更严格的方式办理"
    )


def _without_rule(finding: Finding) -> str:
    if finding.rule == IN_FORCE:
        return f"申请当日{finding.clause}没有施行；按当时的规定办理"
    return _applicant(finding)


def _applicant(finding: Finding) -> str:
    if finding.outcome is Outcome.PASS:
        return "申请人属于本方案的服务对象"
    if finding.outcome is Outcome.UNKNOWN:
        return f"申请人是否属于本方案的服务对象{UNKNOWN_WORD}"
    return f"申请人不属于本方案的服务对象（{finding.clause}）；按一般程序另行办理"


def _tails(finding: Finding, names: Names) -> Iterator[str]:
    for reason in finding.reasons:
        yield f"{reasons_words([reason], names)}：{remedy_words(reason)}"
    if finding.notes:
        yield f"{reasons_words(finding.notes, names)}，按未大修计"
    if finding.confirmed:
        yield confirmed_sentence(finding.confirmed, names)
    if finding.borderline:
        yield borderline_sentence(finding)
    if finding.day_decides:
        yield "结论随日期改变：按计划日与按核查日不同，出件和开工前各复核一次"


def _road(road: RoadRemark) -> str:
    return road_words(road.road_id, road.name, road.road_class)


_SENTENCES: dict[RuleKind, Callable[[Finding, Rule], str]] = {
    RuleKind.CROSSING_LENGTH: _limited,
    RuleKind.LINE_LENGTH: _limited,
    RuleKind.GREEN_AREA: _limited,
    RuleKind.ROAD_CLASS: _road_class,
    RuleKind.ROAD_PROTECTION: _road_protection,
    RuleKind.UNIT_SUSPENSION: _suspension,
    RuleKind.UTILITY: _utility,
    **dict.fromkeys(_SUBJECTS_OF_KINDS, _limited),
}

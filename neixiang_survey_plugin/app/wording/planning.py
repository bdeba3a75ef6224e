"""The plan check in words: what is remarked, by how much, and what would satisfy it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from neixiang_survey_plugin.app.wording.figures import UNKNOWN_WORD, figure, trimmed
from neixiang_survey_plugin.app.wording.words import layer_words, utility_words
from neixiang_survey_plugin.core.planning.check import NotHeld, NotHeldReason
from neixiang_survey_plugin.core.planning.remark import (
    NO_SECTION,
    CorridorMetres,
    PlanOutcome,
    PlanRemark,
    RemarkKind,
)
from neixiang_survey_plugin.core.planning.review import Decided, PlanStanding, PlanVerdict
from neixiang_survey_plugin.core.vocabulary import LAND_USE, PIPELINE_UTILITY, chinese_word

_KINDS = {
    RemarkKind.CORRIDOR_BESIDE: "偏离规划管位",
    RemarkKind.CORRIDOR_OFF: "另辟路由",
    RemarkKind.CORRIDOR_OF_OTHER: "占用其他专业管位",
    RemarkKind.CORRIDOR_DIAMETER: "规划管径",
    RemarkKind.CORRIDOR_YEAR: "规划期限",
    RemarkKind.PLANNED_ROAD: "规划道路红线",
    RemarkKind.RED_LINE: "骑压红线",
    RemarkKind.GREEN_LINE: "绿线",
    RemarkKind.BLUE_LINE: "蓝线",
    RemarkKind.PURPLE_LINE: "紫线",
    RemarkKind.YELLOW_LINE: "黄线",
    RemarkKind.ORANGE_LINE: "橙线",
    RemarkKind.CONTROL_LINE: "控制线",
    RemarkKind.LAND_USE: "规划用地",
    RemarkKind.NOT_PARALLEL: "与道路不平行",
    RemarkKind.ROAD_SIDE: "道路侧别",
    RemarkKind.ROAD_ORDER: "断面次序",
}
_OUTCOMES = {
    PlanOutcome.AGAINST: "✗ 不符",
    PlanOutcome.ASK: "! 须征求意见",
    PlanOutcome.NOTE: "· 提示",
    PlanOutcome.UNKNOWN: "? 未知",
}
_STANDINGS = {
    PlanStanding.OPEN: "待核对",
    PlanStanding.APPROVED: "✓ 已同意",
    PlanStanding.RETURNED: "✗ 已退回",
    PlanStanding.CHANGED: "△ 外线已改",
}
_VERDICTS = {PlanVerdict.APPROVED: "同意", PlanVerdict.RETURNED: "退回"}
_DASH = "—"  # runs along no corridor
_SIDES = {"left": "左", "right": "右"}
_COMPASS = {"east": "东", "south": "南", "west": "西", "north": "北"}
_MISSING = {
    "plan.diameter_mm": "规划管径未知：查规划文本，填入 plan_lines 的 diameter_mm",
    "route.diameter_mm": "外线管径未填：填入 diameter_mm",
    "plan.year": "规划期限未知：查规划文本，填入 plan_lines 的 year",
    "control.kind": "控制线类别未注明：向规划部门查明，填入 control_areas 的 kind",
    "route.working_width_m": "施工作业带宽度未填，可能进入：填入 working_width_m",
    "land_use.land_use": "规划用地性质未注明：向规划部门查明，填入 land_use",
    NO_SECTION: "此处（如路口）定不出道路横断面：是否平行、侧别、断面次序均未核对",
}
_NOT_HELD = {
    NotHeldReason.NO_LAYER: "县资料没有{layer}图层，与其有关的内容未核对",
    NotHeldReason.OUTSIDE_COVERAGE: "超出{layer}资料的测绘范围，范围以外未核对",
    NotHeldReason.ROAD_WITHOUT_WIDTH: "附近的道路缺红线宽度，与道路有关的内容未核对",
}


def remark_kind_words(kind: RemarkKind) -> str:
    """What is remarked upon, in a word."""
    return _KINDS[kind]


def plan_outcome_words(outcome: PlanOutcome) -> str:
    """What a remark comes to, as a mark and a word."""
    return _OUTCOMES[outcome]


def remark_sentence(remark: PlanRemark) -> str:
    """What was found, with its figure and its limit."""
    said = _FOUND.get(remark.kind, _inside)(remark)
    missing = [_MISSING.get(one, one) for one in remark.missing]
    return "；".join([said, *missing])


def remark_way_out(remark: PlanRemark) -> str:
    """What would satisfy a remark."""
    if NO_SECTION in remark.missing:
        return "由规划人员看图核对"
    if remark.missing:
        return "补齐资料后重新核对"
    return _WAYS.get(remark.kind, _ask)(remark)


def remark_basis(remark: PlanRemark) -> str:
    """The clause, with how sure it is where that is not beyond doubt."""
    unsure = "（依据待对照原文确认）" if remark.confidence in "DX" else ""
    return f"{remark.clause}{unsure}"


def remark_place(remark: PlanRemark) -> str:
    """Where along the line, in metres from its start."""
    if remark.to_m - remark.from_m < 0.005:
        return figure(remark.from_m)
    return f"{figure(remark.from_m)}–{figure(remark.to_m)}"


def corridor_words(corridor: CorridorMetres) -> str:
    """How much of a line lies in, beside and off its planned corridors."""
    if corridor.within_m is None:
        return UNKNOWN_WORD
    figures = (corridor.within_m, corridor.beside_m, corridor.off_m)
    if not any(figures):
        return _DASH
    return " / ".join(figure(one) for one in figures)


def not_held_sentence(one: NotHeld) -> str:
    """What a line, or every line, was not held against."""
    said = _NOT_HELD[one.reason].format(layer=layer_words(one.layer))
    return f"{said}。" if one.route_id is None else f"外线 {one.route_id}：{said}。"


def _name(remark: PlanRemark) -> str:
    if remark.object_name and remark.object_id:
        return f"{remark.object_name}（{remark.object_id}）"
    return remark.object_name or remark.object_id or ""


def _limits(remark: PlanRemark) -> tuple[float, ...]:
    return () if remark.limit is None else (remark.limit,)


def _measured(remark: PlanRemark) -> str:
    return figure(remark.measured, *_limits(remark))


def _limit(remark: PlanRemark) -> str:
    return UNKNOWN_WORD if remark.limit is None else trimmed(remark.limit)


def _inside(remark: PlanRemark) -> str:
    if remark.measured == 0.0:
        return f"施工作业带进入{_name(remark)}"
    return f"进入{_name(remark)} {_measured(remark)} m"


def _apart(remark: PlanRemark) -> str:
    return f"沿{_name(remark)}敷设，距规划管位 {_measured(remark)} m，管位为两侧 {_limit(remark)} m"


def _of_other(remark: PlanRemark) -> str:
    other = chinese_word(PIPELINE_UTILITY, remark.other or "")
    return f"位于{other}的规划管位{_name(remark)}内，距其 {_measured(remark)} m"


def _diameter(remark: PlanRemark) -> str:
    own = UNKNOWN_WORD if remark.measured is None else f"{trimmed(remark.measured)} mm"
    planned = UNKNOWN_WORD if remark.limit is None else f"{trimmed(remark.limit)} mm"
    return f"在规划管位{_name(remark)}内，管径 {own}，规划管径 {planned}"


def _year(remark: PlanRemark) -> str:
    until = UNKNOWN_WORD if remark.limit is None else f"{remark.limit:.0f} 年"
    return f"所依据的{_name(remark)}规划期限 {until}，施工在 {remark.measured:.0f} 年"


def _red_line(remark: PlanRemark) -> str:
    return f"沿{_name(remark)}红线敷设，距红线 {_measured(remark)} m，不足 {_limit(remark)} m"


def _use(remark: PlanRemark) -> str:
    use = chinese_word(LAND_USE, remark.other) if remark.other else "性质不明的用地"
    return f"穿过{_name(remark)}（规划为{use}）{_measured(remark)} m"


def _angle(remark: PlanRemark) -> str:
    if remark.measured is None:
        return f"在{_name(remark)}内敷设"
    return f"与{_name(remark)}中心线成 {_measured(remark)}°，平行的容许偏差 {_limit(remark)}°"


def _side(remark: PlanRemark) -> str:
    side = _COMPASS.get(remark.other or "", UNKNOWN_WORD)
    return f"位于{_name(remark)}的{side}侧，距道路中心线 {_measured(remark)} m"


def _order(remark: PlanRemark) -> str:
    other = utility_words(remark.other or "")
    return (
        f"距道路红线 {_measured(remark)} m，{layer_words(remark.layer or '')}"
        f" {remark.object_id}（{other}）距红线 {figure(remark.limit)} m，次序相反"
    )


_FOUND: dict[RemarkKind, Callable[[PlanRemark], str]] = {
    RemarkKind.CORRIDOR_BESIDE: _apart,
    RemarkKind.CORRIDOR_OFF: _apart,
    RemarkKind.CORRIDOR_OF_OTHER: _of_other,
    RemarkKind.CORRIDOR_DIAMETER: _diameter,
    RemarkKind.CORRIDOR_YEAR: _year,
    RemarkKind.RED_LINE: _red_line,
    RemarkKind.LAND_USE: _use,
    RemarkKind.NOT_PARALLEL: _angle,
    RemarkKind.ROAD_SIDE: _side,
    RemarkKind.ROAD_ORDER: _order,
}


def _ask(remark: PlanRemark) -> str:
    return f"征求{remark.authority or '主管部门（县资料未注明）'}意见，或改线避开"


def _move(remark: PlanRemark) -> str:
    return f"向{_SIDES.get(remark.side or '', '')}移 {figure(remark.move_m)} m"


_WAYS: dict[RemarkKind, Callable[[PlanRemark], str]] = {
    RemarkKind.CORRIDOR_BESIDE: lambda one: f"{_move(one)}，进入规划管位",
    RemarkKind.CORRIDOR_OFF: lambda one: f"{_move(one)}，进入规划管位，或说明另辟路由的理由",
    RemarkKind.CORRIDOR_OF_OTHER: lambda one: f"{_move(one)}，让出该管位",
    RemarkKind.CORRIDOR_DIAMETER: lambda one: f"按规划管径 {_limit(one)} mm 敷设，或留出位置",
    RemarkKind.CORRIDOR_YEAR: lambda one: "按现行规划核对，更新 plan_lines",
    RemarkKind.PLANNED_ROAD: lambda one: f"按规划断面定位，征求{one.authority or '规划部门'}意见",
    RemarkKind.RED_LINE: lambda one: f"{_move(one)}，离开红线",
    RemarkKind.LAND_USE: lambda one: "改沿道路或市政用地敷设",
    RemarkKind.NOT_PARALLEL: lambda one: "改为与道路中心线平行",
    RemarkKind.ROAD_SIDE: lambda one: "改到道路另一侧，或说明理由",
    RemarkKind.ROAD_ORDER: lambda one: f"移 {figure(one.move_m)} m 以上，或说明理由",
}


def standing_words(outcomes: Sequence[str], all_held: bool) -> str:
    """How a line stands: what it has of each outcome, and whether it was held against all."""
    counts = Counter(outcomes)
    said = [f"{words} {count}" for words, count in counts.items()]
    if not all_held:
        said.append("? 未全部核对")
    return "，".join(said) or "✓ 符合规划"


def plan_standing_words(standing: PlanStanding) -> str:
    """How a line stands with planning staff, as a mark and a word."""
    return _STANDINGS[standing]


def review_sentence(decided: Decided) -> str:
    """What planning staff decided on a line; empty where nobody has."""
    review = decided.review
    if review is None:
        return ""
    at = "" if review.reviewed_at is None else f"，{review.reviewed_at:%Y-%m-%d %H:%M}"
    by = f"（{review.reviewed_by or UNKNOWN_WORD}{at}）"
    said = f"：{review.remark}" if review.remark else ""
    verdict = "" if review.verdict is None else _VERDICTS[review.verdict]
    changed = "；外线此后改过，须重新核对" if decided.standing is PlanStanding.CHANGED else ""
    return f"{verdict}{said}{by}{changed}"

"""Sentences about what was put right in an imported layer."""

from __future__ import annotations

from collections.abc import Mapping

from neixiang_survey_plugin.app.importing.repairs import HeightsLeft, NamedRepair, RepairReport
from neixiang_survey_plugin.app.wording.figures import figure
from neixiang_survey_plugin.core.repair.repairs import Outcome, Repair, Trouble

# What GEOS calls it, and what a surveyor does.
INVALID_REASONS: Mapping[str, str] = {
    "Self-intersection": "边界自相交",
    "Ring Self-intersection": "边界自相接",
    "Hole lies outside shell": "孔在外边界之外",
    "Holes are nested": "孔互相嵌套",
    "Interior is disconnected": "内部不连通",
    "Nested shells": "各部分互相嵌套",
    "Duplicate Rings": "有重复的环",
    "Too few points in geometry component": "边界的点太少",
}
_TROUBLES: Mapping[Trouble, str] = {
    Trouble.NO_GEOMETRY: "没有几何",
    Trouble.EMPTY: "几何是空的",
    Trouble.NOT_A_NUMBER: "坐标里有 NaN 或无穷大",
    Trouble.UNREADABLE: "几何读不出来",
    Trouble.OUTSIDE: "坐标在县的坐标系使用范围之外",
    Trouble.WRONG_TYPE: "几何类型不符",
    Trouble.MIXED: "混有别的几何类型",
    Trouble.CLOSED_LINE: "闭合的线当作面",
    Trouble.OPEN_LINE: "线没有闭合，围不成面",
    Trouble.COLLAPSED: "没有面积或长度",
    Trouble.BEYOND_REPAIR: "无法修正",
    Trouble.INVALID_AREA: "面无效",
    Trouble.POINT_PART: "有一段缩成了点",
    Trouble.SLIVER_PART: "碎面",
    Trouble.SLIVER_HOLE: "缝隙",
    Trouble.SLIVER: "狭长的面",
    Trouble.DOUBLED_VERTICES: "重复的顶点",
    Trouble.SELF_CROSSING: "线自相交",
    Trouble.MULTIPART: "多部件",
    Trouble.DUPLICATE: "与另一要素相同",
    Trouble.OVERLAP: "与另一要素重叠",
}
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.REPAIRED: "已修正",
    Outcome.KEPT: "保留未改",
    Outcome.SET_ASIDE: "搁置",
}


def trouble_word(trouble: Trouble) -> str:
    """What is wrong, in a word."""
    return _TROUBLES[trouble]


def outcome_word(outcome: Outcome) -> str:
    """What became of it, in a word."""
    return _OUTCOMES[outcome]


def repair_sentence(named: NamedRepair) -> str:
    """One repair: what it was, and its figures before and after."""
    repair = named.repair
    said = [_details(named), _figures(repair)]
    if repair.other_area_m2 is not None:
        other = figure(repair.other_area_m2)
        said.append(f"若把绕了两圈的地方算作孔，面积为 {other} m²，请核对")
    return "；".join(filter(None, said))


def repair_sentences(report: RepairReport) -> list[str]:
    """What is to be known besides the table of repairs."""
    said = []
    heights = report.heights
    if heights is not None and heights.features:
        said.append(
            f"{heights.features} 个要素带高程{_range(heights)}：量算用平面，高程留在源文件里"
        )
    if heights is not None and heights.measured:
        said.append(f"{heights.measured} 个要素带 M 值：没有用到，留在源文件里")
    mended = sum(one.after is not None for one in report.texts)
    if mended:
        said.append(f"{mended} 处乱码已按原来的编码还原")
    if len(report.texts) > mended:
        said.append(f"{len(report.texts) - mended} 处乱码已丢失字节，无法还原；请从原系统重新导出")
    if report.set_aside:
        said.append(f"{report.set_aside} 个要素搁置，没有进入图层；补画之前，判定看不到它们")
    if report.cut_off:
        said.append("重叠的面太多，没有全部列出")
    if report.file is not None:
        said.append(f"逐项清单在 {report.file}")
    return said


def _range(heights: HeightsLeft) -> str:
    if heights.lowest_m is None:
        return ""
    return f"（{figure(heights.lowest_m)} 至 {figure(heights.highest_m)} m）"


def _details(named: NamedRepair) -> str:
    repair, word = named.repair, trouble_word(named.repair.trouble)
    if repair.trouble is Trouble.INVALID_AREA:
        lost = f"，其中 {figure(repair.amount)} m 的线不成面" if repair.amount else ""
        return f"{word}（{INVALID_REASONS.get(repair.reason, repair.reason)}）{lost}"
    if repair.trouble is Trouble.OVERLAP:
        return f"与 {_other(named)} 重叠 {figure(repair.amount)} m²，量算时每处只计一次"
    if repair.trouble is Trouble.DUPLICATE:
        return f"与 {_other(named)} 的几何相同，量算时每处只计一次"
    if repair.trouble is Trouble.OPEN_LINE:
        return f"{word}，首尾相距 {figure(repair.amount)} m"
    if repair.trouble is Trouble.MIXED:
        return f"{word}，舍去 {repair.reason}"
    if repair.trouble is Trouble.MULTIPART:
        return f"{word}，共 {repair.before.parts} 块"
    return f"{word}（{repair.reason}）" if repair.reason else word


def _other(named: NamedRepair) -> str:
    row = (named.repair.other_row or 0) + 1
    return f"第 {row} 行" if named.other_id is None else named.other_id


def _figures(repair: Repair) -> str:
    """The figures that changed; of what was not changed those that it has."""
    before, after = repair.before, repair.after
    if after is None:
        return ""
    said = []
    for name, was, now, unit in (
        ("面积", before.area_m2, after.area_m2, " m²"),
        ("长度", before.length_m, after.length_m, " m"),
    ):
        if was != now:
            said.append(f"{name} {figure(was, now)} → {figure(now, was)}{unit}")
    for name, count, left in (
        ("部件", before.parts, after.parts),
        ("顶点", before.vertices, after.vertices),
    ):
        if count != left:
            said.append(f"{name} {count} → {left}")
    return "，".join(said)

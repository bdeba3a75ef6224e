"""What is not known, in words, and the way out of not knowing it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from neixiang_survey_plugin.app.wording.words import NO_NAMES, Names, named
from neixiang_survey_plugin.core.measuring.measures import Reason, Unknown


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: ``what`` of ``objects``, and ``where`` it is to be had."""

    what: str
    objects: str
    where: str


# For each: the sentence with the objects in it, what is missing, where it is to be had.
_GAPS: dict[Unknown, tuple[str, str, str]] = {
    Unknown.NO_ROAD_LAYER: (
        "县资料没有道路图层",
        "道路图层",
        "向市政工程行政主管部门调取道路台账和红线图，导入为 roads 图层",
    ),
    Unknown.OUTSIDE_ROAD_COVERAGE: (
        "施工范围有一部分在道路图层的测绘范围以外",
        "测绘范围以外的道路",
        "补测该段道路红线，或核实没有道路后扩大 coverage",
    ),
    Unknown.ROAD_WITHOUT_WIDTH: (
        "道路{ids}缺红线宽度",
        "红线宽度",
        "向自然资源和规划部门调取道路红线图，或实地量取，填入 width_m",
    ),
    Unknown.NO_WORKING_WIDTH: (
        "施工作业带宽度未填",
        "施工作业带宽度",
        "由报装单位按施工方案填 working_width_m，或在 county.toml 的 [defaults] 中给出",
    ),
    Unknown.NO_TRENCH_WIDTH: (
        "沟槽宽度未填",
        "沟槽宽度",
        "由报装单位按施工图填 trench_width_m",
    ),
    Unknown.NO_PIT_SIZE: (
        "非开挖段的工作坑尺寸未填",
        "工作坑长、宽",
        "由施工单位填 pit_length_m、pit_width_m，或在 county.toml 的 [defaults] 中给出 pit_m",
    ),
    Unknown.NO_GREEN_LAYER: (
        "县资料没有绿地图层",
        "绿地图层",
        "向园林绿化主管部门调取绿地图，导入为 green_spaces 图层",
    ),
    Unknown.OUTSIDE_GREEN_COVERAGE: (
        "施工范围有一部分在绿地图层的测绘范围以外",
        "测绘范围以外的绿地",
        "补测该段绿地，或核实没有绿地后扩大 coverage",
    ),
    Unknown.ROAD_CLASS_MISSING: (
        "道路{ids}缺道路等级",
        "道路等级",
        "查县道路台账（以台账为准，地图等级不作依据），填入 road_class",
    ),
    Unknown.DELIVERED_ON_MISSING: (
        "道路{ids}缺交付使用日期",
        "交付使用日期",
        "向市政工程行政主管部门调取竣工验收、移交资料，填入 delivered_on",
    ),
    Unknown.OVERHAULED_ON_MISSING: (
        "道路{ids}没有大修记录",
        "大修竣工日期",
        "向市政工程行政主管部门核实大修情况，填入 overhauled_on",
    ),
    Unknown.UNIT_MISSING: (
        "外线{ids}未填报装单位，而同专业有单位在暂停期内",
        "报装单位",
        "由受理窗口在外线的 unit 中填写报装单位",
    ),
    Unknown.VOLTAGE_MISSING: (
        "外线{ids}未填电压",
        "电压",
        "由供电企业按供电方案填 voltage_kv",
    ),
    Unknown.POWER_MISSING: (
        "外线{ids}未填报装容量",
        "报装容量",
        "由受理窗口按报装申请填 power_kw",
    ),
    Unknown.DIAMETER_MISSING: (
        "外线{ids}未填管径",
        "管径",
        "由报装单位按施工图填 diameter_mm",
    ),
    Unknown.DUCT_HOLES_MISSING: (
        "外线{ids}未填管孔数",
        "管孔数",
        "由报装单位按施工图填 duct_holes",
    ),
    Unknown.NO_SURFACE_LAYER: (
        "县资料没有路面图层，不知行车道的位置",
        "路面图层",
        "向市政工程行政主管部门调取路面资料或实测，导入为 surfaces 图层",
    ),
    Unknown.SURFACE_MISSING: (
        "道路{ids}穿越处的路面没有测绘，或没有注明种类",
        "穿越处的路面",
        "补测穿越处的路面，填入 surfaces 图层的 surface_kind",
    ),
    Unknown.CARRIAGEWAY_UNDIVIDED: (
        "道路{ids}的行车道没有按两侧分开绘制，不知单侧穿越多长",
        "行车道两侧的分界",
        "在 surfaces 图层中按两侧分开绘制行车道，或实测单侧穿越长度",
    ),
    Unknown.TAPED_OTHERWISE: (
        "{ids}的实测值与图层不一致，按图层算得的长度不能作数",
        "与实测一致的图层",
        "按实测结果修正道路、绿地和路面图层",
    ),
    Unknown.APPLICANT_KIND_MISSING: (
        "外线{ids}未填申请人类别",
        "申请人类别",
        "由受理窗口核对营业执照等，在 applicant_kind 中填企业、其他非居民或居民",
    ),
}


def reason_words(reason: Reason, names: Names = NO_NAMES) -> str:
    """Why something is not known, with the objects that it concerns."""
    return _GAPS[reason.unknown][0].format(ids=named(reason.ids, names))


def reasons_words(reasons: Iterable[Reason], names: Names = NO_NAMES) -> str:
    """Several reasons in one clause."""
    return "，".join(reason_words(reason, names) for reason in reasons)


def remedy_words(reason: Reason) -> str:
    """Where the missing fact is to be had."""
    return _GAPS[reason.unknown][2]


def gap_of(reason: Reason, names: Names = NO_NAMES) -> Gap:
    """One row of what has to be handed in later."""
    _, what, where = _GAPS[reason.unknown]
    return Gap(what, named(reason.ids, names), where)

"""The Chinese for tables of quantities: kinds of surface, of green space, headings."""

from __future__ import annotations

from neixiang_survey_plugin.core.vocabulary import GREEN_KIND, PAVEMENT, SURFACE_KIND, chinese_word

TRENCH_HEADINGS = ("专业", "外线", "明挖长度 m", "沟槽宽 m", "开挖面积 m²", "非开挖长度 m")
ROAD_HEADINGS = (
    "路面结构",
    "部位",
    "道路",
    "道路编号",
    "等级",
    "专业",
    "外线",
    "长度 m",
    "宽度 m",
    "面积 m²",
)
GREEN_HEADINGS = (
    "绿地类别",
    "绿地",
    "绿地编号",
    "专业",
    "外线",
    "中线长度 m",
    "作业带宽 m",
    "面积 m²",
)
TOTAL_WORD = "小计"
FROM_LAYER, UNKNOWN = "图纸资料", "未知"


def surface_words(kind: str | None) -> str:
    """The part of a road: carriageway, sidewalk ..."""
    return "部位未知" if kind is None else chinese_word(SURFACE_KIND, kind)


def pavement_kind_words(pavement: str | None) -> str:
    """What a surface is paved with; 未知 where nobody said."""
    return "路面结构未知" if pavement is None else chinese_word(PAVEMENT, pavement)


def green_kind_words(kind: str | None) -> str:
    """The kind of a green space."""
    return "类别未知" if kind is None else chinese_word(GREEN_KIND, kind)

"""The Chinese for every word of a result: ways, outcomes, roads, readings, matters."""

from __future__ import annotations

from collections.abc import Mapping

from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.vocabulary import (
    APPLICANT_KIND,
    LAYING,
    PIPELINE_UTILITY,
    PRESSURE_CLASS,
    ROAD_CLASS,
    Words,
    chinese_word,
)

# Road, green space and route identifiers with the names that people know them by.
Names = Mapping[str, str]
NO_NAMES: Names = {}
NONE_WORD = "无"
# Who decides on a road with the works department, where the county names nobody.
TRAFFIC_POLICE_WORD = "公安交警"

_WAYS = {
    Way.EXEMPT: "免审批",
    Way.FILING: "备案",
    Way.COMMITMENT: "告知承诺",
    Way.JOINT: "联合踏勘、并联审批",
    Way.JOINT_GOVERNMENT: "并联审批并报县政府批准",
    Way.UNDETERMINED: "未判定（资料不足）",
    Way.OUTSIDE: "不适用本方案",
}
_OUTCOMES = {Outcome.PASS: "合格", Outcome.FAIL: "不合格", Outcome.UNKNOWN: "未知"}
_MARKS = {Outcome.PASS: "✓", Outcome.FAIL: "✗", Outcome.UNKNOWN: "?"}
_BORDERLINE_MARK = "△"
_CROSSING_KINDS = {"across": "横穿", "into": "伸入", "along": "沿路"}
_MATTERS = {
    Matter.PLANNING: "建设工程规划许可",
    Matter.EXCAVATION: "城市道路挖掘、占用",
    Matter.TRAFFIC_POLICE: "施工期间交通组织",
    Matter.GREEN: "临时占用城市绿地",
    Matter.HIGHWAY: "涉路（公路）施工许可",
    Matter.RIVER: "河道管理范围内建设",
    Matter.COUNTY_GOVERNMENT: "县人民政府批准",
}
_LAYERS = {
    "roads": "道路",
    "surfaces": "路面",
    "green_spaces": "绿地",
    "pipelines": "既有管线",
    "buildings": "建筑物",
    "obstacles": "树木杆塔",
    "plan_lines": "规划管线",
    "control_areas": "控制线",
    "sites": "用地",
    "land_use": "规划用地",
    "routes": "外线",
}


def way_words(way: Way) -> str:
    """The way in a few words."""
    return _WAYS[way]


def outcome_words(finding: Finding) -> str:
    """The outcome as a mark and a word, with the triangle of what is borderline."""
    words = f"{_MARKS[finding.outcome]} {_OUTCOMES[finding.outcome]}"
    return f"{words} {_BORDERLINE_MARK} 临界" if finding.borderline else words


def outcome_mark(finding: Finding) -> str:
    """The outcome as a mark alone, for a narrow column."""
    return _MARKS[finding.outcome] + (_BORDERLINE_MARK if finding.borderline else "")


def utility_words(utility: str) -> str:
    """The utility of a route or of a pipeline."""
    return chinese_word(PIPELINE_UTILITY, utility)


def road_class_words(road_class: str | None) -> str:
    """The class of a road; one that is missing is said to be so."""
    return "等级未知" if road_class is None else chinese_word(ROAD_CLASS, road_class)


def laying_words(laying: str | None) -> str:
    """How a line is laid; empty where nobody said."""
    return _optional(LAYING, laying)


def pressure_words(pressure_class: str | None) -> str:
    """The pressure class of a gas line; empty where nobody said."""
    return _optional(PRESSURE_CLASS, pressure_class)


def applicant_words(kind: str) -> str:
    """The kind of applicant."""
    return chinese_word(APPLICANT_KIND, kind)


def crossing_kind_words(kind: str) -> str:
    """How a stretch lies in a road."""
    return _CROSSING_KINDS[kind]


def matter_words(matter: Matter) -> str:
    """What a department decides."""
    return _MATTERS[matter]


def layer_words(layer: str) -> str:
    """A canonical layer."""
    return _LAYERS.get(layer, layer)


def road_words(road_id: str, name: str | None, road_class: str | None) -> str:
    """A road by name, class and identifier."""
    facts = f"{road_class_words(road_class)}，{road_id}"
    return f"{name}（{facts}）" if name else f"无名道路（{facts}）"


def named(ids: tuple[str, ...], names: Names) -> str:
    """Objects by name and identifier, in the order given."""
    return "、".join(f"{names[one]}（{one}）" if names.get(one) else one for one in ids)


def _optional(words: Words, word: str | None) -> str:
    return "" if word is None else chinese_word(words, word)

"""A fact from the site in words: what was confirmed of which object, by whom, on which evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from neixiang_survey_plugin.app.wording.figures import day_words, trimmed
from neixiang_survey_plugin.app.wording.words import NO_NAMES, Names, layer_words, named
from neixiang_survey_plugin.core.confirmed import ConfirmedFact, Value, field_of, typed_value
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, FieldType
from neixiang_survey_plugin.core.vocabulary import chinese_word

# Fields whose name alone does not say it; the same word means the same in every layer.
_FIELDS = {
    "name": "名称",
    "road_class": "道路等级",
    "width_m": "红线宽度",
    "delivered_on": "交付使用日期",
    "delivery_kind": "交付类别",
    "overhauled_on": "大修竣工日期",
    "owner": "权属单位",
    "surface_kind": "路面类别",
    "pavement": "路面结构",
    "green_kind": "绿地类别",
    "utility": "专业",
    "laying": "敷设方式",
    "diameter_mm": "管径",
    "pressure_class": "压力级别",
    "voltage_kv": "电压",
    "cover_m": "覆土",
    "position_accuracy_m": "位置精度",
    "height_m": "高度",
    "kind": "类别",
    "plan_name": "规划名称",
    "year": "年份",
    "authority": "管理部门",
    "applicant": "申请人",
    "taped_m": "实测穿越长度",
    "taped_gap_m": "实测净距（施工范围至红线）",
    "taped_m2": "实测占绿面积",
}
_UNITS = {"_m2": " m²", "_m": " m", "_mm": " mm", "_kv": " kV"}


def confirmed_sentence(facts: Iterable[ConfirmedFact], names: Names = NO_NAMES) -> str:
    """The facts that a finding rests on, each with its evidence."""
    return "按现场确认：" + "；".join(fact_words(fact, names) for fact in facts)


def fact_words(fact: ConfirmedFact, names: Names = NO_NAMES) -> str:
    """One fact with its evidence, and who confirmed it when."""
    thing = f"{layer_words(fact.layer)}{named((fact.object_id,), names)}"
    evidence = "，".join(filter(None, (fact.evidence, fact.confirmed_by)))
    said = f"{field_words(fact.field)} {value_words(fact.layer, fact.field, value_of(fact))}"
    return f"{thing}的{said}（{evidence}，{day_words(fact.confirmed_on)}确认）"


def overlay_sentence(facts: Sequence[ConfirmedFact]) -> str:
    """How many facts lay over the layers, for the end of a result."""
    return f"县资料之上采用了 {len(facts)} 项现场确认的事实"


def field_words(field: str) -> str:
    """The name of a field of a layer."""
    return _FIELDS.get(field, field)


def value_words(layer: str, field: str, value: Value | None) -> str:
    """A value as forms print it, with its unit; nothing for None."""
    if value is None:
        return ""
    schema = COUNTY_LAYERS.get(layer)
    known = None if schema is None else schema.field(field)
    if known is not None and known.type is FieldType.WORD and isinstance(value, str):
        return chinese_word(known.words or {}, value)
    if isinstance(value, float):
        unit = next((unit for tail, unit in _UNITS.items() if field.endswith(tail)), "")
        return trimmed(value) + unit
    return value if isinstance(value, str) else day_words(value)


def value_of(fact: ConfirmedFact) -> Value | None:
    """The value of a fact in the type of its field; its text where it means nothing there."""
    if fact.value is None:
        return None
    try:
        return typed_value(field_of(fact)[1], fact)
    except SurveyError:
        return fact.value

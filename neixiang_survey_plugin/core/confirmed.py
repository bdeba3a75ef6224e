"""What the site showed of a county's layers, laid over them; the source itself is never edited."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

import numpy as np

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, Field, FieldType, LayerSchema
from neixiang_survey_plugin.core.vocabulary import canonical_word

Value = str | float | date

TAPED_LAYER, TAPED_BETWEEN = "routes", "@"
# What is taped of a line: metres inside a road, the gap to a road, square metres of green space.
_TAPED = LayerSchema(
    TAPED_LAYER,
    (),
    "object",
    tuple(
        Field(name, FieldType.NUMBER, minimum=0.0)
        for name in ("taped_m", "taped_gap_m", "taped_m2")
    ),
)
_SCHEMAS = {**COUNTY_LAYERS, TAPED_LAYER: _TAPED}


@dataclass(frozen=True)
class ConfirmedFact:
    """What the site showed of one field of one object of the county's layers.

    ``value`` is written as the layer would have it: a word of the vocabulary, a number, a day
    such as 2019-05-01. A later fact about the same field takes the place of an earlier one;
    ``value`` None takes the fact back, and the layer's own value counts again.

    In the layer ``routes`` a fact is a figure that was taped for one line at one road or green
    space (``r1@R12``); ``of_line`` is the fingerprint of the course that the line had then.
    """

    layer: str
    object_id: str
    field: str
    value: str | None
    evidence: str
    confirmed_by: str
    confirmed_on: date
    of_line: str | None = None


@dataclass(frozen=True, eq=False)
class Overlay:
    """Layers with facts laid over them, the facts that were used, and why others were not."""

    layers: Mapping[str, FeatureTable]
    used: tuple[ConfirmedFact, ...]
    complaints: tuple[str, ...]


def lay_over(layers: Mapping[str, FeatureTable], facts: Iterable[ConfirmedFact]) -> Overlay:
    """The layers with the values that were confirmed, in new columns.

    A fact about a canonical layer that was not read, or a taped figure, is left aside; one that
    fits no object or no field is a complaint, and the layer's own value stays.
    """
    tables = dict(layers)
    used: list[ConfirmedFact] = []
    complaints: list[str] = []
    for fact in facts:
        try:
            schema, field = field_of(fact)
            if fact.value is None or schema.name not in tables:
                continue
            value = typed_value(field, fact)
            row = _row_of(fact, tables[schema.name])
        except SurveyError as error:
            complaints.extend(error.problems)
            continue
        tables[schema.name] = _with_value(tables[schema.name], field, row, value)
        used.append(fact)
    return Overlay(tables, tuple(used), tuple(complaints))


def check_fact(fact: ConfirmedFact, layers: Mapping[str, FeatureTable]) -> ConfirmedFact:
    """The fact with its value in canonical form.

    SurveyError with one sentence when layer, field, object or value are not what the county has.
    """
    schema, field = field_of(fact)
    if schema.name not in layers:
        raise SurveyError(f"{_what(fact)}: 县资料没有 {fact.layer} 图层；请先导入该图层。")
    _row_of(fact, layers[schema.name])
    if fact.value is None:
        return fact
    value = typed_value(field, fact)
    return replace(fact, value=f"{value:.15g}" if isinstance(value, float) else str(value))


def field_of(fact: ConfirmedFact) -> tuple[LayerSchema, Field]:
    """The layer and the field that a fact is about; SurveyError where there is none."""
    schema = _SCHEMAS.get(fact.layer)
    if schema is None:
        raise SurveyError(f"{_what(fact)}: 没有这个图层；图层有 {'、'.join(_SCHEMAS)}。")
    field = schema.field(fact.field)
    names = [one.name for one in schema.fields if one.name != schema.id_field]
    if field is None:
        raise SurveyError(f"{_what(fact)}: 图层没有这个字段；字段有 {'、'.join(names)}。")
    if field.name == schema.id_field:
        raise SurveyError(f"{_what(fact)}: 编号不能更改；可以确认的字段有 {'、'.join(names)}。")
    return schema, field


def typed_value(field: Field, fact: ConfirmedFact) -> Value:
    """The value of a fact in the type of its field; SurveyError where it means nothing there."""
    text = (fact.value or "").strip()
    value = _parsed(field, text)
    if value is None:
        raise SurveyError(f"{_what(fact)}={text}: {_expected(field)}。")
    return value


def value_in(layers: Mapping[str, FeatureTable], fact: ConfirmedFact) -> Value | None:
    """What the layers themselves say in the field of a fact; None where they say nothing."""
    table = layers.get(fact.layer)
    if table is None or fact.field not in table.columns:
        return None
    rows = np.flatnonzero(table.ids == fact.object_id)
    if not len(rows):
        return None
    value: Value | None = table.columns[fact.field][rows[:1]].tolist()[0]
    return None if isinstance(value, float) and math.isnan(value) else value


def _parsed(field: Field, text: str) -> Value | None:
    if not text:
        return None
    if field.type is FieldType.WORD:
        return canonical_word(field.words or {}, text)
    if field.type is FieldType.NUMBER:
        return _number(field, text)
    if field.type is FieldType.DATE:
        return _day(text)
    return text


def _number(field: Field, text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    too_small = field.minimum is not None and number < field.minimum
    if not math.isfinite(number) or too_small or (field.above_zero and number <= 0.0):
        return None
    return number


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _expected(field: Field) -> str:
    if field.type is FieldType.WORD:
        words = field.words or {}
        return "应是 " + "、".join(f"{word}（{others[0]}）" for word, others in words.items())
    if field.type is FieldType.DATE:
        return "应是日期，如 2019-05-01"
    if field.type is FieldType.NUMBER:
        bound = "大于 0 的" if field.above_zero else "不小于 0 的" if field.minimum == 0.0 else ""
        return f"应是{bound}数"
    return "不能是空的"


def _row_of(fact: ConfirmedFact, table: FeatureTable) -> int:
    rows = np.flatnonzero(table.ids == fact.object_id)
    if not len(rows):
        near = get_close_matches(fact.object_id, table.ids.tolist(), 3)
        like = f"相近的有 {'、'.join(near)}" if near else f"请查对 {table.schema.id_field}"
        raise SurveyError(f"{_what(fact)}: 图层里没有这个对象；{like}。")
    return int(rows[0])


def _with_value(table: FeatureTable, field: Field, row: int, value: Value) -> FeatureTable:
    column = table.columns[field.name].copy()
    column[row] = value
    return table.with_column(field.name, column)


def _what(fact: ConfirmedFact) -> str:
    return f"现场确认 {fact.layer} {fact.object_id} {fact.field}"

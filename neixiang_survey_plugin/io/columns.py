"""The canonical columns of a layer, with a complaint for every cell that means nothing."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from neixiang_survey_plugin.core.features import Column
from neixiang_survey_plugin.core.schema import Field, FieldType
from neixiang_survey_plugin.core.slices import slices
from neixiang_survey_plugin.core.vocabulary import chinese_word
from neixiang_survey_plugin.io.cells import Rows, cell_text, convert_cells, missing_cells
from neixiang_survey_plugin.io.complaints import Complaints
from neixiang_survey_plugin.io.hints import did_you_mean
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.io.raw_layer import Cells, RawLayer


def canonical_columns(
    raw: RawLayer, source: LayerSource, complaints: Complaints
) -> tuple[Mapping[str, Column], frozenset[str]]:
    """Every field of the schema as a column, and the names of those that the source lacks."""
    found = {
        field.name: source.column_of(field.name, raw.column_names) for field in source.schema.fields
    }
    _complain_of_absent(raw, source, found, complaints)
    columns: dict[str, Column] = {}
    for field in source.schema.fields:
        name = found[field.name]
        if name is None:
            columns[field.name] = missing_cells(field, len(raw))
            continue
        meanings = source.values.get(field.name, {})
        columns[field.name], wrong = convert_cells(field, raw.columns[name], meanings)
        if field.name == source.schema.id_field:
            complaints.name_rows(field.name, columns[field.name])
        _complain_of_cells(field, raw.columns[name], wrong, name, complaints)
        _complain_of_range(field, columns[field.name], name, complaints)
    if found[source.schema.id_field] is not None:
        _complain_of_ids(source.schema.id_field, columns[source.schema.id_field], complaints)
    return columns, frozenset(name for name, column in found.items() if column is None)


def _complain_of_absent(
    raw: RawLayer, source: LayerSource, found: Mapping[str, str | None], complaints: Complaints
) -> None:
    there = f"现有的列: {'、'.join(raw.column_names) or '无'}"
    for field in source.schema.fields:
        mapped = source.fields.get(field.name)
        if found[field.name] is not None:
            continue
        if mapped is not None:
            hint = did_you_mean(mapped, raw.column_names)
            complaints.layer(f"没有 {source.config} fields 所写的列 {mapped}{hint}；{there}")
        elif field.required:
            complaints.layer(
                f"缺少列 {field.name}；{there}；{_way_to_a_column(source, field.name)}"
            )


def _way_to_a_column(source: LayerSource, name: str) -> str:
    if source.config is None:
        return "请补上这一列"
    return f'若列名不同，请在 {source.config} 写 fields = {{ {name} = "源列名" }}'


def _complain_of_cells(
    field: Field, cells: Cells, wrong: Rows, name: str, complaints: Complaints
) -> None:
    expected = _expected(field)
    complaints.rows(
        wrong, lambda row: f"{_written(field, name)}“{cell_text(cells[row])}”{expected}"
    )


def _expected(field: Field) -> str:
    if field.type is FieldType.DATE:
        return "不是日期；请写成 2021-03-05，不知道就留空"
    if field.type is FieldType.NUMBER:
        return "不是数；请只写数字，不知道就留空"
    words = field.words or {}
    known = "、".join(f"{word}({chinese_word(words, word)})" for word in words)
    return f"不是认得的词；可写 {known}，不知道就留空"


def _complain_of_range(field: Field, column: Column, name: str, complaints: Complaints) -> None:
    if field.above_zero:
        low, bound = column <= 0.0, "应大于 0"
    elif field.minimum is not None:
        low, bound = column < field.minimum, f"应不小于 {field.minimum:g}"
    else:
        return
    complaints.rows(
        np.flatnonzero(low),
        lambda row: f"{_written(field, name)}{column[row]:g} {bound}；不知道就留空",
    )


def _complain_of_ids(id_field: str, ids: Column, complaints: Complaints) -> None:
    names, distinct = ids.tolist(), set[object]()
    for some in slices(len(names)):
        distinct.update(names[some])
    if len(distinct) == len(names) and None not in distinct:
        return
    empty = [row for row, name in enumerate(names) if name is None]
    complaints.rows(empty, lambda row: f"字段 {id_field} 是空的；每一行都要有编号")
    first: dict[object, int] = {}
    twins = [
        row
        for row, name in enumerate(names)
        if name is not None and first.setdefault(name, row) != row
    ]
    complaints.rows(
        twins,
        lambda row: (
            f"{id_field} {names[row]} 重复，{complaints.row_name(first[names[row]])}"
            "已经用了；每个编号只能用一次"
        ),
    )


def _written(field: Field, name: str) -> str:
    return f"字段 {field.name}" + (f"（源列 {name}）" if name != field.name else "") + " 的值 "

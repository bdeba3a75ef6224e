"""The tables [layers.*] of a county file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, FieldType, LayerSchema
from neixiang_survey_plugin.core.vocabulary import canonical_word
from neixiang_survey_plugin.io.hints import did_you_mean
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.io.toml_table import TomlTable


def read_layer_sources(table: TomlTable) -> Mapping[str, LayerSource]:
    """Where each declared layer is read from, in the order of the file."""
    sources = {}
    for name in table:
        layer = table.table(name)
        schema = COUNTY_LAYERS.get(name)
        if schema is None:
            hint = did_you_mean(name, COUNTY_LAYERS)
            table.complain(name, f"没有这种图层{hint}；可写 {'、'.join(COUNTY_LAYERS)}")
        else:
            sources[name] = _read_source(layer, schema)
    return sources


def _read_source(table: TomlTable, schema: LayerSchema) -> LayerSource:
    table.need("path")
    folder = table.path.parent
    coverage = table.text("coverage")
    source = LayerSource(
        schema=schema,
        path=_file_in(folder, table.text("path") or ""),
        layer=table.text("layer"),
        crs=table.text("crs"),
        encoding=_read_encoding(table),
        coverage=None if coverage is None else _file_in(folder, coverage),
        accuracy_m=table.number("accuracy_m", minimum=0.0),
        fields=_read_fields(table.table("fields"), schema),
        values=_read_values(table.table("values"), schema),
        config=f"{table.path.name} 的 [{table.name}]",
    )
    table.close()
    return source


def _file_in(folder: Path, written: str) -> Path:
    """A path as the county file writes it, also with the backslashes of Windows."""
    return folder / written.replace("\\", "/")


def _read_encoding(table: TomlTable) -> str | None:
    encoding = table.text("encoding")
    if encoding is None:
        return None
    try:
        "".encode(encoding)
    except LookupError:
        table.complain("encoding", f"不认识编码“{encoding}”；可写 GBK、UTF-8 等")
    return encoding


def _read_fields(table: TomlTable, schema: LayerSchema) -> Mapping[str, str]:
    fields = {}
    for name in _known_fields(table, schema):
        source = table.text(name)
        if source is not None:
            fields[name] = source
    return fields


def _read_values(table: TomlTable, schema: LayerSchema) -> Mapping[str, Mapping[str, str]]:
    values = {}
    for name in _known_fields(table, schema):
        meanings = table.table(name)
        values[name] = {word: _read_meaning(meanings, word, schema, name) for word in meanings}
    return values


def _read_meaning(table: TomlTable, word: str, schema: LayerSchema, name: str) -> str:
    """The canonical word for one of the source's; an empty text says that it means nothing."""
    value = table.plain()[word]
    field = schema.field(name)
    if isinstance(value, (bool, dict, list)):
        table.complain(word, f"应为文字或数，现为 {value!r}")
        return ""
    meaning = str(value)
    if field is not None and field.type is FieldType.WORD and meaning:
        words = field.words or {}
        if canonical_word(words, meaning) is None:
            hint = did_you_mean(meaning, words)
            table.complain(word, f"不认识“{meaning}”{hint}；可写 {'、'.join(words)}")
    return meaning


def _known_fields(table: TomlTable, schema: LayerSchema) -> list[str]:
    known = [field.name for field in schema.fields]
    for name in table:
        if name not in known:
            table.complain(name, f"图层 {schema.name} 没有这个字段{did_you_mean(name, known)}")
    return [name for name in table if name in known]

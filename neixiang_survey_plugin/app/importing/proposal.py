"""Everything that is proposed for one layer, and what has to be asked first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from neixiang_survey_plugin.app.importing.amounts import (
    likely_units,
    read_amount,
    scale_of,
)
from neixiang_survey_plugin.app.importing.answers import Answers, DateOrder
from neixiang_survey_plugin.app.importing.cells import UNREAD, Manner, cell_reader
from neixiang_survey_plugin.app.importing.days import order_in_doubt, order_of
from neixiang_survey_plugin.app.importing.foreign import ForeignField, ForeignLayer
from neixiang_survey_plugin.app.importing.headings import unit_in_heading
from neixiang_survey_plugin.app.importing.mapping import MappingProposal, Reason, propose_mapping
from neixiang_survey_plugin.app.importing.meanings import word_reader
from neixiang_survey_plugin.app.importing.osm_tags import OSM, ROAD_TAG, likely_class
from neixiang_survey_plugin.app.importing.questions import Ask, Question
from neixiang_survey_plugin.core.schema import Field, FieldType, LayerSchema

_NO_COLUMN = ForeignField("", (), 0, 0, 0)


@dataclass(frozen=True)
class Remembered:
    """What was confirmed when the layer was last imported from a file of this shape."""

    fields: Mapping[str, str | None] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    date_order: str | None = None
    new_ids: str | None = None
    repeats: bool = False
    confirmed_by: str | None = None


@dataclass(frozen=True)
class Proposal:
    """How each field is read. While ``questions`` remain, nothing may be written.

    ``manners`` has one entry for each field that has a column or a constant; ``new_ids`` is the
    prefix of numbered rows, None where a column names them.
    """

    schema: LayerSchema
    mappings: tuple[MappingProposal, ...]
    manners: Mapping[str, Manner]
    questions: tuple[Question, ...]
    new_ids: str | None = None
    repeats: bool = False
    confirmed_by: str | None = None

    def mapping(self, name: str) -> MappingProposal:
        """What is proposed for a field."""
        return next(one for one in self.mappings if one.field == name)


def propose(
    layer: ForeignLayer,
    schema: LayerSchema,
    answers: Answers | None = None,
    remembered: Remembered | None = None,
) -> Proposal:
    """What becomes of a layer under what was decided; ``questions`` is what was not.

    A pure function: propose, ask, answer, propose again.
    """
    told, known = answers or Answers(), remembered or Remembered()
    told = _with_memory(told, known, schema.id_field)
    mappings = propose_mapping(layer, schema, told, known.fields)
    new_ids = told.new_ids or _new_ids(schema, mappings, told)
    manners = {
        one.field: _manner(schema, one, layer, told)
        for one in mappings
        if one.column is not None or one.constant is not None
    }
    questions = (
        *_about_columns(schema, mappings, layer, told),
        *_about_ids(schema, mappings, layer, told, new_ids),
        *_about_cells(schema, mappings, manners, layer, told),
    )
    by = told.confirmed_by
    return Proposal(schema, mappings, manners, questions, new_ids, told.repeats, by)


def _with_memory(told: Answers, known: Remembered, id_field: str) -> Answers:
    """Answers of today over those of last time."""
    values = {
        name: {**known.values.get(name, {}), **told.values.get(name, {})}
        for name in {*known.values, *told.values}
    }
    constants = {name: value for name, value in known.constants.items() if name not in told.fields}
    mapped = told.fields.get(id_field) is not None
    order = told.date_order or (DateOrder(known.date_order) if known.date_order else None)
    return Answers(
        fields=told.fields,
        values=values,
        constants={**constants, **told.constants},
        units={**known.units, **told.units},
        date_order=order,
        new_ids=told.new_ids or (None if told.repeats or mapped else known.new_ids),
        repeats=told.repeats or known.repeats,
        unread_unknown=told.unread_unknown,
        accept=told.accept,
        confirmed_by=told.confirmed_by or known.confirmed_by,
    )


def _new_ids(
    schema: LayerSchema, mappings: tuple[MappingProposal, ...], told: Answers
) -> str | None:
    """Numbers are proposed where no column names the rows, and taken where all is accepted."""
    mapping = next(one for one in mappings if one.field == schema.id_field)
    return _prefix(schema) if told.accept and mapping.column is None else None


def _prefix(schema: LayerSchema) -> str:
    return schema.name[0].upper()


def _manner(
    schema: LayerSchema, mapping: MappingProposal, layer: ForeignLayer, told: Answers
) -> Manner:
    column = (mapping.column is not None and layer.field(mapping.column)) or _NO_COLUMN
    order = told.date_order or order_of(column.texts)
    meanings = told.values.get(mapping.field, {})
    return Manner(meanings, _unit(mapping.field, column, told), order)


def _unit(name: str, column: ForeignField, told: Answers) -> str | None:
    """Told, else as the heading says, else the one that the numbers leave; None if in doubt."""
    if name in told.units:
        return told.units[name]
    headed = unit_in_heading(column.name)
    if headed is not None and scale_of(name, headed) is not None:
        return headed
    likely = _likely(name, column)
    return likely[0] if len(likely) == 1 or (likely and told.accept) else None


def _likely(name: str, column: ForeignField) -> tuple[str, ...]:
    found = (read_amount(name, text) for text in column.texts)
    bare = [amount.value for amount in found if amount is not None and amount.unit is None]
    return likely_units(name, bare) if bare else ()


def _about_columns(
    schema: LayerSchema, mappings: tuple[MappingProposal, ...], layer: ForeignLayer, told: Answers
) -> Iterator[Question]:
    is_osm = layer.origin.format == OSM
    for mapping in mappings:
        if is_osm and mapping.field == "road_class":
            if _needs_confirming(mapping, told):
                yield Question(Ask.CONFIRM, mapping.field, ROAD_TAG, None, (ROAD_TAG,), layer.count)
            continue
        if mapping.certain or mapping.field == schema.id_field:
            continue
        if mapping.column is not None:
            others = [name for name in mapping.candidates if name != mapping.column]
            yield Question(
                Ask.FIELD, mapping.field, mapping.column, None, (mapping.column, *others)
            )
        else:
            likely = _named_in(schema, mapping.field, layer)
            yield Question(Ask.ABSENT, mapping.field, choices=likely, count=layer.count)


def _named_in(schema: LayerSchema, name: str, layer: ForeignLayer) -> tuple[str, ...]:
    """The word that a layer's name stands for: all of 给水管线 carry water."""
    field_ = schema.field(name)
    if field_ is None or field_.type is not FieldType.WORD:
        return ()
    word = word_reader(schema.name, field_)(layer.origin.layer)
    return () if word is None else (word,)


def _needs_confirming(mapping: MappingProposal, told: Answers) -> bool:
    """A tag is a class only once somebody held it against the register and gave a name."""
    if mapping.column is None and mapping.constant is None:
        return not mapping.certain
    return not told.confirmed_by


def _about_ids(
    schema: LayerSchema,
    mappings: tuple[MappingProposal, ...],
    layer: ForeignLayer,
    told: Answers,
    new_ids: str | None,
) -> Iterator[Question]:
    if new_ids is not None:
        return
    mapping = next(one for one in mappings if one.field == schema.id_field)
    column = None if mapping.column is None else layer.field(mapping.column)
    prefix = _prefix(schema)
    if column is None or not mapping.certain:
        choices = (prefix, *mapping.candidates)
        yield Question(Ask.IDS, schema.id_field, mapping.column, None, choices, layer.count)
    elif not column.is_key and not told.repeats:
        missing = column.total - column.distinct
        yield Question(Ask.REPEATS, schema.id_field, column.name, None, (prefix,), missing)


def _about_cells(
    schema: LayerSchema,
    mappings: tuple[MappingProposal, ...],
    manners: Mapping[str, Manner],
    layer: ForeignLayer,
    told: Answers,
) -> Iterator[Question]:
    for mapping in mappings:
        field_ = schema.field(mapping.field)
        column = None if mapping.column is None else layer.field(mapping.column)
        if field_ is None or column is None:
            continue
        manner = manners[mapping.field]
        if field_.type is FieldType.NUMBER and manner.unit is None:
            likely = _likely(mapping.field, column)
            if len(likely) > 1:
                yield Question(Ask.UNIT, mapping.field, column.name, None, likely, column.filled)
        if field_.type is FieldType.DATE and not manner.date_order and order_in_doubt(column.texts):
            yield Question(Ask.DATE_ORDER, mapping.field, column.name, None, (), column.filled)
        elif not told.unread_unknown:
            yield from _about_values(schema, field_, column, manner)


def _about_values(
    schema: LayerSchema, field_: Field, column: ForeignField, manner: Manner
) -> Iterator[Question]:
    read = cell_reader(schema.name, field_, manner)
    for text, count in column.values:
        if read(text).how == UNREAD:
            words = tuple(field_.words or ())
            likely = likely_class(text)
            if likely is not None:
                words = (likely, *(word for word in words if word != likely))
            yield Question(
                Ask.VALUE, field_.name, column.name, text, words, count, is_open=likely is None
            )


def is_confirmed(mapping: MappingProposal) -> bool:
    """Whether somebody, and not the program, said so: today or last time."""
    return mapping.reason in (Reason.TOLD, Reason.REMEMBERED)

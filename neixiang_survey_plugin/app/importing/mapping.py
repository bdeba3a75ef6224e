"""Which column becomes which field: proposed by name, by synonym and by what stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from neixiang_survey_plugin.app.importing.answers import Answers
from neixiang_survey_plugin.app.importing.cells import Manner, cell_reader, share_read
from neixiang_survey_plugin.app.importing.foreign import ForeignField, ForeignLayer
from neixiang_survey_plugin.app.importing.headings import names_of, plain_heading
from neixiang_survey_plugin.core.schema import Field, FieldType, LayerSchema

_AGREES = 0.5  # share of cells that must read as the field for its name to leave no doubt
_LOOKS_LIKE = 0.9  # share from which a column is proposed for what stands in it alone
_FEWEST_WORDS = 2
_BYTES_LEFT = frozenset({9, 10})  # three characters of UTF-8, five of GBK


class Reason(Enum):
    """Why a column is proposed for a field, the best first."""

    TOLD = "told"
    REMEMBERED = "remembered"
    SAME_NAME = "same_name"
    SYNONYM = "synonym"
    PERHAPS = "perhaps"  # a name that may mean something else
    CONTENT = "content"
    ABSENT = "absent"


@dataclass(frozen=True)
class MappingProposal:
    """One canonical field: the column proposed for it, why, and whether that is certain.

    ``candidates`` are all columns that may be meant. ``constant`` is what every row has instead of
    a column. A field that stays unknown has neither.
    """

    field: str
    column: str | None
    reason: Reason
    certain: bool
    candidates: tuple[str, ...] = ()
    constant: str | None = None

    @property
    def is_asked(self) -> bool:
        """Whether the user has to decide."""
        return not self.certain


def propose_mapping(
    layer: ForeignLayer,
    schema: LayerSchema,
    answers: Answers,
    remembered: Mapping[str, str | None],
) -> tuple[MappingProposal, ...]:
    """One proposal for each field of the schema, in its order; no column serves two fields.

    ``remembered`` is the mapping that was confirmed when the layer was last imported; it holds
    where its columns are still there.
    """
    decided = {field.name: _decided(field, layer, answers, remembered) for field in schema.fields}
    taken = {one.column for one in decided.values() if one is not None}
    free = [field for field in schema.fields if decided[field.name] is None]
    found = {field.name: list(_candidates(field, layer, schema)) for field in free}
    for reason in (Reason.SAME_NAME, Reason.SYNONYM, Reason.PERHAPS, Reason.CONTENT):
        for field in free:
            if decided[field.name] is None:
                decided[field.name] = _best(
                    field.name, found[field.name], reason, taken, schema.id_field
                )
                taken |= {one.column for one in (decided[field.name],) if one}
    absent = {name: _absent(schema, name) for name, one in decided.items() if one is None}
    proposals = [decided[field.name] or absent[field.name] for field in schema.fields]
    proposals = [_unless_forgone(one, remembered) for one in proposals]
    return tuple(_accepted(one) if answers.accept else one for one in proposals)


def _decided(
    field: Field, layer: ForeignLayer, answers: Answers, remembered: Mapping[str, str | None]
) -> MappingProposal | None:
    if field.name in answers.constants:
        constant = answers.constants[field.name]
        return MappingProposal(field.name, None, Reason.TOLD, True, (), constant)
    for known, reason in ((answers.fields, Reason.TOLD), (remembered, Reason.REMEMBERED)):
        if field.name not in known:
            continue
        name = known[field.name]
        column = None if name is None else layer.field(name)
        if column is not None or (name is None and reason is Reason.TOLD):
            chosen = None if column is None else column.name
            return MappingProposal(field.name, chosen, reason, True)
    return None


def _candidates(
    field: Field, layer: ForeignLayer, schema: LayerSchema
) -> Iterator[tuple[Reason, str, bool]]:
    """Every column that may be the field, why, and whether what stands in it agrees."""
    names = names_of(schema, field.name)
    read = cell_reader(schema.name, field, Manner({}))
    for column in layer.fields:
        if not column.filled and plain_heading(column.name) != plain_heading(field.name):
            continue
        of = schema.name, field.name
        if of not in column.shares:
            column.shares[of] = share_read(read, column.values)
        share = column.shares[of]
        agrees = share >= _AGREES if field.name != schema.id_field else column.is_key
        heading = plain_heading(column.name)
        if _is_same(field.name, column.name):
            yield Reason.SAME_NAME, column.name, True
        elif heading in names.sure or _is_cut_off(heading, schema, field.name):
            yield Reason.SYNONYM, column.name, agrees
        elif heading in names.perhaps:
            yield Reason.PERHAPS, column.name, agrees
        elif share >= _LOOKS_LIKE and _speaks_for_itself(field, column):
            yield Reason.CONTENT, column.name, True


def _is_same(field: str, column: str) -> bool:
    """A Shapefile keeps ten characters of a name."""
    return column.casefold() in (field, field[:10])


def _is_cut_off(heading: str, schema: LayerSchema, name: str) -> bool:
    """Whether ten bytes of a Shapefile have left this of a name, and of no other field's."""
    if heading.isascii() or not ({len(heading) * 2, len(heading) * 3} & _BYTES_LEFT):
        return False
    fields = {
        field.name
        for field in schema.fields
        for half in (names_of(schema, field.name).sure, names_of(schema, field.name).perhaps)
        if any(known.startswith(heading) for known in half)
    }
    return fields == {name}


def _speaks_for_itself(field: Field, column: ForeignField) -> bool:
    """Whether texts alone may tell a field: words and days may, bare numbers may not."""
    if field.type is FieldType.WORD:
        return column.distinct >= _FEWEST_WORDS or bool(field.required and column.filled)
    if field.type is FieldType.DATE:
        return field.required and any(not text.isdigit() for text in column.texts)
    marked = any(text[:1].isalpha() and text[-1:].isdigit() for text in column.texts)
    return field.type is FieldType.NUMBER and field.name.endswith("_mm") and marked


def _best(
    name: str,
    found: Sequence[tuple[Reason, str, bool]],
    reason: Reason,
    taken: set[str | None],
    id_field: str,
) -> MappingProposal | None:
    free = [(why, column, agrees) for why, column, agrees in found if column not in taken]
    here = [(column, agrees) for why, column, agrees in free if why is reason]
    if not here:
        return None
    column, agrees = max(here, key=lambda one: one[1])
    alone = len(here) == 1 or name == id_field  # of several keys any will do
    sure = reason in (Reason.SAME_NAME, Reason.SYNONYM) and alone
    sure &= agrees or name == id_field  # that names repeat is asked for on its own
    return MappingProposal(name, column, reason, sure, tuple(column for _, column, _ in free))


def _absent(schema: LayerSchema, name: str) -> MappingProposal:
    """A rule reads a required field: that nothing is known of it is for the user to say."""
    field = schema.field(name)
    needed = field is not None and field.required
    return MappingProposal(name, None, Reason.ABSENT, not needed)


def _unless_forgone(
    proposal: MappingProposal, remembered: Mapping[str, str | None]
) -> MappingProposal:
    """What somebody once left unknown stays so, unless a column leaves no doubt today."""
    name = proposal.field
    if proposal.reason is Reason.TOLD or name not in remembered or remembered[name] is not None:
        return proposal
    sure = proposal.certain and proposal.column is not None
    return proposal if sure else MappingProposal(name, None, Reason.REMEMBERED, True)


def _accepted(proposal: MappingProposal) -> MappingProposal:
    return replace(proposal, certain=True)

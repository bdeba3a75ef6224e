"""The cells of foreign columns as the values of canonical fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from neixiang_survey_plugin.app.importing.cells import UNREAD, CellRead, Manner, Value, cell_reader
from neixiang_survey_plugin.app.importing.mapping import MappingProposal
from neixiang_survey_plugin.app.importing.proposal import Proposal
from neixiang_survey_plugin.app.importing.report import FieldReport
from neixiang_survey_plugin.core.schema import Field, FieldType
from neixiang_survey_plugin.io.cells import cell_text
from neixiang_survey_plugin.io.raw_layer import Cells, RawLayer

_MOST_WORDS = 100  # of a field, that a report spells out


@dataclass(frozen=True, eq=False)
class Converted:
    """Every canonical field as a column, None where unknown, and how each was read."""

    columns: Mapping[str, list[Value]]
    fields: tuple[FieldReport, ...]
    renamed: int

    def __len__(self) -> int:
        """How many rows."""
        return len(next(iter(self.columns.values())))


def convert(raw: RawLayer, proposal: Proposal) -> Converted:
    """The rows of a layer as canonical values; each distinct cell is read once."""
    columns: dict[str, list[Value]] = {}
    reports = []
    for mapping in proposal.mappings:
        field = proposal.schema.field(mapping.field)
        if field is not None:
            columns[field.name], report = _field(raw, proposal, mapping, field)
            reports.append(report)
    id_field = proposal.schema.id_field
    columns[id_field], renamed = _ids(columns[id_field], proposal)
    return Converted(columns, tuple(reports), renamed)


def _field(
    raw: RawLayer, proposal: Proposal, mapping: MappingProposal, field: Field
) -> tuple[list[Value], FieldReport]:
    manner = proposal.manners.get(field.name, Manner({}))
    read = cell_reader(proposal.schema.name, field, manner)
    cells = _cells_of(raw, mapping)
    texts = {cell: cell_text(cell) for cell in set(cells)}
    known = {text: read(text) for text in texts.values() if text is not None}
    nothing = CellRead(None)
    by_cell = {cell: nothing if text is None else known[text] for cell, text in texts.items()}
    reads = [by_cell[cell] for cell in cells]
    how = Counter(one.how for one in reads if one.how is not None)
    unread = Counter(
        texts[cell] or "" for cell, one in zip(cells, reads, strict=True) if one.how == UNREAD
    )
    missing = sum(one.value is None for one in reads)
    words = _words(field, known)
    return [one.value for one in reads], FieldReport(
        mapping, manner.unit, missing, how, words, unread
    )


def _cells_of(raw: RawLayer, mapping: MappingProposal) -> Cells:
    if mapping.column is not None:
        return raw.columns[mapping.column]
    return [mapping.constant] * len(raw)


def _words(field: Field, known: Mapping[str, CellRead]) -> dict[str, str | None]:
    if field.type is not FieldType.WORD or len(known) > _MOST_WORDS:
        return {}
    return {text: None if one.value is None else str(one.value) for text, one in known.items()}


def _ids(ids: list[Value], proposal: Proposal) -> tuple[list[Value], int]:
    """Unique names of the rows, and how many had to be given one or another one."""
    if proposal.new_ids is not None:
        return [f"{proposal.new_ids}{row}" for row in range(1, len(ids) + 1)], len(ids)
    if not proposal.repeats:
        return ids, 0
    taken: set[Value] = set(ids)
    seen: set[Value] = set()
    result: list[Value] = []
    renamed = 0
    for row, name in enumerate(ids, start=1):
        unique = name
        if name is None or name in seen:
            unique = _free_name(str(row) if name is None else str(name), taken, name is None)
            renamed += 1
        taken.add(unique)
        seen.add(unique)
        result.append(unique)
    return result, renamed


def _free_name(name: str, taken: set[Value], as_it_is: bool) -> str:
    """R12-2 beside R12, or the next number that nobody has."""
    if as_it_is and name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"

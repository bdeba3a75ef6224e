"""The rows of a clearance file: figures and rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from neixiang_survey_plugin.core.conflicts.clearance_cells import (
    LARGE,
    SURFACES,
    Cell,
    ClearanceRule,
    Table,
)
from neixiang_survey_plugin.io.policy_rules import CONFIDENCES
from neixiang_survey_plugin.io.toml_table import TomlTable

_GAS = ("GL", "GMB", "GMA", "GSB", "GSA")


_CABLES = ("PD", "PC", "TD", "TC")


_COVERED = ("W", "S", "R", "G", "H", *_CABLES, "GT")


_CROSSED = (*_COVERED, "CULVERT_BASE", "TRAM_RAIL_BASE", "RAIL_BASE")


_BESIDE = ("BLD", "TR", "SH", "PL", "TW1", "TW2", "KB", "TM", "RW")


_PLANAR = ("W1", "W2", "S", "R", "G", *_GAS, "H", *_CABLES, "GT", *_BESIDE)


# For each table: the names of its two keys, of its figure, and the words for each key.
_SHAPES: Mapping[Table, tuple[str, str, str, Iterable[str], Iterable[str]]] = {
    Table.HORIZONTAL: ("a", "b", "clear_m", _PLANAR, _PLANAR),
    Table.VERTICAL: ("lower", "upper", "clear_m", _CROSSED, _CROSSED),
    Table.COVER: ("key", "surface", "cover_m", _COVERED, SURFACES),
    Table.ABSOLUTE: ("a", "b", "clear_m", _PLANAR, _PLANAR),
    Table.SISTER: ("a", "b", "clear_m", _PLANAR, _PLANAR),
}


RULE_OF = {
    Table.HORIZONTAL: "horizontal_clearance",
    Table.VERTICAL: "vertical_clearance",
    Table.COVER: "cover",
    Table.ABSOLUTE: "absolute_minimum",
}


def row_keys(table: Table) -> tuple[str, str]:
    """The two keys that name a cell of a table in a file."""
    first, second, *_ = _SHAPES[table]
    return first, second


def rows_of(
    file: TomlTable, rules: Mapping[str, ClearanceRule], corrects: bool = False
) -> list[tuple[TomlTable, Cell]]:
    """Every figure of a file with its row; ``corrects``: each names its evidence."""
    rows = []
    for table in Table:
        for row in file.tables(table.value):
            rows.append((row, _read_cell(row, table, rules, corrects)))
    return rows


def _read_cell(
    row: TomlTable, table: Table, rules: Mapping[str, ClearanceRule], corrects: bool
) -> Cell:
    first, second, figure, first_words, second_words = _SHAPES[table]
    row.need(first, second, figure, "confidence", "evidence" if corrects else "source")
    if table is Table.SISTER and not corrects:
        row.need("standard")
    rule = rules.get(RULE_OF.get(table, ""))
    evidence = row.text("evidence") if corrects else None
    cell = Cell(
        table=table,
        first=row.word(first, {word: word for word in first_words}) or "",
        second=row.word(second, {word: word for word in second_words}) or "",
        figure_m=row.number(figure, minimum=0.0) or 0.0,
        confidence=row.word("confidence", CONFIDENCES) or "",
        clause="" if rule is None else rule.clause,
        source=(row.text("source") or evidence) or "",
        when=row.word("when", {word: word for word in LARGE}),
        note=row.text("note"),
        standard=row.text("standard"),
        evidence=evidence,
    )
    row.close()
    return cell


def named(cell: Cell) -> str:
    """A figure as a message names it."""
    when = f"（{cell.when}）" if cell.when else ""
    return f"{cell.table.value} {cell.first}-{cell.second}{when}"


def read_rule(table: TomlTable) -> ClearanceRule:
    """One rule in words, with its two examples."""
    table.need("id", "text", "clause", "source", "confidence", "passing", "failing")
    rule = ClearanceRule(
        rule_id=table.text("id") or "",
        text=table.text("text") or "",
        clause=table.text("clause") or "",
        source=table.text("source") or "",
        confidence=table.word("confidence", CONFIDENCES) or "",
        passing=table.table("passing").plain(),
        failing=table.table("failing").plain(),
    )
    table.close()
    return rule

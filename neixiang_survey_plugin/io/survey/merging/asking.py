"""What the merging asks of a conflict, as values: which file says what, by whom, of when."""

from __future__ import annotations

from collections.abc import Sequence

from neixiang_survey_plugin.app.merge_questions import Fact, MergeQuestion, Saying
from neixiang_survey_plugin.io.survey.blobs import geometry_from_blob
from neixiang_survey_plugin.io.survey.merging.copy import Copy, Row
from neixiang_survey_plugin.io.survey.merging.deciding import Conflict, Version


def asked(conflict: Conflict, copies: Sequence[Copy]) -> MergeQuestion:
    """The conflict as somebody who has to answer it sees it."""
    sayings = tuple(_saying(version, conflict, copies) for version in conflict.versions)
    return MergeQuestion(conflict.name, conflict.key[0], sayings, conflict.same_name)


def _saying(version: Version, conflict: Conflict, copies: Sequence[Copy]) -> Saying:
    having = [copy for copy in copies if copy.label in version.labels]
    files = tuple((copy.label, copy.path.name) for copy in having)
    facts = () if version.row is None else tuple(_facts(version.row, conflict))
    who, at = _last_word(having[0], version, conflict)
    return Saying(files, facts, version.row is None, who, at)


def _facts(row: Row, conflict: Conflict) -> list[Fact]:
    """In what a row differs from the others."""
    others = [one.row for one in conflict.versions if one.row not in (None, row)]
    return [
        _fact(name, cell)
        for name, cell in row.cells.items()
        if name not in ("version", "changed_at", "changed_by")
        and any(other is not None and other.cells.get(name) != cell for other in others)
    ]


def _fact(name: str, cell: object) -> Fact:
    if name == "geom":
        line = geometry_from_blob(cell)
        return Fact("length_m", None if line is None else float(line.length))
    if cell is None or isinstance(cell, str | int | float):
        return Fact(name, cell)
    return Fact(name, None, told=False)


def _last_word(copy: Copy, version: Version, conflict: Conflict) -> tuple[str | None, str | None]:
    """Who changed it last in that file, and when."""
    table, uuid = conflict.key if version.row is None else version.row.key
    entry = copy.connection.execute(
        "SELECT who, at FROM log WHERE subject_table = ? AND subject_uuid = ?"
        " ORDER BY fid DESC LIMIT 1",
        (table, uuid),
    ).fetchone()
    return (None, None) if entry is None else (str(entry[0]), str(entry[1]))

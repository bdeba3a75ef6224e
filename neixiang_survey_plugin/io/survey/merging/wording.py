"""What the merging asks, one sentence a conflict."""

from __future__ import annotations

from collections.abc import Sequence

from neixiang_survey_plugin.io.survey.blobs import geometry_from_blob
from neixiang_survey_plugin.io.survey.merging.copy import LINES, Copy, Row
from neixiang_survey_plugin.io.survey.merging.deciding import Conflict, Version
from neixiang_survey_plugin.io.survey.merging.planning import BOTH

_MOST_FACTS = 4


def question(conflict: Conflict, copies: Sequence[Copy]) -> str:
    """Which thing, who says what in which file, and what to add to the command."""
    thing = "外线" if conflict.key[0] == LINES else "记录"
    versions = "；".join(_said(version, conflict, copies) for version in conflict.versions)
    choices = [version.labels[0] for version in conflict.versions]
    if conflict.same_name:
        trouble = "几份文件各自用了这个名称，内容不同"
        choices.append(BOTH)
    else:
        trouble = "几份文件都改过"
    ways = " 或 ".join(f"--choose {conflict.name}={choice}" for choice in choices)
    meaning = "（both：不是同一个，都留下，后来的改名）" if conflict.same_name else ""
    return f"{thing} {conflict.name}：{trouble}（{versions}）；请加上 {ways}{meaning}"


def _said(version: Version, conflict: Conflict, copies: Sequence[Copy]) -> str:
    having = [copy for copy in copies if copy.label in version.labels]
    names = "、".join(f"{copy.label} {copy.path.name}" for copy in having)
    said = "已删除" if version.row is None else _facts(version.row, conflict)
    return f"{names} {said}{_last_word(having[0], version, conflict)}"


def _facts(row: Row, conflict: Conflict) -> str:
    """In what a row differs from the others."""
    others = [one.row for one in conflict.versions if one.row not in (None, row)]
    differing = [
        name
        for name, cell in row.cells.items()
        if name not in ("version", "changed_at", "changed_by")
        and any(other is not None and other.cells.get(name) != cell for other in others)
    ]
    said = [_fact(name, row.cells[name]) for name in differing[:_MOST_FACTS]]
    return "，".join(said) + (" 等" if len(differing) > _MOST_FACTS else "")


def _fact(name: str, cell: object) -> str:
    if name == "geom":
        line = geometry_from_blob(cell)
        return "没有线形" if line is None else f"线长 {line.length:.2f} m"
    if cell is None:
        return f"{name} 空"
    return f"{name}={str(cell)[:20]}" if isinstance(cell, str | int | float) else f"{name} 不同"


def _last_word(copy: Copy, version: Version, conflict: Conflict) -> str:
    """Who changed it last in that file, and when; nothing where its log does not say."""
    table, uuid = conflict.key if version.row is None else version.row.key
    entry = copy.connection.execute(
        "SELECT who, at FROM log WHERE subject_table = ? AND subject_uuid = ?"
        " ORDER BY fid DESC LIMIT 1",
        (table, uuid),
    ).fetchone()
    return "" if entry is None else f"，{entry[0]} {str(entry[1])[:16].replace('T', ' ')} (UTC)"

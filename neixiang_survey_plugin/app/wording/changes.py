"""Sentences about what an import changed in a layer that stood there before."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from neixiang_survey_plugin.app.importing.change_report import ChangeReport
from neixiang_survey_plugin.app.importing.changes import SHAPE, Change, ChangeKind
from neixiang_survey_plugin.app.wording.figures import UNKNOWN_WORD, few, trimmed

_KINDS: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: "新增 {} 个（{}）",
    ChangeKind.CHANGED: "改动 {} 个（{}）",
    ChangeKind.GONE: "移入历史 {} 个（{}）",
}
_MOST_SPELLED = 10


def change_sentences(report: ChangeReport, say: Callable[[Change], str]) -> list[str]:
    """How the layer differs from the one that stood there; nothing where none stood.

    ``say`` tells one change of a cell, in the words of whoever reads of it.
    """
    if report.changes is None:
        return []
    if not report.changes:
        return ["与原来的图层完全相同"]
    counted = []
    for kind, words in _KINDS.items():
        objects = report.objects(kind)
        if objects:
            counted.append(words.format(len(objects), few(objects)))
    said = [f"与原来的图层相比：{'；'.join(counted)}"]
    cells = [one for one in report.changes if one.kind is ChangeKind.CHANGED]
    said += [
        shape_sentence(one) if one.field == SHAPE else say(one) for one in cells[:_MOST_SPELLED]
    ]
    if len(cells) > _MOST_SPELLED:
        said.append(f"还有 {len(cells) - _MOST_SPELLED} 处改动")
    if report.file is not None:
        said.append(f"改前、改后逐项记在 {report.file}")
    return said


def shape_sentence(change: Change) -> str:
    """An object whose shape is another."""
    return f"{change.object_id} 的几何有改动"


def cell_sentence(change: Change) -> str:
    """One field of one object, before and after, by the names that stand in the file."""
    return f"{change.object_id} 的 {change.field}：{_cell(change.before)} → {_cell(change.after)}"


def _cell(value: str | float | None) -> str:
    if value is None:
        return UNKNOWN_WORD
    return trimmed(value) if isinstance(value, float) else value

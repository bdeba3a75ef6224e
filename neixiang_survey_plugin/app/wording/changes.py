"""Sentences about what an import changed in a layer that stood there before."""

from __future__ import annotations

from collections.abc import Mapping

from neixiang_survey_plugin.app.importing.change_report import ChangeReport, few
from neixiang_survey_plugin.app.importing.changes import SHAPE, Change, ChangeKind
from neixiang_survey_plugin.app.wording.figures import UNKNOWN_WORD, trimmed

_KINDS: Mapping[ChangeKind, str] = {
    ChangeKind.ADDED: "新增",
    ChangeKind.CHANGED: "改动",
    ChangeKind.GONE: "移入历史",
}
_MOST_SPELLED = 10


def change_sentences(report: ChangeReport) -> list[str]:
    """How the layer differs from the one that stood there; nothing where none stood."""
    if report.changes is None:
        return []
    if not report.changes:
        return ["与原来的图层完全相同"]
    counted = []
    for kind, word in _KINDS.items():
        objects = report.objects(kind)
        if objects:
            counted.append(f"{word} {len(objects)} 个（{few(objects)}）")
    said = [f"与原来的图层相比：{'，'.join(counted)}"]
    cells = [one for one in report.changes if one.kind is ChangeKind.CHANGED]
    said += [change_sentence(one) for one in cells[:_MOST_SPELLED]]
    if len(cells) > _MOST_SPELLED:
        said.append(f"还有 {len(cells) - _MOST_SPELLED} 处改动")
    if report.file is not None:
        said.append(f"改前、改后逐项记在 {report.file}")
    return said


def change_sentence(change: Change) -> str:
    """One field of one object, before and after."""
    if change.field == SHAPE:
        return f"{change.object_id} 的几何有改动"
    return f"{change.object_id} 的 {change.field}：{_cell(change.before)} → {_cell(change.after)}"


def _cell(value: str | float | None) -> str:
    if value is None:
        return UNKNOWN_WORD
    return trimmed(value) if isinstance(value, float) else value

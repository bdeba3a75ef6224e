"""Sentences about the quality of a county's data."""

from __future__ import annotations

from collections.abc import Mapping

from neixiang_survey_plugin.app.quality.needs import Purpose
from neixiang_survey_plugin.app.quality.quality import FieldQuality, Quality, Task
from neixiang_survey_plugin.app.wording.confirmed import field_words, overlay_sentence
from neixiang_survey_plugin.app.wording.words import layer_words

_PURPOSES: Mapping[Purpose, str] = {
    Purpose.WAY: "办理方式",
    Purpose.CONFLICT: "净距、覆土",
    Purpose.TRENCH: "路面修复",
    Purpose.PLAN: "规划核对",
}


def purpose_words(purpose: Purpose) -> str:
    """What a fact is needed for."""
    return _PURPOSES[purpose]


def percent(share: float) -> str:
    """A share in per cent, never rounded to all or nothing."""
    shown = round(100 * share, 1)
    if 0.0 < share < 1.0:
        shown = min(max(shown, 0.1), 99.9)
    return f"{shown:g}%"


def quality_sentences(quality: Quality) -> list[str]:
    """What hangs on the data: on how many roads nothing can be judged, and what was confirmed."""
    probed = quality.probed
    said = []
    if probed.roads:
        share = len(probed.doubts) / probed.roads
        said.append(
            f"{probed.roads} 条道路中有 {len(probed.doubts)} 条（{percent(share)}；"
            f"{probed.doubtful_m / 1000:.1f} / {probed.road_m / 1000:.1f} km）不能判定："
            "外线的情况即使都已知，县资料也不够"
        )
    if quality.layers_absent:
        said.append(f"没有的图层：{'、'.join(map(layer_words, quality.layers_absent))}，有关的不判")
    if quality.confirmed:
        said.append(overlay_sentence(quality.confirmed))
    return said


def task_words(task: Task) -> tuple[str, str]:
    """A fact to find out, and what hangs on it."""
    what = f"{layer_words(task.layer)} {task.object_id} 的{field_words(task.field)}"
    if task.roads:
        return what, f"{task.roads} 条道路（{task.road_m:.0f} m）不能判定"
    return what, purpose_words(task.purpose)


def field_share(field: FieldQuality) -> str:
    """How much of a field is there."""
    return f"{field_words(field.field)} {percent(field.share)}（{field.filled}/{field.needed}）"

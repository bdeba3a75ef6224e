"""Conflicts in words: what is too near to what, by how much, what would settle it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from neixiang_survey_plugin.app.wording.figures import figure
from neixiang_survey_plugin.app.wording.words import layer_words
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, ConflictKind, ConflictOutcome
from neixiang_survey_plugin.core.vocabulary import (
    OBSTACLE_KIND,
    PIPELINE_UTILITY,
    SURFACE_KIND,
    Words,
    chinese_word,
)

_KINDS = {
    ConflictKind.HORIZONTAL: "水平净距",
    ConflictKind.VERTICAL: "垂直净距",
    ConflictKind.COVER: "覆土",
    ConflictKind.STACKED: "上下重叠",
    ConflictKind.BUILDING: "距建筑物",
    ConflictKind.OBSTACLE: "距树木杆塔",
    ConflictKind.OVERLAP: "管壁相碰",
}
_OUTCOMES = {
    ConflictOutcome.FAIL: "✗ 不合格",
    ConflictOutcome.WAIVABLE: "! 可采取措施",
    ConflictOutcome.UNKNOWN: "? 未知",
}
_WORDS: dict[str, Words] = {
    "routes": PIPELINE_UTILITY,
    "pipelines": PIPELINE_UTILITY,
    "obstacles": OBSTACLE_KIND,
    "surfaces": SURFACE_KIND,
}


def conflict_kind_words(kind: ConflictKind) -> str:
    """What is too small, in a word."""
    return _KINDS[kind]


def conflict_outcome_words(conflict: Conflict) -> str:
    """The outcome as a mark and a word, with the triangle of what is borderline."""
    return _OUTCOMES[conflict.outcome] + (" △" if conflict.borderline else "")


def conflict_other_words(conflict: Conflict) -> str:
    """What the line is too near to: its kind and its identifier."""
    words = _WORDS.get(conflict.b_layer)
    known = words is not None and conflict.b_word in words
    kind = chinese_word(words, conflict.b_word) if words and known and conflict.b_word else ""
    return f"{kind or layer_words(conflict.b_layer)} {conflict.b}"


def conflict_figures(conflict: Conflict) -> tuple[str, str]:
    """The distance that is there and the one that is required."""
    return figure(conflict.measured_m, *_marks(conflict)), figure(conflict.required_m)


def conflict_place(conflict: Conflict) -> str:
    """Where along the line, in metres from its start."""
    if conflict.to_m - conflict.from_m < 0.005:
        return figure(conflict.from_m)
    return f"{figure(conflict.from_m)}–{figure(conflict.to_m)}"


def conflicts_sentence(conflicts: Iterable[Conflict]) -> str:
    """How many conflicts of each outcome there are."""
    counts = Counter(conflict.outcome for conflict in conflicts)
    if not counts:
        return "管线冲突：未发现"
    listed = "，".join(
        f"{_OUTCOMES[outcome][2:]} {counts[outcome]} 处"
        for outcome in ConflictOutcome
        if counts[outcome]
    )
    return f"管线冲突（净距、覆土）：{listed}"


def _marks(conflict: Conflict) -> tuple[float, ...]:
    return () if conflict.required_m is None else (conflict.required_m,)

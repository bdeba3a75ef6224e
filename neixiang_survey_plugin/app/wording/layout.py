"""Early layout in words: what a site needs, how far its mains lie, which have to come nearer."""

from __future__ import annotations

import math

from neixiang_survey_plugin.app.wording.figures import UNKNOWN_WORD, figure, trimmed
from neixiang_survey_plugin.app.wording.words import pressure_words
from neixiang_survey_plugin.core.planning.layout import (
    LayoutState,
    MainNear,
    Need,
    UtilityLayout,
)

_STATES = {
    LayoutState.NEAR: "✓ 已到附近",
    LayoutState.NEARER: "! 须提前布局",
    LayoutState.UNKNOWN: "? 未知",
}


def layout_state_words(state: LayoutState) -> str:
    """Whether the mains are near, as a mark and a word."""
    return _STATES[state]


def need_words(need: Need) -> str:
    """What the mains have to be at least."""
    parts = []
    if need.diameter_mm is not None:
        parts.append(f"DN≥{math.ceil(need.diameter_mm)}")
    if need.pressure_class is not None:
        parts.append(f"{pressure_words(need.pressure_class)}及以上")
    if need.voltage_kv is not None:
        parts.append(f"≥{trimmed(need.voltage_kv)} kV")
    if parts:
        return "，".join(parts)
    return "有管道即可" if need.sized else UNKNOWN_WORD


def main_words(main: MainNear | None) -> str:
    """A main with its size and distance."""
    if main is None:
        return "无"
    parts = []
    if main.diameter_mm is not None:
        parts.append(f"DN{trimmed(main.diameter_mm)}")
    if main.pressure_class is not None:
        parts.append(pressure_words(main.pressure_class))
    if main.voltage_kv is not None:
        parts.append(f"{trimmed(main.voltage_kv)} kV")
    size = "，".join(parts) or "规模未知"
    return f"{main.pipe_id}（{size}）{figure(main.distance_m)} m"


def layout_sentence(one: UtilityLayout) -> str:
    """What follows for one utility."""
    if one.state is LayoutState.NEAR:
        return "现有干管够用，外线可及"
    if one.state is LayoutState.UNKNOWN:
        if not one.need.sized:
            return "采集单没有写明用量，所需规模未知：向企业查明后再核算"
        maybe = "" if one.maybe is None else f" {one.maybe.pipe_id} "
        return f"附近的干管{maybe}规模未知，可能够用：向权属单位查明"
    if one.enough is None:
        return "没有够用的干管：须新建或扩容"
    corridor = one.corridor
    if corridor is None:
        return f"够用的干管还差 {figure(one.short_m)} m，没有可沿的规划管位：先编制管线规划"
    name = f"{corridor.plan_name}（{corridor.plan_id}）" if corridor.plan_name else corridor.plan_id
    return (
        f"够用的干管还差 {figure(one.short_m)} m：由 {corridor.pipe_id} 沿{name}敷设"
        f" {figure(corridor.length_m)} m，其中规划管位 {figure(corridor.planned_m)} m"
    )

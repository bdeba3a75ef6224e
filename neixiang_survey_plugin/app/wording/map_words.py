"""The Chinese for what the map shows: each look of each layer, each state of a route."""

from __future__ import annotations

from collections.abc import Mapping

from neixiang_survey_plugin.app.map_layers import NO_WIDTH, UNKNOWN, RouteState
from neixiang_survey_plugin.app.wording.words import layer_words
from neixiang_survey_plugin.core.vocabulary import (
    CONTROL_KIND,
    GREEN_KIND,
    OBSTACLE_KIND,
    PIPELINE_UTILITY,
    ROAD_CLASS,
    SURFACE_KIND,
    Words,
    chinese_word,
)

_LOOKS: Mapping[str, Words] = {
    "roads": ROAD_CLASS,
    "surfaces": SURFACE_KIND,
    "green_spaces": GREEN_KIND,
    "pipelines": PIPELINE_UTILITY,
    "plan_lines": PIPELINE_UTILITY,
    "obstacles": OBSTACLE_KIND,
    "control_areas": CONTROL_KIND,
}
_STATES = {
    RouteState.PROPOSED: "拟建外线",
    RouteState.PLANNED: "规划外线",
    RouteState.EXISTING: "既有外线",
}
BORED_WORDS = "非开挖段"


def look_words(layer: str, look: str) -> str:
    """One look of a layer, such as 主干路; the layer itself where it has one look."""
    if layer not in _LOOKS:
        return layer_words(layer)
    if look == NO_WIDTH:
        return "宽度未知"
    return "类别未知" if look == UNKNOWN else chinese_word(_LOOKS[layer], look)


def route_state_words(state: RouteState) -> str:
    """How far a route has come."""
    return _STATES[state]

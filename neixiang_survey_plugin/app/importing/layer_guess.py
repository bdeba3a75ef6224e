"""Which of a county's layers a foreign one probably is."""

from __future__ import annotations

from collections.abc import Mapping

from neixiang_survey_plugin.app.importing.answers import Answers
from neixiang_survey_plugin.app.importing.foreign import ForeignLayer
from neixiang_survey_plugin.app.importing.mapping import Reason, propose_mapping
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, GeometryKind, LayerSchema

_KINDS: Mapping[str, GeometryKind] = {
    "Point": GeometryKind.POINT,
    "LineString": GeometryKind.LINE,
    "LinearRing": GeometryKind.LINE,
    "Polygon": GeometryKind.POLYGON,
}
# What files are called; the first that a name holds counts most.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "plan_lines": ("plan_line", "规划管线", "规划线"),
    "control_areas": ("control", "控制线", "六线", "控制区"),
    "surfaces": ("surface", "路面", "车行道", "人行道", "路面类型"),
    "green_spaces": ("green", "绿地", "绿化", "公园"),
    "pipelines": ("pipe", "管线", "管网", "管道", "电缆", "管段"),
    "buildings": ("build", "建筑", "房屋"),
    "obstacles": ("obstacle", "tree", "树", "杆", "塔"),
    "sites": ("site", "用地", "宗地", "地块"),
    "roads": ("road", "道路", "路网", "红线", "街"),
}
_BY_NAME = {Reason.SAME_NAME: 2.0, Reason.SYNONYM: 1.0}
_NAME_COUNTS = 3.0


def likely_layers(layer: ForeignLayer) -> tuple[str, ...]:
    """The layers whose shapes these can be, the likeliest first, then the others.

    By the kind of its shapes, what the file is called, and the columns that have fields' names.
    """
    kinds = {_KINDS[name.removeprefix("Multi")] for name, _ in layer.shapes if _is_known(name)}
    fits = {name: not kinds or bool(kinds & {*one.geometry}) for name, one in COUNTY_LAYERS.items()}
    scores = {name: _score(layer, schema) for name, schema in COUNTY_LAYERS.items()}
    return tuple(sorted(COUNTY_LAYERS, key=lambda name: (not fits[name], -scores[name])))


def _is_known(shape: str) -> bool:
    return shape.removeprefix("Multi") in _KINDS


def _score(layer: ForeignLayer, schema: LayerSchema) -> float:
    called = f"{layer.origin.layer} {layer.origin.source.rpartition('/')[2]}".casefold()
    named = any(word in called for word in _NAMES.get(schema.name, ()))
    mappings = propose_mapping(layer, schema, Answers(), {})
    columns = sum(_BY_NAME.get(one.reason, 0.0) for one in mappings)
    return columns / len(schema.fields) * _NAME_COUNTS + _NAME_COUNTS * named

"""Which layer of a project is the county's roads, greens ...: guessed, asked once, remembered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from qgis.core import QgsMapLayerType, QgsProject, QgsWkbTypes

from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, GeometryKind, LayerSchema
from neixiang_survey_plugin.hosts.qgis.memory import SCOPE

ROLE = f"{SCOPE}/role"  # the custom property of a layer that says which one of a county's it is
FIELDS = f"{SCOPE}/fields"  # its columns that are called otherwise, as JSON: canonical to own
_FIELD_SCORE, _NAME_SCORE = 1, 3
_LEAST_SCORE = 3  # one word of the name, or three fields of the schema

# Words in the names of layers, in offices' Chinese and in English.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "roads": ("道路", "红线", "road", "street", "dlmc", "路面"),
    "surfaces": ("路面分区", "铺装", "surface", "pavement"),
    "green_spaces": ("绿地", "绿化", "green", "park"),
    "pipelines": ("管线", "管网", "管道", "pipe", "main"),
    "buildings": ("建筑", "房屋", "building", "house"),
    "obstacles": ("树", "杆", "障碍", "tree", "pole", "obstacle"),
    "plan_lines": ("规划管线", "规划线", "plan_line", "planned"),
    "control_areas": ("控制线", "六线", "control"),
    "sites": ("地块", "宗地", "用地", "site", "parcel"),
    "land_use": ("规划用地", "用地性质", "用地规划", "land_use", "landuse"),
}
_KINDS = {
    QgsWkbTypes.GeometryType.PointGeometry: GeometryKind.POINT,
    QgsWkbTypes.GeometryType.LineGeometry: GeometryKind.LINE,
    QgsWkbTypes.GeometryType.PolygonGeometry: GeometryKind.POLYGON,
}


def vector_layers() -> list[Any]:
    """The vector layers of the project that can be read now."""
    return [
        layer
        for layer in QgsProject.instance().mapLayers().values()
        if layer.type() == QgsMapLayerType.VectorLayer and layer.isValid()
    ]


def role_of(layer: Any) -> str | None:
    """Which layer of a county a layer of the project is; None where nobody said."""
    role = layer.customProperty(ROLE)
    return role if role in COUNTY_LAYERS else None


def layers_by_role() -> dict[str, Any]:
    """The layers that somebody said are the county's."""
    return {role: layer for layer in vector_layers() if (role := role_of(layer)) is not None}


def give_role(layer: Any, role: str | None) -> None:
    """Remember in the project that a layer is one of a county's, the only one of its kind."""
    for other in vector_layers():
        if other is layer or role_of(other) == role:
            other.removeCustomProperty(ROLE)
    if role is not None:
        layer.setCustomProperty(ROLE, role)


def fields_of(layer: Any) -> Mapping[str, str]:
    """The columns of a layer that are called otherwise, canonical to own."""
    text = layer.customProperty(FIELDS)
    return dict(json.loads(text)) if text else {}


def give_fields(layer: Any, fields: Mapping[str, str]) -> None:
    """Remember in the project what the columns of a layer are called."""
    layer.setCustomProperty(FIELDS, json.dumps(dict(fields), ensure_ascii=False))


def fits(layer: Any, schema: LayerSchema) -> bool:
    """Whether a layer has the kind of geometry that one of a county's may have."""
    return _KINDS.get(layer.geometryType()) in schema.geometry


def guessed(layers: Iterable[Any]) -> dict[str, Any]:
    """The likeliest layer for each role, by its name and its fields; no layer twice."""
    scored = sorted(
        (
            (_score(layer, schema), -number, role, layer)
            for number, (role, schema) in enumerate(COUNTY_LAYERS.items())
            for layer in layers
            if fits(layer, schema)
        ),
        key=lambda one: one[:2],
        reverse=True,
    )
    found: dict[str, Any] = {}
    for score, _, role, layer in scored:
        taken = any(layer is other for other in found.values())
        if score >= _LEAST_SCORE and role not in found and not taken:
            found[role] = layer
    return found


def _score(layer: Any, schema: LayerSchema) -> int:
    name = layer.name().casefold()
    columns = {column.casefold() for column in layer.fields().names()}
    longest = max((len(word) for word in _WORDS[schema.name] if word in name), default=0)
    named = _NAME_SCORE + longest if longest else 0
    own = sum(_FIELD_SCORE for field in schema.fields if field.name in columns)
    return named + own + (2 * _NAME_SCORE if schema.id_field in columns else 0)

"""The style of every layer as a QML file: of the county's from the palette, of the lines'."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qgis.core import QgsMapLayer, QgsVectorLayer

from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, ROUTES, FieldType, LayerSchema
from neixiang_survey_plugin.hosts.qgis.styles import GEOMETRY_TYPES, style_name, top_down
from neixiang_survey_plugin.io.survey.styles import lines_qml
from neixiang_survey_plugin.ui.look import look_of
from neixiang_survey_plugin.ui.settings import Settings
from tools.qgis_files.labels import LETTERING, labeling_of
from tools.qgis_files.plain import write_plainly
from tools.qgis_files.symbols import renderer_of, smallest_scale

_URI = {"point": "Point", "line": "LineString", "polygon": "Polygon"}
_FIELDS = {FieldType.NUMBER: "double", FieldType.DATE: "date"}
_KEPT = (
    QgsMapLayer.StyleCategory.Symbology
    | QgsMapLayer.StyleCategory.Labeling
    | QgsMapLayer.StyleCategory.Rendering
)


def write_styles(folder: Path) -> None:
    """Write every style into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for schema in map(COUNTY_LAYERS.__getitem__, top_down()):
        for layer in styled_layers(schema):
            path = folder / style_name(schema.name, layer.geometryType())
            layer.saveNamedStyle(str(path), _KEPT)
            write_plainly(path, path.read_text(encoding="utf-8"))
    columns = [field.name for field in ROUTES.fields]
    write_plainly(folder / "routes.qml", lines_qml("solid", columns))


def styled_layers(schema: LayerSchema) -> Iterator[Any]:
    """An empty layer of each kind of geometry that one of a county's may have, in its style."""
    look = look_of(Settings())
    for kind in schema.geometry:
        fields = "&".join(f"field={f.name}:{_FIELDS.get(f.type, 'string')}" for f in schema.fields)
        layer = QgsVectorLayer(f"{_URI[kind.value]}?{fields}", schema.name, "memory")
        layer.setRenderer(renderer_of(GEOMETRY_TYPES[kind], schema.name, look))
        if (smallest := smallest_scale(schema.name)) is not None:
            layer.setScaleBasedVisibility(True)
            layer.setMinimumScale(smallest)
        if (lettering := LETTERING.get(schema.name)) is not None:
            layer.setLabeling(labeling_of(lettering))
            layer.setLabelsEnabled(True)
        yield layer

"""The shipped styles of the county's layers, in the words and columns of the file at hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsExpression,
    QgsSingleSymbolRenderer,
    QgsVectorLayerSimpleLabeling,
    QgsWkbTypes,
)

from neixiang_survey_plugin.app.map_layers import LOOK_FIELDS
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, ROUTES, GeometryKind
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.render.palette import LIGHT
from neixiang_survey_plugin.render.symbols import drawing_order
from neixiang_survey_plugin.ui.look import Look

FOLDER = Path(__file__).parent / "styles"
GEOMETRY_TYPES = {
    GeometryKind.POINT: QgsWkbTypes.GeometryType.PointGeometry,
    GeometryKind.LINE: QgsWkbTypes.GeometryType.LineGeometry,
    GeometryKind.POLYGON: QgsWkbTypes.GeometryType.PolygonGeometry,
}


def top_down() -> tuple[str, ...]:
    """The layers of a county, what lies on top first."""
    return tuple(dict.fromkeys(row.layer for row in reversed(drawing_order(LIGHT))))


def style_name(layer: str, geometry_type: Any) -> str:
    """The file of a layer's style; where it may be of several kinds, of that one."""
    kinds = COUNTY_LAYERS[layer].geometry
    kind = next((one for one in kinds if GEOMETRY_TYPES[one] == geometry_type), kinds[0])
    return f"{layer}.qml" if kind is kinds[0] else f"{layer}_{kind.value}.qml"


def use_style(layer: Any, source: LayerSource, look: Look) -> None:
    """Draw a layer of the county in its shipped style, by the columns and words of its file."""
    name = source.schema.name
    layer.loadNamedStyle(str(FOLDER / style_name(name, layer.geometryType())))
    field = LOOK_FIELDS.get(name)
    if field is not None:
        layer.setRenderer(_in_its_words(layer, field, source, look))
    _label_by_its_columns(layer, source)


def use_style_of_lines(layer: Any) -> None:
    """Draw a layer of lines that brings no style of its own by utility."""
    if layer.fields().lookupField("utility") >= 0:
        layer.loadNamedStyle(str(FOLDER / f"{ROUTES.name}.qml"))


def _in_its_words(layer: Any, field: str, source: LayerSource, look: Look) -> Any:
    """The renderer by the file's column and its words; one symbol for all where it has none."""
    renderer = layer.renderer()
    *known, rest = renderer.categories()
    column = source.column_of(field, tuple(layer.fields().names()))
    if column is None:
        return QgsSingleSymbolRenderer(rest.symbol().clone())
    own = source.values.get(field, {})
    made = QgsCategorizedSymbolRenderer(column, [*known, rest])
    for number, category in enumerate(known):
        words = category.value()
        said = [text for text, canonical in own.items() if canonical == words[0]]
        made.updateCategoryValue(number, list(dict.fromkeys((*said, *words))))
        made.updateCategoryLabel(number, str(look.words.cell(field, words[0])))
    made.updateCategoryLabel(len(known), look.texts("qgis.unknown"))
    return made


def _label_by_its_columns(layer: Any, source: LayerSource) -> None:
    """Write by the file's own columns; nothing where it lacks one."""
    if layer.labeling() is None:
        return
    settings = layer.labeling().settings()
    names = tuple(layer.fields().names())
    for field in QgsExpression(settings.fieldName).referencedColumns():
        column = source.column_of(field, names)
        if column is None:
            layer.setLabelsEnabled(False)
            return
        quoted = QgsExpression.quotedColumnRef(column)
        settings.fieldName = settings.fieldName.replace(f'"{field}"', quoted)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))

"""The county's layers in QGIS as the desktop window draws them: one renderer from its palette."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsProperty,
    QgsRendererCategory,
    QgsSimpleLineSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsSymbolLayer,
    QgsWkbTypes,
)

from neixiang_survey_plugin.app.map_layers import LOOK_FIELDS, NO_WIDTH, UNKNOWN
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS
from neixiang_survey_plugin.render.palette import LIGHT
from neixiang_survey_plugin.render.symbols import ALWAYS, Symbol, drawing_order
from neixiang_survey_plugin.ui.look import Look

_POINT_MM = 25.4 / 96
_NONE = "0,0,0,0"
_LEAST_DOT = 4.0


def smallest_scale(layer: str) -> float | None:
    """The N of the smallest scale 1:N at which anything of a layer is drawn; None for any."""
    widest = max(row.symbol.smallest for row in drawing_order(LIGHT) if row.layer == layer)
    return None if widest == ALWAYS else widest


def renderer_of(kind: Any, name: str, look: Look) -> Any:
    """How a canonical layer of a kind of geometry is drawn: by the field that decides its look."""
    rows = [row for row in drawing_order(LIGHT) if row.layer == name and row.look != NO_WIDTH]
    looks = _joined((row.look, row.symbol) for row in rows)
    field = LOOK_FIELDS.get(name)
    if field is None:
        return QgsSingleSymbolRenderer(_symbol(kind, looks[UNKNOWN]))
    categories = [
        QgsRendererCategory(
            _values(name, field, word), _symbol(kind, symbol), str(look.words.cell(field, word))
        )
        for word, symbol in looks.items()
        if word != UNKNOWN
    ]
    rest = looks.get(UNKNOWN) or next(iter(looks.values()))
    categories.append(QgsRendererCategory(None, _symbol(kind, rest), look.texts("qgis.unknown")))
    return QgsCategorizedSymbolRenderer(field, categories)


def _joined(rows: Iterable[tuple[str, Symbol]]) -> Mapping[str, list[Symbol]]:
    """Every way to draw a look, from the ground up."""
    joined: dict[str, list[Symbol]] = {}
    for look, symbol in rows:
        joined.setdefault(look, []).append(symbol)
    return joined


def _values(name: str, field: str, word: str) -> list[str]:
    """A canonical word, and the others that mean the same wherever it may stand."""
    known = COUNTY_LAYERS[name].field(field)
    words = {} if known is None or known.words is None else known.words
    return list(dict.fromkeys((word, *words.get(word, ()))))


def _symbol(kind: Any, symbols: list[Symbol]) -> Any:
    types = QgsWkbTypes.GeometryType
    if kind == types.PointGeometry:
        return _marker(symbols[-1])
    return _area(symbols) if kind == types.PolygonGeometry else _line(symbols[-1])


def _marker(symbol: Symbol) -> Any:
    size = max(symbol.dot_px, _LEAST_DOT) * _POINT_MM
    return QgsMarkerSymbol.createSimple(
        {
            "name": "square" if symbol.square else "circle",
            "color": symbol.fill or _NONE,
            "outline_color": symbol.edge or _NONE,
            "size": str(size),
        }
    )


def _area(symbols: list[Symbol]) -> Any:
    fill = next((one.fill for one in symbols if one.fill), None)
    edge = next((one for one in symbols if one.edge), None)
    return QgsFillSymbol.createSimple(
        {
            "color": fill or _NONE,
            "style": "solid" if fill else "no",
            "outline_color": _NONE if edge is None else str(edge.edge),
            "outline_width": str((1.0 if edge is None else edge.edge_px) * _POINT_MM),
            "outline_style": "no" if edge is None else "dash" if edge.dashes else "solid",
        }
    )


def _line(symbol: Symbol) -> Any:
    """A line in its colour on a dark casing; from afar, without one, in its darker colour."""
    near = symbol.edge or symbol.fill or _NONE
    made = QgsLineSymbol.createSimple(_pen(near, symbol.edge_px, symbol.dashes))
    if symbol.casing is None:
        return made
    has_casing = f"@map_scale <= {symbol.casing_smallest:g}"
    paint, casing = (
        made.symbolLayer(0),
        QgsSimpleLineSymbolLayer.create(_pen(symbol.casing, symbol.casing_px, ())),
    )
    paint.setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertyStrokeColor,
        QgsProperty.fromExpression(f"if({has_casing}, '{near}', '{symbol.far or near}')"),
    )
    casing.setDataDefinedProperty(
        QgsSymbolLayer.Property.PropertyLayerEnabled, QgsProperty.fromExpression(has_casing)
    )
    casing.setLocked(True)
    made.insertSymbolLayer(0, casing)
    return made


def _pen(colour: str, width_px: float, dashes: tuple[float, ...]) -> dict[str, str]:
    return {
        "line_color": colour,
        "line_width": str(width_px * _POINT_MM),
        "line_style": "dash" if dashes else "solid",
    }

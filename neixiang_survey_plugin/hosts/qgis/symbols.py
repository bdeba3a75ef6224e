"""The county's layers in QGIS as the desktop window draws them: colours, scales, words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsRendererCategory,
    QgsSingleSymbolRenderer,
    QgsWkbTypes,
)

from neixiang_survey_plugin.app.map_layers import LOOK_FIELDS, NO_WIDTH, UNKNOWN
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.render.palette import LIGHT
from neixiang_survey_plugin.render.symbols import ALWAYS, Symbol, drawing_order
from neixiang_survey_plugin.ui.look import Look

_POINT_MM = 25.4 / 96
_NONE = "0,0,0,0"
_LEAST_DOT = 4.0


def top_down() -> tuple[str, ...]:
    """The layers of a county, what lies on top first."""
    return tuple(dict.fromkeys(row.layer for row in reversed(drawing_order(LIGHT))))


def smallest_scale(layer: str) -> float | None:
    """The N of the smallest scale 1:N at which anything of a layer is drawn; None for any."""
    widest = max(row.symbol.smallest for row in drawing_order(LIGHT) if row.layer == layer)
    return None if widest == ALWAYS else widest


def renderer_of(layer: Any, source: LayerSource, look: Look) -> Any:
    """How a layer is drawn: by the field that decides its look, in the file's own words."""
    name = source.schema.name
    rows = [row for row in drawing_order(LIGHT) if row.layer == name and row.look != NO_WIDTH]
    looks = _joined((row.look, row.symbol) for row in rows)
    kind = layer.geometryType()
    field = LOOK_FIELDS.get(name)
    column = None if field is None else source.column_of(field, tuple(layer.fields().names()))
    if field is None or column is None:
        return QgsSingleSymbolRenderer(_symbol(kind, looks[UNKNOWN]))
    categories = [
        QgsRendererCategory(
            _values(source, field, word), _symbol(kind, symbol), _words(look, field, word)
        )
        for word, symbol in looks.items()
        if word != UNKNOWN
    ]
    rest = looks.get(UNKNOWN) or next(iter(looks.values()))
    categories.append(QgsRendererCategory(None, _symbol(kind, rest), look.texts("qgis.unknown")))
    return QgsCategorizedSymbolRenderer(column, categories)


def _joined(rows: Iterable[tuple[str, Symbol]]) -> Mapping[str, list[Symbol]]:
    """Every way to draw a look, from the ground up."""
    joined: dict[str, list[Symbol]] = {}
    for look, symbol in rows:
        joined.setdefault(look, []).append(symbol)
    return joined


def _values(source: LayerSource, field: str, word: str) -> list[str]:
    """The words for which a file's column stands for a canonical one."""
    known = COUNTY_LAYERS[source.schema.name].field(field)
    words = {} if known is None or known.words is None else known.words
    own = [text for text, canonical in source.values.get(field, {}).items() if canonical == word]
    return list(dict.fromkeys((*own, word, *words.get(word, ()))))


def _words(look: Look, field: str, word: str) -> str:
    return str(look.words.cell(field, word))


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
    made = QgsLineSymbol.createSimple(
        {
            "line_color": symbol.far or symbol.edge or symbol.fill or _NONE,
            "line_width": str(symbol.edge_px * _POINT_MM),
            "line_style": "dash" if symbol.dashes else "solid",
        }
    )
    return made

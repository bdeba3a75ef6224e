"""A case as a CAD drawing: CJJ 61-2017's classes and colours, true coordinates, Chinese text."""

from __future__ import annotations

import importlib
import importlib.util
import io
from collections.abc import Iterator, Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from neixiang_survey_plugin.app.colours import CLASS_CODES, UTILITY_COLOURS
from neixiang_survey_plugin.app.wording import exports as words
from neixiang_survey_plugin.app.wording.figures import figure
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.io.packet.features import Feature, FeatureLayer, shown_text

# The oldest version that keeps true colours. From R2007 on a drawing is UTF-8, which GDAL and QGIS
# of Debian 12 take for the code page of the header; GBK is read rightly by them and by every CAD.
_VERSION, _ENCODING = "R2004", "gbk"
_STYLE, _FONT = "HANZI", "simsun.ttc"  # on every Chinese Windows
_METRES = 6  # as $INSUNITS counts units
_TEXT_M = 1.5  # 3 mm on paper at 1:500
_ROAD_COLOUR, _GREEN_COLOUR = "#808080", "#4c9f4c"
_POINT_M = 0.5


def case_drawing(layers: Sequence[FeatureLayer], county: County) -> bytes | None:
    """The drawing in the county grid; None where ezdxf is not installed."""
    if importlib.util.find_spec("ezdxf") is None:
        return None
    ezdxf: Any = importlib.import_module("ezdxf")
    before = ezdxf.options.write_fixed_meta_data_for_testing
    ezdxf.options.write_fixed_meta_data_for_testing = True  # no time of day, no chance identifier
    try:
        return _drawing(ezdxf, layers, county)
    finally:
        ezdxf.options.write_fixed_meta_data_for_testing = before


def _drawing(ezdxf: Any, layers: Sequence[FeatureLayer], county: County) -> bytes:
    document = ezdxf.new(_VERSION, setup=True)
    document.encoding = _ENCODING
    document.units = _METRES
    document.styles.add(_STYLE, font=_FONT)
    plotter = _Plotter(document)
    for name, geometry, colour in _around(county):
        plotter.shape(name, colour, geometry)
    for layer in layers:
        for one in layer.features:
            _feature(plotter, layer.name, one)
    plotter.note(words.GRID_NOTE.format(epsg=county.grid.epsg), layers)
    text = io.StringIO()
    document.write(text)
    # what GBK lacks, an emoji say, becomes the escape that CAD knows
    return text.getvalue().encode(_ENCODING, "dxfreplace")


def _around(county: County) -> Iterator[tuple[str, BaseGeometry, str]]:
    """What is there already: red lines, green spaces, pipelines by class."""
    for layer, name, colour in (
        ("roads", words.ROADS_LAYER, _ROAD_COLOUR),
        ("green_spaces", words.GREEN_LAYER, _GREEN_COLOUR),
    ):
        for geometry in _geometries(county.layers.get(layer)):
            yield name, geometry, colour
    pipes = county.layers.get("pipelines")
    for part, geometry in enumerate(_geometries(pipes)):
        assert pipes is not None
        utility = pipes.columns["utility"][pipes.feature[part]]
        code = CLASS_CODES.get(utility, "QT")
        yield f"{code}_{words.EXISTING}", geometry, UTILITY_COLOURS.get(utility, _ROAD_COLOUR)


def _geometries(table: FeatureTable | None) -> Sequence[BaseGeometry]:
    return [] if table is None else table.geometry.tolist()


def _feature(plotter: _Plotter, layer: str, feature: Feature) -> None:
    code = CLASS_CODES.get(feature.utility, "QT")
    colour = UTILITY_COLOURS.get(feature.utility, _ROAD_COLOUR)
    if layer == "routes":
        plotter.shape(code, colour, feature.geometry, width_mm=0.5)
        length = figure(float(str(feature.facts["length_m"])))
        middle = _middle(feature.geometry)
        plotter.text(f"{code}_{words.WORDS}", colour, middle, f"{feature.title} L={length} m")
    elif layer == "crossings":
        name = feature.facts["road_name"] or feature.facts["road_id"]
        length = figure(float(str(feature.facts["length_m"])))
        middle = _middle(feature.geometry)
        plotter.text(f"{code}_{words.WORDS}", colour, middle, f"{name} {length} m")
    else:
        plotter.shape(f"{code}_{words.LAYER_TITLES[layer]}", colour, feature.geometry)


def _middle(line: BaseGeometry) -> Any:
    return shapely.line_interpolate_point([line], 0.5, normalized=True)[0]


class _Plotter:
    """Puts shapes and texts onto layers, which it makes as they are needed."""

    def __init__(self, document: Any) -> None:
        self._document, self._space = document, document.modelspace()

    def shape(
        self, layer: str, colour: str, geometry: BaseGeometry, width_mm: float = 0.18
    ) -> None:
        """Draw the outlines, lines and points of a geometry."""
        pen = {"layer": self._layer(layer, colour), "lineweight": round(width_mm * 100)}
        for part in shapely.get_parts(geometry):
            if part.geom_type == "Point":
                self._space.add_circle(part.coords[0], _POINT_M, dxfattribs=pen)
            elif part.geom_type == "Polygon":
                for ring in (part.exterior, *part.interiors):
                    points = list(ring.coords)[:-1]
                    self._space.add_lwpolyline(points, close=True, dxfattribs=pen)
            else:
                self._space.add_lwpolyline(list(part.coords), dxfattribs=pen)

    def text(self, layer: str, colour: str, at: BaseGeometry, text: str) -> None:
        """Write a text at a place."""
        x, y = shapely.get_coordinates(at)[0].tolist()
        attributes = {"layer": self._layer(layer, colour), "style": _STYLE, "insert": (x, y)}
        self._space.add_text(_plain(text), height=_TEXT_M, dxfattribs=attributes)

    def note(self, text: str, layers: Sequence[FeatureLayer]) -> None:
        """Write a text below everything that was drawn of the case."""
        shapes = [one.geometry for layer in layers for one in layer.features]
        west, south, _, _ = shapely.total_bounds(shapes).tolist()
        self.text(words.WORDS, _ROAD_COLOUR, shapely.Point(west, south - 4 * _TEXT_M), text)

    def _layer(self, name: str, colour: str) -> str:
        if name not in self._document.layers:
            value = int(colour.lstrip("#"), 16)
            layer = self._document.layers.add(name)
            layer.rgb = value >> 16, value >> 8 & 0xFF, value & 0xFF
        return name


def _plain(text: str) -> str:
    r"""A text without the marks that CAD takes for commands, such as %%u, ^J and \U+0041."""
    return shown_text(text).replace("%%", "％％").replace("^", "＾").replace("\\", "＼")

"""What is drawn how: a small picture for every look of the map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin.app.map_layers import NO_WIDTH, DrawnRoute, MapLayer, RouteState
from neixiang_survey_plugin.app.map_shapes import shapes_of
from neixiang_survey_plugin.app.wording.map_words import (
    BORED_WORDS,
    look_words,
    route_state_words,
)
from neixiang_survey_plugin.core.routes import Bore, Route
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, GeometryKind
from neixiang_survey_plugin.render.palette import Palette
from neixiang_survey_plugin.render.pens import colour, painting
from neixiang_survey_plugin.render.pictures import blank_image
from neixiang_survey_plugin.render.plan import plan_steps
from neixiang_survey_plugin.render.routes import paint_routes
from neixiang_survey_plugin.render.symbols import drawing_order
from neixiang_survey_plugin.render.view import POINT_M, View

WIDTH, HEIGHT = 30, 18  # points of 1/96 inch
_SCALE = 1_000.0  # everything is drawn at 1:1000
_HALF_E, _HALF_N = WIDTH / 2 * _SCALE * POINT_M, HEIGHT / 2 * _SCALE * POINT_M


@dataclass(frozen=True, eq=False)
class LegendEntry:
    """One row of the legend; ``swatch`` is a QImage for the screen's fineness."""

    layer: str
    look: str
    words: str
    count: int  # parts that are drawn so
    swatch: Any


def legend(
    layers: Sequence[MapLayer], palette: Palette, point_px: float = 1.0
) -> Iterator[LegendEntry]:
    """The looks that a county has, what lies on top first, as in a tree of layers.

    Each is painted when it is asked for.
    """
    counts = {(one.layer, one.look): len(one.shapes) for one in layers}
    rows = dict.fromkeys((row.layer, row.look) for row in reversed(drawing_order(palette)))
    for layer, look in rows:
        count = counts.get((layer, look), 0)
        if count:
            words, swatch = look_words(layer, look), _swatch(layer, look, palette, point_px)
            yield LegendEntry(layer, look, words, count, swatch)


def route_legend(utility: str, palette: Palette, point_px: float = 1.0) -> Iterator[LegendEntry]:
    """How the routes of one utility are drawn, by their state, and where they are bored.

    Each is painted when it is asked for.
    """
    line = LineString([(-_HALF_E * 0.8, 0), (_HALF_E * 0.8, 0)])
    plain = Route("", utility, line)
    bored = Route("", utility, line, trenchless=(Bore(0.0, line.length),))
    rows = [
        (state.value, route_state_words(state), DrawnRoute(plain, state)) for state in RouteState
    ]
    rows.append(("bored", BORED_WORDS, DrawnRoute(bored)))
    for look, words, drawn in rows:
        yield LegendEntry("routes", look, words, 0, _route_swatch(drawn, palette, point_px))


def _swatch(layer: str, look: str, palette: Palette, point_px: float) -> Any:
    kind = COUNTY_LAYERS[layer].geometry[0]
    if look == NO_WIDTH:
        kind = GeometryKind.LINE
    shapes = shapes_of(np.array([_SAMPLES[kind]], dtype=object))
    view, image = _paper(point_px)
    image.fill(colour(palette.land))
    with painting(image) as painter:
        for _ in plan_steps(painter, {(layer, look): shapes}, view, palette):
            pass
    return image


def _route_swatch(drawn: DrawnRoute, palette: Palette, point_px: float) -> Any:
    view, image = _paper(point_px)
    image.fill(colour(palette.land))
    with painting(image) as painter:
        paint_routes(painter, [drawn], view, palette)
    return image


def _paper(point_px: float) -> tuple[View, Any]:
    width_px, height_px = round(WIDTH * point_px), round(HEIGHT * point_px)
    image = blank_image(width_px, height_px)
    image.setDevicePixelRatio(point_px)
    pixel_m = _SCALE * POINT_M / point_px
    return View(0.0, 0.0, pixel_m, width_px, height_px, point_px), image


_SAMPLES: dict[GeometryKind, Geometry] = {
    GeometryKind.POLYGON: shapely.box(-_HALF_E * 0.8, -_HALF_N * 0.7, _HALF_E * 0.8, _HALF_N * 0.7),
    GeometryKind.LINE: LineString([(-_HALF_E * 0.8, 0), (_HALF_E * 0.8, 0)]),
    GeometryKind.POINT: shapely.Point(0, 0),
}

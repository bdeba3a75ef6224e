"""Make the pictures of the map for the documents: three themes, several scales, one on paper.

``python tools/make_map_pictures.py docs/images``
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import shapely
from shapely import LineString, Point

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from neixiang_survey_plugin.app.map_host import Mark, Overlay
from neixiang_survey_plugin.app.map_labels import named_features
from neixiang_survey_plugin.app.map_layers import DrawnRoute, RouteState, extent, map_layers
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Bore, Route
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.routes_file import read_routes
from neixiang_survey_plugin.places import sample_county
from neixiang_survey_plugin.qt import QtGui
from neixiang_survey_plugin.render.furniture import paint_furniture
from neixiang_survey_plugin.render.marks import paint_overlays
from neixiang_survey_plugin.render.palette import PALETTES, Theme
from neixiang_survey_plugin.render.pens import painting
from neixiang_survey_plugin.render.pictures import Content, blank_image, paint_map
from neixiang_survey_plugin.render.plan import by_look
from neixiang_survey_plugin.render.routes import paint_routes
from neixiang_survey_plugin.render.view import POINT_M, View

WIDTH_PX, HEIGHT_PX = 1100, 700
MIDDLE = 581_000.0, 3_658_700.0


def main() -> None:
    """Write every picture into the folder that is named."""
    application = QtGui.QGuiApplication(["pictures"])
    out = Path(sys.argv[1])
    county = load_county(sample_county())
    layers, named = map_layers(county.layers), named_features(county.layers)
    routes = drawn_routes(county)
    for name, theme, view in views(layers):
        content = Content(by_look(layers), named, PALETTES[theme])
        paint(content, routes, view).save(str(out / f"map_{name}.png"))
    del application


def views(layers: Any) -> Iterator[tuple[str, Theme, View]]:
    """What is shown: its name, theme and view."""
    plain = View(*MIDDLE, 1.0, WIDTH_PX, HEIGHT_PX)
    box = extent(layers)
    assert box is not None
    yield "county", Theme.LIGHT, plain.fitted(box, 0.02)
    for scale in (8_000, 2_500, 700):
        yield str(scale), Theme.LIGHT, replace(plain, pixel_m=scale * POINT_M)
    yield "dark", Theme.DARK, replace(plain, pixel_m=2_500 * POINT_M)
    yield "high_contrast", Theme.HIGH_CONTRAST, replace(plain, pixel_m=2_500 * POINT_M)
    # A4's width at 1:1000 and 150 dots an inch.
    point_px = 150 / 96
    paper = View(*MIDDLE, 1_000 * POINT_M / point_px, 1_060, 700, point_px)
    yield "paper", Theme.LIGHT, paper


def drawn_routes(county: County) -> list[DrawnRoute]:
    """The lines of the sample cases, and one of each state in the middle."""
    given = read_routes(sample_county() / "cases" / "routes.gpkg", county).routes
    return [DrawnRoute(route) for route in given] + [
        DrawnRoute(_route("a", "water", 60, 30), selected=True),
        DrawnRoute(_route("b", "gas", 52, 38, (Bore(40.0, 78.0),))),
        DrawnRoute(_route("c", "heat", 44, 46), RouteState.PLANNED),
        DrawnRoute(_route("d", "telecom", 36, 54), RouteState.EXISTING),
    ]


def _route(name: str, utility: str, up_m: float, side_m: float, bores: Any = ()) -> Route:
    e_m, n_m = MIDDLE
    places = [(-90, up_m), (-side_m, up_m), (-side_m, -up_m), (70, -up_m)]
    line = LineString([(e_m + e, n_m + n) for e, n in places])
    return Route(name, utility, line, trenchless=bores)


def paint(content: Content, routes: list[DrawnRoute], view: View) -> Any:
    """One picture with all that lies above the layers."""
    e_m, n_m = MIDDLE
    conflict = Point(e_m + 10, n_m + 84)
    crossing = LineString([(e_m - 30, n_m - 14), (e_m - 30, n_m + 14)])
    overlays = [
        Overlay(Mark.CROSSING, crossing, "示例路 主干路 28.0 m"),
        Overlay(Mark.CONFLICT, conflict, "净距 0.31 m，应 1.0 m"),
        Overlay(Mark.UNKNOWN, Point(e_m + 100, n_m + 66), "交付日期缺失"),
        Overlay(Mark.GREEN, shapely.box(e_m + 60, n_m + 12, e_m + 100, n_m + 15), "4.2 m²"),
    ]
    image = blank_image(view.width_px, view.height_px)
    with painting(image) as painter:
        paint_map(painter, content, view)
        paint_routes(painter, routes, view, content.palette)
        if view.denominator < 3_000:
            paint_overlays(painter, overlays, view, content.palette)
        paint_furniture(painter, view, content.palette)
    return image


if __name__ == "__main__":
    main()

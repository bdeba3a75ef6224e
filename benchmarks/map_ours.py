"""One view painted by this program in a process of its own: cold, then warm. Prints JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.map_views import GROUND, HEIGHT_PX, LOOKS, WIDTH_PX
from neixiang_survey_plugin.app.map_layers import MapLayer, map_layers
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.map_cache import MapCache
from neixiang_survey_plugin.qt import QtGui
from neixiang_survey_plugin.render.palette import LIGHT
from neixiang_survey_plugin.render.pictures import blank_image
from neixiang_survey_plugin.render.plan import by_look, plan_steps
from neixiang_survey_plugin.render.symbols import Row, Symbol
from neixiang_survey_plugin.render.view import View

WARM = 3


def open_layers(folder: Path) -> tuple[MapLayer, ...]:
    """As the window opens a county: from what was kept, else read and laid out."""
    cache = MapCache.of(folder)
    layers = cache.load()
    if layers is None:
        layers = map_layers(load_county(folder).layers)
        cache.save(layers)
    return layers


def paint(layers: tuple[MapLayer, ...], view: View) -> Any:
    """Every layer at every scale, filled and outlined by one pixel, as the peer does."""
    rows = [
        Row(name, layer.look, Symbol(fill=fill, edge=line))
        for name, fill, line in LOOKS
        for layer in layers
        if layer.layer == name
    ]
    image = blank_image(view.width_px, view.height_px)
    image.fill(QtGui.QColor(GROUND))
    painter = QtGui.QPainter(image)
    for _ in plan_steps(painter, by_look(layers), view, LIGHT, rows):
        pass
    painter.end()
    return image


def main() -> None:
    """Arguments: folder, east, north, metres a pixel, picture to write."""
    folder, out = Path(sys.argv[1]), Path(sys.argv[5])
    view = View(*map(float, sys.argv[2:5]), WIDTH_PX, HEIGHT_PX)
    application = QtGui.QGuiApplication(["bench"])
    begin = time.perf_counter()
    layers = open_layers(folder)
    opened = time.perf_counter()
    times, processor = [], []
    for _ in range(WARM + 1):
        start = time.perf_counter(), time.process_time()
        image = paint(layers, view)
        times.append(time.perf_counter() - start[0])
        processor.append(time.process_time() - start[1])
    image.save(str(out))
    figures = {"open_s": opened - begin, "first_s": times[0], "warm_s": times[1:]}
    print(json.dumps({**figures, "processor_s": processor[1:]}))
    del application


if __name__ == "__main__":
    main()

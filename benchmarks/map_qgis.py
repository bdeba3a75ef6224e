"""One view painted by QGIS in a process of its own: cold, then warm. Prints JSON.

Run by QGIS's own Python. Arguments: folder, east, north, metres a pixel, picture, sizes and looks
as JSON. Simplifying is on, as in a new project; antialiasing is on; the layers have the spatial
index of their files. Parallel and sequential job, each after the other.
"""

import json
import os
import sys
import time

from qgis.core import (
    QgsApplication,
    QgsFillSymbol,
    QgsLineSymbol,
    QgsMapRendererParallelJob,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRectangle,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsVectorSimplifyMethod,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

folder, out = sys.argv[1], sys.argv[5]
e_m, n_m, pixel_m = map(float, sys.argv[2:5])
how = json.loads(sys.argv[6])
width_px, height_px = how["size"]


def open_layer(name, fill, line):
    """A layer in one look, lines one pixel wide."""
    layer = QgsVectorLayer(f"{folder}/{name}.gpkg|layername={name}", name, "ogr")
    assert layer.isValid(), name
    pixel = {"outline_color": line, "outline_width": "1", "outline_width_unit": "Pixel"}
    if fill is None:
        thin = {"line_color": line, "line_width": "1", "line_width_unit": "Pixel"}
        symbol = QgsLineSymbol.createSimple(thin)
    else:
        symbol = QgsFillSymbol.createSimple({"color": fill, **pixel})
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    method = QgsVectorSimplifyMethod()
    method.setSimplifyHints(QgsVectorSimplifyMethod.GeometrySimplification)
    layer.setSimplifyMethod(method)
    return layer


def paint(layers, job_type):
    """Seconds from start to finished, on the clock and of the processors."""
    settings = QgsMapSettings()
    settings.setLayers(layers[::-1])
    settings.setDestinationCrs(layers[0].crs())
    settings.setOutputSize(QSize(width_px, height_px))
    half_e, half_n = width_px * pixel_m / 2, height_px * pixel_m / 2
    settings.setExtent(QgsRectangle(e_m - half_e, n_m - half_n, e_m + half_e, n_m + half_n))
    settings.setBackgroundColor(QColor(how["ground"]))
    settings.setFlag(QgsMapSettings.Antialiasing, True)
    settings.setFlag(QgsMapSettings.UseRenderingOptimization, True)
    begin, processor = time.perf_counter(), time.process_time()
    job = job_type(settings)
    job.start()
    job.waitForFinished()
    seconds = time.perf_counter() - begin, time.process_time() - processor
    job.renderedImage().save(out)
    return seconds


application = QgsApplication([], False)
application.initQgis()
begin = time.perf_counter()
opened_layers = [open_layer(*look) for look in how["looks"]]
opened = time.perf_counter() - begin
first = paint(opened_layers, QgsMapRendererParallelJob)
parallel = [paint(opened_layers, QgsMapRendererParallelJob) for _ in range(how["warm"])]
sequential = [paint(opened_layers, QgsMapRendererSequentialJob) for _ in range(how["warm"])]
figures = {
    "open_s": opened,
    "first_s": first[0],
    "warm_s": [clock for clock, _ in parallel],
    "sequential_s": [clock for clock, _ in sequential],
    "processor_s": [processor for _, processor in sequential],
}
print(json.dumps(figures))
sys.stdout.flush()
os._exit(0)  # QGIS's own taking down crashes behind a finished job

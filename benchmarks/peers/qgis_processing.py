"""QGIS's algorithm native:intersection on layers in memory, as a model or a script runs it."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.peers.asking import MITRE_LIMIT, WIDTH_M, Answer, PeerMissingError, most_held_mb
from benchmarks.peers.qgis_api import shapes

sys.path.append("/usr/share/qgis/python/plugins")  # where Debian's QGIS has Processing
try:
    from processing.core.Processing import Processing
    from processing.tools.general import run
    from qgis.core import QgsApplication, QgsFeature, QgsField, QgsGeometry, QgsVectorLayer
    from qgis.PyQt.QtCore import QVariant
except ImportError as error:
    raise PeerMissingError(f"QGIS has no {error.name}") from None


class QgisProcessing:
    """Layers with an index each; lines are put into a layer of their own."""

    def __init__(self, folder: Path) -> None:
        self._application = QgsApplication([], False)
        self._application.initQgis()
        Processing.initialize()
        self._roads = layer("Polygon", shapes(folder, "roads"))
        self._greens = layer("Polygon", shapes(folder, "greens"))
        for areas in (self._roads, self._greens):
            areas.dataProvider().createSpatialIndex()
        self._routes, self._edits = shapes(folder, "routes"), shapes(folder, "edits")

    def edit(self, number: int) -> tuple[float, Answer]:
        """The algorithm for one line and each layer."""
        return self._measure(self._edits[number : number + 1])

    def many(self) -> tuple[float, Answer]:
        """The algorithm for all lines and each layer."""
        return self._measure(self._routes)

    def _measure(self, lines: list[QgsGeometry]) -> tuple[float, Answer]:
        begin = time.perf_counter()
        inside_m = self._common("LineString", lines, self._roads, QgsGeometry.length)
        strips = [
            line.buffer(WIDTH_M / 2, 16, QgsGeometry.CapFlat, QgsGeometry.JoinStyleMiter,
                        MITRE_LIMIT)
            for line in lines
        ]  # fmt: skip
        green_m2 = self._common("Polygon", strips, self._greens, QgsGeometry.area)
        return time.perf_counter() - begin, Answer(inside_m, green_m2)

    def _common(
        self, kind: str, shapes_of: list, areas: QgsVectorLayer, size: object
    ) -> np.ndarray:
        asked = {"INPUT": layer(kind, shapes_of), "OVERLAY": areas, "INPUT_FIELDS": ["id"],
                 "OVERLAY_FIELDS": ["id"], "OUTPUT": "memory:"}  # fmt: skip
        found = np.zeros(len(shapes_of))
        for feature in run("native:intersection", asked)["OUTPUT"].getFeatures():
            found[feature[0]] += size(feature.geometry())
        return found

    def memory_mb(self) -> float:
        """The most that this process has held in memory."""
        return most_held_mb()

    def close(self) -> None:
        """The layers go before the application does."""
        self._roads = self._greens = None


def layer(kind: str, geometries: list[QgsGeometry]) -> QgsVectorLayer:
    """A layer in memory with a number a feature."""
    made = QgsVectorLayer(f"{kind}?crs=EPSG:4546", kind, "memory")
    provider = made.dataProvider()
    provider.addAttributes([QgsField("id", QVariant.Int)])
    made.updateFields()
    features = []
    for number, geometry in enumerate(geometries):
        feature = QgsFeature(made.fields())
        feature.setGeometry(geometry)
        feature.setAttributes([number])
        features.append(feature)
    provider.addFeatures(features)
    return made


def open_peer(folder: Path) -> QgisProcessing:
    """With the town in layers."""
    return QgisProcessing(folder)

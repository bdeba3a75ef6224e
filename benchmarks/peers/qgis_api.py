"""QGIS's own classes with an index in memory, run by QGIS's Python."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from benchmarks.peers.asking import (
    MITRE_LIMIT,
    WIDTH_M,
    Answer,
    PeerMissingError,
    most_held_mb,
    read_table,
)

try:
    from qgis.core import QgsFeature, QgsGeometry, QgsSpatialIndex
except ImportError:
    raise PeerMissingError("QGIS is not installed (Debian: qgis python3-qgis)") from None


class QgisApi:
    """Geometries in a list, a QgsSpatialIndex each for roads and greens."""

    def __init__(self, folder: Path) -> None:
        self._areas = [shapes(folder, name) for name in ("roads", "greens")]
        self._indexes = [indexed(areas) for areas in self._areas]
        self._routes, self._edits = shapes(folder, "routes"), shapes(folder, "edits")

    def edit(self, number: int) -> tuple[float, Answer]:
        """One line, its candidates found."""
        begin = time.perf_counter()
        inside_m, green_m2 = self._measure(self._edits[number])
        return time.perf_counter() - begin, Answer(np.array([inside_m]), np.array([green_m2]))

    def many(self) -> tuple[float, Answer]:
        """One line after the other."""
        begin = time.perf_counter()
        found = np.array([self._measure(line) for line in self._routes])
        return time.perf_counter() - begin, Answer(found[:, 0], found[:, 1])

    def _measure(self, line: QgsGeometry) -> tuple[float, float]:
        inside_m = sum(one.length() for one in self._common(line, 0))
        strip = line.buffer(
            WIDTH_M / 2, 16, QgsGeometry.CapFlat, QgsGeometry.JoinStyleMiter, MITRE_LIMIT
        )
        return inside_m, sum(one.area() for one in self._common(strip, 1))

    def _common(self, shape: QgsGeometry, layer: int) -> list[QgsGeometry]:
        engine = QgsGeometry.createGeometryEngine(shape.constGet())
        engine.prepareGeometry()
        areas = self._areas[layer]
        near = (areas[number] for number in self._indexes[layer].intersects(shape.boundingBox()))
        return [
            QgsGeometry(engine.intersection(area.constGet()))
            for area in near
            if engine.intersects(area.constGet())
        ]

    def memory_mb(self) -> float:
        """The most that this process has held in memory."""
        return most_held_mb()

    def close(self) -> None:
        """Nothing is left behind."""


def shapes(folder: Path, name: str) -> list[QgsGeometry]:
    """A table of the town as QGIS's geometries."""
    found = []
    for wkb in read_table(folder, name):
        geometry = QgsGeometry()
        geometry.fromWkb(wkb)
        found.append(geometry)
    return found


def indexed(areas: list[QgsGeometry]) -> QgsSpatialIndex:
    """An index of areas by their number."""
    index = QgsSpatialIndex()
    for number, area in enumerate(areas):
        feature = QgsFeature(number)
        feature.setGeometry(area)
        index.addFeature(feature)
    return index


def open_peer(folder: Path) -> QgisApi:
    """With the town in memory."""
    return QgisApi(folder)

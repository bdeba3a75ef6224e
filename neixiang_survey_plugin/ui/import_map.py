"""A small map of an import: the shapes that come in, over the county's roads."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from neixiang_survey_plugin.app.importing.where_landmarks import Floats, Sketch
from neixiang_survey_plugin.app.map_levels import Ints
from neixiang_survey_plugin.core.features import FeatureTable, Geometries
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.render.paths import paths_of, without_repeats
from neixiang_survey_plugin.ui.look import Look

_MARGIN = 0.4  # of the layer's own size, round it
_LEAST_M = 200.0
_MOST_ROADS = 3000  # in view: more would be a blot
_DOT_PX = 3.0


class PlaceMap(QtWidgets.QWidget):
    """Shows one candidate at a time; nothing can be done in it."""

    def __init__(self, roads: FeatureTable | None, look: Look) -> None:
        super().__init__()
        self._roads, self._look = roads, look
        self._drawn: tuple[Any, Any] = (None, None)  # of what it was painted last, and the picture
        self._sketch: Sketch | None = None
        self.setMinimumSize(320, 240)
        self.setAccessibleName(look.texts("import.map"))
        self.setToolTip(look.texts("import.map_tip"))

    def show_sketch(self, placed: Sketch | None) -> None:
        """Show a layer where a candidate puts it; None for nowhere."""
        self._sketch = placed
        self.update()

    def paintEvent(self, event: Any) -> None:
        """Roads below, the layer above; north is up. Painted once for each candidate."""
        ratio = self.devicePixelRatioF()
        of = (self._sketch, self.width(), self.height(), ratio)
        if self._drawn[0] != of:
            self._drawn = of, self._painted(ratio)
        painter = QtGui.QPainter(self)
        painter.drawPixmap(0, 0, self._drawn[1])
        painter.end()

    def _painted(self, ratio: float) -> Any:
        colours = self._look.colours
        made = QtGui.QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(QtGui.QColor(colours.field))
        painter = QtGui.QPainter(made)
        painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
        if self._sketch is not None and len(self._sketch.points):
            box = _view(self._sketch.points, self.width() / self.height())
            painter.setPen(_pen(colours.quiet, 1.0))
            self._paint_roads(painter, box)
            self._paint_sketch(painter, self._sketch, box)
        painter.setPen(_pen(colours.line, 1.0))
        painter.setBrush(QtCore.Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
        return made

    def _paint_roads(self, painter: Any, box: Floats) -> None:
        if self._roads is not None and len(self._roads):
            rows = np.sort(self._roads.tree.query(shapely.box(*box)))[:_MOST_ROADS]
            self._paint_runs(painter, *_outlines(self._roads.geometry[rows]), box)

    def _paint_sketch(self, painter: Any, placed: Sketch, box: Floats) -> None:
        colour = self._look.colours.accent
        painter.setPen(_pen(colour, 2.0))
        start = np.arange(0, 2 * len(placed.edges) + 1, 2)
        self._paint_runs(painter, placed.edges.reshape(-1, 2), start, box)
        if not len(placed.edges):
            painter.setBrush(QtGui.QColor(colour))
            for point in self._pixels(placed.points, box).tolist():
                painter.drawEllipse(QtCore.QPointF(*point), _DOT_PX, _DOT_PX)

    def _paint_runs(self, painter: Any, points: Floats, start: Ints, box: Floats) -> None:
        for path in paths_of(*without_repeats(self._pixels(points, box), start)):
            painter.drawPath(path)

    def _pixels(self, points: Floats, box: Floats) -> Floats:
        west, south, east, north = box
        scale = min(self.width() / (east - west), self.height() / (north - south))
        centre = np.array([(west + east) / 2, (south + north) / 2])
        middle = np.array([self.width() / 2, self.height() / 2])
        placed: Floats = (points - centre) * np.array([scale, -scale]) + middle
        return placed


def _view(points: Floats, aspect: float) -> Floats:
    """The box of the layer with some of its surroundings, filling the map; without strays."""
    sound = points[np.isfinite(points).all(axis=1)]
    low, high = np.percentile(sound, 2, axis=0), np.percentile(sound, 98, axis=0)
    half = np.maximum((high - low) * (0.5 + _MARGIN), _LEAST_M / 2)
    half = np.maximum(half, half[::-1] * np.array([aspect, 1 / aspect]))
    centre = (low + high) / 2
    return np.concatenate([centre - half, centre + half])


def _outlines(roads: Geometries) -> tuple[Floats, Ints]:
    """The vertices of the roads' outlines, and where each outline begins."""
    areas = shapely.get_dimensions(roads) == 2
    lines = np.concatenate([shapely.get_exterior_ring(roads[areas]), roads[~areas]])
    points, of = shapely.get_coordinates(lines, return_index=True)
    return points, np.searchsorted(of, np.arange(len(lines) + 1))


def _pen(colour: str, width_px: float) -> Any:
    pen = QtGui.QPen(QtGui.QColor(colour))
    pen.setWidthF(width_px)
    return pen

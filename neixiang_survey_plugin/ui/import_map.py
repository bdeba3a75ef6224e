"""A small map of an import: the shapes that come in, over the county's roads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import shapely

from neixiang_survey_plugin.app.importing.where_landmarks import Floats, Sketch
from neixiang_survey_plugin.app.map_levels import Ints
from neixiang_survey_plugin.core.features import FeatureTable, Geometries
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.render.paths import paths_of, without_repeats
from neixiang_survey_plugin.ui.in_steps import InSteps
from neixiang_survey_plugin.ui.look import Look

_MARGIN = 0.4  # of the layer's own size, round it
_LEAST_M = 200.0
_MOST_ROADS = 3000  # in view: more would be a blot
_ROADS_AT_ONCE, _EDGES_AT_ONCE = 200, 2_000  # painted between two looks at the clock
_DOT_PX = 3.0
_STEPS = 1_000  # of painting: the time that they take is what ends them


class PlaceMap(QtWidgets.QWidget):
    """Shows one candidate at a time; nothing can be done in it."""

    def __init__(self, roads: FeatureTable | None, look: Look) -> None:
        super().__init__()
        self._roads, self._look = roads, look
        self._drawn_of: Any = None  # of what the picture is
        self._picture = QtGui.QPixmap()
        self._painting = InSteps(self, _STEPS, _STEPS)
        self._sketch: Sketch | None = None
        self.setMinimumSize(320, 240)
        self.setAccessibleName(look.texts("import.map"))
        self.setToolTip(look.texts("import.map_tip"))

    def show_sketch(self, placed: Sketch | None) -> None:
        """Show a layer where a candidate puts it; None for nowhere."""
        self._sketch = placed
        self.update()

    def paintEvent(self, event: Any) -> None:
        """Roads below, the layer above; north is up. Painted once for each candidate, in parts."""
        ratio = self.devicePixelRatioF()
        of = (self._sketch, self.width(), self.height(), ratio)
        if self._drawn_of != of:
            self._drawn_of, self._picture = of, self._blank(ratio)
            self._painting.begin(self._paint())
        painter = QtGui.QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setPen(_pen(self._look.colours.line, 1.0))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _blank(self, ratio: float) -> Any:
        made = QtGui.QPixmap(self.size() * ratio)
        made.setDevicePixelRatio(ratio)
        made.fill(QtGui.QColor(self._look.colours.field))
        return made

    def _paint(self) -> Iterator[None]:
        sketch, colours = self._sketch, self._look.colours
        if sketch is None or not len(sketch.points):
            return
        box = _view(sketch.points, self.width() / self.height())
        yield
        for points, start in self._roads_in(box):
            with self._on_picture(_pen(colours.quiet, 1.0)) as painter:
                self._paint_runs(painter, points, start, box)
            yield
        for points, start in _in_parts(sketch.edges):
            with self._on_picture(_pen(colours.accent, 2.0)) as painter:
                self._paint_runs(painter, points, start, box)
            yield
        if not len(sketch.edges):
            with self._on_picture(_pen(colours.accent, 2.0)) as painter:
                painter.setBrush(QtGui.QColor(colours.accent))
                for point in self._pixels(sketch.points, box).tolist():
                    painter.drawEllipse(QtCore.QPointF(*point), _DOT_PX, _DOT_PX)

    @contextmanager
    def _on_picture(self, pen: Any) -> Iterator[Any]:
        painter = QtGui.QPainter(self._picture)
        painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        try:
            yield painter
        finally:
            painter.end()
        self.update()

    def _roads_in(self, box: Floats) -> Iterator[tuple[Floats, Ints]]:
        """The outlines of the roads in a box, some roads at a time."""
        if self._roads is None or not len(self._roads):
            return
        rows = np.sort(self._roads.tree.query(shapely.box(*box)))[:_MOST_ROADS]
        for begin in range(0, len(rows), _ROADS_AT_ONCE):
            yield _outlines(self._roads.geometry[rows[begin : begin + _ROADS_AT_ONCE]])

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


def _in_parts(edges: Floats) -> Iterator[tuple[Floats, Ints]]:
    """The vertices of edges, some edges at a time, and where each begins."""
    for begin in range(0, len(edges), _EDGES_AT_ONCE):
        part = edges[begin : begin + _EDGES_AT_ONCE]
        yield part.reshape(-1, 2), np.arange(0, 2 * len(part) + 1, 2)


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

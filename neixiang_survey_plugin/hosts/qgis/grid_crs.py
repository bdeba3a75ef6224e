"""From the county's grid to the coordinates of QGIS's map and back, whatever its system is."""

from __future__ import annotations

import math
from typing import Any, TypeVar

import numpy as np
import shapely
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
)
from shapely import Geometry

from neixiang_survey_plugin.app.map_host import Point

G = TypeVar("G", bound=Geometry)
_FORWARD, _REVERSE = Qgis.TransformDirection.Forward, Qgis.TransformDirection.Reverse


class GridTransform:
    """Between the grid of an EPSG code and the system that a canvas has now."""

    def __init__(self, canvas: Any, epsg: int) -> None:
        self._canvas = canvas
        self._grid = QgsCoordinateReferenceSystem(f"EPSG:{epsg}")
        self._made: Any = None

    @property
    def same(self) -> bool:
        """Whether the map is in the county's grid; a map without a system is taken for it."""
        crs = self._canvas.mapSettings().destinationCrs()
        return not crs.isValid() or crs == self._grid

    def to_map(self, geometry: G) -> G:
        """A geometry of the grid in the map's coordinates; empty where it has none there."""
        if self.same:
            return geometry
        transform = self._transform()
        try:
            moved: G = shapely.transform(geometry, lambda xy: _each(transform, xy, _FORWARD))
            return moved
        except QgsCsException:
            return type(geometry)()

    def point_to_map(self, e_m: float, n_m: float) -> Point:
        """A place of the grid on the map; not a number where it has none."""
        return self._place(e_m, n_m, _FORWARD)

    def to_grid(self, x: float, y: float) -> Point:
        """A place of the map in grid metres; not a number where it has none."""
        return self._place(x, y, _REVERSE)

    def pixel_m(self, x: float, y: float) -> float:
        """The ground size of a pixel at a place of the map, in grid metres."""
        pixel = float(self._canvas.mapSettings().mapUnitsPerPixel())
        return pixel if self.same else math.dist(self.to_grid(x, y), self.to_grid(x + pixel, y))

    def _place(self, x: float, y: float, direction: Any) -> Point:
        if self.same:
            return x, y
        try:
            at = self._transform().transform(QgsPointXY(x, y), direction)
        except QgsCsException:
            return math.nan, math.nan
        return at.x(), at.y()

    def _transform(self) -> Any:
        crs = self._canvas.mapSettings().destinationCrs()
        if self._made is None or self._made.destinationCrs() != crs:
            self._made = QgsCoordinateTransform(self._grid, crs, QgsProject.instance())
        return self._made


def _each(transform: Any, xy: Any, direction: Any) -> Any:
    places = [transform.transform(QgsPointXY(x, y), direction) for x, y in xy.tolist()]
    return np.array([(place.x(), place.y()) for place in places]).reshape(-1, 2)

"""Snapping in QGIS: to what the project snaps to, and to everything that the survey knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from qgis.core import QgsPointLocator, QgsPointXY

from neixiang_survey_plugin.app.drawing.snapping import Snapper, SnapRules
from neixiang_survey_plugin.app.map_host import Point, Pointer, Snap
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.hosts.qgis.grid_crs import GridTransform

_CORNERS = QgsPointLocator.Type.Vertex


class QgisSnapper(Snapper):
    """QGIS's own snapping where the project has it on and finds something, else the survey's.

    QGIS snaps in the map's system; the place counts in the county's grid.
    """

    def __init__(self, county: County, rules: SnapRules, canvas: Any, grid: GridTransform) -> None:
        super().__init__(county, rules)
        self._canvas, self._grid = canvas, grid

    def snapped(self, pointer: Pointer, drawn: tuple[Point, ...] = (), but: str = "") -> Pointer:
        """The pointer at the place that is meant; Shift turns by 45 degrees as everywhere."""
        utils = self._canvas.snappingUtils()
        if utils is None or not utils.config().enabled() or (pointer.constrained and drawn):
            return super().snapped(pointer, drawn, but)
        at = self._grid.point_to_map(*pointer.at)
        match = utils.snapToMap(QgsPointXY(*at))
        if not match.isValid():
            return super().snapped(pointer, drawn, but)
        e_m, n_m = self._grid.to_grid(match.point().x(), match.point().y())
        layer = match.layer()
        name = layer.name() if layer is not None else None
        snap = Snap.VERTEX if match.type() == _CORNERS else Snap.EDGE
        return replace(pointer, e_m=e_m, n_m=n_m, snap=snap, snapped_to=name)

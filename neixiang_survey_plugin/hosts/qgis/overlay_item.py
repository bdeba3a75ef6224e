"""What is drawn above QGIS's map, by the painter of the desktop window.

One canvas item a name, as a rubber band is one; rubber bands know no words and no signs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsPointXY
from qgis.gui import QgsMapCanvasItem

from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.render.view import View

Paint = Callable[[Any, View], None]
AreaOf = Callable[[View], Any]


def view_of(settings: Any) -> View:
    """What a map shows as the painter knows it, in the map's units, not turned."""
    centre, size = settings.visibleExtent().center(), settings.outputSize()
    pixel = settings.mapUnitsPerPixel()
    return View(centre.x(), centre.y(), pixel, size.width(), size.height())


class OverlayItem(QgsMapCanvasItem):
    """Paints on the canvas; ``area_of`` says which pixels of an unturned view it covers."""

    def __init__(self, canvas: Any, paint_on: Paint, area_of: AreaOf, above: float) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._paint_on, self._area_of = paint_on, area_of
        self._view = view_of(canvas.mapSettings())
        self._area = QtCore.QRectF()
        self.setZValue(above)
        self.updatePosition()

    def remove(self) -> None:
        """Take the item off the map."""
        self._canvas.scene().removeItem(self)

    def updatePosition(self) -> None:
        """The map shows another place, or is being pushed."""
        self.prepareGeometryChange()
        settings = self._canvas.mapSettings()
        self._view = view = view_of(settings)
        corner = self.toCanvasCoordinates(QgsPointXY(view.e_m, view.n_m))
        self.setPos(corner - QtCore.QPointF(view.width_px / 2, view.height_px / 2))
        self._area = self._area_of(view)
        if settings.rotation() and not self._area.isEmpty():
            half = (view.width_px + view.height_px) / 2  # no corner of the map is further away
            self._area = QtCore.QRectF(-half, -half, 4 * half, 4 * half)
        self.update()

    def boundingRect(self) -> Any:
        """The pixels of the canvas that it covers."""
        return self._area

    def paint(self, painter: Any, *_: Any) -> None:
        """Paint as the map is turned."""
        turned = self._canvas.mapSettings().rotation()
        painter.save()
        if turned:
            middle = QtCore.QPointF(self._view.width_px / 2, self._view.height_px / 2)
            painter.translate(middle)
            painter.rotate(turned)
            painter.translate(-middle)
        self._paint_on(painter, self._view)
        painter.restore()

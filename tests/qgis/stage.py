"""A real canvas of QGIS's on a screen that nobody sees, and a hand for its mouse and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.gui import QgsMapCanvas, QgsMapToolPan, QgsMessageBar
from qgis.PyQt import QtCore, QtGui, QtTest

from neixiang_survey_plugin.hosts.qgis.canvas import Canvas
from tests.qgis.iface import wait_for

_BUTTON = QtCore.Qt.MouseButton.LeftButton
_NONE = QtCore.Qt.KeyboardModifier.NoModifier


class QgisStage:
    """A canvas of 600 x 400 pixels, 1 m each, with its middle at nobody's place."""

    def __init__(self, epsg: int = 4546, shown_in: str = "EPSG:4546") -> None:
        self.canvas = QgsMapCanvas()
        self.canvas.setDestinationCrs(QgsCoordinateReferenceSystem(shown_in))
        self.canvas.resize(600, 400)
        self.canvas.setExtent(QgsRectangle(-300, -200, 300, 200))
        self.canvas.show()
        QtTest.QTest.qWaitForWindowExposed(self.canvas)
        self.bar = QgsMessageBar()
        self.pan = QgsMapToolPan(self.canvas)
        self.host = Canvas(
            self.canvas, self.bar, epsg, "踏勘", lambda: self.canvas.setMapTool(self.pan)
        )

    def close(self) -> None:
        self.host.close()
        self.canvas.unsetMapTool(self.pan)
        self.canvas.waitWhileRendering()
        for one in (self.pan, self.bar, self.canvas):
            one.deleteLater()
        QtCore.QCoreApplication.sendPostedEvents(None, 52)  # deferred deletions

    def at(self, e_m: float, n_m: float) -> Any:
        """The pixel of the widget that shows a place."""
        from shapely import Point

        place = self.host.grid.to_map(Point(e_m, n_m))
        pixel = self.canvas.getCoordinateTransform().transform(place.x, place.y)
        return QtCore.QPoint(round(pixel.x()), round(pixel.y()))

    def press(self, e_m: float, n_m: float, *, shift: bool = False, ctrl: bool = False) -> None:
        keys = QtCore.Qt.KeyboardModifier
        held = keys.ShiftModifier if shift else keys.ControlModifier if ctrl else _NONE
        QtTest.QTest.mousePress(self.canvas.viewport(), _BUTTON, held, self.at(e_m, n_m))

    def move(self, e_m: float, n_m: float) -> None:
        at = QtCore.QPointF(self.at(e_m, n_m))
        viewport = self.canvas.viewport()
        event = QtGui.QMouseEvent(
            QtCore.QEvent.Type.MouseMove,
            at,
            QtCore.QPointF(viewport.mapToGlobal(at.toPoint())),
            QtCore.Qt.MouseButton.NoButton,
            QtCore.Qt.MouseButton.NoButton,
            _NONE,
        )
        QtCore.QCoreApplication.sendEvent(viewport, event)

    def release(self, e_m: float, n_m: float) -> None:
        QtTest.QTest.mouseRelease(self.canvas.viewport(), _BUTTON, _NONE, self.at(e_m, n_m))

    def double_click(self, e_m: float, n_m: float) -> None:
        viewport, at = self.canvas.viewport(), self.at(e_m, n_m)
        QtTest.QTest.mouseClick(viewport, _BUTTON, _NONE, at)
        QtTest.QTest.mouseDClick(viewport, _BUTTON, _NONE, at)
        self.release(e_m, n_m)

    def right_click(self, e_m: float, n_m: float) -> None:
        right = QtCore.Qt.MouseButton.RightButton
        QtTest.QTest.mouseClick(self.canvas.viewport(), right, _NONE, self.at(e_m, n_m))

    def key(self, name: str) -> None:
        QtTest.QTest.keyClick(self.canvas, getattr(QtCore.Qt.Key, f"Key_{name}"))

    def pixel_m(self) -> float:
        middle = self.canvas.extent().center()
        return float(self.host.grid.pixel_m(middle.x(), middle.y()))

    def shown(self) -> tuple[float, float, float, float]:
        box = self.canvas.extent()
        corners = [
            self.host.grid.to_grid(x, y)
            for x in (box.xMinimum(), box.xMaximum())
            for y in (box.yMinimum(), box.yMaximum())
        ]
        easts, norths = zip(*corners, strict=True)
        return min(easts), min(norths), max(easts), max(norths)

    def picture(self) -> bytes:
        image = self.canvas.grab().toImage().convertToFormat(QtGui.QImage.Format.Format_RGB32)
        return bytes(image.constBits().asstring(image.sizeInBytes()))

    def sentence(self) -> str:
        item = self.bar.currentItem()
        return "" if item is None else str(item.text())

    def wait_for(self, true: Callable[[], bool]) -> None:
        wait_for(true)

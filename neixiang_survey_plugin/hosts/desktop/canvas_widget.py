"""The widget that shows the map: it draws, and tells where it looks and where the pointer is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any

from neixiang_survey_plugin.app.map_host import Overlay
from neixiang_survey_plugin.app.map_layers import DrawnRoute
from neixiang_survey_plugin.hosts.desktop.canvas_gestures import Gestures
from neixiang_survey_plugin.hosts.desktop.canvas_notice import NoticeBar
from neixiang_survey_plugin.hosts.desktop.canvas_picture import CountyPicture
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.render.furniture import paint_furniture
from neixiang_survey_plugin.render.marks import paint_overlays
from neixiang_survey_plugin.render.routes import paint_routes
from neixiang_survey_plugin.render.tiles import aligned
from neixiang_survey_plugin.render.view import View


class MapWidget(QtWidgets.QWidget):
    """The map on the screen, in pixels of the device.

    ``view_changed`` brings the View, ``pointer_moved`` east and north in grid metres after
    snapping, ``painted`` comes after each picture, ``later`` is a call for this thread.
    """

    view_changed = QtCore.pyqtSignal(object)
    pointer_moved = QtCore.pyqtSignal(float, float)
    pointer_left = QtCore.pyqtSignal()
    painted = QtCore.pyqtSignal()
    later = QtCore.pyqtSignal(object, int)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.view = View(0.0, 0.0, 1.0, 1, 1)
        self.picture = CountyPicture(self.update)
        self.routes: Sequence[DrawnRoute] = ()
        self.overlays: dict[str, tuple[Overlay, ...]] = {}
        self.gestures = Gestures(self)
        self.notice = NoticeBar(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus)
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName("地图")
        self.later.connect(self._call_later, QtCore.Qt.ConnectionType.QueuedConnection)

    def look_at(self, view: View) -> None:
        """Show another place or scale."""
        view = aligned(view)
        if view != self.view:
            self.view = view
            self.update()
            self.view_changed.emit(view)

    def fit(self, margin: float = 0.03) -> None:
        """Show the whole county."""
        if self.picture.extent is not None:
            self.look_at(self.view.fitted(self.picture.extent, margin))

    def paint_above(self, painter: Any, view: View) -> None:
        """What moves: routes, overlays, and the scale bar and north arrow above them."""
        palette = self.picture.palette
        paint_routes(painter, self.routes, view, palette)
        paint_overlays(painter, chain.from_iterable(self.overlays.values()), view, palette)
        paint_furniture(painter, view, palette)

    def paintEvent(self, event: Any) -> None:
        """Draw what is ready now."""
        painter = QtGui.QPainter(self)
        painter.scale(1 / self.view.point_px, 1 / self.view.point_px)
        self.picture.draw(painter, self.view)
        self.paint_above(painter, self.view)
        painter.end()
        self.painted.emit()

    def resizeEvent(self, event: Any) -> None:
        """Keep the middle where it is."""
        ratio = self.devicePixelRatioF()
        width_px, height_px = round(self.width() * ratio), round(self.height() * ratio)
        self.notice.fit(self.width())
        self.look_at(self.view.sized(width_px, height_px, ratio))

    def _call_later(self, call: Callable[[], None], after_ms: int) -> None:
        timer = QtCore.QTimer(self)  # ends with the widget, and its call with it
        timer.setSingleShot(True)
        timer.timeout.connect(call)
        timer.timeout.connect(timer.deleteLater)
        timer.start(after_ms)

"""The widget that shows the map: it draws, and tells where it looks and where the pointer is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

from neixiang_survey_plugin.app.map_host import Level, Overlay
from neixiang_survey_plugin.hosts.desktop.canvas_gestures import Gestures
from neixiang_survey_plugin.hosts.desktop.canvas_notice import NoticeBar
from neixiang_survey_plugin.hosts.desktop.canvas_overlays import ShownOverlays
from neixiang_survey_plugin.hosts.desktop.canvas_picture import CountyPicture
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.render.furniture import paint_furniture
from neixiang_survey_plugin.render.marks import paint_overlays, paint_placed
from neixiang_survey_plugin.render.pens import painting
from neixiang_survey_plugin.render.pictures import blank_image
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
        self._ground: Any = None
        self._overlays = ShownOverlays()
        self.picture = CountyPicture(self.refresh, self._tell, self)
        self.gestures = Gestures(self)
        self.notice = NoticeBar(self)
        self.setMouseTracking(True)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.StrongFocus)
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.later.connect(self._call_later, QtCore.Qt.ConnectionType.QueuedConnection)

    def look_at(self, view: View) -> None:
        """Show another place or scale."""
        view = aligned(view)
        if view != self.view:
            self.view = view
            self._overlays.look_at(view)
            self.refresh()
            self.view_changed.emit(view)

    def fit(self, margin: float = 0.03) -> None:
        """Show the whole county."""
        if self.picture.extent is not None:
            self.look_at(self.view.fitted(self.picture.extent, margin))

    def refresh(self) -> None:
        """What lies under the overlays has changed: the picture, or the routes."""
        self._ground = None
        self.update()

    def show_overlays(self, name: str, overlays: tuple[Overlay, ...]) -> None:
        """Show these under a name; only where something changes by that is painted again."""
        self.update(self._overlays.show(name, overlays, self.view))

    def paint_above(self, painter: Any, view: View) -> None:
        """What moves: routes, overlays, and the scale bar and north arrow above them."""
        palette = self.picture.palette
        self.picture.draw_routes(painter, view)
        paint_overlays(painter, chain.from_iterable(self._overlays.values()), view, palette)
        paint_furniture(painter, view, palette, self.picture.content.language)

    def paintEvent(self, event: Any) -> None:
        """Draw what is ready now, where it is asked for."""
        self._fit_device()  # the window may have come to a finer screen
        view, palette = self.view, self.picture.palette
        self.picture.stand_back()
        if self._ground is None:
            self._ground = self._paint_ground()
        painter = QtGui.QPainter(self)
        painter.drawImage(QtCore.QPoint(0, 0), self._ground)
        painter.scale(1 / view.point_px, 1 / view.point_px)
        above = self._overlays.within(event.region(), view.point_px)
        paint_placed(painter, above, view.point_px, palette)
        painter.end()
        self.painted.emit()

    def _fit_device(self) -> None:
        """As many pixels as the device has here."""
        ratio = self.devicePixelRatioF()
        width_px, height_px = round(self.width() * ratio), round(self.height() * ratio)
        self.look_at(self.view.sized(width_px, height_px, ratio))

    def _paint_ground(self) -> Any:
        """The county, the routes, the scale bar and north arrow, as one picture."""
        view, palette = self.view, self.picture.palette
        image = blank_image(view.width_px, view.height_px)
        with painting(image) as painter:
            self.picture.draw(painter, view)
            paint_furniture(painter, view, palette, self.picture.content.language)
        image.setDevicePixelRatio(view.point_px)
        return image

    def resizeEvent(self, event: Any) -> None:
        """Keep the middle where it is."""
        self.notice.fit(self.width())
        self._fit_device()

    def _tell(self, sentence: str) -> None:
        self.notice.say(sentence, Level.ERROR, self.picture.palette)

    def _call_later(self, call: Callable[[], None], after_ms: int) -> None:
        timer = QtCore.QTimer(self)  # ends with the widget, and its call with it
        timer.setSingleShot(True)
        timer.timeout.connect(call)
        timer.timeout.connect(timer.deleteLater)
        timer.start(after_ms)

"""QGIS's map: what the work asks of a map host, done by the canvas that QGIS owns."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

import shapely
from qgis.core import Qgis, QgsMapRendererCustomPainterJob, QgsMapSettings, QgsRectangle
from shapely import Geometry

from neixiang_survey_plugin.app.map_host import Level, Overlay, PointerTool
from neixiang_survey_plugin.app.map_layers import DrawnRoute
from neixiang_survey_plugin.hosts.qgis import memory
from neixiang_survey_plugin.hosts.qgis.grid_crs import GridTransform
from neixiang_survey_plugin.hosts.qgis.map_tool import MapTool
from neixiang_survey_plugin.hosts.qgis.painted import Painted
from neixiang_survey_plugin.i18n.sentences import in_language
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.render.palette import PALETTES, Theme
from neixiang_survey_plugin.render.pens import painting
from neixiang_survey_plugin.render.pictures import blank_image

_POINT_SCALE = 500.0
_LEAST_SHARE = 0.01
_LEVELS = {
    Level.INFO: Qgis.MessageLevel.Info,
    Level.SUCCESS: Qgis.MessageLevel.Success,
    Level.WARNING: Qgis.MessageLevel.Warning,
    Level.ERROR: Qgis.MessageLevel.Critical,
}
_SHOWN_S = {Level.INFO: 5, Level.SUCCESS: 4, Level.WARNING: 8, Level.ERROR: 15}


class Canvas:
    """A MapHost on a canvas and a message bar of QGIS's; ``rest`` gives QGIS its own tool back.

    Call ``close`` before the plugin goes: it leaves nothing on the canvas.
    """

    def __init__(self, canvas: Any, bar: Any, epsg: int, title: str, rest: Callable[[], None]):
        self.widget = canvas
        self.grid = GridTransform(canvas, epsg)
        self.tool = MapTool(canvas, self.grid)
        self._bar, self._title, self._rest = bar, title, rest
        self._painted = Painted(canvas, self.grid, PALETTES[Theme.LIGHT])
        self._later = _Later()

    def close(self) -> None:
        """Take everything off the map; the canvas is QGIS's alone again."""
        self.use_tool(None)
        self.tool.end()
        self.tool.deleteLater()
        self._painted.end()
        self._later.deleteLater()

    def show_routes(self, routes: Sequence[DrawnRoute]) -> None:
        """Show these routes in place of those shown before."""
        self._painted.show_routes(routes)

    def change_routes(self, put: Sequence[DrawnRoute], gone: Collection[str]) -> None:
        """Show some routes anew or for the first time, and others no more."""
        self._painted.change_routes(put, gone)

    def choose_routes(self, route_ids: Collection[str]) -> None:
        """Show these routes as the chosen ones."""
        self._painted.choose_routes(route_ids)

    def show_overlay(self, name: str, overlays: Sequence[Overlay]) -> None:
        """Show these under a name, in place of what was shown under it."""
        self._painted.show_overlays(name, overlays)

    def hide_overlay(self, name: str) -> None:
        """Show nothing under the name; a name that shows nothing is no error."""
        self._painted.show_overlays(name, ())

    def zoom_to(self, geometry: Geometry, margin: float = 0.2) -> None:
        """Bring a geometry of the county grid into view, wider by a share of its size."""
        shown = self.grid.to_map(geometry)
        if shapely.is_empty(shown):
            return
        west, south, east, north = map(float, shapely.bounds(shown))
        longest = max(east - west, north - south)
        if longest > 0.0:
            # QGIS shows no rectangle without a width, such as that of a line straight north.
            wide = max((east - west) * margin, longest * _LEAST_SHARE)
            high = max((north - south) * margin, longest * _LEAST_SHARE)
            around = QgsRectangle(west - wide, south - high, east + wide, north + high)
            self.widget.setExtent(around)
        else:
            self.widget.setCenter(QgsRectangle(west, south, east, north).center())
            self.widget.zoomScale(_POINT_SCALE)
        self.widget.refresh()

    def use_tool(self, tool: PointerTool | None) -> None:
        """Hand the pointer to a tool, or back to QGIS's own panning with None."""
        before, self.tool.tool = self.tool.tool, tool
        if before is not None and before is not tool:
            before.cancel()
        if tool is not None:
            self.widget.setMapTool(self.tool)
        elif self.tool.isActive():
            self.widget.unsetMapTool(self.tool)
            self._rest()

    def notify(self, sentence: str, level: Level = Level.INFO) -> None:
        """Show one sentence on the bar, which closes it by itself."""
        words = in_language(sentence, memory.language())
        self._bar.pushMessage(self._title, words, _LEVELS[level], _SHOWN_S[level])

    def render(self, width_px: int, height_px: int) -> bytes:
        """The map as it is shown, as PNG."""
        settings = QgsMapSettings(self.widget.mapSettings())
        settings.setOutputSize(QtCore.QSize(width_px, height_px))
        settings.setDevicePixelRatio(1.0)
        image = blank_image(width_px, height_px)
        image.fill(settings.backgroundColor())
        with painting(image) as painter:
            QgsMapRendererCustomPainterJob(settings, painter).renderSynchronously()
            self._painted.paint(painter, settings)
        buffer = QtCore.QBuffer()
        buffer.open(QtCore.QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        return bytes(buffer.data())

    def run_later(self, call: Callable[[], None], after_ms: int = 0) -> None:
        """Call once from QGIS's own thread, after what is waiting now; from any thread."""
        self._later.asked.emit(call, after_ms)


class _Later(QtCore.QObject):
    """Calls what is waiting; what waits when it goes is not called."""

    asked = QtCore.pyqtSignal(object, int)

    def __init__(self) -> None:
        super().__init__()
        self.asked.connect(self._call, QtCore.Qt.ConnectionType.QueuedConnection)

    def _call(self, call: Callable[[], None], after_ms: int) -> None:
        timer = QtCore.QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(call)
        timer.timeout.connect(timer.deleteLater)
        timer.start(after_ms)

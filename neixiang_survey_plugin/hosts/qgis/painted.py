"""Everything that the survey draws above QGIS's layers: its routes, and what is shown by name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from neixiang_survey_plugin.app.map_host import Overlay
from neixiang_survey_plugin.app.map_layers import DrawnRoute
from neixiang_survey_plugin.hosts.qgis.grid_crs import GridTransform
from neixiang_survey_plugin.hosts.qgis.overlay_item import OverlayItem, view_of
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.render.marks import area_of, paint_overlays
from neixiang_survey_plugin.render.palette import Palette
from neixiang_survey_plugin.render.routes import paint_routes
from neixiang_survey_plugin.render.view import View

_ROUTES_AT, _OVERLAYS_AT = 100.0, 110.0  # above the layers, below QGIS's own snapping mark


class Painted:
    """Keeps one canvas item for the routes and one for each name that shows something."""

    def __init__(self, canvas: Any, grid: GridTransform, palette: Palette) -> None:
        self._canvas, self._grid, self._palette = canvas, grid, palette
        self._overlays: dict[str, tuple[Overlay, ...]] = {}
        self._routes: dict[str, DrawnRoute] = {}
        self._chosen: Collection[str] = ()
        self._shown: dict[str, tuple[Overlay, ...]] = {}
        self._items: dict[str, OverlayItem] = {}
        self._drawn: dict[str, DrawnRoute] = {}  # in the map's system
        self._routes_item = OverlayItem(canvas, self._paint_routes, _whole, _ROUTES_AT)
        canvas.destinationCrsChanged.connect(self._follow_crs)

    def end(self) -> None:
        """Take everything off the map."""
        self._canvas.destinationCrsChanged.disconnect(self._follow_crs)
        for item in (*self._items.values(), self._routes_item):
            item.remove()
        self._items.clear()

    def show_routes(self, routes: Sequence[DrawnRoute]) -> None:
        """Show these in place of the ones before."""
        self._routes.clear()
        self._drawn.clear()
        self.choose_routes([one.route.route_id for one in routes if one.selected])
        self.change_routes([one._replace(selected=False) for one in routes], ())

    def change_routes(self, put: Sequence[DrawnRoute], gone: Collection[str]) -> None:
        """Show some routes anew or for the first time, and others no more."""
        for route_id in gone:
            self._routes.pop(route_id, None)
            self._drawn.pop(route_id, None)
        for one in put:
            line = self._grid.to_map(one.route.line)
            self._routes[one.route.route_id] = one
            self._drawn[one.route.route_id] = one._replace(route=replace(one.route, line=line))
        self._routes_item.update()

    def choose_routes(self, route_ids: Collection[str]) -> None:
        """Show these routes as the chosen ones."""
        self._chosen = frozenset(route_ids)
        self._routes_item.update()

    def show_overlays(self, name: str, overlays: Sequence[Overlay]) -> None:
        """Show these under a name; nothing where there are none."""
        self._overlays.pop(name, None)
        self._shown.pop(name, None)
        if not overlays:
            if (item := self._items.pop(name, None)) is not None:
                item.remove()
            return
        self._overlays[name] = tuple(overlays)
        self._shown[name] = tuple(
            replace(one, geometry=self._grid.to_map(one.geometry)) for one in overlays
        )
        if name in self._items:
            self._items[name].updatePosition()
        else:
            self._items[name] = self._item(name)

    def paint(self, painter: Any, settings: Any) -> None:
        """Paint all of it as a map of these settings shows it, not turned."""
        view = view_of(settings)
        self._paint_routes(painter, view)
        for name in self._shown:
            self._paint_overlays(name, painter, view)

    def _item(self, name: str) -> OverlayItem:
        return OverlayItem(
            self._canvas,
            lambda painter, view: self._paint_overlays(name, painter, view),
            lambda view: self._area(name, view),
            _OVERLAYS_AT,
        )

    def _area(self, name: str, view: View) -> Any:
        area = QtCore.QRectF()
        for one in self._shown.get(name, ()):
            area |= area_of(one, view)
        return area

    def _paint_overlays(self, name: str, painter: Any, view: View) -> None:
        paint_overlays(painter, self._shown.get(name, ()), view, self._palette)

    def _paint_routes(self, painter: Any, view: View) -> None:
        chosen = self._chosen
        shown = [
            one._replace(selected=True) if key in chosen else one
            for key, one in self._drawn.items()
        ]
        paint_routes(painter, shown, view, self._palette)

    def _follow_crs(self) -> None:
        self.change_routes(tuple(self._routes.values()), ())
        for name, overlays in tuple(self._overlays.items()):
            self.show_overlays(name, overlays)


def _whole(view: View) -> Any:
    return QtCore.QRectF(0, 0, view.width_px, view.height_px)

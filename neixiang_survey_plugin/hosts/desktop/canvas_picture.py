"""The county's picture under the routes: tiles, and what stands in for those still being made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from neixiang_survey_plugin.app.map_layers import MapLayer, extent
from neixiang_survey_plugin.app.map_shapes import Box
from neixiang_survey_plugin.hosts.desktop.canvas_tiles import Job, TilePainter
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render.palette import LIGHT, Palette
from neixiang_survey_plugin.render.pens import colour
from neixiang_survey_plugin.render.plan import by_look
from neixiang_survey_plugin.render.tiles import (
    Tile,
    TileShelf,
    aligned,
    blank_image,
    place_px,
    tiles_of,
)
from neixiang_survey_plugin.render.view import View

_OVERVIEW_PX = 1024  # the whole county, always at hand below everything


class CountyPicture:
    """Draws the county of a view at once from what is painted, and has the rest painted.

    Below a tile that is still being made lie the last whole picture, moved and scaled, and the
    overview of the whole county: nothing is ever blank once the overview is there.
    """

    extent: Box | None = None  # of all layers

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self._shelf = TileShelf()
        self._painter = TilePainter()
        self._painter.painted.connect(self._keep)
        self._number = 0
        self.palette: Palette = LIGHT
        self._layers: tuple[MapLayer, ...] = ()
        self._hidden: frozenset[str] = frozenset()
        self.looks = by_look(())
        self._view: View | None = None
        self._overview: tuple[View, Any] | None = None
        self._overview_of: tuple[int, View] | None = None
        self._last: tuple[View, Any] | None = None

    def show_layers(self, layers: tuple[MapLayer, ...]) -> None:
        """Draw these from now on."""
        self._layers = layers
        self.extent = extent(layers)
        self._start_again()

    def hide_layers(self, names: frozenset[str]) -> None:
        """Leave out the layers of these names."""
        self._hidden = names
        self._start_again()

    def use_palette(self, palette: Palette) -> None:
        """Draw in these colours from now on."""
        self.palette = palette
        self._start_again()

    def is_whole(self, view: View) -> bool:
        """Whether every tile of the view is painted."""
        return all(tile in self._shelf for tile in tiles_of(view))

    def draw(self, painter: Any, view: View) -> None:
        """Draw the view, an aligned one, from what is there, and ask for what is not."""
        if self._view is not None and self._view.pixel_m != view.pixel_m:
            self._remember()
        self._view = view
        self._draw_ready(painter, view)
        self._ask(view)

    def end(self) -> None:
        """Stop painting."""
        self._painter.end()

    def _draw_ready(self, painter: Any, view: View) -> None:
        if not self.is_whole(view):
            self._draw_stand_ins(painter, view)
        for tile in tiles_of(view):
            if (image := self._shelf.get(tile)) is not None:
                painter.drawImage(QtCore.QPoint(*place_px(tile, view)), image)

    def _draw_stand_ins(self, painter: Any, view: View) -> None:
        area = QtCore.QRectF(0, 0, view.width_px, view.height_px)
        painter.fillRect(area, colour(self.palette.land))
        for stand_in in (self._overview, self._last):
            if stand_in is not None:
                seen, image = stand_in
                painter.drawImage(_place(seen, view), image)

    def _remember(self) -> None:
        """Keep the whole picture of the last view, whose scale or colours are about to change."""
        view = self._view
        if view is not None and self.is_whole(view):
            image = blank_image(view.width_px, view.height_px)
            painter = QtGui.QPainter(image)
            self._draw_ready(painter, view)
            painter.end()
            self._last = (view, image)

    def _start_again(self) -> None:
        self._remember()
        self.looks = by_look(tuple(one for one in self._layers if one.layer not in self._hidden))
        self._number += 1
        self._shelf.clear()
        self._changed()

    def _ask(self, view: View) -> None:
        seen = tiles_of(view)
        near = [tile for tile in tiles_of(view, 1) if tile not in seen]
        jobs: list[Job] = [tile for tile in seen + near if tile not in self._shelf]
        overview = self._overview_view(view)
        if overview is not None and self._overview_of != (self._number, overview):
            jobs.insert(0, overview)
        if jobs:
            self._painter.ask(self._number, jobs, self.looks, self.palette)

    def _overview_view(self, view: View) -> View | None:
        if self.extent is None:
            return None
        square = replace(view, width_px=_OVERVIEW_PX, height_px=_OVERVIEW_PX)
        return aligned(square.fitted(self.extent))

    def _keep(self, number: int, job: Job, image: Any) -> None:
        if number != self._number:
            return
        if isinstance(job, Tile):
            self._shelf.put(job, image)
        else:
            self._overview, self._overview_of = (job, image), (number, job)
        self._changed()


def _place(seen: View, view: View) -> Any:
    """Where the picture of another view lies in this one."""
    west, south, east, north = seen.box
    left, top = view.to_pixel(west, north)
    right, bottom = view.to_pixel(east, south)
    return QtCore.QRectF(left, top, right - left, bottom - top)

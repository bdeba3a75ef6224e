"""The county's picture under the routes: tiles, and what stands in for those still being made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from neixiang_survey_plugin.app.background import Background
from neixiang_survey_plugin.app.map_labels import Named
from neixiang_survey_plugin.app.map_layers import DrawnRoute, MapLayer, extent
from neixiang_survey_plugin.app.map_shapes import Box
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.desktop.canvas_routes import RoutesPicture
from neixiang_survey_plugin.hosts.desktop.canvas_tiles import TilePainter
from neixiang_survey_plugin.i18n import Language, Texts
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render.backgrounds import BackgroundPainter
from neixiang_survey_plugin.render.palette import LIGHT, Palette
from neixiang_survey_plugin.render.pens import colour, painting
from neixiang_survey_plugin.render.pictures import (
    Content,
    Job,
    Lines,
    Overview,
    Words,
    blank_image,
)
from neixiang_survey_plugin.render.plan import by_look
from neixiang_survey_plugin.render.shelf import Shelf
from neixiang_survey_plugin.render.tiles import Tile, aligned, place_px, tiles_of
from neixiang_survey_plugin.render.view import View

_OVERVIEW_PX = 1024  # the whole county, always at hand below everything

_KEPT = 160  # tiles of 1 MB: a screen of 4K with what is around it, twice
_MORE_WORDS = 0.3  # words are set for so much more than the view, so that pushing shows some


class CountyPicture:
    """Draws the county of a view at once from what is painted, and has the rest painted.

    Below a tile that is still being made lie the last whole picture, moved and scaled, and the
    overview of the whole county: nothing is ever blank once the overview is there.
    """

    extent: Box | None = None  # of all layers

    def __init__(
        self, changed: Callable[[], None], failed: Callable[[str], None], parent: Any = None
    ) -> None:
        self._changed, self._failed = changed, failed
        self._broken: set[Job] = set()
        self._shelf: Shelf[Tile] = Shelf(_KEPT)
        self._painter = TilePainter(parent)
        self._painter.painted.connect(self._keep)
        self._painter.failed.connect(self._give_up)
        self._number = 0
        self._layers: tuple[MapLayer, ...] = ()
        self._named: tuple[Named, ...] = ()
        self._background: BackgroundPainter | None = None
        self._hidden: frozenset[str] = frozenset()
        self._language = Language.CHINESE
        self.content = Content({}, (), LIGHT)
        self._view: View | None = None  # drawn last
        self._overview: _Kept | None = None
        self._words: _Kept | None = None
        self._last: _Kept | None = None
        self._routes = RoutesPicture()

    @property
    def palette(self) -> Palette:
        """The colours in use."""
        return self.content.palette

    def show_layers(self, layers: tuple[MapLayer, ...], named: tuple[Named, ...] = ()) -> None:
        """Draw these from now on, and write these names."""
        self._layers, self._named = layers, named
        self.extent = extent(layers)
        self._start_again(self.palette)

    def go_on_from(self, before: CountyPicture) -> None:
        """Take what another picture has painted where it is what this one would paint.

        The overview of 600,000 features alone takes a second.
        """
        self._routes.go_on_from(before._routes)
        if self._has_the_ground_of(before):
            self._shelf = before._shelf.copy()
            self._overview = _taken(before._overview, before._number, self._number)
            if self._named is before._named and self._language is before._language:
                self._words = _taken(before._words, before._number, self._number)
        self._changed()

    def _has_the_ground_of(self, other: CountyPicture) -> bool:
        return (
            self._layers is other._layers
            and self._hidden == other._hidden
            and self.palette == other.palette
            and self._background is other._background is None
        )

    def show_routes(self, routes: Sequence[DrawnRoute]) -> None:
        """Draw these routes above the county from now on."""
        self._routes.show(routes)
        self._changed()

    def show_routes_of(self, other: CountyPicture) -> None:
        """Draw the routes of another picture from now on."""
        self._routes.show_those_of(other._routes)
        self._changed()

    def change_routes(self, put: Sequence[DrawnRoute], gone: Collection[str]) -> None:
        """Draw some routes anew or for the first time, and others no more."""
        self._routes.change(put, gone)
        self._changed()

    def shows_no_routes(self, view: View) -> bool:
        """Whether none of them is in view."""
        return self._routes.are_none(view)

    def choose_routes(self, route_ids: Collection[str]) -> None:
        """Draw these routes as the chosen ones."""
        self._routes.choose(route_ids)
        self._changed()

    def hide_layers(self, names: frozenset[str]) -> None:
        """Leave out the layers of these names."""
        if names != self._hidden:
            self._hidden = names
            self._start_again(self.palette)

    def use_palette(self, palette: Palette) -> None:
        """Draw in these colours from now on."""
        self._start_again(palette)

    def use_language(self, language: Language) -> None:
        """Write what is no name in this language from now on."""
        self._language = language
        self._start_again(self.palette)

    def use_background(self, background: Background | None) -> None:
        """Draw this below the layers, or nothing."""
        self._background = None if background is None else BackgroundPainter(background)
        self._start_again(self.palette)

    def is_whole(self, view: View) -> bool:
        """Whether every tile of the view is painted."""
        return all(tile in self._shelf for tile in tiles_of(view))

    def is_done(self, view: View) -> bool:
        """Whether the words and the routes of the view are there too."""
        above = _serves(self._words, self._number, view)
        return self.is_whole(view) and above and self._routes.is_done(self.palette, view)

    def draw(self, painter: Any, view: View) -> None:
        """Draw the view, an aligned one, from what is there, and ask for what is not."""
        if self._view is not None and self._view.pixel_m != view.pixel_m:
            self._remember()
        self._view = view
        self._draw_ready(painter, view)
        self._draw_words(painter, view)
        self.draw_routes(painter, view)
        self._ask(view)

    def draw_routes(self, painter: Any, view: View) -> None:
        """Draw the routes of a view from what is there; nothing is made for it."""
        self._routes.draw(painter, view, self.palette)

    def paint_shown(self, painter: Any, view: View) -> None:
        """Paint what was drawn last, as it is, into another view; nothing is made for it."""
        painter.fillRect(QtCore.QRectF(0, 0, view.width_px, view.height_px), self._land())
        painter.setRenderHint(QtGui.QPainter.RenderHint.SmoothPixmapTransform)
        if self._overview is not None:
            painter.drawImage(_place(self._overview.view, view), self._overview.image)
        if self._view is not None:
            image = blank_image(self._view.width_px, self._view.height_px)
            with painting(image) as inner:
                self._draw_ready(inner, self._view)
                self._draw_words(inner, self._view)
            painter.drawImage(_place(self._view, view), image)

    def stand_back(self) -> None:
        """The window paints now: leave it the processor for a moment."""
        self._painter.stand_back()

    def hold_still(self, for_s: float) -> None:
        """The window is being shown: leave it the processor alone for so many seconds."""
        self._painter.hold_still(for_s)

    def end(self) -> None:
        """Stop painting."""
        self._painter.end()

    def _draw_ready(self, painter: Any, view: View) -> None:
        if not self.is_whole(view):
            self._draw_stand_ins(painter, view)
        for tile in tiles_of(view):
            if (image := self._shelf.get(tile)) is not None:
                painter.drawImage(QtCore.QPoint(*place_px(tile, view)), image)

    def _draw_words(self, painter: Any, view: View) -> None:
        if self._words is not None and 0.6 < self._words.view.pixel_m / view.pixel_m < 1.7:
            painter.drawImage(_place(self._words.view, view), self._words.image)

    def _land(self) -> Any:
        return colour(self.palette.land)

    def _draw_stand_ins(self, painter: Any, view: View) -> None:
        area = QtCore.QRectF(0, 0, view.width_px, view.height_px)
        painter.fillRect(area, self._land())
        for stand_in in (self._overview, self._last):
            if stand_in is not None:
                painter.drawImage(_place(stand_in.view, view), stand_in.image)

    def _remember(self) -> None:
        """Keep the whole picture of the last view, whose scale or colours are about to change."""
        view = self._view
        if view is not None and self.is_whole(view):
            image = blank_image(view.width_px, view.height_px)
            with painting(image) as painter:
                self._draw_ready(painter, view)
            self._last = _Kept(self._number, view, image)

    def _start_again(self, palette: Palette) -> None:
        self._remember()
        layers = tuple(one for one in self._layers if one.layer not in self._hidden)
        named = tuple(one for one in self._named if one.layer not in self._hidden)
        self.content = Content(by_look(layers), named, palette, self._background, self._language)
        self._number += 1
        self._shelf.clear()
        self._broken.clear()
        self._changed()

    def _ask(self, view: View) -> None:
        seen = tiles_of(view)
        near = [tile for tile in tiles_of(view, 1) if tile not in seen]
        overview = self._overview_jobs(view)
        jobs: list[Job] = [] if self._overview is not None else overview
        jobs += (tile for tile in seen if tile not in self._shelf)
        if not _serves(self._words, self._number, view):
            wide = view.width_px * (1 + _MORE_WORDS), view.height_px * (1 + _MORE_WORDS)
            jobs.append(Words(aligned(view.sized(*map(round, wide)))))
        jobs += self._routes.wanted(self.palette, view)
        # One that is out of date stands in as long as what is seen is painted: with it first a
        # street was there 1 s after a layer was hidden.
        jobs += [] if self._overview is None else overview
        jobs += [tile for tile in near if tile not in self._shelf]
        jobs = [job for job in jobs if job not in self._broken]
        if jobs:
            self._painter.ask(self._number, jobs, self.content)

    def _overview_jobs(self, view: View) -> list[Job]:
        """The whole county, unless it is painted as it is now."""
        if self.extent is None or _is_of(self._overview, self._number):
            return []
        square = replace(view, width_px=_OVERVIEW_PX, height_px=_OVERVIEW_PX)
        return [Overview(aligned(square.fitted(self.extent)))]

    def _keep(self, number: int, job: Job, image: Any) -> None:
        if number != self._number:
            return
        if isinstance(job, Tile):
            self._shelf.put(job, image)
            if self._view is not None and job not in tiles_of(self._view):
                return  # kept for when the map is pushed: what is seen stays as it is
        elif isinstance(job, Words):
            self._words = _Kept(number, job.view, image)
        elif isinstance(job, Lines):
            self._routes.keep(self.palette, job, image)
        else:
            self._overview = _Kept(number, job.view, image)
        self._changed()

    def _give_up(self, number: int, job: Job, error: Exception) -> None:
        """Go on without the background, or without the piece that cannot be painted."""
        if number != self._number:
            return
        self._broken.add(job)
        if self._background is not None:
            self.use_background(None)
        sentence = str(error) if isinstance(error, SurveyError) else repr(error)
        self._failed(Texts(self._language)("map.broken", error=sentence))


@dataclass(frozen=True)
class _Kept:
    """A picture, what it shows, and of which content."""

    number: int
    view: View
    image: Any


def _taken(kept: _Kept | None, of: int, number: int) -> _Kept | None:
    """A picture of one content as one of another that is the same."""
    return replace(kept, number=number) if kept is not None and _is_of(kept, of) else None


def _is_of(kept: _Kept | None, number: int) -> bool:
    return kept is not None and kept.number == number


def _serves(kept: _Kept | None, number: int, view: View) -> bool:
    """Whether a picture is of this content and scale and reaches over the whole view."""
    if kept is None or kept.number != number or kept.view.pixel_m != view.pixel_m:
        return False
    return kept.view.holds(view)


def _place(seen: View, view: View) -> Any:
    """Where the picture of another view lies in this one."""
    west, south, east, north = seen.box
    left, top = view.to_pixel(west, north)
    right, bottom = view.to_pixel(east, south)
    return QtCore.QRectF(left, top, right - left, bottom - top)

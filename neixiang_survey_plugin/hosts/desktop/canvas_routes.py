"""The routes over the county's picture: at once where few are in view, else by the thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from neixiang_survey_plugin.app.map_layers import DrawnRoute
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.render.palette import Palette
from neixiang_survey_plugin.render.pictures import Lines
from neixiang_survey_plugin.render.route_sheet import RouteSheet, sheet_of
from neixiang_survey_plugin.render.routes import paint_routes
from neixiang_survey_plugin.render.tiles import aligned
from neixiang_survey_plugin.render.view import View

_MORE = 0.3  # painted for so much more than the view, so that pushing shows some
_MOST_NEW = 100  # painted at once over a picture that does not have them yet


@dataclass(frozen=True)
class _Kept:
    """A picture of routes, what it shows, and of which content of the county's picture."""

    number: int
    job: Lines
    image: Any


class RoutesPicture:
    """Draws the routes of a survey.

    The chosen ones, and those that changed since the picture was painted, lie above it: what
    somebody works on is seen at once, however many lines a survey has.
    """

    def __init__(self) -> None:
        self._sheet = sheet_of(())
        self._chosen: tuple[DrawnRoute, ...] = ()
        self._kept: _Kept | None = None
        self._new: tuple[DrawnRoute, ...] = ()  # since the picture was painted

    def show(self, routes: Sequence[DrawnRoute]) -> None:
        """Draw these in place of those before."""
        self._chosen = tuple(one for one in routes if one.selected)
        if not self._sheet.is_of(routes):
            plain = [replace(one, selected=False) if one.selected else one for one in routes]
            self._sheet = sheet_of(plain)
            self._new = () if self._kept is None else _not_in(self._kept.job.sheet, routes)

    def draw(self, painter: Any, view: View, palette: Palette) -> None:
        """Draw the view from what is there."""
        if self._sheet.are_few(view):
            chosen = {id(one.route) for one in self._chosen}
            others = [one for one in self._sheet.seen(view) if id(one.route) not in chosen]
            paint_routes(painter, [*others, *self._chosen], view, palette)
            return
        if self._kept is not None:
            seen = self._kept.job.view.box
            corner, other = view.to_pixel(seen[0], seen[3]), view.to_pixel(seen[2], seen[1])
            place = QtCore.QRectF(QtCore.QPointF(*corner), QtCore.QPointF(*other))
            painter.drawImage(place, self._kept.image)
        paint_routes(painter, [*self._new, *self._chosen], view, palette)

    def is_done(self, number: int, view: View) -> bool:
        """Whether nothing is left to be painted of a view."""
        return self._sheet.are_few(view) or self._serves(number, view)

    def wanted(self, number: int, view: View) -> list[Lines]:
        """What has to be painted for a view."""
        if self.is_done(number, view):
            return []
        wide = view.width_px * (1 + _MORE), view.height_px * (1 + _MORE)
        return [Lines(aligned(view.sized(*map(round, wide))), self._sheet)]

    def keep(self, number: int, job: Lines, image: Any) -> None:
        """Take a picture that was painted."""
        self._kept = _Kept(number, job, image)
        self._new = () if job.sheet is self._sheet else _not_in(job.sheet, self._sheet.routes)

    def _serves(self, number: int, view: View) -> bool:
        kept = self._kept
        if kept is None or kept.number != number or kept.job.sheet is not self._sheet:
            return False
        return kept.job.view.pixel_m == view.pixel_m and kept.job.view.holds(view)


def _not_in(sheet: RouteSheet, routes: Sequence[DrawnRoute]) -> tuple[DrawnRoute, ...]:
    """The routes that a picture does not have, unless they are too many for a frame."""
    there = {id(one.route) for one in sheet.routes}
    new = tuple(one for one in routes if id(one.route) not in there)
    return new if len(new) <= _MOST_NEW else ()

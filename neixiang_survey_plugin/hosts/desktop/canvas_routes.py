"""The routes over the county's picture: at once where few are in view, else by the thread."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count, islice
from typing import Any

from neixiang_survey_plugin.app.map_layers import DrawnRoute
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.render.palette import Palette
from neixiang_survey_plugin.render.pictures import Lines
from neixiang_survey_plugin.render.route_sheet import sheet_of
from neixiang_survey_plugin.render.routes import paint_routes
from neixiang_survey_plugin.render.tiles import aligned
from neixiang_survey_plugin.render.view import View

_MORE = 0.3  # painted for so much more than the view, so that pushing shows some
_MOST_NEW = 100  # painted at once over a picture that does not have them yet


@dataclass(frozen=True)
class _Kept:
    """A picture of routes, what it shows, and in which colours."""

    palette: Palette
    job: Lines
    image: Any


class RoutesPicture:
    """Draws the routes of a survey.

    The chosen ones, and those that changed since the picture was painted, lie above it: what
    somebody works on is seen at once, however many lines a survey has.
    """

    def __init__(self) -> None:
        self._sheet = sheet_of(())
        self._rows: dict[str, int] = {}  # of the sheet, by the route's identifier
        self._empty: list[int] = []  # rows of routes that went, for others that come
        self._changed: dict[int, int] = {}  # rows, and the number of the sheet that changed each
        self._whole = 0  # the number of the sheet that was the last to be made in one go
        self._chosen: tuple[DrawnRoute, ...] = ()
        self._kept: _Kept | None = None
        self._new: tuple[DrawnRoute, ...] = ()  # since the picture was painted

    def show(self, routes: Sequence[DrawnRoute]) -> None:
        """Draw these in place of those before."""
        self._chosen = tuple(one for one in routes if one.selected)
        if not self._sheet.is_of(routes):
            plain = [one._replace(selected=False) if one.selected else one for one in routes]
            self._rows = {one.route.route_id: row for row, one in enumerate(plain)}
            self._empty.clear()
            self._sheet = sheet_of(plain, self._sheet.number + 1)
            self._whole = self._sheet.number
            self._find_new()

    def show_those_of(self, other: RoutesPicture) -> None:
        """Draw what another draws in place of those before, at once however many there are."""
        self._sheet, self._whole = other._sheet, other._whole
        self._rows, self._empty = dict(other._rows), list(other._empty)
        self._changed, self._chosen = dict(other._changed), other._chosen
        self._find_new()

    def go_on_from(self, before: RoutesPicture) -> None:
        """Take what another painted of the same routes."""
        kept = before._kept
        if kept is not None and kept.job.sheet is self._sheet:
            self._kept = kept
            self._find_new()

    def change(self, put: Sequence[DrawnRoute], gone: Collection[str]) -> None:
        """Draw some routes anew or for the first time, and others no more.

        In a survey of 50,000 an edit that showed them all again took 60 ms.
        """
        empty = [self._rows.pop(one) for one in gone if one in self._rows]
        for row in empty:
            self._changed.pop(row, None)
        if empty:
            self._sheet = self._sheet.without(empty)
        if put:
            rows = self._rows_of(put)
            self._sheet = self._sheet.changed(rows, put)
            self._changed.update(dict.fromkeys(rows, self._sheet.number))
        self._empty += empty[::-1]
        self._find_new()

    def choose(self, route_ids: Collection[str]) -> None:
        """Draw these routes as the chosen ones."""
        rows = (self._rows[one] for one in route_ids if one in self._rows)
        drawn = (self._sheet.routes[row] for row in rows)
        self._chosen = tuple(one._replace(selected=True) for one in drawn)

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

    def are_none(self, view: View) -> bool:
        """Whether none of them is in view."""
        return self._sheet.are_none(view)

    def is_done(self, palette: Palette, view: View) -> bool:
        """Whether nothing is left to be painted of a view."""
        return self._sheet.are_few(view) or self._serves(palette, view)

    def wanted(self, palette: Palette, view: View) -> list[Lines]:
        """What has to be painted for a view; whatever lies below, lines are painted alike."""
        if self.is_done(palette, view):
            return []
        wide = view.width_px * (1 + _MORE), view.height_px * (1 + _MORE)
        return [Lines(aligned(view.sized(*map(round, wide))), self._sheet)]

    def keep(self, palette: Palette, job: Lines, image: Any) -> None:
        """Take a picture that was painted."""
        self._kept = _Kept(palette, job, image)
        number_of = self._changed.items()
        self._changed = {row: one for row, one in number_of if one > job.sheet.number}
        self._find_new()

    def _rows_of(self, put: Sequence[DrawnRoute]) -> list[int]:
        """The rows of some routes; new ones have rows that are empty, or that follow the last."""
        ids = [one.route.route_id for one in put]
        new = dict.fromkeys(one for one in ids if one not in self._rows)
        empty = [self._empty.pop() for _ in range(min(len(new), len(self._empty)))]
        self._rows.update(zip(new, chain(empty, count(len(self._sheet.routes))), strict=False))
        return [self._rows[one] for one in ids]

    def _find_new(self) -> None:
        """What the picture that was painted does not have, unless it is too much for a frame.

        Of too many no more are looked for than show that they are.
        """
        painted = None if self._kept is None else self._kept.job.sheet
        if painted is None or painted is self._sheet:
            new: Iterable[DrawnRoute] = ()
        elif painted.number < self._whole:
            there = {id(one.route) for one in painted.routes}
            every = (self._sheet.routes[row] for row in self._rows.values())
            new = (one for one in every if id(one.route) not in there)
        else:
            rows = (row for row, number in self._changed.items() if number > painted.number)
            new = (self._sheet.routes[row] for row in rows)
        found = tuple(islice(new, _MOST_NEW + 1))
        self._new = found if len(found) <= _MOST_NEW else ()

    def _serves(self, palette: Palette, view: View) -> bool:
        kept = self._kept
        if kept is None or kept.palette != palette or kept.job.sheet is not self._sheet:
            return False
        return kept.job.view.pixel_m == view.pixel_m and kept.job.view.holds(view)

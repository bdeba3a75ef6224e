"""The routes of a survey with their boxes, so that those in view are found at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely

from neixiang_survey_plugin.app.map_layers import DrawnRoute
from neixiang_survey_plugin.app.map_levels import Floats, Ints
from neixiang_survey_plugin.render.view import View

_MARGIN = 12.0  # the widest line and its squares, in points
# A route takes as long to paint as 15 vertices: 3,000 of them 9 ms, which a frame has.
_A_ROUTE, _MOST_AT_ONCE = 15, 3_000


@dataclass(frozen=True, eq=False)
class RouteSheet:
    """Routes as they are to be painted; ``boxes`` in grid metres, without figures where one went.

    A route keeps its row as long as it is there, and each sheet of a survey has a higher
    ``number`` than the one before: what follows an edit is a copy of some arrays, 1 ms for 50,000.
    """

    routes: tuple[DrawnRoute, ...]
    boxes: Floats
    vertices: Ints
    number: int = 0
    # Of the view that was looked at last: a frame asks four times, and each time numpy lets go of
    # the interpreter for another thread.
    _last: dict[View, tuple[Ints, bool]] = field(init=False, default_factory=dict)

    def seen(self, view: View) -> list[DrawnRoute]:
        """The routes in view, in their order."""
        return [self.routes[row] for row in self._looked_at(view)[0].tolist()]

    def are_few(self, view: View) -> bool:
        """Whether those in view are painted within a frame."""
        return self._looked_at(view)[1]

    def are_none(self, view: View) -> bool:
        """Whether none of them is in view."""
        return not len(self._rows(view))

    def changed(self, rows: Sequence[int], routes: Sequence[DrawnRoute]) -> RouteSheet:
        """The sheet with other routes in these rows; new ones follow the last."""
        new, every = sheet_of(routes), list(self.routes)
        more = max(0, max(rows, default=-1) + 1 - len(every))
        every.extend(routes[0] for _ in range(more))  # each of these rows is filled in below
        for row, one in zip(rows, routes, strict=True):
            every[row] = one
        boxes, vertices = np.pad(self.boxes, ((0, more), (0, 0))), np.pad(self.vertices, (0, more))
        these = np.array(rows)
        boxes[these], vertices[these] = new.boxes, new.vertices
        return RouteSheet(tuple(every), boxes, vertices, self.number + 1)

    def without(self, rows: Sequence[int]) -> RouteSheet:
        """The sheet with these rows left empty."""
        boxes = self.boxes.copy()
        boxes[list(rows)] = np.nan
        return replace(self, boxes=boxes, number=self.number + 1)

    def is_of(self, routes: Sequence[DrawnRoute]) -> bool:
        """Whether these are the same routes, whichever of them are chosen."""
        return len(routes) == len(self.routes) and all(map(_same, self.routes, routes))

    def _looked_at(self, view: View) -> tuple[Ints, bool]:
        """The rows in view, and whether they are few."""
        found = self._last.get(view)
        if found is None:
            rows = self._rows(view)
            few = bool(_A_ROUTE * len(rows) + self.vertices[rows].sum() <= _MOST_AT_ONCE)
            self._last.clear()
            found = self._last[view] = rows, few
        return found

    def _rows(self, view: View) -> Ints:
        west, south, east, north = view.box
        by_m = _MARGIN * view.point_px * view.pixel_m
        low_e, low_n, high_e, high_n = self.boxes.T
        seen = (low_e <= east + by_m) & (high_e >= west - by_m)
        return np.flatnonzero(seen & (low_n <= north + by_m) & (high_n >= south - by_m))


def sheet_of(routes: Sequence[DrawnRoute], number: int = 0) -> RouteSheet:
    """The sheet of some routes: 12 ms for 50,000 of them."""
    lines = np.array([drawn.route.line for drawn in routes], dtype=object)
    boxes = shapely.bounds(lines).reshape(-1, 4)
    vertices = shapely.get_num_coordinates(lines).astype(np.intp)
    return RouteSheet(tuple(routes), boxes, vertices, number)


def _same(one: DrawnRoute, other: DrawnRoute) -> bool:
    return one.route is other.route and one.state is other.state

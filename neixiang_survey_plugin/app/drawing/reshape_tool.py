"""Changing the course of a line: move, insert and delete its vertices."""

from __future__ import annotations

from dataclasses import replace

import shapely

from neixiang_survey_plugin.app.drawing.along import carried
from neixiang_survey_plugin.app.drawing.board import HIT_PX, Board, Notice
from neixiang_survey_plugin.app.drawing.snap_targets import nearest_place, segment_number
from neixiang_survey_plugin.app.drawing.tool import Tool
from neixiang_survey_plugin.app.drawing.vertices import (
    VertexMarks,
    coordinates,
    line_through,
    marks_on,
    nearest_of,
    points_of,
)
from neixiang_survey_plugin.app.map_host import Mark, Overlay, Point, Pointer, Snap
from neixiang_survey_plugin.core.routes import Route

_OVERLAYS = ("draft", "measured", "hover")


class ReshapeTool(Tool):
    """Drag a vertex to move it, a segment to bend it; back deletes the vertex touched last.

    A press beside the chosen line chooses the line under the pointer. One drag is one undoable
    step; cancel while dragging leaves the line as it was.
    """

    def __init__(self, board: Board) -> None:
        self._board = board
        self._points: list[Point] = []
        self._held: int | None = None
        self._touched: int | None = None
        self._changed = False
        self._marks = VertexMarks()

    @property
    def begun(self) -> bool:
        """Whether a vertex is held."""
        return self._held is not None

    @property
    def has_touched(self) -> bool:
        """Whether a vertex is marked as the one touched last, which ``back`` deletes."""
        return self._touched is not None

    def press(self, pointer: Pointer) -> None:
        """Take hold of the vertex, or of a new one on the segment, under the pointer."""
        route = self._chosen()
        if route is not None and self._take_hold(route, pointer):
            return
        other = self._board.route_at(pointer)
        if other is None:
            self._board.say(Notice.NO_LINE_HERE)
            return
        self._board.session.select(other.route_id)
        self._touched = None
        self._show_vertices(other)

    def move(self, pointer: Pointer) -> None:
        """Move what is held, and measure the line as it lies now."""
        route = self._chosen()
        if route is None:
            return
        if self._held is None:
            self._show_vertices(route)
            self._show_hold(route, pointer)
            return
        neighbours = tuple(self._points[: self._held])
        found = self._board.snapped(pointer, neighbours, but=route.route_id)
        self._points[self._held] = found.at
        self._changed = True
        self._preview(route, found.snap)

    def release(self, pointer: Pointer) -> None:
        """Keep the line as it lies now."""
        route, held = self._chosen(), self._held
        self._held = None
        if route is None or held is None:
            return
        self._touched = held
        if self._changed:
            self._keep(route, self._points)
        self._show_vertices(self._chosen())

    def back(self) -> None:
        """Delete the vertex that was touched last, or the end of the line."""
        route = self._chosen()
        if route is None:
            self._board.say(Notice.NO_LINE_HERE)
            return
        points = points_of(route.line)
        if len(points) <= 2:
            self._board.say(Notice.TWO_VERTICES_STAY)
            return
        del points[-1 if self._touched is None else min(self._touched, len(points) - 1)]
        self._touched = None
        self._keep(route, points)
        self._show_vertices(self._chosen())

    def cancel(self) -> None:
        """Leave the line as it was before the drag."""
        self.leave()
        self._show_vertices(self._chosen())

    def leave(self) -> None:
        """Put the tool away; a drag that was not let go changes nothing."""
        self._held, self._changed = None, False
        self._board.session.end_preview()
        self._board.clear(*_OVERLAYS)

    def refresh(self) -> None:
        """Show the vertices of the chosen line where they are now."""
        if self._held is None:
            self._show_vertices(self._chosen())

    def _chosen(self) -> Route | None:
        chosen = self._board.session.selected
        return None if chosen is None else self._board.session.routes[chosen]

    def _show_hold(self, route: Route, pointer: Pointer) -> None:
        """Mark what a press would take hold of: a vertex, or a place on a segment."""
        points, within_m = shapely.get_coordinates(route.line), HIT_PX * pointer.pixel_m
        nearest, away_m = nearest_of(points, pointer.at)
        if away_m <= within_m:
            held = shapely.Point(points[nearest])
        elif route.line.distance(shapely.Point(pointer.at)) <= within_m:
            held = shapely.Point(nearest_place(route.line, pointer.at))
        else:
            self._board.host.hide_overlay("hover")
            return
        self._board.host.show_overlay("hover", [Overlay(Mark.HOVER, held)])

    def _take_hold(self, route: Route, pointer: Pointer) -> bool:
        within_m = HIT_PX * pointer.pixel_m
        self._points = points_of(route.line)
        nearest, away_m = nearest_of(shapely.get_coordinates(route.line), pointer.at)
        if away_m <= within_m:
            self._held, self._changed = nearest, False
            return True
        if route.line.distance(shapely.Point(pointer.at)) > within_m:
            return False
        self._held, self._changed = segment_number(route.line, pointer.at) + 1, True
        self._points.insert(self._held, pointer.at)
        return True

    def _keep(self, route: Route, points: list[Point]) -> None:
        self._changed = False
        self._board.clear(*_OVERLAYS)
        self._board.edit(self._bent(route, points), what="reshape")
        self._board.session.end_preview()

    def _bent(self, route: Route, points: list[Point]) -> Route:
        line = line_through(coordinates(points))
        bores = carried(route.trenchless, route.line, line, self._board.grid)
        return replace(route, line=line, trenchless=bores)

    def _preview(self, route: Route, snap: Snap | None) -> None:
        board, bent = self._board, self._bent(route, self._points)
        shown = [
            Overlay(Mark.BEFORE, route.line, utility=route.utility),
            Overlay(Mark.DRAFT, bent.line, utility=route.utility),
            marks_on(shapely.get_coordinates(bent.line), route.utility),
        ]
        board.host.show_overlay("draft", shown)
        held = max(self._held or 0, 1)
        board.look_ahead(bent, (self._points[held - 1], self._points[held]), snap)

    def _show_vertices(self, route: Route | None) -> None:
        if route is None:
            self._board.host.hide_overlay("draft")
            return
        shown = [self._marks.on(route.line, route.utility)]
        count = shapely.get_num_coordinates(route.line)
        if self._touched is not None and self._touched < count:
            at = shapely.get_point(route.line, self._touched)
            shown.append(Overlay(Mark.SELECTED, at))
        self._board.host.show_overlay("draft", shown)

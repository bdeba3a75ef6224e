"""Tools that mark places along a line: where it is split, and where it is bored."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from neixiang_survey_plugin.app.drawing.along import metres_at, place_at, stretch, vertices_m
from neixiang_survey_plugin.app.drawing.board import Board, Notice
from neixiang_survey_plugin.app.drawing.edits import bored_route, dug_route, split_route
from neixiang_survey_plugin.app.drawing.tool import Tool
from neixiang_survey_plugin.app.map_host import Mark, Overlay, Pointer, Snap
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Bore, Route


class _AlongTool(Tool):
    """A tool that finds places along the line under the pointer."""

    def __init__(self, board: Board) -> None:
        self._board = board

    def leave(self) -> None:
        """Put the tool away."""
        self._board.clear("hover")

    def _place(self, pointer: Pointer) -> tuple[Route, float, shapely.Point] | None:
        """The line under the pointer, the metres along it, and the place on it.

        It is drawn to the line's vertices, and to where it enters and leaves a road.
        """
        route, board = self._board.route_at(pointer), self._board
        board.host.hide_overlay("snap")
        if route is None:
            return None
        at_m = metres_at(route.line, board.grid, pointer.at)
        meant = self._meant(route, at_m, pointer) if board.snapper.rules.on else None
        if meant is not None:
            at_m, snap = meant
            board.mark_snap(place_at(route.line, board.grid, at_m), snap)
        return route, at_m, shapely.Point(place_at(route.line, board.grid, at_m))

    def _meant(self, route: Route, at_m: float, pointer: Pointer) -> tuple[float, Snap] | None:
        """The nearest place along a line that somebody may mean, and what it is."""
        result = self._board.session.results.get(route.route_id)
        vertices = vertices_m(route.line, self._board.grid)
        places = [(float(vertices[np.abs(vertices - at_m).argmin()]), Snap.VERTEX)]
        crossings = () if result is None else result.measures.roads.crossings
        places += [(m, Snap.EDGE) for one in crossings for m in (one.from_m, one.to_m)]
        nearest = min(places, key=lambda place: abs(place[0] - at_m))
        within_m = self._board.snapper.rules.tolerance_px * pointer.pixel_m
        return nearest if abs(nearest[0] - at_m) <= within_m else None

    def _hit(self, pointer: Pointer) -> tuple[Route, float, shapely.Point] | None:
        """As _place, and a word where there is no line."""
        place = self._place(pointer)
        if place is None:
            self._board.say(Notice.NO_LINE_HERE)
        return place


class SplitTool(_AlongTool):
    """A click makes two lines of one, at the place of the click."""

    def press(self, pointer: Pointer) -> None:
        """Split the line under the pointer."""
        place = self._hit(pointer)
        if place is None:
            return
        route, at_m, _ = place
        self._board.attempt(lambda: self._split(route, at_m))

    def move(self, pointer: Pointer) -> None:
        """Mark the place where a click would split."""
        place = self._place(pointer)
        if place is None:
            self._board.host.hide_overlay("hover")
            return
        _, at_m, on = place
        self._board.host.show_overlay("hover", [Overlay(Mark.HOVER, on, f"{at_m:.2f} m")])

    def _split(self, route: Route, at_m: float) -> None:
        session = self._board.session
        new_id = session.new_route_id(route.utility, route.case_id)
        parts = split_route(route, at_m, new_id, self._board.grid)
        self._board.edit(*parts, what="split", then=lambda: session.select(parts[0].route_id))


class TrenchlessTool(_AlongTool):
    """Two clicks along one line mark what is bored; a click on a bore alone takes it away.

    ``depth_m`` is the depth of the bores that are marked from now on, None where unknown;
    ``pit_m`` the length and width of their pits, None to leave what the line or county says.
    """

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self.depth_m: float | None = None
        self.pit_m: tuple[float, float] | None = None
        self._begun: tuple[str, float] | None = None

    @property
    def begun(self) -> bool:
        """Whether one end of a bore is marked."""
        return self._begun is not None

    def press(self, pointer: Pointer) -> None:
        """Begin a bore, or end the one that was begun on this line."""
        place = self._hit(pointer)
        if place is None:
            return
        route, at_m, _ = place
        self._board.session.select(route.route_id)
        if self._begun is None or self._begun[0] != route.route_id:
            self._begin(route, at_m)
            return
        start_m = self._begun[1]
        bored: list[Route] = []
        if self._board.attempt(lambda: bored.append(self._bored(route, start_m, at_m))) and (
            self._board.edit(*bored, what="bore")
        ):
            self.cancel()

    def move(self, pointer: Pointer) -> None:
        """Show what would be bored."""
        place = self._place(pointer)
        if place is None:
            return
        route, at_m, on = place
        shown = [Overlay(Mark.HOVER, on, f"{at_m:.2f} m")]
        if self._begun is not None and self._begun[0] == route.route_id:
            start_m, end_m = sorted((self._begun[1], at_m))
            part = stretch(route.line, self._board.grid, start_m, end_m)
            label = f"{start_m:.1f}–{end_m:.1f} m"
            shown = [Overlay(Mark.STRIP, part, label, route.utility)]
            self._preview(route, start_m, end_m)
        self._board.host.show_overlay("hover", shown)

    def cancel(self) -> None:
        """Drop the bore that was begun."""
        self.leave()

    def leave(self) -> None:
        """Put the tool away."""
        if self._begun is not None:
            self._board.session.end_preview()
        self._begun = None
        super().leave()

    def _begin(self, route: Route, at_m: float) -> None:
        if any(bore.from_m < at_m < bore.to_m for bore in route.trenchless):
            dug = dug_route(route, at_m)
            self._board.edit(dug, what="dig")
            return
        self._begun = route.route_id, at_m

    def _preview(self, route: Route, start_m: float, end_m: float) -> None:
        """Judge the line as it would be with the bore; one without length changes nothing."""
        try:
            bored = self._bored(route, start_m, end_m)
        except SurveyError:
            return
        self._board.session.preview(bored)

    def _bored(self, route: Route, start_m: float, end_m: float) -> Route:
        bored = bored_route(route, Bore(start_m, end_m, self.depth_m), self._board.grid)
        if self.pit_m is not None:
            length_m, width_m = self.pit_m
            bored = replace(bored, pit_length_m=length_m, pit_width_m=width_m)
        return bored

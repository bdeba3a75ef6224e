"""Choosing a line with a click, and asking what lies under the pointer."""

from __future__ import annotations

from collections.abc import Callable

from neixiang_survey_plugin.app.drawing.board import HIT_PX, Board
from neixiang_survey_plugin.app.drawing.identifying import Identified, identify
from neixiang_survey_plugin.app.drawing.tool import Tool
from neixiang_survey_plugin.app.map_host import Mark, Overlay, Pointer


class SelectTool(Tool):
    """A click chooses the line under the pointer; beside every line it asks what lies there."""

    def __init__(self, board: Board, identified: Callable[[Identified | None], None]) -> None:
        self._board = board
        self._identified = identified

    def press(self, pointer: Pointer) -> None:
        """Choose the line here; where there is none, say what the county's layers have here."""
        route = self._board.route_at(pointer)
        self._board.session.select(None if route is None else route.route_id)
        if route is not None:
            self._identified(None)
            self._board.host.hide_overlay("identified")
            return
        board = self._board
        nearby, within_m = board.snapper.nearby, HIT_PX * pointer.pixel_m
        found = identify(board.session.county, nearby, pointer.at, within_m)
        self._identified(found)
        if found is None:
            self._board.host.hide_overlay("identified")
        else:
            mark = Overlay(Mark.HOVER, found.geometry)
            self._board.host.show_overlay("identified", [mark])

    def move(self, pointer: Pointer) -> None:
        """Mark the line that a click would choose."""
        route = self._board.route_at(pointer)
        if route is None:
            self._board.host.hide_overlay("hover")
        else:
            mark = Overlay(Mark.HOVER, route.line, utility=route.utility)
            self._board.host.show_overlay("hover", [mark])

    def cancel(self) -> None:
        """Choose nothing."""
        self._board.session.select(None)
        self._identified(None)
        self._board.host.hide_overlay("identified")

    def leave(self) -> None:
        """Put the tool away."""
        self._board.clear("hover", "identified")

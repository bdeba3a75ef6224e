"""Drawing a line at a distance from a kerb, a main or another line, along its whole course."""

from __future__ import annotations

import shapely
from shapely import LineString

from neixiang_survey_plugin.app.drawing.board import HIT_PX, Board, Notice
from neixiang_survey_plugin.app.drawing.draw_tool import DrawTool
from neixiang_survey_plugin.app.drawing.tool import Tool
from neixiang_survey_plugin.app.drawing.vertices import part_of, points_of
from neixiang_survey_plugin.app.map_host import Mark, Overlay, Point, Pointer
from neixiang_survey_plugin.core.older_shapely import line_beside

_MITRE = 5.0


class ParallelTool(Tool):
    """The first click takes a line to follow, the second ends the parallel; then go on drawing.

    ``distance_m`` is the distance to what is followed, planar grid metres; the side is that of
    the pointer. The parallel becomes vertices of the draft of ``draw``.
    """

    def __init__(self, board: Board, draw: DrawTool, distance_m: float = 1.0) -> None:
        self.distance_m = distance_m
        self._board = board
        self._draw = draw
        self._followed: tuple[LineString, float] | None = None

    @property
    def begun(self) -> bool:
        """Whether a line is followed, or one is being drawn."""
        return self._followed is not None or self._draw.begun

    def press(self, pointer: Pointer) -> None:
        """Take the line under the pointer, or end the parallel here."""
        if self._followed is None:
            self._follow(pointer)
            return
        course = self._course(self._part(pointer), pointer)
        self._let_go()
        if course is not None:
            self._draw.add(*points_of(course))

    def move(self, pointer: Pointer) -> None:
        """Show what is followed, and measure the line as it would be with the parallel."""
        part = self._part(pointer)
        course = self._course(part, pointer)
        if part is not None and course is not None:
            shown = [Overlay(Mark.HOVER, part, f"{self.distance_m:g} m")]
            self._board.host.show_overlay("hover", shown)
            self._draw.show_ahead(*points_of(course))
            return
        if self._followed is not None:  # the pointer lies where it began: nothing runs beside it
            self._draw.show_ahead()
        found = self._under(pointer)
        if found is None:
            self._board.host.hide_overlay("hover")
        else:
            self._board.host.show_overlay("hover", [Overlay(Mark.HOVER, found)])

    def finish(self) -> None:
        """Keep the line that was drawn."""
        self._draw.finish()

    def back(self) -> None:
        """Let go of the line that is followed, else take the last vertex back."""
        if self._followed is None:
            self._draw.back()
        self._let_go()

    def cancel(self) -> None:
        """Let go of the line that is followed, else drop the line that was begun."""
        if self._followed is None:
            self._draw.cancel()
        self._let_go()

    def leave(self) -> None:
        """Put the tool away."""
        self._let_go()
        self._draw.leave()

    def _let_go(self) -> None:
        self._followed = None
        self._board.host.hide_overlay("hover")
        self._draw.show_ahead()

    def _follow(self, pointer: Pointer) -> None:
        found = self._under(pointer)
        if found is None:
            self._board.say(Notice.NO_EDGE_HERE)
            return
        self._followed = found, found.project(shapely.Point(pointer.at))

    def _under(self, pointer: Pointer) -> LineString | None:
        """The nearest part of an edge, a main or a line under the pointer."""
        within_m, place = HIT_PX * pointer.pixel_m, shapely.Point(pointer.at)
        parts = [
            part
            for target in self._board.snapper.targets(pointer.at, within_m)
            for part in shapely.get_parts(target.line).tolist()
        ]
        return min(parts, key=lambda part: float(part.distance(place)), default=None)

    def _part(self, pointer: Pointer) -> LineString | None:
        """What is followed, from where it began to the pointer."""
        if self._followed is None:
            return None
        line, start_m = self._followed
        return _part_between(line, start_m, line.project(shapely.Point(pointer.at)))

    def _course(self, part: LineString | None, pointer: Pointer) -> LineString | None:
        """The parallel to what is followed, on the pointer's side; None where there is none."""
        if part is None:
            return None
        side = 1.0 if _is_left(part, pointer.at) else -1.0
        return line_beside(part, side * self.distance_m, _MITRE)


def _part_between(line: LineString, start_m: float, end_m: float) -> LineString | None:
    """The part of a line in the direction of the pointer; round a ring the shorter way."""
    if line.is_closed and abs(end_m - start_m) > line.length / 2:
        return _over_the_seam(line, start_m, end_m)
    return part_of(line, start_m, end_m)


def _over_the_seam(line: LineString, start_m: float, end_m: float) -> LineString | None:
    """The part of a ring that passes its first point."""
    first, rest = (
        (part_of(line, start_m, line.length), part_of(line, 0.0, end_m))
        if start_m > end_m
        else (part_of(line, start_m, 0.0), part_of(line, line.length, end_m))
    )
    if first is None or rest is None:
        return None
    return LineString([*first.coords, *list(rest.coords)[1:]])


def _is_left(line: LineString, point: Point) -> bool:
    """Whether a place lies to the left of a line as it runs."""
    near = line.project(shapely.Point(point))
    step = min(0.01, line.length / 4)
    before = line.interpolate(max(near - step, 0.0))
    after = line.interpolate(min(near + step, line.length))
    east, north = after.x - before.x, after.y - before.y
    return bool(east * (point[1] - before.y) - north * (point[0] - before.x) > 0.0)

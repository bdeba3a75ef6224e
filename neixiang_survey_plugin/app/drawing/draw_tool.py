"""Drawing a line of one utility, vertex by vertex, each on disk as soon as it is placed."""

from __future__ import annotations

import math
import uuid
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from shapely import LineString

from neixiang_survey_plugin.app.drawing.board import Board, Notice
from neixiang_survey_plugin.app.drawing.kit import Kit
from neixiang_survey_plugin.app.drawing.readout import Readout
from neixiang_survey_plugin.app.drawing.tool import Tool
from neixiang_survey_plugin.app.drawing.typed import Polar, azimuth_deg, read_entry
from neixiang_survey_plugin.app.drawing.vertices import coordinates, line_through, marks_on
from neixiang_survey_plugin.app.map_host import Mark, Overlay, Point, Pointer, Snap
from neixiang_survey_plugin.app.survey_store import Draft
from neixiang_survey_plugin.core.routes import Route

_SAME_PLACE_M = 1e-3
_OVERLAYS = ("draft", "measured")
_MANY = 500  # vertices added at once that are shown after what waits: 5,000 take 50 ms


class DrawTool(Tool):
    """Click adds a vertex, finish ends the line, cancel drops it, back takes a vertex back.

    What was dropped can be taken up again: ``take_up`` the draft that ``dropped`` holds. A line
    stays with the case in which it was begun.
    """

    def __init__(self, board: Board, utility: str) -> None:
        self.utility = utility
        self.dropped: Draft | None = None
        self._board = board
        self._draft: Draft | None = None
        self._kit = board.kit
        self._pointer: Point | None = None
        self._snap: Snap | None = None
        self._behind: Iterator[None] | None = None  # shows vertices that were added
        self._is_away = False
        self._ahead_id: str | None = None  # of the line that is shown before its first vertex
        self._place_vertices()

    @property
    def begun(self) -> bool:
        """Whether a vertex is placed."""
        return self._draft is not None

    @property
    def draft(self) -> Draft | None:
        """The line as it is on disk; None before its first vertex."""
        return self._draft

    @property
    def vertices(self) -> tuple[Point, ...]:
        """The vertices so far."""
        return () if self._draft is None else self._draft.vertices

    def press(self, pointer: Pointer) -> None:
        """Add a vertex where the pointer is drawn to."""
        self.add(self._board.snapped(pointer, self.vertices).at)

    def move(self, pointer: Pointer) -> None:
        """Measure the line as it would be with a vertex here."""
        found = self._board.snapped(pointer, self.vertices)
        self._pointer, self._snap = found.at, found.snap
        if self.vertices:
            self._show()
        else:
            alone = None if found.snap is None else Readout(found.at, snap=found.snap)
            self._board.read_out(alone)

    def show_ahead(self, *points: Point) -> None:
        """Measure the line as it would be with these vertices too; with none, as it is."""
        self._pointer = self._snap = None
        if points:
            self._measure(points)
        elif self.vertices:
            self._show()
        else:
            self._clear()

    def finish(self) -> None:
        """Keep the line; one vertex alone is no line, and is said to be none."""
        draft = self._draft
        if draft is None:
            return
        if len(draft.vertices) < 2:
            self._board.say(Notice.TOO_FEW_VERTICES)
            return
        assert draft.route_id is not None  # it was named with the first vertex
        board, line = self._board, line_through(self._placed)
        route = board.new_line(self._kit, draft.route_id, self.utility, line)
        session = board.session
        if session.has_to_wait:
            self._finish_in_turn(draft, route)
        elif board.attempt(lambda: session.put(route, what="draw", finishes=draft.draft_id)):
            self._forget()
            session.select(route.route_id)

    def back(self) -> None:
        """Take the last vertex back."""
        if self._draft is not None:
            self._keep(self._draft.vertices[:-1])

    def cancel(self) -> None:
        """Drop the line that was begun; ``dropped`` holds it."""
        dropped = self._draft
        if dropped is not None and self._keep(()):
            self.dropped = dropped

    def add(self, *points: Point) -> None:
        """Add vertices, as many as were clicked, typed or pasted, and measure the line once.

        One by one 5,000 pasted coordinates took four minutes.
        """
        vertices = list(self.vertices)
        for point in points:
            if not vertices or math.dist(vertices[-1], point) >= _SAME_PLACE_M:
                vertices.append(point)
        if len(vertices) == len(self.vertices):
            return
        if not self.vertices:
            self._board.session.select(None)  # what is drawn now is the line in hand
        self._keep(tuple(vertices), later=len(points) > _MANY)

    def take_up(self, draft: Draft) -> None:
        """Go on with a line that was begun, after a restart or after it was dropped."""
        self.dropped = None
        self._draft = replace(draft, vertices=())
        self._kit = self._board.kit_for(draft.case_id)
        self._keep(draft.vertices)

    def type_in(self, text: str) -> None:
        """Add what was typed: a length, a length with an angle, or coordinates."""
        self._board.attempt(lambda: self._type_in(text))

    def leave(self) -> None:
        """Put the tool away; a line that is begun stays on disk as a draft."""
        self._is_away = True
        self._clear()

    def _clear(self) -> None:
        self._behind = None
        self._board.clear(*_OVERLAYS)
        self._board.session.end_preview()

    def _finish_in_turn(self, draft: Draft, route: Route) -> None:
        """Keep the line after what is being written; it is seen until then, as it was drawn."""
        board, name = self._board, f"ending {draft.draft_id}"

        def kept() -> None:
            if not (self._is_away or self.begun):
                board.session.select(route.route_id)

        if board.edit_in_turn(name, [route], "draw", kept, Notice.LINE_LEFT, draft.draft_id):
            self._forget()

    def _type_in(self, text: str) -> None:
        if not text.strip():  # Enter and nothing else, as on the map
            self.finish()
            return
        entry = read_entry(text, self._board.home)
        if isinstance(entry, Polar):
            place = self._place(entry)
            if place is None:
                return
            entry = (place,)
        # the pointer lies where it lay before: what was typed counts until it moves
        self._pointer = self._snap = None
        self.add(*entry)

    def _place(self, entry: Polar) -> Point | None:
        """Where a length and an angle lead to; None, and a word, where they lead nowhere."""
        if not self.vertices:
            self._board.say(Notice.NO_FIRST_VERTEX)
            return None
        heading = self._heading(entry)
        if heading is None:
            self._board.say(Notice.NO_DIRECTION)
            return None
        return entry.from_point(self.vertices[-1], heading)

    def _heading(self, entry: Polar) -> float | None:
        """The last segment's direction for a turn, else the pointer's, seen from the end.

        None where neither is known and one is needed.
        """
        points = self.vertices
        if entry.turn_deg is None and self._pointer not in (None, points[-1]):
            assert self._pointer is not None
            return azimuth_deg(points[-1], self._pointer)
        if len(points) > 1:
            return azimuth_deg(*points[-2:])
        return 0.0 if entry.azimuth_deg is not None else None

    def _keep(self, vertices: tuple[Point, ...], later: bool = False) -> bool:
        draft = replace(self._draft or self._begin(), vertices=vertices)
        session = self._board.session
        if not self._board.attempt(lambda: session.draw(draft)):
            return False
        if vertices:
            self._draft, self.dropped = draft, None
            self._place_vertices()
            if later:
                self._behind = self._showing()
                self._go_on(self._behind)
            else:
                self._show()
        else:
            self._forget()
        return True

    def _go_on(self, steps: Iterator[None]) -> None:
        """Do the next step after what waits, unless the tool is put away or newer is shown."""

        def step() -> None:
            if steps is self._behind:
                next(steps, None)
            if steps is self._behind:
                self._go_on(steps)

        self._board.host.run_later(step)

    def _showing(self) -> Iterator[None]:
        """Show what was added, its course first: at once it took 60 ms of 5,000 vertices."""
        line = line_through(self._placed)
        self._show_course(line)
        yield
        self._behind = None
        self._look_ahead(line, ())

    def _begin(self) -> Draft:
        self._kit = self._board.kit
        case_id = self._kit.case_id
        route_id = self._board.session.new_route_id(self.utility, case_id)
        return Draft(str(uuid.uuid4()), (), self.utility, route_id, case_id)

    def _forget(self) -> None:
        self._draft = None
        self._place_vertices()
        self._clear()

    def _place_vertices(self) -> None:
        """The vertices and their squares, which stay as they are while the pointer moves."""
        self._placed = coordinates(self.vertices)
        self._marks = [marks_on(self._placed, self.utility)] if self.vertices else []

    def _show(self) -> None:
        self._behind = None
        points = self.vertices
        if not points:
            return
        ahead = () if self._pointer in (None, points[-1]) else (self._pointer,)
        if len(points) + len(ahead) < 2:
            if self._board.session.is_measuring:
                self._board.session.end_preview()
            self._board.host.show_overlay("draft", self._marks)
            return
        self._measure(ahead)

    def _measure(self, ahead: tuple[Point, ...]) -> None:
        """Show the vertices with those ahead, two at least, and what they would come to."""
        line = line_through(np.concatenate([self._placed, coordinates(ahead)]))
        self._show_course(line)
        self._look_ahead(line, ahead)

    def _show_course(self, line: LineString) -> None:
        course = Overlay(Mark.DRAFT, line, utility=self.utility)
        self._board.host.show_overlay("draft", [course, *self._marks])

    def _look_ahead(self, line: LineString, ahead: tuple[Point, ...]) -> None:
        """Show what the line would come to, whose last vertices are ahead."""
        before, end = (*self.vertices[-2:], *ahead)[-2:]
        self._board.look_ahead(self._as_line(line), (before, end), self._snap)

    def _as_line(self, line: LineString) -> Route:
        """A course as the line that it would be."""
        board = self._board
        kit = self._kit if self.begun else board.kit
        return board.new_line(kit, self._name(kit), self.utility, line)

    def _name(self, kit: Kit) -> str:
        """What the line is called; before its first vertex a name that no line has.

        That one is looked for once: to go through all lines and drafts took 10 ms at each move
        in a survey of 50,000 lines.
        """
        session = self._board.session
        if self._draft is not None and self._draft.route_id is not None:
            return self._draft.route_id
        if self._ahead_id is None or self._ahead_id in session.routes:
            self._ahead_id = session.new_route_id(self.utility, kit.case_id)
        return self._ahead_id

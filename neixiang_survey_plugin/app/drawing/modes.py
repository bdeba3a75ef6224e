"""What the pointer does: one mode at a time, and one way into each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import partial

from neixiang_survey_plugin.app.drawing.along_tools import SplitTool, TrenchlessTool
from neixiang_survey_plugin.app.drawing.board import Board, Notice
from neixiang_survey_plugin.app.drawing.draw_tool import DrawTool
from neixiang_survey_plugin.app.drawing.edits import copied_route, reversed_route
from neixiang_survey_plugin.app.drawing.identifying import Identified
from neixiang_survey_plugin.app.drawing.parallel_tool import ParallelTool
from neixiang_survey_plugin.app.drawing.reshape_tool import ReshapeTool
from neixiang_survey_plugin.app.drawing.select_tool import SelectTool
from neixiang_survey_plugin.app.drawing.tool import Tool
from neixiang_survey_plugin.app.map_host import Pointer
from neixiang_survey_plugin.app.progress import nothing
from neixiang_survey_plugin.app.session.events import LinesChanged, Selected, SurveyEvent
from neixiang_survey_plugin.app.survey_store import Draft
from neixiang_survey_plugin.core.vocabulary import UTILITY

_LINES_A_STEP = 1_000  # 4 ms


class Mode(Enum):
    """What a press of the main button does."""

    SELECT = "select"
    DRAW = "draw"
    PARALLEL = "parallel"
    RESHAPE = "reshape"
    SPLIT = "split"
    TRENCHLESS = "trenchless"


@dataclass(frozen=True, slots=True)
class Entered:
    """A mode was entered; ``utility`` says whose line is drawn."""

    mode: Mode
    utility: str | None = None


class Desk:
    """The drawing desk: a pointer tool of many modes, and what needs no pointer.

    ``entered`` is told of every mode, ``identified`` of what a click found on the map. The pointer
    is drawn to the lines of the survey once ``filling`` is at its end: at once, or step by step
    for whoever has something else to do between them.
    """

    def __init__(
        self,
        board: Board,
        entered: Callable[[Entered], None] = lambda _: None,
        identified: Callable[[Identified | None], None] = lambda _: None,
        at_once: bool = True,
    ) -> None:
        self.board = board
        self.now = Entered(Mode.SELECT)
        self.depth_m: float | None = None
        self.pit_m: tuple[float, float] | None = None
        self.distance_m = 1.0
        self._entered = entered
        self._identified = identified
        self._tool = Tool()
        self._stop = board.session.listen(self._follow)
        self.filling = self._fill()
        if at_once:
            for _ in self.filling:
                pass
        self.enter(Mode.SELECT)

    @property
    def drawing(self) -> DrawTool | None:
        """The tool whose line grows, in the modes in which one does."""
        return self._draw if self.now.mode in (Mode.DRAW, Mode.PARALLEL) else None

    def enter(self, mode: Mode, utility: str | None = None) -> None:
        """Change tool, cursor and overlays together; a line that is begun stays a draft.

        A parallel goes on with the line that is being drawn. A line that is left is no longer
        on the map: how it comes back is said.
        """
        begun = self._begun()
        self._tool.leave()
        wanted = utility or self.now.utility or next(iter(UTILITY))
        self.now = Entered(mode, wanted if mode in (Mode.DRAW, Mode.PARALLEL) else None)
        self._tool = self._make(mode, wanted)
        self.board.host.use_tool(self)
        goes_on = begun is not None and begun.utility == wanted
        if begun is not None and goes_on and self.drawing is not None:
            self.drawing.take_up(begun)
        self._entered(self.now)
        if begun is not None and (not goes_on or self.drawing is None):
            self.board.say(Notice.LINE_LEFT)

    def take_up(self, draft: Draft) -> None:
        """Go on with a line that somebody began."""
        self.enter(Mode.DRAW, draft.utility)
        if self.drawing is not None:
            self.drawing.take_up(draft)

    def press(self, pointer: Pointer) -> None:
        """The main button went down."""
        self._tool.press(pointer)

    def move(self, pointer: Pointer) -> None:
        """The pointer is here now."""
        self._tool.move(pointer)

    def release(self, pointer: Pointer) -> None:
        """The main button came up."""
        self._tool.release(pointer)

    def finish(self) -> None:
        """What was begun is complete."""
        self._tool.finish()

    def back(self) -> None:
        """Take the last point back."""
        self._tool.back()

    def cancel(self) -> None:
        """Step back: drop what was begun, else leave the mode, else choose no line."""
        if self._tool.begun or self.now.mode is Mode.SELECT:
            self._tool.cancel()
        else:
            self.enter(Mode.SELECT)

    def undo(self) -> bool:
        """Take back the last vertex, take up what was dropped, else undo a step of the survey.

        False when there was nothing to take back.
        """
        drawing = self.drawing
        if drawing is not None and drawing.vertices:
            drawing.back()
            return True
        if drawing is not None and drawing.dropped is not None:
            drawing.take_up(drawing.dropped)
            return True
        return self.board.session.undo() is not None

    def type_in(self, text: str) -> None:
        """Add what was typed to the line that is being drawn."""
        if self.drawing is None:
            self.board.say(Notice.BEGIN_FIRST)
        else:
            self.drawing.type_in(text)

    def set_bore(self, depth_m: float | None, pit_m: tuple[float, float] | None) -> None:
        """Depth and pits of the bores that are marked from now on; None is unknown."""
        self.depth_m, self.pit_m = depth_m, pit_m
        if isinstance(self._tool, TrenchlessTool):
            self._tool.depth_m, self._tool.pit_m = depth_m, pit_m

    @property
    def diameter_mm(self) -> float | None:
        """The diameter of the lines of this utility that are drawn; None where unknown."""
        return self.board.diameters_mm.get(self.now.utility or "")

    def set_diameter(self, diameter_mm: float | None) -> None:
        """The diameter of the lines of this utility that are drawn from now on."""
        diameters_mm, utility = self.board.diameters_mm, self.now.utility
        if utility is not None and diameter_mm is not None:
            diameters_mm[utility] = diameter_mm
        elif utility is not None:
            diameters_mm.pop(utility, None)

    def set_distance(self, distance_m: float) -> None:
        """The distance of the parallels that are drawn from now on, in metres."""
        self.distance_m = distance_m
        if isinstance(self._tool, ParallelTool):
            self._tool.distance_m = distance_m

    def reverse(self, then: Callable[[], None] = nothing) -> None:
        """Turn the chosen line round; ``then`` hears of it when it is done."""
        session, chosen = self.board.session, self.board.session.selected
        if chosen is None:
            self.board.say(Notice.NO_LINE_HERE)
            return
        turned = reversed_route(session.routes[chosen], self.board.grid)
        self.board.edit(turned, what="reverse", then=then)

    def copy_to(self, utility: str, then: Callable[[], None] = nothing) -> None:
        """Lay the course of the chosen line for another utility too, and choose the copy.

        ``then`` hears of it when that is done.
        """
        session, chosen = self.board.session, self.board.session.selected
        if chosen is None:
            self.board.say(Notice.NO_LINE_HERE)
            return
        route = session.routes[chosen]
        new_id = session.new_route_id(utility, route.case_id)
        copy = copied_route(route, utility, new_id, self.board.kit.units.get(utility))

        def copied() -> None:
            session.select(new_id)
            then()

        self.board.edit(copy, what="copy", then=copied)

    def delete(self) -> None:
        """Take the vertex that was touched away, else the whole chosen line."""
        if isinstance(self._tool, ReshapeTool) and self._tool.has_touched:
            self._tool.back()
            return
        session, chosen = self.board.session, self.board.session.selected
        if chosen is None:
            self.board.say(Notice.NO_LINE_HERE)
        else:
            if self.board.attempt(lambda: session.delete(chosen)) and session.is_writing:
                self.board.say(Notice.IN_TURN)

    def close(self) -> None:
        """Put the tool away and listen no more."""
        self._tool.leave()
        self._stop()
        self._stop = nothing  # what listened refers to this

    def _begun(self) -> Draft | None:
        drawing = self.drawing
        return None if drawing is None or not drawing.vertices else drawing.draft

    def _make(self, mode: Mode, utility: str) -> Tool:
        if mode is Mode.SELECT:
            return SelectTool(self.board, self._identified)
        if mode is Mode.RESHAPE:
            return ReshapeTool(self.board)
        if mode is Mode.SPLIT:
            return SplitTool(self.board)
        if mode is Mode.TRENCHLESS:
            tool = TrenchlessTool(self.board)
            tool.depth_m, tool.pit_m = self.depth_m, self.pit_m
            return tool
        self._draw = DrawTool(self.board, utility)
        if mode is Mode.DRAW:
            return self._draw
        return ParallelTool(self.board, self._draw, self.distance_m)

    def _fill(self) -> Iterator[None]:
        """Let the pointer be drawn to every line; 50,000 at once take 0.2 s."""
        moving, routes = self.board.snapper.moving, self.board.session.routes
        every = list(routes)
        for begin in range(0, len(every), _LINES_A_STEP):
            some = every[begin : begin + _LINES_A_STEP]
            left = [one for one in some if one in routes and one not in moving]
            moving.put_all({one: routes[one].line for one in left})  # some went or came meanwhile
            yield

    def _put(self, route_ids: tuple[str, ...]) -> None:
        """Let the pointer be drawn to lines as they are now; thousands after what waits."""
        now, later = route_ids[:_LINES_A_STEP], route_ids[_LINES_A_STEP:]
        routes = self.board.session.routes
        self.board.snapper.moving.put_all({one: routes[one].line for one in now if one in routes})
        if later:
            self.board.host.run_later(partial(self._put, later))

    def _forget(self, route_ids: tuple[str, ...]) -> None:
        """Let the pointer be drawn no more to lines that are gone; thousands likewise."""
        now, later = route_ids[:_LINES_A_STEP], route_ids[_LINES_A_STEP:]
        routes = self.board.session.routes
        self.board.snapper.moving.remove_all([one for one in now if one not in routes])
        if later:
            self.board.host.run_later(partial(self._forget, later))

    def _follow(self, event: SurveyEvent) -> None:
        """Keep what the pointer is drawn to as the survey is."""
        if isinstance(event, LinesChanged):
            self._forget(event.gone)
            self._put(event.put)
        if isinstance(event, LinesChanged | Selected):
            self._tool.refresh()

"""What every drawing tool works on: the survey, the map, the snapping and the readout."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

import shapely
from shapely import LineString

from neixiang_survey_plugin.app.drawing.kit import Kit
from neixiang_survey_plugin.app.drawing.readout import Readout, measured_overlays, read_out
from neixiang_survey_plugin.app.drawing.snapping import Snapper
from neixiang_survey_plugin.app.drawing.typed import azimuth_deg
from neixiang_survey_plugin.app.map_host import (
    Level,
    MapHost,
    Mark,
    Overlay,
    Point,
    Pointer,
    Snap,
)
from neixiang_survey_plugin.app.moving_index import Box
from neixiang_survey_plugin.app.progress import nothing
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.routes import Route


class Notice(Enum):
    """What a tool has to say; the window says it in its language."""

    TOO_FEW_VERTICES = "too_few_vertices"
    NO_LINE_HERE = "no_line_here"
    NO_EDGE_HERE = "no_edge_here"
    TWO_VERTICES_STAY = "two_vertices_stay"
    BEGIN_FIRST = "begin_first"
    NO_FIRST_VERTEX = "no_first_vertex"
    NO_DIRECTION = "no_direction"
    LINE_LEFT = "line_left"
    IN_TURN = "in_turn"
    NOTHING_CHANGED = "nothing_changed"


SAME_PX = 2.0  # lines that differ by less from the pointer are equally near
_MANY = 80  # crossings that are shown at once when they arrive
HIT_PX = 10.0  # how far from a line or a vertex a press still means it


@dataclass
class Board:
    """The survey, the map and the snapping.

    ``kit`` is what new lines are given, ``kit_of`` what those of another case are,
    ``diameters_mm`` those of the pipe by utility, as far as known; ``read_out`` shows figures
    beside the pointer, ``say`` a notice on the bar.
    """

    session: Session
    host: MapHost
    snapper: Snapper
    kit: Kit = field(default_factory=Kit)
    read_out: Callable[[Readout | None], None] = field(default=lambda _: None)
    say: Callable[[Notice], None] = field(default=lambda _: None)
    kit_of: Callable[[str | None], Kit] = field(default=Kit)
    diameters_mm: dict[str, float] = field(default_factory=dict)
    _arriving: list[Overlay] | None = None  # what is being shown little by little

    @property
    def grid(self) -> Grid:
        """The county's grid."""
        return self.session.county.grid

    @functools.cached_property
    def home(self) -> Box:
        """The box of the county's layers, west, south, east, north."""
        return self.snapper.nearby.box

    def kit_for(self, case_id: str | None) -> Kit:
        """What the lines of a case are given."""
        return self.kit if self.kit.case_id == case_id else self.kit_of(case_id)

    def new_line(self, kit: Kit, route_id: str, utility: str, line: LineString) -> Route:
        """A line as it is drawn: what its case shares, and the diameter of its utility."""
        drawn = kit.route(route_id, utility, line)
        return replace(drawn, diameter_mm=self.diameters_mm.get(utility))

    def route_at(self, pointer: Pointer) -> Route | None:
        """The nearest line under the pointer; the chosen one where it is as near.

        Lines that lie upon each other are one place for a pointer. None where there is no line.
        """
        place, within_m = shapely.Point(pointer.at), HIT_PX * pointer.pixel_m
        routes = self.session.routes
        near = [routes[one.name] for one in self.snapper.moving.near(pointer.at, within_m)]
        if not near:
            return None
        same_m = near[0].line.distance(place) + SAME_PX * pointer.pixel_m
        chosen = [one for one in near if one.route_id == self.session.selected]
        as_near = [one for one in chosen if one.line.distance(place) <= same_m]
        return (as_near or near)[0]

    def snapped(self, pointer: Pointer, drawn: tuple[Point, ...] = (), but: str = "") -> Pointer:
        """The pointer at the place that is meant, with a mark there."""
        found = self.snapper.snapped(pointer, drawn, but)
        if found.snap is None:
            self.host.hide_overlay("snap")
        else:
            self.mark_snap(found.at, found.snap)
        return found

    def mark_snap(self, at: Point, snap: Snap) -> None:
        """Show that the pointer is drawn to a place."""
        self.host.show_overlay("snap", [Overlay(Mark.SNAP, shapely.Point(at), snap=snap)])

    def look_ahead(self, route: Route, last: tuple[Point, Point], snap: Snap | None = None) -> None:
        """Show what a line would come to: beside the pointer, on the map and in the panels.

        ``last`` is its segment under the pointer. While it is measured beside the window the map
        shows nothing of what it came to before.
        """
        azimuth, session = azimuth_deg(*last), self.session

        def show(result: RouteResult | None, measured: list[Overlay] | None) -> None:
            self.read_out(read_out(last, azimuth, result, self.grid, snap))
            if measured is not None:
                self.host.show_overlay("measured", measured)

        def arrive(result: RouteResult | None, measured: list[Overlay] | None) -> None:
            arriving = self._arriving = measured or []

            def begin() -> None:
                if self._arriving is arriving:
                    self._arrive(arriving, 0, lambda: show(result, measured))

            self.host.run_later(begin)  # the panels that heard of it are laid out before

        self._arriving, waits = None, False
        session.preview(
            route, lambda *found: (arrive if waits else show)(*found), measured_overlays
        )
        waits = session.is_measuring
        if waits:
            self.host.hide_overlay("measured")
            alone = read_out(last, azimuth, None, self.grid, snap)
            self.read_out(replace(alone, is_measured=False))

    def _arrive(self, measured: list[Overlay], there: int, then: Callable[[], None]) -> None:
        """Show many crossings little by little, and say that they are measured once all are there.

        To place and to paint 300 of them at once takes 45 ms.
        """
        there += _MANY
        if there >= len(measured):
            then()
            return
        self.host.show_overlay("measured", measured[:there])

        def more() -> None:
            if self._arriving is measured:
                self._arrive(measured, there, then)

        self.host.run_later(more)

    def edit(self, *routes: Route, what: str, then: Callable[[], None] = nothing) -> bool:
        """Put lines as one step; whether that was done, or will be.

        Where something else is being written, or the line measured, it waits for its turn: the bar
        says so, and the lines are seen meanwhile as they will be. ``then`` hears of it when it is
        done, unless another line was chosen by then.
        """
        session = self.session
        if not session.has_to_wait:
            done = self.attempt(lambda: session.put(*routes, what=what))
            if done:
                then()
            return done
        chosen = session.selected

        def kept() -> None:
            if session.selected == chosen:
                then()

        name = f"{what} {routes[0].route_id}"
        waits = self.edit_in_turn(name, routes, what, kept, Notice.NOTHING_CHANGED)
        if waits:
            self.say(Notice.IN_TURN)
        return waits

    def edit_in_turn(
        self,
        name: str,
        routes: Sequence[Route],
        what: str,
        then: Callable[[], None],
        cancelled: Notice,
        finishes: str | None = None,
    ) -> bool:
        """Put lines as one step after what is being written; whether they wait for that.

        Until then they are seen, under a name, as they will be. ``then`` hears of it when it is
        done, the bar what stood against it, or else ``cancelled``. It ``finishes`` a draft.
        """

        def kept() -> None:
            self.host.hide_overlay(name)
            then()

        def failed(error: SurveyError | None) -> None:
            self.host.hide_overlay(name)
            if error is None:
                self.say(cancelled)
            else:
                self.complain(error)

        shown = [Overlay(Mark.DRAFT, one.line, utility=one.utility) for one in routes]
        self.host.show_overlay(name, shown)
        put = functools.partial(self.session.put_in_turn, *routes, what=what, finishes=finishes)
        waits = self.attempt(lambda: put(then=kept, failed=failed))
        if not waits:
            self.host.hide_overlay(name)
        return waits

    def attempt(self, edit: Callable[[], None]) -> bool:
        """Whether an edit was done; what stood in its way is said on the bar."""
        try:
            edit()
        except SurveyError as error:
            self.complain(error)
            return False
        return True

    def complain(self, error: SurveyError) -> None:
        """Say on the bar what stood in the way of an edit."""
        for sentence in error.problems:
            self.host.notify(sentence, Level.ERROR)

    def clear(self, *names: str) -> None:
        """Show nothing of what a tool showed."""
        self._arriving = None
        for name in ("snap", *names):
            self.host.hide_overlay(name)
        self.read_out(None)

"""What both windows do alike with the survey that is open: its map, its case, its sentences."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import shapely
from shapely import Geometry

from neixiang_survey_plugin.app.drawing.board import Notice
from neixiang_survey_plugin.app.drawing.identifying import Identified
from neixiang_survey_plugin.app.drawing.kit import Kit
from neixiang_survey_plugin.app.drawing.modes import Entered, Mode
from neixiang_survey_plugin.app.drawing.snapping import SnapRules
from neixiang_survey_plugin.app.map_host import Level, Mark, Overlay
from neixiang_survey_plugin.app.map_layers import DrawnRoute
from neixiang_survey_plugin.app.session.events import LinesChanged, Selected, SurveyEvent
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.packet.names import names_of_objects
from neixiang_survey_plugin.ui.settings import Settings

IDLE_MS = 2_000  # after the last edit, until what it left open is settled
_ROUTES_A_STEP = 2_000
_CHANGES_A_STEP = 1_000
_LEAST_VIEW_M = 40.0  # nearer than this a place has no surroundings


def snap_rules(settings: Settings) -> SnapRules:
    """How the pointer is drawn to things, as the settings have it."""
    return SnapRules(tolerance_px=float(settings.snap_px), on=settings.snapping)


class Surface:
    """The half of a window that does not know whether it stands alone or in QGIS.

    The other half makes its parts: the map, the tools, the panels, the commands.
    """

    session: Any
    settings: Settings
    look: Any
    book: Any
    canvas: Any
    desk: Any
    acts: Any
    forms: Any
    panels: Any
    case_box: Any
    strip: Any
    actions_: Any = None  # the last part that is made

    @cached_property
    def _unshown(self) -> deque[tuple[Sequence[str], Sequence[str]]]:
        """Lines that changed and lines that went, in parts that wait to be shown."""
        return deque()

    # what panels and tools ask for

    def zoom(self, place: Geometry) -> None:
        """Look at a place, with something around it."""
        west, south, east, north = shapely.bounds(place).tolist()
        short = max(_LEAST_VIEW_M - max(east - west, north - south), 0.0) / 2
        self.canvas.zoom_to(shapely.box(west - short, south - short, east + short, north + short))

    def mark(self, place: Geometry | None) -> None:
        """Mark a place on the map; None for none."""
        if place is None:
            self.canvas.hide_overlay("marked")
        else:
            self.canvas.show_overlay("marked", [Overlay(Mark.HOVER, place)])

    def show_courses(self, overlays: list[Overlay]) -> None:
        """Show the courses of lines before and after, in place of those that were shown."""
        self.canvas.show_overlay("courses", overlays)

    def say(self, sentence: str, level: Level = Level.INFO) -> None:
        """Say one sentence on the bar."""
        self.canvas.notify(sentence, level)

    def attempt(self, edit: Callable[[], object]) -> bool:
        """Whether an edit was done; what stood in its way is said on the bar."""
        try:
            edit()
        except SurveyError as error:
            self.say(" ".join(error.problems), Level.ERROR)
            return False
        return True

    def choose_case(self, case_id: str | None) -> None:
        """Go on in a case: new lines belong to it, the panels list it."""
        self.use_kit(self.book.kit_of(case_id))

    def use_kit(self, kit: Kit) -> None:
        """Give new lines these facts."""
        self.desk.board.kit = kit
        self.panels.show_case(kit.case_id)
        self.case_box.show_case(kit.case_id)

    def draw(self, utility: str) -> None:
        """Begin to draw a line of a utility."""
        self.desk.enter(Mode.DRAW, utility)
        self.canvas.widget.setFocus()

    # what happens when something changed

    def follow_survey(self, event: SurveyEvent) -> None:
        """Show on the panels and the map what became of the survey."""
        self.panels.follow(event)
        if self.book.follow(event):
            self.panels.casework.follow(event)
            self.case_box.show_case(self.desk.board.kit.case_id)
        if isinstance(event, LinesChanged):
            self._show_changes(event.put, event.gone)
        if isinstance(event, LinesChanged | Selected):
            self.show_chosen()
            self.canvas.hide_overlay("marked")

    def show_routes(self) -> None:
        """Show every line of the survey, and which one is chosen."""
        for _ in self.showing_routes():
            pass

    def showing_routes(self) -> Iterator[None]:
        """Show every line of the survey, in steps of some thousands: 50,000 take 100 ms."""
        routes = list(self.session.routes.values())
        self.canvas.show_routes([DrawnRoute(one) for one in routes[:_ROUTES_A_STEP]])
        for begin in range(_ROUTES_A_STEP, len(routes), _ROUTES_A_STEP):
            yield
            more = routes[begin : begin + _ROUTES_A_STEP]
            self.canvas.change_routes([DrawnRoute(one) for one in more], ())
        self.show_chosen()

    def show_rest(self) -> None:
        """Show now whatever changed and waits to be shown."""
        while self._unshown:
            self._show_some()

    def _show_changes(self, put: Sequence[str], gone: Sequence[str]) -> None:
        """Show those lines that changed: of 50,000 most are as they were.

        Of thousands a part after the other, each after what waits: 5,000 took 12 ms.
        """
        for begin in range(0, max(len(put), len(gone)), _CHANGES_A_STEP):
            some = slice(begin, begin + _CHANGES_A_STEP)
            self._unshown.append((put[some], gone[some]))
        self._show_some()

    def _show_some(self) -> None:
        """Show a part of what changed, as it is now."""
        if not self._unshown:
            return
        some, others = self._unshown.popleft()
        routes = self.session.routes
        put = [DrawnRoute(routes[one]) for one in some if one in routes]
        self.canvas.change_routes(put, [one for one in others if one not in routes])
        if self._unshown:
            self.canvas.run_later(self._show_more)

    def _show_more(self) -> None:
        """Show another part, and once all are there which one is chosen."""
        self._show_some()
        chosen = self.session.selected
        if chosen is not None and not self._unshown:
            self.canvas.choose_routes((chosen,))

    def show_chosen(self) -> None:
        """Show which line is chosen, on the map and in the commands."""
        chosen = self.session.selected
        self.canvas.choose_routes(() if chosen is None else (chosen,))
        if self.actions_ is not None:
            self.actions_.refresh()

    def say_what_there_is(self) -> None:
        """What was found on opening: recovered, opened twice, lines that were not finished."""
        for note in self.session.notes:
            self.say(note)
        drafts = self.acts.other_drafts()
        if drafts:
            last = drafts[-1]
            utility = self.look.words.utility(last.utility) if last.utility else "?"
            words = {"count": len(drafts), "utility": utility, "vertices": len(last.vertices)}
            name = self.actions_.text("resume_draft")
            key = self.actions_.keys["resume_draft"]
            how = f"{name} ({key})" if key else name
            self.say(self.look.texts("notice.draft_restored", how=how, **words))

    def first_case(self) -> str | None:
        """The case of the line that was chosen last."""
        chosen = self.session.selected
        return None if chosen is None else self.session.routes[chosen].case_id

    # what the tools and the panels tell

    def entered(self, now: Entered) -> None:
        """A tool was taken: show it, and the figures of what is drawn."""
        if self.actions_ is None:  # the desk is made before its commands
            return
        self.strip.show_mode(now)
        self.actions_.refresh()
        if self.desk.drawing is not None:
            self.panels.tabs.setCurrentWidget(self.panels.survey)

    def notice(self, notice: Notice) -> None:
        """Say what a tool noticed."""
        self.say(self.look.texts(f"notice.{notice.value}"), Level.WARNING)

    def identified(self, found: Identified | None) -> None:
        """Say what lies where somebody clicked."""
        if found is not None:
            self.say(self.forms.identified_words(found))

    def forget_marks(self) -> None:
        """What one panel showed on the map is not for the next."""
        self.mark(None)
        self.show_courses([])

    def run_command(self, name: str) -> None:
        """Run a command by its name."""
        self.actions_.run(name)

    def names_of(self, results: Any) -> Any:
        """The names of the roads and green spaces that some results speak of."""
        return names_of_objects(results, self.session.county)

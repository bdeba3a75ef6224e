"""The ways round the works of a case: brought in from files, marked on the map, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from neixiang_survey_plugin.app.map_host import Level, Mark, Overlay
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.app.session.events import RecordsChanged, SurveyEvent
from neixiang_survey_plugin.core.casework.detour import Detour
from neixiang_survey_plugin.hosts.windows.case_files import choose_files
from neixiang_survey_plugin.io.detour_file import read_detours


class Detours:
    """Of the case in hand of a window, which has ``session``, ``look``, ``canvas`` (its map)."""

    def __init__(self, window: Any) -> None:
        self._window = window
        self._case_id: str | None = None

    def follow(self, event: SurveyEvent) -> None:
        """Mark what changed."""
        if isinstance(event, RecordsChanged):
            self._mark()

    def show_case(self, case_id: str | None) -> None:
        """Mark those of another case, or those of every case with None."""
        self._case_id = case_id
        self._mark()

    def of_case(self) -> tuple[Detour, ...]:
        """Those that the sketches of the case in hand show."""
        kept = self._window.session.store.records(Detour)
        return tuple(one for one in kept if one.is_for(self._case_id))

    def bring(self) -> None:
        """Keep the lines of files that somebody chooses as ways round, as one step."""
        window, case_id = self._window, self._case_id
        paths, county = choose_files(window, "detours"), window.session.county

        def read(progress: Progress) -> list[Detour]:
            each = progress.each("file", paths)
            return [one for path in each for one in read_detours(path, county)]

        def keep(found: Sequence[Detour]) -> None:
            window.attempt(lambda: self._keep(found, case_id))

        if paths:
            window.session.aside(read, keep)

    def drop(self, detour: Detour) -> None:
        """Take one away."""
        uuid, session = detour.uuid, self._window.session
        if uuid is not None:
            self._window.attempt(
                lambda: session.record(
                    "detour", lambda store: store.forget(Detour, [uuid], what="detour")
                )
            )

    def _keep(self, read: Sequence[Detour], case_id: str | None) -> None:
        """Those of no case are of the one that they were brought to; what is there stays once."""
        held = {(one.case_id, one.line.wkb) for one in self._window.session.store.records(Detour)}
        own = [replace(one, case_id=one.case_id or case_id) for one in read]
        new = [one for one in own if (one.case_id, one.line.wkb) not in held]
        if new:
            self._window.session.step("detour", lambda store: store.keep(new, what="detour"))
        said = self._window.look.texts("packet.detours_brought", count=len(new))
        self._window.say(said, Level.SUCCESS)

    def _mark(self) -> None:
        marks = [Overlay(Mark.DETOUR, one.line, one.name or "") for one in self.of_case()]
        self._window.canvas.show_overlay("detours", marks)

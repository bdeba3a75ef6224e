"""What the window's commands do with lines: undo, delete, resume, snap, look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import shapely

from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.survey_store import Ahead, Step
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.render.palette import Theme

# The steps that the window makes; other programs make steps of their own names.
STEPS = frozenset(
    (
        "draw",
        "reshape",
        "split",
        "bore",
        "dig",
        "reverse",
        "copy",
        "delete",
        "import",
        "facts",
        "case",
        "case_step",
        "joint_survey",
        "opinion",
        "decision",
        "photo",
        "inspection",
        "rectified",
        "as_built",
        "detour",
        "trench_accepted",
        "conflict_settled",
        "plan_approved",
        "plan_returned",
    )
)


class Acts:
    """The doing of commands that need more than one part of a window."""

    def __init__(self, window: Any) -> None:
        self._window = window

    def undo(self) -> None:
        """Take back the last vertex, or the last step and say what it was."""
        window = self._window
        drawing = window.desk.drawing
        if drawing is not None and (drawing.begun or drawing.dropped is not None):
            window.attempt(window.desk.undo)
        else:
            self._step(window.session.undo, "undone", "nothing_to_undo")

    def redo(self) -> None:
        """Do again what was taken back, and say what it was."""
        self._step(self._window.session.redo, "redone", "nothing_to_redo")

    def _step(self, go: Callable[..., Step | Ahead | None], done: str, nothing: str) -> None:
        window, texts, found = self._window, self._window.look.texts, []

        def say(step: Step) -> None:
            known = step.what if step.what in STEPS else "other"
            window.say(texts(f"notice.{done}", what=texts(f"step.{known}")))

        if window.attempt(lambda: found.append(go(say))) and found == [None]:
            window.say(texts(f"notice.{nothing}"))

    def delete(self) -> None:
        """Delete the chosen line, and say how it comes back."""
        chosen = self._window.session.selected
        self._window.desk.delete()
        if chosen is not None and chosen not in self._window.session.routes:
            self._window.say(
                self._window.look.texts("notice.chosen_deleted", route_id=chosen), Level.INFO
            )

    def reverse(self) -> None:
        """Turn the chosen line round, which nothing on the map shows, and say so."""
        window, chosen = self._window, self._window.session.selected
        window.desk.reverse(lambda: window.say(window.look.texts("notice.turned", route_id=chosen)))

    def copy_to(self, utility: str) -> None:
        """Copy the chosen line for another utility, and say where the copy lies."""
        window = self._window

        def say() -> None:
            name, copy = window.look.words.utility(utility), window.session.selected
            window.say(window.look.texts("notice.copied", utility=name, route_id=copy))

        window.desk.copy_to(utility, say)

    def has_drafts(self) -> bool:
        """Whether a line was begun that is not being drawn now."""
        begun = self._begun()
        return any(one.draft_id != begun for one in self._window.session.begun)

    def resume_draft(self) -> None:
        """Go on with the line that was begun last, in its case, with its place in view."""
        drafts = self.other_drafts()
        if drafts:
            window, draft = self._window, drafts[-1]
            if draft.case_id != window.desk.board.kit.case_id:
                window.choose_case(draft.case_id)
            window.desk.take_up(draft)
            window.zoom(shapely.MultiPoint(draft.vertices))
            window.canvas.widget.setFocus()

    def paste(self) -> None:
        """Add the coordinates that were copied elsewhere, or take the files."""
        window, copied = self._window, QtWidgets.QApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in copied.urls() if url.isLocalFile()]
        if paths:
            window.files.take(paths)
        elif copied.text().strip():
            window.desk.type_in(copied.text())
        else:
            window.say(window.look.texts("notice.nothing_to_paste"))

    def type_in(self) -> None:
        """Put the cursor where a length or coordinates are typed."""
        if self._window.desk.drawing is None:
            self._window.desk.enter(Mode.DRAW)
        self._window.strip.type_in()

    def snaps(self) -> bool:
        """Whether snapping is on."""
        return self._window.settings.snapping

    def toggle_snap(self) -> None:
        """Switch snapping on or off."""
        self._window.use_settings(
            replace(self._window.settings, snapping=not self._window.settings.snapping)
        )

    def zoom_chosen(self) -> None:
        """Look at the chosen line."""
        if self._window.session.selected is not None:
            self._window.zoom(self._window.session.routes[self._window.session.selected].line)

    def has_theme(self, theme: Theme) -> bool:
        """Whether the window has this theme."""
        return self._window.settings.theme is theme

    def use_theme(self, theme: Theme) -> None:
        """Look like this theme."""
        self._window.use_settings(replace(self._window.settings, theme=theme))

    def other_drafts(self) -> list[Any]:
        """The lines that were begun, but for the one that is being drawn."""
        begun = self._begun()
        return [one for one in self._window.session.drafts if one.draft_id != begun]

    def _begun(self) -> str | None:
        """The line that is being drawn."""
        drawing = self._window.desk.drawing
        return None if drawing is None or drawing.draft is None else drawing.draft.draft_id

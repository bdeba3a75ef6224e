"""The rows of the table of commands that both windows have: undoing, lines, drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.ui.commands import Command

_MODE_KEYS = {
    Mode.SELECT: "V",
    Mode.RESHAPE: "R",
    Mode.SPLIT: "X",
    Mode.TRENCHLESS: "T",
    Mode.PARALLEL: "P",
}


def edit_commands(window: Any) -> Iterator[Command]:
    """Undo, and what is done with the chosen line."""
    desk, session = window.desk, window.session

    def chosen() -> bool:
        return session.selected is not None

    def can_undo() -> bool:
        drawing = desk.drawing
        return session.can_undo or (drawing is not None and drawing.begun)

    yield Command("undo", "undo", window.acts.undo, "edit", "Ctrl+Z", bar=5, enabled=can_undo)
    redo = window.acts.redo
    yield Command("redo", "redo", redo, "edit", "Ctrl+Y", bar=5, enabled=lambda: session.can_redo)
    yield Command("facts", "facts", window.forms.show_facts, "edit", "F2", enabled=chosen)
    yield Command("delete", "delete", window.acts.delete, "edit", "Del", enabled=chosen)
    yield Command("reverse", "reverse", window.acts.reverse, "edit", enabled=chosen)
    for utility in UTILITY:
        yield Command(
            f"copy_{utility}",
            utility,
            with_values(window.acts.copy_to, utility),
            "edit.copy_to",
            enabled=chosen,
        )
    yield Command(
        "resume_draft",
        "resume",
        window.acts.resume_draft,
        "edit",
        "C",
        enabled=window.acts.has_drafts,
    )


def drawing_commands(window: Any) -> Iterator[Command]:
    """A row for each utility, and for each thing that the pointer does."""
    desk = window.desk
    for number, utility in enumerate(UTILITY, start=1):
        yield Command(
            f"draw_{utility}",
            utility,
            with_values(desk.enter, Mode.DRAW, utility),
            "draw",
            str(number),
            bar=1,
            worded=True,
            checked=with_values(_draws, desk, utility),
        )
    for mode, key in _MODE_KEYS.items():
        name = mode.value
        yield Command(
            name,
            name,
            with_values(desk.enter, mode),
            "draw",
            key,
            bar=2,
            worded=mode is not Mode.SELECT,
            checked=with_values(_is_in, desk, mode),
        )
    yield Command("type_in", "type_in", window.acts.type_in, "draw", "L")
    yield Command(
        "snap", "snap", window.acts.toggle_snap, "draw", "S", bar=3, checked=window.acts.snaps
    )


def with_values(call: Callable[..., Any], *values: Any) -> Callable[[], Any]:
    """The call with these values, for a command."""
    return lambda: call(*values)


def _draws(desk: Any, utility: str) -> bool:
    return desk.now.mode in (Mode.DRAW, Mode.PARALLEL) and desk.now.utility == utility


def _is_in(desk: Any, mode: Mode) -> bool:
    return bool(desk.now.mode is mode)

"""The table of what the window does: one row a command."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui.commands import Command

_MODE_KEYS = {
    Mode.SELECT: "V",
    Mode.RESHAPE: "R",
    Mode.SPLIT: "X",
    Mode.TRENCHLESS: "T",
    Mode.PARALLEL: "P",
}


def window_commands(window: Any) -> tuple[Command, ...]:
    """Every command of a MainWindow, in the order in which menus and toolbar show them."""
    return (
        *_of_files(window),
        *_of_edits(window),
        *_of_drawing(window),
        *_of_view(window),
        *_of_help(window),
    )


def _of_files(window: Any) -> Iterator[Command]:
    files = window.files
    yield Command("new_survey", "new", files.new_survey, "file", "Ctrl+N")
    yield Command("open_survey", "open", files.open_survey, "file", "Ctrl+O")
    yield Command("import_lines", "import", files.import_lines, "file", "Ctrl+I")
    yield Command("save_copy", "copy_file", files.save_copy, "file", "Ctrl+Shift+S")
    yield Command("settings", "settings", window.forms.show_settings, "file", "Ctrl+,", bar=9)
    yield Command("quit", "quit", window.close, "file", "Ctrl+Q")


def _of_edits(window: Any) -> Iterator[Command]:
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
    yield Command("reverse", "reverse", desk.reverse, "edit", enabled=chosen)
    for utility in UTILITY:
        yield Command(
            f"copy_{utility}",
            utility,
            _with(desk.copy_to, utility),
            "edit.copy_to",
            enabled=chosen,
        )
    yield Command(
        "resume_draft", "resume", window.acts.resume_draft, "edit", enabled=window.acts.has_drafts
    )


def _of_drawing(window: Any) -> Iterator[Command]:
    desk = window.desk
    for number, utility in enumerate(UTILITY, start=1):
        yield Command(
            f"draw_{utility}",
            utility,
            _with(desk.enter, Mode.DRAW, utility),
            "draw",
            str(number),
            bar=1,
            worded=True,
            checked=_with(_draws, desk, utility),
        )
    for mode, key in _MODE_KEYS.items():
        name = mode.value
        yield Command(
            name,
            name,
            _with(desk.enter, mode),
            "draw",
            key,
            bar=2,
            worded=mode is not Mode.SELECT,
            checked=_with(_is_in, desk, mode),
        )
    yield Command("type_in", "type_in", window.acts.type_in, "draw", "L")
    yield Command(
        "snap", "snap", window.acts.toggle_snap, "draw", "S", bar=3, checked=window.acts.snaps
    )


def _of_view(window: Any) -> Iterator[Command]:
    canvas, session = window.canvas, window.session

    def zoom_in() -> None:
        canvas.zoom_by(2.0)

    def zoom_out() -> None:
        canvas.zoom_by(0.5)

    yield Command("zoom_all", "zoom_all", canvas.zoom_to_extent, "view", "Ctrl+0", bar=6)
    yield Command(
        "zoom_chosen",
        "zoom_chosen",
        window.acts.zoom_chosen,
        "view",
        "Z",
        bar=6,
        enabled=lambda: session.selected is not None,
    )
    yield Command("zoom_in", "zoom_in", zoom_in, "view", "Ctrl++")
    yield Command("zoom_out", "zoom_out", zoom_out, "view", "Ctrl+-")
    yield Command("background", "background", window.files.open_background, "view")
    yield Command("no_background", "no_background", window.files.no_background, "view")
    left, right = window.left, window.right
    yield Command(
        "show_layers", "layers", _with(_flip, left), "view", "F7", checked=_with(_is_shown, left)
    )
    yield Command(
        "show_panels", "panels", _with(_flip, right), "view", "F8", checked=_with(_is_shown, right)
    )
    for theme in Theme:
        yield Command(
            theme.value,
            "theme",
            _with(window.acts.use_theme, theme),
            "view.theme",
            checked=_with(window.acts.has_theme, theme),
        )


def _of_help(window: Any) -> Iterator[Command]:
    yield Command("find", "find", window.forms.find, "help", "Ctrl+K", bar=8)
    yield Command("tour", "tour", window.show_tour, "help")
    yield Command("guide", "guide", window.forms.show_guide, "help", "F1")


def _with(call: Callable[..., Any], *values: Any) -> Callable[[], Any]:
    return lambda: call(*values)


def _draws(desk: Any, utility: str) -> bool:
    return desk.now.mode in (Mode.DRAW, Mode.PARALLEL) and desk.now.utility == utility


def _is_in(desk: Any, mode: Mode) -> bool:
    return bool(desk.now.mode is mode)


def _flip(dock: Any) -> None:
    dock.setVisible(not dock.isVisible())


def _is_shown(dock: Any) -> bool:
    return not dock.isHidden()

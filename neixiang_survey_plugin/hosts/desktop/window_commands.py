"""The table of what the window does: one row a command."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neixiang_survey_plugin.render.palette import Theme
from neixiang_survey_plugin.ui.case_commands import case_commands
from neixiang_survey_plugin.ui.commands import Command
from neixiang_survey_plugin.ui.desk_commands import (
    drawing_commands,
    edit_commands,
    with_values,
)


def window_commands(window: Any) -> tuple[Command, ...]:
    """Every command of a MainWindow, in the order in which menus and toolbar show them."""
    return (
        *_of_files(window),
        *edit_commands(window),
        *drawing_commands(window),
        *case_commands(window),
        *_of_view(window),
        *_of_help(window),
    )


def _of_files(window: Any) -> Iterator[Command]:
    files = window.files
    yield Command("new_survey", "new", files.new_survey, "file", "Ctrl+N")
    yield Command("open_survey", "open", files.open_survey, "file", "Ctrl+O")
    yield Command("import_lines", "import", files.import_lines, "file", "Ctrl+I")
    yield Command("import_layer", "import_layer", files.import_layer, "file", "Ctrl+Shift+L")
    yield Command("save_copy", "copy_file", files.save_copy, "file", "Ctrl+Shift+S")
    yield Command("merge_surveys", "merge", window.merging.ask_files, "file", "Ctrl+M")
    yield Command("settings", "settings", window.forms.show_settings, "file", "Ctrl+,", bar=9)
    yield Command("quit", "quit", window.close, "file", "Ctrl+Q")


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
    position = window.position
    known = position.is_known
    yield Command("to_position", "position", position.go_there, "view", "G", enabled=known)
    yield Command("paste", "paste", window.acts.paste, "draw", "Ctrl+V")
    add = position.add_vertex
    yield Command("vertex_here", "vertex_here", add, "draw", "Shift+G", enabled=known)
    yield Command("background", "background", window.files.open_background, "view")
    yield Command("no_background", "no_background", window.files.no_background, "view")
    left, right = window.left, window.right
    flip, is_shown = with_values(_flip, left), with_values(_is_shown, left)
    yield Command("show_layers", "layers", flip, "view", "F7", checked=is_shown)
    flip, is_shown = with_values(_flip, right), with_values(_is_shown, right)
    yield Command("show_panels", "panels", flip, "view", "F8", checked=is_shown)
    for theme in Theme:
        yield Command(
            theme.value,
            "theme",
            with_values(window.acts.use_theme, theme),
            "view.theme",
            checked=with_values(window.acts.has_theme, theme),
        )


def _of_help(window: Any) -> Iterator[Command]:
    yield Command("find", "find", window.forms.find, "help", "Ctrl+K", bar=8)
    yield Command("tour", "tour", window.show_tour, "help")
    yield Command("guide", "help", window.forms.show_guide, "help", "F1")
    yield Command("shortcuts", "guide", window.forms.show_shortcuts, "help")


def _flip(dock: Any) -> None:
    dock.setVisible(not dock.isVisible())


def _is_shown(dock: Any) -> bool:
    return not dock.isHidden()

"""Files of the window: new, open, copy, and lines that come in from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from neixiang_survey_plugin.app.background import Background
from neixiang_survey_plugin.app.drawing.modes import Desk
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.progress import Progress, here, nothing
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.hosts.windows.work import SUFFIX, Work
from neixiang_survey_plugin.io.backgrounds import ENDINGS, open_background
from neixiang_survey_plugin.io.dropped_lines import (
    SUFFIXES,
    DroppedLine,
    Home,
    is_large,
    lines_or_none,
)
from neixiang_survey_plugin.io.survey.copying import copy_survey
from neixiang_survey_plugin.io.survey.reading import is_survey
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.look import Look

# What holds layers for the county and is no file of lines.
_LAYER_SUFFIXES = frozenset({".zip", ".kmz", ".gdb", ".tab", ".mif", ".gml", ".fgb"})


class Files:
    """What the window does with files; ``open_path`` and ``new_path`` change the survey."""

    def __init__(
        self,
        work: Work,
        desk: Desk,
        look: Look,
        asks: Asks,
        window: Any,
        open_path: Callable[[Path], None],
        new_path: Callable[[Path], None],
    ) -> None:
        self._work, self._desk, self._look, self._asks = work, desk, look, asks
        self._window = window
        self._open_path, self._new_path = open_path, new_path

    def new_survey(self) -> None:
        """Ask for a name, and begin a survey there."""
        path = self.ask("new_survey", "survey_files", save=True)
        if path is not None:
            self._new_path(_named(path))

    def open_survey(self) -> None:
        """Ask for a survey file, and go on with it."""
        path = self.ask("open_survey", "survey_files")
        if path is not None:
            self._open_path(path)

    def save_copy(self) -> None:
        """Ask for a name, and copy the whole survey there."""
        path = self.ask("save_copy", "survey_files", save=True)
        if path is None:
            return
        out, source = _named(path), self._work.path

        def copy(progress: Progress) -> None:
            progress.step("copy")
            copy_survey(source, out)

        self._window.shell.jobs.start(copy, lambda _: self._saved(out))

    def import_lines(self) -> None:
        """Ask for a file of lines, and bring them in."""
        path = self.ask("import_lines", "line_files")
        if path is not None:
            self.take([path])

    def import_layer(self) -> None:
        """Ask for a file of a layer of the county, and offer to bring it in."""
        path = self.ask("import_layer", "layer_files")
        if path is not None:
            self._window.importing.offer(path)

    def open_background(self) -> None:
        """Ask for map tiles or a photograph, and lay it below the layers."""
        path = self.ask("background", "background_files")
        if path is not None:
            self._lay_below(path)

    def no_background(self) -> None:
        """Take the background away."""
        self._window.canvas.use_background(None)
        self._window.memory.keep_background(self._work.ground.folder, None)

    def lay_below_again(self) -> None:
        """Lay below the layers what lay there the last time; what cannot be read is said once."""
        memory, folder = self._window.memory, self._work.ground.folder
        path = memory.background(folder)
        if path is not None:
            self._open_below(path, nothing, partial(memory.keep_background, folder, None))

    def take(self, paths: Iterable[Path]) -> None:
        """Take files that were dropped: surveys are asked for, lines come in, others are said."""
        surveys = []
        for path in paths:
            suffix = path.suffix.lower()
            if _is_survey(path):
                surveys.append(path)
            elif suffix == ".dwg":
                self._asks.say(self._look.texts("notice.dropped_dwg", path=path), Level.WARNING)
            elif suffix in ENDINGS:
                self._lay_below(path)
            elif suffix in _LAYER_SUFFIXES:
                self._window.importing.offer(path)
            elif suffix not in SUFFIXES:
                text = self._look.texts("notice.dropped_unknown", path=path)
                self._asks.say(text, Level.WARNING)
            else:
                self._read_lines(path)
        if surveys:
            self._window.merging.offer(surveys)

    def ask(self, title: str, kinds: str, save: bool = False) -> Path | None:
        """The file that somebody chose in a dialog; None when nobody did."""
        dialog = QtWidgets.QFileDialog
        ask = dialog.getSaveFileName if save else dialog.getOpenFileName
        texts, folder = self._look.texts, str(self._work.path.parent)
        chosen, _ = ask(self._window, texts(f"dialog.{title}"), folder, texts(f"dialog.{kinds}"))
        return Path(chosen) if chosen else None

    def _lay_below(self, path: Path) -> None:
        def said() -> None:
            self._window.memory.keep_background(self._work.ground.folder, path)
            self._asks.say(self._look.texts("notice.background", path=path), Level.SUCCESS)

        self._open_below(path, said)

    def _open_below(
        self, path: Path, then: Callable[[], None], dropped: Callable[[], None] = nothing
    ) -> None:
        """Open a background beside the window, 100 ms for the projection of tiles; show it."""
        epsg = self._work.ground.county.grid.epsg

        def read(progress: Progress) -> Background:
            progress.step("file")
            return open_background(path, epsg)

        def show(background: Background) -> None:
            self._window.canvas.use_background(background)
            then()

        self._window.shell.jobs.start(read, show, dropped)

    def _saved(self, out: Path) -> None:
        self._asks.say(self._look.texts("notice.saved_copy", path=out), Level.SUCCESS)

    def _read_lines(self, path: Path) -> None:
        """Read a file beside the window; a large one where GDAL does not hold the window up.

        A process of its own takes a second to begin.
        """
        board, shell = self._desk.board, self._window.shell
        read = partial(lines_or_none, path, Home(board.grid.epsg, board.home))
        apart = shell.apart if is_large(path) else here
        shell.jobs.start(partial(apart, read), partial(self._bring_in, path))

    def _bring_in(self, path: Path, found: tuple[DroppedLine, ...] | None) -> None:
        texts, session = self._look.texts, self._work.session
        if found is None:  # areas or points: no lines to be surveyed, but a layer of the county
            self._window.importing.offer(path)
            return
        if self._desk.now.utility is None and any(one.utility is None for one in found):
            self._asks.say(texts("notice.whose_lines", path=path), Level.WARNING)
            return

        def then(kept: Sequence[Route]) -> None:
            """After the lines, which every panel shows first."""
            self._window.canvas.run_later(partial(self._show_kept, path, kept))

        session.bring_in(self._named_routes(found), "import", then)

    def _show_kept(self, path: Path, kept: Sequence[Route]) -> None:
        """Say how many lines came in, and look at them; the first is the chosen one."""
        session, first = self._work.session, kept[0].route_id
        if first in session.routes:  # nobody took it away in between
            session.select(first)
        bounds = shapely.total_bounds(np.array([one.line for one in kept], dtype=object))
        self._asks.zoom(shapely.box(*bounds.tolist()))
        said = self._look.texts("notice.imported", path=path, count=len(kept))
        self._asks.say(said, Level.SUCCESS)

    def _named_routes(self, found: Iterable[DroppedLine]) -> list[Route]:
        """Routes with names that neither the survey nor the file has twice."""
        kit, ids = self._desk.board.kit, self._work.session.free_ids()
        routes = []
        for one in found:
            utility = one.utility or self._desk.now.utility
            assert utility is not None  # asked before
            routes.append(kit.route(ids.of(utility, kit.case_id), utility, one.line))
        return routes


def _named(path: Path) -> Path:
    """A survey's file has the ending of one."""
    if path.name.endswith(SUFFIX):
        return path
    return path.with_name(path.name.removesuffix(".gpkg") + SUFFIX)


def _is_survey(path: Path) -> bool:
    """Whether a file is a survey; of what cannot be read, whoever reads its lines says why."""
    try:
        return is_survey(path)
    except SurveyError:
        return False

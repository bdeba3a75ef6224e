"""Files that belong to a case: pictures from the site, lines as they were built."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt
from neixiang_survey_plugin.io.as_built_file import read_as_built
from neixiang_survey_plugin.io.photo_file import read_photo
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.survey_form import Picked


class CaseFiles:
    """Asks for the files of a case, and reads them beside the window."""

    def __init__(self, window: Any) -> None:
        self._window = window

    def pictures(self, then: Picked) -> None:
        """Read the pictures that somebody chooses beside the window, all or none, and tell it."""
        window = self._window
        epsg, who = window.session.county.grid.epsg, window.who()
        paths = self.choose("photos")

        def read(progress: Progress) -> tuple[Sequence[Photo], SurveyError | None]:
            problems, found = Problems(), list[Photo]()
            for path in progress.each("file", paths):
                try:
                    found.append(read_photo(path, epsg, who))
                except SurveyError as error:
                    problems.extend(error)
            try:
                problems.raise_if_any()
            except SurveyError as error:
                return (), error
            return found, None

        if paths:
            window.session.aside(read, lambda found: then(*found), lambda: then((), None))
        else:
            then((), None)

    def lines_as_built(self, paths: Sequence[Path], progress: Progress) -> Sequence[AsBuilt]:
        """The lines of files, in any thread."""
        county = self._window.session.county
        return [
            line for path in progress.each("file", paths) for line in read_as_built(path, county)
        ]

    def choose(self, kind: str) -> Sequence[Path]:
        """The files that somebody picks of a kind: none, where nothing was picked."""
        return choose_files(self._window, kind)


def choose_files(window: Any, kind: str) -> Sequence[Path]:
    """The files that somebody picks in a window; ``dialog.<kind>`` has the words."""
    texts = window.look.texts
    ask: Callable[..., Any] = QtWidgets.QFileDialog.getOpenFileNames
    beside = str(window.work.path.parent)
    names, _ = ask(window, texts(f"dialog.{kind}"), beside, texts(f"dialog.{kind}_files"))
    return [Path(one) for one in names]

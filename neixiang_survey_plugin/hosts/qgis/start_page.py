"""What the dock shows while no survey is open: what comes next, and three ways to begin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.qgis import memory
from neixiang_survey_plugin.hosts.windows.work import (
    SUFFIX,
    Work,
    new_work,
    open_work,
    read_ground,
    sample_work,
)
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import EmptyState, button, column
from neixiang_survey_plugin.ui.theme import style_sheet

_SURVEYS_FOLDER = "neixiang_survey"


class StartPage(QtWidgets.QWidget):
    """Three buttons; ``show_work`` gets the survey that was opened, ``refuse`` why none was.

    The county's folder is asked for once and remembered in the project.
    """

    def __init__(
        self,
        look: Look,
        who: str,
        show_work: Callable[[Work], None],
        refuse: Callable[[SurveyError], None],
    ) -> None:
        super().__init__()
        self._look, self._who = look, who
        self._show_work, self._refuse = show_work, refuse
        self.setStyleSheet(style_sheet(look.theme, look.density))
        empty = EmptyState()
        empty.say(look.texts("qgis.start"), look.texts("qgis.start_next"))
        self.buttons = [
            button(look.texts("qgis.open_sample"), lambda: self.begin(self._sample), primary=True),
            button(look.texts("command.open_survey.text"), lambda: self.begin(self._opened)),
            button(look.texts("command.new_survey.text"), lambda: self.begin(self._made)),
        ]
        box = QtWidgets.QVBoxLayout(self)
        box.addWidget(column(empty, *self.buttons, margin=12, spacing=8))
        box.addStretch(1)

    def begin(self, opened: Callable[[], Work | None]) -> None:
        """Open a survey, and say what stood in the way; nothing where somebody thought better."""
        try:
            work = opened()
        except SurveyError as error:
            self._refuse(error)
            return
        if work is not None:
            memory.keep_project_path("county", work.ground.folder)
            memory.keep_project_path("survey", work.path)
            self._show_work(work)

    def remembered(self) -> Work | None:
        """The survey that the project remembers, open; None where it remembers none."""
        county, survey = memory.project_path("county"), memory.project_path("survey")
        if survey is None and memory.is_of_the_sample():
            return self._sample()
        if county is None or survey is None:
            return None
        return open_work(read_ground(county, drawn=False), survey, self._who)

    def _sample(self) -> Work:
        folder = memory.profile_folder() / _SURVEYS_FOLDER
        return sample_work(folder, self._who, drawn=False)

    def _opened(self) -> Work | None:
        county = self._county()
        path = self._file("open_survey", save=False) if county is not None else None
        if county is None or path is None:
            return None
        return open_work(read_ground(county, drawn=False), path, self._who)

    def _made(self) -> Work | None:
        county = self._county()
        path = self._file("new_survey", save=True) if county is not None else None
        if county is None or path is None:
            return None
        if not path.name.endswith(SUFFIX):
            path = path.with_name(path.name.removesuffix(".gpkg") + SUFFIX)
        return new_work(read_ground(county, drawn=False), path, self._who)

    def _county(self) -> Path | None:
        known = memory.project_path("county")
        if known is not None:
            return known
        ask = QtWidgets.QFileDialog.getExistingDirectory
        chosen = ask(self, self._look.texts("qgis.choose_county"))
        return Path(chosen) if chosen else None

    def _file(self, title: str, save: bool) -> Path | None:
        dialog: Any = QtWidgets.QFileDialog
        ask = dialog.getSaveFileName if save else dialog.getOpenFileName
        texts = self._look.texts
        chosen, _ = ask(self, texts(f"dialog.{title}"), "", texts("dialog.survey_files"))
        return Path(chosen) if chosen else None

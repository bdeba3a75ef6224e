"""Taking the survey to the field, in a folder that is whole by itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.hosts.qgis.field_folder import write_field_folder
from neixiang_survey_plugin.hosts.windows.work import SUFFIX
from neixiang_survey_plugin.qt import QtWidgets

if TYPE_CHECKING:
    from neixiang_survey_plugin.hosts.qgis.bench import Bench


class FieldTrip:
    """What the open survey goes to the field with; it comes back by merging."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench

    def ask_where_to(self) -> None:
        """Ask for a place, and put a folder there that is whole by itself."""
        chosen = QtWidgets.QFileDialog.getExistingDirectory(
            self._bench, self._bench.look.texts("dialog.to_field")
        )
        if chosen:
            self._bench.attempt(partial(self.take, Path(chosen)))

    def take(self, place: Path) -> None:
        """Put a folder with survey, county and project into a place; SurveyError where not."""
        bench, texts = self._bench, self._bench.look.texts
        stem = bench.work.path.name.removesuffix(SUFFIX)
        out = place / f"{stem}-{texts('trip.folder')}"
        write_field_folder(bench.work.path, bench.work.ground.folder, out, bench.look)
        bench.say(texts("trip.taken", folder=out), Level.SUCCESS)

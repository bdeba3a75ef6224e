"""Taking the survey to the field, and bringing back what was edited there by the same merging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.merge_questions import MergeQuestion
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.qgis.field_folder import write_field_folder
from neixiang_survey_plugin.hosts.windows.work import SUFFIX, free_name
from neixiang_survey_plugin.io.survey.merging.merge import Merged, merge_or_ask
from neixiang_survey_plugin.io.survey.merging.planning import Choices
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.merge_form import MergeForm

if TYPE_CHECKING:
    from neixiang_survey_plugin.hosts.qgis.bench import Bench


class FieldTrip:
    """What the open survey goes to the field with, and how it comes back."""

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

    def ask_for_file(self) -> None:
        """Ask for the survey file that came back, and merge it with the one that is open."""
        texts = self._bench.look.texts
        chosen, _ = QtWidgets.QFileDialog.getOpenFileName(
            self._bench, texts("dialog.from_field"), "", texts("dialog.survey_files")
        )
        if chosen:
            self._bench.attempt(partial(self.bring_back, Path(chosen)))

    def bring_back(self, path: Path, answers: Mapping[str, str] | None = None) -> None:
        """Merge a survey file with the open one into a new file, and open that.

        What both have changed is asked first. SurveyError where they cannot be merged.
        """
        bench = self._bench
        own, texts = bench.work.path, bench.look.texts
        if path.resolve() == own.resolve():
            raise SurveyError(texts("merge.own_file"))
        bench.session.settle()
        out = free_name(own, texts("merge.file_name"))
        found = merge_or_ask((own, path), out, bench.who(), Choices(dict(answers or {})))
        if isinstance(found, Merged):
            bench.say(texts("merge.done", names=path.name, path=out.name), Level.SUCCESS)
            bench.around.open_survey(out)
        else:
            self._ask(path, found)

    def _ask(self, path: Path, questions: Sequence[MergeQuestion]) -> None:
        bench = self._bench

        def answer(answers: Mapping[str, str]) -> None:
            self.bring_back(path, answers)

        bench.forms.show(MergeForm(questions, bench.look, answer, bench))

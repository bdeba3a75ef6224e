"""Bringing foreign layers into the county of the window: read, asked, written beside it, shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.importing.deciding import Decided
from neixiang_survey_plugin.app.importing.report import ImportReport
from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.offering import LayerRead, read_layer
from neixiang_survey_plugin.io.importing.run import ImportRequest, import_layer
from neixiang_survey_plugin.ui.import_form import ImportForm, Outcome


def _nobody(_: str) -> None:
    """Nobody has to be told."""


class Importing:
    """Leads a file into the county's folder; the window then shows the county as it is now.

    The window has ``work``, ``session``, ``look``, ``forms`` and a ``shell`` that does long work
    beside it, ``apart`` from it, and opens the survey anew. ``came_in`` is told which layer of
    the county is new.
    """

    def __init__(self, window: Any, came_in: Callable[[str], None] = _nobody) -> None:
        self._window, self._came_in = window, came_in
        self._now: LayerRead | None = None

    def offer(self, path: Path, choice: Choice | None = None) -> None:
        """Read a file beside the window, and ask what of it becomes what."""
        window = self._window
        ground, taken = window.work.ground, choice or Choice()
        if ground.folder.resolve() == places.sample_county().resolve():
            window.say(window.look.texts("import.sample"), Level.WARNING)
            return

        read = partial(read_layer, path, taken, ground.folder)
        window.shell.jobs.start(partial(window.shell.apart, read), self.show)

    def read_again(self, layer: str, encoding: str | None) -> None:
        """Read the same file anew, as somebody chose in the form."""
        if self._now is not None:
            self.offer(self._now.path, Choice((layer,), encoding or self._now.choice.encoding))

    def preview(self, decided: Decided, then: Callable[[Outcome], None]) -> None:
        """Do everything but write; ``then`` is told what would come in, or what is in the way."""
        request = self._request(decided, preview=True)
        form, apart = self._window.forms.open, self._window.shell.apart

        def work(progress: Progress) -> Outcome:
            try:
                report: ImportReport = apart(partial(import_layer, request), progress)
                return report
            except SurveyError as error:
                return error

        def told(outcome: Outcome) -> None:
            if self._window.forms.open is form:  # somebody may have closed it meanwhile
                then(outcome)

        self._window.shell.jobs.start(work, told)

    def bring_in(self, decided: Decided) -> None:
        """Import beside the window, then let the survey stand on the county as it is now."""
        request = self._request(decided, preview=False)
        shell = self._window.shell
        shell.jobs.start(partial(shell.apart, partial(import_layer, request)), self._done)

    def show(self, read: LayerRead) -> None:
        """Ask what becomes of a layer that was read."""
        self._now = read
        window = self._window
        roads = window.session.county.layers.get("roads")
        window.forms.show(ImportForm(read.brought, roads, window.look, self, window))

    def _request(self, decided: Decided, preview: bool) -> ImportRequest:
        assert self._now is not None  # a form asks, and it came of what was read
        return ImportRequest(
            layer=decided.layer,
            sources=(self._now.path,),
            county=self._window.work.ground.folder,
            choice=self._now.choice,
            answers=decided.answers,
            crs=decided.place,
            preview=preview,
            set_aside=decided.set_aside,
            renewal=decided.renewal,
        )

    def _done(self, report: ImportReport) -> None:
        window = self._window
        layer = window.look.words.layer(report.layer)
        said = window.look.texts("import.done", layer=layer, count=report.features)
        self._came_in(report.layer)
        window.shell.renew(lambda: window.shell.window.say(said, Level.SUCCESS))

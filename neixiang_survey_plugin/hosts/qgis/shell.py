"""What is done beside the dock, and how another survey takes the place of the one in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from neixiang_survey_plugin.app.map_host import Level
from neixiang_survey_plugin.app.progress import here, nothing
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.hosts.windows.renewing import Renewed, renew
from neixiang_survey_plugin.hosts.windows.work import Work
from neixiang_survey_plugin.ui.jobs import Jobs

if TYPE_CHECKING:
    from neixiang_survey_plugin.hosts.qgis.bench import Bench


class Shell:
    """Outlives the survey that is shown: its ``jobs`` are those of whichever is.

    ``open_bench`` is the one in the dock, ``replace`` shows another in its place. Call ``end``
    before the plugin goes. ``apart`` does everything here: the program that runs is QGIS.
    """

    apart = staticmethod(here)

    def __init__(
        self, open_bench: Callable[[], Bench | None], replace: Callable[[Work], None]
    ) -> None:
        self._open_bench, self._replace = open_bench, replace
        self.jobs = Jobs()
        self.jobs.refused.connect(self._say)

    @property
    def window(self) -> Bench | None:
        """The survey that is shown now."""
        return self._open_bench()

    def take(self, work: Work, then: Callable[[], object] = nothing, goes_on: bool = False) -> None:
        """Show a survey that was opened on the same county in place of the one before.

        QGIS's view stays where it is, whether the survey ``goes_on`` with that one or not.
        """
        self.jobs.drop()  # what was asked for the survey before
        self._replace(work)
        then()

    def renew(self, then: Callable[[], None]) -> None:
        """Read the county anew beside the dock, then let the same survey stand on it."""

        def show(renewed: Renewed) -> None:
            assert self.window is not None  # it asked for it
            chosen = self.window.session.selected
            self.take(renewed.work)
            if chosen in self.window.session.routes:
                self.window.session.select(chosen)
            then()

        renew(self, False, show)

    def end(self) -> None:
        """Forget what is asked for, and wait for what runs."""
        self.jobs.end()
        self.jobs.deleteLater()

    def _say(self, error: SurveyError) -> None:
        if self.window is not None:
            self.window.say(" ".join(error.problems), Level.ERROR)

"""Opening a survey file for a command that keeps something in it."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.io.survey.opening import open_survey


@contextmanager
def opened(survey: Path) -> Iterator[SurveyStore]:
    """A survey file, open as whoever runs the command, and let go of at the end."""
    store = open_survey(survey, getpass.getuser())
    try:
        yield store
    finally:
        store.close()

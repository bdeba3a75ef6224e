"""Going on after a problem, so that all of them are reported at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neixiang_survey_plugin.core.errors import Problems, SurveyError


@contextmanager
def kept_in(problems: Problems, before: str = "") -> Iterator[None]:
    """Keep the sentences of a SurveyError instead of raising it, each with something before it."""
    try:
        yield
    except SurveyError as error:
        for sentence in error.problems:
            problems.add(f"{before}{sentence}")

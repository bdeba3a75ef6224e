"""A survey that is open on a small county, for the tests of what is done with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.survey.opening import open_survey
from tests.drawn import ON, county, green, road
from tests.survey.lines import new_survey

NOON = datetime(2026, 11, 22, 12, 0)
# A street of 8 m from north to south, a park east of it.
TOWN = county([road((40, -100, 48, 100), width_m=8.0)], [green((60, -50, 80, 50))])


def open_session(path: Path, town: County = TOWN) -> Session:
    """The survey of a file, opened; its clock stands still at noon."""
    clearances = load_clearances(places.sample_county())
    return Session(town, clearances, open_survey(path, "张工"), ON, lambda: NOON)


@contextmanager
def opened(folder: Path, town: County = TOWN) -> Iterator[Session]:
    """A new survey, open."""
    session = open_session(new_survey(folder), town)
    try:
        yield session
    finally:
        session.close()

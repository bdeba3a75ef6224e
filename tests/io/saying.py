"""What a wrong input is told, for tests that hold it to naming file, layer and row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.routes_file import read_routes
from tests.builders import write_county


def problems_of(action: Callable[[], object]) -> tuple[str, ...]:
    """The sentences of the SurveyError that an action must end in."""
    with pytest.raises(SurveyError) as caught:
        action()
    return caught.value.problems


def county_problems(folder: Path) -> tuple[str, ...]:
    """The sentences about a county folder that must not be readable."""
    return problems_of(lambda: load_county(folder))


def routes_problems(path: Path, county_folder: Path) -> tuple[str, ...]:
    """The sentences about a file of routes; a county is written where none is yet."""
    if not (county_folder / "county.toml").exists():
        write_county(county_folder)
    county = load_county(county_folder)
    return problems_of(lambda: read_routes(path, county))


def only(problems: tuple[str, ...], *parts: str) -> None:
    """There is one sentence, it names every part, and it goes on to a way out."""
    assert len(problems) == 1, problems
    missing = [part for part in parts if part not in problems[0]]
    assert not missing, (missing, problems[0])

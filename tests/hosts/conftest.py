"""The sample county's lines in a survey file of their own, for the commands that keep something."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from neixiang_survey_plugin.hosts.cli.survey import run_survey_import
from tests.hosts.issued import issue_packet

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def imported_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "a.survey.gpkg"
    run_survey_import(DATA / "cases" / "routes.gpkg", DATA, path)
    return path


@pytest.fixture
def survey(imported_sample: Path, tmp_path: Path) -> Path:
    """A copy to write into; nobody has the original open."""
    return Path(shutil.copy(imported_sample, tmp_path / "a.survey.gpkg"))


@pytest.fixture(scope="session")
def promised_sample(imported_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's lines with the packets of a commitment and of a line that is undetermined."""
    folder = tmp_path_factory.mktemp("promised")
    path = Path(shutil.copy(imported_sample, folder / "a.survey.gpkg"))
    for case in ("C02", "C22"):
        issue_packet(path, case, folder / "out")
    return path


@pytest.fixture
def promised(promised_sample: Path, tmp_path: Path) -> Path:
    """A copy to write into."""
    return Path(shutil.copy(promised_sample, tmp_path / "a.survey.gpkg"))

"""Where the shipped files lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.core.errors import SurveyError


@pytest.mark.parametrize(
    "shipped",
    ["checkout", "checkout/package/_shipped", "checkout/package"],
    ids=["checkout", "wheel", "plugin"],
)
def test_sample_county_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped: str
) -> None:
    data = tmp_path / shipped / "data"
    data.mkdir(parents=True)
    (data / "county.toml").touch()
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "checkout" / "package")
    assert places.sample_county() == data


def test_folder_named_data_that_is_no_county_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "package")
    with pytest.raises(SurveyError, match="data"):
        places.sample_county()


def test_missing_icons_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_PACKAGE", tmp_path / "package")
    with pytest.raises(SurveyError, match="icons"):
        places.icons_folder()


def test_rules_lie_in_the_package() -> None:
    assert (places.rules_folder() / "neixiang_2022.toml").is_file()

"""What ``county import`` does with a layer whose place is in doubt."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.report import ImportReport, import_report_json
from neixiang_survey_plugin.app.wording.importing import import_sentences
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.importing.run import ImportRequest, import_layer
from tests.importing.counties import make_county, write_vector
from tests.importing.streets import ROAD_TABLE, ROADS


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A county with its roads."""
    folder = make_county(tmp_path / "county")
    bring(folder, ROADS, "EPSG:4546")
    return folder


def bring(county: Path, shapes: Any, declared: str | None, crs: str | None = None) -> ImportReport:
    with warnings.catch_warnings():  # a file without a system is what is asked for
        warnings.simplefilter("ignore")
        path = write_vector(county.parent / "new.gpkg", list(shapes), ROAD_TABLE, declared)
    return import_layer(ImportRequest("roads", (path,), county, crs=crs))


def moved(east: float, north: float) -> Any:
    return shapely.transform(ROADS, lambda points: points + np.array([east, north]))


def test_layer_that_fits_where_its_file_says_is_taken_and_that_is_reported(county: Path) -> None:
    report = bring(county, ROADS, "EPSG:4546")
    place = import_report_json(report)["source"]["place"]
    assert (place["code"], place["sure"], place["standing"]) == ("EPSG:4546", True, "proven")
    assert place["candidates"][0]["on_corners"] == place["candidates"][0]["vertices"]
    assert any("位置确定" in said for said in import_sentences(report))


def test_layer_that_does_not_fit_where_its_file_says_is_asked_with_the_option(
    county: Path,
) -> None:
    before = load_county(county).layers["roads"].geometry
    with pytest.raises(UndecidedError, match="声明的坐标系不对") as raised:
        bring(county, moved(-44.0, 48.0), "EPSG:4546")
    assert "请加 --crs EPSG:4546+shift=44.000,-48.000" in str(raised.value)
    assert list(load_county(county).layers["roads"].geometry) == list(before)


def test_layer_that_is_told_its_offset_lies_on_the_countys_roads(county: Path) -> None:
    report = bring(county, moved(-44.0, 48.0), "EPSG:4546", "EPSG:4546+shift=44.000,-48.000")
    there = load_county(county).layers["roads"].geometry
    assert max(shapely.hausdorff_distance(there, ROADS)) < 0.001
    assert any("整体平移：东 +44.000 m，北 -48.000 m" in said for said in import_sentences(report))


def test_layer_that_is_told_another_place_than_it_fits_is_put_there_with_a_warning(
    county: Path,
) -> None:
    report = bring(county, moved(-44.0, 48.0), "EPSG:4546", "EPSG:4546")
    said = import_sentences(report)
    assert any("文件声明的坐标系不对" in one for one in said)
    assert any("已按指定的 EPSG:4546" in one for one in said)


def test_bare_coordinates_are_asked_about_in_an_empty_county(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    with pytest.raises(UndecidedError, match=r"--crs EPSG:4546 或 --crs EPSG:32649"):
        bring(county, ROADS, None)
    assert bring(county, ROADS, None, "EPSG:4546").crs_reason == "told"

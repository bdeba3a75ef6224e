"""Ways round the works come from a file of lines and stand on the traffic sketch."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
from shapely import LineString

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.detour_file import read_detours
from neixiang_survey_plugin.io.packet.sheets import DRAWINGS
from neixiang_survey_plugin.io.survey.opening import open_survey
from tests.data.sample import DATA
from tests.hosts.test_cli_check import run
from tests.packet import sampled
from tests.sheets.pdf_reading import text_of


def detours(folder: Path, case_id: str | None, away_m: float = 0.0) -> Path:
    """A way round beside the lines of the sample's case C06."""
    east, north = sampled.case("C06").routes[0].route.line.coords[0]
    line = LineString([(east - 40 + away_m, north - 30), (east + 60 + away_m, north - 30)])
    path = folder / "detours.gpkg"
    table = {"detour_id": ["d1"], "name": ["示例南街"], "case_id": [case_id]}
    gpd.GeoDataFrame(table, geometry=[line], crs=4546).to_file(path, layer="detours")
    return path


def test_the_command_draws_a_way_round_on_the_sketch_of_its_case(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = DATA / "cases" / "routes.gpkg"
    asked = "--county", DATA, "--out", tmp_path, "--case", "C06"
    status, _, err = run(
        *("packet", lines, *asked, "--detours", detours(tmp_path, "C06")), capsys=capsys
    )
    assert (status, err) == (0, "")
    assert "绕行：示例南街" in text_of(tmp_path / "C06" / DRAWINGS)


def test_one_that_a_survey_file_keeps_is_drawn_without_being_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    survey, county = tmp_path / "a.survey.gpkg", load_county(DATA, ("roads",))
    lines = DATA / "cases" / "routes.gpkg"
    run("survey", "import", lines, "--county", DATA, "--out", survey, capsys=capsys)
    store = open_survey(survey, "张工")
    store.keep(read_detours(detours(tmp_path, "C06"), county), what="detour")
    store.close()
    asked = "--county", DATA, "--out", tmp_path, "--case", "C06"
    assert run("packet", survey, *asked, capsys=capsys)[0] == 0
    assert "绕行：示例南街" in text_of(tmp_path / "C06" / DRAWINGS)


def test_a_way_round_of_another_case_is_not_drawn_and_one_of_no_case_is_everybody_s(
    tmp_path: Path,
) -> None:
    county = load_county(DATA, ("roads",))
    for case_id in ("C99", None):
        (one,) = read_detours(detours(tmp_path, case_id), county)
        assert (one.name, one.case_id) == ("示例南街", case_id)
        (tmp_path / "detours.gpkg").unlink()


def test_a_way_round_far_from_the_county_is_named(tmp_path: Path) -> None:
    with pytest.raises(SurveyError):
        read_detours(detours(tmp_path, None, away_m=900_000.0), load_county(DATA, ("roads",)))

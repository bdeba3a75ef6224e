"""``as-built``: lines of any vector file held against the survey's promises."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.hosts.test_cli_check import run
from tests.hosts.test_cli_fact import DATA

DAY = "2026-11-22"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return builders.write_county(
        tmp_path / "county",
        roads=[builders.ROAD],
        keys={"roads": "accuracy_m = 0.1"},
        tail="[defaults]\nworking_width_m = { water = 1.6 }",
    )


@pytest.fixture
def survey(county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A line of 70 m over the road."""
    across = builders.line((80.0, 0.0), (150.0, 0.0))
    routes = builders.write_routes(
        tmp_path / "routes.gpkg",
        [builders.route("r1", across, works_from="2026-12-01", works_to="2026-12-05")],
    )
    path = tmp_path / "a.survey.gpkg"
    run("survey", "import", routes, "--county", county, "--out", path, capsys=capsys)
    return path


def built(tmp_path: Path, name: str, *points: tuple[float, float], **facts: Any) -> Path:
    row = {"route_id": "r1", "wkt": builders.line(*points), **facts}
    return builders.write_layer(tmp_path / name, [row])


def held(capsys: pytest.CaptureFixture[str], *arguments: object) -> list[dict[str, Any]]:
    status, out, err = run("as-built", *arguments, "--on", DAY, "--json", "-", capsys=capsys)
    assert (status, err) == (0, "")
    found: list[dict[str, Any]] = json.loads(out)["lines"]
    return found


def test_a_shapefile_is_kept_and_held(
    survey: Path, county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = built(tmp_path, "built.shp", (80.0, 0.0), (115.0, 0.5), (150.2, 0.0))
    (line,) = held(capsys, survey, file, "--county", county)
    assert line["broken"] == ["length", "position"]
    clauses = {one["promise"]: one for one in line["clauses"]}
    assert clauses["position"]["built"] == pytest.approx(0.5, abs=0.005)
    assert clauses["position"]["tolerance"] == pytest.approx(0.15)
    assert clauses["period"]["reason"] == "no_dates"
    assert clauses["reinstatement"]["outcome"] == "not_judged"

    again = held(capsys, survey, "--county", county)
    assert again == [line]
    held(capsys, survey, file, "--county", county)
    _, out, _ = run("survey", "info", survey, "--json", "-", capsys=capsys)
    assert json.loads(out)["rows"]["as_built"] == 1


def test_the_table_says_which_promise_was_broken_by_how_much_and_where(
    survey: Path, county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    days = {"built_from": "2026-12-02", "built_to": "2026-12-09"}
    file = built(tmp_path, "built.geojson", (80.0, 0.0), (150.08, 0.0), **days)
    status, out, _ = run(
        *("as-built", survey, file, "--county", county, "--on", DAY, "--strict"), capsys=capsys
    )
    assert status == 1
    said = "".join(out.split())
    assert "未见承诺记录，按踏勘文件里的外线核对" in said
    assert "△多出0.08m，不超过量测误差0.10m" in said
    assert "外线r1违反承诺：“在承诺的工期内施工”（四(二)）2026-12-02至2026-12-09。" in said


def test_a_line_that_is_none_of_the_surveys_is_refused(
    survey: Path, county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = built(tmp_path, "built.geojson", (80.0, 0.0), (150.0, 0.0), route_id="r9")
    status, out, err = run("as-built", survey, file, "--county", county, capsys=capsys)
    assert (status, out) == (2, "")
    assert err == "竣工线 r9：踏勘文件里没有这条外线；请核对 route_id。\n"
    assert held(capsys, survey, "--county", county) == []


@pytest.mark.parametrize(
    ("facts", "said"),
    [({"built_to": "soon"}, "built_to"), ({"trenchless": "90-99"}, "超出了外线的终点")],
)
def test_a_wrong_cell_is_named(
    facts: dict[str, str],
    said: str,
    survey: Path,
    county: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = built(tmp_path, "built.geojson", (80.0, 0.0), (150.0, 0.0), **facts)
    status, _, err = run("as-built", survey, file, "--county", county, capsys=capsys)
    assert status == 2
    assert said in err
    assert len(err.splitlines()) == 1


def test_promises_live_in_a_survey_file(capsys: pytest.CaptureFixture[str]) -> None:
    routes = DATA / "cases" / "routes.gpkg"
    status, _, err = run("as-built", routes, "--county", DATA, capsys=capsys)
    assert status == 2
    assert "不是踏勘文件" in err

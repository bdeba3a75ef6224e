"""The command ``plan-check``: routes against the master plan."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from neixiang_survey_plugin.places import sample_county
from tests.builders import line, rectangle, road, route, write_county, write_routes
from tests.hosts.test_cli_check import run

STREET = road("R1", rectangle(-500, 100, 500, 120))
CORRIDOR = {
    "plan_id": "L1",
    "utility": "water",
    "diameter_mm": 100.0,
    "plan_name": "示例规划",
    "year": 2035,
    "wkt": line((-500, 0), (500, 0)),
}
PARK = {
    "control_id": "K1",
    "kind": "绿线",
    "name": "示例公园",
    "authority": "示例园林局",
    "wkt": rectangle(0, 40, 50, 80),
}
MAIN = {"pipe_id": "P1", "utility": "sewer", "wkt": line((-500, 112), (500, 112))}
FACTS = {"diameter_mm": 100.0, "working_width_m": 1.0}


@pytest.fixture
def county(tmp_path: Path) -> Path:
    return write_county(
        tmp_path / "county",
        roads=[STREET],
        plan_lines=[CORRIDOR],
        control_areas=[PARK],
        pipelines=[MAIN],
    )


@pytest.fixture
def routes(tmp_path: Path) -> Path:
    rows = [
        route("good", line((0, 1), (60, 1)), **FACTS),
        route("beside", line((0, 5), (60, 5)), **FACTS),
        route("park", line((-20, 60), (60, 60)), **FACTS),
    ]
    return write_routes(tmp_path / "routes.gpkg", rows)


def test_each_line_is_reported_with_its_remarks(
    county: Path, routes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run("plan-check", routes, "--county", county, "--json", "-", capsys=capsys)
    report = json.loads(out)
    found = {one["route_id"]: one for one in report["routes"]}
    assert status == 0
    assert report["layers_not_judged"] == ["land_use"]
    assert found["good"]["agrees"]
    assert found["good"]["corridor"]["within_m"] == pytest.approx(60.0, abs=0.01)
    (beside,) = found["beside"]["remarks"]
    assert (beside["rule"], beside["outcome"]) == ("corridor_beside", "against")
    assert beside["measured"] == pytest.approx(5.0)
    (park,) = found["park"]["remarks"]
    assert (park["authority"], park["measured"]) == ("示例园林局", pytest.approx(50.0, abs=0.01))


def test_the_table_says_what_would_satisfy_it(
    county: Path, routes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run("plan-check", routes, "--county", county, capsys=capsys)
    assert status == 0
    text = "".join(out.split())
    assert "向右移3.00m，进入规划管位" in text
    assert "征求示例园林局意见，或改线避开" in text
    assert "县资料没有规划用地图层" in text
    assert "✓符合规划" in text


def test_strict_fails_where_a_line_does_not_agree(
    county: Path, routes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("plan-check", routes, "--county", county, "--strict", capsys=capsys)[0] == 1
    good = write_routes(tmp_path / "good.gpkg", [route("good", line((0, 1), (60, 1)), **FACTS)])
    assert run("plan-check", good, "--county", county, "--strict", capsys=capsys)[0] == 0


def test_a_county_without_a_plan_never_passes(
    routes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = write_county(tmp_path / "bare", roads=[STREET])
    status, out, _ = run("plan-check", routes, "--county", bare, "--strict", capsys=capsys)
    assert status == 1
    assert "县资料没有规划管线图层" in out


def test_a_wrong_correction_is_wrong_input(
    county: Path, routes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (county / "planning.toml").write_text("[corridor]\nwithin_m = 1.0\n", encoding="utf-8")
    for command in (("plan-check", routes, "--county", county), ("county", "check", county)):
        status, _, err = run(*command, capsys=capsys)
        assert status == 2
        assert "evidence" in err


@pytest.fixture
def survey(county: Path, routes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "a.survey.gpkg"
    arguments = ("survey", "import", routes, "--county", county, "--out", path)
    assert run(*arguments, capsys=capsys)[0] == 0
    return path


def test_what_planning_staff_decide_is_kept_and_shown(
    county: Path, survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = (survey, "--county", county)
    by = ("--by", "张工")
    assert run("plan", "approve", *where, "--line", "good", *by, capsys=capsys)[0] == 0
    status, out, _ = run(
        *("plan", "return", *where, "--line", "beside", "--remark", "移进管位", *by),
        capsys=capsys,
    )
    assert status == 0
    assert "退回：移进管位（张工" in out
    _, out, _ = run("plan-check", *where, "--json", "-", capsys=capsys)
    found = {one["route_id"]: one for one in json.loads(out)["routes"]}
    assert [found[name]["standing"] for name in ("good", "beside", "park")] == [
        "approved",
        "returned",
        "open",
    ]
    assert found["beside"]["review"]["remark"] == "移进管位"
    assert "已同意" not in out
    _, out, _ = run("plan-check", *where, capsys=capsys)
    assert "待核对" in out


def test_a_line_that_does_not_agree_is_approved_only_with_a_reason(
    county: Path, survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = (survey, "--county", county)
    status, _, err = run("plan", "approve", *where, "--line", "park", capsys=capsys)
    assert status == 2
    assert "同意要写明理由" in err
    status, _, err = run("plan", "approve", *where, "--line", "nobody", capsys=capsys)
    assert status == 2
    assert "没有这条外线；现有 good、beside、park" in err


def test_an_information_sheet_says_which_mains_have_to_come_nearer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    county = sample_county()
    sheet = county / "cases" / "land_grant.json"
    status, out, _ = run("plan-layout", sheet, "--county", county, "--json", "-", capsys=capsys)
    assert status == 0
    report = json.loads(out)
    ((site,), clause) = report["sites"], report["clause"]
    (gas,) = site["utilities"]
    assert (clause, site["site_id"], gas["state"]) == ("四(一)", "Z003", "near")
    assert gas["need"]["pressure_class"] == "medium_b"
    assert gas["enough"]["distance_m"] < report["near_m"]
    _, out, _ = run("plan-layout", sheet, "--county", county, capsys=capsys)
    assert "现有干管够用" in out


def test_a_sheet_whose_site_nobody_knows_is_wrong_input(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "sheet.json"
    sheet.write_text(
        '{"case_id": "C1", "applicant_name": "示例", "services": [{"utility": "gas"}]}',
        encoding="utf-8",
    )
    status, _, err = run("plan-layout", sheet, "--county", county, capsys=capsys)
    assert status == 2
    assert "sites" in err
    status, _, err = run("plan-layout", tmp_path / "a.csv", "--county", county, capsys=capsys)
    assert status == 2
    assert "只认 .json 和 .xlsx" in err

"""The command ``trench``: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.builders import line, rectangle, road, route, write_county, write_routes
from tests.hosts.test_cli_check import run

TAIL = """
[defaults]
working_width_m = { water = 2.0, power = 2.0 }
[[units]]
id = "u1"
name = "示例供水公司"
utility = "water"
"""
FACTS = {"laying": "duct", "cover_m": 1.0, "diameter_mm": 110.0, "case_id": "C1"}


@pytest.fixture
def county(tmp_path: Path) -> Path:
    street = road("R1", rectangle(-500, 0, 500, 10), name="示例东街")
    return write_county(tmp_path / "county", roads=[street], tail=TAIL)


def lines(tmp_path: Path, apart_m: float = 3.0) -> Path:
    rows = [
        route("W", line((0, -20), (0, 40)), unit="u1", **FACTS),
        route("P", line((apart_m, -20), (apart_m, 40)), **{**FACTS, "utility": "power"}),
    ]
    return write_routes(tmp_path / "lines.gpkg", rows)


def report(county: Path, routes: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    status, out, _ = run("trench", routes, "--county", county, "--json", "-", capsys=capsys)
    assert status == 0
    return dict(json.loads(out))


def test_a_proposal_has_the_public_keys(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = report(county, lines(tmp_path), capsys)
    assert {"schema", "county", "on", "rules", "suggestions", "crowded", "warnings"} <= set(found)
    (suggestion,) = found["suggestions"]
    assert suggestion["route_ids"] == ["W", "P"]
    first = suggestion["proposals"][0]
    assert (first["kind"], first["variant"]) == ("shared_trench", "all")
    assert (first["before"]["openings"], first["after"]["openings"]) == (2, 1)
    assert first["before"]["cost"] is None  # the county names no prices
    assert [one["route_id"] for one in first["section"]["lines"]] == ["P", "W"]
    by_id = {one["route_id"]: one for one in first["routes"]}
    assert by_id["P"]["line"][0] != by_id["P"]["line"][1]
    assert by_id["W"]["before"]["verdict"] == by_id["W"]["after"]["verdict"]


def test_the_screen_says_who_shares_what_is_saved_and_who_digs(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run("trench", lines(tmp_path), "--county", county, capsys=capsys)
    assert status == 0
    for words in ("电力、给水同沟", "路面开口", "示例东街", "示例供水公司 统一开挖", "断面："):
        assert words in out, words


def test_where_nothing_can_be_shared_it_says_so(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apart = lines(tmp_path, 100.0)
    status, out, _ = run("trench", apart, "--county", county, capsys=capsys)
    assert status == 0
    assert "没有可以合并的外线" in out
    assert report(county, apart, capsys)["suggestions"] == []


def test_wrong_input_ends_with_status_2_and_one_sentence(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (county / "trenches.toml").write_text('pairs = [{ a = "steam" }]', encoding="utf-8")
    status, out, err = run("trench", lines(tmp_path), "--county", county, capsys=capsys)
    assert status == 2
    assert out == ""
    assert "steam" in err


def test_a_countys_correction_changes_what_is_proposed(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = 'a = "water", b = "power", share = "no", confidence = "B", evidence = "会议纪要"'
    (county / "trenches.toml").write_text(f"pairs = [{{ {row} }}]", encoding="utf-8")
    (suggestion,) = report(county, lines(tmp_path), capsys)["suggestions"]
    assert {one["kind"] for one in suggestion["objections"]} == {"not_together"}
    assert {one["kind"] for one in suggestion["proposals"]} == {"shared_opening"}


def test_the_sections_are_drawn_for_screen_paper_and_cad(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], qapp: Any
) -> None:
    folder = tmp_path / "sections"
    arguments = ("trench", lines(tmp_path), "--county", county, "--sections", folder)
    status, out, _ = run(*arguments, capsys=capsys)
    assert status == 0
    endings = ("svg", "png", "dxf", "pdf")
    assert {one.name for one in folder.iterdir()} == {f"S1-all.{one}" for one in endings}
    assert str(folder / "S1-all.png") in out
    (page,) = pypdfium2.PdfDocument(folder / "S1-all.pdf")
    said = page.get_textpage().get_text_bounded()
    assert "断面图" in said
    assert "道路红线" in said or "地面" in said
    svg = (folder / "S1-all.svg").read_text(encoding="utf-8")
    width_mm, height_mm = (
        float(re.search(f'{name}="([0-9.]+)mm"', svg)[1]) for name in ("width", "height")
    )
    assert page.get_size() == pytest.approx((width_mm * 72 / 25.4, height_mm * 72 / 25.4), abs=0.1)


def test_levels_are_heights_where_the_ground_is_known(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], qapp: Any
) -> None:
    folder = tmp_path / "sections"
    arguments = ("trench", lines(tmp_path), "--county", county, "--sections", folder)
    assert run(*arguments, "--ground", "S1=132.45", capsys=capsys)[0] == 0
    (page,) = pypdfium2.PdfDocument(folder / "S1-all.pdf")
    said = page.get_textpage().get_text_bounded()
    assert "132.45 地面" in said
    assert "±0.00" not in said
    depths_m = re.findall(r"([\d.]+)（-([\d.]+)）", said)
    assert depths_m
    for height_m, depth_m in depths_m:
        assert float(height_m) + float(depth_m) == pytest.approx(132.45, abs=0.011)


@pytest.mark.parametrize(
    ("ground", "said"),
    [("S9=1.0", "没有 S9 这一组；现有 S1"), ("S1", "请写成 S1=132.45"), ("S1=high", "S1=high")],
)
def test_a_wrong_height_is_named(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ground: str, said: str
) -> None:
    arguments = ("trench", lines(tmp_path), "--county", county, "--ground", ground)
    status, _, err = run(*arguments, capsys=capsys)
    assert status == 2
    assert said in err


@pytest.fixture
def survey(county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "a.survey.gpkg"
    arguments = ("survey", "import", lines(tmp_path), "--county", county, "--out", path)
    assert run(*arguments, capsys=capsys)[0] == 0
    return path


def test_an_accepted_proposal_changes_the_lines_and_is_not_proposed_again(
    county: Path, survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = report(county, survey, capsys)
    (suggestion,) = before["suggestions"]
    wanted = {one["route_id"]: one for one in suggestion["proposals"][0]["routes"]}
    options = ("--accept", "S1-all", "--by", "规划科", "--json", "-")
    status, out, _ = run("trench", survey, "--county", county, *options, capsys=capsys)
    assert status == 0
    assert json.loads(out)["review"]["verdict"] == "accepted"
    after = report(county, survey, capsys)
    assert after["suggestions"] == []
    assert after["agreed"] == [["P", "W"]]
    assert [one["reviewed_by"] for one in after["reviews"]] == ["规划科"]
    status, out, _ = run("check", survey, "--county", county, "--json", "-", capsys=capsys)
    checked = {one["route_id"]: one for one in json.loads(out)["routes"]}
    for route_id, one in wanted.items():
        assert checked[route_id]["length_m"] == pytest.approx(one["after"]["length_m"])
        assert checked[route_id]["verdict"] == one["after"]["verdict"]


def test_a_proposal_is_returned_with_a_remark(
    county: Path, survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ("trench", survey, "--county", county, "--return", "S1-all", "--by", "规划科")
    status, _, err = run(*arguments, capsys=capsys)
    assert status == 2
    assert "意见" in err
    assert run(*arguments, "--remark", "太近", capsys=capsys)[0] == 0
    found = report(county, survey, capsys)
    assert found["suggestions"]
    assert [(one["verdict"], one["remark"]) for one in found["reviews"]] == [("returned", "太近")]


def test_a_proposal_that_is_not_there_or_two_at_once_end_with_status_2(
    county: Path, survey: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ("trench", survey, "--county", county)
    status, _, err = run(*base, "--accept", "S9-all", capsys=capsys)
    assert status == 2
    assert "S9-all" in err
    assert "S1-all" in err
    status, _, err = run(*base, "--accept", "S1-all", "--reject", "S1-all", capsys=capsys)
    assert status == 2
    assert "一次只能用一个" in err


def test_a_street_that_two_cases_open_within_weeks_is_named(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        route(f"W{number}", line((east, -20), (east, 40)), **{**FACTS, "planned_on": day})
        for number, (east, day) in enumerate(((0, "2026-09-01"), (200, "2026-09-20")))
    ]
    routes = write_routes(tmp_path / "two.gpkg", rows)
    status, out, _ = run("trench", routes, "--county", county, capsys=capsys)
    assert status == 0
    assert "示例东街（R1）在 30 天以内不止一次开挖" in out


def test_the_rules_that_were_followed_are_named_with_how_sure_they_are(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = run("trench", lines(tmp_path), "--county", county, capsys=capsys)[1]
    assert "GB 50289-2016；次序按 2016 版 4.1.3，版次之间有出入，须对照原文确认" in out
    assert report(county, lines(tmp_path), capsys)["edition"] == "2016"


def test_what_a_county_corrected_a_pair_with_is_said(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = 'a = "water", b = "power", share = "discouraged", confidence = "B", evidence = "会议纪要"'
    (county / "trenches.toml").write_text(f"pairs = [{{ {row} }}]", encoding="utf-8")
    out = run("trench", lines(tmp_path), "--county", county, capsys=capsys)[1]
    assert "不宜同沟，须经双方和主管部门同意（会议纪要）" in out

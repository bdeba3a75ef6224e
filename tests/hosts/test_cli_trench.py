"""The command ``trench``: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

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
    assert {one.name for one in folder.iterdir()} == {f"S1-all.{e}" for e in ("svg", "png", "dxf")}
    assert str(folder / "S1-all.png") in out

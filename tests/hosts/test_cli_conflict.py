"""The commands ``conflict list`` and ``conflict settle``, and what ``check`` makes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import ROAD, line, route, write_county, write_routes
from tests.hosts.test_cli_check import run

KNOWN = {"laying": "direct", "diameter_mm": 100.0, "cover_m": 1.0}


def main_line(pipe_id: str, *points: tuple[float, float], **facts: Any) -> dict[str, Any]:
    return {"wkt": line(*points), "pipe_id": pipe_id, "utility": "sewer", **KNOWN, **facts}


@pytest.fixture
def county(tmp_path: Path) -> Path:
    mains = [
        # walls 0.3 m apart where 1.0 m are asked; one that is crossed and whose depth is unknown
        main_line("P1", (0, 0.4), (50, 0.4)),
        main_line("P2", (50, 0.4), (90, 0.4)),
        main_line("P3", (95, -20), (95, 20), cover_m=None),
    ]
    return write_county(tmp_path / "county", roads=[ROAD], pipelines=mains)


@pytest.fixture
def survey(county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    routes = write_routes(tmp_path / "r.gpkg", [route("r1", line((0, 0), (99, 0)), **KNOWN)])
    path = tmp_path / "a.survey.gpkg"
    arguments = ("survey", "import", routes, "--county", county, "--out", path)
    assert run(*arguments, capsys=capsys)[0] == 0
    return path


def listed(survey: Path, county: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    base = ("conflict", "list", survey, "--county", county)
    status, out, _ = run(*base, "--json", "-", capsys=capsys)
    assert status == 0
    return dict(json.loads(out))


def settle(survey: Path, county: Path, conflict_id: str, *options: str) -> tuple[object, ...]:
    base = ("conflict", "settle", survey, "--county", county, "--conflict", conflict_id)
    return (*base, "--by", "张工", *options)


def test_check_shows_one_row_a_cause_with_what_would_settle_it(
    survey: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = run("check", survey, "--county", county, capsys=capsys)
    assert status == 0
    beside = next(row for row in out.splitlines() if "水平净距" in row)
    assert "r1 与既有管线（污水）" in beside
    assert " 2 " in beside  # the main was drawn in two pieces
    assert "r1 向右移 0.70 m，或采取措施并记录" in beside
    unknown = next(row for row in out.splitlines() if "P3" in row)
    assert "既有管线 P3 的埋深未知" in unknown
    assert "开探坑查明埋深" in unknown


def test_a_conflict_is_followed_to_its_outcome_and_the_share_is_shown(
    survey: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = listed(survey, county, capsys)
    assert (before["conflicts_settled"], before["conflicts_count"]) == (0, 3)
    first = before["conflicts"][0]["conflict_id"]
    options = ("--outcome", "protected", "--reason", "加套管，双方同意")
    status, out, _ = run(*settle(survey, county, first, *options), capsys=capsys)
    assert status == 0
    assert "防护：加套管，双方同意（张工" in out
    after = listed(survey, county, capsys)
    assert (after["conflicts_settled"], after["conflicts_count"]) == (1, 3)
    assert after["conflicts"][0]["settlement"]["outcome"] == "protected"
    status, out, _ = run("check", survey, "--county", county, capsys=capsys)
    assert "冲突处理：3 处中已了结 1 处（33%）。" in out
    shown = run("conflict", "list", survey, "--county", county, "--open", capsys=capsys)[1]
    assert first not in shown


def test_strict_counts_only_what_is_open(
    survey: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    strict = ("check", survey, "--county", county, "--on", "2026-11-22", "--strict", "--json", "-")
    assert run(*strict, capsys=capsys)[0] == 1
    for one in listed(survey, county, capsys)["conflicts"]:
        options = ("--outcome", "同意", "--reason", "会议纪要")
        assert run(*settle(survey, county, one["conflict_id"], *options), capsys=capsys)[0] == 0
    report = json.loads(run(*strict, capsys=capsys)[1])
    assert report["conflicts_settled"] == report["conflicts_count"] == 3
    assert all(one["settlement"] is not None for one in report["conflicts"])


@pytest.mark.parametrize(
    ("conflict_id", "options", "said"),
    [
        ("r1/P9/overlap@0.0", ("--outcome", "moved"), "没有这一处"),
        (None, ("--outcome", "forgotten"), "moved（移位）"),
        (None, ("--outcome", "protected"), "要写明措施"),
    ],
)
def test_wrong_input_ends_with_status_2_and_one_sentence(
    survey: Path,
    county: Path,
    capsys: pytest.CaptureFixture[str],
    conflict_id: str | None,
    options: tuple[str, ...],
    said: str,
) -> None:
    name = conflict_id or listed(survey, county, capsys)["conflicts"][0]["conflict_id"]
    status, _, err = run(*settle(survey, county, name, *options), capsys=capsys)
    assert status == 2
    assert said in err
    assert listed(survey, county, capsys)["conflicts_settled"] == 0


def test_a_conflict_that_was_said_to_be_moved_and_is_still_there_is_named(
    survey: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = listed(survey, county, capsys)["conflicts"][0]["conflict_id"]
    assert run(*settle(survey, county, name, "--outcome", "moved"), capsys=capsys)[0] == 0
    found = listed(survey, county, capsys)
    assert (found["conflicts_settled"], len(found["void"])) == (0, 1)
    shown = run("conflict", "list", survey, "--county", county, capsys=capsys)[1]
    assert "已不成立" in shown


def test_any_file_of_routes_can_be_listed(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clear = write_routes(tmp_path / "c.gpkg", [route("r1", line((0, 40), (90, 40)), **KNOWN)])
    assert listed(clear, county, capsys)["conflicts"] == []

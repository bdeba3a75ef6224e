"""What the commands ``survey info``, ``survey copy`` and ``survey recover`` say and write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from neixiang_survey_plugin.hosts.cli.survey import (
    run_survey_copy,
    run_survey_info,
    run_survey_recover,
)
from neixiang_survey_plugin.io.survey.opening import open_survey
from tests.survey.lines import new_survey, route

PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = new_survey(tmp_path)
    store = open_survey(path, "甲")
    store.edit([route(f"r{n}", contractor="示" * 80) for n in range(60)])
    store.close()
    return path


@pytest.fixture
def damaged(path: Path) -> Path:
    """The survey with one page of lines lost."""
    content = bytearray(path.read_bytes())
    page = next(
        page
        for page in range(1, len(content) // PAGE)
        if content[page * PAGE] == 13 and "示".encode() * 80 in content[page * PAGE :][:PAGE]
    )
    content[page * PAGE : (page + 1) * PAGE] = b"\xff" * PAGE
    out = path.with_name("damaged.survey.gpkg")
    out.write_bytes(content)
    return out


def test_info_says_what_there_is(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_survey_info(path, strict=True) == 0
    said = capsys.readouterr().out
    assert "文件完好" in said
    assert "routes 60" in said


def test_info_as_json(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_survey_info(path, json_target="-")
    report = json.loads(capsys.readouterr().out)
    assert report["rows"]["routes"] == 60
    assert (report["schema_version"], report["epsg"]) == (2, 4546)
    assert report["undoable_steps"] == 1
    assert report["last"]["who"] == "甲"
    assert report["damage"] == []


def test_info_of_a_damaged_file_shows_the_way_out(
    damaged: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_survey_info(damaged, strict=True) == 1
    assert run_survey_info(damaged) == 0
    assert "survey recover" in capsys.readouterr().out


def test_copy_says_where_to(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = path.with_name("stick.survey.gpkg")
    run_survey_copy(path, out, json_target="-")
    report = json.loads(capsys.readouterr().out)
    assert report["out"] == str(out)
    assert out.exists()


def test_recover_names_what_was_lost(damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = damaged.with_name("new.survey.gpkg")
    target = damaged.with_name("r.json")
    assert run_survey_recover(damaged, out, json_target=str(target), strict=True) == 1
    report = json.loads(target.read_text("utf-8"))
    said = capsys.readouterr().out
    assert "丢失的外线" in said
    assert report["lost_routes"][0] in said
    assert report["saved"]["routes"] + len(report["lost_routes"]) == 60
    assert not report["complete"]


def test_recover_of_a_whole_file_loses_nothing(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_survey_recover(path, path.with_name("new.survey.gpkg"), strict=True) == 0
    assert "没有发现丢失" in capsys.readouterr().out

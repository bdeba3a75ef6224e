"""The command line for people: streams, terminals, warnings, versions, survey files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import builders
from tests.hosts.test_cli_check import ACROSS, DATA, checked, county, routes, run

__all__ = ["county", "routes"]  # fixtures


def test_a_column_that_is_misspelt_is_named(
    tmp_path: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = builders.route("r1", ACROSS, planed_on="2029-01-01", name="东线")
    report = checked(builders.write_routes(tmp_path / "some.gpkg", [row]), county, capsys)
    (warning,) = [one for one in report["warnings"] if "planed_on" in one]
    assert "planned_on" in warning
    assert not any("name" in one for one in report["warnings"])


def test_a_stream_that_lacks_a_character_gets_a_question_mark_and_json_stays_utf8(
    routes: Path, county: Path
) -> None:
    def output(*arguments: str) -> bytes:
        return subprocess.run(
            [*_PROGRAM, "check", routes, "--county", county, *arguments],
            env={**os.environ, "PYTHONIOENCODING": "gbk"},
            capture_output=True,
            check=True,
        ).stdout

    assert "告知承诺" in output().decode("gbk")
    assert json.loads(output("--json", "-").decode("utf-8"))["county"] == "测试县"


@pytest.mark.parametrize("columns", [80, 100])
def test_a_narrow_terminal_cuts_no_figure_and_no_word(columns: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _NARROW.format(columns=columns, data=DATA)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "…" not in done.stdout
    assert "15.001" in done.stdout
    assert "20.0001" in done.stdout


_PROGRAM = (sys.executable, "-m", "neixiang_survey_plugin")
_NARROW = """
import sys
from neixiang_survey_plugin.hosts.cli import check, output
from rich.console import Console
check.screen = lambda quiet: Console(width={columns}, highlight=False)
check.run_check(__import__("pathlib").Path("{data}/cases/routes.gpkg"),
                __import__("pathlib").Path("{data}"), on=None, json_target=None, strict=False)
"""


def test_lines_that_were_judged_as_one_are_said_to_be(
    tmp_path: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [
        builders.route(name, builders.line((115.0, y), (235.0, y)), case_id="c1")
        for name, y in (("a", 20.0), ("b", 60.0))
    ]
    file = builders.write_routes(tmp_path / "two.gpkg", rows)
    status, out, _ = run("check", file, "--county", county, capsys=capsys)
    assert status == 0
    assert "合并判定" in out
    assert "239.98" in out


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run("--version", capsys=capsys)
    metadata = (DATA.parent / "metadata.txt").read_text(encoding="utf-8")
    assert status == 0
    assert f"version={out.strip()}\n" in metadata


def test_a_grid_that_measures_nothing_true_is_named_with_its_file(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = county / "county.toml"
    text = file.read_text(encoding="utf-8").replace("epsg = 4546", "epsg = 3857")
    file.write_text(text, encoding="utf-8")
    status, _, err = run("county", "check", county, capsys=capsys)
    assert status == 2
    assert "county.toml" in err
    assert "epsg" in err


def test_a_survey_file_is_checked_like_any_file_of_routes(
    routes: Path, county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    survey = tmp_path / "五线.survey.gpkg"
    assert (
        run("survey", "import", routes, "--county", county, "--out", survey, capsys=capsys)[0] == 0
    )
    assert checked(survey, county, capsys)["routes"] == checked(routes, county, capsys)["routes"]
    status, _, err = run(
        "survey", "import", routes, "--county", county, "--out", survey, capsys=capsys
    )
    assert status == 2
    assert survey.name in err
    assert run("survey", "info", survey, "--strict", capsys=capsys)[0] == 0

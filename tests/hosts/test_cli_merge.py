"""``survey merge`` from the command line: what it asks, what it says, its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.hosts.test_cli_check import run
from tests.survey.lines import new_survey
from tests.survey.merging import at_work, copy_of, lengths, put


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two copies of a survey, on both of which r1 was changed."""
    a = at_work(new_survey(tmp_path, "a"), "甲", put("r1"))
    b = copy_of(a, "b")
    at_work(a, "甲", put("r1", 20.0))
    at_work(b, "乙", put("r1", 30.0), put("r2"))
    return [str(a), str(b)]


def test_without_a_choice_the_conflict_is_said_and_nothing_is_written(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.survey.gpkg"
    status, said, problems = run("survey", "merge", *files, "--out", out, capsys=capsys)
    assert (status, said) == (2, "")
    (sentence,) = problems.strip().splitlines()
    assert "外线 r1" in sentence
    assert "--choose r1=B" in sentence
    assert not out.exists()


@pytest.mark.parametrize(
    ("options", "length_m"),
    [(["--choose", "r1=b"], 30.0), (["--prefer", "A"], 20.0)],
)
def test_with_a_choice_the_files_become_one(
    files: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    length_m: float,
) -> None:
    out, report = tmp_path / "out.survey.gpkg", tmp_path / "report.json"
    status, said, _ = run(
        *("survey", "merge", *files, "--out", out, "--json", report, *options), capsys=capsys
    )
    assert status == 0
    assert "已合并为" in said
    assert "按选择取舍：r1" in said
    assert lengths(out) == {"r1": length_m, "r2": 10.0}
    written = json.loads(report.read_text("utf-8"))
    assert (written["rows"], written["resolved"]) == ({"routes": 2}, ["r1"])


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--prefer", "C"], "--prefer C：只能是 A、B 或 both"),
        (["--choose", "r1"], "--choose r1：请写成"),
        (["--choose", "r1=9"], "--choose r1 9：只能是"),
        (["--choose", "r1=A", "--choose", "r7=A"], "--choose r7：这几个文件对它没有分歧"),
    ],
)
def test_a_slip_in_the_choices_is_one_sentence(
    files: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: list[str],
    problem: str,
) -> None:
    out = tmp_path / "out.survey.gpkg"
    status, _, problems = run("survey", "merge", *files, "--out", out, *options, capsys=capsys)
    assert status == 2
    (sentence,) = problems.strip().splitlines()
    assert problem in sentence
    assert not out.exists()

"""The run that decides about a merge fails when a test was left out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")

SKIPPED = """
import pytest

def test_that_runs():
    assert True

@pytest.mark.skip(reason="not today")
def test_that_does_not():
    assert True
"""
EXPECTED_TO_FAIL = """
import pytest

@pytest.mark.xfail(reason="not yet", strict=False)
def test_that_may_fail():
    assert False
"""
SKIPPED_MODULE = """
import pytest

pytest.importorskip("a_module_that_nobody_has")
"""
RUNNING = """
def test_that_runs():
    assert True
"""


def run_pytest(
    folder: Path, source: str, no_skip: str, *options: str
) -> subprocess.CompletedProcess[str]:
    shutil.copy(CONFTEST, folder)
    (folder / "test_sample.py").write_text(source, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options, str(folder)],
        cwd=folder,
        env={**os.environ, "SURVEY_NO_SKIP": no_skip},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("source", [SKIPPED, EXPECTED_TO_FAIL], ids=["skipped", "xfailed"])
def test_a_test_left_out_fails_the_strict_run_and_says_so(tmp_path: Path, source: str) -> None:
    result = run_pytest(tmp_path, source, no_skip="1")
    assert result.returncode == 1
    assert "1 tests did not run" in result.stdout


@pytest.mark.parametrize(("source", "code"), [(SKIPPED, 1), (RUNNING, 0)], ids=["one", "none"])
def test_a_test_left_out_by_one_of_two_processes_counts(
    tmp_path: Path, source: str, code: int
) -> None:
    result = run_pytest(tmp_path, source, "1", "--numprocesses", "2")
    assert result.returncode == code
    assert ("1 tests did not run" in result.stdout) == bool(code)


def test_a_module_left_out_fails_the_strict_run(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, SKIPPED_MODULE + RUNNING, no_skip="1").returncode != 0


def test_the_everyday_run_may_skip(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, SKIPPED, no_skip="0").returncode == 0


def test_the_strict_run_passes_where_everything_ran(tmp_path: Path) -> None:
    assert run_pytest(tmp_path, RUNNING, no_skip="1").returncode == 0

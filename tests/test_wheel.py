"""What an office installs: one file with everything that a checkout has, found where it lies."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "neixiang_survey_plugin"
SHIPPED_BESIDE = ("data", "icons")
SHIPPED_INSIDE = ("rules", "templates")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an unpacked wheel, which is all that installing a pure one comes to."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run_installed(installed: Path, *arguments: str) -> str:
    result = subprocess.run(
        [sys.executable, *arguments],
        cwd=installed.parent,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def files_below(folder: Path) -> set[str]:
    leavings = {"__pycache__", ".gitignore"}
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not leavings.intersection(path.parts)
    }


@pytest.mark.parametrize("name", SHIPPED_BESIDE)
def test_the_wheel_carries_what_lies_beside_the_package(installed: Path, name: str) -> None:
    shipped = files_below(installed / PACKAGE.name / "_shipped" / name)
    assert shipped
    assert shipped == files_below(ROOT / name)


@pytest.mark.parametrize("name", SHIPPED_INSIDE)
def test_the_wheel_carries_what_lies_in_the_package(installed: Path, name: str) -> None:
    shipped = files_below(installed / PACKAGE.name / name)
    assert shipped
    assert shipped == files_below(PACKAGE / name)


def test_the_wheel_carries_the_licence_and_no_leavings(installed: Path) -> None:
    names = {path.name for path in installed.rglob("*")}
    assert "LICENSE" in names
    assert {"__pycache__", "tests", "tools"}.isdisjoint(names)


def test_the_installed_program_finds_its_own_files(installed: Path) -> None:
    script = (
        "from neixiang_survey_plugin.places import *;"
        "print(sample_county(), icons_folder(), rules_folder(), templates_folder(), sep='|')"
    )
    for folder in run_installed(installed, "-c", script).strip().split("|"):
        assert Path(folder).is_relative_to(installed)
        assert any(Path(folder).iterdir())


def test_the_installed_program_says_how_to_use_it(installed: Path) -> None:
    text = run_installed(installed, "-m", "neixiang_survey_plugin", "--help")
    for command in ("demo", "check", "county"):
        assert command in text

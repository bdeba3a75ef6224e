"""The plugin as the plugin repository scans it: bandit and flake8 over what the ZIP holds."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tools.make_plugin_zip import build

# SQL knows no parameters for the names of tables and columns: those alone are put into the text,
# and come from the program's own lists of tables or from the file's own, quoted. What a user gave
# stands in parameters. Everything else that bandit calls medium or worse has to go.
KNOWN = {"B608": ("io/gpkg", "io/survey/", "io/importing/")}
LINE = 100
# The formatter puts a space before the colon of a long slice, flake8's style guide does not.
LEFT_TO_THE_FORMATTER = "E203"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("zip")
    with zipfile.ZipFile(build(folder)) as archive:
        archive.extractall(folder / "plugins")
    return folder / "plugins" / "neixiang_survey_plugin"


def ran(*words: object) -> str:
    call = [sys.executable, "-m", *map(str, words)]
    return subprocess.run(call, capture_output=True, encoding="utf-8", check=False).stdout


def test_bandit_finds_nothing_but_what_is_known(unpacked: Path) -> None:
    found: dict[str, Any] = json.loads(ran("bandit", "-q", "-r", "-ll", "-f", "json", unpacked))
    assert found["errors"] == []
    left = [
        f"{one['filename']}:{one['line_number']} {one['test_id']} {one['issue_text']}"
        for one in found["results"]
        if not one["filename"].startswith(
            tuple(f"{unpacked}/{room}" for room in KNOWN.get(one["test_id"], ()))
        )
    ]
    assert left == []


def test_flake8_finds_nothing(unpacked: Path) -> None:
    words = ("--isolated", f"--max-line-length={LINE}", f"--extend-ignore={LEFT_TO_THE_FORMATTER}")
    assert ran("flake8", *words, unpacked).splitlines() == []

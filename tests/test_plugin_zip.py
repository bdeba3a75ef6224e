"""The ZIP that QGIS installs: one folder, all that the plugin needs, nothing compiled."""

from __future__ import annotations

import ast
import configparser
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tools.make_plugin_zip import build

NAME = "neixiang_survey_plugin"
ROOT = Path(__file__).resolve().parents[1]
# What the plugin repository refuses, and what has no place in a plugin.
REFUSED = {".pyc", ".so", ".dll", ".pyd", ".dylib", ".exe", ".whl", ".zip"}
MOST_BYTES = 20_000_000  # the plugin repository's limit


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("dist"))


def names(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        return opened.namelist()


def test_the_name_has_the_version(archive: Path) -> None:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read_string((ROOT / "metadata.txt").read_text(encoding="utf-8"))
    assert archive.name == f"{NAME}.{parser['general']['version']}.zip"


def test_there_is_one_folder_of_the_plugin_s_name(archive: Path) -> None:
    assert {name.split("/")[0] for name in names(archive)} == {NAME}


@pytest.mark.parametrize(
    "name",
    [
        "__init__.py",
        "metadata.txt",
        "LICENSE",
        "icons/icon.svg",
        "data/county.toml",
        "rules/neixiang_2022.toml",
        "templates/commitment.docx",
        "i18n/zh.toml",
        "ui/style.qss",
        "requirements-qgis.txt",
    ],
)
def test_what_it_needs_is_inside(archive: Path, name: str) -> None:
    assert f"{NAME}/{name}" in names(archive)


def test_nothing_compiled_hidden_or_of_the_command_line_is_inside(archive: Path) -> None:
    inside = names(archive)
    assert [one for one in inside if Path(one).suffix in REFUSED or "__pycache__" in one] == []
    assert [one for one in inside if any(part.startswith(".") for part in one.split("/"))] == []
    assert [one for one in inside if "hosts/cli" in one or "hosts/desktop" in one] == []


def test_it_is_no_larger_than_the_plugin_repository_takes(archive: Path) -> None:
    assert archive.stat().st_size < MOST_BYTES


def test_nothing_inside_imports_what_was_left_out(archive: Path) -> None:
    left_out = tuple(f"{NAME}.hosts.{one}" for one in ("cli", "desktop"))
    with zipfile.ZipFile(archive) as opened:
        wanted = {
            f"{name}: {node.module}"
            for name in opened.namelist()
            if name.endswith(".py")
            for node in ast.walk(ast.parse(opened.read(name)))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(left_out)
        }
    assert wanted == set()


def test_the_same_tree_gives_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    assert build(tmp_path).read_bytes() == archive.read_bytes()


def test_the_sample_county_is_read_where_it_was_unpacked(archive: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(tmp_path)
    script = (
        "from neixiang_survey_plugin import places;"
        "from neixiang_survey_plugin.io.county_file import load_county;"
        "print(load_county(places.sample_county()).name, places.icons_folder())"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert str(tmp_path / NAME / "icons") in result.stdout

"""Who may import whom: core and app stand on the standard library, numpy and shapely alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "neixiang_survey_plugin"

REFUSED = (
    "PyQt5 PyQt6 PySide2 PySide6 qgis osgeo geopandas pandas pyproj pyogrio fiona folium pydantic "
    "typer click rich docx docxtpl ezdxf branca chinese_calendar openpyxl psycopg fpdf fontTools"
).split()

# What each part may import beside the standard library and the package itself.
ALLOWED = {
    "core": {"numpy", "shapely"},
    "app": {"numpy", "shapely", "rtree"},
    "io": {
        "numpy",
        "shapely",
        "pyproj",
        "pyarrow",
        "pyogrio",
        "defusedxml",
        "docx",
        "docxtpl",
        "branca",
        "exifread",
        "ezdxf",
        "folium",
        "fontTools",
        "fpdf",
        "chinese_calendar",
        "openpyxl",
        "psycopg",
    },
    "render": {"numpy", "shapely"},
    "hosts/desktop": {"numpy", "shapely"},
    "hosts/windows": {"numpy", "shapely"},
    "hosts/qgis": {"numpy", "shapely", "qgis"},
    "hosts/cli": {"numpy", "shapely", "typer", "rich"},
}

REFUSING_IMPORTS = f"""
import importlib, pkgutil, sys

REFUSED = {REFUSED!r}

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in REFUSED:
            raise ImportError(name + " is refused here")
        return None

sys.meta_path.insert(0, Refuse())

def import_all(package_name):
    package = importlib.import_module(package_name)
    for module in pkgutil.walk_packages(package.__path__, package_name + "."):
        importlib.import_module(module.name)
        print(module.name)
"""


def run_refusing(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", REFUSING_IMPORTS + script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def imported_packages(module: Path) -> Iterator[str]:
    """Top-level names that a module imports, wherever in the file."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: a relative import"
            yield str(node.module).partition(".")[0]


@pytest.mark.parametrize("part", ["core", "app"])
def test_every_module_imports_without_window_files_or_command_line(part: str) -> None:
    result = run_refusing(f"import_all('neixiang_survey_plugin.{part}')")
    assert result.returncode == 0, result.stderr
    modules = {path.stem for path in (PACKAGE / part).rglob("*.py")} - {"__init__"}
    imported = {line.rpartition(".")[2] for line in result.stdout.split()}
    assert modules
    assert modules <= imported


def test_the_refusal_refuses() -> None:
    result = run_refusing("import pyproj")
    assert "pyproj is refused here" in result.stderr


@pytest.mark.parametrize("part", list(ALLOWED))
def test_a_part_names_only_the_libraries_it_may(part: str) -> None:
    allowed = ALLOWED[part] | set(sys.stdlib_module_names) | {"neixiang_survey_plugin"}
    strangers = {
        f"{module.relative_to(PACKAGE)}: {name}"
        for module in (PACKAGE / part).rglob("*.py")
        for name in imported_packages(module)
        if name not in allowed
    }
    assert strangers == set()


def test_importing_the_package_imports_none_of_its_parts() -> None:
    script = "import neixiang_survey_plugin; print(*sys.modules, sep=chr(10))"
    loaded = run_refusing(script).stdout.split()
    assert "neixiang_survey_plugin" in loaded
    assert [name for name in loaded if name.startswith("neixiang_survey_plugin.")] == []

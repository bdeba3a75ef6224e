"""What the plugin imports in QGIS is QGIS's own, or named in its requirements, or never needed."""

from __future__ import annotations

import ast
import re
import sys
import zipfile
from pathlib import Path

import pytest

from neixiang_survey_plugin.hosts.qgis.missing import LEAST_SHAPELY
from tools.make_plugin_zip import build

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "neixiang_survey_plugin" / "requirements-qgis.txt"
# What every QGIS brings with its Python.
QGISS_OWN = {"numpy", "pyproj", "qgis", "lxml", "jinja2", "PIL", "requests", "osgeo"}
# What the plugin does without: foreign formats and databases, an index that numpy replaces,
# drawings for CAD.
DONE_WITHOUT = {"pyogrio", "rtree", "ezdxf", "psycopg", "pyarrow"}
IMPORTED_AS = {
    "python-docx": "docx",
    "fpdf2": "fpdf",
    "fonttools": "fontTools",
    "chinesecalendar": "chinese_calendar",
    "XStatic-Leaflet": "xstatic",
    "XStatic-jQuery": "xstatic",
}


def pins(path: Path) -> dict[str, str]:
    text = path.read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w-]+)==([\w.]+)", text, re.MULTILINE))


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The packages from elsewhere that anything in the plugin's ZIP imports."""
    names: set[str] = set()
    with zipfile.ZipFile(build(tmp_path_factory.mktemp("dist"))) as archive:
        for member in archive.namelist():
            if member.endswith(".py"):
                for node in ast.walk(ast.parse(archive.read(member))):
                    if isinstance(node, ast.Import):
                        names.update(alias.name for alias in node.names)
                    elif isinstance(node, ast.ImportFrom) and not node.level:
                        names.add(node.module or "")
    tops = {name.split(".")[0] for name in names}
    return tops - set(sys.stdlib_module_names) - {"neixiang_survey_plugin"}


def test_whatever_the_plugin_imports_is_there_in_qgis(imported: set[str]) -> None:
    named = {IMPORTED_AS.get(name, name) for name in pins(REQUIREMENTS)}
    assert imported - named - QGISS_OWN - DONE_WITHOUT == set()


def test_the_requirements_are_the_versions_that_the_program_was_tested_with() -> None:
    tested, wanted = pins(ROOT / "constraints.txt"), pins(REQUIREMENTS)
    assert wanted.pop("shapely").split(".")[0] == tested["shapely"].split(".")[0]
    assert wanted.items() <= tested.items()


def test_the_oldest_shapely_is_the_same_wherever_it_is_named() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    [oldest] = re.findall(r'"shapely>=([\d.]+)"', project)
    assert pins(ROOT / "tools" / "oldest-requirements.txt")["shapely"] == oldest
    assert oldest == LEAST_SHAPELY
    assert f"shapely {oldest}" in (ROOT / "metadata.txt").read_text(encoding="utf-8")

"""One code for Qt 5 and Qt 6: every name of Qt's that the windows use is there under both."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import neixiang_survey_plugin

PACKAGE = Path(neixiang_survey_plugin.__file__).parent
MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport")
# What only one of the two has; code asks for it by name before it uses it.
ASKED_FOR = {
    "QtWidgets.QAction",
    "QtCore.QLibraryInfo.location",
    "QtCore.QLibraryInfo.LibraryLocation",
}


def dotted(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)) is not None:
        return f"{before}.{node.attr}"
    return None


def names_of_qt(source: str) -> Iterator[str]:
    """Every dotted name that begins with a module of Qt's, or with what was named after one."""
    tree = ast.parse(source)
    short = {
        node.targets[0].id: name
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and (name := dotted(node.value)) is not None
        and name.split(".")[0] in MODULES
    }
    for node in ast.walk(tree):
        name = dotted(node) if isinstance(node, ast.Attribute) else None
        if name is None:
            continue
        first, _, rest = name.partition(".")
        whole = f"{short[first]}.{rest}" if first in short else name
        if whole.split(".")[0] in MODULES:
            yield whole


def is_there(binding: str, name: str) -> bool:
    module, *parts = name.split(".")
    found = importlib.import_module(f"{binding}.{module}")
    for part in parts:
        if not hasattr(found, part):
            return False
        found = getattr(found, part)
        if not isinstance(found, type):  # an enum's member, a signal, a function: as far as we see
            return True
    return True


@pytest.mark.parametrize("binding", ["PyQt5", "PyQt6"])
def test_every_name_of_qt_is_there_under_both(binding: str) -> None:
    missing = {
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in PACKAGE.rglob("*.py")
        for name in names_of_qt(path.read_text(encoding="utf-8"))
        if name not in ASKED_FOR and not is_there(binding, name)
    }
    assert missing == set()


def names_imported_through_qgis(source: str) -> Iterator[str]:
    """What is imported from QGIS's own Qt by name: ``sip.isdeleted``."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qgis.PyQt"):
            for one in node.names:
                yield f"{(node.module or '').removeprefix('qgis.PyQt')}.{one.name}".lstrip(".")


def test_what_is_taken_from_qgis_s_own_qt_is_there_in_qt_6() -> None:
    names = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in names_imported_through_qgis(path.read_text(encoding="utf-8"))
    }
    assert "sip.isdeleted" in names
    assert {name for name in names if not is_there("PyQt6", name)} == set()


def test_a_name_that_qt_6_has_elsewhere_is_found_where_it_is_imported() -> None:
    [name] = names_imported_through_qgis("from qgis.PyQt.QtWidgets import QAction")
    assert not is_there("PyQt6", name)


def test_an_enum_without_its_scope_is_found() -> None:
    [name] = set(names_of_qt("a = QtCore.Qt\nb = a.AlignLeft")) - {"QtCore.Qt"}
    assert name == "QtCore.Qt.AlignLeft"
    assert is_there("PyQt5", name)
    assert not is_there("PyQt6", name)

"""QGIS 4 knows members of enums only by their enum: no name of QGIS's leaves it out."""

from __future__ import annotations

import ast
from pathlib import Path

import qgis.core
import qgis.gui
from qgis.core import QgsApplication

from tests.test_scoped_enums import dotted

ROOT = Path(__file__).resolve().parents[2]


def is_without_its_enum(name: str) -> bool:
    """Whether the last part is a member of an enum that stands outside of it."""
    first, *parts = name.split(".")
    found = getattr(qgis.core, first, None) or getattr(qgis.gui, first, None)
    for part in parts:
        if not isinstance(found, type):
            return False
        above, found = found, getattr(found, part, None)
        is_member = isinstance(found, int) and not isinstance(found, bool)
        if is_member and not issubclass(above, int) and not hasattr(above, "__members__"):
            return True
    return False


def test_every_member_of_an_enum_of_qgis_s_is_named_with_it(qgis_app: QgsApplication) -> None:
    folder = ROOT / "neixiang_survey_plugin" / "hosts" / "qgis"
    names = {
        f"{path.name}: {name}"
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and (name := dotted(node)) is not None
        and name.startswith("Qgs")
        and is_without_its_enum(name)
    }
    assert names == set()


def test_a_member_without_its_enum_is_found() -> None:
    assert is_without_its_enum("QgsWkbTypes.PolygonGeometry")
    assert not is_without_its_enum("QgsWkbTypes.GeometryType.PolygonGeometry")


# What Qt 6 or QGIS 4 no longer has, or has under another name; what 3.22 itself calls deprecated
# warns when it is called, which fails a test.
GONE = {
    "exec_",
    "QRegExp",
    "QDesktopWidget",
    "QVariant.Type",
    "QtWidgets.QAction",
    "QFontMetrics.width",
    "writeAsVectorFormat",
    "writeAsVectorFormatV2",
    "setEditorWidgetV2",
    "setDatumTransform",
    "layerTreeCanvasBridge",
    "QgsField.setAllowedValues",
    "QgsComposition",
    "QgsMapLayerRegistry",
}
ASKED_FOR_BY_NAME = {"QtWidgets.QAction"}  # where QtGui, as in Qt 6, does not have it


def names_that_are_gone(source: str) -> set[str]:
    names = {
        name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute | ast.Name) and (name := dotted(node)) is not None
    }
    parts = {".".join(name.split(".")[-count:]) for name in names for count in (1, 2)}
    return parts & GONE - ASKED_FOR_BY_NAME


def test_nothing_is_used_that_qgis_4_has_no_more() -> None:
    package = ROOT / "neixiang_survey_plugin"
    folders = (package / name for name in ("hosts/qgis", "hosts/windows", "ui", "render"))
    paths = [path for folder in folders for path in folder.rglob("*.py")]
    assert len(paths) > 100
    found = {path.name: names_that_are_gone(path.read_text(encoding="utf-8")) for path in paths}
    assert {name: gone for name, gone in found.items() if gone} == {}


def test_a_name_that_is_gone_is_found() -> None:
    assert names_that_are_gone("dialog.exec_()") == {"exec_"}
    assert names_that_are_gone("QgsVectorFileWriter.writeAsVectorFormatV3()") == set()

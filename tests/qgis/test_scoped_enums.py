"""QGIS 4 knows members of enums only by their enum: no name of QGIS's leaves it out."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
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
    # of Qt
    "exec_",
    "print_",
    "QRegExp",
    "QRegExpValidator",
    "QDesktopWidget",
    "QStringList",
    "QTextCodec",
    "QSignalMapper.mapped",
    "QApplication.desktop",
    "QPixmap.grabWidget",
    "QtWidgets.QAction",
    "QtWidgets.QActionGroup",
    "QtWidgets.QShortcut",
    "QtWidgets.QUndoStack",
    "QFontMetrics.width",
    "Qt.MidButton",
    "setResizeMode",
    "setCodec",
    "globalPos",
    "localPos",
    # a field's type is QMetaType's now
    *(
        f"QVariant.{name}"
        for name in "Type Invalid Bool Int UInt LongLong ULongLong Double String StringList "
        "ByteArray Date Time DateTime List Map".split()
    ),
    # of QGIS
    "QgsField.setAllowedValues",
    "QgsComposition",
    "QgsMapLayerRegistry",
    "QgsMapCanvasSnapper",
    "writeAsVectorFormat",
    "writeAsVectorFormatV2",
    "setEditorWidgetV2",
    "setDatumTransform",
    "layerTreeCanvasBridge",
    # members that stood beside their enum; QGIS has both forms in 3.22, the scoped one in 4
    *(f"QgsWkbTypes.{name}" for name in "Point LineString Polygon MultiPolygon Unknown".split()),
    *(f"QgsMapLayer.{name}" for name in "VectorLayer RasterLayer".split()),
    *(f"Qgis.{name}" for name in "Info Warning Critical Success".split()),
    *(f"QgsProcessing.Type{name}" for name in "VectorLine VectorPoint VectorPolygon".split()),
    *(f"QgsFeatureRequest.{name}" for name in "NoGeometry ExactIntersect".split()),
    "QgsVectorFileWriter.NoError",
    "QgsUnitTypes.RenderMillimeters",
}
ASKED_FOR_BY_NAME = {
    "QtWidgets.QAction",  # where QtGui, as in Qt 6, does not have it
    "localPos",  # where an event has no position(), as in Qt 5
}


def names_that_are_gone(source: str) -> set[str]:
    """Names that are used or imported, whatever they are called after."""
    tree = ast.parse(source)
    names = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute | ast.Name) and (name := dotted(node)) is not None
    }
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names |= {
        f"{node.module}.{one.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    }
    parts = {".".join(name.split(".")[-count:]) for name in names for count in (1, 2)}
    return parts & GONE - ASKED_FOR_BY_NAME


def test_nothing_is_used_that_qgis_4_has_no_more() -> None:
    folders = (ROOT / "neixiang_survey_plugin", ROOT / "tools" / "qgis_files")
    paths = [path for folder in folders for path in folder.rglob("*.py")]
    assert len(paths) > 600
    found = {path.name: names_that_are_gone(path.read_text(encoding="utf-8")) for path in paths}
    assert {name: gone for name, gone in found.items() if gone} == {}


@pytest.mark.parametrize(
    ("source", "gone"),
    [
        ("dialog.exec_()", {"exec_"}),
        ("form().exec_()", {"exec_"}),
        ("QgsField('a', QtCore.QVariant.String)", {"QVariant.String"}),
        ("from qgis.PyQt.QtCore import QRegExp", {"QRegExp"}),
        ("from qgis.PyQt.QtWidgets import QShortcut", {"QtWidgets.QShortcut"}),
        ("QgsVectorFileWriter.writeAsVectorFormatV3()", set()),
        ("QgsWkbTypes.Type.Point", set()),
    ],
)
def test_a_name_that_is_gone_is_found(source: str, gone: set[str]) -> None:
    assert names_that_are_gone(source) == gone

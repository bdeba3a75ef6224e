"""Projects of QGIS's: the sample's is ready at once, a survey opens with its own, plan sheets."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsPrintLayout,
    QgsProject,
    QgsReadWriteContext,
    QgsRenderContext,
)
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtXml import QDomDocument

from neixiang_survey_plugin import places
from neixiang_survey_plugin.hosts.qgis import plan_sheet
from neixiang_survey_plugin.hosts.qgis.roles import layers_by_role
from neixiang_survey_plugin.hosts.qgis.styles import top_down
from tests.qgis.iface import Iface
from tools.qgis_files.plan_sheet import write_template
from tools.qgis_files.project import NAME, write_project


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample's folder: QGIS writes into files that it shows."""
    return shutil.copytree(places.sample_county(), tmp_path_factory.mktemp("there") / "data")


def opened(path: Path) -> QgsProject:
    project = QgsProject.instance()
    assert project.read(str(path)), project.error()
    return project


def exported(layout: Any, folder: Path) -> str:
    """The words of a layout's PDF; its picture lies beside it."""
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.textRenderFormat = QgsRenderContext.TextFormatAlwaysText
    path = folder / "sheet.pdf"
    done = QgsLayoutExporter(layout).exportToPdf(str(path), settings)
    assert done == QgsLayoutExporter.ExportResult.Success
    subprocess.run(["pdftoppm", "-r", "50", "-png", path, folder / "sheet"], check=True)
    told = subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True)
    return told.stdout.decode("utf-8")


def texts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {one: archive.read(one).decode("utf-8") for one in archive.namelist()}


def test_project_and_template_are_what_the_script_makes(
    qgis_app: QgsApplication, tmp_path: Path
) -> None:
    write_template(tmp_path)
    made, kept = tmp_path / plan_sheet.TEMPLATE.name, plan_sheet.TEMPLATE
    assert made.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8")
    project = texts(write_project(places.sample_county(), tmp_path))
    assert project == texts(places.sample_county() / NAME), "run tools/make_qgis_files.py"


def test_the_project_of_the_sample_opens_whole_wherever_it_lies(
    qgis_app: QgsApplication, county: Path, tmp_path: Path
) -> None:
    project = opened(county / NAME)
    layers = project.mapLayers().values()
    assert all(layer.isValid() for layer in layers)
    assert {Path(one.source().partition("|")[0]).is_relative_to(county) for one in layers} == {True}
    assert layers_by_role().keys() == set(top_down())
    assert project.crs().authid() == "EPSG:4546"
    assert all(one.renderer().type() != "nullSymbol" for one in layers)
    [layout] = project.layoutManager().layouts()
    words = exported(layout, tmp_path)
    assert "1:500" in words
    assert "580450" in words  # the grid has its coordinates
    project.clear()


def test_the_plugin_is_ready_at_once_in_the_project_of_the_sample(
    iface: Iface, plugin: Any, county: Path
) -> None:
    opened(county / NAME)
    plugin.action.setChecked(True)
    assert plugin.roles_form is None
    assert len(plugin.bench.session.routes) > 40
    assert plugin.bench.follower._followed == layers_by_role()
    assert len(QgsProject.instance().mapLayers()) == len(top_down()) + 1


def test_a_survey_goes_with_its_project_and_comes_with_it(
    iface: Iface, plugin: Any, tmp_path: Path
) -> None:
    plugin.action.setChecked(True)
    plugin.start.buttons[0].click()
    path = plugin.bench.work.path
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "mine.qgz"))
    project.clear()
    assert plugin.bench is None
    opened(tmp_path / "mine.qgz")
    assert plugin.bench.work.path == path
    plugin.unload()
    project.clear()
    plugin.initGui()
    opened(tmp_path / "mine.qgz")  # and where the panels were not shown yet
    assert plugin.bench.work.path == path
    assert plugin.dock.isVisible()


def test_the_sheet_of_a_case_shows_its_lines_at_a_usual_scale(
    iface: Iface, plugin: Any, tmp_path: Path
) -> None:
    plugin.action.setChecked(True)
    plugin.start.buttons[0].click()
    for case_id in ("C02", "C02", None):
        plugin.bench.choose_case(case_id)
        plugin.bench.actions_.run("plan_sheet")
    first, second = iface.layouts
    assert plugin.bench.lines.there
    title = plugin.bench.look.texts("qgis.sheet")
    assert [first.name(), second.name()] == [f"{title} C02", f"{title} C02 2"]
    assert iface.sentences() == [plugin.bench.look.texts("qgis.no_lines_for_sheet")]
    cells = [one.currentText() for one in first.items() if isinstance(one, QgsLayoutItemLabel)]
    assert {"C02", "1:500", "示例地块2"} <= set(cells)
    exported(first, tmp_path)
    image = QImage(str(next(tmp_path.glob("sheet*.png"))))
    colours = {image.pixelColor(x, y).name() for x in range(40, 600) for y in range(40, 500)}
    assert "#ff00ff" in colours  # the gas line of the case


def test_lines_that_do_not_fit_are_shown_at_the_next_smaller_scale(
    qgis_app: QgsApplication,
) -> None:
    layout = QgsPrintLayout(QgsProject.instance())
    document = QDomDocument()
    document.setContent(plan_sheet.TEMPLATE.read_text(encoding="utf-8"))
    layout.loadFromTemplate(document, QgsReadWriteContext())
    layout.itemById("map").setCrs(QgsCoordinateReferenceSystem("EPSG:4546"))
    for width_m, scale in ((100.0, 500), (200.0, 1_000), (500.0, 2_000), (9e9, 25_000)):
        plan_sheet.show_at_scale(layout, (0.0, 0.0, width_m, 10.0))
        assert layout.itemById("map").scale() == pytest.approx(scale, rel=1e-3)
        assert layout.itemById("map").grids().grid(0).intervalX() == scale / 10

"""The ready project of the sample county: its layers in their styles, their roles, the sheet."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProject,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from neixiang_survey_plugin.core.schema import ROUTES
from neixiang_survey_plugin.hosts.qgis import memory
from neixiang_survey_plugin.hosts.qgis.county_layers import add_county_layers
from neixiang_survey_plugin.hosts.qgis.plan_sheet import show_at_scale
from neixiang_survey_plugin.hosts.qgis.roles import role_of
from neixiang_survey_plugin.hosts.qgis.styles import use_style_of_lines
from neixiang_survey_plugin.io.county_config import read_county_config
from neixiang_survey_plugin.ui.look import look_of
from neixiang_survey_plugin.ui.settings import Settings
from tools.qgis_files.plain import plainly
from tools.qgis_files.plan_sheet import plan_sheet

NAME = "sample.qgz"
SHOWN = (580_300.0, 3_659_600.0, 581_900.0, 3_660_600.0)  # where most lines of the sample lie
SHEET = (580_440.0, 3_659_840.0, 580_510.0, 3_659_930.0)  # one site with its line
_WHO_AND_WHEN = re.compile(
    r'(?<= )(saveDateTime|saveUser|saveUserFull)="[^"]*"|<(creation|author)>[^<]*</\2>'
)
_DAY = (2026, 1, 1, 0, 0, 0)


def write_project(county: Path, work: Path) -> Path:
    """The project of a county's folder, in a copy of it: QGIS writes into files that it shows."""
    copy = shutil.copytree(county, work / county.name)
    project = QgsProject.instance()
    project.clear()
    path = copy / NAME
    project.setFileName(str(path))
    config = read_county_config(copy)
    project.setTitle(config.name)
    project.setCrs(QgsCoordinateReferenceSystem(f"EPSG:{config.epsg}"))
    add_county_layers(copy, look_of(Settings()))
    _add_lines(project, copy)
    memory.keep_project_path("county", copy)
    memory.keep_asked()
    memory.keep_sample()
    shown = QgsReferencedRectangle(QgsRectangle(*SHOWN), project.crs())
    project.viewSettings().setDefaultViewExtent(shown)
    sheet = plan_sheet(project)
    show_at_scale(sheet, SHEET)
    project.layoutManager().addLayout(sheet)
    project.write()
    names = {
        one.id(): f"sample_{role_of(one) or ROUTES.name}" for one in project.mapLayers().values()
    }
    project.clear()
    _pack(path, names)
    return path


def _pack(path: Path, names: Mapping[str, str]) -> None:
    """Write a project again so that the same project has the same bytes."""
    with zipfile.ZipFile(path) as archive:
        [name] = [one for one in archive.namelist() if one.endswith(".qgs")]
        text = archive.read(name).decode("utf-8")
    for layer_id, known in names.items():
        text = text.replace(layer_id, known)
    root = ElementTree.fromstring(text)
    for canvas in root.findall("mapcanvas"):  # of the window in which it was made
        root.remove(canvas)
    for group in (*root.iter("projectlayers"), *root.iter("individual-layer-settings")):
        group[:] = sorted(group, key=lambda one: one.findtext("id") or one.get("id") or "")
    text = _WHO_AND_WHEN.sub("", plainly(ElementTree.tostring(root, encoding="unicode")))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, _DAY), text, zipfile.ZIP_DEFLATED)


def _add_lines(project: Any, folder: Path) -> None:
    """The given lines of the sample, for Processing; the survey's own are drawn by the plugin."""
    lines = QgsVectorLayer(f"{folder / 'cases/routes.gpkg'}|layername={ROUTES.name}", "示例外线")
    use_style_of_lines(lines)
    project.addMapLayer(lines, False)
    project.layerTreeRoot().insertLayer(0, lines).setItemVisibilityChecked(False)

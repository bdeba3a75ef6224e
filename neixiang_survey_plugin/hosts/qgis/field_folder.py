"""A folder for the field: survey, county and a project of QGIS's that QGIS and QField open."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, ROUTES
from neixiang_survey_plugin.hosts.qgis import memory
from neixiang_survey_plugin.hosts.qgis.county_layers import county_layer, is_as_in_the_folder
from neixiang_survey_plugin.hosts.qgis.layer_files import write_layer
from neixiang_survey_plugin.hosts.qgis.roles import ROLE, fields_of, give_fields, layers_by_role
from neixiang_survey_plugin.hosts.qgis.styles import top_down
from neixiang_survey_plugin.io.county_config import CountyConfig, read_county_config
from neixiang_survey_plugin.io.county_copy import copy_county
from neixiang_survey_plugin.io.survey.copying import copy_survey
from neixiang_survey_plugin.ui.look import Look

COUNTY, LAYERS = "county", "layers"
PROJECT = "field.qgs"


def write_field_folder(survey: Path, county: Path, out: Path, look: Look) -> Path:
    """Copy a survey and its county into a new folder, with a project; the project's file.

    Layers of this project that stand for the county's are written as they are shown now. All
    paths are relative: the folder may be moved. SurveyError where something cannot be copied;
    nothing is left then.
    """
    if out.exists():
        raise SurveyError(f"{out}: 已有同名文件夹；请换一个地方")
    try:
        out.mkdir(parents=True)
        copy_county(county, out / COUNTY)
        copy_survey(survey, out / survey.name)
        return _write_project(out, survey.name, read_county_config(county), look)
    except OSError as error:
        shutil.rmtree(out, ignore_errors=True)
        raise SurveyError(f"{out}: 写不进去（{error.strerror}）；请换一个地方") from error
    except SurveyError:
        shutil.rmtree(out, ignore_errors=True)
        raise


def _write_project(out: Path, survey: str, original: CountyConfig, look: Look) -> Path:
    project = QgsProject()
    project.setFileName(str(out / PROJECT))
    project.setTitle(original.name)
    project.setCrs(QgsCoordinateReferenceSystem(f"EPSG:{original.epsg}"))
    lines = QgsVectorLayer(f"{out / survey}|layername={ROUTES.name}", look.texts("qgis.lines"))
    group = None
    for layer in (lines, *_layers(out, original, look)):
        project.addMapLayer(layer, False)
        (group or project.layerTreeRoot()).addLayer(layer)
        group = group or project.layerTreeRoot().addGroup(original.name)
    memory.keep_project_path("county", out / COUNTY, project)
    memory.keep_project_path("survey", out / survey, project)
    memory.keep_asked(project)
    project.write()
    path = Path(project.fileName())
    project.clear()
    return path


def _layers(out: Path, original: CountyConfig, look: Look) -> Iterator[Any]:
    """The county's layers of the folder, what lies on top first."""
    copied = read_county_config(out / COUNTY)
    of_project = layers_by_role()
    for name in dict.fromkeys((*top_down(), *COUNTY_LAYERS)):
        layer = of_project.get(name)
        if layer is not None and not is_as_in_the_folder(layer, original.sources.get(name)):
            yield _written(layer, name, out / LAYERS)
        elif name in copied.sources:
            yield county_layer(copied, name, look)


def _written(layer: Any, role: str, folder: Path) -> Any:
    """A layer of this project as a file of its own, as it is shown now."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{role}.gpkg"
    write_layer(layer, path, role)
    written = QgsVectorLayer(f"{path}|layername={role}", layer.name(), "ogr")
    written.setRenderer(layer.renderer().clone())
    written.setCustomProperty(ROLE, role)
    give_fields(written, fields_of(layer))
    return written

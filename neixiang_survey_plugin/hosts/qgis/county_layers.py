"""The county's own layers as layers of the QGIS project, which they stay when the plugin goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer

from neixiang_survey_plugin.hosts.qgis.roles import ROLE, fields_of, give_fields, layers_by_role
from neixiang_survey_plugin.hosts.qgis.styles import top_down, use_style
from neixiang_survey_plugin.io.county_config import CountyConfig, read_county_config
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.ui.look import Look


def add_county_layers(folder: Path, look: Look) -> tuple[Any, ...]:
    """Add the layers of a county that the project has none of yet; those that were added.

    An empty project takes the county's grid as its system.
    """
    project = QgsProject.instance()
    config = read_county_config(folder)
    had_none = not project.mapLayers()
    known = layers_by_role()
    wanted = [name for name in top_down() if name in config.sources and name not in known]
    layers = [layer for name in wanted if (layer := county_layer(config, name, look)).isValid()]
    if had_none and layers:
        project.setCrs(QgsCoordinateReferenceSystem(f"EPSG:{config.epsg}"))
    if layers:
        group = project.layerTreeRoot().addGroup(config.name)
        for layer in layers:
            project.addMapLayer(layer, False)
            group.addLayer(layer).setExpanded(False)
    return tuple(layers)


def is_as_in_the_folder(layer: Any, source: LayerSource | None) -> bool:
    """Whether a layer shows the county's own layer of its file, all of it, nothing unsaved.

    The same file by another layer or with other columns chosen is not the county's own.
    """
    if source is None or layer.providerType() != "ogr":
        return False
    file, _, rest = layer.source().partition("|")
    named = [part.partition("=")[2] for part in rest.split("|") if part.startswith("layername=")]
    path = Path(file)
    same = path.exists() and source.path.exists() and path.samefile(source.path)
    same = same and named == ([] if source.layer is None else [source.layer])
    same = same and fields_of(layer) == dict(source.fields)
    return same and not layer.subsetString() and not layer.isModified()


def county_layer(config: CountyConfig, name: str, look: Look) -> Any:
    """A layer of a county's folder in its style, known for what it is."""
    source = config.sources[name]
    layer = QgsVectorLayer(_uri(source), look.words.layer(name), "ogr")
    if not layer.isValid():
        return layer
    if source.crs:
        layer.setCrs(QgsCoordinateReferenceSystem(source.crs))
    elif not layer.crs().isValid():
        layer.setCrs(QgsCoordinateReferenceSystem(f"EPSG:{config.epsg}"))
    layer.setCustomProperty(ROLE, name)
    if source.fields:
        give_fields(layer, source.fields)
    use_style(layer, source, look)
    return layer


def _uri(source: LayerSource) -> str:
    uri = str(source.path)
    if source.layer is not None:
        uri += f"|layername={source.layer}"
    return uri

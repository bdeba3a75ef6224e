"""The county's own layers as layers of the QGIS project, which they stay when the plugin goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer

from neixiang_survey_plugin.hosts.qgis.memory import SCOPE
from neixiang_survey_plugin.hosts.qgis.symbols import renderer_of, smallest_scale, top_down
from neixiang_survey_plugin.io.county_config import CountyConfig, read_county_config
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.ui.look import Look

ROLE = f"{SCOPE}/role"  # the custom property of a layer that says which one of a county's it is


def role_of(layer: Any) -> str | None:
    """Which layer of a county a layer of the project is; None where nobody said."""
    return layer.customProperty(ROLE) or None


def add_county_layers(folder: Path, look: Look) -> tuple[Any, ...]:
    """Add the layers of a county that the project has none of yet; those that were added.

    An empty project takes the county's grid as its system.
    """
    project = QgsProject.instance()
    config = read_county_config(folder)
    had_none = not project.mapLayers()
    known = {role_of(layer) for layer in project.mapLayers().values()}
    wanted = [name for name in top_down() if name in config.sources and name not in known]
    layers = [layer for name in wanted if (layer := _layer(config, name, look)).isValid()]
    if had_none and layers:
        project.setCrs(QgsCoordinateReferenceSystem(f"EPSG:{config.epsg}"))
    if layers:
        group = project.layerTreeRoot().addGroup(config.name)
        for layer in layers:
            project.addMapLayer(layer, False)
            group.addLayer(layer).setExpanded(False)
    return tuple(layers)


def _layer(config: CountyConfig, name: str, look: Look) -> Any:
    source = config.sources[name]
    layer = QgsVectorLayer(_uri(source), look.words.layer(name), "ogr")
    if not layer.isValid():
        return layer
    if source.crs:
        layer.setCrs(QgsCoordinateReferenceSystem(source.crs))
    elif not layer.crs().isValid():
        layer.setCrs(QgsCoordinateReferenceSystem(f"EPSG:{config.epsg}"))
    layer.setCustomProperty(ROLE, name)
    layer.setRenderer(renderer_of(layer, source, look))
    smallest = smallest_scale(name)
    if smallest is not None:
        layer.setScaleBasedVisibility(True)
        layer.setMinimumScale(smallest)
    return layer


def _uri(source: LayerSource) -> str:
    uri = str(source.path)
    if source.layer is not None:
        uri += f"|layername={source.layer}"
    return uri

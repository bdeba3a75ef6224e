"""The lines of a layer on their county, as an algorithm of Processing takes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.core.schema import ROUTES
from neixiang_survey_plugin.hosts.qgis.layer_tables import raw_layer
from neixiang_survey_plugin.hosts.qgis.roles import fields_of
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.io.lines_work import LinesWork, read_lines_work
from neixiang_survey_plugin.io.routes_file import routes_of
from neixiang_survey_plugin.io.table import canonical
from neixiang_survey_plugin.io.work_file import LAYERS


def read_work_of_layer(
    layer: Any, folder: Path, on: date, layers: Sequence[str] = LAYERS
) -> LinesWork:
    """The lines of a layer: the whole of its file where it shows that, else what it shows.

    A survey file brings its facts, suspensions and agreed works with it. SurveyError with every
    problem of the county or of the lines.
    """
    path = _whole_file(layer)
    if path is not None:
        return read_lines_work(path, folder, on, layers)
    county = load_county(folder, tuple(layers))
    source = LayerSource(ROUTES, Path(layer.name()), layer.name(), fields=fields_of(layer))
    read = routes_of(canonical(raw_layer(layer, source), source, county.grid.epsg), county)
    return LinesWork(folder, county, read, on)


def _whole_file(layer: Any) -> Path | None:
    """The file of which a layer shows the routes, all of them and as they are on disk."""
    if layer.providerType() != "ogr" or layer.subsetString() or layer.isModified():
        return None
    if fields_of(layer):
        return None
    file, _, rest = layer.source().partition("|")
    named = [part.partition("=")[2] for part in rest.split("|") if part.startswith("layername=")]
    path = Path(file)
    shows_routes = not named or named[0].casefold() in (ROUTES.name, path.stem.casefold())
    return path if path.is_file() and shows_routes else None

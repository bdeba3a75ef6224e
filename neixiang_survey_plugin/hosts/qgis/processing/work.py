"""The lines of a layer on their county, as an algorithm of Processing takes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.results import CheckResult
from neixiang_survey_plugin.core.conflicts.settlement import Settlement
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.schema import ROUTES
from neixiang_survey_plugin.hosts.qgis.layer_tables import raw_layer
from neixiang_survey_plugin.hosts.qgis.roles import fields_of
from neixiang_survey_plugin.io.clearance_file import load_clearances
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.layer_source import LayerSource
from neixiang_survey_plugin.io.routes_file import RoutesRead, routes_of
from neixiang_survey_plugin.io.survey.reading import is_survey, read_survey_records
from neixiang_survey_plugin.io.table import canonical
from neixiang_survey_plugin.io.work_file import LAYERS, read_work


@dataclass(frozen=True, eq=False)
class Work:
    """A county, its folder, the lines and the day; ``survey`` where they are a survey file's."""

    folder: Path
    county: County
    read: RoutesRead
    on: date
    survey: Path | None = None

    def check(self, tick: Callable[[int, int], None]) -> CheckResult:
        """Every line measured and judged, and every conflict, as ``check`` has them."""
        clearances, read = load_clearances(self.folder), self.read
        warnings = read.warnings + read.assumptions
        result = Checker(self.county).check(read.routes, self.on, warnings, tick)
        conflicts = ConflictSearch(self.county, clearances).judge(read.routes, tick)
        settlements = () if self.survey is None else read_survey_records(self.survey, Settlement)
        return replace(result, conflicts=conflicts, settlements=settlements)


def read_work_of_layer(layer: Any, folder: Path, on: date) -> Work:
    """The lines of a layer: the whole of its file where it shows that, else what it shows.

    A survey file brings its facts, suspensions and agreed works with it. SurveyError with every
    problem of the county or of the lines.
    """
    path = _whole_file(layer)
    if path is not None:
        county, read = read_work(path, folder)
        return Work(folder, county, read, on, path if is_survey(path) else None)
    county = load_county(folder, LAYERS)
    source = LayerSource(ROUTES, Path(layer.name()), layer.name(), fields=fields_of(layer))
    read = routes_of(canonical(raw_layer(layer, source), source, county.grid.epsg), county)
    return Work(folder, county, read, on)


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

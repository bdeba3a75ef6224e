"""What lies under the pointer: the feature of the county that is meant, with its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Geometry

from neixiang_survey_plugin.app.drawing.nearby import Nearby
from neixiang_survey_plugin.app.map_host import Point
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable

# What lies above hides what lies below; points and lines are meant before areas.
_FROM_ABOVE = (
    "obstacles",
    "pipelines",
    "plan_lines",
    "buildings",
    "roads",
    "green_spaces",
    "control_areas",
    "sites",
    "surfaces",
)


@dataclass(frozen=True, eq=False)
class Identified:
    """One feature with the facts that its layer holds; a fact that is missing is None."""

    layer: str
    object_id: str
    facts: Mapping[str, object]
    geometry: Geometry


def identify(county: County, nearby: Nearby, at: Point, within_m: float) -> Identified | None:
    """The topmost feature within a distance of a place; areas have to hold it."""
    for layer in _FROM_ABOVE:
        table = county.layers.get(layer)
        part = None if table is None else _nearest_part(nearby, layer, at, within_m)
        if table is not None and part is not None:
            return _facts_of(layer, table, part)
    return None


def _nearest_part(nearby: Nearby, layer: str, at: Point, within_m: float) -> int | None:
    rows = nearby.parts(layer, at, within_m)
    if not len(rows):
        return None
    geometry = nearby.layers[layer].geometry[rows]
    away = shapely.distance(geometry, shapely.Point(at))
    meant = away <= np.where(shapely.get_dimensions(geometry) < 2, within_m, 0.0)
    if not meant.any():
        return None
    return int(rows[meant][np.argmin(away[meant])])


def _facts_of(layer: str, table: FeatureTable, part: int) -> Identified:
    row = int(table.feature[part])
    facts = {name: _plain(column[row]) for name, column in table.columns.items()}
    return Identified(layer, str(table.ids[row]), facts, table.geometry[part])


def _plain(value: object) -> object:
    """A cell as plain text, number or date; what is missing is None."""
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else value.astype(object)
    if isinstance(value, float):
        return None if np.isnan(value) else float(value)
    return value

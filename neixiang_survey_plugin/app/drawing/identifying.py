"""What lies under the pointer: the feature of the county that is meant, with its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Geometry

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


def identify(county: County, at: Point, within_m: float) -> Identified | None:
    """The topmost feature within a distance of a place; areas have to hold it."""
    for layer in _FROM_ABOVE:
        table = county.layers.get(layer)
        if table is None or not len(table.geometry):
            continue
        part = _nearest_part(table, at, within_m)
        if part is not None:
            return _facts_of(layer, table, part)
    return None


def _nearest_part(table: FeatureTable, at: Point, within_m: float) -> int | None:
    east_m, north_m = at
    flat = shapely.get_dimensions(table.geometry) < 2
    # one pass over the layer's boxes: a click may cost a few milliseconds, a tree is not needed
    boxes = shapely.bounds(table.geometry)
    reach = np.where(flat, within_m, 0.0)
    near = (
        (boxes[:, 0] - reach <= east_m)
        & (boxes[:, 2] + reach >= east_m)
        & (boxes[:, 1] - reach <= north_m)
        & (boxes[:, 3] + reach >= north_m)
    )
    rows = np.nonzero(near)[0]
    away = shapely.distance(table.geometry[rows], shapely.Point(at))
    meant = away <= reach[rows]
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

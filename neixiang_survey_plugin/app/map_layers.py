"""What the map shows of a county: one layer after another, parted by what is drawn alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

import numpy as np
import shapely

from neixiang_survey_plugin.app.map_shapes import Box, Shapes, shapes_of
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.routes import Route

# The field whose value decides how a feature is drawn; the other layers have one look.
LOOK_FIELDS = {
    "control_areas": "kind",
    "green_spaces": "green_kind",
    "roads": "road_class",
    "surfaces": "surface_kind",
    "plan_lines": "utility",
    "pipelines": "utility",
    "obstacles": "kind",
}
UNKNOWN = ""  # the look of a feature whose deciding field is missing
NO_WIDTH = "no_width"  # a road that is a line of unknown width


@dataclass(frozen=True, eq=False)
class MapLayer:
    """The features of one layer that are drawn alike: ``look`` is a value of its field."""

    layer: str
    look: str
    shapes: Shapes


class RouteState(Enum):
    """How far a route has come; each has its own line."""

    PROPOSED = "proposed"
    PLANNED = "planned"
    EXISTING = "existing"


class DrawnRoute(NamedTuple):
    """A route as the map is to show it."""

    route: Route
    state: RouteState = RouteState.PROPOSED
    selected: bool = False


def map_layers(tables: Mapping[str, FeatureTable]) -> tuple[MapLayer, ...]:
    """Lay out a county's layers for drawing: half a second for 200,000 roads of 44 vertices."""
    return tuple(
        MapLayer(name, look, shapes_of(geometry))
        for name, table in tables.items()
        for look, geometry in _by_look(name, table)
    )


def extent(layers: tuple[MapLayer, ...]) -> Box | None:
    """The box of everything, west, south, east, north; None when there is nothing."""
    boxes = [layer.shapes.chunk_boxes for layer in layers if len(layer.shapes)]
    if not boxes:
        return None
    every = np.concatenate(boxes)
    west, south = every[:, :2].min(axis=0)
    east, north = every[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def _by_look(name: str, table: FeatureTable) -> Iterator[tuple[str, np.ndarray]]:
    geometry = table.geometry
    looks = np.full(len(geometry), UNKNOWN, dtype=object)
    if field := LOOK_FIELDS.get(name):
        looks = table.columns[field][table.feature]
        looks = np.where(looks == np.array(None, dtype=object), UNKNOWN, looks)
    if name == "roads":
        geometry, looks = _road_areas(table, looks)
    for look in dict.fromkeys(looks):
        yield str(look), geometry[looks == look]


def _road_areas(table: FeatureTable, looks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A road that is a line as the area that it measures as; without a width it stays a line."""
    lines = shapely.get_dimensions(table.geometry) == 1
    width_m = table.columns["width_m"][table.feature].astype(np.float64)
    known = lines & ~np.isnan(width_m)
    geometry = table.geometry.copy()
    geometry[known] = shapely.buffer(geometry[known], width_m[known] / 2, cap_style="flat")
    return geometry, np.where(lines & ~known, NO_WIDTH, looks)

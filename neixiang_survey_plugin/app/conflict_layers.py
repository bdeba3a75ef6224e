"""The layers of a county that routes must keep clear of, prepared and indexed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from neixiang_survey_plugin.core.conflicts.buried import Things, buildings, obstacles, pipelines
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.conflicts.connections import site_areas
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.cover import SurfaceLayer, prepare_surfaces
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.measuring.boundaries import Boundaries, trace
from neixiang_survey_plugin.core.measuring.polylines import Indices

JUDGED_LAYERS = ("pipelines", "buildings", "obstacles", "surfaces")


@dataclass(frozen=True, eq=False)
class Layer:
    """Things with an index of their boxes, each grown by half the thing's width.

    ``reach_m`` is, for each class of route, the most that anything of this layer is asked.
    """

    things: Things
    tree: shapely.STRtree
    reach_m: np.ndarray
    boundaries: Boundaries | None = None

    def candidates(self, courses: Courses, segment: Indices) -> tuple[Indices, Indices]:
        """Segments of routes with the things whose boxes are near enough, one row a pair."""
        lines = courses.lines
        route = lines.line[segment]
        own = courses.things
        within_m = self.reach_m[own.table_class[route]] + own.most_radius_m[route]
        start = lines.start[segment]
        end = start + lines.direction[segment] * lines.grid_length_m[segment, None]
        low = np.minimum(start, end) - within_m[:, None]
        high = np.maximum(start, end) + within_m[:, None]
        row, thing = self.tree.query(shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1]))
        return segment[row], thing


@dataclass(frozen=True, eq=False)
class ConflictLayers:
    """What a county knows; a layer that is None is not judged."""

    pipelines: Layer | None
    buildings: Layer | None
    obstacles: Layer | None
    surfaces: SurfaceLayer | None
    sites: Mapping[str, shapely.Geometry] | None
    coverages: Mapping[str, shapely.Geometry]


def prepare_layers(county: County, clearances: ClearanceTable) -> ConflictLayers:
    """Index the layers of a county for a search for conflicts."""
    layers = county.layers
    pipes, houses, plants = (layers.get(name) for name in JUDGED_LAYERS[:3])
    surfaces = layers.get("surfaces")
    coverages = {
        name: table.coverage
        for name, table in layers.items()
        if name in JUDGED_LAYERS and table.coverage is not None
    }
    for coverage in coverages.values():
        shapely.prepare(coverage)
    return ConflictLayers(
        pipelines=None if pipes is None else _lines(pipes, clearances),
        buildings=None if houses is None else _areas(houses, clearances),
        obstacles=None if plants is None else layer_of(obstacles(plants), clearances),
        surfaces=None if surfaces is None else prepare_surfaces(surfaces),
        sites=site_areas(layers.get("sites")),
        coverages=coverages,
    )


def _lines(table: FeatureTable, clearances: ClearanceTable) -> Layer:
    return layer_of(pipelines(table, clearances.largest_diameter_mm), clearances)


def _areas(table: FeatureTable, clearances: ClearanceTable) -> Layer:
    return layer_of(buildings(table), clearances, trace(table.geometry))


def layer_of(things: Things, table: ClearanceTable, boundaries: Boundaries | None = None) -> Layer:
    """Index things, pipelines or the routes themselves, for routes to be held against."""
    low_e, low_n, high_e, high_n = shapely.bounds(things.geometry).T
    half_m = things.most_radius_m
    boxes = shapely.box(low_e - half_m, low_n - half_m, high_e + half_m, high_n + half_m)
    present = np.unique(things.table_class)
    asked_m = table.horizontal_figures.most_m[:, present]
    reach_m = asked_m.max(axis=1) if len(present) else np.zeros(len(asked_m))
    return Layer(things, shapely.STRtree(boxes), reach_m, boundaries)

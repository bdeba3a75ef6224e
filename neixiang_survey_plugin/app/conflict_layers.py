"""The layers of a county that routes must keep clear of, prepared and indexed once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

import numpy as np
import shapely

from neixiang_survey_plugin.core.conflicts.buried import Things, buildings, obstacles, pipelines
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.conflicts.connections import site_areas
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.cover import SurfaceLayer, prepare_surfaces
from neixiang_survey_plugin.core.conflicts.near import ragged
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.features import FeatureTable, Geometries
from neixiang_survey_plugin.core.measuring.boundaries import Boundaries, trace
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices
from neixiang_survey_plugin.core.slices import in_slices
from neixiang_survey_plugin.core.trees import Tree, tree_of

_T = TypeVar("_T")
JUDGED_LAYERS = ("pipelines", "buildings", "obstacles", "surfaces")


# Of many segments, so many that follow each other are asked for with one box; each then looks at
# the boxes that were found. 12,000 segments among 200,000 mains: 8.5 ms -> 3.
_SEGMENTS_A_BOX = 4
_MANY_SEGMENTS = 200


@dataclass(frozen=True, eq=False)
class Layer:
    """Things with an index of their boxes, each grown by half the thing's width.

    ``low`` and ``high`` (n, 2) are the boxes' corners. ``reach_m`` is, for each class of route,
    the most that anything of this layer is asked.
    """

    things: Things
    tree: Tree
    low: Floats
    high: Floats
    reach_m: Floats
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
        if len(segment) < _MANY_SEGMENTS:
            row, thing = self.tree.query(_boxes(low, high))
            return segment[row], thing
        turn = (segment - lines.first[route]) % _SEGMENTS_A_BOX == 0
        turn[0] = True
        begin = np.nonzero(turn)[0]
        count = np.append(begin[1:], len(segment)) - begin
        run, thing = self.tree.query(
            _boxes(np.minimum.reduceat(low, begin), np.maximum.reduceat(high, begin))
        )
        owner, row = ragged(begin[run], count[run])
        thing = thing[owner]
        meet = np.ones(len(row), dtype=bool)
        for axis in (0, 1):  # column by column: a fifth of the time of both at once
            meet &= low[:, axis][row] <= self.high[:, axis][thing]
            meet &= high[:, axis][row] >= self.low[:, axis][thing]
        return segment[row[meet]], thing[meet]


@dataclass(frozen=True, eq=False)
class ConflictLayers:
    """What a county knows; a layer that is None is not judged. ``tables`` were prepared."""

    pipelines: Layer | None
    buildings: Layer | None
    obstacles: Layer | None
    surfaces: SurfaceLayer | None
    sites: Mapping[str, shapely.Geometry] | None
    coverages: Mapping[str, shapely.Geometry]
    tables: Mapping[str, FeatureTable]


def prepare_layers(
    county: County, clearances: ClearanceTable, known: ConflictLayers | None = None
) -> ConflictLayers:
    """Index the layers of a county for a search for conflicts.

    ``known`` was prepared with the same clearances: what has not changed since serves again.
    """
    layers = county.layers

    def prepared(name: str, prepare: Callable[[FeatureTable], _T]) -> _T | None:
        table = layers.get(name)
        if table is None:
            return None
        if known is not None and known.tables.get(name) is table:
            return cast(_T, getattr(known, name))
        return prepare(table)

    boxes = None if known is None else known.pipelines
    coverages = {
        name: table.coverage
        for name, table in layers.items()
        if name in JUDGED_LAYERS and table.coverage is not None
    }
    for coverage in coverages.values():
        shapely.prepare(coverage)
    return ConflictLayers(
        pipelines=prepared("pipelines", lambda table: _lines(table, clearances, boxes)),
        buildings=prepared("buildings", lambda table: _areas(table, clearances)),
        obstacles=prepared("obstacles", lambda table: layer_of(obstacles(table), clearances)),
        surfaces=prepared("surfaces", prepare_surfaces),
        sites=site_areas(layers.get("sites")),
        coverages=coverages,
        tables=layers,
    )


def _lines(table: FeatureTable, clearances: ClearanceTable, known: Layer | None) -> Layer:
    things = pipelines(table, clearances.largest_diameter_mm)
    return layer_of(things, clearances, known=known)


def _areas(table: FeatureTable, clearances: ClearanceTable) -> Layer:
    return layer_of(buildings(table), clearances, trace(table.geometry))


def layer_of(
    things: Things,
    table: ClearanceTable,
    boundaries: Boundaries | None = None,
    known: Layer | None = None,
) -> Layer:
    """Index things, pipelines or the routes themselves, for routes to be held against.

    The index of ``known`` serves again where every box is what it was.
    """
    bounds, half_m = shapely.bounds(things.geometry), things.most_radius_m[:, None]
    low, high = bounds[:, :2] - half_m, bounds[:, 2:] + half_m
    present = np.unique(things.table_class)
    asked_m = table.horizontal_figures.most_m[:, present]
    reach_m = asked_m.max(axis=1) if len(present) else np.zeros(len(asked_m))
    if known is not None and np.array_equal(known.low, low) and np.array_equal(known.high, high):
        tree = known.tree
    else:
        tree = tree_of(_boxes(low, high))
    return Layer(things, tree, low, high, reach_m, boundaries)


def _boxes(low: Floats, high: Floats) -> Geometries:
    return in_slices(shapely.box, *low.T, *high.T)

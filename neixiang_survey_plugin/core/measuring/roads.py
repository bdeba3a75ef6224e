"""The roads of a county, prepared for measuring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Column, FeatureTable, Geometries
from neixiang_survey_plugin.core.measuring.boundaries import Boundaries, trace
from neixiang_survey_plugin.core.measuring.measures import RoadFacts
from neixiang_survey_plugin.core.measuring.nearby import prepared
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices
from neixiang_survey_plugin.core.trees import Tree, tree_of

_ARC_SEGMENTS = 16  # a quarter circle of a line road's round join


@dataclass(frozen=True, eq=False)
class RoadLayer:
    """Areas within the red lines, one row a part; facts of roads, one row a road.

    ``road`` gives the road of each part; ``axis`` its centre line where the road was drawn as a
    line (``is_line``), else None. ``mean_width_m`` is the width given, or twice the area over the
    perimeter. ``unmeasured`` are the centre lines of roads without a width, ``unmeasured_road``
    whose they are. ``tree`` and ``unmeasured_tree`` index the two. ``counted`` are the roads
    that count towards totals: every one but ``other``, unknown class included;
    ``has_lines``: whether any is drawn as a line. ``width_given`` are the roads whose width is
    a fact of their own; of a layer that was moved, ``moved_width_m`` are the widths that followed.
    ``source`` is the table that was prepared.
    """

    areas: Geometries
    boundaries: Boundaries
    axis: Geometries
    is_line: NDArray[np.bool_]
    road: Indices
    mean_width_m: Floats
    width_given: NDArray[np.bool_]
    road_id: Column
    name: Column
    road_class: Column
    delivered_on: NDArray[np.datetime64]
    overhauled_on: NDArray[np.datetime64]
    tree: Tree
    unmeasured: Geometries
    unmeasured_road: Indices
    unmeasured_tree: Tree
    counted: NDArray[np.bool_]
    accuracy_m: float
    coverage: shapely.Geometry | None
    source: FeatureTable
    has_lines: bool = False
    moved_width_m: Mapping[int, float] = field(default_factory=dict)
    facts_made: dict[int, RoadFacts] = field(default_factory=dict, repr=False)

    def width_m(self, road: int) -> float:
        """The width of one road: given, or twice the area over the perimeter."""
        moved_m = self.moved_width_m.get(road)
        return float(self.mean_width_m[road]) if moved_m is None else moved_m

    def facts(self, road: int) -> RoadFacts:
        """The register's facts of one road, made when they are first asked for."""
        known = self.facts_made.get(road)
        if known is None:
            known = self.facts_made[road] = RoadFacts(
                road_id=self.road_id[road],
                name=self.name[road],
                road_class=self.road_class[road],
                delivered_on=self.delivered_on[road].item(),
                overhauled_on=self.overhauled_on[road].item(),
            )
        return known


def prepare_roads(table: FeatureTable, known: RoadLayer | None = None) -> RoadLayer:
    """The roads of a table; a road that is a line becomes its line buffered by half its width.

    Where ``known`` was prepared from the same courses and widths, such as before a fact from the
    site, its areas and its index serve again: 200,000 roads in 10 ms instead of 1.3 s.
    """
    if known is None or not _same_ground(table, known.source):
        return _prepared(table)
    return replace(known, source=table, facts_made={}, **_facts(table))


def _prepared(table: FeatureTable) -> RoadLayer:
    width_m = table.columns["width_m"]
    is_line = shapely.get_type_id(table.geometry) == shapely.GeometryType.LINESTRING
    part_width = width_m[table.feature]
    unmeasured = is_line & np.isnan(part_width)
    kept = ~unmeasured
    axis = table.geometry[kept].copy()
    axis[~is_line[kept]] = None
    areas = table.geometry[kept].copy()
    lines = is_line[kept]
    if lines.any():
        areas[lines] = road_area(areas[lines], part_width[kept][lines])
    road = table.feature[kept]
    return RoadLayer(
        areas=areas,
        boundaries=trace(areas),
        axis=axis,
        is_line=lines,
        has_lines=bool(lines.any()),
        road=road,
        mean_width_m=np.where(np.isnan(width_m), mean_width(areas, road, len(table)), width_m),
        width_given=~np.isnan(width_m),
        tree=tree_of(areas) if is_line.any() else table.tree,
        unmeasured=table.geometry[unmeasured],
        unmeasured_road=table.feature[unmeasured],
        unmeasured_tree=tree_of(table.geometry[unmeasured]),
        accuracy_m=table.accuracy_m or 0.0,
        coverage=prepared(table.coverage),
        source=table,
        **_facts(table),
    )


def _facts(table: FeatureTable) -> dict[str, Any]:
    """What the register says of each road, beside its course and its width."""
    return {
        "road_id": table.ids,
        "name": table.columns["name"],
        "road_class": table.columns["road_class"],
        "delivered_on": table.columns["delivered_on"].astype("datetime64[D]"),
        "overhauled_on": table.columns["overhauled_on"].astype("datetime64[D]"),
        "counted": np.asarray(table.columns["road_class"] != "other", dtype=bool),
    }


def _same_ground(table: FeatureTable, other: FeatureTable) -> bool:
    """Whether two tables differ in facts alone, not in where a road lies nor how wide it is."""
    width_m, other_width_m = table.columns["width_m"], other.columns["width_m"]
    return (
        table.geometry is other.geometry
        and table.feature is other.feature
        and table.coverage is other.coverage
        and table.accuracy_m == other.accuracy_m
        and np.array_equal(width_m, other_width_m, equal_nan=True)
    )


def road_area(axis: Geometries, width_m: Floats) -> Geometries:
    """Centre lines as areas of the given width, with flat ends and round joins."""
    areas: Geometries = shapely.buffer(
        axis, width_m / 2, cap_style="flat", join_style="round", quad_segs=_ARC_SEGMENTS
    )
    return areas


def mean_width(areas: Geometries, road: Indices, count: int) -> Floats:
    """Twice the area over the perimeter of each of ``count`` roads; NaN where it has no area."""
    area = np.bincount(road, shapely.area(areas), count)
    perimeter = np.bincount(road, shapely.length(areas), count)
    width_m: Floats = np.full(count, np.nan)
    np.divide(2.0 * area, perimeter, out=width_m, where=perimeter > 0)
    return width_m

"""Green spaces and control areas, prepared for measuring."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import shapely

from neixiang_survey_plugin.core.features import Column, FeatureTable, Geometries
from neixiang_survey_plugin.core.measuring.boundaries import Boundaries, trace
from neixiang_survey_plugin.core.measuring.nearby import prepared
from neixiang_survey_plugin.core.measuring.polylines import Indices
from neixiang_survey_plugin.core.trees import Tree


@dataclass(frozen=True, eq=False)
class AreaLayer:
    """Areas of any kind, one row a part; ``feature`` gives the row of the area in ``ids``."""

    areas: Geometries
    feature: Indices
    ids: Column
    tree: Tree
    accuracy_m: float
    coverage: shapely.Geometry | None

    @functools.cached_property
    def outlines(self) -> Boundaries:
        """The outlines of the areas, clockwise around ground and the other way around holes."""
        return trace(shapely.normalize(self.areas))


def prepare_areas(table: FeatureTable, known: AreaLayer | None = None) -> AreaLayer:
    """The polygons of a table, indexed; those of ``known`` need no second index."""
    is_known = known is not None and known.areas is table.geometry
    return AreaLayer(
        areas=table.geometry,
        feature=table.feature,
        ids=table.ids,
        tree=known.tree if known and is_known else table.tree,
        accuracy_m=table.accuracy_m or 0.0,
        coverage=prepared(table.coverage),
    )

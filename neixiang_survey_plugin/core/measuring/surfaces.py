"""What a road is covered with, prepared for the question how much of it is carriageway."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import FeatureTable, Geometries, is_missing
from neixiang_survey_plugin.core.measuring.polylines import Indices
from neixiang_survey_plugin.core.trees import Tree, tree_of


@dataclass(frozen=True, eq=False)
class SurfaceLayer:
    """Surfaces of known kind, one row a part; ``feature`` tells which parts are one surface."""

    areas: Geometries
    feature: Indices
    is_carriageway: NDArray[np.bool_]
    tree: Tree
    accuracy_m: float


def prepare_surfaces(table: FeatureTable) -> SurfaceLayer:
    """The polygons of a table, indexed; a surface of unknown kind says nothing and is left out."""
    kinds = table.columns["surface_kind"][table.feature]
    known = ~is_missing(kinds)
    areas = table.geometry[known]
    return SurfaceLayer(
        areas=areas,
        feature=table.feature[known],
        is_carriageway=np.asarray(kinds[known] == "carriageway", dtype=bool),
        tree=tree_of(areas),
        accuracy_m=table.accuracy_m or 0.0,
    )

"""A layer as columns of equal length, ready for vectorised measuring."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely import Geometry

from neixiang_survey_plugin.core.schema import LayerSchema
from neixiang_survey_plugin.core.trees import Tree, tree_of

Geometries = NDArray[np.object_]
Column = NDArray[Any]


def is_missing(column: Column) -> NDArray[np.bool_]:
    """Where a column of texts or geometries holds None."""
    found: NDArray[np.bool_] = np.equal(column, np.array(None, dtype=np.object_))
    return found.astype(np.bool_)


@dataclass(frozen=True, eq=False)
class FeatureTable:
    """The features of one layer in the county grid (metres).

    ``geometry`` holds one part each: multi-part features are exploded, and ``feature`` gives for
    every part the row of its feature in ``columns``. ``columns`` has every field of the schema,
    a field that the source lacks as all missing. ``accuracy_m`` is the position accuracy of the
    layer, None where unknown; ``coverage`` where it was mapped, None for everywhere.
    """

    schema: LayerSchema
    geometry: Geometries
    feature: NDArray[np.intp]
    columns: Mapping[str, Column]
    accuracy_m: float | None = None
    coverage: Geometry | None = None
    source: str = ""
    missing_fields: frozenset[str] = field(default_factory=frozenset)

    def __len__(self) -> int:
        """How many features, not parts."""
        return len(self.columns[self.schema.id_field])

    @property
    def ids(self) -> Column:
        """The identifier of each feature."""
        return self.columns[self.schema.id_field]

    @functools.cached_property
    def tree(self) -> Tree:
        """Its parts by where they lie, indexed once for all who look for them."""
        return tree_of(self.geometry)

    def with_column(self, field_name: str, column: Column) -> FeatureTable:
        """The same features with another column; what their places are indexed by stays."""
        made = replace(self, columns={**self.columns, field_name: column})
        if "tree" in vars(self):  # of 200,000 roads it takes 0.1 s, of whoever asks first
            vars(made)["tree"] = self.tree
        return made

    def where(self, field_name: str, value: str) -> FeatureTable:
        """The features whose field has that value."""
        chosen = self.columns[field_name] == value
        parts = chosen[self.feature]
        new_row = np.cumsum(chosen) - 1
        return replace(
            self,
            geometry=self.geometry[parts],
            feature=new_row[self.feature[parts]],
            columns={name: column[chosen] for name, column in self.columns.items()},
        )

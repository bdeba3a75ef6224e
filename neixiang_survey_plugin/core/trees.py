"""Shapes found by where they lie, in trees small enough for a window beside their building."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.slices import in_slices

Predicate = Literal["intersects", "dwithin"]
Rows = NDArray[np.intp]

# Whoever builds a tree holds the interpreter: for 200,000 areas 45 ms, for each quarter 10.
_SHAPES_A_TREE = 50_000
# How much wider than what it holds a tree is taken for: what lies within some metres is found then
# without measuring how far its extent is, 2 us instead of 14.
_WIDER_M = 100.0


def tree_of(shapes: NDArray[np.object_]) -> Tree:
    """Shapes ready to be found: in one tree, in several where there are very many."""
    return shapely.STRtree(shapes) if len(shapes) <= _SHAPES_A_TREE else Trees(shapes)


class Trees:
    """Shapes in several trees, from west to east; a question hardly ever concerns two of them."""

    def __init__(self, shapes: NDArray[np.object_]) -> None:
        bounds = in_slices(shapely.bounds, shapes)
        order = np.argsort(bounds[:, 0] + bounds[:, 2])  # what lies nowhere comes last
        own = np.array_split(order, -(-len(shapes) // _SHAPES_A_TREE))
        self._rows = [np.sort(rows) for rows in own]
        self._trees = [shapely.STRtree(shapes[rows]) for rows in self._rows]
        self._extents = shapely.STRtree([_extent(bounds[rows]) for rows in self._rows])

    def query(
        self, geometry: Any, predicate: Predicate | None = None, distance: Any = None
    ) -> Rows:
        """As ``shapely.STRtree`` would; the order of what one shape meets means nothing."""
        extents = self._extents
        if distance is None or (isinstance(distance, float) and distance <= _WIDER_M):
            met = extents.query(geometry)
        else:
            met = extents.query(geometry, "dwithin", distance)
        numbers = set((met if met.ndim == 1 else met[1]).tolist())
        if len(numbers) == 1:
            return self._of(*numbers, geometry, predicate, distance)
        if not numbers:
            return met
        found = [self._of(one, geometry, predicate, distance) for one in sorted(numbers)]
        rows = np.concatenate(found, axis=-1)
        return rows if rows.ndim == 1 else rows[:, np.argsort(rows[0], kind="stable")]

    def nearest(self, geometry: Any) -> Any:
        """As ``shapely.STRtree`` would."""
        near = [
            (shapely.distance(geometry, tree.geometries[row]), own[row])
            for own, tree in zip(self._rows, self._trees, strict=True)
            if (row := tree.nearest(geometry)) is not None  # of shapes that lie nowhere
        ]
        return min(near)[1]

    def _of(self, number: int, *asked: Any) -> Rows:
        """What one of the trees finds, as rows of all shapes."""
        found, own = self._trees[number].query(*asked), self._rows[number]
        if found.ndim == 1:
            return own[found]
        found[1] = own[found[1]]
        return found


def _extent(bounds: NDArray[np.float64]) -> shapely.Geometry:
    """A box with room to spare around some boxes; that of shapes that lie nowhere meets nothing."""
    here = bounds[~np.isnan(bounds[:, 0])]
    if not len(here):
        return shapely.Point()
    low, high = here[:, :2].min(axis=0) - _WIDER_M, here[:, 2:].max(axis=0) + _WIDER_M
    return shapely.Polygon.from_bounds(*low.tolist(), *high.tolist())


Tree: TypeAlias = shapely.STRtree | Trees

"""Shapes found by where they lie, in trees small enough for a window beside their building."""

from __future__ import annotations

from typing import Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, STRtree

from neixiang_survey_plugin.core.features import Geometries

# One tree of 200,000 areas holds the interpreter for 50 ms, each of eight for 6.
_SHAPES_A_TREE = 25_000


class Trees:
    """Some shapes, a few thousand to a tree; for what is asked now and then, not at every move."""

    def __init__(self, shapes: Geometries) -> None:
        begins = range(0, len(shapes), _SHAPES_A_TREE)
        self._trees = [(at, STRtree(shapes[at : at + _SHAPES_A_TREE])) for at in begins]

    def query(
        self, shape: Geometry, predicate: Literal["intersects"] | None = None
    ) -> NDArray[np.intp]:
        """The rows of the shapes whose boxes meet a shape's, or that meet it itself, ascending."""
        found = [at + np.sort(tree.query(shape, predicate)) for at, tree in self._trees]
        return np.concatenate([np.empty(0, dtype=np.intp), *found])

    def nearest(self, shape: Geometry) -> int:
        """The row of the shape that lies nearest to another; there has to be one."""
        rows = [at + tree.nearest(shape) for at, tree in self._trees]
        shapes = [
            tree.geometries[row - at] for row, (at, tree) in zip(rows, self._trees, strict=True)
        ]
        return int(rows[int(np.argmin(shapely.distance(shape, shapes)))])

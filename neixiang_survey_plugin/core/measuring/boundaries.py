"""The outlines of areas as one run of vertices, so that the kernel reads them without a call."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices


@dataclass(frozen=True, eq=False)
class Boundaries:
    """Polygons with all their rings' vertices; n polygons, v vertices.

    ``east_m`` and ``north_m`` are the vertices in the county grid, ``edge`` whether an edge of
    the same ring leads from a vertex to the next one, ``first`` (n + 1) where each polygon's
    vertices begin. Taking them from here instead of from the geometries: 40 us of an edit's 280.
    """

    areas: Geometries
    east_m: Floats
    north_m: Floats
    edge: NDArray[np.bool_]
    first: Indices

    def vertices_of(self, area: Indices) -> tuple[Indices, Indices]:
        """All vertices of some areas one after another: how many of each, and which."""
        begin = self.first[area]
        counts = self.first[area + 1] - begin
        end = counts.cumsum()
        skipped = (begin - end + counts).repeat(counts)
        return counts, np.arange(len(skipped)) + skipped


def trace(areas: Geometries) -> Boundaries:
    """The boundaries of polygons, holes included; an empty polygon has none."""
    rings, owner = shapely.get_rings(areas, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    counts = np.bincount(owner[ring], minlength=len(areas))
    return Boundaries(
        areas=areas,
        east_m=np.ascontiguousarray(points[:, 0]),
        north_m=np.ascontiguousarray(points[:, 1]),
        edge=np.append(ring[1:] == ring[:-1], False)[: len(ring)],
        first=np.concatenate(([0], counts.cumsum())),
    )

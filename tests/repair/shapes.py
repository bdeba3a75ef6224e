"""Shapes to repair, written as one would draw them, and the laws' random ones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Polygon
from shapely.ops import polygonize

from neixiang_survey_plugin.core.repair.repairing import RepairedShapes, repair_shapes
from neixiang_survey_plugin.core.repair.repairs import RepairLimits, Trouble
from neixiang_survey_plugin.core.schema import GeometryKind

AREAS = (GeometryKind.POLYGON,)
LINES = (GeometryKind.LINE,)
POINTS = (GeometryKind.POINT,)
ROADS = (GeometryKind.POLYGON, GeometryKind.LINE)
LIMITS = RepairLimits(
    dropped_below_width_m=0.001,
    named_below_width_m=0.05,
    closes_within_m=0.01,
    named_overlap_m2=0.01,
)

Corner = tuple[int, int]


def column(*shapes: Any) -> np.ndarray:
    found = np.empty(len(shapes), dtype=object)
    found[:] = [shapely.from_wkt(shape) if isinstance(shape, str) else shape for shape in shapes]
    return found


def repaired(*shapes: Any, kinds: Sequence[GeometryKind] = AREAS) -> RepairedShapes:
    return repair_shapes(column(*shapes), kinds, LIMITS)


def troubles(result: RepairedShapes) -> list[Trouble]:
    return [repair.trouble for repair in result.repairs]


corners = st.tuples(st.integers(0, 8), st.integers(0, 8))
# Rings through any corners in any order: most cross themselves, some go round twice.
rings = st.lists(corners, min_size=3, max_size=9, unique=True)


def drawn_area_m2(*outlines: Sequence[Corner]) -> float:
    """The ground that is gone round at least once: every face between all edges by itself."""
    edges = [
        LineString(pair)
        for ring in outlines
        for pair in pairwise([*ring, ring[0]])
        if pair[0] != pair[1]
    ]
    faces = polygonize(shapely.union_all(edges))
    inside = [
        face
        for face in faces
        if any(turns_round(ring, face.representative_point()) != 0 for ring in outlines)
    ]
    return sum(face.area for face in inside)


def turns_round(ring: Sequence[Corner], point: shapely.Point) -> int:
    """How often a ring goes round a point."""
    seen = np.array([*ring, ring[0]], dtype=float) - (point.x, point.y)
    angles = np.arctan2(seen[:, 1], seen[:, 0])
    return round(float(((np.diff(angles) + np.pi) % (2 * np.pi) - np.pi).sum()) / (2 * np.pi))


def of_rings(*outlines: Sequence[Corner]) -> shapely.Geometry:
    polygons = [Polygon(ring) for ring in outlines]
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)

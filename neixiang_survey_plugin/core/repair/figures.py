"""Shapes in figures: parts, vertices, metres and square metres on the grid."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.repair.repairs import Figures

Rows = NDArray[np.intp]
Flags = NDArray[np.bool_]

POLYGONS = (3, 6)  # shapely's numbers of types, of one part and of several
LINES = (1, 2, 5)
POINTS = (0, 4)


def figures_of(geometry: Geometries) -> list[Figures]:
    """The figures of every shape; one without a shape has none of anything."""
    with np.errstate(all="ignore"):
        area_m2, length_m = shapely.area(geometry), shapely.length(geometry)
    columns = (
        shapely.get_num_geometries(geometry).tolist(),
        shapely.get_num_coordinates(geometry).tolist(),
        np.nan_to_num(length_m).tolist(),
        np.nan_to_num(area_m2).tolist(),
    )
    return [Figures(*row) for row in zip(*columns, strict=True)]


def figures(shape: BaseGeometry | None) -> Figures:
    """The figures of one shape."""
    return figures_of(np.array([shape], dtype=object))[0]


def of_types(geometry: Geometries, types: tuple[int, ...]) -> Flags:
    """Which shapes are of one of these types."""
    found: Flags = np.isin(shapely.get_type_id(geometry), types)
    return found


def rows_where(flags: Flags) -> Iterator[int]:
    """The rows that are marked."""
    yield from (int(row) for row in np.flatnonzero(flags))


def simple_parts(shape: BaseGeometry) -> list[BaseGeometry]:
    """The parts of a shape that have no parts themselves, collections within it opened too."""
    parts = [shape]
    while any(part.geom_type.startswith(("Multi", "GeometryCollection")) for part in parts):
        parts = [inner for part in parts for inner in shapely.get_parts(part).tolist()]
    return parts

"""Outlines with fewer vertices, for pictures in which the others could not be told apart."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.slices import in_slices

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# A level serves every picture whose pixels are at least so large on the ground.
PIXELS_M = (2.0, 8.0, 32.0)
WORTH = 20_000  # vertices; fewer are drawn as they are
_TOLERANCE_PX = 0.25  # how far what is drawn may lie beside what was surveyed, on each level


@dataclass(frozen=True, eq=False)
class Level:
    """The vertices of every ring that are left, and where each ring begins."""

    pixel_m: float
    xy: Floats
    start: Ints


def coordinates(rings: Geometries) -> tuple[Floats, Ints]:
    """The coordinates of rings, lines or points, and where each begins, the end included."""
    counts = in_slices(shapely.get_num_coordinates, rings)
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return in_slices(shapely.get_coordinates, rings).reshape(-1, 2), start


def make_levels(rings: Geometries) -> tuple[Level, ...]:
    """The levels of rings or lines, the finest first; none where there is nothing to gain.

    At most a third of a pixel lies between a level and what was surveyed.
    """
    vertices = int(in_slices(shapely.get_num_coordinates, rings).sum())
    if vertices < WORTH or vertices <= 3 * len(rings):
        return ()
    levels = []
    for pixel_m in PIXELS_M:
        simpler = functools.partial(
            shapely.simplify, tolerance=_TOLERANCE_PX * pixel_m, preserve_topology=False
        )
        fewer = in_slices(simpler, rings)
        rings = np.where(shapely.is_empty(fewer), rings, fewer)
        levels.append(Level(pixel_m, *coordinates(rings)))
    return tuple(levels)

"""Outlines with fewer vertices, for pictures in which the others could not be told apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Geometries

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


Run = tuple[Floats, Ints]
"""The coordinates of some rings, lines or points, and how many each of them has."""


def run_of(rings: Geometries) -> Run:
    """The coordinates of a few thousand rings, lines or points."""
    return shapely.get_coordinates(rings), shapely.get_num_coordinates(rings).astype(np.int64)


def joined(runs: Sequence[Run]) -> tuple[Floats, Ints]:
    """The coordinates of all, and where each ring begins, the end included."""
    counts = np.concatenate([counts for _, counts in runs])
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return np.concatenate([xy for xy, _ in runs]), start


def levels_worth(vertices: int, rings: int) -> tuple[float, ...]:
    """The pixels for which a layer has levels; none where there is nothing to gain."""
    return () if vertices < WORTH or vertices <= 3 * rings else PIXELS_M


def runs_with_fewer(rings: Geometries, pixels_m: Sequence[float]) -> Iterator[Run]:
    """A few thousand rings or lines for pictures of such pixels, the finest first.

    At most a third of a pixel lies between a level and what was surveyed.
    """
    for pixel_m in pixels_m:
        fewer = shapely.simplify(rings, _TOLERANCE_PX * pixel_m, preserve_topology=False)
        rings = np.where(shapely.is_empty(fewer), rings, fewer)
        yield run_of(rings)

"""The outlines of areas as one run of vertices, so that the kernel reads them without a call."""

from __future__ import annotations

import functools
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
        return members(self.first, area)

    @functools.cached_property
    def runs(self) -> Runs:
        """The boundaries cut into runs of edges, worked out when first asked for."""
        return _cut_into_runs(self)

    def runs_pay(self, vertices: int) -> bool:
        """Whether to look at runs before so many vertices: where they are there, or for all.

        To cut 200,000 roads takes 0.6 s, as long as to look at each of their vertices once.
        """
        return "runs" in self.__dict__ or vertices >= len(self.east_m)


@dataclass(frozen=True, eq=False)
class Runs:
    """Runs of a few edges that follow each other on one ring, each with a box around it.

    ``middle_e`` and ``middle_n`` are the boxes' middles, ``half_e`` and ``half_n`` half their
    sides; ``begin`` is the first vertex of each run and ``count`` how many it has, ``first``
    (n + 1) where each polygon's runs begin. Runs that follow each other share a vertex.
    """

    middle_e: Floats
    middle_n: Floats
    half_e: Floats
    half_n: Floats
    begin: Indices
    count: Indices
    first: Indices


def members(first: Indices, groups: Indices) -> tuple[Indices, Indices]:
    """What belongs to some groups, one after another: how many to each, and which.

    ``first`` says where the members of each group begin, those of the last one end included.
    """
    begin = first[groups]
    return ranges(begin, first[groups + 1] - begin)


def ranges(begin: Indices, counts: Indices) -> tuple[Indices, Indices]:
    """So many numbers from each beginning on: how many of each, and all one after another."""
    skipped = (begin - counts.cumsum() + counts).repeat(counts)
    return counts, np.arange(len(skipped)) + skipped


# At once, 200,000 roads of 44 vertices kept a window's other thread waiting for 0.4 s.
_AREAS_AT_ONCE = 5_000


def trace(areas: Geometries) -> Boundaries:
    """The boundaries of polygons, holes included; an empty polygon has none."""
    begins = range(0, max(len(areas), 1), _AREAS_AT_ONCE)
    parts = [_traced(areas[begin : begin + _AREAS_AT_ONCE]) for begin in begins]
    east_m, north_m, edge, counts = (np.concatenate(column) for column in zip(*parts, strict=True))
    first = np.concatenate(([0], counts.cumsum()))
    return Boundaries(areas, east_m, north_m, edge, first)


def _traced(areas: Geometries) -> tuple[Floats, Floats, NDArray[np.bool_], Indices]:
    """East, north, whether an edge leads on, and how many vertices each polygon has."""
    rings, owner = shapely.get_rings(areas, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    edge = np.append(ring[1:] == ring[:-1], False)[: len(ring)]
    counts = np.bincount(owner[ring], minlength=len(areas))
    return points[:, 0], points[:, 1], edge, counts


# Of 44 vertices around a road a segment's line meets one run or two: with runs of 8 edges a fifth
# of the vertices are left to look at, with 4 a sixth, but twice as many boxes.
_EDGES_A_RUN = 8


def _cut_into_runs(areas: Boundaries) -> Runs:
    ends = (~areas.edge).nonzero()[0]
    begins = np.append(0, ends[:-1] + 1)[: len(ends)]
    edges = ends - begins
    ring, number = ranges(np.zeros_like(edges), -(-edges // _EDGES_A_RUN))
    done = number * _EDGES_A_RUN
    begin = begins.repeat(ring) + done
    count = np.minimum(edges.repeat(ring) - done, _EDGES_A_RUN) + 1
    low_e, high_e = _extent(areas.east_m, begin, count)
    low_n, high_n = _extent(areas.north_m, begin, count)
    return Runs(
        middle_e=0.5 * (low_e + high_e),
        middle_n=0.5 * (low_n + high_n),
        half_e=0.5 * (high_e - low_e),
        half_n=0.5 * (high_n - low_n),
        begin=begin,
        count=count,
        first=begin.searchsorted(areas.first),
    )


def _extent(values: Floats, begin: Indices, count: Indices) -> tuple[Floats, Floats]:
    """The least and the greatest of some of the values from each beginning on."""
    bounds = np.stack((begin, begin + count), axis=1).ravel()
    padded = np.append(values, 0.0)
    return np.minimum.reduceat(padded, bounds)[::2], np.maximum.reduceat(padded, bounds)[::2]

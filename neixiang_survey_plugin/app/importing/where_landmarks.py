"""What a county has already, as edges and corners that an incoming layer may share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.trees import Tree, tree_of

Floats = NDArray[np.float64]
_T = TypeVar("_T", bound=np.generic)

_MOST_FEATURES = 2000  # of an incoming layer, evenly chosen: more say nothing more
_MOST_POINTS = 240
_MOST_EDGES = 3000
_AT_ONCE = 4_000  # features
_SHORTEST_EDGE_M = 1.0
_VECTOR_STEP_M = 0.2
_ROW = 1 << 32


@dataclass(frozen=True, eq=False)
class Sketch:
    """A layer for matching: some of its vertices (n, 2) and edges (m, 2 ends, 2)."""

    points: Floats
    edges: Floats
    is_of_lines: bool = False

    @property
    def numbers(self) -> Floats:
        """All coordinates in one table, for one transformation."""
        return np.concatenate([self.points, self.edges.reshape(-1, 2)])

    def moved(self, numbers: Floats) -> Sketch:
        """The same sketch with its ``numbers`` transformed."""
        points, edges = numbers[: len(self.points)], numbers[len(self.points) :]
        return Sketch(points, edges.reshape(-1, 2, 2), self.is_of_lines)


@dataclass(frozen=True, eq=False)
class Nearby:
    """Edges and corners round some points, to be searched."""

    edges: shapely.STRtree
    corners: shapely.STRtree


@dataclass(frozen=True, eq=False)
class Landmarks:
    """The county's own shapes and street areas, in its grid (metres).

    Their edges are taken apart only where they are asked for: a county of 200,000 roads has
    nine million.
    """

    geometry: Geometries
    shapes: Tree
    streets: Tree | None  # None where no street is known

    def near(self, points: Floats, reach_m: float) -> Nearby:
        """The edges and corners of every shape whose box comes so near to one of some points."""
        boxes = shapely.box(*(points - reach_m).T, *(points + reach_m).T)
        rows = np.unique(self.shapes.query(boxes)[1])
        edges, corners = _edges_and_points(self.geometry[rows])
        return Nearby(
            shapely.STRtree(np.asarray(shapely.linestrings(edges), dtype=object)),
            shapely.STRtree(np.asarray(shapely.points(corners), dtype=object)),
        )

    @cached_property
    def vectors(self) -> tuple[NDArray[np.int64], Floats]:
        """The vectors of all edges as numbers in order, and the middles of these edges."""
        edges, _ = _edges_and_points(self.geometry)
        keys, middles = edge_vectors(edges)
        order = np.argsort(keys, kind="stable")
        return keys[order], middles[order]


def sketch(geometry: Geometries) -> Sketch:
    """Vertices and edges of at most 2,000 features of a layer, evenly chosen, never at random."""
    whole = geometry[~(shapely.is_missing(geometry) | shapely.is_empty(geometry))]
    some = evenly(whole, _MOST_FEATURES)
    edges, points = _edges_and_points(some)
    lines = bool(len(some)) and bool((shapely.get_dimensions(some) == 1).mean() > 0.5)
    return Sketch(evenly(points, _MOST_POINTS), evenly(edges, _MOST_EDGES), lines)


def landmarks(layers: Sequence[Geometries], streets: Geometries) -> Landmarks:
    """What there is to hold a layer against: the shapes of some layers, and the street areas."""
    every = np.concatenate([*layers, np.empty(0, dtype=object)])
    return Landmarks(every, tree_of(every), tree_of(streets) if len(streets) else None)


def edge_vectors(
    edges: Floats, step_east: int = 0, step_north: int = 0
) -> tuple[NDArray[np.int64], Floats]:
    """Direction and length of each edge as one number, equal for edges that are moved copies.

    The steps give the numbers of the vectors that are longer by so many steps of 0.2 m. Comes with
    the middles of the edges; edges below 1 m are left out.
    """
    vector = edges[:, 1] - edges[:, 0]
    long = np.hypot(*vector.T) >= _SHORTEST_EDGE_M
    vector, middle = vector[long], edges[long].mean(axis=1)
    back = (vector[:, 0] < 0) | ((vector[:, 0] == 0) & (vector[:, 1] < 0))
    vector = np.where(back[:, None], -vector, vector)
    east, north = np.round(vector / _VECTOR_STEP_M).astype(np.int64).T
    return (east + step_east) * _ROW + north + step_north, middle


def _edges_and_points(geometry: Geometries) -> tuple[Floats, Floats]:
    """Some thousands at a time: all of a county's at once held a window for a second."""
    begins = range(0, max(len(geometry), 1), _AT_ONCE)
    found = [_edges_and_points_of(geometry[at : at + _AT_ONCE]) for at in begins]
    edges, corners = zip(*found, strict=True)
    return np.concatenate(edges), np.concatenate(corners)


def _edges_and_points_of(geometry: Geometries) -> tuple[Floats, Floats]:
    parts = shapely.get_parts(geometry)
    kind = shapely.get_dimensions(parts)
    lines = np.concatenate([shapely.get_rings(parts[kind == 2]), parts[kind == 1]])
    points, of = shapely.get_coordinates(lines, return_index=True)
    follows = of[1:] == of[:-1]
    edges = np.stack([points[:-1][follows], points[1:][follows]], axis=1)
    first = np.ones(len(of), dtype=bool)
    first[1:] = of[1:] != of[:-1]
    closed = shapely.is_closed(lines)[of] if len(of) else first
    corners = np.concatenate([points[~(first & closed)], shapely.get_coordinates(parts[kind == 0])])
    return edges, corners


def evenly(things: NDArray[_T], most: int) -> NDArray[_T]:
    """At most so many of some things, evenly spaced."""
    if len(things) <= most:
        return things
    return things[np.linspace(0, len(things) - 1, most).astype(np.intp)]

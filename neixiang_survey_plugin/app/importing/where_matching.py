"""How well a layer that is put somewhere fits what the county has there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.app.importing.where_landmarks import (
    Floats,
    Landmarks,
    Sketch,
    edge_vectors,
    evenly,
)

# Shared corners of two copies agree to the rounding of their files: 0.1 m in degrees with six
# decimals, and a constant offset stands for a change of datum to 0.1 m over 10 km.
SAME_PLACE_M = 0.3
_RADII_M = (2.0, 5.0, 12.0, 30.0, 75.0, 150.0)
NEAREST_PUSH_M, FARTHEST_PUSH_M = _RADII_M[0], _RADII_M[-1]
_BEARINGS = 8
_OWN_DIRECTIONS = 4
_FAR_RADIUS_M = 75.0
_FEW_STREETS = 0.05
_PARTS = (0.2, 0.4, 0.6, 0.8)
_MOST_ALONG = 400
# What falls on less than this does not agree, and need not be compared.
_WORTH_A_SHARE = 0.2
# A vector that so many of the county's edges have says nothing about a place.
_MOST_COPIES = 60
_FEWEST_VOTES = 4
_APART_M = 3.0
_ROW = 1 << 32


@dataclass(frozen=True)
class Match:
    """What of a layer's vertices falls on the county's corners, edges and streets.

    ``rival_on_corner`` and ``rival_on_edge`` are the most that fall there when the layer is pushed
    2 to 150 m aside: where that is nearly as many, the agreement does not tell the place.
    ``in_streets`` is a share, ``in_streets_aside`` the usual share when pushed 75 to 150 m aside;
    None where there are no streets.
    """

    points: int
    on_corner: int
    on_edge: int
    rival_on_corner: int
    rival_on_edge: int
    in_streets: float | None
    in_streets_aside: float | None
    is_of_lines: bool = False

    @property
    def heeds_streets(self) -> bool:
        """Whether streets matter to the layer: lines keep to them, buildings keep out of them.

        True where there are too few streets to say.
        """
        if self.in_streets is None or self.in_streets_aside is None:
            return True
        if self.in_streets_aside < _FEW_STREETS:
            return True
        more = self.in_streets - self.in_streets_aside
        return (more if self.is_of_lines else abs(more)) >= self.in_streets_aside / 2


@dataclass(frozen=True)
class Vote:
    """An offset in metres (east, north) and how many edges would then lie on equal ones."""

    shift_m: tuple[float, float]
    edges: int


def match(placed: Sketch, marks: Landmarks) -> Match:
    """How a layer in the county grid (metres) fits the landmarks where it lies."""
    points = placed.points[np.isfinite(placed.points).all(axis=1)]
    stay = np.zeros((1, 2))
    here = marks.near(points, SAME_PLACE_M)
    on_corner = int(_counts(points, stay, here.corners)[0])
    on_edge = int(_counts(points, stay, here.edges)[0])
    rival_corner = rival_edge = 0
    if max(on_edge, on_corner) >= _WORTH_A_SHARE * len(points):
        aside, around = _pushes(placed.edges), marks.near(points, FARTHEST_PUSH_M + SAME_PLACE_M)
        rival_corner = int(_counts(points, aside, around.corners).max())
        rival_edge = int(_counts(points, aside, around.edges).max())
    streets, usual = _shares_in_streets(_along(placed), marks)
    return Match(
        len(points),
        on_corner,
        on_edge,
        rival_corner,
        rival_edge,
        streets,
        usual,
        placed.is_of_lines,
    )


def vote_offsets(placed: Sketch, marks: Landmarks, most: int = 2) -> tuple[Vote, ...]:
    """The offsets at which most edges of the layer lie on equal edges of the county.

    Edges are compared by length and direction, which an offset of any size leaves as they are.
    """
    own, offsets = _paired_edges(placed.edges, *marks.vectors)
    votes: list[Vote] = []
    while len(votes) < most and len(own):
        vote, near = _strongest(own, offsets)
        if vote.edges < _FEWEST_VOTES:
            break
        votes.append(vote)
        own, offsets = own[~near], offsets[~near]
    return tuple(votes)


def _paired_edges(
    edges: Floats, vectors: NDArray[np.int64], there: Floats
) -> tuple[NDArray[np.intp], Floats]:
    """Which edge of the layer has a copy in the county, and how far away the copy lies."""
    owns, offsets = [], []
    for east in (-1, 0, 1):
        for north in (-1, 0, 1):
            keys, middles = edge_vectors(edges, east, north)
            first = np.searchsorted(vectors, keys, "left")
            count = np.searchsorted(vectors, keys, "right") - first
            count[count > _MOST_COPIES] = 0
            own = np.repeat(np.arange(len(keys)), count)
            within = np.arange(len(own)) - np.repeat(np.cumsum(count) - count, count)
            owns.append(own)
            offsets.append(there[first[own] + within] - middles[own])
    return np.concatenate(owns), np.concatenate(offsets)


def _strongest(own: NDArray[np.intp], offsets: Floats) -> tuple[Vote, NDArray[np.bool_]]:
    """The offset with most votes, and which pairs lie within 3 m of it."""
    cell = np.round(offsets).astype(np.int64)
    _, first, count = np.unique(
        cell[:, 0] * _ROW + cell[:, 1], return_index=True, return_counts=True
    )
    centre = cell[first[count.argmax()]].astype(float)
    for _ in range(2):  # a peak may lie between two cells
        close = np.abs(offsets - centre).max(axis=1) <= 1.0
        centre = np.median(offsets[close], axis=0)
    close = np.abs(offsets - centre).max(axis=1) <= SAME_PLACE_M
    near = np.abs(offsets - centre).max(axis=1) <= _APART_M
    east, north = centre.tolist()
    return Vote((east, north), len(np.unique(own[close]))), near


def _pushes(edges: Floats) -> Floats:
    """Steps to all sides, and along the layer's own longest edges, both ways."""
    turns = np.arange(_BEARINGS) * 2 * np.pi / _BEARINGS
    directions = [np.column_stack([np.cos(turns), np.sin(turns)])]
    if len(edges):
        vector = edges[:, 1] - edges[:, 0]
        length = np.hypot(*vector.T)
        longest = np.argsort(-length)[:_OWN_DIRECTIONS]
        own = vector[longest] / np.maximum(length[longest], 1e-9)[:, None]
        directions += [own, -own]
    along = np.concatenate(directions)
    return np.concatenate([along * radius for radius in _RADII_M])


def _counts(points: Floats, steps: Floats, tree: shapely.STRtree) -> NDArray[np.intp]:
    """For each step, how many of the points that take it lie on something of the tree."""
    tried = (points[None] + steps[:, None]).reshape(-1, 2)
    found = tree.query(shapely.points(tried), predicate="dwithin", distance=SAME_PLACE_M)[0]
    return np.bincount(np.unique(found) // max(len(points), 1), minlength=len(steps))


def _along(placed: Sketch) -> Floats:
    """Vertices, and points between them: a long straight main has few vertices."""
    start, end = placed.edges[:, 0], placed.edges[:, 1]
    between = [start + (end - start) * part for part in _PARTS]
    some = evenly(np.concatenate([placed.points, *between]), _MOST_ALONG)
    sound: Floats = some[np.isfinite(some).all(axis=1)]
    return sound


def _shares_in_streets(points: Floats, marks: Landmarks) -> tuple[float | None, float | None]:
    if marks.streets is None or not len(points):
        return None, None
    aside = _pushes(np.empty((0, 2, 2)))
    far = aside[np.hypot(*aside.T) >= _FAR_RADIUS_M - 1]
    tried = (points[None] + np.concatenate([np.zeros((1, 2)), far])[:, None]).reshape(-1, 2)
    found = np.unique(marks.streets.query(shapely.points(tried), predicate="intersects")[0])
    share = np.bincount(found // len(points), minlength=len(far) + 1) / len(points)
    return float(share[0]), float(share[1:].mean())

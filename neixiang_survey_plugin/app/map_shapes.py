"""The outlines of very many features in one run of coordinates, ready to be drawn fast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Geometries

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Box = tuple[float, float, float, float]  # west, south, east, north

CHUNK = 256  # rings that share one box: a view looks at the boxes first, then at the rings
_CELLS = 1 << 16  # the sides of the square that puts near features near each other


@dataclass(frozen=True, eq=False)
class Shapes:
    """Rings, lines or points of one look, in grid metres, neighbours near each other.

    Ring ``i`` holds the coordinates ``start[i]`` to ``start[i + 1]`` of ``xy``. Shells run
    counter-clockwise and holes clockwise, so that overlapping polygons fill as one.
    """

    xy: Floats
    start: Ints
    ring_boxes: Floats
    chunk_boxes: Floats

    def __len__(self) -> int:
        return len(self.start) - 1

    def rings_in(self, box: Box) -> Ints:
        """The rings whose boxes meet the box, in order."""
        chunks = np.flatnonzero(_meet(self.chunk_boxes, box))
        if len(chunks) == 0:
            return np.empty(0, dtype=np.int64)
        rings = (chunks[:, None] * CHUNK + np.arange(CHUNK)).ravel()
        rings = rings[rings < len(self)]
        return rings[_meet(self.ring_boxes[rings], box)]

    def gather(self, rings: Ints) -> tuple[Floats, Ints]:
        """The coordinates of some rings, and where each begins among them, the end included."""
        first, sizes = self.start[rings], self.start[rings + 1] - self.start[rings]
        start = np.concatenate([[0], np.cumsum(sizes)])
        index = np.arange(start[-1]) + np.repeat(first - start[:-1], sizes)
        return self.xy[index], start


def shapes_of(geometry: Geometries) -> Shapes:
    """Lay out geometries of any kind in Z-order; what is empty or missing is left out."""
    parts = shapely.get_parts(geometry[~shapely.is_missing(geometry)])
    parts = parts[~shapely.is_empty(parts)]
    if len(parts) == 0:
        return Shapes(np.empty((0, 2)), np.zeros(1, np.int64), np.empty((0, 4)), np.empty((0, 4)))
    parts = parts[_z_order(shapely.bounds(parts))]
    rings, owner = _rings(parts)
    xy, ring_of = shapely.get_coordinates(rings, return_index=True)
    start = np.searchsorted(ring_of, np.arange(len(rings) + 1)).astype(np.int64)
    if shapely.get_dimensions(parts[0]) == 2:
        xy = _turned(xy, start, owner)
    boxes = shapely.bounds(rings)
    return Shapes(xy, start, boxes, _chunked(boxes))


def _rings(parts: Geometries) -> tuple[Geometries, Ints]:
    """The rings of polygons, lines and points as they are; and the part that each belongs to."""
    if shapely.get_dimensions(parts[0]) < 2:
        return parts, np.arange(len(parts))
    rings, owner = shapely.get_rings(parts, return_index=True)
    return rings, owner


def _turned(xy: Floats, start: Ints, owner: Ints) -> Floats:
    """Every shell, the first ring of its part, counter-clockwise, every hole clockwise."""
    sizes = np.diff(start)
    own = np.arange(len(xy))
    first = np.repeat(start[:-1], sizes)
    here = xy - xy[first]
    after = np.roll(here, -1, axis=0)
    twice = here[:, 0] * after[:, 1] - after[:, 0] * here[:, 1]
    twice[start[1:] - 1] = 0.0  # what follows the last point is another ring
    shell = np.concatenate([[True], owner[1:] != owner[:-1]])
    wrong = (np.add.reduceat(twice, start[:-1]) > 0) != shell
    backwards = first + np.repeat(start[1:], sizes) - 1 - own
    return xy[np.where(np.repeat(wrong, sizes), backwards, own)]


def _z_order(boxes: Floats) -> NDArray[np.intp]:
    """The order along a Z-curve through the middles of the boxes."""
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    low = middle.min(axis=0)
    span = max(float((middle.max(axis=0) - low).max()), 1e-9)
    cell = ((middle - low) / span * (_CELLS - 1)).astype(np.uint64)
    return np.argsort(_spread(cell[:, 0]) | (_spread(cell[:, 1]) << np.uint64(1)), kind="stable")


def _spread(number: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Sixteen bits, each with an empty one before it."""
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        number = (number | (number << np.uint64(shift))) & np.uint64(mask)
    return number


def _chunked(boxes: Floats) -> Floats:
    starts = np.arange(0, len(boxes), CHUNK)
    low = np.minimum.reduceat(boxes[:, :2], starts, axis=0)
    high = np.maximum.reduceat(boxes[:, 2:], starts, axis=0)
    return np.concatenate([low, high], axis=1)


def _meet(boxes: Floats, box: Box) -> NDArray[np.bool_]:
    west, south, east, north = box
    found: NDArray[Any] = (
        (boxes[:, 0] <= east)
        & (boxes[:, 2] >= west)
        & (boxes[:, 1] <= north)
        & (boxes[:, 3] >= south)
    )
    return found

"""The outlines of very many features in one run of coordinates, ready to be drawn fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.app.map_levels import (
    Floats,
    Ints,
    Level,
    Run,
    joined,
    levels_worth,
    run_of,
    runs_with_fewer,
)
from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.slices import in_slices, slices

Box = tuple[float, float, float, float]  # west, south, east, north

CHUNK = 256  # rings that share one box: a view looks at the boxes first, then at the rings
_FIRST_MULTI_TYPE = 4  # shapely's numbers: points, lines and areas of one part come before
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
    levels: tuple[Level, ...] = ()

    def __len__(self) -> int:
        return len(self.start) - 1

    def rings_in(self, box: Box) -> Ints:
        """The rings whose boxes meet the box, in order."""
        chunks = np.flatnonzero(_meet(self.chunk_boxes, box))
        if len(chunks) == 0:
            return np.empty(0, dtype=np.int64)
        rings = (chunks[:, None] * CHUNK + np.arange(CHUNK)).ravel()
        rings = rings[rings < len(self)]
        # Of a chunk that lies in the box all do: a far view read 200,000 boxes, 20 ms.
        at_edge = np.repeat(~_lie_in(self.chunk_boxes[chunks], box), CHUNK)[: len(rings)]
        meet = np.ones(len(rings), dtype=np.bool_)
        meet[at_edge] = _meet(self.ring_boxes[rings[at_edge]], box)
        return rings[meet]

    def gather(self, rings: Ints, pixel_m: float = 0.0) -> tuple[Floats, Ints]:
        """The coordinates of some rings, and where each begins among them, the end included.

        As many of them as a picture with pixels of so many metres can show.
        """
        xy, start = self.xy, self.start
        for level in self.levels:
            if level.pixel_m <= pixel_m:
                xy, start = level.xy, level.start
        first, sizes = start[rings], start[rings + 1] - start[rings]
        begins = np.concatenate([[0], np.cumsum(sizes)])
        index = np.arange(begins[-1]) + np.repeat(first - begins[:-1], sizes)
        return xy[index], begins


def shapes_of(geometry: Geometries) -> Shapes:
    """Lay out geometries of any kind in Z-order; what is empty or missing is left out."""
    parts = _parts(geometry[~shapely.is_missing(geometry)])
    if len(parts) == 0:
        return Shapes(np.empty((0, 2)), np.zeros(1, np.int64), np.empty((0, 4)), np.empty((0, 4)))
    parts = parts[_z_order(in_slices(shapely.bounds, parts))]
    are_areas = bool(shapely.get_dimensions(parts[0]) == 2)
    pixels_m = _levels_of(parts, are_areas)
    laid = [_laid(parts[some], are_areas, pixels_m) for some in slices(len(parts))]
    boxes = np.concatenate([boxes for boxes, _ in laid])
    (xy, start), *fewer = map(joined, zip(*(runs for _, runs in laid), strict=True))
    levels = [Level(pixel_m, *one) for pixel_m, one in zip(pixels_m, fewer, strict=True)]
    return Shapes(xy, start, boxes, _chunked(boxes), tuple(levels))


def _parts(geometry: Geometries) -> Geometries:
    """Shapes of one part each; most layers have nothing to take apart."""
    if (shapely.get_type_id(geometry) >= _FIRST_MULTI_TYPE).any():
        geometry = in_slices(shapely.get_parts, geometry)
    parts: Geometries = geometry[~shapely.is_empty(geometry)]
    return parts


def _levels_of(parts: Geometries, are_areas: bool) -> tuple[float, ...]:
    rings = len(parts)
    if are_areas:
        rings += int(shapely.get_num_interior_rings(parts).sum())
    return levels_worth(int(in_slices(shapely.get_num_coordinates, parts).sum()), rings)


def _laid(
    parts: Geometries, are_areas: bool, pixels_m: Sequence[float]
) -> tuple[Floats, list[Run]]:
    """A few thousand parts: the boxes of their rings, these as they are, and for each level."""
    rings = _rings(parts) if are_areas else parts
    return shapely.bounds(rings), [run_of(rings), *runs_with_fewer(rings, pixels_m)]


def _rings(parts: Geometries) -> Geometries:
    """The rings of areas, every shell counter-clockwise and every hole clockwise."""
    rings: Geometries = shapely.get_rings(parts)
    shell = np.zeros(len(rings), dtype=np.bool_)  # the first ring of its part
    holes = shapely.get_num_interior_rings(parts)
    shell[np.concatenate([[0], np.cumsum(holes + 1)[:-1]])] = True
    wrong = shapely.is_ccw(rings) != shell
    rings[wrong] = shapely.reverse(rings[wrong])
    return rings


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


def _lie_in(boxes: Floats, box: Box) -> NDArray[np.bool_]:
    west, south, east, north = box
    found: NDArray[Any] = (
        (boxes[:, 0] >= west)
        & (boxes[:, 2] <= east)
        & (boxes[:, 1] >= south)
        & (boxes[:, 3] <= north)
    )
    return found


def _meet(boxes: Floats, box: Box) -> NDArray[np.bool_]:
    west, south, east, north = box
    found: NDArray[Any] = (
        (boxes[:, 0] <= east)
        & (boxes[:, 2] >= west)
        & (boxes[:, 1] <= north)
        & (boxes[:, 3] >= south)
    )
    return found

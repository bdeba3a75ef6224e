"""From very many outlines to what a painter fills and strokes, a small slice at a time."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString

from neixiang_survey_plugin.app.map_levels import Floats, Ints
from neixiang_survey_plugin.app.map_shapes import Shapes
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render.view import View

# A painter holds the interpreter for a whole call: 57 ms for a path of 360,000 vertices. Small
# pieces are faster too: the full picture of 600,000 features in 0.65 s by 4,000, 0.5 s by 500.
SLICE = 500
WIDE_SLICE = 200  # for pens wider than a pixel, each of whose lines becomes an area first
_LONG = 2_000  # of a road of 100,000 vertices each tile painted all: one call of 130 ms
_RINGS = 500  # gathered at a time: a step of numpy holds the interpreter too
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])  # QPainterPath in QDataStream
_MOVE, _LINE, _WINDING = 0, 1, 1


def path_slices(
    shapes: Shapes, view: View, reach_px: float = 0.0, size: int = SLICE, dashed: bool = False
) -> Iterator[Any]:
    """The outlines in view as painter paths in pixels, of about so many vertices each.

    ``reach_px`` is how far a line is drawn beside its course. Vertices that fall into the same
    half pixel as the one before are left out; of a very long outline, unless it is ``dashed``,
    those beside the view too.
    """
    low = -reach_px - 1.0
    high = view.width_px - low, view.height_px - low
    for xy, start in _seen(shapes, view, reach_px):
        long = not dashed and np.diff(start).max(initial=0) > _LONG
        yield from paths_of(*(without_outside(xy, start, low, high) if long else (xy, start)), size)


def without_outside(
    xy: Floats, start: Ints, low: float, high: tuple[float, float]
) -> tuple[Floats, Ints]:
    """The same runs as they look between ``low`` and ``high``, both ways.

    A vertex goes that lies beyond the same side as the one before and the one after: what joins
    these lies there too, and so does all by which an area changes.
    """
    side = np.zeros(len(xy), dtype=np.int8)
    for number, beyond in enumerate(
        (xy[:, 0] < low, xy[:, 0] > high[0], xy[:, 1] < low, xy[:, 1] > high[1]), start=1
    ):
        side[beyond & (side == 0)] = number
    kept = np.ones(len(xy), dtype=np.bool_)
    kept[1:-1] = (side[1:-1] == 0) | (side[1:-1] != side[:-2]) | (side[1:-1] != side[2:])
    kept[start[:-1]] = True
    kept[start[1:] - 1] = True
    return _only(kept, xy, start)


def _only(kept: NDArray[np.bool_], xy: Floats, start: Ints) -> tuple[Floats, Ints]:
    before = np.concatenate([[0], np.cumsum(kept)])
    return xy[kept], before[start]


def paths_of(xy: Floats, start: Ints, size: int = SLICE) -> Iterator[Any]:
    """Pixels as painter paths of about so many vertices; ``start`` is where each run begins."""
    elements = np.empty(len(xy), _ELEMENT)
    elements["kind"] = _LINE
    elements["kind"][start[:-1]] = _MOVE
    elements["x"], elements["y"] = xy[:, 0], xy[:, 1]
    for first, last in _cuts(start, size):
        yield _path(elements[first:last])


def without_repeats(xy: Floats, start: Ints) -> tuple[Floats, Ints]:
    """The same runs but for the vertices in the same half pixel as the one before."""
    half = np.floor(xy * 2)
    kept = np.ones(len(xy), dtype=np.bool_)
    kept[1:] = (half[1:, 0] != half[:-1, 0]) | (half[1:, 1] != half[:-1, 1])
    kept[start[:-1]] = True
    return _only(kept, xy, start)


def point_slices(shapes: Shapes, view: View, reach_px: float) -> Iterator[Any]:
    """The points in view as polygons in pixels, of at most 1,000 points each."""
    for xy, _ in _seen(shapes, view, reach_px):
        for first in range(0, len(xy), 1_000):
            part = xy[first : first + 1_000]
            data = struct.pack(">I", len(part)) + part.astype(">f8").tobytes()
            yield _streamed(data, QtGui.QPolygonF())


def runs(geometry: Geometry, view: View) -> list[Any]:
    """The lines and rings of one geometry as runs of pixels; its points are left out."""
    if isinstance(geometry, LineString) and not shapely.is_empty(geometry):
        return [polygon(shapely.get_coordinates(geometry), view)]
    found = []
    for part in shapely.get_parts(shapely.get_parts(geometry)):
        rings = shapely.get_rings(part) if shapely.get_dimensions(part) == 2 else [part]
        for ring in rings:
            if shapely.get_dimensions(ring) == 1 and not shapely.is_empty(ring):
                found.append(polygon(shapely.get_coordinates(ring), view))
    return found


def polygon(xy: Floats, view: View) -> Any:
    """Coordinates of the grid as a run of pixels."""
    return run_of(on_pixels(xy, view))


def on_pixels(xy: Floats, view: View) -> Floats:
    """Coordinates of the grid as pixels."""
    west, _, _, north = view.box
    pixels: Floats = (xy - (west, north)) * (1 / view.pixel_m, -1 / view.pixel_m)
    return pixels


def run_of(pixels: Floats) -> Any:
    """Pixels as a run that a painter takes."""
    data = struct.pack(">I", len(pixels)) + pixels.astype(">f8").tobytes()
    return _streamed(data, QtGui.QPolygonF())


def _seen(shapes: Shapes, view: View, reach_px: float) -> Iterator[tuple[Floats, Ints]]:
    """The coordinates in view in pixels and where each ring begins, some rings at a time."""
    west, south, east, north = view.box
    reach_m = (reach_px + 1.0) * view.pixel_m
    rings = shapes.rings_in((west - reach_m, south - reach_m, east + reach_m, north + reach_m))
    for first in range(0, len(rings), _RINGS):
        xy, start = shapes.gather(rings[first : first + _RINGS], view.pixel_m)
        xy -= (west, north)
        xy *= (1 / view.pixel_m, -1 / view.pixel_m)
        yield without_repeats(xy, start)


def _cuts(start: Ints, size: int) -> Iterator[tuple[int, int]]:
    """Where to cut between rings, so that a piece is just over a slice or one large ring."""
    first = 0
    while first < len(start) - 1:
        last = int(np.searchsorted(start, start[first] + size, "right")) - 1
        last = max(last, first + 1)
        yield int(start[first]), int(start[last])
        first = last


def _path(elements: NDArray[Any]) -> Any:
    head, tail = struct.pack(">i", len(elements)), struct.pack(">ii", 0, _WINDING)
    return _streamed(head + elements.tobytes() + tail, QtGui.QPainterPath())


def _streamed(data: bytes, into: Any) -> Any:
    held = QtCore.QByteArray(data)  # the stream does not keep it alive
    stream = QtCore.QDataStream(held)
    stream >> into
    return into

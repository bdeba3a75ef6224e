"""Shapes of very many vertices on the map: what of them is seen, and where two lines differ."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString, MultiPoint

from neixiang_survey_plugin.app.map_shapes import Box
from neixiang_survey_plugin.render.paths import on_pixels, polygon, run_of
from neixiang_survey_plugin.render.view import View

# Vertices from which on only what lies in sight is made ready, and painted where it changed.
MANY = 200
_MANY_OF_AREA = 1_000  # of a road of 100,000 the mark took 500 ms to paint, and 10 so
_SEEN_PX = 0.2
# Of many, one after another in one cell is seen once; a square on a vertex is 7 pixels wide.
_LINE_CELL_PX, _POINT_CELL_PX = 0.5, 4.0

Pixels = NDArray[np.float64]
_Corner = tuple[float, float]


def shape_seen(geometry: Geometry, view: View, reach_px: float) -> Geometry:
    """An area, or several lines, of many vertices as seen in a view; anything else as it is.

    It is cut off outside the view, farther away than what is drawn so far beside its course, and
    bends smaller than a fifth of a pixel are left out. What is smaller altogether is its box.
    """
    if isinstance(geometry, LineString) or shapely.get_num_coordinates(geometry) < _MANY_OF_AREA:
        return geometry
    west, south, east, north = view.box
    more_m = (2 * reach_px + 1) * view.pixel_m
    cut = _cut(geometry, (west - more_m, south - more_m, east + more_m, north + more_m))
    seen = shapely.simplify(cut, _SEEN_PX * view.pixel_m, preserve_topology=False)
    return shapely.envelope(cut) if shapely.is_empty(seen) else seen


def _cut(geometry: Geometry, box: Box) -> Geometry:
    try:
        return shapely.clip_by_rect(geometry, *box)
    except shapely.errors.GEOSException:  # of rings that cross themselves
        return geometry


def many_vertices(geometry: Geometry, view: View) -> Pixels | None:
    """The pixels of a line of many vertices, or of many points; None of anything else.

    Those that fall into the same cell as the one before are left out.
    """
    if not isinstance(geometry, LineString | MultiPoint):
        return None
    xy = shapely.get_coordinates(geometry)
    if len(xy) < MANY:
        return None
    cell_px = _LINE_CELL_PX if isinstance(geometry, LineString) else _POINT_CELL_PX
    return _thinned(on_pixels(xy, view), cell_px)


def _thinned(pixels: Pixels, cell_px: float) -> Pixels:
    """The vertices without those in the same cell as the one before; the ends stay."""
    cell = np.floor(pixels / cell_px)
    kept = np.ones(len(pixels), dtype=np.bool_)
    kept[1:-1] = (cell[1:-1] != cell[:-2]).any(axis=1)
    thinned: Pixels = pixels[kept]
    return thinned


def runs_seen(line: LineString, view: View, reach_px: float) -> list[Any]:
    """What of a line lies in view, drawn so far beside its course: one run, of a long line more.

    Of a long one bends that are not seen are left out: 3,200 vertices in view, each with its
    casing and glow, took 25 ms to paint.
    """
    course = many_vertices(line, view)
    if course is None:
        return [polygon(shapely.get_coordinates(line), view)]
    seen = shapely.simplify(LineString(course), _SEEN_PX, preserve_topology=False)
    return list(runs_near(shapely.get_coordinates(seen), *_box_of(view, reach_px)))


def vertices_seen(line: LineString, view: View, reach_px: float) -> Any:
    """The vertices of a line that lie in view, as a run; of a long one few that are seen apart."""
    pixels = on_pixels(shapely.get_coordinates(line), view)
    if len(pixels) < MANY:
        return run_of(pixels)
    return points_near(_thinned(pixels, _POINT_CELL_PX), *_box_of(view, reach_px))


def _box_of(view: View, reach_px: float) -> tuple[_Corner, _Corner]:
    return (-reach_px, -reach_px), (view.width_px + reach_px, view.height_px + reach_px)


def runs_near(course: Pixels, low: _Corner, high: _Corner) -> Iterable[Any]:
    """The segments of a line whose boxes meet a box, those that follow each other as one run."""
    one, other = course[:-1], course[1:]
    near = (np.minimum(one, other) <= high).all(axis=1) & (np.maximum(one, other) >= low).all(
        axis=1
    )
    turns = np.diff(near, prepend=False, append=False).nonzero()[0].reshape(-1, 2)
    for first, beyond in turns.tolist():
        yield run_of(course[first : beyond + 1])


def points_near(points: Pixels, low: _Corner, high: _Corner) -> Any:
    """The points that lie in a box, as a run."""
    return run_of(points[((points >= low) & (points <= high)).all(axis=1)])


def alike(one: Pixels, other: Pixels) -> tuple[int, int]:
    """How many vertices are the same at the beginning, and of the others at the end."""
    shorter = min(len(one), len(other))
    differs = (one[:shorter] != other[:shorter]).any(axis=1)
    head = int(np.argmax(differs)) if differs.any() else shorter
    differs = (one[::-1][:shorter] != other[::-1][:shorter]).any(axis=1)
    tail = int(np.argmax(differs)) if differs.any() else shorter
    return head, min(tail, shorter - head)

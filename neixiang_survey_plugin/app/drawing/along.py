"""Places along a line in the metres that count, and what becomes of bores when it changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString

from neixiang_survey_plugin.app.drawing.vertices import part_of
from neixiang_survey_plugin.app.map_host import Point
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring import strips
from neixiang_survey_plugin.core.measuring.polylines import cut_into_segments
from neixiang_survey_plugin.core.routes import Bore

_NOTHING_M = 1e-6  # a stretch shorter than this is none


def length_m(line: LineString, grid: Grid) -> float:
    """Ellipsoidal metres of a line in the county grid; 0 for one that has no length."""
    return float(cut_into_segments([line], grid).total_m[0]) if line.length > 0.0 else 0.0


def metres_at(line: LineString, grid: Grid, point: Point) -> float:
    """Ellipsoidal metres along a line to its place nearest to a point."""
    before = part_of(line, 0.0, line.project(shapely.Point(point)))
    return 0.0 if before is None else length_m(before, grid)


def place_at(line: LineString, grid: Grid, at_m: float) -> Point:
    """The place on a line so many ellipsoidal metres along it."""
    return cut_into_segments([line], grid).point_at(0, at_m)


def vertices_m(line: LineString, grid: Grid) -> NDArray[np.float64]:
    """Ellipsoidal metres along a line to each of its vertices."""
    cut = cut_into_segments([line], grid)
    return np.append(cut.before_m, cut.total_m)


def stretch(line: LineString, grid: Grid, from_m: float, to_m: float) -> LineString:
    """The part of a line between two places along it, with the vertices that lie between."""
    return strips.stretch(cut_into_segments([line], grid), 0, from_m, to_m)


def carried(
    bores: Sequence[Bore], old: LineString, new: LineString, grid: Grid
) -> tuple[Bore, ...]:
    """The bores of a line after some of its vertices moved.

    What lies before and after the change stays where it is on the ground; within it places keep
    their share of the way. A bore of which nothing is left vanishes.
    """
    if not bores:
        return ()
    head_m, tail_m = _same_m(old, new, grid)
    old_m, new_m = length_m(old, grid), length_m(new, grid)
    head_m, tail_m = min(head_m, new_m), min(tail_m, max(new_m - head_m, 0.0))
    known = [0.0, head_m, max(old_m - tail_m, head_m), old_m]
    moved = [0.0, head_m, max(new_m - tail_m, head_m), new_m]
    placed = (
        replace(
            bore,
            from_m=float(np.interp(bore.from_m, known, moved)),
            to_m=float(np.interp(bore.to_m, known, moved)),
        )
        for bore in bores
    )
    return tuple(bore for bore in placed if bore.to_m - bore.from_m > _NOTHING_M)


def turned_round(bores: Iterable[Bore], total_m: float) -> tuple[Bore, ...]:
    """The bores of a line that is drawn the other way round."""
    # a bore that reaches the end ended a last bit beyond it: a line that no file gives back
    turned = (
        replace(bore, from_m=max(total_m - bore.to_m, 0.0), to_m=total_m - bore.from_m)
        for bore in bores
    )
    return tuple(sorted(turned, key=lambda bore: bore.from_m))


def bores_between(bores: Iterable[Bore], from_m: float, to_m: float) -> tuple[Bore, ...]:
    """The bores of a part of a line, in metres along the part; one across its end is cut."""
    cut = (
        replace(bore, from_m=max(bore.from_m, from_m) - from_m, to_m=min(bore.to_m, to_m) - from_m)
        for bore in bores
    )
    return tuple(bore for bore in cut if bore.to_m - bore.from_m > _NOTHING_M)


def _same_m(old: LineString, new: LineString, grid: Grid) -> tuple[float, float]:
    """How many metres at the start and at the end two lines have in common."""
    before, after = shapely.get_coordinates(old), shapely.get_coordinates(new)
    head = _same_count(before, after)
    tail = _same_count(before[::-1], after[::-1])
    return (
        length_m(LineString(before[:head]), grid) if head > 1 else 0.0,
        length_m(LineString(before[-tail:]), grid) if tail > 1 else 0.0,
    )


def _same_count(before: NDArray[np.float64], after: NDArray[np.float64]) -> int:
    """How many points are the same from the first on."""
    shorter = min(len(before), len(after))
    same = (before[:shorter] == after[:shorter]).all(axis=1)
    return shorter if same.all() else int(np.argmin(same))

"""What stays as it was measured when a line is moved: the green space away from where it moved."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.measuring.areas import AreaLayer
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes
from neixiang_survey_plugin.core.measuring.polylines import Floats
from neixiang_survey_plugin.core.routes import Route


def greens_stay(before: Route, laid: LaidRoutes, greens: AreaLayer | None) -> bool:
    """Whether a line, laid alone, takes the same green space as before it was moved.

    Its strip changes within its reach of the segments that moved, where they were and where they
    are now; without green space there, and all of it mapped, every patch stays. A line with
    bores, whose pits move with its length, one that ends where it began, and one on common ground
    are measured anew.
    """
    (after,) = laid.routes
    if greens is None or before.trenchless or _taken_by(before) != _taken_by(after):
        return False
    if before.works_area is not None or after.works_area is not None:
        return False
    old, new = shapely.get_coordinates(before.line), shapely.get_coordinates(after.line)
    if old[0].tolist() == old[-1].tolist() or new[0].tolist() == new[-1].tolist():
        return False
    moved = _moved(old, new)
    if moved is None:
        return False
    reach_m = laid.reach_m[0]
    box = shapely.box(*(moved.min(axis=0) - reach_m), *(moved.max(axis=0) + reach_m))
    if len(greens.tree.query(box)):
        return False
    if greens.coverage is None:
        return True
    shapely.prepare(greens.coverage)
    return bool(shapely.covers(greens.coverage, box))


def _taken_by(route: Route) -> tuple[object, ...]:
    """What decides about the ground that a line takes, its course apart."""
    return route.utility, route.working_width_m, route.trench_width_m, route.trenchless


def _moved(old: Floats, new: Floats) -> Floats | None:
    """The vertices that are not the same at either end, and those that they hang on.

    None for a line that keeps neither end: the two may lie a county apart.
    """
    shorter = min(len(old), len(new))
    first = _alike(old[:shorter] == new[:shorter])
    last = _alike(old[: -shorter - 1 : -1] == new[: -shorter - 1 : -1])
    if first == last == 0:
        return None
    begin = min(max(first - 1, 0), shorter - 1)
    end = min(max(last - 1, 0), shorter - 1 - begin)
    return np.concatenate((old[begin : len(old) - end], new[begin : len(new) - end]))


def _alike(same: NDArray[np.bool_]) -> int:
    """How many vertices are the same in east and north from the first on."""
    flat = same.ravel()
    first_other = int(flat.argmin())
    return len(same) if flat[first_other] else first_other // 2

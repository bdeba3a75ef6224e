"""What stays as it was measured when a line is moved: the green space away from where it moved."""

from __future__ import annotations

from collections.abc import Iterable

import shapely

from neixiang_survey_plugin.core.measuring.areas import AreaLayer
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes
from neixiang_survey_plugin.core.measuring.nearby import covered
from neixiang_survey_plugin.core.routes import Route

# east and north of each vertex: of a dozen of them lists are done with before an array is made
_Vertices = list[list[float]]


def greens_stay(was: LaidRoutes, laid: LaidRoutes, greens: AreaLayer | None) -> bool:
    """Whether a line, laid alone, takes the same green space as it ``was``, before it was moved.

    Its strip changes within its reach of the segments that moved, where they were and where they
    are now; without green space there, and all of it mapped, every patch stays. A line with
    bores, whose pits move with its length, one that ends where it began, and one on common ground
    are measured anew.
    """
    (before,), (after,) = was.routes, laid.routes
    if greens is None or before.trenchless or _taken_by(before) != _taken_by(after):
        return False
    if before.works_area is not None or after.works_area is not None:
        return False
    old: _Vertices = shapely.get_coordinates(before.line).tolist()
    new: _Vertices = shapely.get_coordinates(after.line).tolist()
    if old[0] == old[-1] or new[0] == new[-1]:
        return False
    moved = _moved(old, new)
    if not moved:
        return False
    reach_m = max(float(was.reach_m[0]), float(laid.reach_m[0]))
    there_and_back = shapely.linestrings(moved)
    if len(greens.tree.query(there_and_back, predicate="dwithin", distance=reach_m)):
        return False
    if greens.coverage is None:
        return True
    low_e, low_n, high_e, high_n = there_and_back.bounds
    around = shapely.box(low_e - reach_m, low_n - reach_m, high_e + reach_m, high_n + reach_m)
    return bool(covered(greens.coverage, around))


def _taken_by(route: Route) -> tuple[object, ...]:
    """What decides about the ground that a line takes, its course apart."""
    return route.utility, route.working_width_m, route.trench_width_m, route.trenchless


def _moved(old: _Vertices, new: _Vertices) -> _Vertices:
    """The vertices that moved and those that they hang on: as they were, and back as they are.

    None of a line that keeps neither end: the two may lie a county apart.
    """
    shorter = min(len(old), len(new))
    first = _alike(zip(old, new, strict=False))
    last = _alike(zip(reversed(old), reversed(new), strict=False))
    if first == last == 0:
        return []
    begin = min(max(first - 1, 0), shorter - 1)
    end = min(max(last - 1, 0), shorter - 1 - begin)
    return old[begin : len(old) - end] + new[begin : len(new) - end][::-1]


def _alike(pairs: Iterable[tuple[list[float], list[float]]]) -> int:
    """How many vertices are the same from the first on."""
    alike = 0
    for one, other in pairs:
        if one != other:
            break
        alike += 1
    return alike

"""When more lines lie near a route than anybody can settle: the nearest are judged."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.conflicts.buried import Things
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.measuring.polylines import Indices

# A long route through a town meets some hundred mains; beyond these counts a layer was read
# twice over, or every route of a county was drawn on one line. Ten thousand of them would be
# fifty million pairs.
MOST_THINGS = 1_000
MOST_ROUTES = 100


def thinned(
    courses: Courses, things: Things, route: Indices, thing: Indices, most: int
) -> tuple[NDArray[np.bool_], Indices]:
    """Which pairs of a route and a thing to judge, and the routes that lost some.

    Each route keeps the ``most`` things whose middles are nearest to its own.
    """
    keep = np.ones(len(route), dtype=bool)
    if len(route) <= most:
        return keep, np.empty(0, dtype=np.intp)
    count = np.bincount(route, minlength=len(courses))
    crowded = np.nonzero(count > most)[0]
    for row in crowded.tolist():
        rows = np.nonzero(route == row)[0]
        gap_m = np.hypot(
            *(_middles(things.geometry[thing[rows]]) - _middles(courses.things.geometry[[row]])).T
        )
        keep[rows[gap_m.argsort(kind="stable")[most:]]] = False
    return keep, crowded


def _middles(geometry: NDArray[np.object_]) -> NDArray[np.float64]:
    bounds = shapely.bounds(geometry)
    result: NDArray[np.float64] = 0.5 * (bounds[:, :2] + bounds[:, 2:])
    return result

"""Whose lines join the search for common works: those of a case, and others near them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import shapely

from neixiang_survey_plugin.core.casework.case import Case, State
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.rules import Together
from neixiang_survey_plugin.core.trenching.together import days_apart

# Where the street has been closed again there is nothing left to open together.
_DUG = (State.ACCESS_DONE, State.INSPECTED, State.CLOSED)


def still_to_dig(routes: Iterable[Route], cases: Iterable[Case]) -> tuple[Route, ...]:
    """The lines whose street is still to be opened: without those of cases that have access."""
    dug = {case.case_id for case in cases if case.state in _DUG}
    return tuple(route for route in routes if route.case_id is None or route.case_id not in dug)


def joining(routes: Sequence[Route], case_id: str | None, settings: Together) -> tuple[Route, ...]:
    """The lines of a case, and those of others near them in place and days; all with None.

    Near is what ties lines together: side by side, or across one road, and works that lie no
    further apart than can be done as one. Works that nobody has planned can be at any time.
    """
    if case_id is None:
        return tuple(routes)
    own = [route for route in routes if route.case_id == case_id]
    if not own:
        return ()
    lines = np.array([route.line for route in routes], dtype=object)
    reach_m = max(settings.within_m, settings.same_road_m)
    near, _ = shapely.STRtree([route.line for route in own]).query(lines, "dwithin", reach_m)
    rows = set(near.tolist())
    return tuple(
        route
        for row, route in enumerate(routes)
        if route.case_id == case_id or (row in rows and _in_time(route, own, settings))
    )


def concerns(route_ids: Iterable[str], own: Collection[str]) -> bool:
    """Whether one of some lines is among those of the case."""
    return any(route_id in own for route_id in route_ids)


def _in_time(route: Route, own: Sequence[Route], settings: Together) -> bool:
    days = [days_apart(route, one) for one in own]
    return any(one is None or one <= settings.window_days for one in days)

"""The lines that a verdict on one case needs: its own, those judged with them, neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import shapely

from neixiang_survey_plugin.core.policy import NoSplit
from neixiang_survey_plugin.core.routes import Route


def lines_around(case_id: str, routes: Sequence[Route], no_split: NoSplit) -> tuple[Route, ...]:
    """The lines of a case, those bound to it by cases and sites, and its neighbours, in order.

    A neighbour lies nearer than the policy's ``suspected_within_m``. No clearance between lines
    reaches as far as that, so a check of these lines says of the case what a check of all says.
    """
    own = [one for one in routes if one.case_id == case_id]
    return lines_behind(own, routes, no_split, {case_id})


def lines_behind(
    own: Sequence[Route],
    routes: Sequence[Route],
    no_split: NoSplit,
    cases: set[str] | None = None,
) -> tuple[Route, ...]:
    """Some lines, those bound to them by cases and sites, and their neighbours, in order."""
    bound = cases or {one.case_id for one in own if one.case_id is not None}
    sites = {one.site_id for one in own if one.site_id is not None}
    wanted = sharing(routes, set(bound), sites) | _near(own, routes, no_split.suspected_within_m)
    wanted |= {one.route_id for one in own}
    return tuple(one for one in routes if one.route_id in wanted)


def sharing(routes: Sequence[Route], cases: set[str], sites: set[str]) -> set[str]:
    """The lines of some cases and sites, and those bound to them, however long the chain.

    The cases and sites of these are added to what was given.
    """
    found: set[str] = set()
    grown = True
    while grown:
        grown = False
        for one in routes:
            if one.route_id not in found and (one.case_id in cases or one.site_id in sites):
                found.add(one.route_id)
                cases.update(filter(None, [one.case_id]))
                sites.update(filter(None, [one.site_id]))
                grown = True
    return found


def _near(own: Sequence[Route], routes: Sequence[Route], within_m: float) -> set[str]:
    if not own:
        return set()
    tree = shapely.STRtree([one.line for one in routes])
    _, near = tree.query([one.line for one in own], predicate="dwithin", distance=within_m)
    return {routes[index].route_id for index in near.tolist()}

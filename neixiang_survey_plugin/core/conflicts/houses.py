"""Routes that come too near to buildings that are not their own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from neixiang_survey_plugin.core.conflicts.along import beside_conflicts
from neixiang_survey_plugin.core.conflicts.buried import Things
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.conflicts.conflict import (
    Conflict,
    ConflictKind,
    ConflictOutcome,
    Remark,
)
from neixiang_survey_plugin.core.conflicts.connections import (
    BuildingEnd,
    inside_stretches,
    own_building_stretches,
)
from neixiang_survey_plugin.core.conflicts.context import Context
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.neighbour_search import find_around
from neixiang_survey_plugin.core.measuring.boundaries import Boundaries
from neixiang_survey_plugin.core.measuring.intervals import inside_intervals
from neixiang_survey_plugin.core.measuring.polylines import Indices


def house_conflicts(
    courses: Courses,
    things: Things,
    outlines: Boundaries,
    candidates: tuple[Indices, Indices],
    ends: Sequence[BuildingEnd],
    table: ClearanceTable,
) -> list[Conflict]:
    """Conflicts with buildings; a route may come up to its own.

    Where nobody can say whether a building is the route's own, what would be a conflict if it
    were not is unknown.
    """
    pieces = inside_intervals(courses.lines, outlines, *candidates)
    inside = pieces.segment, pieces.area, pieces.from_m, pieces.to_m
    near = find_around(courses, things, *candidates, inside, table.horizontal_figures)
    if not len(near):
        return []
    context = Context(near, table, ConflictKind.BUILDING)
    within = inside_stretches(near, *inside)
    own = [one for one in ends if one.own]
    allowed = own_building_stretches(near, own, within, table.least_angle_deg)
    found = beside_conflicts(context, allowed)
    doubtful = [one for one in ends if one.own is None]
    if not doubtful:
        return found
    allowed = own_building_stretches(near, [*own, *doubtful], within, table.least_angle_deg)
    certain = beside_conflicts(context, allowed)
    return certain + [_in_doubt(one, courses) for one in found if one not in certain]


def _in_doubt(conflict: Conflict, courses: Courses) -> Conflict:
    row = int(np.nonzero(courses.things.ids == conflict.a)[0][0])
    named = courses.routes[row].site_id is not None
    return conflict._replace(
        outcome=ConflictOutcome.UNKNOWN,
        missing=("sites",) if named else ("a.site_id",),
        remarks=(*conflict.remarks, Remark.OWN_BUILDING_UNCERTAIN),
        move_m=None,
        side=None,
    )

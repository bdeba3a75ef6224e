"""Lines that lie too shallow for what is above them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from neixiang_survey_plugin.core.conflicts.clearance_cells import SURFACES, Requirement
from neixiang_survey_plugin.core.conflicts.clearances import ClearanceTable
from neixiang_survey_plugin.core.conflicts.conflict import (
    Conflict,
    ConflictKind,
    ConflictOutcome,
    Remark,
)
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.levels import cover_at
from neixiang_survey_plugin.core.conflicts.near import TOLERANCE_M
from neixiang_survey_plugin.core.conflicts.outcomes import uncertain
from neixiang_survey_plugin.core.conflicts.stretches import Stretches, left_over
from neixiang_survey_plugin.core.features import Column, FeatureTable
from neixiang_survey_plugin.core.measuring.boundaries import Boundaries, trace
from neixiang_survey_plugin.core.measuring.intervals import inside_intervals
from neixiang_survey_plugin.core.measuring.nearby import boxes_around
from neixiang_survey_plugin.core.measuring.polylines import Indices
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trees import Tree, tree_of

# What the table calls each kind of surface; a green belt has no figure in it.
_COLUMN = {"carriageway": "drive", "cycle_lane": "walk", "sidewalk": "walk"}


@dataclass(frozen=True, eq=False)
class SurfaceLayer:
    """The surfaces that the cover table knows, one row a part, indexed.

    ``column`` names the table's column, None for a surface whose kind nobody wrote.
    """

    boundaries: Boundaries
    tree: Tree
    ids: Column
    kinds: Column


def prepare_surfaces(table: FeatureTable) -> SurfaceLayer:
    """The surfaces with a figure, or of unknown kind."""
    kinds = table.columns["surface_kind"][table.feature]
    counts = np.array([kind is None or kind in _COLUMN for kind in kinds], dtype=bool)
    areas = table.geometry[counts]
    return SurfaceLayer(
        trace(areas), tree_of(areas), table.ids[table.feature][counts], kinds[counts]
    )


def cover_conflicts(
    courses: Courses, surfaces: SurfaceLayer | None, table: ClearanceTable
) -> list[Conflict]:
    """Every stretch of every route with too little cover, or with a cover that nobody knows.

    A cover above the ground cannot be right and is reported once, wherever the route runs.
    """
    found = []
    for row, route in enumerate(courses.routes):
        if route.cover_m is not None and route.cover_m < 0.0:
            found.append(_above_ground(courses, row, table))
    if surfaces is None:
        return found
    segment, area = _near(courses, surfaces)
    pieces = inside_intervals(courses.lines, surfaces.boundaries, segment, area)
    if not len(pieces.segment):
        return found
    for route_row, surface, from_m, to_m in _stretches(courses, pieces.segment, pieces.area,
                                                       pieces.from_m, pieces.to_m):  # fmt: skip
        for begin_m, end_m in _by_bores(courses.routes[route_row], from_m, to_m):
            found += _judge(courses, route_row, surfaces, surface, (begin_m, end_m), table)
    return found


def _near(courses: Courses, surfaces: SurfaceLayer) -> tuple[Indices, Indices]:
    boxes = boxes_around(courses.lines, np.zeros(len(courses)))
    segment, area = surfaces.tree.query(boxes)
    return segment, area


def _stretches(
    courses: Courses, segment: Indices, area: Indices, from_m: np.ndarray, to_m: np.ndarray
) -> list[tuple[int, int, float, float]]:
    """Route, surface, from and to in ellipsoidal metres, neighbouring pieces merged."""
    base_m = courses.base_m(segment)
    count = int(area.max()) + 1
    owner = courses.lines.line[segment] * count + area
    whole = left_over(Stretches(owner, base_m + from_m, base_m + to_m), Stretches.none())
    route, surface = np.divmod(whole.owner, count)
    begin, end = courses.true_m(route, whole.from_m), courses.true_m(route, whole.to_m)
    return list(zip(route.tolist(), surface.tolist(), begin.tolist(), end.tolist(), strict=True))


def _by_bores(route: Route, from_m: float, to_m: float) -> list[tuple[float, float]]:
    """A stretch cut where a bore begins or ends."""
    marks = [mark for bore in route.trenchless for mark in (bore.from_m, bore.to_m)]
    places = [from_m, *sorted(mark for mark in marks if from_m < mark < to_m), to_m]
    return list(itertools.pairwise(places))


def _judge(
    courses: Courses,
    row: int,
    surfaces: SurfaceLayer,
    surface: int,
    place: tuple[float, float],
    table: ClearanceTable,
) -> list[Conflict]:
    kind = surfaces.kinds[surface]
    asked = _asked(table, int(courses.things.table_class[row]), kind)
    middle_m = 0.5 * (place[0] + place[1])
    cover_m = cover_at(courses.routes[row], middle_m)
    if asked.most_m == 0.0 or (cover_m is not None and cover_m < 0.0):
        return []
    if cover_m is not None and cover_m >= asked.most_m - TOLERANCE_M:
        return []
    unknown = cover_m is None or not asked.known
    missing = ["a.cover_m"] if cover_m is None else []
    if not asked.known:
        missing += ["b.surface_kind"] if kind is None else ["a.laying"]
    required_m = asked.most_m if asked.known else None
    deeper_m = None if cover_m is None or required_m is None else required_m - cover_m
    return [
        Conflict(
            kind=ConflictKind.COVER,
            a=courses.routes[row].route_id,
            b=str(surfaces.ids[surface]),
            b_layer="surfaces",
            b_word=kind,
            measured_m=cover_m,
            required_m=required_m,
            outcome=ConflictOutcome.UNKNOWN if unknown else ConflictOutcome.WAIVABLE,
            confidence=None if asked.cell is None else asked.cell.confidence,
            clause=table.rules["cover"].clause,
            from_m=place[0],
            to_m=place[1],
            at=courses.lines.point_at(row, middle_m),
            yields=courses.routes[row].route_id,
            missing=tuple(missing),
            needs_confirmation=uncertain(asked.cell),
            deeper_m=deeper_m,
        )
    ]


def _asked(table: ClearanceTable, table_class: int, kind: str | None) -> Requirement:
    figures = table.cover_figures
    if kind is not None:
        return table.requirement(figures, table_class, SURFACES.index(_COLUMN[kind]))
    each = [table.requirement(figures, table_class, column) for column in range(len(SURFACES))]
    strictest = max(each, key=lambda one: one.most_m)
    return Requirement(min(one.least_m for one in each), strictest.most_m, strictest.cell)


def _above_ground(courses: Courses, row: int, table: ClearanceTable) -> Conflict:
    route = courses.routes[row]
    total_m = float(courses.lines.total_m[row])
    return Conflict(
        kind=ConflictKind.COVER,
        a=route.route_id,
        b=route.route_id,
        b_layer="routes",
        b_word=None,
        measured_m=route.cover_m,
        required_m=None,
        outcome=ConflictOutcome.UNKNOWN,
        confidence=None,
        clause=table.rules["cover"].clause,
        from_m=0.0,
        to_m=total_m,
        at=courses.lines.point_at(row, 0.5 * total_m),
        yields=route.route_id,
        missing=("a.cover_m",),
        remarks=(Remark.ABOVE_GROUND,),
    )

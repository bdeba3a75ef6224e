"""Which routes come within reach of which things."""

from __future__ import annotations

import numpy as np

from neixiang_survey_plugin.core.conflicts.buried import Things
from neixiang_survey_plugin.core.conflicts.clearances import Figures
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.near import (
    TOLERANCE_M,
    SegmentPairs,
    framed,
    near_intervals,
    ragged,
)
from neixiang_survey_plugin.core.conflicts.neighbours import Neighbours
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices

# Rows from which on a look at the boxes first pays: it halves the time of 10,000, not of 100.
_MANY_ROWS = 2_000


def find_neighbours(
    courses: Courses, things: Things, segment: Indices, thing: Indices, figures: Figures
) -> Neighbours:
    """The pairs within reach among candidates: segments of routes, each with a thing."""
    row, edge = ragged(things.first[thing], things.first[thing + 1] - things.first[thing])
    within_m = _within_m(courses, things, segment, thing, figures)[row]
    segment, thing = segment[row], thing[row]
    if len(row) > _MANY_ROWS:
        kept = np.nonzero(_boxes_meet(courses, things, segment, edge, within_m))[0]
        segment, thing, edge, within_m = segment[kept], thing[kept], edge[kept], within_m[kept]
    frames = _frames(courses, things, segment, edge)
    return _kept(courses, things, segment, thing, edge, frames, within_m, figures)


def find_around(
    courses: Courses,
    things: Things,
    segment: Indices,
    thing: Indices,
    inside: tuple[Indices, Indices, Floats, Floats],
    figures: Figures,
) -> Neighbours:
    """As ``find_neighbours`` for areas: ``inside`` are pieces of segments in them.

    A piece is a segment, an area, from where to where; the area comes as near as nothing there.
    """
    row, edge = ragged(things.first[thing], things.first[thing + 1] - things.first[thing])
    outline = _frames(courses, things, segment[row], edge)
    piece, area, from_m, to_m = inside
    nothing = np.zeros(len(piece))
    ours = np.concatenate((segment[row], piece))
    theirs = np.concatenate((thing[row], area))
    frames = SegmentPairs(
        np.concatenate((outline.begin_along, from_m)),
        np.concatenate((outline.begin_across, nothing)),
        np.concatenate((outline.end_along, to_m)),
        np.concatenate((outline.end_across, nothing)),
        np.concatenate((outline.reach_m, courses.lines.grid_length_m[piece])),
    )
    within_m = _within_m(courses, things, ours, theirs, figures)
    edges = np.concatenate((edge, np.full(len(piece), -1)))
    return _kept(courses, things, ours, theirs, edges, frames, within_m, figures)


def _within_m(
    courses: Courses, things: Things, segment: Indices, thing: Indices, figures: Figures
) -> Floats:
    route = courses.lines.line[segment]
    own = courses.things
    asked_m = figures.most_m[own.table_class[route], things.table_class[thing]]
    result: Floats = asked_m + own.most_radius_m[route] + things.most_radius_m[thing] - TOLERANCE_M
    return result


def _frames(courses: Courses, things: Things, segment: Indices, edge: Indices) -> SegmentPairs:
    lines = courses.lines
    return framed(
        lines.start[segment],
        lines.direction[segment],
        lines.grid_length_m[segment],
        things.start[edge],
        things.delta[edge],
    )


def _boxes_meet(
    courses: Courses, things: Things, segment: Indices, edge: Indices, within_m: Floats
) -> Floats:
    lines = courses.lines
    half = 0.5 * lines.direction[segment] * lines.grid_length_m[segment, None]
    other_half = 0.5 * things.delta[edge]
    apart = np.abs(lines.start[segment] + half - things.start[edge] - other_half)
    result: Floats = np.all(apart <= np.abs(half) + np.abs(other_half) + within_m[:, None], axis=1)
    return result


def _kept(
    courses: Courses,
    things: Things,
    segment: Indices,
    thing: Indices,
    edge: Indices,
    frames: SegmentPairs,
    within_m: Floats,
    figures: Figures,
) -> Neighbours:
    """The rows that come within reach, and their pairs numbered in order of routes."""
    from_m, to_m = near_intervals(frames, within_m)
    rows = np.nonzero(to_m > from_m)[0]
    segment, thing, edge = segment[rows], thing[rows], edge[rows]
    route = courses.lines.line[segment]
    pairs, pair = _numbered(route * np.intp(len(things) + 1) + thing)
    routes, others = np.divmod(pairs, len(things) + 1)
    own = courses.things
    return Neighbours(
        courses=courses,
        things=things,
        route=routes,
        thing=others,
        asked_m=figures.most_m[own.table_class[routes], things.table_class[others]],
        widths_m=own.most_radius_m[routes] + things.most_radius_m[others],
        pair=pair,
        segment=segment,
        edge=edge,
        frames=frames[rows],
        from_m=from_m[rows],
        to_m=to_m[rows],
        base_m=courses.base_m(segment),
        other_base_m=things.base_m(edge, thing),
    )


def _numbered(keys: Indices) -> tuple[Indices, Indices]:
    """Keys each once in order, and which of them each key is: half the time of np.unique."""
    order = keys.argsort(kind="stable")
    in_order = keys[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = in_order[1:] != in_order[:-1]
    number = np.empty(len(keys), dtype=np.intp)
    number[order] = new.cumsum() - 1
    return in_order[new], number

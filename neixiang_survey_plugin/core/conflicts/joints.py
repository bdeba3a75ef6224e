"""Ends that lie at another line of their utility, and how far around them lines may be near."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.conflicts.buried import Things
from neixiang_survey_plugin.core.conflicts.near import TOLERANCE_M, nearest_places, ragged
from neixiang_survey_plugin.core.conflicts.neighbours import Neighbours
from neixiang_survey_plugin.core.conflicts.stretches import Stretches, joined
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices

Mask = NDArray[np.bool_]


_WALL_SLACK_M = 0.01
_TIE_DIGITS = 6


def around(pair: Indices, grid_m: Floats, reach_m: Floats, factor: Floats) -> Stretches:
    """Stretches of reach times a factor to either side of places."""
    half_m = reach_m[pair] * factor
    return Stretches(pair, grid_m - half_m, grid_m + half_m)


def joints(near: Neighbours, within_m: float) -> tuple[Mask, Mask]:
    """Which ends of a lie at b, and of b at a, for pairs of one utility: two masks (p, 2)."""
    own = np.zeros((len(near), 2), dtype=bool)
    other = np.zeros((len(near), 2), dtype=bool)
    a, b = near.courses.things, near.things
    pair = np.equal(a.words[near.route], b.words[near.thing]).astype(bool).nonzero()[0]
    if not len(pair):
        return own, other
    route, thing = near.route[pair], near.thing[pair]
    # an end drawn to the wall of a large main, not to its centre line, connects all the same
    reach = np.maximum(within_m, b.least_radius_m[thing] + _WALL_SLACK_M)
    own[pair] = (
        shapely.distance(_ends(a, route), b.geometry[thing][:, None])
        <= reach[:, None] + TOLERANCE_M
    )
    reach = np.maximum(within_m, a.least_radius_m[route] + _WALL_SLACK_M)
    other[pair] = (
        shapely.distance(_ends(b, thing), a.geometry[route][:, None])
        <= reach[:, None] + TOLERANCE_M
    )
    return own, other


def _ends(things: Things, row: Indices) -> NDArray[np.object_]:
    first, last = things.first[row], things.first[row + 1] - 1
    end = things.start[last] + things.delta[last]
    points = np.stack([things.start[first], end], axis=1)
    return np.asarray(shapely.points(points), dtype=np.object_)


def at_joints(
    near: Neighbours, own: Mask, other: Mask, least_sine: float
) -> tuple[Stretches, Stretches]:
    """Around every joint of a pair, on a and on b."""
    a, b = near.courses.things, near.things
    mine: list[Stretches] = []
    theirs: list[Stretches] = []
    for mask, of_other in ((own, False), (other, True)):
        pair, end = mask.nonzero()
        if not len(pair):
            continue
        factor = 1.0 / np.maximum(sine_at_end(near, pair, end, of_other), least_sine)
        things, rows = (b, near.thing[pair]) if of_other else (a, near.route[pair])
        lines = a.geometry[near.route[pair]] if of_other else b.geometry[near.thing[pair]]
        points = _ends(things, rows)[np.arange(len(pair)), end]
        end_m = np.where(end == 0, 0.0, _length_m(things, rows))
        here, there = (theirs, mine) if of_other else (mine, theirs)
        here.append(around(pair, end_m, near.reach_m, factor))
        located_m = shapely.line_locate_point(lines, points)
        there.append(around(pair, located_m, near.reach_m, factor))
    return joined(*mine), joined(*theirs)


def from_ends(near: Neighbours, mask: Mask, of_other: bool = False) -> Stretches:
    """The reach from the marked ends of a, or of b."""
    pair, end = mask.nonzero()
    if not len(pair):
        return Stretches.none()
    things = near.things if of_other else near.courses.things
    rows = near.thing[pair] if of_other else near.route[pair]
    end_m = np.where(end == 0, 0.0, _length_m(things, rows))
    return around(pair, end_m, near.reach_m, np.ones(len(pair)))


def _length_m(things: Things, row: Indices) -> Floats:
    first, last = things.first[row], things.first[row + 1] - 1
    last_m = np.hypot(things.delta[last, 0], things.delta[last, 1])
    result: Floats = things.before_m[last] - things.before_m[first] + last_m
    return result


def sine_at_end(near: Neighbours, pair: Indices, end: Indices, of_other: bool = False) -> Floats:
    """The sine of the angle between the segment at an end of a, or of b, and the other line.

    Of the other line's segments the one nearest to that end counts; 1 where none is near.
    """
    things, row = (near.things, near.thing) if of_other else (near.courses.things, near.route)
    first = things.first
    at = np.where(end == 0, first[row[pair]], first[row[pair] + 1] - 1)
    order = near.pair.argsort(kind="stable")
    sorted_pair = near.pair[order]
    low, high = sorted_pair.searchsorted(pair, "left"), sorted_pair.searchsorted(pair, "right")
    asked, place = ragged(low, high - low)
    rows = order[place]
    kept = ((near.edge if of_other else near.segment)[rows] == at[asked]).nonzero()[0]
    asked, rows = asked[kept], rows[kept]
    distance_m = _distance_of_end(near, rows, end[asked], of_other)
    frames = near.frames[rows]
    found = np.abs(frames.end_across - frames.begin_across)
    found /= np.maximum(frames.other_length_m, 1e-12)
    # at a bend of the other line two segments are equally near: the steeper one counts
    order = np.lexsort((-found, distance_m.round(_TIE_DIGITS), asked))
    asked, first = np.unique(asked[order], return_index=True)
    sine = np.ones(len(pair))
    sine[asked] = found[order[first]]
    return sine


def _distance_of_end(near: Neighbours, rows: Indices, end: Indices, of_other: bool) -> Floats:
    """How far the end of one segment of a row lies from the other segment."""
    frames = near.frames[rows]
    if of_other:
        along = np.where(end == 0, frames.begin_along, frames.end_along)
        across = np.where(end == 0, frames.begin_across, frames.end_across)
        beyond = along - np.clip(along, 0.0, frames.reach_m)
        result: Floats = np.hypot(beyond, across)
        return result
    end_m = np.where(end == 0, 0.0, frames.reach_m)
    return nearest_places(frames, end_m, end_m).distance_m

"""Routes beside what lies near them: pairs, with the segments that come near each other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from neixiang_survey_plugin.core.conflicts.buried import Things
from neixiang_survey_plugin.core.conflicts.courses import Courses
from neixiang_survey_plugin.core.conflicts.near import (
    TOLERANCE_M,
    SegmentPairs,
    near_intervals,
    nearest_places,
    ragged,
)
from neixiang_survey_plugin.core.conflicts.stretches import Stretches, left_over
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices

_TIE_DIGITS = 6  # of places equally near the first along a counts, seen from its first segment


@dataclass(frozen=True, eq=False)
class Neighbours:
    """p pairs of a route and a thing nearer than they may be, and k rows of their segments.

    Of each pair: the route, the thing, what it is asked at most, half the widths of both at most,
    and the reach, the sum of the two. Of each row: its pair, a's segment, b's segment by number
    and as seen from a's, from where to where b is within reach, and the grid metres of a and of b
    before the row. For a piece of a segment within an area the number of b's segment is -1.
    """

    courses: Courses
    things: Things
    route: Indices
    thing: Indices
    asked_m: Floats
    widths_m: Floats
    pair: Indices
    segment: Indices
    edge: Indices
    frames: SegmentPairs
    from_m: Floats
    to_m: Floats
    base_m: Floats
    other_base_m: Floats

    def __len__(self) -> int:
        """How many pairs."""
        return len(self.route)

    @property
    def reach_m(self) -> Floats:
        """Centre to centre, where each pair is just far enough apart."""
        return self.asked_m + self.widths_m

    def stretches(self) -> Stretches:
        """Where each route is within reach, one row each, by pair."""
        return Stretches(self.pair, self.base_m + self.from_m, self.base_m + self.to_m)

    def overlapping(self) -> Stretches:
        """Where the walls lie in each other as seen from above."""
        rows = np.nonzero(self.widths_m[self.pair] > 0.0)[0]
        within_m = self.widths_m[self.pair[rows]] - TOLERANCE_M
        from_m, to_m = near_intervals(self.frames[rows], within_m)
        met = np.nonzero(to_m > from_m)[0]
        base_m = self.base_m[rows[met]]
        return Stretches(self.pair[rows[met]], base_m + from_m[met], base_m + to_m[met])

    def without(self, taken: Stretches) -> Neighbours:
        """The same pairs with stretches of b, by pair, left out of it."""
        if not len(taken):
            return self
        marked = np.zeros(len(self), dtype=bool)
        marked[taken.owner] = True
        touched, rest = marked[self.pair].nonzero()[0], (~marked)[self.pair].nonzero()[0]
        pieces = left_over(self._courses_of_b(touched), _by_row(taken, self.pair[touched]))
        rows = touched[pieces.owner]
        base_m = self.other_base_m[rows]
        frames = self.frames[rows].part(pieces.from_m - base_m, pieces.to_m - base_m)
        from_m, to_m = near_intervals(frames, self.reach_m[self.pair[rows]] - TOLERANCE_M)
        near = (to_m > from_m).nonzero()[0]
        rows, from_m, to_m = rows[near], from_m[near], to_m[near]
        both = np.concatenate((rest, rows))
        return replace(
            self,
            pair=self.pair[both],
            segment=self.segment[both],
            edge=self.edge[both],
            frames=self.frames[rest].joined(frames[near]),
            from_m=np.concatenate((self.from_m[rest], from_m)),
            to_m=np.concatenate((self.to_m[rest], to_m)),
            base_m=self.base_m[both],
            other_base_m=self.other_base_m[both],
        )

    def _courses_of_b(self, rows: Indices) -> Stretches:
        base_m = self.other_base_m[rows]
        return Stretches(np.arange(len(rows)), base_m, base_m + self.frames[rows].other_length_m)


def _by_row(stretches: Stretches, pair: Indices) -> Stretches:
    """Stretches of pairs as stretches of rows of those pairs."""
    order = stretches.owner.argsort(kind="stable")
    owner = stretches.owner[order]
    low, high = owner.searchsorted(pair, side="left"), owner.searchsorted(pair, side="right")
    row, place = ragged(low, high - low)
    found = order[place]
    return Stretches(row, stretches.from_m[found], stretches.to_m[found])


@dataclass(frozen=True, eq=False)
class Closest:
    """For stretches: centre distance at the nearest place, where on a that is, b's side there.

    ``grid_m`` are grid metres along the route; ``across_m`` is positive where b lies to the left.
    """

    distance_m: Floats
    grid_m: Floats
    across_m: Floats


def closest(near: Neighbours, stretches: Stretches) -> Closest:
    """The nearest place of each stretch; owners are pairs, in order."""
    low = stretches.owner.searchsorted(near.pair, side="left")
    high = stretches.owner.searchsorted(near.pair, side="right")
    row, stretch = ragged(low, high - low)
    base_m = near.base_m[row]
    from_m = np.maximum(stretches.from_m[stretch] - base_m, near.from_m[row])
    to_m = np.minimum(stretches.to_m[stretch] - base_m, near.to_m[row])
    kept = np.nonzero(to_m >= from_m)[0]
    row, stretch = row[kept], stretch[kept]
    found = nearest_places(near.frames[row], from_m[kept], to_m[kept])
    along_m = base_m[kept] + found.along_m
    distance_m, along_m = (one.round(_TIE_DIGITS) for one in (found.distance_m, along_m))
    order = np.lexsort((near.segment[row], along_m, distance_m, stretch))
    first = np.searchsorted(stretch[order], np.arange(len(stretches)))
    best = order[first]
    return Closest(
        found.distance_m[best], near.base_m[row[best]] + found.along_m[best], found.across_m[best]
    )

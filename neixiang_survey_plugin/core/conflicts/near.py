"""Where a segment comes nearer to another than a given reach, where they cross, how near they are.

Everything is planar, in grid metres. A segment of a is its start and a unit direction, a segment
of b its start and its whole difference; a point is a segment of b without length. All functions
take k pairs of segments as arrays and answer with arrays of k.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices

TOLERANCE_M = 1e-6  # below the last digit that coordinates near 4,000 km can carry through a sum
_TIE_DIGITS = 7
_FLATTEST_SINE = 0.01  # lines nearer to parallel than 0.6 degrees have no point of crossing


@dataclass(frozen=True, eq=False)
class SegmentPairs:
    """k pairs of segments in the frame of a's segment: along it, and across it to the left.

    ``begin`` and ``end`` are b's ends as (along, across), ``reach_m`` the length of a's segment.
    """

    begin_along: Floats
    begin_across: Floats
    end_along: Floats
    end_across: Floats
    reach_m: Floats

    def __getitem__(self, rows: Indices | NDArray[np.bool_]) -> SegmentPairs:
        """Some of the pairs."""
        return SegmentPairs(
            self.begin_along[rows],
            self.begin_across[rows],
            self.end_along[rows],
            self.end_across[rows],
            self.reach_m[rows],
        )

    @property
    def other_length_m(self) -> Floats:
        """The length of b's segments."""
        length: Floats = np.hypot(
            self.end_along - self.begin_along, self.end_across - self.begin_across
        )
        return length

    def part(self, from_m: Floats, to_m: Floats) -> SegmentPairs:
        """The same pairs with b's segments cut to what lies between two places on them."""
        length = np.maximum(self.other_length_m, TOLERANCE_M)
        first, last = from_m / length, np.minimum(to_m / length, 1.0)
        run, rise = self.end_along - self.begin_along, self.end_across - self.begin_across
        return SegmentPairs(
            self.begin_along + first * run,
            self.begin_across + first * rise,
            self.begin_along + last * run,
            self.begin_across + last * rise,
            self.reach_m,
        )

    def joined(self, other: SegmentPairs) -> SegmentPairs:
        """These pairs with others behind them."""
        mine, theirs = vars(self), vars(other)
        return SegmentPairs(*(np.concatenate((mine[name], theirs[name])) for name in mine))


def framed(
    start: Floats, direction: Floats, reach_m: Floats, other: Floats, delta: Floats
) -> SegmentPairs:
    """Segments of b as seen from segments of a; all (k, 2), ``reach_m`` (k)."""
    east, north = (other - start).T
    d_east, d_north = direction.T
    step_east, step_north = delta.T
    along = d_east * east + d_north * north
    across = d_east * north - d_north * east
    return SegmentPairs(
        along,
        across,
        along + d_east * step_east + d_north * step_north,
        across + d_east * step_north - d_north * step_east,
        reach_m,
    )


def near_intervals(pairs: SegmentPairs, within_m: Floats) -> tuple[Floats, Floats]:
    """From where to where, on a's segment, b's segment is nearer than ``within_m``.

    The places nearer than that to a segment form a convex capsule, so that there is one interval;
    empty ones come out with NaN.
    """
    from_m, to_m = _inside_slab(pairs, within_m)
    for along, across in (
        (pairs.begin_along, pairs.begin_across),
        (pairs.end_along, pairs.end_across),
    ):
        squared = within_m * within_m - across * across
        half = np.sqrt(np.where(squared > 0.0, squared, np.nan))
        from_m = np.fmin(from_m, along - half)
        to_m = np.fmax(to_m, along + half)
    from_m, to_m = np.maximum(from_m, 0.0), np.minimum(to_m, pairs.reach_m)
    empty = ~(to_m > from_m)
    from_m[empty] = np.nan
    to_m[empty] = np.nan
    return from_m, to_m


def _inside_slab(pairs: SegmentPairs, within_m: Floats) -> tuple[Floats, Floats]:
    """The part beside b's segment, its round ends left out; NaN where there is none."""
    run = pairs.end_along - pairs.begin_along
    rise = pairs.end_across - pairs.begin_across
    length = np.hypot(run, rise)
    with np.errstate(divide="ignore", invalid="ignore"):
        # seen from b: its own direction in a's frame is (run, rise) / length
        cosine, sine = run / length, rise / length
        # a's origin and direction in b's frame
        u, v = (
            -(pairs.begin_along * cosine + pairs.begin_across * sine),
            pairs.begin_along * sine - pairs.begin_across * cosine,
        )
        low_u, high_u = _between(-u / cosine, (length - u) / cosine)
        low_v, high_v = _between((-within_m - v) / -sine, (within_m - v) / -sine)
    from_m, to_m = np.maximum(low_u, low_v), np.minimum(high_u, high_v)
    empty = ~(to_m > from_m)
    return np.where(empty, np.nan, from_m), np.where(empty, np.nan, to_m)


def _between(one: Floats, other: Floats) -> tuple[Floats, Floats]:
    return np.minimum(one, other), np.maximum(one, other)


def crossing_places(pairs: SegmentPairs) -> tuple[Indices, Floats, Floats, Floats]:
    """The pairs that cross or touch: which, metres on a, share of b (0..1), sine of the angle."""
    rise = pairs.end_across - pairs.begin_across
    run = pairs.end_along - pairs.begin_along
    length = np.hypot(run, rise)
    steep = np.nonzero(np.abs(rise) > _FLATTEST_SINE * length)[0]
    rise, run, length = rise[steep], run[steep], length[steep]
    share = -pairs.begin_across[steep] / rise
    along = pairs.begin_along[steep] + share * run
    beyond = TOLERANCE_M / length
    met = (share >= -beyond) & (share <= 1.0 + beyond)
    met &= (along >= -TOLERANCE_M) & (along <= pairs.reach_m[steep] + TOLERANCE_M)
    sine = np.abs(rise[met]) / length[met]
    return steep[met], np.clip(along[met], 0.0, pairs.reach_m[steep[met]]), share[met], sine


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest places of k pairs: metres between, metres on a, the way across to b."""

    distance_m: Floats
    along_m: Floats
    across_m: Floats


def nearest_places(pairs: SegmentPairs, from_m: Floats, to_m: Floats) -> Nearest:
    """How near b's segment comes to the part of a's segment between two places on it.

    Of places that are equally near, to a tenth of a micrometre, the first one tried counts: a
    parallel stretch is named by its beginning.
    """
    run = pairs.end_along - pairs.begin_along
    rise = pairs.end_across - pairs.begin_across
    squared = run * run + rise * rise
    squared[squared == 0.0] = 1.0
    along_m, shares = np.empty((5, len(run))), np.empty((5, len(run)))
    # both ends of a's part, then both ends of b's segment, then where b crosses a's line
    along_m[0], along_m[1] = from_m, to_m
    shares[:2] = ((along_m[:2] - pairs.begin_along) * run - pairs.begin_across * rise) / squared
    shares[2], shares[3], shares[4] = 0.0, 1.0, 0.0
    np.divide(-pairs.begin_across, rise, out=shares[4], where=rise != 0.0)
    np.minimum(np.maximum(shares, 0.0, out=shares), 1.0, out=shares)
    along_m[2:] = np.minimum(np.maximum(pairs.begin_along + shares[2:] * run, from_m), to_m)
    across_m = pairs.begin_across + shares * rise
    distance_m = np.hypot(pairs.begin_along + shares * run - along_m, across_m)
    best = distance_m.round(_TIE_DIGITS).argmin(axis=0), np.arange(len(run))
    return Nearest(distance_m[best], along_m[best], across_m[best])


def ragged(first: Indices, count: Indices) -> tuple[Indices, Indices]:
    """Runs of rows one after another: whose row, which row."""
    owner = np.repeat(np.arange(len(first)), count)
    before = count.cumsum() - count
    return owner, np.arange(len(owner)) + (first - before)[owner]

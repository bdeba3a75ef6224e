"""Where lines may come near each other: at crossings, and at ends that connect.

A straight line that crosses another at an angle is nearer to it than the reach exactly within
reach / sine of the crossing: what is left beyond that, because one of them bends or runs on
beside the other, is a conflict. What is exempt is left out of both lines, so that it does not
matter which of two routes is looked at first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from neixiang_survey_plugin.core.conflicts.joints import Mask, around, at_joints, from_ends, joints
from neixiang_survey_plugin.core.conflicts.near import crossing_places
from neixiang_survey_plugin.core.conflicts.neighbours import Neighbours
from neixiang_survey_plugin.core.conflicts.stretches import Stretches, joined
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices

_SLACK = 1e-9  # 30 degrees are 30 degrees whatever the last digit of their sine
_ONE_PLACE_M = 1e-4


@dataclass(frozen=True, eq=False)
class Meetings:
    """Places where centre lines cross or touch: pair, grid metres along a and b, sine."""

    pair: Indices
    grid_m: Floats
    other_m: Floats
    sine: Floats

    def __len__(self) -> int:
        """How many places."""
        return len(self.pair)


@dataclass(frozen=True, eq=False)
class Ends:
    """Which ends of each line connect to a line of its own utility or to its own building.

    (n, 2): the start and the end of each.
    """

    connected: Mask


@dataclass(frozen=True, eq=False)
class Exempt:
    """Stretches of one of two lines, by pair, that are no conflict.

    ``joints``: where the two are connected; ``crossings``: near a crossing that is steep enough;
    ``ends``: near an end that connects to something else, where lines may be near each other but
    not in each other.
    """

    joints: Stretches
    crossings: Stretches
    ends: Stretches

    @property
    def for_clearance(self) -> Stretches:
        """Where the clearance is not asked."""
        return joined(self.joints, self.crossings, self.ends)

    @property
    def for_overlap(self) -> Stretches:
        """Where the walls may lie in each other as seen from above."""
        return joined(self.joints, self.crossings)


@dataclass(frozen=True, eq=False)
class Exemptions:
    """What is exempt of a, and what of b."""

    own: Exempt
    other: Exempt


def find_meetings(near: Neighbours) -> Meetings:
    """Every place where the centre lines of a pair cross or touch, each once."""
    row, along_m, share, sine = crossing_places(near.frames)
    pair, grid_m = near.pair[row], near.base_m[row] + along_m
    other_m = near.other_base_m[row] + share * near.frames.other_length_m[row]
    # a crossing at a vertex is found on every segment that ends there: the steepest stays
    order = np.lexsort((-sine, np.round(grid_m / _ONE_PLACE_M), pair))
    pair, grid_m, other_m, sine = pair[order], grid_m[order], other_m[order], sine[order]
    new = np.ones(len(pair), dtype=bool)
    new[1:] = (pair[1:] != pair[:-1]) | (np.abs(grid_m[1:] - grid_m[:-1]) > _ONE_PLACE_M)
    new[1:] |= np.abs(other_m[1:] - other_m[:-1]) > _ONE_PLACE_M
    return Meetings(pair[new], grid_m[new], other_m[new], sine[new])


def exempt(
    near: Neighbours,
    meetings: Meetings,
    ends: Ends,
    other_ends: Ends | None,
    least_angle_deg: float,
    connects_within_m: float,
) -> Exemptions:
    """What is exempt between lines; ``other_ends`` are those of b where b are routes too."""
    least_sine = float(np.sin(np.radians(least_angle_deg)))
    steep = meetings.sine >= least_sine - _SLACK
    pair, factor = meetings.pair[steep], 1.0 / meetings.sine[steep]
    crossings = around(pair, meetings.grid_m[steep], near.reach_m, factor)
    other_crossings = around(pair, meetings.other_m[steep], near.reach_m, factor)
    own, other = joints(near, connects_within_m)
    at_own, at_other = Stretches.none(), Stretches.none()
    if own.any() or other.any():
        at_own, at_other = at_joints(near, own, other, least_sine)
    free = ends.connected[near.route] & ~own
    other_free = Stretches.none()
    if other_ends is not None:
        other_free = from_ends(near, other_ends.connected[near.thing] & ~other, of_other=True)
    return Exemptions(
        Exempt(at_own, crossings, from_ends(near, free)),
        Exempt(at_other, other_crossings, other_free),
    )

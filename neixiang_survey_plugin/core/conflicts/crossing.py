"""Lines that cross with too little between the bottom of one and the top of the other."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from neixiang_survey_plugin.core.conflicts.clearance_cells import Requirement
from neixiang_survey_plugin.core.conflicts.conflict import (
    Conflict,
    ConflictKind,
    ConflictOutcome,
    Remark,
)
from neixiang_survey_plugin.core.conflicts.context import Context, Placed
from neixiang_survey_plugin.core.conflicts.exemptions import Exemptions, Meetings
from neixiang_survey_plugin.core.conflicts.levels import (
    Level,
    is_below,
    levels,
    route_level,
    thing_level,
)
from neixiang_survey_plugin.core.conflicts.near import TOLERANCE_M, ragged
from neixiang_survey_plugin.core.conflicts.outcomes import Pair, uncertain
from neixiang_survey_plugin.core.conflicts.stretches import Stretches
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices

_WATER = frozenset({"water"})
_FOUL = frozenset({"sewer", "storm"})

_Levels = tuple[Level, Level] | None


class _Crossing(NamedTuple):
    """One crossing with the levels of both lines there and the figure for them."""

    own: Level
    other: Level
    a_below: bool
    asked: Requirement

    @property
    def gap_m(self) -> float | None:
        """From the bottom of the upper to the top of the lower; None if unknown."""
        upper, lower = (self.other, self.own) if self.a_below else (self.own, self.other)
        if upper.bottom_m is None or lower.top_m is None:
            return None
        return lower.top_m - upper.bottom_m

    @property
    def clear_anyway(self) -> bool:
        """Whether there is enough room whatever is not known of widths and kinds."""
        upper, lower = (self.other, self.own) if self.a_below else (self.own, self.other)
        if upper.top_m is None or lower.top_m is None:
            return False
        return lower.top_m - upper.lowest_m >= self.asked.most_m - TOLERANCE_M


def crossing_conflicts(context: Context, meetings: Meetings, exempt: Exemptions) -> list[Conflict]:
    """Conflicts at crossings; where a and b are connected there is none."""
    if not len(meetings):
        return []
    apart = np.nonzero(~_joined(meetings, exempt) & ~_surely_clear(context, meetings))[0]
    if not len(apart):
        return []
    near = context.near
    pair, grid_m = meetings.pair[apart], meetings.grid_m[apart]
    metres_m, points_m = near.courses.placed(near.route[pair], grid_m)
    angle_deg = np.degrees(np.arcsin(np.minimum(meetings.sine[apart], 1.0)))
    columns = (pair, metres_m, points_m, angle_deg)
    rows = zip(*(column.tolist() for column in columns), _levels(context, pair), strict=True)
    found = []
    for number, metres, (east, north), angle, levels_there in rows:
        place = Placed(metres, metres, (east, north), 0.0, 0.0, 0.0)
        found += _judge(context, context.pair(number), place, angle, levels_there)
    return found


def _surely_clear(context: Context, meetings: Meetings) -> np.ndarray:
    """Crossings with room enough whichever way round, where no bore changes the depth.

    Most crossings of a town: they are settled here without looking at each.
    """
    near, figures = context.near, context.table.vertical_figures.most_m
    own, things = near.courses.things, near.things
    route, thing = near.route[meetings.pair], near.thing[meetings.pair]
    a_class, b_class = own.table_class[route], things.table_class[thing]
    asked_m = np.maximum(figures[a_class, b_class], figures[b_class, a_class]) - TOLERANCE_M
    a_top, b_top = own.cover_m[route], things.cover_m[thing]
    below = b_top - a_top - 2.0 * own.most_radius_m[route] >= asked_m
    above = a_top - b_top - 2.0 * things.most_radius_m[thing] >= asked_m
    room = (below | above) & (a_top >= 0.0) & (b_top >= 0.0)
    return np.asarray(room & ~_bored(context, route, thing), dtype=bool)


def _bored(context: Context, route: Indices, thing: Indices) -> np.ndarray:
    bored = np.array([bool(one.trenchless) for one in context.near.courses.routes])[route]
    if context.others is not None:
        bored |= np.array([bool(one.trenchless) for one in context.others.routes])[thing]
    return bored


def _joined(meetings: Meetings, exempt: Exemptions) -> np.ndarray:
    """Which meetings are where a and b are connected, seen from either."""
    own = _within(meetings.pair, meetings.grid_m, exempt.own.joints)
    other = _within(meetings.pair, meetings.other_m, exempt.other.joints)
    return np.asarray(own | other, dtype=bool)


def _within(pair: Indices, grid_m: Floats, stretches: Stretches) -> np.ndarray:
    """Which places lie in some stretch of the same pair."""
    if not len(stretches) or not len(pair):
        return np.zeros(len(pair), dtype=bool)
    order = stretches.owner.argsort(kind="stable")
    owner = stretches.owner[order]
    low, high = (
        owner.searchsorted(pair, "left"),
        owner.searchsorted(pair, "right"),
    )
    asked, place = ragged(low, high - low)
    stretch = order[place]
    place_m = grid_m[asked]
    held = (place_m >= stretches.from_m[stretch]) & (place_m <= stretches.to_m[stretch])
    return np.bincount(asked[held], minlength=len(pair)) > 0


def _judge(
    context: Context, pair: Pair, place: Placed, angle_deg: float, usual: _Levels
) -> list[Conflict]:
    crossing = _crossing(context, pair, *(usual or _bored_levels(context, pair, place)))
    if crossing.clear_anyway:
        return []
    gap_m, asked = crossing.gap_m, crossing.asked
    outcome, cell = _outcome(gap_m, asked), asked.cell
    required_m = asked.most_m if asked.known else None
    deeper_m = None
    if required_m is not None and crossing.own.top_m is not None and crossing.other.bottom_m:
        # below b: that holds whichever lies lower now
        deeper_m = max(crossing.other.bottom_m + required_m - crossing.own.top_m, 0.0)
    unknown = outcome is ConflictOutcome.UNKNOWN
    return [
        Conflict(
            kind=ConflictKind.VERTICAL,
            a=pair.a,
            b=pair.b,
            b_layer=pair.b_layer,
            b_word=pair.b_word,
            measured_m=gap_m,
            required_m=required_m,
            outcome=outcome,
            confidence=None if cell is None else cell.confidence,
            clause=context.table.rules["vertical_clearance"].clause,
            from_m=place.from_m,
            to_m=place.to_m,
            at=place.at,
            yields=pair.yields,
            missing=_missing(context, pair, crossing) if unknown else (),
            remarks=_remarks(pair, crossing),
            needs_confirmation=uncertain(cell),
            deeper_m=deeper_m,
            angle_deg=angle_deg,
        )
    ]


def _outcome(gap_m: float | None, asked: Requirement) -> ConflictOutcome:
    if gap_m is None:
        return ConflictOutcome.UNKNOWN
    if gap_m < -TOLERANCE_M:
        return ConflictOutcome.FAIL
    return ConflictOutcome.WAIVABLE if asked.known else ConflictOutcome.UNKNOWN


def _levels(context: Context, pair: Indices) -> list[_Levels]:
    """The levels of both lines at crossings; None where a bore decides, which has its own."""
    near = context.near
    route, thing = near.route[pair], near.thing[pair]
    both = zip(levels(near.courses.things, route), levels(near.things, thing), strict=True)
    bored = _bored(context, route, thing).tolist()
    return [None if one else usual for one, usual in zip(bored, both, strict=True)]


def _bored_levels(context: Context, pair: Pair, place: Placed) -> tuple[Level, Level]:
    near = context.near
    own = route_level(near.courses, pair.route, place.from_m)
    return own, thing_level(near.things, pair.thing, place.at, context.others)


def _crossing(context: Context, pair: Pair, own: Level, other: Level) -> _Crossing:
    table = context.table
    below = is_below(own, other)
    a_class, b_class = pair.a_class, pair.b_class
    figures = table.vertical_figures
    asked = table.requirement(figures, *((a_class, b_class) if below else (b_class, a_class)))
    if own.top_m is None or other.top_m is None:
        # which one lies lower is open, and with it which figure holds
        turned = table.requirement(figures, *((b_class, a_class) if below else (a_class, b_class)))
        asked = Requirement(
            min(asked.least_m, turned.least_m),
            max(asked.most_m, turned.most_m),
            asked.cell if asked.most_m >= turned.most_m else turned.cell,
        )
    return _Crossing(own, other, below, asked)


def _missing(context: Context, pair: Pair, crossing: _Crossing) -> tuple[str, ...]:
    near, names = context.near, []
    for side, level, things, row in (
        ("a", crossing.own, near.courses.things, pair.route),
        ("b", crossing.other, near.things, pair.thing),
    ):
        if level.top_m is None:
            names.append(f"{side}.cover_m")
        if math.isnan(things.radius_m[row]):
            names.append(f"{side}.diameter_mm")
        if not crossing.asked.known and int(things.missing[row]) >> 2 & 1:
            names.append(f"{side}.laying")
    return tuple(names)


def _remarks(pair: Pair, crossing: _Crossing) -> tuple[Remark, ...]:
    remarks = []
    upper, lower = (pair.b_word, pair.a_word) if crossing.a_below else (pair.a_word, pair.b_word)
    levels_known = crossing.own.top_m is not None and crossing.other.top_m is not None
    if levels_known and lower in _WATER and upper in _FOUL:
        remarks.append(Remark.WATER_BELOW_SEWER)
    if crossing.own.above_ground or crossing.other.above_ground:
        remarks.append(Remark.ABOVE_GROUND)
    if not levels_known:
        remarks.append(Remark.TRIAL_HOLE)
    return tuple(remarks)

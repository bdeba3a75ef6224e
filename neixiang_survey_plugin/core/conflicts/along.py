"""Lines that run too near each other along their course, above each other or in each other."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from neixiang_survey_plugin.core.conflicts.conflict import (
    Conflict,
    ConflictKind,
    ConflictOutcome,
    Remark,
)
from neixiang_survey_plugin.core.conflicts.context import Context, Placed, placed
from neixiang_survey_plugin.core.conflicts.exemptions import Exemptions
from neixiang_survey_plugin.core.conflicts.levels import (
    Level,
    in_each_other,
    level,
    route_level,
    thing_level,
)
from neixiang_survey_plugin.core.conflicts.neighbours import Neighbours
from neixiang_survey_plugin.core.conflicts.outcomes import (
    Pair,
    could_turn,
    horizontal_remarks,
    missing_facts,
    outcome_of,
    uncertain,
)
from neixiang_survey_plugin.core.conflicts.stretches import Stretches, holders, joined, left_over

# What two lines in one place in plan come to: with a level in common, with none, nobody knows.
_OF_LEVELS = {
    True: ConflictOutcome.FAIL,
    False: ConflictOutcome.WAIVABLE,
    None: ConflictOutcome.UNKNOWN,
}


def line_conflicts(context: Context, exempt: Exemptions) -> list[Conflict]:
    """Conflicts of lines along their course: too near, stacked, or in each other."""
    near, own, other = context.near, exempt.own, exempt.other
    spans = left_over(near.stretches(), own.for_clearance)
    freed = other.for_clearance.owned_by(spans.owner)
    if len(freed):
        near = near.without(freed)
        spans = left_over(near.stretches(), own.for_clearance)
    # what is exempt for walls is exempt for clearances too, but for ends beside other lines
    overlaps, beside = Stretches.none(), near
    if len(spans) or len(own.ends) or len(other.ends):
        beside, overlaps = _sure_overlaps(context, exempt)
    found = []
    if len(overlaps):
        found += [_overlap(context, number, place) for number, place in placed(beside, overlaps)]
        taken = joined(own.for_clearance, overlaps)
        spans = _around_overlaps(spans, left_over(near.stretches(), taken))
    for number, place in placed(near, spans):
        found += _too_near(context, number, place)
    return found


def beside_conflicts(context: Context, exempt: Stretches) -> list[Conflict]:
    """Conflicts with what stands on the ground: walls and trunks have no level."""
    found = []
    for number, place in placed(context.near, left_over(context.near.stretches(), exempt)):
        found += _too_near(context, number, place)
    return found


def _sure_overlaps(context: Context, exempt: Exemptions) -> tuple[Neighbours, Stretches]:
    """Where walls of known widths lie in each other, and the rows that this was seen from."""
    near = context.near.without(exempt.other.for_overlap)
    sure = ~np.isnan(near.courses.things.radius_m[near.route] + near.things.radius_m[near.thing])
    every = near.overlapping()
    kept = sure[every.owner]
    overlaps = Stretches(every.owner[kept], every.from_m[kept], every.to_m[kept])
    return near, left_over(overlaps, exempt.own.for_overlap)


def _around_overlaps(spans: Stretches, rest: Stretches) -> Stretches:
    """What is left of each span beside the overlaps, from its first piece to its last."""
    if not len(rest):
        return rest
    held = holders(rest, spans)
    first = np.nonzero(np.concatenate(([True], held[1:] != held[:-1])))[0]
    last = np.append(first[1:], len(held)) - 1
    return Stretches(rest.owner[first], rest.from_m[first], rest.to_m[last])


def _too_near(context: Context, number: int, place: Placed) -> list[Conflict]:
    pair = context.pair(number)
    measured_m = None if pair.widths_m is None else place.centre_m - pair.widths_m
    if context.kind is ConflictKind.HORIZONTAL and measured_m is not None:
        measured_m = max(measured_m, 0.0)  # what lies in each other is a conflict of its own
    outcome = outcome_of(pair, measured_m)
    if outcome is None:
        return []
    cell, required_m = pair.asked.cell, pair.asked.most_m if pair.asked.known else None
    unknown = outcome is ConflictOutcome.UNKNOWN
    move_m = None if measured_m is None or required_m is None else required_m - measured_m
    return [
        Conflict(
            kind=context.kind,
            a=pair.a,
            b=pair.b,
            b_layer=pair.b_layer,
            b_word=pair.b_word,
            measured_m=measured_m,
            required_m=required_m,
            outcome=outcome,
            confidence=None if cell is None else cell.confidence,
            clause=context.table.rules["overlap"].clause if cell is None else cell.clause,
            from_m=place.from_m,
            to_m=place.to_m,
            at=place.at,
            yields=pair.yields,
            missing=missing_facts(context.near, pair) if unknown else (),
            remarks=horizontal_remarks(pair),
            needs_confirmation=uncertain(cell),
            borderline=could_turn(pair, measured_m),
            uncertainty_m=pair.accuracy_m,
            move_m=move_m,
            side=None if move_m is None else _away(place.across_m),
        )
    ]


def _overlap(context: Context, number: int, place: Placed) -> Conflict:
    """Lines in one place as seen from above: stacked, in each other, or nobody knows."""
    pair = context.pair(number)
    assert pair.widths_m is not None
    measured_m = place.centre_m - pair.widths_m
    in_one, above_ground, missing = _levels(context, pair, place)
    rule = context.table.rules["stacked" if in_one is False else "overlap"]
    remarks = (Remark.TRIAL_HOLE,) if missing else ()
    required_m = pair.asked.most_m if pair.asked.known else 0.0
    return Conflict(
        kind=ConflictKind.STACKED if in_one is False else ConflictKind.OVERLAP,
        a=pair.a,
        b=pair.b,
        b_layer=pair.b_layer,
        b_word=pair.b_word,
        measured_m=measured_m,
        required_m=required_m,
        outcome=_OF_LEVELS[in_one],
        confidence=rule.confidence,
        clause=rule.clause,
        from_m=place.from_m,
        to_m=place.to_m,
        at=place.at,
        yields=pair.yields,
        missing=missing,
        remarks=(*remarks, Remark.ABOVE_GROUND) if above_ground else remarks,
        borderline=bool(pair.accuracy_m) and measured_m + (pair.accuracy_m or 0.0) >= 0.0,
        uncertainty_m=pair.accuracy_m,
        move_m=required_m - measured_m,
        side=_away(place.across_m),
    )


def _levels(
    context: Context, pair: Pair, place: Placed
) -> tuple[bool | None, bool, tuple[str, ...]]:
    """Whether the two share a level anywhere on the stretch; whether a cover lies above ground."""
    results: list[bool | None] = []
    above, missing = False, set[str]()
    for own, other in _sounded(context, pair, place):
        results.append(in_each_other(own, other))
        above |= own.above_ground or other.above_ground
        missing |= _unknown_levels(own, other)
    worst = True if True in results else None if None in results else False
    return worst, above, tuple(sorted(missing)) if worst is None else ()


def _sounded(context: Context, pair: Pair, place: Placed) -> Iterator[tuple[Level, Level]]:
    """The levels of both along a stretch: in one place unless a bore changes them."""
    courses, things, others = context.near.courses, context.near.things, context.others
    bored = bool(courses.routes[pair.route].trenchless)
    if others is not None:
        bored = bored or bool(others.routes[pair.thing].trenchless)
    if not bored:
        yield level(courses.things, pair.route), level(things, pair.thing)
        return
    for along_m in (place.from_m, 0.5 * (place.from_m + place.to_m), place.to_m):
        at = courses.lines.point_at(pair.route, along_m)
        own = route_level(courses, pair.route, along_m)
        yield own, thing_level(things, pair.thing, at, others)


def _unknown_levels(own: Level, other: Level) -> set[str]:
    levels = {"a.cover_m": own, "b.cover_m": other}
    return {name for name, level in levels.items() if level.top_m is None}


def _away(across_m: float) -> str | None:
    """The side of a that leads away from b; None where b lies on the line itself."""
    if abs(across_m) < 1e-9:
        return None
    return "right" if across_m > 0.0 else "left"

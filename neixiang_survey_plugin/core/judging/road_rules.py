"""The conditions on the roads that lines touch: their class and their protected years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from neixiang_survey_plugin.core.dates import years_after
from neixiang_survey_plugin.core.judging.facts import GroupFacts
from neixiang_survey_plugin.core.judging.findings import Finding, Outcome, RoadRemark
from neixiang_survey_plugin.core.judging.limits import each_once
from neixiang_survey_plugin.core.measuring.measures import Reason, RoadFacts, Touch, Unknown
from neixiang_survey_plugin.core.policy import Rule

# Articles 33 and 四(二) protect city roads; a highway has its own law, a lane none.
_NOT_A_CITY_ROAD = ("highway", "other")


def check_road_class(rule: Rule, facts: GroupFacts) -> Finding:
    """No road of the rule's classes may be touched; a road of unknown class is not passed."""
    broken = _each_road(
        [(touch, None) for _, touch in facts.touches if touch.road.road_class in rule.road_classes]
    )
    unknown = _touch_reasons(facts)
    unknown += [
        Reason(Unknown.ROAD_CLASS_MISSING, (touch.road.road_id,))
        for _, touch in facts.touches
        if touch.road.road_class is None
    ]
    for _, touch, missing in facts.doubtful_touches:
        if touch.road.road_class is None or touch.road.road_class in rule.road_classes:
            unknown.append(Reason(missing, (touch.road.road_id,)))
    return _finding(rule, facts, broken, each_once(unknown))


def check_road_protection(rule: Rule, facts: GroupFacts) -> Finding:
    """No city road within its protected years may be touched on the day that counts.

    The anniversary day is still protected. A missing delivery date is not passed; a missing
    overhaul date means none on record, which passes with a note unless the county is strict.
    """
    broken = _protected(rule, facts, by_plan=True)
    reasons, notes = _missing_dates(rule, facts, by_plan=True)
    decides = False
    if any(route.planned_on is not None for route in facts.routes):
        today = _protected(rule, facts, by_plan=False)
        missing, _ = _missing_dates(rule, facts, by_plan=False)
        decides = _outcome(broken, reasons) is not _outcome(today, missing)
    return _finding(rule, facts, broken, reasons, notes, day_decides=decides)


def protected_until(rule: Rule, road: RoadFacts) -> date | None:
    """The last protected day of a city road, that day included; None where none is on record.

    A road of unknown class counts as a city road.
    """
    if road.road_class in _NOT_A_CITY_ROAD:
        return None
    delivered = _after(road.delivered_on, rule.delivered_years)
    overhauled = _after(road.overhauled_on, rule.overhauled_years)
    if delivered is None or overhauled is None:
        return delivered or overhauled
    return max(delivered, overhauled)


def _after(start: date | None, years: int | None) -> date | None:
    return None if start is None or years is None else years_after(start, years)


def _protected(rule: Rule, facts: GroupFacts, by_plan: bool) -> tuple[RoadRemark, ...]:
    broken = []
    for route, touch in facts.touches:
        until = protected_until(rule, touch.road)
        if until is not None and (facts.day_of(route) if by_plan else facts.on) <= until:
            broken.append((touch, until))
    return _each_road(broken)


def _missing_dates(
    rule: Rule, facts: GroupFacts, by_plan: bool
) -> tuple[tuple[Reason, ...], tuple[Reason, ...]]:
    """What keeps the condition from passing, and what is only noted."""
    reasons = _touch_reasons(facts)
    undated: list[str] = []
    strict = facts.register.switches.strict_overhaul
    for _, touch in facts.touches:
        road = touch.road
        if road.road_class in _NOT_A_CITY_ROAD:
            continue
        if road.delivered_on is None:
            reasons.append(Reason(Unknown.DELIVERED_ON_MISSING, (road.road_id,)))
        if road.overhauled_on is None and strict:
            reasons.append(Reason(Unknown.OVERHAULED_ON_MISSING, (road.road_id,)))
        elif road.overhauled_on is None:
            undated.append(road.road_id)
    for route, touch, missing in facts.doubtful_touches:
        day = facts.day_of(route) if by_plan else facts.on
        if _may_be_protected(rule, touch.road, day, strict):
            reasons.append(Reason(missing, (touch.road.road_id,)))
    noted = Reason(Unknown.OVERHAULED_ON_MISSING, tuple(dict.fromkeys(undated)))
    return each_once(reasons), (noted,) if undated else ()


def _may_be_protected(rule: Rule, road: RoadFacts, day: date, strict: bool) -> bool:
    if road.road_class in _NOT_A_CITY_ROAD:
        return False
    if road.delivered_on is None or (strict and road.overhauled_on is None):
        return True
    until = protected_until(rule, road)
    return until is not None and day <= until


def _touch_reasons(facts: GroupFacts) -> list[Reason]:
    return [reason for measure in facts.measures for reason in measure.roads.touch_reasons]


def _each_road(touches: Sequence[tuple[Touch, date | None]]) -> tuple[RoadRemark, ...]:
    if not touches:
        return ()
    remarks = {
        touch.road.road_id: RoadRemark(
            touch.road.road_id, touch.road.name, touch.road.road_class, until, touch
        )
        for touch, until in touches
    }
    return tuple(remarks.values())


def _outcome(broken: tuple[RoadRemark, ...], reasons: tuple[Reason, ...]) -> Outcome:
    return Outcome.FAIL if broken else Outcome.UNKNOWN if reasons else Outcome.PASS


def _finding(
    rule: Rule,
    facts: GroupFacts,
    broken: tuple[RoadRemark, ...],
    reasons: tuple[Reason, ...],
    notes: tuple[Reason, ...] = (),
    day_decides: bool = False,
) -> Finding:
    """A count of roads against none; a road that breaks the rule decides whatever is unknown."""
    outcome = _outcome(broken, reasons)
    return Finding(
        rule=rule.rule_id,
        clause=rule.clause,
        outcome=outcome,
        unit="road",
        limit=0.0,
        measured=None if outcome is Outcome.UNKNOWN else float(len(broken)),
        scope="utility",
        route_ids=facts.route_ids,
        place=broken[0].place if broken else None,
        uncertainty=float(sum([len(measure.roads.near) for measure in facts.measures])),
        day_decides=day_decides,
        roads=broken,
        reasons=() if broken else reasons,
        notes=notes,
    )

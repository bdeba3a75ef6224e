"""The result of a check as plain values: the public JSON.

The keys are a contract (docs/json.md): new ones may come, these stay. Figures are not rounded;
what is unknown is null.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict

from neixiang_survey_plugin.app.results import CaseResult, CheckResult, RouteResult
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.conflicts.conflict import Conflict, NotJudged, conflict_report
from neixiang_survey_plugin.core.conflicts.settlement import FollowedConflicts, Settlement
from neixiang_survey_plugin.core.judging.approvals import Approval
from neixiang_survey_plugin.core.judging.findings import Finding, RoadRemark, Verdict
from neixiang_survey_plugin.core.judging.splitting import SuspectedSplit
from neixiang_survey_plugin.core.measuring.measures import Crossing, Reason
from neixiang_survey_plugin.core.policy import CrossingReading, Reading, needs_confirmation

SCHEMA = 1
Json = dict[str, Any]


def check_report(result: CheckResult) -> Json:
    """The whole result of ``check --json``."""
    return {
        "schema": SCHEMA,
        "county": result.county,
        "policy": result.policy.policy_id,
        "needs_confirmation": [
            one.rule_id for one in result.policy.known_rules if needs_confirmation(one.confidence)
        ],
        "on": result.on.isoformat(),
        "routes": [route_report(one) for one in result.routes],
        "cases": [_case(one) for one in result.cases],
        **_conflicts(result),
        "confirmed_facts": [fact_report(one) for one in result.confirmed],
        "layers_not_judged": list(result.layers_not_judged),
        "suspected_splits": [_split(one) for one in result.suspected_splits],
        "warnings": list(result.warnings),
    }


def _conflicts(result: CheckResult) -> Json:
    """The conflicts; null, not empty, where nobody looked for them."""
    found = result.conflicts
    if found is None:
        return {"conflicts": None, "conflicts_not_judged": [], "checks_not_run": ["conflicts"]}
    followed = result.followed
    assert followed is not None
    return {
        "conflicts": [_conflict(one, settled, result) for one, settled in followed.conflicts],
        "conflicts_count": followed.count,
        "conflicts_settled": followed.settled_count,
        "conflicts_not_judged": [_not_judged(one) for one in found.not_judged],
        "checks_not_run": [],
    }


def _conflict(conflict: Conflict, settled: Settlement | None, result: CheckResult) -> Json:
    return {
        **conflict_report(conflict),
        "confirmed": [fact_report(one) for one in result.confirmed_of(conflict)],
        "settlement": None if settled is None else settlement_report(settled),
    }


def followed_report(followed: FollowedConflicts) -> Json:
    """The whole result of ``conflict list --json``."""
    return {
        "schema": SCHEMA,
        "conflicts": [
            {
                **conflict_report(conflict),
                "settlement": None if settled is None else settlement_report(settled),
            }
            for conflict, settled in followed.conflicts
        ],
        "conflicts_count": followed.count,
        "conflicts_settled": followed.settled_count,
        "gone": [settlement_report(one) for one in followed.gone],
        "void": [settlement_report(one) for one in followed.void],
    }


def settlement_report(one: Settlement) -> Json:
    """How a conflict was followed to its outcome."""
    return {
        "kind": None if one.kind is None else one.kind.value,
        "a": one.route_id,
        "b": one.other_id,
        "b_layer": one.other_layer,
        "outcome": None if one.outcome is None else one.outcome.value,
        "reason": one.reason,
        "settled_by": one.settled_by,
        "settled_on": _day(one.settled_on),
    }


def _not_judged(one: NotJudged) -> Json:
    return {"route_id": one.route_id, "layer": one.layer, "reason": one.reason.value}


def route_report(result: RouteResult) -> Json:
    """One route of the public JSON."""
    roads, green, verdict = result.measures.roads, result.measures.green, result.verdict
    return {
        "route_id": result.route.route_id,
        "utility": result.route.utility,
        "case_id": result.route.case_id,
        "length_m": result.measures.length_m,
        "grid_length_m": result.measures.grid_length_m,
        "crossings": [_crossing(one) for one in roads.crossings],
        "crossing_total_m": _crossing_total(result),
        "across_total_m": roads.across.value,
        "along_total_m": roads.along.value,
        "inside_total_m": roads.inside.value,
        "touched_roads": [touch.road.road_id for touch in roads.touches],
        "green": [
            {"green_id": one.green_id, "area_m2": one.area_m2, "at": list(one.at)}
            for one in green.occupations
        ],
        "green_total_m2": green.strip.value,
        "green_trench_m2": green.trench.value,
        "verdict": verdict.way.value,
        "policy": verdict.policy_id,
        "judged_with": list(result.judged_with),
        "reading": reading_report(verdict.reading),
        "other_readings": _other_readings(verdict),
        "reading_decides": verdict.reading_decides,
        "approvals_needed": [_approval(one) for one in result.approvals_needed],
        "notices": [_approval(one) for one in result.notices],
        "findings": [finding_report(one) for one in verdict.findings],
    }


class RouteTotals(TypedDict):
    """What one route amounts to on the ellipsoid, None where unknown."""

    length_m: float
    crossing_total_m: float | None
    inside_total_m: float | None
    green_total_m2: float | None


def route_totals(result: RouteResult) -> RouteTotals:
    """The totals of one route under the reading used, by their names in the public JSON."""
    return {
        "length_m": result.measures.length_m,
        "crossing_total_m": _crossing_total(result),
        "inside_total_m": result.measures.roads.inside.value,
        "green_total_m2": result.measures.green.strip.value,
    }


def finding_report(finding: Finding) -> Json:
    """One finding of the public JSON."""
    return {
        "rule": finding.rule,
        "clause": finding.clause,
        "measured": finding.measured,
        "limit": finding.limit,
        "margin": finding.margin,
        "unit": finding.unit,
        "uncertainty": finding.uncertainty,
        "outcome": finding.outcome.value,
        "borderline": finding.borderline,
        "day_decides": finding.day_decides,
        "at_least": finding.at_least,
        "reading": finding.reading,
        "is_asked": finding.is_asked,
        "scope": finding.scope,
        "route_ids": list(finding.route_ids),
        "at": None if finding.at is None else list(finding.at),
        "roads": [_road(one) for one in finding.roads],
        "reasons": _reasons(finding.reasons),
        "notes": _reasons(finding.notes),
        "confirmed": [fact_report(one) for one in finding.confirmed],
    }


def fact_report(fact: ConfirmedFact) -> Json:
    """One fact from the site of the public JSON."""
    return {
        "layer": fact.layer,
        "object_id": fact.object_id,
        "field": fact.field,
        "value": fact.value,
        "evidence": fact.evidence,
        "confirmed_by": fact.confirmed_by,
        "confirmed_on": fact.confirmed_on.isoformat(),
        "of_line": fact.of_line,
    }


def _crossing_total(result: RouteResult) -> float | None:
    """The route's total under the reading used."""
    roads = result.measures.roads
    return {
        CrossingReading.ACROSS: roads.across,
        CrossingReading.ACROSS_EACH: roads.across_each,
        CrossingReading.INSIDE: roads.inside,
    }[result.verdict.reading.crossing].value


def _crossing(crossing: Crossing) -> Json:
    return {
        "road_id": crossing.road.road_id,
        "road_name": crossing.road.name,
        "road_class": crossing.road.road_class,
        "kind": crossing.kind,
        "length_m": crossing.length_m,
        "taped_m": crossing.taped_m,
        "angle_deg": crossing.angle_deg,
        "from_m": crossing.from_m,
        "to_m": crossing.to_m,
        "at": list(crossing.at),
    }


def reading_report(reading: Reading) -> Json:
    """A reading of the three limits."""
    return {
        "crossing": reading.crossing.value,
        "length": reading.length.value,
        "green": reading.green.value,
    }


def _other_readings(verdict: Verdict) -> list[Json]:
    return [
        {other.dimension: other.value, "verdict": other.way.value}
        for other in verdict.other_readings
    ]


def _approval(approval: Approval) -> Json:
    return {
        "matter": approval.matter.value,
        "department": approval.department,
        "with": list(approval.together_with),
        "objects": list(approval.objects),
        "certain": approval.certain,
    }


def _road(road: RoadRemark) -> Json:
    return {
        "road_id": road.road_id,
        "name": road.name,
        "road_class": road.road_class,
        "protected_until": _day(road.protected_until),
        "at": None if road.at is None else list(road.at),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _reasons(reasons: Iterable[Reason]) -> list[Json]:
    return [{"reason": reason.unknown.value, "ids": list(reason.ids)} for reason in reasons]


def _case(case: CaseResult) -> Json:
    return {
        "case_id": case.case_id,
        "route_ids": [one.route.route_id for one in case.routes],
        "verdicts": {utility: way.value for utility, way in case.ways.items()},
    }


def _split(split: SuspectedSplit) -> Json:
    return {
        "warning": "suspected_split",
        "utility": split.utility,
        "route_ids": list(split.route_ids),
        "rules": list(split.rules),
    }

"""The plan check as plain values, for JSON and for the packet."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.app.planning.checking import PlanResult
from neixiang_survey_plugin.core.planning.check import NotHeld
from neixiang_survey_plugin.core.planning.remark import PlanOfRoute, PlanRemark
from neixiang_survey_plugin.core.planning.review import UNDECIDED, Decided, PlanReview


def plan_report(result: PlanResult) -> dict[str, Any]:
    """What ``plan-check --json`` writes; figures are not rounded, what is unknown is null."""
    return {
        "schema": 1,
        "county": result.county,
        "on": result.on.isoformat(),
        "rules": result.rules.rules_id,
        "routes": [
            route_report(one, result.agrees(one), result.decided_on(one.route_id))
            for one in result.routes
        ],
        "layers_not_judged": list(result.layers_not_judged),
        "not_held": [_not_held(one) for one in result.not_held if one.route_id is not None],
    }


def route_report(route: PlanOfRoute, agrees: bool, decided: Decided = UNDECIDED) -> dict[str, Any]:
    """One line against the plan, with what planning staff decided on it."""
    corridor = route.corridor
    return {
        "route_id": route.route_id,
        "utility": route.utility,
        "case_id": route.case_id,
        "length_m": route.length_m,
        "agrees": agrees,
        "corridor": {
            "within_m": corridor.within_m,
            "beside_m": corridor.beside_m,
            "off_m": corridor.off_m,
        },
        "remarks": [remark_report(one) for one in route.remarks],
        "standing": decided.standing.value,
        "review": None if decided.review is None else review_report(decided.review),
    }


def review_report(review: PlanReview) -> dict[str, Any]:
    """One decision of planning staff."""
    return {
        "route_id": review.route_id,
        "verdict": None if review.verdict is None else review.verdict.value,
        "reviewed_by": review.reviewed_by,
        "reviewed_at": None if review.reviewed_at is None else review.reviewed_at.isoformat(),
        "remark": review.remark,
        "remarks": review.remarks,
    }


def remark_report(remark: PlanRemark) -> dict[str, Any]:
    """One remark: its rule, its place, its figures and what would satisfy it."""
    return {
        "rule": remark.kind.value,
        "outcome": remark.outcome.value,
        "clause": remark.clause,
        "confidence": remark.confidence,
        "layer": remark.layer,
        "object_id": remark.object_id,
        "object_name": remark.object_name,
        "authority": remark.authority,
        "other": remark.other,
        "measured": remark.measured,
        "limit": remark.limit,
        "unit": remark.unit,
        "from_m": remark.from_m,
        "to_m": remark.to_m,
        "at": list(remark.at),
        "move_m": remark.move_m,
        "side": remark.side,
        "missing": list(remark.missing),
        "remark_id": remark.remark_id,
    }


def _not_held(one: NotHeld) -> dict[str, Any]:
    return {"route_id": one.route_id, "layer": one.layer, "reason": one.reason.value}

"""Proposals as plain values: the public JSON of ``trench``.

The keys are a contract (docs/json.md): new ones may come, these stay. Figures are not rounded;
what is unknown is null.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from neixiang_survey_plugin.app.trenching.planner import TrenchResult
from neixiang_survey_plugin.core.conflicts.conflict import conflict_report
from neixiang_survey_plugin.core.trenching.cross_section import CrossSection, Dig
from neixiang_survey_plugin.core.trenching.dig_calendar import StreetDigs, opened_again
from neixiang_survey_plugin.core.trenching.proposal import (
    Bond,
    LineFigures,
    Member,
    Objection,
    Proposal,
    Suggestion,
)
from neixiang_survey_plugin.core.trenching.ranking import better_apart
from neixiang_survey_plugin.core.trenching.review import TrenchReview
from neixiang_survey_plugin.core.trenching.rules import TrenchRules
from neixiang_survey_plugin.core.trenching.works import Figures

SCHEMA = 1
Json = dict[str, Any]


def trench_report(result: TrenchResult, reviews: Sequence[TrenchReview] = ()) -> Json:
    """The whole result of ``trench --json``, with what was decided before."""
    return {
        "schema": SCHEMA,
        "county": result.county,
        "on": result.on.isoformat(),
        "rules": result.rules.rules_id,
        "edition": result.rules.edition,
        "ranking": [one.value for one in result.rules.ranking],
        "suggestions": [_suggestion(one, result.rules) for one in result.suggestions],
        "agreed": [sorted(group) for group in result.agreed],
        "opened_again": [
            _street(one, result) for one in opened_again(result.calendar, result.rules.together)
        ],
        "reviews": [review_report(one) for one in reviews],
        "crowded": list(result.crowded),
        "warnings": list(result.warnings),
    }


def review_report(one: TrenchReview) -> Json:
    """A decision on a proposal."""
    return {
        "route_ids": list(one.lines),
        "variant": None if one.variant is None else one.variant.value,
        "verdict": None if one.verdict is None else one.verdict.value,
        "reviewed_by": one.reviewed_by,
        "reviewed_at": None if one.reviewed_at is None else one.reviewed_at.isoformat(),
        "remark": one.remark,
    }


def _street(one: StreetDigs, result: TrenchResult) -> Json:
    works = one.again(result.rules.together.window_days)
    return {
        "road_id": one.road_id,
        "road_name": one.road_name,
        "works": [
            {
                "route_ids": list(each.route_ids),
                "works_from": None if each.window is None else each.window[0].isoformat(),
                "works_to": None if each.window is None else each.window[1].isoformat(),
            }
            for each in works
        ],
    }


def _suggestion(one: Suggestion, rules: TrenchRules) -> Json:
    return {
        "suggestion_id": one.suggestion_id,
        "route_ids": list(one.route_ids),
        "bonds": [_bond(bond) for bond in one.bonds],
        "objections": [_objection(objection) for objection in one.objections],
        "better_apart": [criterion.value for criterion in one.better_apart],
        "proposals": [proposal_report(proposal, rules) for proposal in one.proposals],
    }


def proposal_report(one: Proposal, rules: TrenchRules) -> Json:
    """One proposal of the public JSON."""
    window = one.window
    return {
        "proposal_id": one.proposal_id,
        "kind": one.kind.value,
        "variant": one.variant.value,
        "route_ids": list(one.route_ids),
        "digs_by": one.digs_by,
        "laying_order": list(one.laying_order),
        "works_from": None if window is None else window[0].isoformat(),
        "works_to": None if window is None else window[1].isoformat(),
        "section": None if one.section is None else section_report(one.section),
        "narrowest": None if one.narrowest is None else section_report(one.narrowest),
        "axis": None if one.axis is None else _points(one.axis),
        "red_line_left": one.red_line_left,
        "routes": [_member(member) for member in one.members],
        "before": _figures(one.before),
        "after": _figures(one.after),
        "conflicts_before": [conflict_report(conflict) for conflict in one.conflicts_before],
        "conflicts_after": [conflict_report(conflict) for conflict in one.conflicts_after],
        "objections": [_objection(objection) for objection in one.objections],
        "better_apart": [each.value for each in better_apart(one, rules.ranking)],
    }


def section_report(one: CrossSection) -> Json:
    """A cross-section: its lines from the red line outwards, and what is dug for them."""
    return {
        "order": one.order.value,
        "width_m": one.width_m,
        "departures": [list(pair) for pair in one.departures],
        "bounds": [
            {
                "route_ids": [bound.first, bound.second],
                "gap_m": bound.gap_m,
                "asked_by": bound.rule.kind.value,
                "clause": bound.rule.clause,
            }
            for bound in one.bounds
        ],
        "lines": [
            {
                "route_id": slot.route_id,
                "utility": slot.utility,
                "left_m": slot.left_m,
                "outer_m": slot.outer_m,
                "cover_m": slot.cover_m,
                "depth_m": slot.depth_m,
            }
            for slot in one.slots
        ],
        "trenches": [_dig(dig) for dig in one.digs],
    }


def _dig(one: Dig) -> Json:
    return {
        "route_ids": list(one.route_ids),
        "left_m": one.left_m,
        "right_m": one.right_m,
        "width_m": one.width_m,
        "depth_m": one.depth_m,
        "area_m2": one.area_m2,
        "floor": [{"to_m": to_m, "depth_m": depth_m} for to_m, depth_m in one.floor],
    }


def _member(one: Member) -> Json:
    return {
        "route_id": one.route.route_id,
        "unit": one.route.unit,
        "line": _points(one.after.line),
        "joins_m": one.joins_m,
        "leaves_m": one.leaves_m,
        "cover_m": one.after.cover_m,
        "trench_width_m": one.after.trench_width_m,
        "working_width_m": one.after.working_width_m,
        "before": _line(one.was),
        "after": _line(one.becomes),
        "cost_alone": one.cost_alone,
        "cost_share": one.cost_share,
    }


def _line(one: LineFigures) -> Json:
    return {
        "verdict": one.way.value,
        "length_m": one.length_m,
        "across_total_m": one.crossing_m,
        "green_total_m2": one.green_m2,
    }


def _figures(one: Figures) -> Json:
    return {
        "trench_m": one.trench_m,
        "openings": one.openings,
        "closures": one.closures,
        "road_m2": None if one.road_m2 is None else dict(one.road_m2),
        "green_m2": one.green_m2,
        "earth_m3": one.earth_m3,
        "cost": one.cost,
    }


def _bond(one: Bond) -> Json:
    return {
        "route_ids": list(one.route_ids),
        "kind": one.kind.value,
        "metres": one.metres,
        "road_id": one.road_id,
    }


def _objection(one: Objection) -> Json:
    return {
        "kind": one.kind.value,
        "route_ids": list(one.route_ids),
        "clause": one.clause,
        "confidence": one.confidence,
        "note": one.note,
    }


def _points(line: Any) -> list[list[float]]:
    return [[east_m, north_m] for east_m, north_m in line.coords]

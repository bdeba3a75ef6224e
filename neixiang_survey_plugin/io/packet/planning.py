"""What a packet says of the master plan: its lines held against it, and the staff's decision."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.planning.checking import PlanChecker, PlanResult
from neixiang_survey_plugin.app.planning.report import plan_report
from neixiang_survey_plugin.app.results import CaseResult
from neixiang_survey_plugin.app.verifying import Difference, DifferenceKind, differing
from neixiang_survey_plugin.app.wording import planning as words
from neixiang_survey_plugin.core.casework.conditions import JOINT_WAYS
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.planning.remark import PlanOfRoute
from neixiang_survey_plugin.core.planning.review import (
    Decided,
    PlanReview,
    PlanStanding,
    PlanVerdict,
    decided_lines,
)
from neixiang_survey_plugin.core.planning.rules import PlanningRules
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.io.packet.case_fields import Standing
from neixiang_survey_plugin.io.packet.forms import Form
from neixiang_survey_plugin.io.packet.manifest import DATA
from neixiang_survey_plugin.io.packet.papers import Paper
from neixiang_survey_plugin.io.packet.rejudging import Rejudged

PLANNING_FILE = "planning.json"
PLANNING_FORM = Form("plan_check.docx", "规划核对意见表")
# A county without any of these has no plan that lines could be held against.
PLAN_LAYERS = ("plan_lines", "control_areas", "land_use")
_REPORT = f"{DATA}{PLANNING_FILE}"
# What reading a report that somebody tampered with may end in.
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError)


@dataclass(frozen=True)
class PlanPart:
    """By what packets hold their lines against the plan, and what planning staff decided."""

    rules: PlanningRules
    reviews: tuple[PlanReview, ...] = ()


def hold_case(
    county: County,
    rules: PlanningRules,
    lines: Sequence[Route],
    case: CaseResult,
    on: date,
    reviews: Sequence[PlanReview] = (),
) -> PlanResult | None:
    """The lines of a case against the plan, among the lines of its packet; None without a plan."""
    if not county.layers.keys() & set(PLAN_LAYERS):
        return None
    result = PlanChecker(county, rules).check(lines, on)
    ids = {one.route.route_id for one in case.routes}
    return replace(
        result,
        routes=tuple(one for one in result.routes if one.route_id in ids),
        not_held=tuple(one for one in result.not_held if one.route_id in {None, *ids}),
        decided=decided_lines(lines, reviews),
    )


def planning_file(result: PlanResult) -> bytes:
    """The lines against the plan as JSON."""
    text = json.dumps(plan_report(result), ensure_ascii=False, allow_nan=False, indent=1)
    return f"{text}\n".encode("utf-8", "replace")


def is_wanted(result: PlanResult, case: CaseResult) -> bool:
    """Whether there is anything for planning staff to read or to sign.

    Lines on a commitment have one form and no other (四(二)): the sheet is there only where they
    are remarked upon or somebody has decided on them.
    """
    decided = (result.decided_on(one.route_id).review for one in result.routes)
    return (
        any(one.verdict.way in JOINT_WAYS for one in case.routes)
        or any(one.remarks for one in result.routes)
        or any(review is not None for review in decided)
    )


def planning_fields(
    result: PlanResult, case: CaseResult, county: County, number: str, draft: bool
) -> dict[str, Any]:
    """Every field of the sheet."""
    department = county.departments.get("planning")
    return {
        "title": PLANNING_FORM.title,
        "county": county.name,
        "case": case.case_id or "",
        "day": wording.day_words(result.on),
        "department": department.name if department else "",
        "number": number,
        "draft": draft,
        "planned_lines": [_line(result, one) for one in result.routes],
        "plan_remarks": list(_remarks(result)),
        "plan_not_held": [words.not_held_sentence(one) for one in result.not_held],
    }


def planning_paper(
    result: PlanResult, case: CaseResult, county: County, standing: Standing
) -> Paper:
    """The sheet before it is filled in."""
    fields = planning_fields(result, case, county, standing.number, standing.draft)
    return Paper(f"{PLANNING_FORM.title}.docx", PLANNING_FORM.template, fields)


def held_again(
    files: Mapping[str, bytes], again: Rejudged
) -> tuple[PlanResult | None, tuple[Difference, ...]]:
    """The lines of a packet held against its plan again, and where its report says otherwise.

    None where it has no report that can be read, or no plan. What was decided on a line stands
    for itself.
    """
    if _REPORT not in files:
        return None, ()
    try:
        said = json.loads(files[_REPORT])
        found = _held(said, again)
        if found is None:
            return None, (Difference(DifferenceKind.NOT_JUDGED, _REPORT),)
        return found, tuple(differing(said, plan_report(found), _REPORT))
    except _UNREADABLE:
        return None, (Difference(DifferenceKind.DAMAGED, _REPORT),)


def _held(said: Mapping[str, Any], again: Rejudged) -> PlanResult | None:
    on = date.fromisoformat(said["on"])
    if again.planning is None:
        return None
    lines = [one.route for one in again.check.routes]
    found = hold_case(again.county, again.planning, lines, again.case, on)
    decided = {str(one["route_id"]): _decided(one) for one in said["routes"]}
    return None if found is None else replace(found, decided=decided)


def _decided(said: Mapping[str, Any]) -> Decided:
    review = said["review"]
    if review is None:
        return Decided(None, PlanStanding(said["standing"]))
    at, verdict = review["reviewed_at"], review["verdict"]
    kept = PlanReview(
        route_id=review["route_id"],
        verdict=None if verdict is None else PlanVerdict(verdict),
        reviewed_by=review["reviewed_by"],
        reviewed_at=None if at is None else datetime.fromisoformat(at),
        remark=review["remark"],
        remarks=review["remarks"],
    )
    return Decided(kept, PlanStanding(said["standing"]))


def _line(result: PlanResult, route: PlanOfRoute) -> dict[str, str]:
    outcomes = [words.plan_outcome_words(one.outcome) for one in route.remarks]
    decided = result.decided_on(route.route_id)
    return {
        "id": route.route_id,
        "utility": wording.utility_words(route.utility),
        "length": wording.figure(route.length_m),
        "corridor": words.corridor_words(route.corridor),
        "outcome": words.standing_words(outcomes, result.all_held(route.route_id)),
        "decision": words.review_sentence(decided) or words.plan_standing_words(decided.standing),
    }


def _remarks(result: PlanResult) -> Iterator[dict[str, str]]:
    for one in result.remarks:
        yield {
            "line": one.route_id,
            "outcome": words.plan_outcome_words(one.outcome),
            "place": words.remark_place(one),
            "text": f"{words.remark_kind_words(one.kind)}：{words.remark_sentence(one)}",
            "way_out": words.remark_way_out(one),
            "basis": words.remark_basis(one),
        }

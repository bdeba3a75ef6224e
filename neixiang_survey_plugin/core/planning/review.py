"""What planning staff decided on a line, and whether that still holds for it as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.planning.remark import PlanOfRoute, PlanOutcome
from neixiang_survey_plugin.core.routes import Route, course_of


class PlanVerdict(Enum):
    """What planning staff decided on a line."""

    APPROVED = "approved"
    RETURNED = "returned"  # with a remark on what to change


class PlanStanding(Enum):
    """How a line stands with planning staff."""

    OPEN = "open"  # nobody has decided
    APPROVED = "approved"
    RETURNED = "returned"
    CHANGED = "changed"  # the line is not the one that was decided on any more


@dataclass(frozen=True)
class PlanReview:
    """One decision on a line; the last one counts.

    ``course`` is the fingerprint of the line that was decided on, ``diameter_mm`` its diameter.
    ``remarks`` counts what was held against it, to be asked or unknown at that moment.
    """

    uuid: str | None = None
    route_id: str | None = None
    case_id: str | None = None
    verdict: PlanVerdict | None = None
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None
    remark: str | None = None
    course: str | None = None
    diameter_mm: float | None = None
    remarks: int | None = None


def review_line(
    route: Route,
    found: PlanOfRoute,
    verdict: PlanVerdict,
    by: str,
    at: datetime,
    remark: str | None,
) -> PlanReview:
    """A decision on a line as it was held against the plan; SurveyError where words are missing.

    Who returns a line says what to change; who approves one that does not agree says why.
    """
    said = (remark or "").strip() or None
    open_remarks = [one for one in found.remarks if one.outcome is not PlanOutcome.NOTE]
    if not by.strip():
        raise SurveyError(f"外线 {route.route_id}：要写明由谁核对。")
    if verdict is PlanVerdict.RETURNED and said is None:
        raise SurveyError(f"外线 {route.route_id}：退回要写明意见。")
    if verdict is PlanVerdict.APPROVED and open_remarks and said is None:
        raise SurveyError(
            f"外线 {route.route_id}：还有 {len(open_remarks)} 条意见，同意要写明理由。"
        )
    return PlanReview(
        route_id=route.route_id,
        case_id=route.case_id,
        verdict=verdict,
        reviewed_by=by.strip(),
        reviewed_at=at,
        remark=said,
        course=course_of(route.line),
        diameter_mm=route.diameter_mm,
        remarks=len(open_remarks),
    )


def latest_reviews(kept: Iterable[PlanReview]) -> Mapping[str, PlanReview]:
    """What was decided last of each line."""
    return {one.route_id: one for one in kept if one.route_id is not None}


@dataclass(frozen=True, slots=True)
class Decided:
    """The last decision on a line, None without one, and how the line stands by it."""

    review: PlanReview | None = None
    standing: PlanStanding = PlanStanding.OPEN


UNDECIDED = Decided()


def decided_lines(routes: Iterable[Route], kept: Iterable[PlanReview]) -> Mapping[str, Decided]:
    """How each line stands by what was decided last of it."""
    latest = latest_reviews(kept)
    return {
        one.route_id: Decided(latest.get(one.route_id), standing_of(one, latest.get(one.route_id)))
        for one in routes
    }


def standing_of(route: Route, review: PlanReview | None) -> PlanStanding:
    """How a line stands, by the last decision on it."""
    if review is None or review.verdict is None:
        return PlanStanding.OPEN
    same = (course_of(route.line), route.diameter_mm) == (review.course, review.diameter_mm)
    return PlanStanding(review.verdict.value) if same else PlanStanding.CHANGED

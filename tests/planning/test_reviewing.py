"""Planning staff approve lines or return them, and a line that was changed is looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from shapely import LineString

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.planning.review import (
    PlanReview,
    PlanStanding,
    PlanVerdict,
    decided_lines,
    review_line,
)
from neixiang_survey_plugin.core.routes import Route
from tests.planning.plans import check, corridor, route

AT = datetime(2026, 11, 25, 9, 0)
GOOD, BESIDE = route("0 0, 60 0", "good"), route("0 5, 60 5", "beside")


def reviewed(one: Route, verdict: PlanVerdict, remark: str | None = None) -> PlanReview:
    found = check(one, plan=[corridor("0 0, 100 0")]).routes[0]
    return review_line(one, found, verdict, "张工", AT, remark)


def standing(one: Route, *kept: PlanReview) -> PlanStanding:
    return decided_lines([one], kept)[one.route_id].standing


def test_nobody_has_decided_on_a_new_line() -> None:
    assert standing(GOOD) is PlanStanding.OPEN


def test_a_line_that_agrees_is_approved_without_a_word() -> None:
    kept = reviewed(GOOD, PlanVerdict.APPROVED)
    assert standing(GOOD, kept) is PlanStanding.APPROVED
    assert kept.remarks == 0


def test_who_approves_what_departs_from_the_plan_says_why() -> None:
    with pytest.raises(SurveyError, match="还有 1 条意见，同意要写明理由"):
        reviewed(BESIDE, PlanVerdict.APPROVED, "  ")
    assert reviewed(BESIDE, PlanVerdict.APPROVED, "现场无位置").remarks == 1


def test_who_returns_a_line_says_what_to_change_and_who_decides_has_a_name() -> None:
    with pytest.raises(SurveyError, match="退回要写明意见"):
        reviewed(BESIDE, PlanVerdict.RETURNED)
    found = check(GOOD).routes[0]
    with pytest.raises(SurveyError, match="由谁核对"):
        review_line(GOOD, found, PlanVerdict.APPROVED, " ", AT, None)


def test_the_last_decision_counts() -> None:
    kept = reviewed(GOOD, PlanVerdict.APPROVED), reviewed(GOOD, PlanVerdict.RETURNED, "改到东侧")
    assert standing(GOOD, *kept) is PlanStanding.RETURNED


@pytest.mark.parametrize(
    "changed",
    [replace(GOOD, line=LineString([(0, 0), (60, 1)])), replace(GOOD, diameter_mm=200.0)],
)
def test_a_line_of_another_course_or_diameter_is_looked_at_again(changed: Route) -> None:
    assert standing(changed, reviewed(GOOD, PlanVerdict.APPROVED)) is PlanStanding.CHANGED

"""Keeping what planning staff decide on lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.planning.remark import PlanOfRoute
from neixiang_survey_plugin.core.planning.review import PlanReview, PlanVerdict, review_line
from neixiang_survey_plugin.core.routes import Route


def decide(
    store: SurveyStore,
    route: Route,
    found: PlanOfRoute,
    verdict: PlanVerdict,
    by: str,
    at: datetime,
    remark: str | None = None,
) -> PlanReview:
    """Approve or return a line; SurveyError, and nothing kept, where words are missing."""
    review = review_line(route, found, verdict, by, at, remark)
    (kept,) = store.keep([review], what=f"plan_{verdict.value}")
    return replace(review, uuid=kept)

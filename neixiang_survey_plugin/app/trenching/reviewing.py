"""Deciding on a proposal: accepted, its routes' next version is one undoable step."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime

from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.proposal import Member, Proposal
from neixiang_survey_plugin.core.trenching.review import (
    ReviewVerdict,
    TrenchReview,
    common_works,
    review_of,
)

# What a proposal rests on: a line that differs in any of it is another line.
_RESTS_ON = (
    "utility",
    "line",
    "diameter_mm",
    "laying",
    "pressure_class",
    "voltage_kv",
    "cover_m",
    "trenchless",
    "works_from",
    "works_to",
)


def accept(
    store: SurveyStore, proposal: Proposal, by: str, at: datetime, remark: str | None = None
) -> TrenchReview:
    """Accept a proposal: each of its routes gets its next version, and the decision is kept.

    One step over lines and records: undo takes back both. SurveyError, and nothing changed,
    where a line was changed since it was proposed for, or the proposal cannot be accepted.
    """
    review = review_of(proposal, ReviewVerdict.ACCEPTED, by, at, remark)
    kept = {one.route_id: one for one in store.routes(route_ids=proposal.route_ids).routes}
    stale = [one.route.route_id for one in proposal.members if not _is_as_proposed(one, kept)]
    if stale:
        raise SurveyError(
            f"方案 {proposal.proposal_id}：外线 {'、'.join(stale)} 在提出方案之后改过或删除了；"
            "请重新提出方案。"
        )
    review = replace(review, uuid=str(uuid.uuid4()))
    routes = [_next_version(kept[one.route.route_id], one.after) for one in proposal.members]
    records = (review, *common_works(proposal, review.uuid or ""))
    store.edit(put=routes, what="trench_accepted", records=records)
    return review


def send_back(
    store: SurveyStore,
    proposal: Proposal,
    verdict: ReviewVerdict,
    by: str,
    at: datetime,
    remark: str,
) -> TrenchReview:
    """Return a proposal with a remark, or reject it; the lines stay as they are."""
    if verdict is ReviewVerdict.ACCEPTED:
        raise ValueError("A proposal is accepted with accept().")
    review = review_of(proposal, verdict, by, at, remark)
    (kept,) = store.keep([review], what=f"trench_{verdict.value}")
    return replace(review, uuid=kept)


def _is_as_proposed(member: Member, kept: dict[str, Route]) -> bool:
    route = kept.get(member.route.route_id)
    return route is not None and all(
        getattr(route, name) == getattr(member.route, name) for name in _RESTS_ON
    )


def _next_version(kept: Route, after: Route) -> Route:
    """The route as it is kept, with what the proposal changes."""
    return replace(
        kept,
        line=after.line,
        cover_m=after.cover_m,
        trench_width_m=after.trench_width_m,
        working_width_m=after.working_width_m,
        planned_on=after.planned_on,
        works_from=after.works_from,
        works_to=after.works_to,
    )

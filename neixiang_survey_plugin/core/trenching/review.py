"""What supervisors decided on a proposal, and the common works that were agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

import shapely

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route, course_of
from neixiang_survey_plugin.core.trenching.partitions import Variant
from neixiang_survey_plugin.core.trenching.proposal import Proposal, ProposalKind

_BETWEEN_IDS = ";"


class ReviewVerdict(Enum):
    """What a supervisor decided on a proposal."""

    ACCEPTED = "accepted"
    RETURNED = "returned"  # with a remark on what to change
    REJECTED = "rejected"


@dataclass(frozen=True)
class TrenchReview:
    """One decision on a proposal, with what it was to save.

    ``route_ids`` are joined by ``;``. Metres of trench are on the ellipsoid.
    """

    uuid: str | None = None
    route_ids: str | None = None
    variant: Variant | None = None
    kind: ProposalKind | None = None
    verdict: ReviewVerdict | None = None
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None
    remark: str | None = None
    digs_by: str | None = None
    works_from: date | None = None
    works_to: date | None = None
    trench_before_m: float | None = None
    trench_after_m: float | None = None
    openings_before: int | None = None
    openings_after: int | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """The routes that it decides on."""
        return tuple((self.route_ids or "").split(_BETWEEN_IDS))


@dataclass(frozen=True)
class CommonWorks:
    """One line of common works that were accepted.

    ``course`` is the fingerprint of the line that was accepted, ``works_area`` the ground on
    which it is judged, as WKB in the county grid; None for a line in a trench of its own.
    """

    uuid: str | None = None
    review_uuid: str | None = None
    route_id: str | None = None
    course: str | None = None
    works_area: bytes | None = None


def review_of(
    proposal: Proposal, verdict: ReviewVerdict, by: str, at: datetime, remark: str | None
) -> TrenchReview:
    """A decision on a proposal; SurveyError where it lacks what such a decision needs.

    Who returns or rejects says why; a proposal whose own lines fail cannot be accepted.
    """
    remark = (remark or "").strip() or None
    if not by.strip():
        raise SurveyError(f"方案 {proposal.proposal_id}：要写明由谁审定。")
    if verdict is not ReviewVerdict.ACCEPTED and remark is None:
        raise SurveyError(f"方案 {proposal.proposal_id}：退回或否决要写明意见。")
    if verdict is ReviewVerdict.ACCEPTED and proposal.own_failures:
        raise SurveyError(f"方案 {proposal.proposal_id}：方案内的外线之间仍有不合格的冲突。")
    window = proposal.window or (None, None)
    return TrenchReview(
        route_ids=_BETWEEN_IDS.join(proposal.route_ids),
        variant=proposal.variant,
        kind=proposal.kind,
        verdict=verdict,
        reviewed_by=by.strip(),
        reviewed_at=at,
        remark=remark,
        digs_by=proposal.digs_by,
        works_from=window[0],
        works_to=window[1],
        trench_before_m=proposal.before.trench_m,
        trench_after_m=proposal.after.trench_m,
        openings_before=proposal.before.openings,
        openings_after=proposal.after.openings,
    )


def common_works(proposal: Proposal, review_uuid: str) -> tuple[CommonWorks, ...]:
    """What is kept of each line of an accepted proposal."""
    return tuple(
        CommonWorks(
            review_uuid=review_uuid,
            route_id=route.route_id,
            course=course_of(route.line),
            works_area=None if route.works_area is None else shapely.to_wkb(route.works_area),
        )
        for route in proposal.routes
    )


@dataclass(frozen=True)
class Agreed:
    """Routes with the common ground that was accepted for them.

    ``groups`` are the routes of one set of works; ``changed`` those whose line is no longer the
    one that was accepted: they are judged on their own strip again.
    """

    routes: tuple[Route, ...]
    groups: tuple[frozenset[str], ...]
    changed: tuple[str, ...]


def latest_works(kept: Iterable[CommonWorks]) -> Mapping[str, CommonWorks]:
    """What was accepted last of each line."""
    return {one.route_id: one for one in kept if one.route_id is not None}


def on_common_ground(route: Route, works: Mapping[str, CommonWorks]) -> Route:
    """A route as it is judged: on the common ground, while its line is the one accepted."""
    agreed = works.get(route.route_id)
    if agreed is None or agreed.works_area is None or agreed.course != course_of(route.line):
        return route
    return replace(route, works_area=shapely.from_wkb(agreed.works_area))


def with_common_ground(routes: Sequence[Route], kept: Iterable[CommonWorks]) -> Agreed:
    """The routes as they are judged where common works were accepted; the last word counts."""
    works = latest_works(kept)
    groups: dict[str | None, set[str]] = {}
    changed = []
    for route in routes:
        agreed = works.get(route.route_id)
        if agreed is not None and agreed.course != course_of(route.line):
            changed.append(route.route_id)
        elif agreed is not None:
            groups.setdefault(agreed.review_uuid, set()).add(route.route_id)
    return Agreed(
        routes=tuple(on_common_ground(route, works) for route in routes),
        groups=tuple(map(frozenset, groups.values())),
        changed=tuple(changed),
    )

"""A shared trench before and after: what was proposed of some lines, or agreed on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from shapely import Geometry, LineString

from neixiang_survey_plugin.app.results import CaseResult
from neixiang_survey_plugin.app.survey_store import RouteVersion, SurveyStore
from neixiang_survey_plugin.app.trenching.planner import TrenchResult
from neixiang_survey_plugin.app.wording import trenches
from neixiang_survey_plugin.core.routes import Route, course_of
from neixiang_survey_plugin.core.trenching.proposal import Proposal
from neixiang_survey_plugin.core.trenching.review import (
    CommonWorks,
    TrenchReview,
    latest_works,
)

History = Callable[[str], Sequence[RouteVersion]]


@dataclass(frozen=True)
class SharedLine:
    """One line as it was drawn and as it lies in the common works, in the county grid.

    ``area`` is the common ground on which it is judged, None for a trench of its own. ``laid`` is
    the line with its size as it lies there; a packet that is read back does not have it.
    """

    route_id: str
    utility: str
    before: LineString
    after: LineString
    area: Geometry | None = None
    laid: Route | None = None


@dataclass(frozen=True)
class SharedTrench:
    """Lines dug as one set of works; ``rows`` are figures in words: what, before, after.

    ``accepted``: the lines of the case lie as they are after it, not as they were before.
    """

    title: str
    accepted: bool
    rows: tuple[tuple[str, str, str], ...]
    lines: tuple[SharedLine, ...]

    def is_of(self, route_ids: frozenset[str]) -> bool:
        """Whether one of some lines has a part in it."""
        return any(one.route_id in route_ids for one in self.lines)


def of_case(case: CaseResult, trenches: Iterable[SharedTrench]) -> tuple[SharedTrench, ...]:
    """Those in which a line of a case has a part."""
    ids = frozenset(one.route.route_id for one in case.routes)
    return tuple(one for one in trenches if one.is_of(ids))


def best_proposed(result: TrenchResult) -> tuple[SharedTrench, ...]:
    """The proposal that is ranked first of every group of lines."""
    first = (one.proposals[0] for one in result.suggestions if one.proposals)
    return tuple(proposed(one) for one in first)


def agreed_in(survey: SurveyStore, routes: Iterable[Route]) -> tuple[SharedTrench, ...]:
    """The common works that a survey has on record of these lines, as they are judged."""
    by_name = {one.route_id: one for one in routes}
    return agreed_with(survey, by_name, by_name.get)


def agreed_with(
    survey: SurveyStore, route_ids: Collection[str], judged: Callable[[str], Route | None]
) -> tuple[SharedTrench, ...]:
    """The common works on record in which one of some lines has a part, whosever the others are.

    ``judged`` finds a line by its name, as it is judged.
    """
    kept = latest_works(survey.records(CommonWorks))
    own = {kept[one].review_uuid for one in route_ids if one in kept}
    works = {name: one for name, one in kept.items() if one.review_uuid in own}
    routes = {name: route for name in works if (route := judged(name)) is not None}
    reviews = survey.records(TrenchReview, uuid=tuple(own)) if own else ()
    return tuple(agreed(routes, works, reviews, survey.history))


def proposed(proposal: Proposal) -> SharedTrench:
    """What a proposal would change."""
    return SharedTrench(
        trenches.proposed_title(proposal),
        False,
        tuple(row[:3] for row in trenches.figure_rows(proposal)),
        tuple(
            SharedLine(
                one.route.route_id,
                one.route.utility,
                one.route.line,
                one.after.line,
                one.after.works_area,
                one.after,
            )
            for one in proposal.members
        ),
    )


def agreed(
    routes: Mapping[str, Route],
    works: Mapping[str, CommonWorks],
    reviews: Sequence[TrenchReview],
    history: History,
) -> Iterator[SharedTrench]:
    """The common works that were accepted, with each line as it was before.

    A line that was changed since, or whose earlier course nobody kept, is left out.
    """
    for review in reviews:
        ids = [name for name, one in works.items() if one.review_uuid == review.uuid]
        lines = [_line(routes[one], works[one], history) for one in ids if one in routes]
        known = tuple(one for one in lines if one is not None)
        if known:
            rows = tuple(row[:3] for row in trenches.review_rows(review))
            yield SharedTrench(trenches.agreed_title(review), True, rows, known)


def _line(route: Route, works: CommonWorks, history: History) -> SharedLine | None:
    if works.course != course_of(route.line):
        return None
    courses = [one.route.line for one in history(route.route_id) if one.route is not None]
    earlier = [line for line in courses if course_of(line) != works.course]
    if not earlier:
        return None
    area = route.works_area
    return SharedLine(route.route_id, route.utility, earlier[-1], route.line, area, route)

"""What a check of routes came to."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from neixiang_survey_plugin.app.conflict_search import ConflictResult
from neixiang_survey_plugin.core.confirmed import ConfirmedFact
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.conflicts.settlement import FollowedConflicts, Settlement, follow
from neixiang_survey_plugin.core.judging.approvals import WITHOUT_APPROVAL, Approval
from neixiang_survey_plugin.core.judging.findings import Verdict
from neixiang_survey_plugin.core.judging.splitting import SuspectedSplit
from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
from neixiang_survey_plugin.core.policy import Policy, Way
from neixiang_survey_plugin.core.routes import Route

# From the mildest to the strictest, for a case whose lines of one utility were not judged as one.
_STRICTER = (
    Way.EXEMPT,
    Way.FILING,
    Way.COMMITMENT,
    Way.JOINT,
    Way.OUTSIDE,
    Way.UNDETERMINED,
    Way.JOINT_GOVERNMENT,
)


def stricter_way(one: Way, other: Way) -> Way:
    """The stricter of two ways; undetermined is stricter than joint approval."""
    return max(one, other, key=_STRICTER.index)


@dataclass(frozen=True, slots=True)
class RouteResult:
    """One line with its measures, the verdict on the lines judged as one, and its matters."""

    route: Route
    measures: RouteMeasures
    verdict: Verdict
    judged_with: tuple[str, ...]
    matters: tuple[Approval, ...]

    @property
    def approvals_needed(self) -> tuple[Approval, ...]:
        """The matters that have to be approved before works start."""
        return () if self.verdict.way in WITHOUT_APPROVAL else self.matters

    @property
    def notices(self) -> tuple[Approval, ...]:
        """The matters whose departments only have to be told."""
        return self.matters if self.verdict.way in WITHOUT_APPROVAL else ()


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The lines of one application; ``case_id`` is None for a line that has no case."""

    case_id: str | None
    routes: tuple[RouteResult, ...]

    @property
    def ways(self) -> Mapping[str, Way]:
        """The way of each utility, in the order of its first line."""
        ways: dict[str, Way] = {}
        for result in self.routes:
            utility, way = result.route.utility, result.verdict.way
            ways[utility] = stricter_way(ways.get(utility, way), way)
        return ways


@dataclass(frozen=True, eq=False)
class CheckResult:
    """All routes of a check in the order given, their cases, and what was not judged.

    ``on`` is the day for lines without a planned one. ``warnings`` are sentences of the reader.
    ``conflicts`` is None where nobody looked for them. ``confirmed`` are the facts from the site
    that lay over the layers.
    """

    county: str
    policy: Policy
    on: date
    routes: tuple[RouteResult, ...]
    suspected_splits: tuple[SuspectedSplit, ...]
    layers_not_judged: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    conflicts: ConflictResult | None = None
    confirmed: tuple[ConfirmedFact, ...] = ()
    settlements: tuple[Settlement, ...] = ()

    @functools.cached_property
    def followed(self) -> FollowedConflicts | None:
        """The conflicts with what was done about them; None where nobody looked for any."""
        if self.conflicts is None:
            return None
        return follow(self.conflicts.conflicts, self.settlements)

    def conflicts_of(self, route_ids: Collection[str]) -> tuple[Conflict, ...]:
        """The conflicts in which one of some lines has a part."""
        if self.conflicts is None:
            return ()
        return tuple(one for one in self.conflicts.conflicts if one.is_of(route_ids))

    def confirmed_of(self, conflict: Conflict) -> tuple[ConfirmedFact, ...]:
        """The facts from the site about what a line is too near to."""
        thing = conflict.b_layer, conflict.b
        return tuple(fact for fact in self.confirmed if (fact.layer, fact.object_id) == thing)

    def confirmed_behind(self, routes: Iterable[RouteResult]) -> tuple[ConfirmedFact, ...]:
        """The facts from the site that the verdicts or conflicts of some lines rest on."""
        lines = list(routes)
        conflicts = self.conflicts_of({one.route.route_id for one in lines})
        findings = (finding for one in lines for finding in one.verdict.findings)
        cited = [fact for finding in findings for fact in finding.confirmed]
        cited += [fact for conflict in conflicts for fact in self.confirmed_of(conflict)]
        return tuple(dict.fromkeys(cited))

    @property
    def cases(self) -> tuple[CaseResult, ...]:
        """The cases in the order of their first line; a line without a case is its own."""
        cases: dict[tuple[str, str], list[RouteResult]] = {}
        for result in self.routes:
            case_id = result.route.case_id
            key = ("route", result.route.route_id) if case_id is None else ("case", case_id)
            cases.setdefault(key, []).append(result)
        return tuple(
            CaseResult(results[0].route.case_id, tuple(results)) for results in cases.values()
        )

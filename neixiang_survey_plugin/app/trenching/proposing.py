"""From routes laid in one go to a proposal: figures before and after, ways, shares, objections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shapely import LineString

from neixiang_survey_plugin.app.trenching.candidates import (
    Candidate,
    SectionRules,
    best_candidate,
    depths_of,
    narrowest_section,
)
from neixiang_survey_plugin.app.trenching.objections import of_section, of_works
from neixiang_survey_plugin.app.trenching.surroundings import Surroundings
from neixiang_survey_plugin.core.conflicts.conflict import Conflict
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.cross_section import CrossSection, own_depth_m
from neixiang_survey_plugin.core.trenching.partitions import Partition, Variant
from neixiang_survey_plugin.core.trenching.proposal import (
    LineFigures,
    Member,
    Proposal,
    ProposalKind,
)
from neixiang_survey_plugin.core.trenching.rules import TrenchShape
from neixiang_survey_plugin.core.trenching.sharing import (
    Shared,
    alone,
    common_window,
    in_place,
    share,
)
from neixiang_survey_plugin.core.trenching.stretches import Stretch, cut
from neixiang_survey_plugin.core.trenching.works import Figures, Works, WorksGround, measure_works


@dataclass(frozen=True, eq=False)
class Before:
    """Some routes as they are: their conflicts, how each is judged, what each costs alone."""

    routes: Mapping[int, Route]
    conflicts: tuple[Conflict, ...]
    lines: Mapping[int, LineFigures]
    works: tuple[Works, ...]
    figures: Figures
    cost_alone: Mapping[int, float | None]


class Proposer:
    """Makes proposals for some routes of a survey."""

    def __init__(
        self, surroundings: Surroundings, rules: SectionRules, ground: WorksGround
    ) -> None:
        self.surroundings = surroundings
        self.rules = rules
        self._ground = ground

    def before(self, rows: tuple[int, ...]) -> Before:
        """The routes as they are, each dug for itself."""
        routes = self.surroundings.as_they_are(rows)
        works = alone(routes.values(), self.rules.digging)
        costs = {
            row: measure_works([one], self._ground).cost
            for row, one in zip(routes, works, strict=True)
        }
        return Before(
            routes=routes,
            conflicts=self.surroundings.conflicts(routes),
            lines=self.surroundings.judged(routes),
            works=works,
            figures=measure_works(works, self._ground),
            cost_alone=costs,
        )

    def in_section(
        self, before: Before, stretch: Stretch, variant: Variant, partition: Partition, name: str
    ) -> Proposal | None:
        """The routes of a stretch in the excavations of a partition; None without a course."""
        depths = depths_of(before.routes, before.conflicts)
        found = best_candidate(
            depths, stretch, partition, self.rules, self.surroundings.conflicts_of_each
        )
        if found is None:
            return None
        shared = share(found.placing, found.routes, self.rules.digging)
        return self._proposal(before, variant, shared, name, found, partition)

    def _narrowest(self, candidate: Candidate, partition: Partition) -> CrossSection:
        return narrowest_section(list(candidate.routes.values()), partition, self.rules)

    def in_place(self, before: Before, name: str) -> Proposal:
        """The routes where they were drawn, in one set of works."""
        shared = in_place(before.routes, self.rules.digging)
        return self._proposal(before, Variant.IN_PLACE, shared, name)

    def _proposal(
        self,
        before: Before,
        variant: Variant,
        shared: Shared,
        name: str,
        candidate: Candidate | None = None,
        partition: Partition = (),
    ) -> Proposal:
        routes = list(before.routes.values())
        after = measure_works([shared.works], self._ground)
        members = _members(
            before, shared, candidate, after, self.surroundings.judged(shared.routes)
        )
        section = None if candidate is None else candidate.placing.section
        window = common_window(routes)
        shape = self.rules.trenches.shape
        return Proposal(
            proposal_id=name,
            kind=_kind(section is not None and len(section.digs) == 1),
            variant=variant,
            members=members,
            section=section,
            narrowest=None if candidate is None else self._narrowest(candidate, partition),
            axis=None if candidate is None else _axis(candidate, before.routes),
            red_line_left=None if candidate is None else candidate.placing.red_line_left,
            digs_by=_digs_by(routes, shape),
            laying_order=_laying_order(routes, shape) if section is None else section.laying_order,
            window=window,
            works_before=before.works,
            works_after=shared.works,
            before=before.figures,
            after=after,
            conflicts_before=before.conflicts,
            conflicts_after=(before.conflicts if candidate is None else candidate.conflicts),
            objections=(
                *of_section(section, routes, self.rules.trenches),
                *of_works(members, window),
            ),
        )


def _kind(one_excavation: bool) -> ProposalKind:
    return ProposalKind.SHARED_TRENCH if one_excavation else ProposalKind.SHARED_OPENING


def _axis(candidate: Candidate, routes: Mapping[int, Route]) -> LineString:
    stretch = candidate.placing.stretch
    return cut(routes[stretch.spine].line, stretch.from_m, stretch.to_m)


def _members(
    before: Before,
    shared: Shared,
    candidate: Candidate | None,
    after: Figures,
    lines: Mapping[int, LineFigures],
) -> tuple[Member, ...]:
    shares = _cost_shares(before.cost_alone, after.cost)
    members = []
    for row, route in before.routes.items():
        course = None if candidate is None else candidate.placing.courses[row]
        members.append(
            Member(
                route=route,
                after=shared.routes[row],
                joins_m=None if course is None else course.joins_m,
                leaves_m=None if course is None else course.leaves_m,
                was=before.lines[row],
                becomes=lines[row],
                cost_alone=before.cost_alone[row],
                cost_share=shares[row],
            )
        )
    return tuple(members)


def _cost_shares(
    alone_yuan: Mapping[int, float | None], cost: float | None
) -> dict[int, float | None]:
    """The common cost parted by what each would have cost alone; unknown where one is."""
    known = {row: one for row, one in alone_yuan.items() if one is not None}
    total = sum(known.values())
    if cost is None or len(known) < len(alone_yuan) or total <= 0.0:
        return dict.fromkeys(alone_yuan)
    return {row: cost * one / total for row, one in known.items()}


def _digs_by(routes: list[Route], shape: TrenchShape) -> str:
    """The unit that would have to dig deepest anyhow; the route where nobody named its unit."""
    deepest = max(routes, key=lambda route: own_depth_m(route, shape) or 0.0)
    return deepest.unit or deepest.route_id


def _laying_order(routes: list[Route], shape: TrenchShape) -> tuple[str, ...]:
    """Works side by side in place: the deepest first, one of unknown depth before all."""
    depths = {route.route_id: own_depth_m(route, shape) for route in routes}
    return tuple(sorted(depths, key=lambda one: (depths[one] is not None, -(depths[one] or 0.0))))

"""Looking through a survey for routes that belong together, and proposing how."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.conflict_search import ConflictSearch
from neixiang_survey_plugin.app.trenching.candidates import SectionRules
from neixiang_survey_plugin.app.trenching.objections import against_any, unusable
from neixiang_survey_plugin.app.trenching.proposing import Before, Proposer
from neixiang_survey_plugin.app.trenching.surroundings import Surroundings
from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.dig_calendar import StreetDigs, dig_calendar
from neixiang_survey_plugin.core.trenching.partitions import Variant, partitions
from neixiang_survey_plugin.core.trenching.profile import Profile, profile_of
from neixiang_survey_plugin.core.trenching.proposal import (
    Bond,
    Objection,
    ObjectionKind,
    Proposal,
    Suggestion,
)
from neixiang_survey_plugin.core.trenching.ranking import better_apart, figures_of, rank
from neixiang_survey_plugin.core.trenching.rules import TrenchRules
from neixiang_survey_plugin.core.trenching.section import MOST_LINES
from neixiang_survey_plugin.core.trenching.sharing import Digging
from neixiang_survey_plugin.core.trenching.stretches import SharedStretches, Stretch
from neixiang_survey_plugin.core.trenching.together import (
    Tie,
    Ties,
    apart,
    bundles,
    find_ties,
    ties_among,
)
from neixiang_survey_plugin.core.trenching.works import works_ground

# Called with how many of how many bundles of routes were looked at, of 0 before they are known;
# what it raises ends the work, within a second.
Tick = Callable[[int, int], None]
Pause = Callable[[], None]


@dataclass(frozen=True)
class TrenchResult:
    """Every suggestion of a survey in the order of its routes, and the routes left out.

    ``agreed`` are the routes of common works that were accepted before; ``calendar`` who opens
    which street when.
    """

    county: str
    on: date
    rules: TrenchRules
    suggestions: tuple[Suggestion, ...]
    crowded: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    agreed: tuple[frozenset[str], ...] = ()
    calendar: tuple[StreetDigs, ...] = ()


class TrenchPlanner:
    """A county with its layers indexed once, ready to bring any routes together."""

    def __init__(self, checker: Checker, search: ConflictSearch, rules: TrenchRules) -> None:
        self._checker, self._search, self._rules = checker, search, rules
        self._sections = SectionRules(
            trenches=rules,
            clearances=search.clearances,
            roads=checker.ground.roads,
            digging=Digging(rules.shape, checker.county.defaults),
        )
        self._ground = works_ground(checker.county, checker.ground)

    def propose(
        self,
        routes: Sequence[Route],
        on: date,
        warnings: tuple[str, ...] = (),
        tick: Tick | None = None,
        together: Sequence[frozenset[str]] = (),
    ) -> TrenchResult:
        """Proposals for all routes that belong together; ``on`` as for a check.

        ``together`` are the routes of common works that were accepted before: among themselves
        they are left as they are. SurveyError for a route without length.
        """
        tick = tick or (lambda done, of: None)
        pause = partial(tick, 0, 0)
        measures = self._checker.measure(routes, lambda done, of: pause()) if routes else []
        found = apart(self._ties(routes, measures, pause), routes, together)
        surroundings = Surroundings(self._checker, self._search, routes, on)
        finding = _Finding(Proposer(surroundings, self._sections, self._ground), found.ties)
        groups = bundles(len(routes), found.ties)
        for number, rows in enumerate(groups):
            finding.look_at(rows, partial(tick, number, len(groups)))
            tick(number + 1, len(groups))
        return TrenchResult(
            county=self._checker.county.name,
            on=on,
            rules=self._rules,
            suggestions=tuple(finding.suggestions),
            crowded=tuple(routes[row].route_id for row in found.crowded),
            warnings=warnings,
            agreed=tuple(together),
            calendar=dig_calendar(routes, measures, together),
        )

    def profile(self, proposal: Proposal) -> Profile:
        """What lies above a proposal's section: surfaces, red lines, kerbs."""
        surfaces = self._checker.county.layers.get("surfaces")
        return profile_of(proposal, self._checker.ground.roads, surfaces)

    def _ties(
        self, routes: Sequence[Route], measures: Sequence[RouteMeasures], pause: Pause
    ) -> Ties:
        if not routes:
            return Ties((), ())
        conflicts = self._search.judge(routes, lambda done, of: pause()).conflicts
        return find_ties(routes, measures, conflicts, self._rules.together, pause)


class _Finding:
    """The suggestions so far."""

    def __init__(self, proposer: Proposer, ties: tuple[Tie, ...]) -> None:
        self._proposer, self._ties = proposer, ties
        self._routes = proposer.surroundings.routes
        self.suggestions: list[Suggestion] = []

    def look_at(self, rows: tuple[int, ...], pause: Pause) -> None:
        """Stretch by stretch the routes that can share one; what is left over stays in place."""
        lines = {row: self._routes[row].line for row in rows if unusable(self._routes[row]) is None}
        settings = self._proposer.rules.trenches.together
        left = SharedStretches(lines, settings.moves_at_most_m, settings.along_m, pause)
        used: set[int] = set()
        while (stretch := left.best()) is not None:
            self._keep(stretch.rows, stretch, pause)
            left.take_out(stretch.rows)
            used.update(stretch.rows)
        rest = [row for row in rows if row not in used]
        for others in bundles(len(self._routes), ties_among(self._ties, rest)):
            self._keep(others, None, pause)

    def _keep(self, rows: tuple[int, ...], stretch: Stretch | None, pause: Pause) -> None:
        routes = [self._routes[row] for row in rows]
        name = f"S{len(self.suggestions) + 1}"
        proposals, objections = self._proposals(rows, stretch, name, pause)
        objections += against_any(routes, self._proposer.rules.trenches)
        objections += tuple(self._with_the_closure_only(rows))
        ranking = self._proposer.rules.trenches.ranking
        proposals.sort(key=lambda one: rank(figures_of(one), ranking))
        self.suggestions.append(
            Suggestion(
                suggestion_id=name,
                route_ids=tuple(route.route_id for route in routes),
                bonds=tuple(self._bond(tie) for tie in ties_among(self._ties, rows)),
                proposals=tuple(proposals),
                objections=objections,
                better_apart=better_apart(proposals[0], ranking) if proposals else (),
            )
        )

    def _with_the_closure_only(self, rows: tuple[int, ...]) -> Iterator[Objection]:
        """The lines among these, and tied to them, that no section can take."""
        tied = {end for tie in self._ties if {tie.one, tie.other} & set(rows)
                for end in (tie.one, tie.other)}  # fmt: skip
        for row in sorted({*rows, *tied}):
            found = unusable(self._routes[row])
            if found is not None:
                yield found

    def _bond(self, tie: Tie) -> Bond:
        ids = self._routes[tie.one].route_id, self._routes[tie.other].route_id
        return Bond(ids, tie.kind, tie.metres, tie.road_id)

    def _proposals(
        self, rows: tuple[int, ...], stretch: Stretch | None, name: str, pause: Pause
    ) -> tuple[list[Proposal], tuple[Objection, ...]]:
        if len(rows) > MOST_LINES:
            ids = tuple(self._routes[row].route_id for row in rows)
            return [], (Objection(ObjectionKind.CROWD, ids),)
        before = self._proposer.before(rows)
        ids = tuple(route.route_id for route in before.routes.values())
        proposals: list[Proposal] = []
        against: list[Objection] = []
        for variant, found in self._all_ways(before, stretch, name):
            pause()
            if found is None:
                against.append(Objection(ObjectionKind.NO_COURSE, ids, note=variant.value))
            elif found.own_failures:
                failing = {end for one in found.own_failures for end in (one.a, one.b)}
                kind = ObjectionKind.OWN_CONFLICT
                against.append(Objection(kind, tuple(sorted(failing)), note=variant.value))
            elif _saves(found):
                proposals.append(found)
        return proposals, tuple(against)

    def _all_ways(
        self, before: Before, stretch: Stretch | None, name: str
    ) -> Iterator[tuple[Variant, Proposal | None]]:
        """Every way to bring routes together; None where no course can be built."""
        rules = self._proposer.rules.trenches
        utilities = [route.utility for route in before.routes.values()]
        ways = {} if stretch is None else partitions(utilities, rules)
        for variant, partition in ways.items():
            if stretch is not None:
                title = f"{name}-{variant.value}"
                yield (
                    variant,
                    self._proposer.in_section(before, stretch, variant, partition, title),
                )
        in_place = Variant.IN_PLACE
        yield in_place, self._proposer.in_place(before, f"{name}-{in_place.value}")


def _saves(proposal: Proposal) -> bool:
    """Whether less is dug, opened or closed than by everybody alone."""
    before, after = proposal.before, proposal.after
    counts = ((before.openings, after.openings), (before.closures, after.closures))
    fewer = any(one is not None and other is not None and other < one for one, other in counts)
    return fewer or after.trench_m < before.trench_m - 1.0

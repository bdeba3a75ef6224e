"""Checking routes on a county: all at once, or again and again while one is drawn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from neixiang_survey_plugin.app.results import CheckResult, RouteResult
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.judging.approvals import matters_of
from neixiang_survey_plugin.core.judging.borderline import mark_borderline
from neixiang_survey_plugin.core.judging.citing import cite_facts
from neixiang_survey_plugin.core.judging.facts import GroupFacts, Register
from neixiang_survey_plugin.core.judging.findings import Verdict
from neixiang_survey_plugin.core.judging.grouping import groups_by_application, groups_by_utility
from neixiang_survey_plugin.core.judging.judge import judge
from neixiang_survey_plugin.core.judging.splitting import suspect_splits
from neixiang_survey_plugin.core.judging.taping import taping
from neixiang_survey_plugin.core.measuring.ground import Ground, prepare_ground
from neixiang_survey_plugin.core.measuring.measure import measure_moved, measure_routes
from neixiang_survey_plugin.core.measuring.measures import Amount, RouteMeasures
from neixiang_survey_plugin.core.policy import Policy
from neixiang_survey_plugin.core.routes import Route

# Called with how many of how many routes are measured.
Tick = Callable[[int, int], None]

# Routes measured at once: enough for the kernel to be at full speed, few enough for a bar to move.
_ROUTES_A_BATCH = 2_000
# Routes judged at once where somebody may go first between two batches: 5 ms of them.
_ROUTES_BESIDE = 50


class Checker:
    """A county with its layers indexed once, ready to measure and judge any routes.

    ``known`` is of the same county with other facts: its indices serve again.
    """

    def __init__(self, county: County, known: Checker | None = None) -> None:
        self.county = county
        self.ground: Ground = prepare_ground(county, None if known is None else known.ground)
        self._register = Register(
            county.units, county.suspensions, county.switches, taping(county.taped)
        )

    def check(
        self,
        routes: Sequence[Route],
        on: date,
        warnings: tuple[str, ...] = (),
        tick: Tick | None = None,
    ) -> CheckResult:
        """Measure and judge all routes; ``on`` is the day for lines without a planned one."""
        groups = self.group(routes, self.measure(routes, tick), on)
        return CheckResult(
            county=self.county.name,
            policy=self.county.policy,
            on=on,
            routes=self._in_order(routes, groups),
            suspected_splits=suspect_splits(groups, self.county.policy),
            layers_not_judged=self.county.layers_not_judged,
            warnings=warnings,
            confirmed=self.county.confirmed + self.county.taped,
        )

    def results(
        self, routes: Sequence[Route], on: date, tick: Tick | None = None
    ) -> tuple[RouteResult, ...]:
        """The results of routes alone, in the order given, with nothing that looks beyond them.

        ``tick`` is called every few milliseconds: who works beside a window lets it go first then.
        """
        at_once = _ROUTES_A_BATCH if tick is None else _ROUTES_BESIDE
        groups = self.group(routes, self.measure(routes, tick, at_once), on)
        return self._in_order(routes, groups, tick, at_once)

    def _in_order(
        self,
        routes: Sequence[Route],
        groups: Sequence[GroupFacts],
        tick: Tick | None = None,
        at_once: int = _ROUTES_A_BATCH,
    ) -> tuple[RouteResult, ...]:
        results: dict[str, RouteResult] = {}
        for begin in range(0, len(groups), at_once):
            judged = self.judge(groups[begin : begin + at_once])
            results.update((one.route.route_id, one) for one in judged)
            if tick is not None:
                tick(len(routes), len(routes))
        return tuple(results[route.route_id] for route in routes)

    def measure(
        self,
        routes: Sequence[Route],
        tick: Tick | None = None,
        at_once: int = _ROUTES_A_BATCH,
    ) -> list[RouteMeasures]:
        """The measures of all routes, in the order given, batch by batch."""
        measures: list[RouteMeasures] = []
        for begin in range(0, len(routes), at_once):
            measures += measure_routes(routes[begin : begin + at_once], self.ground)
            if tick is not None:
                tick(len(measures), len(routes))
        return measures

    def group(
        self, routes: Sequence[Route], measures: Sequence[RouteMeasures], on: date
    ) -> list[GroupFacts]:
        """The routes in groups that are judged as one, with what each group amounts to."""
        days = self.county.policy.no_split.days
        measures = self._register.taping.apply(routes, measures)
        applications = {
            index: group for group in groups_by_application(routes, days) for index in group
        }
        roads, greens = self.ground.roads, self.ground.greens
        return [
            GroupFacts(
                routes=tuple(routes[index] for index in group),
                measures=tuple(measures[index] for index in group),
                application_length=_length(measures, applications[group[0]]),
                application_ids=tuple(routes[index].route_id for index in applications[group[0]]),
                on=on,
                register=self._register,
                road_accuracy_m=roads.accuracy_m if roads else 0.0,
                green_accuracy_m=greens.accuracy_m if greens else 0.0,
            )
            for group in groups_by_utility(routes, days)
        ]

    def judge(self, groups: Sequence[GroupFacts]) -> list[RouteResult]:
        """The results of the lines of some groups, group by group.

        A line is judged by the rules of the day on which it was applied for. Lines of one group
        that were applied for under different rules each count all of the group.
        """
        policy = self.county.policy
        if not policy.is_dated:
            return self._under(policy, groups)
        version_of = {
            route.route_id: policy.on(self._applied_on(route, facts))
            for facts in groups
            for route in facts.routes
        }
        results: dict[str, RouteResult] = {}
        for version in (policy, *policy.earlier, None):
            own = [
                facts
                for facts in groups
                if any(version_of[one] is version for one in facts.route_ids)
            ]
            for result in self._under(version or policy, own, version is not None):
                if version_of[result.route.route_id] is version:
                    results[result.route.route_id] = result
        return [results[one] for facts in groups for one in facts.route_ids]

    def _applied_on(self, route: Route, facts: GroupFacts) -> date:
        """The day whose rules a line goes on under; that of the check where nobody gave one."""
        return route.applied_on or facts.on

    def _under(
        self, policy: Policy, groups: Sequence[GroupFacts], in_force: bool = True
    ) -> list[RouteResult]:
        verdicts = [judge(facts, policy, in_force) for facts in groups]
        verdicts = mark_borderline(verdicts, groups, policy, self.ground)
        return [
            result
            for facts, verdict in zip(groups, verdicts, strict=True)
            for result in self._results(facts, verdict, policy)
        ]

    def _results(self, facts: GroupFacts, verdict: Verdict, policy: Policy) -> list[RouteResult]:
        confirmed = self.county.confirmed + self.county.taped
        if confirmed:
            verdict = cite_facts(verdict, facts, policy, confirmed, self.ground)
        return [
            RouteResult(
                route=route,
                measures=measures,
                verdict=verdict,
                judged_with=facts.route_ids,
                matters=matters_of(measures, verdict, policy, self.county.departments),
            )
            for route, measures in zip(facts.routes, facts.measures, strict=True)
        ]


@dataclass(frozen=True, eq=False)
class Foreseen:
    """What a line would come to, with all lines as they were when somebody asked."""

    result: RouteResult
    measured: RouteMeasures
    among: Mapping[str, Route]


class LiveCheck:
    """Routes whose results follow every edit: only what an edit touches is done again.

    ``known`` is what was measured on the checker's ground of some of the routes as they are.
    """

    def __init__(
        self,
        checker: Checker,
        routes: Iterable[Route],
        on: date,
        known: Mapping[str, RouteMeasures] | None = None,
    ) -> None:
        self._checker = checker
        self._on = on
        self._routes = {route.route_id: route for route in routes}
        known = known or {}
        unknown = [one for key, one in self._routes.items() if key not in known]
        measured = measure_routes(unknown, checker.ground)
        self._measures = {
            **known,
            **{route.route_id: one for route, one in zip(unknown, measured, strict=True)},
        }

    @property
    def routes(self) -> Mapping[str, Route]:
        """The routes as they are now, by identifier."""
        return self._routes

    def measures_of(self, route_id: str) -> RouteMeasures:
        """What was measured of a route; KeyError when there is none."""
        return self._measures[route_id]

    def put(self, route: Route, measured: RouteMeasures | None = None) -> tuple[RouteResult, ...]:
        """Add or replace a route; the new results of every line that this could change.

        Those are the lines of all utilities that share a case or site with it, or did before:
        the length of the whole application is one of the readings. When this returns an error
        nothing has changed. ``measured`` is what was measured of it before, where that is known.
        """
        return self._take({route.route_id: route}, [measured or self._measure(route)])

    def put_all(
        self, routes: Iterable[Route], known: Mapping[str, RouteMeasures] | None = None
    ) -> tuple[RouteResult, ...]:
        """As ``put`` of several: one by one, each of five lines of a case is judged five times.

        ``known`` is what was measured of some of them.
        """
        put, measures = {one.route_id: one for one in routes}, dict(known or {})
        left = [one for key, one in put.items() if key not in measures]
        new = [one for one in left if one.route_id not in self._measures]
        measured = measure_routes(new, self._checker.ground)
        measures |= {one.route_id: found for one, found in zip(new, measured, strict=True)}
        measures |= {
            one.route_id: self._measure(one) for one in left if one.route_id in self._measures
        }
        return self._take(put, [measures[key] for key in put])

    def _take(
        self, put: Mapping[str, Route], measured: Iterable[RouteMeasures]
    ) -> tuple[RouteResult, ...]:
        routes = {**self._routes, **put}
        measures = {**self._measures, **dict(zip(put, measured, strict=True))}
        results = self._judge_with(put, routes, measures)
        self._routes, self._measures = routes, measures
        return results

    def foresee(self, route: Route) -> Callable[[], Foreseen]:
        """As ``put``, for the result of the route alone: it moves on before others are shown.

        What comes back works that out, in any thread; nothing changes until it is taken. Only
        the lines of its utility that it is judged with are judged for that.
        """
        key, among, known = route.route_id, self._routes, self._measures

        def work() -> Foreseen:
            measured = self._measured(route, known.get(key))
            routes, measures = {**among, key: route}, {**known, key: measured}
            groups = self._groups(_related(route, routes), measures)
            results = self._checker.judge([one for one in groups if key in one.route_ids])
            own = next(one for one in results if one.route.route_id == key)
            return Foreseen(own, measured, among)

        return work

    def holds(self, foreseen: Foreseen) -> bool:
        """Whether all lines still are as they were when somebody asked for that."""
        return foreseen.among is self._routes

    def take(self, foreseen: Foreseen) -> RouteResult:
        """Let a line lie as it was foreseen; its result."""
        route = foreseen.result.route
        self._routes = {**self._routes, route.route_id: route}
        self._measures = {**self._measures, route.route_id: foreseen.measured}
        return foreseen.result

    def remove(self, route_id: str) -> tuple[RouteResult, ...]:
        """Take a route away; the new results of the lines that it was judged with.

        KeyError when there is none.
        """
        gone = self._routes[route_id]
        left = [one.route_id for one in _related(gone, self._routes) if one.route_id != route_id]
        self.forget(route_id)
        return self._judge(frozenset(left), self._routes, self._measures)

    def forget(self, route_id: str) -> None:
        """Take a route away that was only previewed: no result of another line counts it."""
        self._routes = {key: one for key, one in self._routes.items() if key != route_id}
        self._measures = {key: one for key, one in self._measures.items() if key != route_id}

    def _measure(self, route: Route) -> RouteMeasures:
        return self._measured(route, self._measures.get(route.route_id))

    def _measured(self, route: Route, before: RouteMeasures | None) -> RouteMeasures:
        ground = self._checker.ground
        if before is None:
            return measure_routes([route], ground)[0]
        return measure_moved(route, before, ground)

    def _judge_with(
        self,
        put: Mapping[str, Route],
        routes: Mapping[str, Route],
        measures: Mapping[str, RouteMeasures],
    ) -> tuple[RouteResult, ...]:
        """The results of the lines that those put are related to, and of those that they were."""
        affected: set[str] = set()
        for key, route in put.items():
            if key not in affected:  # else it is related to one that was looked at
                affected.update(one.route_id for one in _related(route, routes))
            before = self._routes.get(key)
            if before is not None:
                affected.update(one.route_id for one in _related(before, self._routes))
        return self._judge(affected, routes, measures)

    def _judge(
        self,
        ids: Collection[str],
        routes: Mapping[str, Route],
        measures: Mapping[str, RouteMeasures],
    ) -> tuple[RouteResult, ...]:
        lines = [one for one in routes.values() if one.route_id in ids]
        return tuple(self._checker.judge(self._groups(lines, measures)))

    def _groups(
        self, lines: Sequence[Route], measures: Mapping[str, RouteMeasures]
    ) -> list[GroupFacts]:
        return self._checker.group(lines, [measures[one.route_id] for one in lines], self._on)


def _length(measures: Sequence[RouteMeasures], members: Iterable[int]) -> Amount:
    return Amount.exactly(sum(measures[index].length_m for index in members))


def _related(route: Route, routes: Mapping[str, Route]) -> list[Route]:
    """The route and all that share a case or site with it, or with one that does, in order."""
    if route.case_id is None and route.site_id is None:
        return [route]
    cases, sites, found = {route.case_id}, {route.site_id}, {route.route_id}
    grown = True
    while grown:
        grown = False
        for one in routes.values():
            if one.route_id not in found and _shares(one, cases, sites):
                found.add(one.route_id)
                cases.add(one.case_id)
                sites.add(one.site_id)
                grown = True
    return [one for one in routes.values() if one.route_id in found]


def _shares(route: Route, cases: set[str | None], sites: set[str | None]) -> bool:
    shares_case = route.case_id is not None and route.case_id in cases
    return shares_case or (route.site_id is not None and route.site_id in sites)

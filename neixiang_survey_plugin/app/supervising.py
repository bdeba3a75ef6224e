"""Holding lines as built against what was promised of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

import shapely

from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.errors import Problems, SurveyError
from neixiang_survey_plugin.core.judging.findings import Verdict
from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
from neixiang_survey_plugin.core.obligations import PromiseKind, SupervisionRules
from neixiang_survey_plugin.core.routes import Bore, Route
from neixiang_survey_plugin.core.supervision.as_built import (
    AsBuilt,
    ClauseOutcome,
    ClauseResult,
    Held,
    hold_as_built,
)
from neixiang_survey_plugin.core.supervision.promises import Promise, latest_promises, make_promise
from neixiang_survey_plugin.core.trenchless import parse_trenchless

# What inspectors found of one line, clause by clause.
Found = Mapping[PromiseKind, ClauseResult]
NOTHING_FOUND: Mapping[str, Found] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class BuiltResult:
    """A line as built, what was promised of it, its measures, and every clause of the promise.

    ``promise.packet_uuid`` is None where nobody made a commitment on record: the line is then
    held against the one in the survey.
    """

    built: AsBuilt
    promise: Promise
    measures: RouteMeasures
    clauses: tuple[ClauseResult, ...]

    @property
    def broken(self) -> tuple[ClauseResult, ...]:
        """The clauses that were broken."""
        return tuple(one for one in self.clauses if one.outcome is ClauseOutcome.BROKEN)


def keep_as_built(
    store: SurveyStore, lines: Sequence[AsBuilt], routes: Mapping[str, Route]
) -> tuple[AsBuilt, ...]:
    """Keep lines as built that were not kept yet; those that were new.

    SurveyError with one sentence for each line that is none of the survey's, whose ``routes`` are
    by identifier.
    """
    problems = Problems()
    named = tuple({one.route_id for one in lines})
    held = {_what_was_seen(one) for one in store.records(AsBuilt, route_id=named)}
    new = []
    for line in lines:
        route = routes.get(line.route_id or "")
        if route is None:
            problems.add(f"竣工线 {line.route_id}：踏勘文件里没有这条外线；请核对 route_id。")
        elif _what_was_seen(line) not in held:
            new.append(replace(line, case_id=route.case_id, utility=route.utility))
    problems.raise_if_any()
    if new:
        store.keep(new, what="as-built")
    return tuple(new)


def hold_lines(
    built: Iterable[AsBuilt],
    promises: Iterable[Promise],
    routes: Sequence[Route],
    checker: Checker,
    on: date,
    found: Mapping[str, Found] = NOTHING_FOUND,
) -> tuple[BuiltResult, ...]:
    """Every line as built against its promise, the last survey of each line alone.

    Measured by the kernel that measured the promise, over the same layers; ``found`` is what
    inspectors found of each line. SurveyError when the county's policy promises nothing, or a
    line as built cannot be measured.
    """
    rules = checker.county.policy.supervision
    if rules is None:
        policy_id = checker.county.policy.policy_id
        raise SurveyError(f"政策 {policy_id} 没有 [supervision] 和 [[promises]]，不能核对承诺。")
    by_id = {route.route_id: route for route in routes}
    last = {one.route_id: one for one in built if one.route_id in by_id and one.geom is not None}
    lines = [as_laid(one, by_id[one.route_id or ""]) for one in last.values()]
    measured = dict(zip(last, checker.measure(lines), strict=True))
    promised = latest_promises(promises)
    missing = [by_id[route_id] for route_id in measured if route_id and route_id not in promised]
    promised |= {one.route_id or "": one for one in as_drawn(missing, routes, checker, on)}
    results = []
    for route_id, one in last.items():
        held = _held(promised[route_id or ""], one, measured[route_id], checker, rules)
        clauses = hold_as_built(held, rules, found.get(route_id or "", {}))
        results.append(BuiltResult(one, held.promise, held.measures, clauses))
    return tuple(results)


def _held(
    promise: Promise,
    built: AsBuilt,
    measures: RouteMeasures,
    checker: Checker,
    rules: SupervisionRules,
) -> Held:
    roads = checker.ground.roads
    accuracy_m = 0.0 if roads is None else roads.accuracy_m
    return Held(promise, built, measures, accuracy_m, rules.as_built_accuracy_m)


def as_drawn(
    wanted: Sequence[Route], routes: Sequence[Route], checker: Checker, on: date
) -> tuple[Promise, ...]:
    """What lines of the survey would promise as they are drawn; no packet speaks of them."""
    if not wanted:
        return ()
    verdicts: dict[str, tuple[RouteMeasures, Verdict]] = {
        one.route.route_id: (one.measures, one.verdict) for one in checker.check(routes, on).routes
    }
    promised = (
        make_promise(one, *verdicts[one.route_id], verdicts[one.route_id][1].policy_id, on)
        for one in wanted
    )
    return tuple(replace(one, promised_on=None) for one in promised)


def as_laid(built: AsBuilt, route: Route) -> Route:
    """The line of the survey on the course that was built, with what the survey after says."""
    if built.geom is None:
        return route
    bores = route.trenchless
    if built.trenchless is not None:
        bores = parse_trenchless(built.trenchless)
    return replace(
        route,
        line=built.geom,
        working_width_m=built.working_width_m or route.working_width_m,
        trenchless=tuple(_within(bores, built.geom.length)),
    )


def _within(bores: Iterable[Bore], length_m: float) -> Iterable[Bore]:
    """Bores cut off at the end of a line that came out shorter than it was drawn."""
    for bore in bores:
        if bore.from_m < length_m:
            yield replace(bore, to_m=min(bore.to_m, length_m))


def _what_was_seen(one: AsBuilt) -> tuple[object, ...]:
    shape = None if one.geom is None else shapely.to_wkb(one.geom, output_dimension=3)
    days = one.surveyed_on, one.built_from, one.built_to
    return one.route_id, shape, *days, one.working_width_m, one.trenchless

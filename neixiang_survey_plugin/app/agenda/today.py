"""What waits for whom: due by which clock, opinions, decisions, figures to tape, inspections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from neixiang_survey_plugin.app.casework.listing import is_open
from neixiang_survey_plugin.app.checking import Tick
from neixiang_survey_plugin.app.results import CheckResult, RouteResult
from neixiang_survey_plugin.core.calendar.office import Office
from neixiang_survey_plugin.core.casework.case import Case, State
from neixiang_survey_plugin.core.casework.clocks import ClockReading, read_clocks
from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.works import works_permission
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.judging.approvals import WITHOUT_APPROVAL
from neixiang_survey_plugin.core.judging.findings import Finding
from neixiang_survey_plugin.core.judging.grouping import groups_by_application
from neixiang_survey_plugin.core.policy import CaseEvent, NoSplit, RuleKind
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.supervision.inspections import (
    DueInspection,
    Rectification,
    due_inspections,
)
from neixiang_survey_plugin.core.supervision.packets import Outdated
from neixiang_survey_plugin.core.supervision.promises import Promise, latest_promises
from neixiang_survey_plugin.core.supervision.proposals import (
    Proposal,
    SupervisionRecord,
    propose,
)


@dataclass(frozen=True)
class DueClock:
    """A promise of time to a case that nobody has kept yet, and the unit that it binds."""

    case_id: str
    unit: str | None
    reading: ClockReading


@dataclass(frozen=True)
class WaitingOpinion:
    """Who came to the joint survey of a case and has not said anything yet."""

    case_id: str
    who: str
    since: datetime | None


@dataclass(frozen=True)
class WaitingDecision:
    """A matter whose department has the papers and has not decided."""

    case_id: str
    unit: str | None
    decision: Decision


@dataclass(frozen=True)
class ToTape:
    """A borderline finding, and what has to be taped of which lines: ``LINE@ROAD``."""

    case_id: str | None
    unit: str | None
    finding: Finding
    objects: tuple[str, ...]


@dataclass(frozen=True)
class Agenda:
    """Everything that waits at a moment, the most urgent first in each part."""

    at: datetime
    due: tuple[DueClock, ...]
    opinions: tuple[WaitingOpinion, ...]
    decisions: tuple[WaitingDecision, ...]
    to_tape: tuple[ToTape, ...]
    inspections: tuple[DueInspection, ...]
    rectifications: tuple[Rectification, ...]
    outdated: tuple[tuple[Outdated, str | None], ...]
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, eq=False)
class AgendaSources:
    """What an agenda is made from: cases, lines, the check of those to judge, the supervision.

    Dossiers of ``closed`` cases may be left out: nothing of them waits.
    """

    county: County
    office: Office
    dossiers: Sequence[Dossier]
    closed: frozenset[str]
    routes: Sequence[Route]
    check: CheckResult
    promises: Sequence[Promise]
    record: SupervisionRecord
    outdated: Sequence[Outdated]


def lines_to_judge(
    dossiers: Iterable[Dossier],
    closed: frozenset[str],
    outdated: Iterable[Outdated],
    routes: Sequence[Route],
    no_split: NoSplit,
) -> list[Route]:
    """The lines of which something may have to be taped, and all that are judged with them.

    Nothing has to be of a line whose case is closed, nor of one that was judged and not found
    borderline, whose packet went out and holds. A line without a case counts as under way.
    """
    settled = {key for one in dossiers for key in _settled(one)}
    settled -= {(one.packet.case_id, one.packet.utility) for one in outdated}

    def is_open(one: Route) -> bool:
        return one.case_id not in closed and (one.case_id, one.utility) not in settled

    return [
        routes[index]
        for group in groups_by_application(routes, no_split.days)
        if any(is_open(routes[index]) for index in group)
        for index in group
    ]


def _settled(dossier: Dossier) -> Iterator[tuple[str, str | None]]:
    gone_out = {one.utility for one in dossier.packets}
    for service in dossier.services:
        judged = service.verdict is not None and not service.borderline
        if judged and service.utility in gone_out:
            yield dossier.case.case_id, service.utility


def closed_cases(cases: Iterable[Case]) -> frozenset[str]:
    """The cases of which nothing is asked any more."""
    return frozenset(one.case_id for one in cases if one.state is State.CLOSED)


def make_agenda(sources: AgendaSources, now: datetime, tick: Tick | None = None) -> Agenda:
    """Everything that waits at a moment by the office's clock, for everybody.

    ``tick`` hears of each case under way whose clocks are read.
    """
    county, day = sources.county, now.date()
    units = _units_of(sources)
    closed = sources.closed
    under_way = [one for one in sources.dossiers if one.case.case_id not in closed]
    granted = {
        (one.case.case_id, service.utility)
        for one in under_way
        for service in one.with_lines
        if works_permission(one, service).may_start
    }
    promises = [
        one
        for one in latest_promises(sources.promises).values()
        if one.case_id not in closed
        and (one.way in {None, *WITHOUT_APPROVAL} or (one.case_id, one.utility) in granted)
    ]
    rules = county.policy.supervision
    open_orders = [one for one in sources.record.rectifications if one.done_on is None]
    return Agenda(
        at=now,
        due=_due(_told(under_way, tick), county, sources.office, now, units),
        opinions=tuple(_opinions(under_way)),
        decisions=tuple(_decisions(under_way, units)),
        to_tape=tuple(_to_tape(sources.check, county)),
        inspections=due_inspections(promises, county.supervision, sources.record.inspections),
        rectifications=tuple(sorted(open_orders, key=lambda one: one.due_on or date.max)),
        outdated=tuple(
            (one, units.get((one.packet.case_id, one.packet.utility)))
            for one in sources.outdated
            if one.packet.case_id not in closed
        ),
        proposals=() if rules is None else propose(sources.record, rules, day),
    )


def of_unit(agenda: Agenda, county: County, unit_id: str) -> Agenda:
    """What waits for one unit."""
    names = {unit_id} | {one.name for one in county.units if one.unit_id == unit_id}
    return Agenda(
        at=agenda.at,
        due=tuple(one for one in agenda.due if one.unit == unit_id),
        opinions=tuple(one for one in agenda.opinions if one.who in names),
        decisions=tuple(one for one in agenda.decisions if one.unit == unit_id),
        to_tape=tuple(one for one in agenda.to_tape if one.unit == unit_id),
        inspections=(),
        rectifications=tuple(one for one in agenda.rectifications if one.unit == unit_id),
        outdated=tuple(one for one in agenda.outdated if one[1] == unit_id),
        proposals=(),
    )


def of_department(agenda: Agenda, county: County, matter: str) -> Agenda:
    """What waits for the department of one matter."""
    name = county.departments[matter].name
    waiting = tuple(one for one in agenda.decisions if one.decision.department == name)
    asked = {(one.case_id, one.decision.utility) for one in waiting}

    def is_asked(one: DueClock) -> bool:
        deciding = one.reading.clock.stop is CaseEvent.LAST_DECISION
        return deciding and bool({(one.case_id, one.reading.utility), (one.case_id, None)} & asked)

    return Agenda(
        at=agenda.at,
        due=tuple(one for one in agenda.due if is_asked(one)),
        opinions=tuple(one for one in agenda.opinions if one.who in (matter, name)),
        decisions=waiting,
        to_tape=(),
        inspections=tuple(one for one in agenda.inspections if one.matter == matter),
        rectifications=tuple(one for one in agenda.rectifications if one.department == name),
        outdated=(),
        proposals=agenda.proposals,
    )


def _units_of(sources: AgendaSources) -> Mapping[tuple[str, str | None], str | None]:
    """The unit of each utility of each case: as its line says, its service, or the only one."""
    only: dict[str, str | None] = {}
    for unit in sources.county.units:
        only[unit.utility] = None if unit.utility in only else unit.unit_id
    units: dict[tuple[str, str | None], str | None] = {}
    for dossier in sources.dossiers:
        for service in dossier.services:
            key = dossier.case.case_id, service.utility
            units[key] = service.unit or units.get(key) or only.get(service.utility)
    for route in sources.routes:
        if route.case_id is not None:
            key = route.case_id, route.utility
            units[key] = route.unit or units.get(key) or only.get(route.utility)
    return units


def _told(dossiers: Sequence[Dossier], tick: Tick | None) -> Iterator[Dossier]:
    for number, one in enumerate(dossiers):
        if tick is not None:
            tick(number, len(dossiers))
        yield one


def _due(
    dossiers: Iterable[Dossier],
    county: County,
    office: Office,
    now: datetime,
    units: Mapping[tuple[str, str | None], str | None],
) -> tuple[DueClock, ...]:
    found = [
        DueClock(
            one.case.case_id,
            units.get((one.case.case_id, reading.utility), one.case.lead_unit),
            reading,
        )
        for one in dossiers
        for reading in read_clocks(one, county.policy, office, now)
        if is_open(reading)
    ]
    return tuple(sorted(found, key=lambda one: (str(one.reading.due_at), one.case_id)))


def _opinions(dossiers: Iterable[Dossier]) -> Iterator[WaitingOpinion]:
    for one in dossiers:
        surveyed = [survey.surveyed_at for survey in one.surveys if survey.surveyed_at]
        for who in one.waiting_for_opinions:
            yield WaitingOpinion(one.case.case_id, who, max(surveyed, default=None))


def _decisions(
    dossiers: Iterable[Dossier], units: Mapping[tuple[str, str | None], str | None]
) -> Iterator[WaitingDecision]:
    for one in dossiers:
        for decision in one.decisions:
            if decision.received_at is not None and decision.outcome is None:
                unit = units.get((one.case.case_id, decision.utility))
                yield WaitingDecision(one.case.case_id, unit, decision)


def _to_tape(check: CheckResult, county: County) -> Iterator[ToTape]:
    """Each borderline finding once, however many lines are judged together."""
    kinds = {rule.rule_id: rule.kind for rule in county.policy.known_rules}
    by_id = {one.route.route_id: one for one in check.routes}
    for one in check.routes:
        if one.judged_with[0] != one.route.route_id:
            continue
        lines = [by_id[route_id] for route_id in one.judged_with if route_id in by_id]
        for finding in one.verdict.findings:
            if finding.borderline:
                objects = tuple(_objects(lines, kinds.get(finding.rule)))
                yield ToTape(one.route.case_id, one.route.unit, finding, objects)


def _objects(lines: Iterable[RouteResult], kind: RuleKind | None) -> Iterator[str]:
    for line in lines:
        for object_id in _NEAR[kind](line) if kind in _NEAR else ():
            yield f"{line.route.route_id}@{object_id}"


def _crossed(line: RouteResult) -> Iterable[str]:
    return dict.fromkeys(one.road.road_id for one in line.measures.roads.crossings)


def _touched(line: RouteResult) -> Iterable[str]:
    roads = line.measures.roads
    return dict.fromkeys(one.road.road_id for one in (*roads.near, *roads.touches))


def _occupied(line: RouteResult) -> Iterable[str]:
    return [one.green_id for one in line.measures.green.occupations]


_NEAR: Mapping[RuleKind | None, Callable[[RouteResult], Iterable[str]]] = {
    RuleKind.CROSSING_LENGTH: _crossed,
    RuleKind.ROAD_CLASS: _touched,
    RuleKind.ROAD_PROTECTION: _touched,
    RuleKind.GREEN_AREA: _occupied,
}

"""The clocks of a case: running, stopped in time, or breached, by every promise of the policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from functools import cache

from neixiang_survey_plugin.core.calendar.counting import Count, Due, due_after
from neixiang_survey_plugin.core.calendar.office import Office, office_time
from neixiang_survey_plugin.core.casework.case import Service, State
from neixiang_survey_plugin.core.casework.decision import Decision, DecisionOutcome
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.policy import CaseEvent, Clock, Policy


class ClockState(Enum):
    """How a promise stands."""

    NOT_STARTED = "not_started"  # due already known where it starts at an agreed time to come
    RUNNING = "running"
    STOPPED = "stopped"  # in time
    BREACHED = "breached"
    UNKNOWN = "unknown"  # the office's hours are not known


@dataclass(frozen=True)
class ClockReading:
    """One promise as it stands at a moment, under one way of counting.

    ``utility`` is whose promise it is, None for one on the case as a whole. Moments are in
    China's time. A running clock has time ``left``, a breached one is ``late``, by the wall
    clock. ``assumed_years`` are those whose holidays nobody knows yet.
    """

    clock: Clock
    count: Count
    utility: str | None
    state: ClockState
    started_at: datetime | None = None
    stopped_at: datetime | None = None
    due_at: datetime | None = None
    left: timedelta | None = None
    late: timedelta | None = None
    assumed_years: tuple[int, ...] = ()


def read_clocks(
    dossier: Dossier, policy: Policy, office: Office, now: datetime
) -> tuple[ClockReading, ...]:
    """Every promise that a case has, by utility in the order of its services.

    A promise on approval belongs to the lines of each utility by their way, one on access to
    each service, one on emergency papers to a case that digs first. A case keeps the promises of
    the rules under which it was received.
    """
    received_at = dossier.case.received_at
    if policy.is_dated and received_at is not None:
        policy = policy.on(received_at.date()) or policy

    @cache  # the services of a case mostly begin to wait at the same moment
    def due(started: datetime, amount: float, count: Count) -> Due | None:
        return due_after(started, amount, count, office)

    readings = []
    for clock, service in _promises(dossier, policy):
        utility = None if service is None else service.utility
        started, stopped = (_moment(event, dossier, service) for event in (clock.start, clock.stop))
        for count in clock.counts:
            if started is None:
                readings.append(ClockReading(clock, count, utility, ClockState.NOT_STARTED))
                continue
            amount = clock.hours if count is Count.HOURS else clock.working_days
            begun = _Begun(started, stopped, due(started, amount or 0.0, count))
            readings.append(_read_clock(clock, count, utility, begun, now))
    return tuple(readings)


@dataclass(frozen=True)
class _Begun:
    """When a clock started, when it was stopped if it was, and when it is due if that is known."""

    started: datetime
    stopped: datetime | None
    due: Due | None


def _read_clock(
    clock: Clock, count: Count, utility: str | None, begun: _Begun, now: datetime
) -> ClockReading:
    started, due = office_time(begun.started), begun.due
    stopped = None if begun.stopped is None else office_time(begun.stopped)
    state, left, late = _standing(due, started, stopped, office_time(now))
    return ClockReading(
        clock=clock,
        count=count,
        utility=utility,
        state=state,
        started_at=started,
        stopped_at=stopped,
        due_at=None if due is None else due.at,
        left=left,
        late=late,
        assumed_years=due.assumed_years if due else (),
    )


def at_moment(reading: ClockReading, now: datetime) -> ClockReading:
    """The same promise as it stands at another moment: when it is due does not change."""
    if reading.started_at is None or reading.due_at is None:
        return reading
    due, started = Due(reading.due_at, reading.assumed_years), reading.started_at
    state, left, late = _standing(due, started, reading.stopped_at, office_time(now))
    return replace(reading, state=state, left=left, late=late)


def _standing(
    due: Due | None, started: datetime, stopped: datetime | None, now: datetime
) -> tuple[ClockState, timedelta | None, timedelta | None]:
    if due is None:
        return ClockState.UNKNOWN, None, None
    until = now if stopped is None else stopped
    if until > due.at:
        return ClockState.BREACHED, None, until - due.at
    if stopped is None and until < started:
        return ClockState.NOT_STARTED, None, None
    if stopped is None:
        return ClockState.RUNNING, due.at - until, None
    return ClockState.STOPPED, None, None


def _promises(dossier: Dossier, policy: Policy) -> Iterator[tuple[Clock, Service | None]]:
    for clock in policy.clocks.values():
        if clock.start is CaseEvent.DIG_BEGUN:
            if dossier.case.emergency:
                yield clock, None
        elif clock.start is CaseEvent.COMPLETE_SUBMISSION:
            yield from ((clock, one) for one in _each_utility(dossier.with_lines, clock))
        else:
            yield from ((clock, one) for one in _each_utility(dossier.services, clock))


def _each_utility(services: Iterable[Service], clock: Clock) -> Iterator[Service]:
    """One service a utility, of those whose way has this clock."""
    seen = set()
    for one in services:
        if one.utility not in seen and (not clock.ways or one.way in clock.ways):
            seen.add(one.utility)
            yield one


def _moment(event: CaseEvent | None, dossier: Dossier, service: Service | None) -> datetime | None:
    return None if event is None else _EVENTS[event](dossier, service)


def _complete_submission(dossier: Dossier, service: Service | None) -> datetime | None:
    """When the last department had the papers; None until all have them."""
    return _last(one.received_at for one in _asked_of(dossier, service))


def _last_decision(dossier: Dossier, service: Service | None) -> datetime | None:
    return _last(one.decided_at for one in _asked_of(dossier, service))


def _asked_of(dossier: Dossier, service: Service | None) -> Iterator[Decision]:
    """The decisions that a clock waits for; a matter that does not arise is none of them."""
    decisions = dossier.decisions if service is None else dossier.decisions_on(service)
    return (one for one in decisions if one.outcome is not DecisionOutcome.NOT_NEEDED)


def _agreed_access(dossier: Dossier, _: Service | None) -> datetime | None:
    return dossier.case.agreed_access_at


def _access_done(dossier: Dossier, service: Service | None) -> datetime | None:
    """When the last service of the utility was connected; None until all are."""
    return _last(
        one.access_done_at
        for one in dossier.services
        if service is None or one.utility == service.utility
    )


def _dig_begun(dossier: Dossier, _: Service | None) -> datetime | None:
    digs = (one.changed_at for one in dossier.changes if one.to_state is State.IN_WORKS)
    return next(digs, None)


def _last(moments: Iterable[datetime | None]) -> datetime | None:
    """The latest of some moments; None when there are none, or one is missing."""
    known = list(moments)
    if not known or None in known:
        return None
    return max(moment for moment in known if moment is not None)


_EVENTS: Mapping[CaseEvent, Callable[[Dossier, Service | None], datetime | None]] = {
    CaseEvent.COMPLETE_SUBMISSION: _complete_submission,
    CaseEvent.LAST_DECISION: _last_decision,
    CaseEvent.AGREED_ACCESS: _agreed_access,
    CaseEvent.ACCESS_DONE: _access_done,
    CaseEvent.DIG_BEGUN: _dig_begun,
}

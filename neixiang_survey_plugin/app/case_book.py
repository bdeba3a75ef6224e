"""The cases of an open survey: those on record, and those that only lines speak of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import overload

from neixiang_survey_plugin.app.casework.dossiers import read_dossiers
from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.casework.listing import Listed, Wanted, list_cases
from neixiang_survey_plugin.app.casework.opening import open_cases
from neixiang_survey_plugin.app.drawing.kit import Kit, units_of
from neixiang_survey_plugin.app.results import RouteResult
from neixiang_survey_plugin.app.session.events import LinesChanged, RecordsChanged, SurveyEvent
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.calendar.office import CHINA_TIME, Office
from neixiang_survey_plugin.core.casework.case import Case, Service, ServiceKind, State
from neixiang_survey_plugin.core.casework.clocks import ClockReading
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.vocabulary import UTILITY


@dataclass(frozen=True)
class BookedCase:
    """One case with the results of its lines; ``case_id`` None for lines of no case.

    ``listed`` is what is on record of it with its clocks, None where only lines speak of it.
    """

    case_id: str | None
    results: Sequence[RouteResult]
    listed: Listed | None = None

    @property
    def by_utility(self) -> Mapping[str, RouteResult]:
        """The first line of each utility, in the order in which they were drawn."""
        found: dict[str, RouteResult] = {}
        for result in self.results:
            found.setdefault(result.route.utility, result)
        return found

    @property
    def applicant(self) -> str:
        """Who applied; empty where nobody is on record."""
        return "" if self.listed is None else self.listed.dossier.case.applicant_name or ""

    @property
    def state(self) -> State | None:
        """Where the case stands; None where only lines speak of it."""
        return None if self.listed is None else self.listed.dossier.case.state

    @property
    def next_due(self) -> ClockReading | None:
        """The clock that is due first; None where nothing is due."""
        return None if self.listed is None else self.listed.next_due

    @property
    def services(self) -> tuple[str, ...]:
        """The utilities that the case asks for, and those drawn; all where nobody is on record."""
        if self.listed is None or not self.listed.dossier.services:
            return tuple(UTILITY)
        known = {one.utility for one in self.listed.dossier.services} | set(self.by_utility)
        return tuple(utility for utility in UTILITY if utility in known)


@dataclass(frozen=True)
class NewCase:
    """What a new case begins with: number, applicant, site, the services that are asked for."""

    case_id: str
    applicant: str
    applicant_kind: str | None
    site_id: str | None
    received_at: datetime
    services: tuple[str, ...]


class _Results(Sequence[RouteResult]):
    """The results of some lines, looked up when somebody reads them: closed cases wait for that."""

    def __init__(self, results: Mapping[str, RouteResult], route_ids: Sequence[str]) -> None:
        self._results = results
        self._ids = route_ids

    @overload
    def __getitem__(self, place: int) -> RouteResult: ...

    @overload
    def __getitem__(self, place: slice) -> list[RouteResult]: ...

    def __getitem__(self, place: int | slice) -> RouteResult | list[RouteResult]:
        if isinstance(place, slice):
            return [self._results[one] for one in self._ids[place]]
        return self._results[self._ids[place]]

    def __len__(self) -> int:
        return len(self._ids)


class CaseBook:
    """Reads the cases of a survey, and again only when something of them changed."""

    def __init__(self, session: Session, office: Office) -> None:
        self._session = session
        self._office = office
        self._dossiers: Sequence[Dossier] | None = None

    def follow(self, event: SurveyEvent) -> bool:
        """Whether the cases changed."""
        changed = isinstance(event, LinesChanged | RecordsChanged)
        if changed:
            self._dossiers = None
        return changed

    def cases(self, now: datetime) -> tuple[BookedCase, ...]:
        """Those on record in the order in which they came, then those of lines alone."""
        if self._dossiers is None:
            self._dossiers = read_dossiers(self._session.store)
        policy = self._session.county.policy
        listed = list_cases(self._dossiers, Wanted(), policy, self._office, now)
        lines: dict[str | None, list[str]] = {}
        for route in self._session.routes.values():
            lines.setdefault(route.case_id, []).append(route.route_id)
        results = self._session.results
        booked = [
            BookedCase(case_id, _Results(results, lines.pop(case_id, [])), one)
            for one in listed
            for case_id in (one.dossier.case.case_id,)
        ]
        alone = sorted(lines, key=lambda case_id: case_id is None)
        return (
            *booked,
            *(BookedCase(case_id, _Results(results, lines[case_id])) for case_id in alone),
        )

    def kit_of(self, case_id: str | None) -> Kit:
        """What the lines of a case share: as on record, else as its first line has it."""
        session = self._session
        units = units_of(session.county)
        records = session.store.records(Case, case_id=case_id) if case_id is not None else ()
        if records:
            services = session.store.records(Service, case_id=case_id)
            units = {**units, **{one.utility: one.unit for one in services if one.unit}}
            case = records[-1]
            on = None if case.received_at is None else case.received_at.date()
            return Kit(case_id, case.site_id, case.applicant_kind, on, case.works_start_on, units)
        lines = [one for one in session.routes.values() if one.case_id == case_id]
        if case_id is None or not lines:
            return Kit(case_id, units=units)
        first = lines[0]
        facts = first.site_id, first.applicant_kind, first.applied_on, first.planned_on
        return Kit(case_id, *facts, units)

    def register(self, new: NewCase, who: str) -> None:
        """Keep a new case as registered; SurveyError when its number is taken."""
        taken = {route.case_id for route in self._session.routes.values()}
        if new.case_id in taken:
            raise SurveyError(f"案件 {new.case_id} 已经有外线了；请换一个编号。")
        case = Case(
            case_id=new.case_id,
            applicant_name=new.applicant or None,
            applicant_kind=new.applicant_kind,
            site_id=new.site_id,
            received_at=new.received_at,
        )
        services = tuple(Service(utility=one, service_kind=ServiceKind.NEW) for one in new.services)
        act, county = Act(who, new.received_at), self._session.county
        self._session.record(
            "case", lambda store: open_cases(store, [Application(case, services)], act, county)
        )


def office_now() -> datetime:
    """This moment by the office's clock, to the second."""
    return datetime.now(CHINA_TIME).replace(microsecond=0, tzinfo=None)

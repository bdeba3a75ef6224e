"""The cases of an open survey: those on record, and those that only lines speak of."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from neixiang_survey_plugin.app.booked_case import BookedCase
from neixiang_survey_plugin.app.case_index import CaseIndex
from neixiang_survey_plugin.app.casework.dossiers import read_dossiers
from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.casework.listing import Wanted, clocks_of, first_due
from neixiang_survey_plugin.app.casework.opening import open_cases
from neixiang_survey_plugin.app.drawing.kit import Kit, units_of
from neixiang_survey_plugin.app.session.events import LinesChanged, RecordsChanged, SurveyEvent
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.calendar.office import CHINA_TIME, Office
from neixiang_survey_plugin.core.casework.clocks import ClockReading, at_moment
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.routes import Route


class CaseBook:
    """Reads the cases of a survey, and again only those of which something changed.

    When a promise is due does not depend on the hour: clocks are read once a case, on demand.
    """

    def __init__(self, session: Session, office: Office) -> None:
        self.office = office
        self._session = session
        self._dossiers: dict[str, Dossier] | None = None
        self._lines: dict[str | None, tuple[Route, ...]] | None = None
        self._case_of: dict[str, str | None] = {}
        self._ids: tuple[str | None, ...] | None = None
        self._clocks: dict[str, tuple[ClockReading, ...]] = {}
        self._index: CaseIndex | None = None

    def read(self) -> None:
        """Read every case, in whichever thread has the time: 10,000 of them take 1 s."""
        self._indexed().read_ahead(lambda: True)

    def follow(self, event: SurveyEvent) -> bool:
        """Whether the cases changed."""
        if isinstance(event, LinesChanged):
            self._follow_lines(event)
            return True
        if isinstance(event, RecordsChanged):
            self._forget(event.case_ids)
            return True
        return False

    def ids(self) -> tuple[str | None, ...]:
        """Those on record in the order in which they came, then those of lines alone, None last."""
        if self._ids is None:
            known, lines = self._on_record(), self._of_lines()
            alone = [one for one in lines if one not in known]
            alone.sort(key=lambda one: (one is None, self._place_of(lines[one])))
            self._ids = (*known, *alone)
        return self._ids

    def is_on_record(self, case_id: str | None) -> bool:
        """Whether a case was registered, and is not only spoken of by lines."""
        return case_id in self._on_record()

    def is_the_case_of(self, other: CaseBook, case_id: str | None) -> bool:
        """Whether another book has the same case, and not only one of the same name."""
        own, theirs = (one._as_kept(case_id).dossier for one in (self, other))
        if own is None or theirs is None:
            return case_id in other.ids()
        return own.case.uuid == theirs.case.uuid

    def case(self, case_id: str | None) -> BookedCase:
        """One case; one that nobody knows has neither lines nor record."""
        case = self._as_kept(case_id)
        if case.dossier is None:
            return case
        return replace(case, dossier=_with_lines(case.dossier, case.routes))

    def applicant_of(self, case_id: str | None) -> str:
        """Who applied; empty where nobody is on record."""
        return self._as_kept(case_id).applicant

    def cases(self) -> tuple[BookedCase, ...]:
        """Every case, in the order of ``ids``."""
        return tuple(self.case(case_id) for case_id in self.ids())

    def on_record(self) -> Callable[[Callable[[int, int], None]], list[Dossier]]:
        """Every case on record as it is at this moment, put together by whoever has the time.

        He is told before each how many are there already, of how many.
        """
        kept, lines = tuple(self._on_record().items()), dict(self._of_lines())

        def put_together(tick: Callable[[int, int], None]) -> list[Dossier]:
            found: list[Dossier] = []
            for case_id, one in kept:
                tick(len(found), len(kept))
                found.append(_with_lines(one, lines.get(case_id, ())))
            return found

        return put_together

    def came_in_on(self, day: date) -> tuple[str, ...]:
        """The cases with lines that came in on a day: received then, or else applied for then.

        In the order in which their lines came. Reading the cases for it took 0.2 s of 10,000.
        """
        known, found = self._on_record(), dict[str, int]()
        for case_id, lines in self._of_lines().items():
            kept = None if case_id is None else known.get(case_id)
            received = None if kept is None else kept.case.received_at
            if received is not None:
                lines = lines[:1] if received.date() == day else ()
            else:
                lines = tuple(one for one in lines if one.applied_on == day)
            if case_id is not None and lines:
                found[case_id] = self._place_of(lines)
        return tuple(sorted(found, key=found.__getitem__))

    def find(self, wanted: Wanted, text: str = "") -> tuple[str | None, ...]:
        """The cases of a state, unit and verdict in which every word of a text stands."""
        found = self.ids()
        if wanted.state is not None:
            known = self._on_record().items()
            found = tuple(one for one, kept in known if kept.case.state is wanted.state)
        return self._indexed().find(found, wanted, text)

    def newest_first(self, ids: Iterable[str | None]) -> list[str | None]:
        """Cases, the newest first, those of lines alone last."""
        known, newest = self._on_record(), list(ids)
        newest.reverse()
        alone = [one for one in newest if one not in known]
        return [one for one in newest if one in known] + alone if alone else newest

    def in_due_order(self, ids: Iterable[str | None]) -> list[str | None]:
        """Cases by when what is due first is due, the newest first among those alike."""
        return self._indexed().in_due_order(self.newest_first(ids))

    def clocks(self, case_id: str | None, now: datetime) -> tuple[ClockReading, ...]:
        """Every promise of time to a case as it stands at a moment."""
        dossier = None if case_id is None else self._on_record().get(case_id)
        if case_id is None or dossier is None:
            return ()
        if case_id not in self._clocks:
            policy = self._session.county.policy
            self._clocks[case_id] = clocks_of(dossier, policy, self.office, now)
        return tuple(at_moment(one, now) for one in self._clocks[case_id])

    def next_due(self, case_id: str | None, now: datetime) -> ClockReading | None:
        """The promise that is still open and due first; None where nothing is due."""
        return first_due(self.clocks(case_id, now))

    def read_ahead(self, go_on: Callable[[], bool]) -> bool:
        """Read what cases are found and ordered by while ``go_on`` says so; whether all is read."""
        return self._indexed().read_ahead(go_on)

    def kit_of(self, case_id: str | None) -> Kit:
        """What the lines of a case share: as on record, else as its first line has it."""
        session = self._session
        units, booked = units_of(session.county), self.case(case_id)
        if booked.dossier is not None:
            case = booked.dossier.case
            own = {one.utility: one.unit for one in booked.dossier.services if one.unit}
            on = None if case.received_at is None else case.received_at.date()
            facts = case.site_id, case.applicant_kind, on, case.works_start_on
            power = next((one for one in booked.dossier.services if one.utility == "power"), None)
            sizes = (None, None) if power is None else (power.power_kw, power.voltage_kv)
            return Kit(case_id, *facts, {**units, **own}, *sizes)
        if case_id is None or not booked.routes:
            return Kit(case_id, units=units)
        first = booked.routes[0]
        facts = first.site_id, first.applicant_kind, first.applied_on, first.planned_on
        return Kit(case_id, *facts, units)

    def register(
        self, application: Application, who: str, at: datetime, *, of_lines: bool = False
    ) -> str:
        """Keep a new case as one step; its number. SurveyError when that is taken.

        With ``of_lines`` it is the case of the lines that bear its number already.
        """
        case_id, known = application.case.case_id, self._on_record()
        if not of_lines and case_id in self._of_lines() and case_id not in known:
            raise SurveyError(f"案件 {case_id} 已经有外线了；请换一个编号。")
        act, county = Act(who, at), self._session.county
        self._session.step(
            "case", lambda store: open_cases(store, [application], act, county), case_id
        )
        return case_id

    def next_number(self, year: int) -> str:
        """A case number of a year that is not taken, such as 2026-0003."""
        taken, number = set(self.ids()), 1
        while f"{year}-{number:04d}" in taken:
            number += 1
        return f"{year}-{number:04d}"

    def _forget(self, case_ids: tuple[str, ...]) -> None:
        if self._dossiers is None:
            self._ids = self._index = None
            self._clocks = {}
            return
        read = read_dossiers(self._session.store, case_ids) if case_ids else ()
        now = {one.case.case_id: one for one in read}
        for case_id in case_ids:
            self._clocks.pop(case_id, None)
            if (case_id in now) != (case_id in self._dossiers):
                self._ids = None
            if case_id in now:
                self._dossiers[case_id] = now[case_id]
            else:
                self._dossiers.pop(case_id, None)
        if self._index is not None:
            self._index.forget(case_ids)

    def _follow_lines(self, event: LinesChanged) -> None:
        """Take over which lines the cases have now, and which are judged otherwise."""
        if self._lines is None:
            return
        routes, case_of = self._session.routes, self._case_of
        touched = (*event.gone, *event.put)
        there = {one: routes[one].case_id for one in touched if one in routes}
        before = [case_of.pop(one) for one in touched if one in case_of]
        changed = dict.fromkeys((*before, *there.values()))
        case_of.update(there)
        for case_id in changed:
            lines, was = self._session.lines_of(case_id), self._lines.get(case_id, ())
            if lines:
                self._lines[case_id] = lines
            else:
                self._lines.pop(case_id, None)
            if case_id not in self._on_record() and _first_of(was) != _first_of(lines):
                self._ids = None  # such a case has its place by its first line
        if self._index is not None:
            self._index.forget(changed)
            self._index.forget_ways({case_of[one] for one in event.judged if one in case_of})

    def _as_kept(self, case_id: str | None) -> BookedCase:
        """One case, its dossier with the lines as they were when it was read."""
        dossier = None if case_id is None else self._on_record().get(case_id)
        return BookedCase(
            case_id, self._of_lines().get(case_id, ()), self._session.results, dossier
        )

    def _indexed(self) -> CaseIndex:
        if self._index is None:
            own = weakref.proxy(self)  # the index is this book's, and must not keep it
            self._index = CaseIndex(lambda one: own._as_kept(one), lambda one: own._due_of(one))
            self._index.begin(self.ids())
        return self._index

    def _due_of(self, case_id: str | None) -> datetime | None:
        """When the promise that is due first is due; that is the same at every moment."""
        first = first_due(self.clocks(case_id, office_now()))
        return None if first is None else first.due_at

    def _place_of(self, lines: tuple[Route, ...]) -> int:
        return self._session.place_of(lines[0].route_id)

    def _on_record(self) -> Mapping[str, Dossier]:
        if self._dossiers is None:
            session = self._session
            read = read_dossiers(session.store, lines=session.routes.values())
            self._dossiers = {one.case.case_id: one for one in read}
        return self._dossiers

    def _of_lines(self) -> Mapping[str | None, tuple[Route, ...]]:
        if self._lines is None:
            lines: dict[str | None, list[Route]] = {}
            for route in self._session.routes.values():
                lines.setdefault(route.case_id, []).append(route)
                self._case_of[route.route_id] = route.case_id
            self._lines = {case_id: tuple(routes) for case_id, routes in lines.items()}
        return self._lines


def _first_of(lines: tuple[Route, ...]) -> str | None:
    return lines[0].route_id if lines else None


def _with_lines(dossier: Dossier, routes: tuple[Route, ...]) -> Dossier:
    """What is on record of a case, its lines as they are now."""
    return replace(dossier, routes=_ids_by_utility(routes))


def _ids_by_utility(routes: tuple[Route, ...]) -> Mapping[str, tuple[str, ...]]:
    ids: dict[str, list[str]] = {}
    for one in routes:
        ids.setdefault(one.utility, []).append(one.route_id)
    return {utility: tuple(own) for utility, own in ids.items()}


def office_now() -> datetime:
    """This moment by the office's clock, to the second."""
    return datetime.now(CHINA_TIME).replace(microsecond=0, tzinfo=None)

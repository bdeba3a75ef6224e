"""One case of an open survey: what is on record of it, and what its lines came to."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from neixiang_survey_plugin.app.results import CaseResult, RouteResult
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.vocabulary import UTILITY


@dataclass(frozen=True)
class BookedCase:
    """One case with its lines; ``case_id`` None for lines of no case.

    ``judged`` gives the result of a line: those of closed cases are judged when somebody asks.
    ``dossier`` is what is on record of the case, None where only lines speak of it.
    """

    case_id: str | None
    routes: tuple[Route, ...]
    judged: Mapping[str, RouteResult]
    dossier: Dossier | None = None

    @functools.cached_property
    def results(self) -> tuple[RouteResult, ...]:
        """The results of its lines."""
        return tuple(self.judged[one.route_id] for one in self.routes)

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
        return "" if self.dossier is None else self.dossier.case.applicant_name or ""

    @property
    def state(self) -> State | None:
        """Where the case stands; None where only lines speak of it."""
        return None if self.dossier is None else self.dossier.case.state

    @property
    def services(self) -> tuple[str, ...]:
        """The utilities that the case asks for, and those drawn; all where nobody is on record."""
        if self.dossier is None or not self.dossier.services:
            return tuple(UTILITY)
        known = {one.utility for one in self.dossier.services}
        known |= {one.utility for one in self.routes}
        return tuple(utility for utility in UTILITY if utility in known)

    @property
    def ways(self) -> Mapping[str, Way]:
        """The way of each utility: as its lines are judged now, else as it is on record.

        Nothing is asked any more of a closed case: its lines are not judged again for that.
        """
        on_record = self._on_record
        if not self.routes or (self.state is State.CLOSED and on_record):
            return on_record
        return {**on_record, **CaseResult(self.case_id, self.results).ways}

    @property
    def asks_for_judging(self) -> bool:
        """Whether lines have to be judged before anybody knows its ways: those of a closed case."""
        return self.state is State.CLOSED and bool(self.routes) and not self._on_record

    @property
    def _on_record(self) -> Mapping[str, Way]:
        kept = () if self.dossier is None else self.dossier.services
        return {one.utility: one.way for one in kept if one.way is not None}

    @property
    def units(self) -> frozenset[str]:
        """The units that lay a line of the case, or lead it."""
        named = {one.unit for one in self.routes}
        if self.dossier is not None:
            named |= {self.dossier.case.lead_unit, *(one.unit for one in self.dossier.services)}
        return frozenset(one for one in named if one is not None)

    @property
    def words(self) -> str:
        """Everything that a case is found by, in small letters."""
        return " ".join(self._texts()).lower()

    def _texts(self) -> Iterator[str]:
        yield self.case_id or ""
        yield from (one.route_id for one in self.routes)
        if self.dossier is not None:
            case = self.dossier.case
            yield from (
                one
                for one in (
                    case.applicant_name,
                    case.project_name,
                    case.address,
                    case.agent_name,
                    case.agent_phone,
                    case.contact_name,
                    case.site_id,
                    case.parcel_number,
                )
                if one
            )

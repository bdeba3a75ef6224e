"""A case as its page shows it: how it came here, what comes next and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from neixiang_survey_plugin.app.booked_case import BookedCase
from neixiang_survey_plugin.app.casework.judging import Judgement, judged
from neixiang_survey_plugin.app.results import CaseResult, RouteResult
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.casework.case import Service, State
from neixiang_survey_plugin.core.casework.conditions import Lack
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import Opinion
from neixiang_survey_plugin.core.casework.transitions import Act, missing_for, next_states
from neixiang_survey_plugin.core.casework.works import WorksPermission, works_permission
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.judging.approvals import Approval

# A verdict holds for its day: it is taken again when packets go out and when works start.
JUDGED_AGAIN = (State.JUDGED, State.PACKET_ISSUED, State.IN_WORKS)


@dataclass(frozen=True)
class NextStep:
    """A state that a case may go to, and everything that is missing for it."""

    state: State
    lacks: tuple[Lack, ...]

    @property
    def is_open(self) -> bool:
        """Whether nothing is missing."""
        return not self.lacks


@dataclass(frozen=True)
class ServiceStanding:
    """A service with its line, whether works may start, and what its unit says."""

    utility: str
    service: Service | None
    result: RouteResult | None
    permission: WorksPermission | None
    opinion: Opinion | None


def judgement_now(case: BookedCase, session: Session) -> Judgement:
    """What the open survey says of a case at this moment, as a check of its file would."""
    conflicts = session.open_conflicts_of(one.route.route_id for one in case.results)
    matters: dict[str, tuple[Approval, ...]] = {}
    for one in case.results:
        matters[one.route.utility] = (*matters.get(one.route.utility, ()), *one.matters)
    return Judgement(CaseResult(case.case_id, case.results), matters, conflicts)


def next_steps(dossier: Dossier, judgement: Judgement, now: datetime) -> tuple[NextStep, ...]:
    """The states that come next for a case, with what each still lacks.

    A step that the program itself fulfils is no lack: judging judges, issuing writes the packet,
    and connecting is recorded with the step.
    """
    return tuple(
        NextStep(state, tuple(missing_for(_as_if(dossier, state, judgement, now), state)))
        for state in next_states(dossier)
    )


def service_standings(case: BookedCase, county: County) -> tuple[ServiceStanding, ...]:
    """The services of a case in the order of the five, with their lines."""
    dossier = case.dossier
    opinions = {} if dossier is None else _last_opinions(dossier)
    names = {one.unit_id: one.name for one in county.units}
    standings = []
    for utility in case.services:
        result = case.by_utility.get(utility)
        kept = () if dossier is None else dossier.services
        service = next((one for one in kept if one.utility == utility), None)
        unit = _unit_of(service, result)
        said = opinions.get(unit or "") or opinions.get(names.get(unit or "", ""))
        permission = None
        if dossier is not None and service is not None and service.needs_line:
            permission = works_permission(dossier, service)
        standings.append(ServiceStanding(utility, service, result, permission, said))
    return tuple(standings)


def _as_if(dossier: Dossier, state: State, judgement: Judgement, now: datetime) -> Dossier:
    if state in JUDGED_AGAIN:
        dossier = judged(dossier, judgement, Act("", now))
    if state is State.PACKET_ISSUED:
        dossier = replace(dossier, packets=(*dossier.packets, PacketIssued()))
    if state is State.ACCESS_DONE:
        connected = tuple(
            replace(one, access_done_at=one.access_done_at or now) for one in dossier.services
        )
        dossier = replace(dossier, services=connected)
    return dossier


def _last_opinions(dossier: Dossier) -> Mapping[str, Opinion]:
    return {one.unit: one for one in dossier.opinions if one.unit and one.opinion is not None}


def _unit_of(service: Service | None, result: RouteResult | None) -> str | None:
    if service is not None and service.unit is not None:
        return service.unit
    return None if result is None else result.route.unit

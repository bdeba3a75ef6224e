"""Small dossiers, and a strategy that draws any dossier that the tables can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from neixiang_survey_plugin.core.casework.case import (
    Case,
    Move,
    Service,
    ServiceKind,
    State,
    StateChange,
)
from neixiang_survey_plugin.core.casework.decision import Decision, DecisionOutcome, PacketIssued
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import (
    JointSurvey,
    Opinion,
    OpinionKind,
    Participant,
)
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.policy import Way

NINE = datetime(2026, 9, 16, 9, 10)
UTILITIES = ("water", "gas")


def act(at: datetime = NINE, reason: str | None = None, who: str = "张工") -> Act:
    return Act(who, at, reason)


def service(utility: str = "gas", **facts: object) -> Service:
    """A new line for gas, unless the facts say otherwise."""
    usual = Service(case_id="C1", utility=utility, service_kind=ServiceKind.NEW)
    return replace(usual, **facts)  # type: ignore[arg-type]  # facts are fields of a service


def decision(matter: Matter = Matter.EXCAVATION, **facts: object) -> Decision:
    usual = Decision(case_id="C1", utility="gas", matter=matter, department="示例城市管理局")
    return replace(usual, **facts)  # type: ignore[arg-type]  # facts are fields of a decision


def dossier(state: State = State.REGISTERED, *services: Service, **facts: object) -> Dossier:
    """A case of one gas line, received at nine, in some state."""
    case = Case(case_id="C1", state=state, received_at=NINE, received_by="窗口甲")
    services = services or (service(),)
    drawn = {one.utility: (f"{one.utility}-1",) for one in services if one.needs_line}
    usual = Dossier(case, services, routes=drawn)
    return replace(usual, **facts)  # type: ignore[arg-type]  # facts are fields of a dossier


def ready_for_works(way: Way = Way.COMMITMENT, **facts: object) -> Dossier:
    """A case whose packet is out, whose one matter a department has and has granted."""
    granted = decision(
        notified_at=NINE, received_at=NINE, outcome=DecisionOutcome.GRANTED, decided_at=NINE
    )
    return dossier(
        State.PACKET_ISSUED, service(verdict=way), decisions=(granted,), open_failures=0, **facts
    )


moments = st.integers(0, 60 * 24 * 40).map(lambda minutes: NINE + timedelta(minutes=minutes))
maybe_moments = st.none() | moments
ways = st.sampled_from(Way)
services = st.builds(
    Service,
    case_id=st.just("C1"),
    utility=st.sampled_from(UTILITIES),
    service_kind=st.none() | st.sampled_from(ServiceKind),
    access_done_at=maybe_moments,
    verdict=st.none() | ways,
    reading_decides=st.booleans(),
    reading_decided_by=st.sampled_from([None, "李主任"]),
    borderline=st.booleans(),
)
decisions = st.builds(
    Decision,
    case_id=st.just("C1"),
    utility=st.sampled_from([None, *UTILITIES]),
    matter=st.sampled_from(Matter),
    department=st.just("示例城市管理局"),
    notified_at=maybe_moments,
    received_at=maybe_moments,
    outcome=st.none() | st.sampled_from(DecisionOutcome),
    decided_at=maybe_moments,
)
cases = st.builds(
    Case,
    case_id=st.just("C1"),
    state=st.sampled_from(State),
    received_at=maybe_moments,
    agreed_access_at=maybe_moments,
    emergency=st.booleans(),
)
changes = st.builds(
    StateChange,
    case_id=st.just("C1"),
    to_state=st.sampled_from(State),
    move=st.sampled_from(Move),
    changed_at=moments,
    changed_by=st.just("张工"),
)
dossiers = st.builds(
    Dossier,
    case=cases,
    services=st.lists(services, max_size=3).map(tuple),
    decisions=st.lists(decisions, max_size=4).map(tuple),
    surveys=st.lists(st.just(JointSurvey(case_id="C1")), max_size=1).map(tuple),
    participants=st.lists(
        st.sampled_from([Participant(unit=unit) for unit in UTILITIES]), max_size=2
    ).map(tuple),
    opinions=st.lists(
        st.builds(Opinion, unit=st.sampled_from(UTILITIES), opinion=st.sampled_from(OpinionKind)),
        max_size=2,
    ).map(tuple),
    packets=st.lists(
        st.builds(PacketIssued, utility=st.sampled_from([None, *UTILITIES])), max_size=2
    ).map(tuple),
    changes=st.lists(changes, max_size=4).map(tuple),
    routes=st.dictionaries(st.sampled_from(UTILITIES), st.just(("R1",))),
    open_failures=st.sampled_from([None, 0, 2]),
)

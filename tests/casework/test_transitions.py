"""Which move of a case is allowed: the table, its conditions, and what must always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.wording import lack_words, refusal_sentence
from neixiang_survey_plugin.core.casework.case import Case, Move, ServiceKind, State, StateChange
from neixiang_survey_plugin.core.casework.conditions import Condition, check_condition
from neixiang_survey_plugin.core.casework.decision import DecisionOutcome, PacketIssued
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import (
    JointSurvey,
    Opinion,
    OpinionKind,
    Participant,
)
from neixiang_survey_plugin.core.casework.transitions import (
    TRANSITIONS,
    Fault,
    Moved,
    Refusal,
    missing_for,
    move_case,
    open_case,
)
from neixiang_survey_plugin.core.casework.works import Hindrance, works_permission
from neixiang_survey_plugin.core.judging.approvals import WITHOUT_APPROVAL, Matter
from neixiang_survey_plugin.core.policy import Way
from tests.casework.dossiers import (
    NINE,
    act,
    decision,
    dossier,
    dossiers,
    moments,
    ready_for_works,
    service,
)

ORDER = list(State)
WORKS = ORDER.index(State.IN_WORKS)
states = st.sampled_from(State)
reasons = st.sampled_from([None, "", "  ", "线位调整"])


def moved(before: Dossier, target: State, reason: str | None = None) -> Moved:
    found = move_case(before, target, act(reason=reason))
    assert isinstance(found, Moved), refusal_sentence(found, before)
    return found


def lacking(before: Dossier, target: State) -> set[Condition]:
    """What is missing for a step of the table."""
    found = move_case(before, target, act())
    assert isinstance(found, Refusal)
    assert found.fault is None
    return {lack.condition for lack in found.lacks}


def fault(before: Dossier, target: State, reason: str | None = None) -> Fault | None:
    found = move_case(before, target, act(reason=reason))
    assert isinstance(found, Refusal)
    return found.fault


def test_case_that_was_received_begins_registered_and_any_other_as_an_intent() -> None:
    opened = open_case(Case(case_id="C1", received_at=NINE), act())
    assert opened.case.state is State.REGISTERED
    assert opened.change.move is Move.OPENED
    assert opened.change.from_state is None
    assert open_case(Case(case_id="C1"), act()).case.state is State.INTENT


def test_registering_sets_when_and_by_whom_it_was_received() -> None:
    before = replace(dossier(State.INTENT), case=Case(case_id="C1"))
    case = moved(before, State.REGISTERED).case
    assert (case.received_at, case.received_by, case.first_received_by) == (NINE, "张工", "张工")


def test_survey_and_routes_may_come_before_registration() -> None:
    early = replace(
        dossier(State.INTENT),
        case=Case(case_id="C1"),
        surveys=(JointSurvey(),),
        participants=(Participant(unit="gas"),),
    )
    assert moved(early, State.SURVEYED).case.state is State.SURVEYED
    assert moved(early, State.ROUTED).case.state is State.ROUTED


def test_registering_a_case_under_way_keeps_its_state() -> None:
    before = replace(dossier(), case=Case(case_id="C1", state=State.JUDGED))
    late = moved(before, State.REGISTERED)
    assert (late.case.state, late.case.received_at) == (State.JUDGED, NINE)
    assert late.change.move is Move.REGISTERED_LATE


def test_line_that_is_not_drawn_is_not_routed() -> None:
    assert lacking(replace(dossier(), routes={}), State.ROUTED) == {Condition.ROUTES_DRAWN}


def test_line_that_no_service_asks_for_is_named() -> None:
    stray = replace(dossier(), routes={"gas": ("G1",), "heat": ("H1", "H2")})
    found = move_case(stray, State.ROUTED, act())
    assert isinstance(found, Refusal)
    (lack,) = found.lacks
    assert (lack.condition, lack.names) == (Condition.LINES_ASKED_FOR, ("H1", "H2"))


def test_a_line_is_inspected_before_it_is_called_so_and_rectified_before_it_is_closed() -> None:
    for way in (Way.JOINT, Way.COMMITMENT):
        built = dossier(State.ACCESS_DONE, service(verdict=way))
        assert lacking(built, State.INSPECTED) == {Condition.INSPECTED}
        looked_at = replace(built, inspected=frozenset({"gas"}))
        assert moved(looked_at, State.INSPECTED).case.state is State.INSPECTED
    dug_first = replace(built, services=(service(),), routes={})  # nothing is drawn yet
    assert moved(dug_first, State.INSPECTED).case.state is State.INSPECTED
    received = (decision(received_at=NINE),)
    open_yet = replace(
        looked_at,
        case=replace(looked_at.case, state=State.INSPECTED),
        decisions=received,
        to_rectify=("路面沉陷",),
    )
    assert lacking(open_yet, State.CLOSED) == {Condition.RECTIFIED}
    assert moved(replace(open_yet, to_rectify=()), State.CLOSED).case.state is State.CLOSED


def test_every_problem_of_a_packet_is_told_at_once() -> None:
    unready = service(verdict=Way.JOINT, reading_decides=True, borderline=True)
    before = dossier(State.JUDGED, unready, open_failures=2)
    assert lacking(before, State.PACKET_ISSUED) == {
        Condition.READING_DECIDED,
        Condition.TAPED,
        Condition.SURVEYED_TOGETHER,
        Condition.NO_OPEN_FAILURE,
        Condition.PACKETS_ISSUED,
    }


def test_packet_goes_out_when_everything_is_there() -> None:
    before = dossier(
        State.JUDGED,
        service(verdict=Way.JOINT),
        surveys=(JointSurvey(),),
        participants=(Participant(unit="gas"),),
        opinions=(Opinion(unit="gas", opinion=OpinionKind.AGREE),),
        packets=(PacketIssued(utility="gas"),),
        open_failures=0,
    )
    assert moved(before, State.PACKET_ISSUED).case.state is State.PACKET_ISSUED
    silent = replace(before, opinions=())
    assert lacking(silent, State.PACKET_ISSUED) == {Condition.OPINIONS_GIVEN}
    no = Opinion(unit="gas", opinion=OpinionKind.DISAGREE)
    against = replace(before, opinions=(*before.opinions, no))
    assert lacking(against, State.PACKET_ISSUED) == {Condition.NOBODY_DISAGREES}
    unseen = replace(before, open_failures=None)
    assert lacking(unseen, State.PACKET_ISSUED) == {Condition.NO_OPEN_FAILURE}


def test_undetermined_line_has_no_packet() -> None:
    before = dossier(
        State.JUDGED,
        service(verdict=Way.UNDETERMINED),
        packets=(PacketIssued(utility="gas"),),
        open_failures=0,
    )
    assert lacking(before, State.PACKET_ISSUED) == {Condition.WAYS_DECIDED}


def test_commitment_is_notified_and_joint_is_decided() -> None:
    commitment, joint = ready_for_works(), ready_for_works(Way.JOINT)
    assert moved(commitment, State.NOTIFIED).case.state is State.NOTIFIED
    assert moved(joint, State.DECIDED).case.state is State.DECIDED
    assert lacking(commitment, State.DECIDED) == {Condition.APPROVAL_NEEDED}
    assert lacking(joint, State.NOTIFIED) == {Condition.NO_APPROVAL_NEEDED}


def test_works_start_on_receipt_under_commitment_and_on_the_grant_under_approval() -> None:
    received = (decision(received_at=NINE),)
    commitment = replace(ready_for_works(), decisions=received)
    joint = replace(ready_for_works(Way.JOINT), decisions=received)
    assert works_permission(commitment, commitment.services[0]).may_start
    assert not works_permission(joint, joint.services[0]).may_start


@pytest.mark.parametrize("verdict", [Way.UNDETERMINED, Way.OUTSIDE])
def test_what_is_no_way_starts_no_works_whatever_was_granted(verdict: Way) -> None:
    before = ready_for_works(verdict)
    assert works_permission(before, before.services[0]).hindrance is Hindrance.NO_WAY


def test_reading_that_somebody_decided_on_holds_nothing_up() -> None:
    before = dossier(State.JUDGED, service(verdict=Way.COMMITMENT, reading_decides=True))
    assert Condition.READING_DECIDED in lacking(before, State.PACKET_ISSUED)
    decided = replace(before, services=(replace(before.services[0], reading_decided_by="李主任"),))
    assert Condition.READING_DECIDED not in lacking(decided, State.PACKET_ISSUED)


@pytest.mark.parametrize("outcome", [DecisionOutcome.REFUSED, DecisionOutcome.RETURNED])
def test_notice_that_was_turned_down_starts_no_works(outcome: DecisionOutcome) -> None:
    turned_down = decision(received_at=NINE, outcome=outcome)
    before = replace(ready_for_works(), decisions=(turned_down,))
    assert lacking(before, State.NOTIFIED) == {Condition.WORKS_MAY_START}


def test_one_line_that_waits_holds_up_the_case_but_not_the_other_lines_permission() -> None:
    gas, water = service(verdict=Way.COMMITMENT), service("water", verdict=Way.JOINT)
    before = dossier(
        State.PACKET_ISSUED,
        gas,
        water,
        decisions=(decision(received_at=NINE), decision(utility="water", received_at=NINE)),
    )
    assert works_permission(before, gas).may_start
    assert lacking(before, State.DECIDED) == {Condition.WORKS_MAY_START}


def test_emergency_digs_first_when_both_departments_are_told() -> None:
    case = Case(case_id="C1", state=State.REGISTERED, emergency=True)
    before = replace(dossier(), case=case)
    assert lacking(before, State.IN_WORKS) == {Condition.DEPARTMENTS_TOLD}
    told = (decision(notified_at=NINE), decision(Matter.TRAFFIC_POLICE, notified_at=NINE))
    assert moved(replace(before, decisions=told), State.IN_WORKS).case.state is State.IN_WORKS


def test_case_that_is_no_emergency_may_not_dig_first() -> None:
    told = (decision(notified_at=NINE), decision(Matter.TRAFFIC_POLICE, notified_at=NINE))
    before = dossier(decisions=told)
    assert lacking(before, State.IN_WORKS) == {Condition.EMERGENCY}


def test_emergency_closes_only_when_its_papers_are_granted() -> None:
    case = Case(case_id="C1", state=State.INSPECTED, received_at=NINE, emergency=True)
    matters = (Matter.EXCAVATION, Matter.TRAFFIC_POLICE)
    told = tuple(decision(one, notified_at=NINE) for one in matters)
    before = replace(dossier(), case=case, decisions=told)
    assert lacking(before, State.CLOSED) == {Condition.PAPERS_COMPLETE}
    assert lacking(replace(before, decisions=()), State.CLOSED) == {Condition.PAPERS_COMPLETE}
    granted = tuple(replace(one, outcome=DecisionOutcome.GRANTED) for one in told)
    assert moved(replace(before, decisions=granted), State.CLOSED).case.state is State.CLOSED


@pytest.mark.parametrize("kind", [ServiceKind.RENAME, ServiceKind.TRANSFER])
def test_renaming_goes_from_registered_to_access_to_closed(kind: ServiceKind) -> None:
    before = dossier(State.REGISTERED, service(service_kind=kind, access_done_at=NINE))
    assert lacking(before, State.ROUTED) == {Condition.LINE_NEEDED}
    done = replace(before, case=moved(before, State.ACCESS_DONE).case)
    assert lacking(done, State.INSPECTED) == {Condition.LINE_NEEDED}
    assert moved(done, State.CLOSED).case.state is State.CLOSED


def test_line_is_not_skipped_by_calling_one_service_a_renaming() -> None:
    named = service("water", service_kind=ServiceKind.RENAME, access_done_at=NINE)
    before = dossier(State.REGISTERED, named, service(access_done_at=NINE))
    assert lacking(before, State.ACCESS_DONE) == {Condition.NO_LINE_NEEDED}


def test_nobody_is_connected_who_has_not_applied() -> None:
    case = Case(case_id="C1", state=State.IN_WORKS)
    before = replace(dossier(State.IN_WORKS, service(access_done_at=NINE)), case=case)
    assert lacking(before, State.ACCESS_DONE) == {Condition.APPLIED_FOR}


def test_going_back_needs_a_reason_and_a_state_that_was_there() -> None:
    been = (StateChange(to_state=State.ROUTED, changed_at=NINE),)
    before = dossier(State.JUDGED, changes=been)
    assert fault(before, State.ROUTED) is Fault.NO_REASON
    assert fault(before, State.SURVEYED, "重新踏勘") is Fault.NEVER_THERE
    back = moved(before, State.ROUTED, "线位调整")
    assert (back.change.move, back.change.reason) == (Move.BACK, "线位调整")


def test_case_is_withdrawn_with_a_reason_but_not_out_of_an_open_street() -> None:
    before = dossier(State.DECIDED)
    assert fault(before, State.CLOSED) is Fault.NO_REASON
    assert moved(before, State.CLOSED, "企业撤回").change.move is Move.WITHDRAWN
    assert fault(dossier(State.IN_WORKS), State.CLOSED, "企业撤回") is Fault.NO_SUCH_STEP


def test_nothing_happens_before_what_happened_last() -> None:
    before = dossier(changes=(StateChange(changed_at=NINE + timedelta(minutes=1)),))
    assert fault(before, State.ROUTED) is Fault.BEFORE_THE_LAST


def test_sentence_names_the_case_what_is_missing_and_the_way_out() -> None:
    before = dossier(State.PACKET_ISSUED, service(verdict=Way.JOINT), decisions=(decision(),))
    found = move_case(before, State.DECIDED, act())
    assert isinstance(found, Refusal)
    assert refusal_sentence(found, before) == (
        "案件 C1 还不能转为“已批复”：还缺回执或准予：燃气 城市道路挖掘、占用（示例城市管理局）。"
    )


@given(dossiers, states, reasons)
def test_every_refusal_is_one_sentence(before: Dossier, target: State, reason: str | None) -> None:
    found = move_case(before, target, act(reason=reason))
    if isinstance(found, Refusal):
        sentence = refusal_sentence(found, before)
        assert sentence.count("。") == 1
        assert sentence.endswith("。")
        assert "None" not in sentence


@given(dossiers)
def test_every_lack_has_words(before: Dossier) -> None:
    for condition in Condition:
        lack = check_condition(condition, before)
        if lack is not None:
            assert lack.condition is condition
            assert lack_words(lack, before.case)


@given(dossiers, states, reasons, moments)
def test_case_only_goes_where_the_table_or_a_reason_leads(
    before: Dossier, target: State, reason: str | None, at: object
) -> None:
    found = move_case(before, target, act(reason=reason))
    if isinstance(found, Refusal):
        return
    origin = before.case.state
    assert found.change.from_state is origin
    assert found.change.to_state is found.case.state
    if found.change.move is Move.FORWARD:
        assert (origin, target) in TRANSITIONS
        assert not list(missing_for(before, target))
    elif found.change.move is Move.REGISTERED_LATE:
        assert found.case.state is origin
        assert before.case.received_at is None
    else:
        assert (found.change.reason or "").strip()
        assert found.change.move in (Move.BACK, Move.WITHDRAWN)
    if found.change.move is Move.BACK:
        assert ORDER.index(target) < ORDER.index(origin)
        assert target in before.visited
    if found.change.move is Move.WITHDRAWN:
        assert ORDER.index(origin) < WORKS


@given(dossiers)
def test_works_begin_only_on_receipt_on_the_grant_or_in_an_emergency(before: Dossier) -> None:
    found = move_case(before, State.IN_WORKS, act(at=NINE + timedelta(days=60), reason="复工"))
    if isinstance(found, Refusal) or found.change.move is not Move.FORWARD:
        return
    if before.case.emergency and before.case.state not in (State.NOTIFIED, State.DECIDED):
        return
    for one in before.with_lines:
        rows = [row for row in before.decisions if row.utility in (None, one.utility)]
        assert one.verdict not in (None, Way.UNDETERMINED, Way.OUTSIDE)
        if one.verdict is not Way.EXEMPT:
            assert rows
            assert not any(
                row.outcome in (DecisionOutcome.REFUSED, DecisionOutcome.RETURNED) for row in rows
            )
        if one.verdict not in WITHOUT_APPROVAL:
            assert all(row.outcome is not None for row in rows)


@given(dossiers, states)
def test_what_a_department_takes_back_never_opens_a_step(before: Dossier, target: State) -> None:
    worse = replace(
        before,
        decisions=tuple(
            replace(row, outcome=None, received_at=None, notified_at=None)
            for row in before.decisions
        ),
    )
    lacked = {lack.condition for lack in missing_for(before, target)}
    assert lacked <= {lack.condition for lack in missing_for(worse, target)}


@given(dossiers, st.lists(st.tuples(states, reasons), max_size=12))
def test_history_tells_every_state_in_turn(
    first: Dossier, steps: list[tuple[State, str | None]]
) -> None:
    opened = open_case(first.case, act())
    now = replace(first, case=opened.case, changes=(opened.change,))
    for target, reason in steps:
        found = move_case(now, target, act(reason=reason))
        if isinstance(found, Moved):
            now = replace(now, case=found.case, changes=(*now.changes, found.change))
    for before, after in zip(now.changes, now.changes[1:], strict=False):
        assert after.from_state is before.to_state
    assert now.changes[-1].to_state is now.case.state


def test_every_state_can_be_reached_and_left() -> None:
    assert {target for _, target in TRANSITIONS} == set(State) - {State.INTENT}
    assert {origin for origin, _ in TRANSITIONS} == set(State) - {State.CLOSED}

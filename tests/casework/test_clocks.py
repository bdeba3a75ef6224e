"""The clocks of a case: when they start, run, stop in time, or are breached."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.wording import assumed_years_sentence, clock_sentence
from neixiang_survey_plugin.core.calendar.counting import Count, due_after
from neixiang_survey_plugin.core.calendar.office import Office, office_time
from neixiang_survey_plugin.core.casework.case import Case, ServiceKind, State, StateChange
from neixiang_survey_plugin.core.casework.clocks import ClockReading, ClockState, read_clocks
from neixiang_survey_plugin.core.casework.decision import DecisionOutcome
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.io.policy_file import read_policy
from tests.calendar.offices import moment, usual_office
from tests.casework.dossiers import NINE, decision, dossier, dossiers, moments, service

POLICY = read_policy(places.rules_folder() / "neixiang_2022.toml")
OFFICE = usual_office()
LATER = [ClockState.NOT_STARTED, ClockState.RUNNING, ClockState.BREACHED]


def at(text: str) -> datetime:
    """A moment by the office's clock, as records hold it."""
    return datetime.fromisoformat(text)


def readings(of: Dossier, now: str) -> dict[tuple[str, str], ClockReading]:
    found = read_clocks(of, POLICY, OFFICE, at(now))
    return {(one.clock.clock_id, one.count.value): one for one in found}


def received(way: Way, **facts: object) -> Dossier:
    """A gas line whose one department has had the papers since nine."""
    row = decision(received_at=NINE, **facts)
    return dossier(State.PACKET_ISSUED, service(verdict=way), decisions=(row,))


def test_joint_approval_runs_by_the_same_day_and_by_one_working_day() -> None:
    found = readings(received(Way.JOINT), "2026-09-16 17:00")
    assert found["same_day", "day_count"].due_at == moment("2026-09-16 18:00")
    assert found["one_working_day", "half_days"].due_at == moment("2026-09-17 12:00")
    assert found["one_working_day", "day_count"].due_at == moment("2026-09-17 18:00")
    assert found["same_day", "day_count"].left == timedelta(hours=1)
    assert ("at_once", "day_count") not in found


def test_approval_starts_when_the_last_department_has_the_papers() -> None:
    half = replace(
        received(Way.JOINT),
        decisions=(decision(received_at=NINE), decision(Matter.GREEN)),
    )
    states = {one.state for one in readings(half, "2026-09-16 17:00").values()}
    assert states == {ClockState.NOT_STARTED}
    later = decision(Matter.GREEN, received_at=at("2026-09-17 08:00"))
    both = replace(half, decisions=(half.decisions[0], later))
    found = readings(both, "2026-09-17 09:00")["same_day", "day_count"]
    assert found.started_at == moment("2026-09-17 08:00")


def test_approval_stops_with_the_last_decision() -> None:
    granted = {"outcome": DecisionOutcome.GRANTED, "decided_at": at("2026-09-17 10:00")}
    found = readings(received(Way.JOINT, **granted), "2026-10-30 09:00")
    same_day = found["same_day", "day_count"]
    assert (same_day.state, same_day.late) == (ClockState.BREACHED, timedelta(hours=16))
    assert found["one_working_day", "half_days"].state is ClockState.STOPPED
    open_yet = replace(
        received(Way.JOINT),
        decisions=(
            *received(Way.JOINT, **granted).decisions,
            decision(Matter.GREEN, received_at=NINE),
        ),
    )
    found = readings(open_yet, "2026-09-18 09:00")
    assert found["one_working_day", "day_count"].late == timedelta(hours=15)


def test_moment_at_which_a_promise_is_due_is_still_in_time() -> None:
    clock = readings(received(Way.JOINT), "2026-09-16 18:00")["same_day", "day_count"]
    assert (clock.state, clock.left) == (ClockState.RUNNING, timedelta())
    clock = readings(received(Way.JOINT), "2026-09-16 18:01")["same_day", "day_count"]
    assert (clock.state, clock.late) == (ClockState.BREACHED, timedelta(minutes=1))


def test_matter_that_does_not_arise_holds_no_clock_up() -> None:
    granted = {"outcome": DecisionOutcome.GRANTED, "decided_at": at("2026-09-16 10:00")}
    needless = decision(Matter.RIVER, outcome=DecisionOutcome.NOT_NEEDED, decided_at=NINE)
    before = received(Way.JOINT, **granted)
    before = replace(before, decisions=(*before.decisions, needless))
    clock = readings(before, "2026-09-16 11:00")["same_day", "day_count"]
    assert (clock.state, clock.stopped_at) == (ClockState.STOPPED, moment("2026-09-16 10:00"))


def test_commitment_has_its_own_clock_and_the_county_government_none() -> None:
    assert {one for one, _ in readings(received(Way.COMMITMENT), "2026-09-16 17:00")} == {
        "at_once",
        "access_half_day",
        "access_one_day",
    }
    assert {one for one, _ in readings(received(Way.JOINT_GOVERNMENT), "2026-09-16 17:00")} == {
        "access_half_day",
        "access_one_day",
    }


def test_stricter_way_brings_its_own_clock() -> None:
    chosen = service(verdict=Way.COMMITMENT, chosen_way=Way.JOINT)
    found = readings(replace(received(Way.JOINT), services=(chosen,)), "2026-09-16 17:00")
    assert ("same_day", "day_count") in found
    assert ("at_once", "day_count") not in found


@pytest.mark.parametrize(
    ("count", "due"), [("half_days", "2026-09-16 18:00"), ("office_hours", "2026-09-16 15:25")]
)
def test_access_is_due_half_a_working_day_after_the_agreed_time(count: str, due: str) -> None:
    case = Case(case_id="C1", agreed_access_at=NINE)
    found = readings(replace(dossier(), case=case), "2026-09-16 09:30")
    assert found["access_half_day", count].due_at == moment(due)
    assert found["access_half_day", count].state is ClockState.RUNNING


def test_clock_waits_for_the_agreed_time_and_knows_already_when_it_is_due() -> None:
    case = Case(case_id="C1", agreed_access_at=NINE)
    clock = readings(replace(dossier(), case=case), "2026-09-16 09:09")[
        "access_half_day", "half_days"
    ]
    assert (clock.state, clock.due_at) == (ClockState.NOT_STARTED, moment("2026-09-16 18:00"))
    assert clock_sentence(clock).endswith("未起算，2026-09-16 09:10 起算，应于 2026-09-16 18:00 前")


def test_access_before_the_agreed_time_is_in_time() -> None:
    case = Case(case_id="C1", agreed_access_at=NINE)
    early = dossier(State.IN_WORKS, service(access_done_at=NINE - timedelta(days=3)), case=case)
    assert {one.state for one in readings(early, "2026-12-01 09:00").values()} == {
        ClockState.STOPPED
    }


def test_renaming_has_access_clocks_and_none_on_approval() -> None:
    case = Case(case_id="C1", agreed_access_at=NINE)
    named = dossier(State.REGISTERED, service(service_kind=ServiceKind.RENAME), case=case)
    found = readings(named, "2026-09-16 09:30")
    assert {one for one, _ in found} == {"access_half_day", "access_one_day"}
    assert {one.state for one in found.values()} == {ClockState.RUNNING}


def test_emergency_papers_are_due_24_hours_after_the_dig() -> None:
    case = Case(case_id="C1", state=State.IN_WORKS, emergency=True)
    dug = StateChange(to_state=State.IN_WORKS, changed_at=at("2026-10-01 23:00"))
    rows = (decision(notified_at=NINE), decision(Matter.TRAFFIC_POLICE, notified_at=NINE))
    before = replace(dossier(), case=case, changes=(dug,), decisions=rows)
    clock = readings(before, "2026-10-02 22:00")["emergency_papers", "hours"]
    assert (clock.due_at, clock.left) == (moment("2026-10-02 23:00"), timedelta(hours=1))
    filed = tuple(replace(one, received_at=at("2026-10-02 23:30")) for one in rows)
    clock = readings(replace(before, decisions=filed), "2026-10-05 22:00")[
        "emergency_papers", "hours"
    ]
    assert (clock.state, clock.late) == (ClockState.BREACHED, timedelta(minutes=30))


def test_case_that_is_no_emergency_has_no_emergency_clock() -> None:
    assert ("emergency_papers", "hours") not in readings(dossier(), "2026-09-16 09:30")


def test_utility_with_two_services_is_connected_when_both_are() -> None:
    case = Case(case_id="C1", agreed_access_at=NINE)
    half = dossier(State.IN_WORKS, service(access_done_at=NINE), service(), case=case)
    found = read_clocks(half, POLICY, OFFICE, NINE)
    assert len([one for one in found if one.count is Count.OFFICE_HOURS]) == 1
    assert {one.state for one in found} == {ClockState.RUNNING}


def test_clock_of_an_office_without_hours_is_not_known() -> None:
    case = Case(case_id="C1", agreed_access_at=NINE)
    found = read_clocks(replace(dossier(), case=case), POLICY, Office(OFFICE.calendar), NINE)
    assert {one.state for one in found} == {ClockState.UNKNOWN}
    assert "办公时间" in clock_sentence(found[0])


def test_clock_over_a_year_that_nobody_knows_warns() -> None:
    case = Case(case_id="C1", agreed_access_at=at("2026-12-31 16:00"))
    found = read_clocks(replace(dossier(), case=case), POLICY, OFFICE, NINE)
    assert "2027 年的放假安排还不知道" in (assumed_years_sentence(found) or "")
    assert assumed_years_sentence(read_clocks(dossier(), POLICY, OFFICE, NINE)) is None


def test_clock_says_when_it_is_due_and_what_is_left() -> None:
    found = readings(received(Way.JOINT), "2026-09-16 09:40")
    assert clock_sentence(found["same_day", "day_count"]) == (
        "燃气 当日接、当日结（四(二) 当日，按日计）："
        "计时中，应于 2026-09-16 18:00 前，还剩 8小时20分"
    )


@given(dossiers, moments)
def test_clock_is_in_one_state_and_its_figures_agree(of: Dossier, now: datetime) -> None:
    for one in read_clocks(of, POLICY, OFFICE, now):
        to_come = one.started_at is None or office_time(now) < one.started_at
        if one.stopped_at is None:
            assert (one.state is ClockState.NOT_STARTED) == to_come
        assert (one.left is not None) == (one.state is ClockState.RUNNING)
        assert (one.late is not None) == (one.state is ClockState.BREACHED)
        if one.due_at is None:
            continue
        until = one.stopped_at or office_time(now)
        assert (until > one.due_at) == (one.state is ClockState.BREACHED)
        assert one.left is None or one.left == one.due_at - office_time(now)
        assert one.late is None or one.late == until - one.due_at > timedelta()
        assert (one.state is ClockState.STOPPED) <= (one.stopped_at is not None)


@given(dossiers, moments)
def test_due_is_what_the_calendar_says_of_the_start(of: Dossier, now: datetime) -> None:
    for one in read_clocks(of, POLICY, OFFICE, now):
        if one.started_at is not None:
            amount = one.clock.hours if one.count is Count.HOURS else one.clock.working_days
            due = due_after(one.started_at, amount or 0.0, one.count, OFFICE)
            assert due is not None
            assert one.due_at == due.at


@given(dossiers, moments, moments)
def test_time_only_starts_a_clock_and_breaches_it(
    of: Dossier, one: datetime, other: datetime
) -> None:
    first, last = sorted((one, other))
    before = read_clocks(of, POLICY, OFFICE, first)
    after = read_clocks(of, POLICY, OFFICE, last)
    assert len(before) == len(after)
    for then, now in zip(before, after, strict=True):
        assert then.due_at == now.due_at
        if then.state is not now.state:
            assert LATER.index(then.state) < LATER.index(now.state)

"""What a month came to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from neixiang_survey_plugin.app.agenda.month import (
    MonthReport,
    MonthSources,
    make_month_report,
    month_of,
)
from neixiang_survey_plugin.app.agenda.sections import section_report
from neixiang_survey_plugin.app.wording.month import month_sections
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.conflicts.conflict import ConflictKind
from neixiang_survey_plugin.core.conflicts.settlement import Settled, Settlement
from neixiang_survey_plugin.core.county import InspectionKind, Suspension
from neixiang_survey_plugin.core.obligations import PromiseKind
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.supervision.as_built import ClauseOutcome
from neixiang_survey_plugin.core.supervision.inspections import (
    Inspection,
    InspectionItem,
    Rectification,
)
from neixiang_survey_plugin.core.supervision.proposals import SupervisionRecord
from neixiang_survey_plugin.core.supervision.reopening import Opening
from neixiang_survey_plugin.core.supervision.suspensions import SuspensionRecord
from tests.calendar.offices import usual_office
from tests.casework.dossiers import NINE, decision, dossier, service
from tests.drawn import county

SEPTEMBER = month_of(date(2026, 9, 16))
NOW = datetime(2026, 10, 20, 9, 0)
LATE = dossier(
    State.PACKET_ISSUED,
    service("gas", verdict=Way.JOINT),
    decisions=(decision(received_at=NINE, utility="gas", decided_at=datetime(2026, 9, 17, 13)),),
)


def packet(way: Way, case_id: str, at: datetime, number: str = "") -> PacketIssued:
    return PacketIssued(number or case_id, case_id, "gas", way, issued_at=at)


SOURCES = MonthSources(
    county=county(suspensions=(Suspension("water", date(2026, 3, 1)),)),
    office=usual_office(),
    dossiers=[LATE],
    packets=[
        packet(Way.COMMITMENT, "C1", datetime(2026, 9, 1, 0, 0)),
        packet(Way.COMMITMENT, "C1", datetime(2026, 9, 30, 23, 59), "again"),
        packet(Way.JOINT, "C2", datetime(2026, 9, 5, 9)),
        packet(Way.COMMITMENT, "C3", datetime(2026, 8, 31, 23, 59)),
    ],
    openings=[
        Opening("R1", "示例路", ("a",), date(2026, 7, 1), date(2026, 7, 3), True),
        Opening("R1", "示例路", ("b",), date(2026, 9, 30), date(2026, 10, 3), False),
        Opening("R1", "示例路", ("c",), date(2026, 10, 9), date(2026, 10, 10), False),
    ],
    settlements=[
        Settlement("s", ConflictKind.HORIZONTAL, "r1", "pipelines", "P7", outcome=Settled.MOVED,
                   settled_by="张工", settled_on=date(2026, 9, 30)),
        Settlement("t", ConflictKind.COVER, "r1", "surfaces", "S1", settled_on=date(2026, 10, 1)),
    ],
    record=SupervisionRecord(
        inspections=[
            Inspection("i", "C1", "gas", "gas", "excavation", "城管局", InspectionKind.AFTER,
                       inspected_on=date(2026, 9, 10)),
            Inspection("j", "C1", inspected_on=date(2026, 10, 10)),
        ],
        items=[InspectionItem("x", "i", "r1", PromiseKind.LENGTH, ClauseOutcome.BROKEN)],
        rectifications=[
            Rectification("o", "i", "C1", "gas", "城管局", "修复", date(2026, 9, 10),
                          date(2026, 9, 15), done_on=date(2026, 9, 16)),
            Rectification("p", "i", "C1", "gas", "城管局", "清理", date(2026, 9, 10),
                          date(2026, 9, 15), done_on=date(2026, 9, 15)),
        ],
        suspensions=[
            SuspensionRecord("u", "gas", date(2026, 6, 10), "城管局", "x", date(2026, 6, 20)),
            SuspensionRecord("v", "power", date(2026, 9, 30), "城管局", "y"),
            SuspensionRecord("w", "heat", date(2026, 1, 1), "城管局", "z", date(2026, 1, 2)),
        ],
    ),
)  # fmt: skip


def report(sources: MonthSources = SOURCES, now: datetime = NOW) -> MonthReport:
    return make_month_report(sources, SEPTEMBER, now)


def figures(of: MonthReport) -> dict[str, int]:
    rows = section_report(month_sections(of, SOURCES.county)[0])
    return {row["figure"]: row["count"] for row in rows}


def test_the_figures_of_a_month() -> None:
    assert figures(report()) == {
        "commitments": 1,
        "joint": 1,
        "breaches": 1,
        "breaches_by_some_count": 1,
        "streets_opened_twice": 1,
        "conflicts_resolved": 1,
        "suspensions_imposed": 1,
        "suspensions_lifted": 1,
        "units_suspended_at_end": 2,
        "inspections": 1,
        "inspections_with_broken_promises": 1,
        "rectifications_overdue": 1,
    }


def test_a_month_has_its_first_and_last_day() -> None:
    assert (SEPTEMBER.first, SEPTEMBER.last) == (date(2026, 9, 1), date(2026, 9, 30))
    assert month_of(date(2028, 2, 3)).last == date(2028, 2, 29)
    assert datetime(2026, 9, 30, 23, 59) in SEPTEMBER
    assert date(2026, 10, 1) not in SEPTEMBER
    assert None not in SEPTEMBER


def test_a_packet_issued_again_counts_once_and_the_last_one() -> None:
    assert [one.uuid for one in report().packets] == ["again", "C2"]


def test_a_promise_that_one_way_of_counting_lets_pass_is_not_broken_for_certain() -> None:
    breaches = {one.reading.clock.clock_id: one for one in report().breaches}
    assert breaches["same_day"].certain
    # decided at one in the afternoon of the next day: two half-days were over at noon
    assert not breaches["one_working_day"].certain
    in_time = replace(
        LATE,
        decisions=(replace(LATE.decisions[0], decided_at=datetime(2026, 9, 16, 17)),),
    )
    assert report(replace(SOURCES, dossiers=[in_time])).breaches == ()


def test_a_street_counts_in_the_month_in_which_it_is_opened_again() -> None:
    (one,) = report().reopenings
    assert (one.before.route_ids, one.after.route_ids, one.days_between) == (("a",), ("b",), 89)


def test_the_tables_say_what_the_figures_are_made_of() -> None:
    parts = {one.key: section_report(one) for one in month_sections(report(), SOURCES.county)}
    (street,) = parts["streets_opened_twice"]
    assert (street["road"], street["before"], street["after"], street["built"]) == (
        "示例路",
        ["a"],
        ["b"],
        False,
    )
    (settled,) = parts["conflicts_resolved"]
    assert (settled["other"], settled["outcome"]) == ("P7", "moved")
    assert {one["unit"]: one["in_force_at_end"] for one in parts["suspensions"]} == {
        "water": True,
        "gas": False,
        "power": True,
    }
    (visit,) = parts["inspections"]
    assert (visit["broken"], visit["inspected_on"]) == (1, "2026-09-10")


@pytest.mark.parametrize("now", [datetime(2026, 9, 2), datetime(2026, 12, 1)])
def test_an_empty_survey_has_an_empty_month(now: datetime) -> None:
    nothing = MonthSources(county(), usual_office(), [], [], [], [], SupervisionRecord())
    assert not any(figures(report(nothing, now)).values())

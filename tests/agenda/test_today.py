"""What waits today: for everybody, for one unit, for one department."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.app.agenda.sections import Section, as_text, section_report
from neixiang_survey_plugin.app.agenda.today import (
    Agenda,
    AgendaSources,
    closed_cases,
    lines_to_judge,
    make_agenda,
    of_department,
    of_unit,
)
from neixiang_survey_plugin.app.wording.agenda import agenda_sections
from neixiang_survey_plugin.core.casework.case import State
from neixiang_survey_plugin.core.casework.decision import PacketIssued
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import JointSurvey, Participant
from neixiang_survey_plugin.core.county import (
    Department,
    InspectionKind,
    PlannedInspection,
    PlanStart,
)
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.supervision.inspections import Rectification
from neixiang_survey_plugin.core.supervision.packets import Changed, Outdated
from neixiang_survey_plugin.core.supervision.promises import Promise
from neixiang_survey_plugin.core.supervision.proposals import SupervisionRecord
from tests.calendar.offices import usual_office
from tests.casework.dossiers import NINE, decision, dossier, dossiers, service
from tests.drawn import check, county, road, route

NOW = datetime(2026, 9, 16, 17, 0)
PLACE = county(
    [road((40, -50, 55.001, 50))],
    roads_accuracy_m=0.1,
    departments={
        "excavation": Department("excavation", "城管局"),
        "green": Department("green", "园林中心"),
    },
    supervision=(
        PlannedInspection("excavation", InspectionKind.AFTER, PlanStart.WORKS_TO, 5, "恢复路面"),
    ),
)
GAS = route("0 0, 100 0", "r1", "gas", case_id="C1")
WATER = route("0 90, 30 90", "r2", case_id="C1")
WAITING = dossier(
    State.PACKET_ISSUED,
    service("gas", verdict=Way.JOINT),
    decisions=(decision(received_at=NINE, utility="gas", department="城管局"),),
    surveys=(JointSurvey("s", "C1", surveyed_at=NINE),),
    participants=(Participant("p", "s", "示例water"), Participant("q", "s", "园林中心")),
)
PROMISE = Promise(case_id="C1", route_id="r1", utility="gas", unit="gas", roads="R1",
                  works_to=date(2026, 9, 10), promised_on=date(2026, 9, 1))  # fmt: skip
ORDER = Rectification("o", "i", "C1", "gas", "城管局", "修复", date(2026, 9, 1), date(2026, 9, 5))
OLD = Outdated(PacketIssued("k", "C1", "gas", issued_at=NINE), (Changed.ROUTES,))


def sources(of: Dossier = WAITING, *lines: Route) -> AgendaSources:
    routes = lines or (GAS, WATER)
    return AgendaSources(
        county=PLACE,
        office=usual_office(),
        dossiers=[of],
        closed=closed_cases([of.case]),
        routes=routes,
        check=check(PLACE, *routes),
        promises=[PROMISE],
        record=SupervisionRecord(rectifications=[ORDER]),
        outdated=[OLD],
    )


def agenda(of: Dossier = WAITING) -> Agenda:
    return make_agenda(sources(of), NOW)


def counts(one: Agenda) -> dict[str, int]:
    return {section.key: len(section.rows) for section in agenda_sections(one, PLACE)}


EVERYTHING = {
    "due": 3,
    "opinions": 2,
    "decisions": 1,
    "to_tape": 1,
    "inspections": 1,
    "rectifications": 1,
    "outdated": 1,
    "proposals": 0,
}
NOTHING = dict.fromkeys(EVERYTHING, 0)


def test_everything_that_waits_is_listed() -> None:
    assert counts(agenda()) == EVERYTHING


def test_a_unit_sees_what_waits_for_it() -> None:
    own = counts(of_unit(agenda(), PLACE, "gas"))
    assert own == {**EVERYTHING, "opinions": 0, "inspections": 0}
    assert counts(of_unit(agenda(), PLACE, "water")) == {**NOTHING, "opinions": 1}


def test_a_department_sees_what_waits_for_it() -> None:
    city = counts(of_department(agenda(), PLACE, "excavation"))
    assert city == {
        **NOTHING,
        "due": 3,
        "decisions": 1,
        "inspections": 1,
        "rectifications": 1,
    }
    assert counts(of_department(agenda(), PLACE, "green")) == {**NOTHING, "opinions": 1}


def test_nothing_waits_of_a_case_that_is_closed() -> None:
    closed = replace(WAITING, case=replace(WAITING.case, state=State.CLOSED))
    left = make_agenda(replace(sources(closed), check=check(PLACE)), NOW)
    assert counts(left) == {**NOTHING, "rectifications": 1}  # what was ordered has to be done


def test_lines_are_judged_until_they_are_closed_or_went_out_with_nothing_to_tape() -> None:
    sent = replace(WAITING, packets=(PacketIssued("k", "C1", "gas"),))

    def judged(of: Dossier, *routes: Route, outdated: tuple[Outdated, ...] = ()) -> list[Route]:
        closed = closed_cases([of.case])
        return lines_to_judge([of], closed, outdated, routes, PLACE.policy.no_split)

    free = route("0 0, 9 0", "r9", "gas")
    assert judged(sent, GAS, WATER, free) == [GAS, WATER, free]  # water waits, gas counts with it
    assert judged(sent, GAS, free) == [free]
    assert judged(sent, GAS, outdated=(OLD,)) == [GAS]  # has to go out again
    taped_never = replace(sent, services=(service("gas", verdict=Way.JOINT, borderline=True),))
    assert judged(taped_never, GAS) == [GAS]
    closed = replace(WAITING, case=replace(WAITING.case, state=State.CLOSED))
    assert judged(closed, GAS, free) == [free]
    beside = replace(GAS, site_id="s"), route("0 0, 9 0", "r9", "gas", case_id="C2", site_id="s")
    assert judged(closed, *beside) == list(beside)  # judged as one


def test_what_is_borderline_names_what_has_to_be_taped_once_for_all_its_lines() -> None:
    other = route("0 20, 5 20", "r3", "gas", case_id="C1")
    (one,) = make_agenda(sources(WAITING, GAS, other, WATER), NOW).to_tape
    assert one.objects == ("r1@R1",)
    assert one.finding.rule == "crossing_length"


def test_the_rows_say_the_same_to_people_and_to_programs() -> None:
    parts = {one.key: one for one in agenda_sections(agenda(), PLACE)}
    (tape,) = section_report(parts["to_tape"])
    assert (tape["rule"], tape["measured"]) == ("crossing_length", pytest.approx(15.001))
    assert tape["objects"] == ["r1@R1"]
    (row,) = parts["to_tape"].rows
    assert [as_text(cell) for cell in row][2:4] == ["穿越城市道路不超过15米", "15.001 m ±0.20"]
    (late,) = section_report(parts["rectifications"])
    assert (late["due_on"], late["overdue"]) == ("2026-09-05", True)
    (due, *_) = section_report(parts["due"])
    assert due["due_at"] == "2026-09-16T18:00:00"


@settings(max_examples=40, deadline=None)
@given(dossiers, st.sampled_from([one.unit_id for one in PLACE.units]))
def test_what_a_unit_sees_is_part_of_the_whole(of: Dossier, unit: str) -> None:
    whole = make_agenda(replace(sources(of), check=check(PLACE, GAS, WATER)), NOW)
    own = of_unit(whole, PLACE, unit)
    for field in ("due", "opinions", "decisions", "to_tape", "rectifications", "outdated"):
        assert set(map(id, getattr(own, field))) <= set(map(id, getattr(whole, field)))
    for matter in PLACE.departments:
        asked = of_department(whole, PLACE, matter)
        assert set(map(id, asked.due)) <= set(map(id, whole.due))
        assert all(one.decision.received_at is not None for one in asked.decisions)


def test_a_section_without_rows_has_its_columns_all_the_same() -> None:
    (empty,) = [one for one in agenda_sections(agenda(), PLACE) if one.key == "proposals"]
    assert isinstance(empty, Section)
    assert empty.headings == ("单位", "建议", "依据")
    assert section_report(empty) == []


def test_matters_of_a_decision_are_words() -> None:
    parts = {one.key: one for one in agenda_sections(agenda(), PLACE)}
    (row,) = section_report(parts["decisions"])
    assert row["matter"] == Matter.EXCAVATION.value

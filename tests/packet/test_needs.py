"""One rule for what may be issued: what is missing stands in the way, in whichever host."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from neixiang_survey_plugin.app.casework.issuing import may_be_issued
from neixiang_survey_plugin.app.packet_fields import LINE_FIELDS, UNIT_FIELDS, Holder, MissingField
from neixiang_survey_plugin.app.packet_needs import Needs, needs_of, unregistered
from neixiang_survey_plugin.app.wording.packet_needs import field_words, incomplete_sentences
from neixiang_survey_plugin.core.casework.case import Case, Service, State
from neixiang_survey_plugin.core.casework.conditions import Condition
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.site import JointSurvey, Opinion, OpinionKind
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.measuring.measures import Unknown
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.core.routes import Route
from tests import packet_cases as cases

UNITS = cases.FACTS["units"]
WHERE = cases.county()
ARTERIAL = replace(cases.COMMITTED, route_id="w9", line=cases.ARTERIAL.line, case_id="c2")
JOINT = Dossier(
    Case(
        case_id="c2",
        applicant_name="示例食品有限公司",
        project_name="二期",
        lead_unit="u1",
        first_received_by="示例窗口",
        received_at=datetime(2026, 11, 20, 9, 0),
        state=State.JUDGED,
    ),
    services=(Service(case_id="c2", utility="water"),),
    surveys=(JointSurvey("s1", "c2"),),
    opinions=(Opinion("o1", "s1", "示例供水公司", OpinionKind.AGREE),),
)


def needs(
    *routes: Route,
    where: County = WHERE,
    dossier: Dossier | None = None,
    conflicts: Any = (),
) -> Needs:
    """What the case of the first line lacks."""
    (case, *_) = cases.checked(*routes, where=where).cases
    on_record = dossier or unregistered(case.case_id or "", case.routes)
    return needs_of(case.routes, conflicts, on_record, where)


def test_a_case_that_has_everything_may_be_issued() -> None:
    found = needs(cases.COMMITTED)
    assert found == Needs()
    assert may_be_issued(found, unregistered("c1", ()))
    assert needs(ARTERIAL, dossier=JOINT) == Needs()


@pytest.mark.parametrize("name", [*LINE_FIELDS, "trench_width_m"])
def test_every_field_of_a_line_that_the_forms_print_is_asked_for(name: str) -> None:
    bare = replace(cases.COMMITTED, **{name: None})
    (field,) = needs(bare).fields
    assert field == MissingField(Holder.LINE, "w1", name)
    assert field_words(field) in " ".join(incomplete_sentences(needs(bare), JOINT))


def test_a_line_that_is_bored_from_end_to_end_has_no_trench() -> None:
    bored = replace(
        cases.COMMITTED,
        trench_width_m=None,
        trenchless=(replace(cases.PROTECTED.trenchless[0], from_m=0.0, to_m=50.0),),
        pit_length_m=2.0,
        pit_width_m=1.5,
    )
    assert needs(bored).fields == ()


@pytest.mark.parametrize("name", [*UNIT_FIELDS, "reinstatement"])
def test_every_field_of_a_unit_is_asked_for(name: str) -> None:
    units = (replace(UNITS[0], **{name: None}),)
    found = needs(cases.COMMITTED, where=cases.county(units=units))
    assert found.fields == (MissingField(Holder.UNIT, "u1", name),)
    (sentence,) = incomplete_sentences(found, JOINT)
    assert f"county unit --unit u1 --set {name}=" in sentence


def test_a_unit_that_the_county_does_not_list_is_named() -> None:
    found = needs(replace(cases.COMMITTED, unit="u9"))
    assert found.fields == (MissingField(Holder.UNIT, "u9", "unit_id"),)


def test_who_applied_and_for_what_is_asked_for() -> None:
    found = needs(replace(cases.COMMITTED, site_id=None))
    assert {one.name for one in found.fields} == {"applicant_name", "project_name"}


@pytest.mark.parametrize("name", ["lead_unit", "first_received_by", "received_at"])
def test_a_joint_application_says_who_leads_it_and_who_received_it_when(name: str) -> None:
    dossier = replace(JOINT, case=replace(JOINT.case, **{name: None}))
    assert needs(ARTERIAL, dossier=dossier).fields == (MissingField(Holder.CASE, "c2", name),)


def test_a_matter_without_a_department_cannot_be_addressed() -> None:
    where = cases.county(units=UNITS, departments={})
    found = needs(ARTERIAL, where=where, dossier=JOINT).fields
    assert {one.owner for one in found} == {"planning", "excavation"}
    assert {one.holder for one in found} == {Holder.DEPARTMENT}
    beside = replace(ARTERIAL, route_id="w10")
    assert needs(ARTERIAL, beside, where=where, dossier=JOINT).fields == found


def test_an_undetermined_verdict_stands_in_the_way_with_the_facts_it_waits_for() -> None:
    found = needs(cases.UNDETERMINED)
    assert Unknown.ROAD_CLASS_MISSING in {reason.unknown for _, reason in found.facts}
    assert found.lacks[0].condition is Condition.WAYS_DECIDED
    said = " ".join(incomplete_sentences(found, unregistered("c3", ())))
    assert "缺道路等级" in said
    assert "fact add" in said


def test_what_is_unknown_where_the_way_is_decided_all_the_same_is_no_obstacle() -> None:
    both = replace(cases.COMMITTED, line=cases.drawn.drawn("170 0, 365 0"))  # a protected road
    (case,) = cases.checked(both, where=WHERE).cases
    (result,) = case.routes
    assert result.verdict.way is Way.JOINT_GOVERNMENT
    assert any(finding.reasons for finding in result.verdict.findings)
    assert needs(both).facts == ()


def test_a_borderline_figure_that_nobody_taped_stands_in_the_way() -> None:
    where = replace(cases.NEARLY_15_M, units=UNITS)
    line = replace(cases.COMMITTED, line=cases.BORDERLINE.line)
    found = needs(line, where=where)
    assert [finding.rule for finding in found.borderline] == ["crossing_length"]
    assert not may_be_issued(found, unregistered("c1", ()))


def test_nobody_having_looked_for_conflicts_stands_in_the_way() -> None:
    found = needs(cases.COMMITTED, conflicts=None)
    assert [one.condition for one in found.lacks] == [Condition.NO_OPEN_FAILURE]


def test_a_reading_that_decides_is_decided_by_somebody() -> None:
    # along the road for 30 m: 0 m are across, 30 m inside
    along = replace(cases.COMMITTED, line=cases.drawn.drawn("85 0, 85 30"))
    (case,) = cases.checked(along, where=WHERE).cases
    assert case.routes[0].verdict.reading_decides
    assert Condition.READING_DECIDED in {one.condition for one in needs(along).lacks}
    decided = unregistered("c1", case.routes)
    who = replace(decided.services[0], reading_decided_by="示例钱科")
    assert needs(along, dossier=replace(decided, services=(who,))).lacks == ()


def test_a_joint_approval_waits_for_its_survey_and_what_was_said_there() -> None:
    unheld = replace(JOINT, surveys=())
    assert [one.condition for one in needs(ARTERIAL, dossier=unheld).lacks] == [
        Condition.SURVEYED_TOGETHER
    ]
    against = (Opinion("o1", "s1", "示例公安局", OpinionKind.DISAGREE),)
    found = needs(ARTERIAL, dossier=replace(JOINT, opinions=against))
    assert [one.condition for one in found.lacks] == [Condition.NOBODY_DISAGREES]


def test_a_case_whose_works_have_begun_has_its_packet_already() -> None:
    begun = replace(JOINT, case=replace(JOINT.case, state=State.IN_WORKS))
    assert may_be_issued(Needs(), JOINT)
    assert not may_be_issued(Needs(), begun)

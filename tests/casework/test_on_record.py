"""What is put on record of a case in a survey file: opening, deciding, opinions, recording."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from neixiang_survey_plugin.app.casework.advancing import advance
from neixiang_survey_plugin.app.casework.deciding import decide, give_opinion
from neixiang_survey_plugin.app.casework.dossiers import read_dossier, read_dossiers
from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.casework.opening import open_cases
from neixiang_survey_plugin.app.casework.recording import Step, SurveySheet
from neixiang_survey_plugin.app.survey_store import SurveyStore
from neixiang_survey_plugin.core.casework.case import Case, Service, ServiceKind, State
from neixiang_survey_plugin.core.casework.decision import Decision, DecisionOutcome
from neixiang_survey_plugin.core.casework.site import (
    JointSurvey,
    Opinion,
    OpinionKind,
    Participant,
)
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.survey.opening import open_survey
from neixiang_survey_plugin.io.survey.reading import reading_survey
from tests.casework.dossiers import NINE, act, service
from tests.io.saying import only, problems_of
from tests.survey.lines import new_survey, route

DATA = Path(__file__).parents[2] / "data"
TEN = datetime(2026, 9, 16, 10, 0)


@pytest.fixture(scope="module")
def county() -> County:
    return load_county(DATA, ())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SurveyStore]:
    store = open_survey(new_survey(tmp_path), "甲")
    yield store
    store.close()


def application(case_id: str = "C1", *services: Service, **facts: object) -> Application:
    """A gas line that was applied for at nine, unless the facts say otherwise."""
    usual = Case(case_id=case_id, applicant_name="示例公司", received_at=NINE, received_by="窗口")
    case = replace(usual, **facts)  # type: ignore[arg-type]  # facts are fields of a case
    return Application(case, services or (service(),))


def opened(store: SurveyStore, county: County, *applications: Application) -> tuple[str, ...]:
    return open_cases(store, applications or (application(),), act(), county)


def said(matter: Matter | None, **facts: object) -> Decision:
    """What a department says of a matter, of every matter where none is named."""
    return replace(Decision(matter=matter), **facts)  # type: ignore[arg-type]  # its fields


def test_what_was_opened_is_read_back_alone_among_all_and_without_opening_the_file(
    store: SurveyStore, county: County, tmp_path: Path
) -> None:
    opened(store, county, application("C1"), application("C2", service("water")))
    store.edit([replace(route("r1"), case_id="C2", utility="water")])
    alone = [read_dossier(store, case_id) for case_id in ("C1", "C2")]
    assert list(read_dossiers(store)) == alone
    lines = store.routes().routes
    with patch.object(type(store), "routes", side_effect=AssertionError("they are known")):
        assert list(read_dossiers(store, lines=lines)) == alone
        assert read_dossier(store, "C2", lines) == alone[1]
    assert alone[1].routes == {"water": ("r1",)}
    assert [one.state for one in (dossier.case for dossier in alone)] == [State.REGISTERED] * 2
    with reading_survey(tmp_path / "a.survey.gpkg") as reading:
        assert list(read_dossiers(reading)) == alone


def test_case_gets_the_next_number_of_its_year(store: SurveyStore, county: County) -> None:
    none = application("")
    assert opened(store, county, none, none) == ("2026-0001", "2026-0002")
    opened(store, county, application("2026-0041"))
    assert opened(store, county, none) == ("2026-0042",)


def test_all_applications_are_opened_or_none(store: SurveyStore, county: County) -> None:
    bad = application("C1", service(unit="water"), lead_unit="nobody")
    problems = problems_of(lambda: opened(store, county, application("C1"), bad))
    only(problems, "C1", "已经有了")
    problems = problems_of(
        lambda: opened(
            store, county, application("C2"), replace(bad, case=replace(bad.case, case_id="C3"))
        )
    )
    assert len(problems) == 2
    assert store.records(Case) == ()


def test_lead_is_the_unit_that_received_it_first_or_else_that_of_the_first_service(
    store: SurveyStore, county: County
) -> None:
    by_name = application("C1", service(), first_received_by="示例供水公司")
    by_id = application("C2", service(), first_received_by="telecom_b")
    window = application("C3", service("water"), service())
    given = application("C4", service(), lead_unit="heat")
    opened(store, county, by_name, by_id, window, given)
    leads = [one.case.lead_unit for one in read_dossiers(store)]
    assert leads == ["water", "telecom_b", "water", "heat"]


def test_unit_is_the_only_one_of_its_utility_or_the_lead(
    store: SurveyStore, county: County
) -> None:
    two = application("C1", service("telecom"), service("gas"), first_received_by="telecom_b")
    open_yet = application("C2", service("power"))
    opened(store, county, two, open_yet)
    first, second = read_dossiers(store)
    assert [one.unit for one in first.services] == ["telecom_b", "gas"]
    assert [one.unit for one in second.services] == [None]


def test_word_on_a_matter_without_a_row_makes_one_with_the_countys_department(
    store: SurveyStore, county: County
) -> None:
    opened(store, county)
    (row,) = decide(store, "C1", said(Matter.EXCAVATION, notified_at=NINE), county).decisions
    assert (row.department, row.utility, row.notified_at) == ("示例城市管理局", None, NINE)
    (row,) = decide(store, "C1", said(Matter.EXCAVATION, received_at=TEN), county).decisions
    assert (row.notified_at, row.received_at) == (NINE, TEN)


def test_word_on_every_matter_needs_some(store: SurveyStore, county: County) -> None:
    opened(store, county)
    only(problems_of(lambda: decide(store, "C1", said(None, received_at=TEN), county)), "先出资料")
    stranger = said(Matter.GREEN, utility="heat", received_at=TEN)
    only(problems_of(lambda: decide(store, "C1", stranger, county)), "没有申请热力")


def test_word_speaks_of_the_lines_that_it_names(store: SurveyStore, county: County) -> None:
    opened(store, county)
    rows = [
        Decision(case_id="C1", utility=utility, matter=Matter.GREEN, department="园林")
        for utility in ("gas", "water")
    ]
    store.keep(rows, what="test")
    after = decide(store, "C1", said(Matter.GREEN, utility="gas", received_at=TEN), county)
    assert [one.received_at for one in after.decisions] == [TEN, None]
    after = decide(store, "C1", said(Matter.GREEN, received_at=NINE), county)
    assert [one.received_at for one in after.decisions] == [NINE, NINE]


def test_moments_of_a_decision_follow_each_other(store: SurveyStore, county: County) -> None:
    opened(store, county)
    word = said(Matter.GREEN, notified_at=TEN, received_at=NINE)
    only(problems_of(lambda: decide(store, "C1", word, county)), "收到时间", "早于告知时间")
    assert read_dossier(store, "C1").decisions == ()


def test_papers_that_were_sent_back_are_open_again_when_they_come_in(
    store: SurveyStore, county: County
) -> None:
    opened(store, county)
    back = said(
        Matter.GREEN,
        received_at=NINE,
        outcome=DecisionOutcome.RETURNED,
        decided_at=TEN,
        conditions="缺平面图",
    )
    silent = replace(back, conditions=None)
    only(problems_of(lambda: decide(store, "C1", silent, county)), "写明理由")
    (row,) = decide(store, "C1", back, county).decisions
    assert row.is_turned_down
    later = datetime(2026, 9, 17, 9, 0)
    (row,) = decide(store, "C1", said(Matter.GREEN, received_at=later), county).decisions
    assert (row.outcome, row.decided_at, row.received_at) == (None, None, later)


def sheet() -> SurveySheet:
    return SurveySheet(
        JointSurvey(surveyed_at=NINE),
        (Participant(unit="gas", person="李工"), Participant(unit="园林", person="赵科")),
        (Opinion(unit="gas", opinion=OpinionKind.AGREE, given_at=NINE),),
    )


def test_opinion_comes_from_whom_was_there_and_the_last_word_counts(
    store: SurveyStore, county: County
) -> None:
    opened(store, county)

    def says(unit: str, opinion: OpinionKind, **facts: str) -> object:
        return give_opinion(store, "C1", unit, opinion, given_by="赵科", given_at=TEN, **facts)

    only(problems_of(lambda: says("园林", OpinionKind.AGREE)), "还没有联合踏勘记录")
    dossier = advance(store, "C1", Step(State.SURVEYED, act(), sheet=sheet()), county).dossier
    assert dossier.waiting_for_opinions == ("园林",)
    only(problems_of(lambda: says("heat", OpinionKind.AGREE)), "没有参加踏勘")
    only(problems_of(lambda: says("园林", OpinionKind.DISAGREE)), "理由")
    only(problems_of(lambda: says("园林", OpinionKind.AGREE_WITH_CONDITIONS)), "条件")
    says("园林", OpinionKind.DISAGREE, reason="压占古树")
    assert read_dossier(store, "C1").disagreeing == ("园林",)
    says("园林", OpinionKind.AGREE_WITH_CONDITIONS, conditions="避让 3 m")
    dossier = read_dossier(store, "C1")
    assert (dossier.disagreeing, dossier.waiting_for_opinions) == ((), ())


def test_pictures_go_on_record_with_the_survey(store: SurveyStore, county: County) -> None:
    opened(store, county)
    with_picture = replace(sheet(), photos=(Photo(file_name="a.jpg", image=b"picture"),))
    advance(store, "C1", Step(None, act(), sheet=with_picture), county)
    (survey,) = read_dossier(store, "C1").surveys
    (photo,) = store.records(Photo, survey_uuid=survey.uuid)
    assert (photo.case_id, photo.image) == ("C1", b"picture")


def test_facts_that_come_later_are_recorded_without_a_move(
    store: SurveyStore, county: County
) -> None:
    opened(store, county)
    later = Application(Case(agreed_access_at=TEN), (Service(utility="gas", gas_m3_h=12.0),))
    advanced = advance(store, "C1", Step(None, act(), facts=later), county)
    assert advanced.change is None
    assert advanced.dossier.case.agreed_access_at == TEN
    assert advanced.dossier.case.applicant_name == "示例公司"
    (gas,) = advanced.dossier.services
    assert (gas.gas_m3_h, gas.service_kind, gas.unit) == (12.0, ServiceKind.NEW, "gas")
    assert len(advanced.dossier.changes) == 1
    only(problems_of(lambda: advance(store, "C1", Step(None, act()), county)), "没有新的内容")


def test_application_that_comes_in_later_takes_nothing_back(
    store: SurveyStore, county: County
) -> None:
    intent = Case(case_id="C1", applicant_name="示例公司", emergency=True, parcel_number="NX-1")
    open_cases(store, [Application(intent, (service(),))], act(), county)
    opened(store, county, application("C1", service(gas_m3_h=3.0)))
    dossier = read_dossier(store, "C1")
    case, (gas,) = dossier.case, dossier.services
    assert (case.emergency, case.parcel_number, case.received_at) == (True, "NX-1", NINE)
    assert (case.state, gas.gas_m3_h) == (State.REGISTERED, 3.0)


def test_service_that_was_forgotten_is_asked_for_with_its_kind(
    store: SurveyStore, county: County
) -> None:
    opened(store, county)
    without = Application(Case(), (Service(utility="heat", heated_area_m2=900.0),))
    step = Step(None, act(), facts=without)
    only(problems_of(lambda: advance(store, "C1", step, county)), "没有申请热力", "heat=new")
    heat = Service(utility="heat", service_kind=ServiceKind.NEW)
    step = Step(None, act(), facts=Application(Case(), (heat,)))
    services = advance(store, "C1", step, county).dossier.services
    assert [one.utility for one in services] == ["gas", "heat"]


def test_identifier_of_a_case_stays(store: SurveyStore, county: County) -> None:
    opened(store, county)
    step = Step(None, act(), facts=Application(Case(case_id="C9"), ()))
    only(problems_of(lambda: advance(store, "C1", step, county)), "案件编号", "不能改")


def test_refused_move_changes_nothing(store: SurveyStore, county: County) -> None:
    opened(store, county)
    before = read_dossier(store, "C1")
    step = Step(State.ROUTED, act(), sheet=sheet())
    only(problems_of(lambda: advance(store, "C1", step, county)), "先画线")
    assert read_dossier(store, "C1") == before


def test_case_that_is_not_there_is_named_with_one_that_is_like_it(
    store: SurveyStore, county: County
) -> None:
    opened(store, county, application("2026-0041"))
    only(problems_of(lambda: read_dossier(store, "2026-0014")), "2026-0014", "是不是 2026-0041")

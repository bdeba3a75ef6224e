"""What is done with the cases of an open survey: each verb is one step that can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.case_book import CaseBook
from neixiang_survey_plugin.app.casework.desk import CaseDesk
from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.casework.listing import Wanted
from neixiang_survey_plugin.app.casework.page import judgement_now, next_steps, service_standings
from neixiang_survey_plugin.app.casework.recording import Step, SurveySheet
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.casework.case import Case, Service, ServiceKind, State
from neixiang_survey_plugin.core.casework.conditions import Condition
from neixiang_survey_plugin.core.casework.decision import Decision
from neixiang_survey_plugin.core.casework.site import (
    JointSurvey,
    Opinion,
    OpinionKind,
    Participant,
)
from neixiang_survey_plugin.core.casework.transitions import Act
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.judging.approvals import Matter
from neixiang_survey_plugin.core.photos import Photo
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.io.office import load_office
from tests.drawn import route
from tests.session.opened import opened

NINE = datetime(2026, 11, 23, 9, 0)
TEN = datetime(2026, 11, 23, 10, 0)
ACT = Act("张工", TEN)
SHEET = SurveySheet(
    JointSurvey(surveyed_at=NINE),
    (Participant(unit="water"), Participant(unit="城管局")),
    (Opinion(unit="water", opinion=OpinionKind.AGREE),),
    (Photo(file_name="a.jpg", image=b"\xff"),),
)


def application(case_id: str = "C1", *utilities: str) -> Application:
    services = (Service(utility=one, service_kind=ServiceKind.NEW) for one in utilities)
    case = Case(case_id=case_id, applicant_name="示例公司", received_at=NINE)
    return Application(case, tuple(services))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def desk(session: Session) -> CaseDesk:
    book = CaseBook(session, load_office(places.sample_county(), ["08:00-12:00", "14:30-18:00"]))
    session.listen(book.follow)
    found = CaseDesk(session, book)
    found.register(application("C1", "water"), "张工", NINE)
    return found


def state(desk: CaseDesk) -> State | None:
    return desk.book.case("C1").state


def test_a_case_is_registered_in_one_step_and_undone_and_done_again(
    session: Session, desk: CaseDesk
) -> None:
    step = session.undo()
    assert step is not None
    assert step.what == "case"
    assert desk.book.ids() == ()
    session.redo()
    assert state(desk) is State.REGISTERED
    assert desk.book.case("C1").services == ("water",)


def test_a_joint_survey_moves_a_case_that_waits_for_one_and_undo_takes_all_of_it(
    session: Session, desk: CaseDesk
) -> None:
    desk.hold_survey("C1", SHEET, ACT)
    assert state(desk) is State.SURVEYED
    assert len(session.store.records(Photo, case_id="C1")) == 1
    dossier = desk.book.case("C1").dossier
    assert dossier is not None
    assert dossier.waiting_for_opinions == ("城管局",)
    session.undo()
    assert state(desk) is State.REGISTERED
    assert session.store.records(Photo) == ()
    assert session.store.records(Participant) == ()


def test_a_second_survey_is_kept_and_the_case_stays_where_it_is(desk: CaseDesk) -> None:
    desk.hold_survey("C1", SHEET, ACT)
    desk.hold_survey("C1", SHEET, ACT)
    dossier = desk.book.case("C1").dossier
    assert dossier is not None
    assert (len(dossier.surveys), state(desk)) == (2, State.SURVEYED)


def test_judging_rests_on_the_lines_as_they_are_now(session: Session, desk: CaseDesk) -> None:
    with pytest.raises(SurveyError):
        desk.advance("C1", Step(State.ROUTED, ACT))
    session.put(route("0 0, 100 0", "w", "water", case_id="C1"), what="draw")
    desk.advance("C1", Step(State.ROUTED, ACT))
    desk.advance("C1", Step(State.JUDGED, ACT))
    dossier = desk.book.case("C1").dossier
    assert dossier is not None
    assert dossier.services[0].verdict is session.results["w"].verdict.way
    session.undo()
    assert state(desk) is State.ROUTED


def test_what_blocks_the_next_step_is_told_and_what_the_step_does_itself_is_not(
    session: Session, desk: CaseDesk
) -> None:
    session.put(route("0 0, 100 0", "w", "water", case_id="C1"), what="draw")
    desk.advance("C1", Step(State.ROUTED, ACT))
    case = desk.book.case("C1")
    assert case.dossier is not None
    (judging,) = next_steps(case.dossier, judgement_now(case, session), TEN)
    assert (judging.state, judging.is_open) == (State.JUDGED, True)
    desk.advance("C1", Step(State.JUDGED, ACT))
    desk.hold_survey("C1", SHEET, ACT)
    case = desk.book.case("C1")
    assert case.dossier is not None
    (issuing,) = next_steps(case.dossier, judgement_now(case, session), TEN)
    kinds = {one.condition for one in issuing.lacks}
    assert Condition.OPINIONS_GIVEN in kinds
    assert Condition.PACKETS_ISSUED not in kinds  # the step writes it
    assert Condition.NO_OPEN_FAILURE not in kinds  # looked for, and there are none


def test_a_word_of_a_department_and_of_a_unit_are_steps_of_their_own(
    session: Session, desk: CaseDesk
) -> None:
    desk.decide("C1", Decision(matter=Matter.EXCAVATION, notified_at=TEN))
    desk.hold_survey("C1", SHEET, ACT)
    said = Opinion(unit="城管局", opinion=OpinionKind.DISAGREE, given_by="赵科", given_at=TEN)
    with pytest.raises(SurveyError, match="理由"):
        desk.give_opinion("C1", said)
    desk.give_opinion(
        "C1", Opinion(None, None, "城管局", OpinionKind.DISAGREE, None, "过窄", "赵科", TEN)
    )
    dossier = desk.book.case("C1").dossier
    assert dossier is not None
    assert dossier.disagreeing == ("城管局",)
    session.undo()
    dossier = desk.book.case("C1").dossier
    assert dossier is not None
    assert dossier.disagreeing == ()
    assert len(dossier.decisions) == 1


def test_the_five_rows_show_the_line_the_verdict_and_what_the_unit_said(
    session: Session, desk: CaseDesk
) -> None:
    session.put(route("0 0, 100 0", "w", "water", case_id="C1", unit="water"), what="draw")
    desk.hold_survey("C1", SHEET, ACT)
    (row,) = service_standings(desk.book.case("C1"), session.county)
    assert row.result is session.results["w"]
    assert row.opinion is not None
    assert row.opinion.opinion is OpinionKind.AGREE
    assert row.permission is not None
    assert not row.permission.may_start


def test_cases_are_found_by_unit_state_way_and_every_word(session: Session, desk: CaseDesk) -> None:
    desk.register(application("C2", "gas"), "张工", NINE)
    session.put(route("0 0, 100 0", "w", "water", case_id="C1", unit="water"), what="draw")
    way = session.results["w"].verdict.way
    other = Way.EXEMPT if way is not Way.EXEMPT else Way.JOINT
    found = desk.book.find
    assert found(Wanted()) == ("C1", "C2")
    assert found(Wanted(unit="water")) == ("C1",)
    assert found(Wanted(verdict=way)) == ("C1",)
    assert found(Wanted(verdict=other)) == ()
    assert found(Wanted(state=State.CLOSED)) == ()
    assert found(Wanted(state=State.REGISTERED), "公司 c2") == ("C2",)
    assert found(Wanted(), "公司 nowhere") == ()


def test_only_the_case_that_changed_is_read_again(
    session: Session, desk: CaseDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.register(application("C2", "gas"), "张工", NINE)
    before = desk.book.case("C2").dossier
    asked: list[object] = []
    records = session.store.records
    monkeypatch.setattr(
        session.store,
        "records",
        lambda kind, **where: asked.append(where) or records(kind, **where),
    )
    desk.decide("C1", Decision(matter=Matter.EXCAVATION, notified_at=TEN))
    assert desk.book.case("C1").dossier != before
    assert all(where for where in asked), "everything of a kind was read"


def test_cases_are_read_ahead_as_long_as_somebody_says_so(desk: CaseDesk) -> None:
    assert not desk.book.read_ahead(lambda: False)
    assert desk.book.read_ahead(lambda: True)
    assert desk.book.read_ahead(lambda: False)  # nothing is left to be read

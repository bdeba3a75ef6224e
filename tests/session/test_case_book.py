"""The cases of a survey that is open: on record, or only spoken of by lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app import case_book
from neixiang_survey_plugin.app.case_book import CaseBook
from neixiang_survey_plugin.app.casework.joining import Application
from neixiang_survey_plugin.app.session.events import RecordsChanged, Saved
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.casework.case import Case, Service, ServiceKind, State
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.office import load_office
from neixiang_survey_plugin.io.survey.opening import open_survey
from tests.drawn import route
from tests.session.opened import opened

NOW = datetime(2026, 11, 23, 9, 0)
NEW = Application(
    Case(
        case_id="2026-0001",
        applicant_name="示例公司",
        applicant_kind="company",
        site_id="Z1",
        received_at=NOW,
    ),
    tuple(Service(utility=one, service_kind=ServiceKind.NEW) for one in ("water", "gas")),
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with opened(tmp_path) as found:
        yield found


@pytest.fixture
def book(session: Session) -> CaseBook:
    made = CaseBook(session, load_office(places.sample_county(), ["08:00-12:00", "14:30-18:00"]))
    session.listen(made.follow)
    return made


def test_a_case_is_registered_with_its_services_and_told(session: Session, book: CaseBook) -> None:
    events: list[object] = []
    session.listen(events.append)
    book.register(NEW, "张工", NOW)
    assert events[0] == RecordsChanged("case", ("2026-0001",))
    assert isinstance(events[1], Saved)
    (case,) = book.cases()
    assert (case.case_id, case.applicant, case.state) == ("2026-0001", "示例公司", State.REGISTERED)
    assert case.services == ("water", "gas")
    assert len(case.results) == 0


def test_what_is_recorded_of_no_case_reads_none_again(
    session: Session, book: CaseBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.register(NEW, "张工", NOW)
    book.cases()
    read: list[object] = []
    real = case_book.read_dossiers
    monkeypatch.setattr(
        case_book, "read_dossiers", lambda store, ids: read.append(ids) or real(store, ids)
    )
    session.record("trench_returned", lambda _: None)
    session.step("detour", lambda _: None)
    assert read == []
    session.record("packet", lambda _: None, "2026-0001")
    assert read == [("2026-0001",)]


def test_a_new_power_line_has_what_was_applied_for_and_no_other_line_does(book: CaseBook) -> None:
    power = Service(utility="power", service_kind=ServiceKind.NEW, power_kw=120.0, voltage_kv=0.4)
    book.register(replace(NEW, services=(*NEW.services, power)), "张工", NOW)
    kit, line = book.kit_of("2026-0001"), route("0 0, 55 0").line
    cable, pipe = kit.route("p", "power", line), kit.route("w", "water", line)
    assert (cable.power_kw, cable.voltage_kv) == (120.0, 0.4)
    assert (pipe.power_kw, pipe.voltage_kv) == (None, None)


def test_new_lines_of_a_case_have_its_site_its_applicant_and_its_units(
    session: Session, book: CaseBook
) -> None:
    book.register(NEW, "张工", NOW)
    kit = book.kit_of("2026-0001")
    assert (kit.site_id, kit.applicant_kind, kit.applied_on) == (
        "Z1",
        "company",
        date(2026, 11, 23),
    )
    assert kit.units["water"] == "water"
    session.put(kit.route("w", "water", route("0 0, 55 0").line), what="draw")
    (case,) = book.cases()
    assert list(case.by_utility) == ["water"]


def test_a_case_that_only_lines_speak_of_is_listed_and_shared(
    session: Session, book: CaseBook
) -> None:
    session.put(
        route("0 0, 55 0", "r1", case_id="C1", site_id="Z2"),
        route("0 9, 55 9", "r2"),
        what="import",
    )
    assert [case.case_id for case in book.cases()] == ["C1", None]
    assert book.cases()[0].state is None
    assert len(book.cases()[0].services) == 5
    kit = book.kit_of("C1")
    assert (kit.case_id, kit.site_id, kit.applicant_kind) == ("C1", "Z2", "company")
    assert book.kit_of(None).case_id is None


def test_a_number_that_a_case_or_a_line_has_is_refused(session: Session, book: CaseBook) -> None:
    book.register(NEW, "张工", NOW)
    with pytest.raises(SurveyError, match="已经有了"):
        book.register(NEW, "张工", NOW)
    session.put(route("0 0, 55 0", "r1", case_id="C1"), what="import")
    with pytest.raises(SurveyError, match="已经有外线了"):
        book.register(replace(NEW, case=replace(NEW.case, case_id="C1")), "张工", NOW)


def test_cases_on_record_are_read_again_only_when_something_changed(
    session: Session, book: CaseBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.register(NEW, "张工", NOW)
    assert book.cases()
    monkeypatch.setattr(session.store, "records", lambda *_, **__: pytest.fail("read again"))
    assert book.cases()


def test_what_is_undone_or_written_elsewhere_has_only_its_own_cases_read_again(
    session: Session, book: CaseBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.register(NEW, "张工", NOW)
    other = replace(NEW, case=replace(NEW.case, case_id="2026-0002"))
    book.register(other, "张工", NOW)
    session.take_over()
    assert len(book.cases()) == 2
    read: list[tuple[str, ...] | None] = []
    real = case_book.read_dossiers
    monkeypatch.setattr(
        case_book, "read_dossiers", lambda store, ids=None: (read.append(ids), real(store, ids))[1]
    )
    session.undo()
    assert [case.case_id for case in book.cases()] == ["2026-0001"]
    elsewhere = open_survey(session.store.path, "李工")
    (kept,) = elsewhere.records(Case)
    elsewhere.keep([replace(kept, applicant_name="改名公司")], what="case")
    elsewhere.close()
    session.take_over()
    assert [case.applicant for case in book.cases()] == ["改名公司"]
    assert read == [("2026-0002",), ("2026-0001",)]

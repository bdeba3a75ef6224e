"""What a book of cases says after edits is what one says that reads everything anew."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin import places
from neixiang_survey_plugin.app.case_book import CaseBook
from neixiang_survey_plugin.app.casework.batch import cases_of_day
from neixiang_survey_plugin.app.casework.listing import Wanted
from neixiang_survey_plugin.app.session.session import Session
from neixiang_survey_plugin.core.casework.case import Case, Service, ServiceKind, State
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.policy import Way
from neixiang_survey_plugin.io.office import load_office
from neixiang_survey_plugin.io.survey.opening import open_survey
from tests.drawn import route
from tests.session.opened import opened
from tests.session.test_case_book import NEW, NOW

OFFICE = load_office(places.sample_county(), ["08:00-12:00", "14:30-18:00"])
ASKED = (
    Wanted(),
    *(Wanted(state=one) for one in State),
    *(Wanted(verdict=one) for one in Way),
    *(Wanted(unit=one) for one in ("water", "gas")),
)
Edit = Callable[[Session, CaseBook], object]


def put(
    name: str, case_id: str | None, site_id: str | None, unit: str, on: date | None = None
) -> Edit:
    """A line of 120 m: two of one utility and case or site are too long for a commitment."""
    line = route("0 0, -120 0", name, unit, case_id=case_id, site_id=site_id)
    return lambda session, _: session.put(replace(line, unit=unit, applied_on=on), what="draw")


def delete(name: str) -> Edit:
    return lambda session, _: session.delete(name) if name in session.routes else None


def register(case_id: str, hours: int) -> Edit:
    def edit(session: Session, book: CaseBook) -> None:
        at = NOW.replace(hour=9 + hours)
        case = replace(NEW.case, case_id=case_id, agreed_access_at=at)
        if not book.is_on_record(case_id):
            book.register(replace(NEW, case=case), "张工", NOW, of_lines=True)

    return edit


def close_elsewhere(case_id: str) -> Edit:
    def edit(session: Session, _: CaseBook) -> None:
        other = open_survey(session.store.path, "李工")  # type: ignore[attr-defined]
        kept = other.records(Case, case_id=case_id)
        service = Service(case_id=case_id, utility="gas", service_kind=ServiceKind.NEW)
        other.keep(
            [*(replace(one, state=State.CLOSED) for one in kept), service] if kept else [],
            what="case",
        )
        other.close()
        session.take_over()

    return edit


def step(verb: str) -> Edit:
    def edit(session: Session, _: CaseBook) -> None:
        with suppress(SurveyError):  # what was written elsewhere meanwhile stays
            getattr(session, verb)()

    return edit


DAYS = NOW.date(), NOW.date() - timedelta(days=1)
NAMES, CASES = st.sampled_from("abc"), st.sampled_from(["C1", "C2", "C3"])
EDITS = st.one_of(
    st.builds(
        put,
        NAMES,
        st.one_of(st.none(), CASES),
        st.sampled_from([None, "S"]),
        st.sampled_from(["water", "gas"]),
        st.sampled_from([None, *DAYS]),
    ),
    st.builds(delete, NAMES),
    st.builds(register, CASES, st.integers(0, 3)),
    st.builds(close_elsewhere, CASES),
    st.sampled_from([step("undo"), step("redo")]),
)


def said(book: CaseBook) -> list[object]:
    """Everything that a list of cases shows, is filtered by and put in order by."""
    assert book.read_ahead(lambda: True)
    found = [book.find(one, text) for one in ASKED for text in ("", "示例 c", "b")]
    cases = [(one.routes, one.dossier) for one in book.cases()]
    return [book.ids(), book.in_due_order(book.ids()), found, cases]


@settings(max_examples=30, deadline=None)
@given(st.lists(EDITS, min_size=4, max_size=10))
def test_a_book_that_follows_edits_says_what_one_says_that_is_read_anew(edits: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)) as session:
        book = CaseBook(session, OFFICE)
        session.listen(book.follow)
        for edit in edits:
            said(book)  # so that it has something to follow from
            edit(session, book)
        assert said(book) == said(CaseBook(session, OFFICE))
        for day in DAYS:
            of_day = cases_of_day(session.store, session.judged_routes, day)
            assert book.came_in_on(day) == of_day
        for case_id in book.ids():
            every = [one for one in session.routes.values() if one.case_id == case_id]
            assert [*session.lines_of(case_id)] == every
            if case_id is not None:
                ids = [one.route.route_id for one in session.results_of(case_id)]
                assert ids == [one.route_id for one in every]


def test_cases_of_lines_alone_stand_as_their_first_lines_came(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        book = CaseBook(session, OFFICE)
        session.listen(book.follow)
        for name, case_id in (("a", "C1"), ("b", "C2"), ("c", "C1")):
            put(name, case_id, None, "gas")(session, book)
        assert book.ids() == ("C1", "C2")
        put("a", "C2", None, "gas")(session, book)
        assert book.ids() == CaseBook(session, OFFICE).ids() == ("C2", "C1")

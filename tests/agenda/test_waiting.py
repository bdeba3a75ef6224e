"""What waits as one list: each matter once, the most pressing first."""

from __future__ import annotations

from dataclasses import replace

from neixiang_survey_plugin.app.agenda.today import make_agenda
from neixiang_survey_plugin.app.agenda.waiting import Kind, waiting_list
from neixiang_survey_plugin.core.casework.urgency import Urgency
from neixiang_survey_plugin.core.policy import Way
from tests.agenda.test_today import NOW, WAITING, sources
from tests.calendar.offices import usual_office
from tests.casework.dossiers import NINE, service


def test_every_matter_of_an_agenda_stands_once_by_kind() -> None:
    agenda = make_agenda(sources(), NOW)
    rows = waiting_list(agenda, usual_office())
    kinds = [one.kind for one in rows]
    assert kinds == sorted(kinds, key=list(Kind).index)
    assert {one.kind for one in rows} == {
        Kind.DUE,
        Kind.OPINION,
        Kind.DECISION,
        Kind.TO_TAPE,
        Kind.INSPECTION,
        Kind.RECTIFICATION,
        Kind.OUTDATED,
    }
    assert sum(one.kind is Kind.OPINION for one in rows) == len(agenda.opinions) == 2


def test_a_promise_to_several_services_stands_once_however_it_is_counted() -> None:
    case = replace(WAITING.case, agreed_access_at=NINE)
    both = replace(
        WAITING,
        case=case,
        services=(service("gas", verdict=Way.JOINT), service("water", verdict=Way.JOINT)),
    )
    agenda = make_agenda(sources(both), NOW)
    due = [one for one in waiting_list(agenda, usual_office()) if one.kind is Kind.DUE]
    access = [one for one in due if one.utilities == ("gas", "water")]
    assert len(access) == 2  # within half a day, within a day
    assert access[0].due_at is not None
    first, *others = access[0].matter  # the clocks of a promise
    assert all(first.reading.due_at <= one.reading.due_at for one in others)


def test_what_was_due_on_a_day_that_is_over_is_late() -> None:
    agenda = make_agenda(sources(), NOW)
    (order,) = (
        one for one in waiting_list(agenda, usual_office()) if one.kind is Kind.RECTIFICATION
    )
    assert order.urgency is Urgency.LATE

"""How pressing a promise is, by the office's working days."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.casework.clocks import at_moment, read_clocks
from neixiang_survey_plugin.core.casework.dossier import Dossier
from neixiang_survey_plugin.core.casework.urgency import Urgency, urgency_of, urgency_of_clock
from tests.calendar.offices import usual_office
from tests.casework.dossiers import NINE, dossiers
from tests.casework.test_clocks import POLICY

OFFICE = usual_office()
# A Friday before a working Sunday (made up for a holiday), both in the state's calendar.
FRIDAY = datetime(2026, 9, 18, 16, 0)


@pytest.mark.parametrize(
    ("due", "urgency"),
    [
        (None, Urgency.NOTHING),
        (FRIDAY - timedelta(minutes=1), Urgency.LATE),
        (FRIDAY, Urgency.TODAY),
        (FRIDAY + timedelta(hours=2), Urgency.TODAY),
        (datetime(2026, 9, 20, 12, 0), Urgency.NEXT_DAY),
        (datetime(2026, 9, 21, 8, 0), Urgency.LATER),
    ],
)
def test_a_make_up_sunday_is_the_next_working_day(due: datetime | None, urgency: Urgency) -> None:
    assert urgency_of(due, OFFICE, FRIDAY) is urgency


@given(dossiers, st.integers(0, 40 * 24 * 60))
def test_a_clock_shown_at_another_moment_is_the_clock_read_then(
    dossier: Dossier, minutes: int
) -> None:
    now = NINE + timedelta(minutes=minutes)
    before = read_clocks(dossier, POLICY, OFFICE, NINE)
    then = read_clocks(dossier, POLICY, OFFICE, now)
    assert tuple(at_moment(one, now) for one in before) == then


@given(dossiers, st.integers(0, 40 * 24 * 60))
def test_no_promise_becomes_less_pressing_as_time_goes_by(dossier: Dossier, minutes: int) -> None:
    order = list(Urgency)
    for reading in read_clocks(dossier, POLICY, OFFICE, NINE):
        now = urgency_of_clock(reading, OFFICE, NINE)
        later = urgency_of_clock(reading, OFFICE, NINE + timedelta(minutes=minutes))
        assert order.index(later) <= order.index(now)

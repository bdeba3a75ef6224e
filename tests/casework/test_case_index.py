"""Cases stand in the order in which they are due, whatever they are found by."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.booked_case import BookedCase
from neixiang_survey_plugin.app.case_index import CaseIndex

_CHINA = timezone(timedelta(hours=8))
_MOMENTS = st.datetimes(datetime(1999, 1, 1), datetime(2040, 1, 1))


@given(st.lists(st.none() | _MOMENTS | _MOMENTS.map(lambda at: at.replace(tzinfo=_CHINA))))
def test_cases_stand_by_when_they_are_due_and_those_that_are_not_due_last_as_they_came(
    due: list[datetime | None],
) -> None:
    named = {f"c{number}": at for number, at in enumerate(due)}
    index = CaseIndex(lambda one: BookedCase(one, (), {}), lambda one: named[str(one)])
    by_day = sorted(
        (one for one, at in named.items() if at is not None),
        key=lambda one: (named[one] or datetime.max).replace(tzinfo=None),
    )
    never = [one for one, at in named.items() if at is None]
    assert index.in_due_order(named) == by_day + never
    assert index.in_due_order(never[::-1] + by_day) == by_day + never[::-1]

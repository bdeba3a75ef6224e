"""Lines of other open cases near in place and in days join the search for common works."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from neixiang_survey_plugin.app.trenching.joining import concerns, joining, still_to_dig
from neixiang_survey_plugin.core.casework.case import Case, State
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.proposal import Suggestion
from neixiang_survey_plugin.io.trench_file import load_trench_rules
from tests.drawn import ON
from tests.trenching.towns import line, planner

SETTINGS = load_trench_rules().together
BEGINS = date(2026, 9, 15)


def beside(apart_m: float, case_id: str | None = "C2", days: int | None = 0) -> Route:
    """A telecom line beside the case's power line, its works so many days after."""
    day = None if days is None else BEGINS + timedelta(days)
    works = {"planned_on": day, "works_from": day, "works_to": day}
    place = f"{apart_m} -10, {apart_m} 50"
    return line(place, "telecom", f"t{apart_m:g}", case_id=case_id, **works)


def own() -> Route:
    return line("0 -10, 0 50", "power", "p0", works_to=BEGINS)


@pytest.mark.parametrize(
    ("other", "joins"),
    [
        (beside(2.0), True),
        (beside(30.0), True),  # they may cross one road so far apart
        (beside(30.1), False),
        (beside(2.0, days=30), True),
        (beside(2.0, days=31), False),
        (beside(2.0, days=None), True),  # nobody planned it: any day will do
        (beside(2.0, case_id=None), True),
    ],
)
def test_a_line_of_another_case_joins_near_in_place_and_days(other: Route, joins: bool) -> None:
    found = joining([own(), other], "C1", SETTINGS)
    assert (other in found) is joins
    assert own() in found


def test_all_lines_are_looked_at_where_no_case_is_chosen() -> None:
    lines = [own(), beside(400.0)]
    assert joining(lines, None, SETTINGS) == tuple(lines)
    assert joining(lines, "C9", SETTINGS) == ()


def test_two_cases_with_one_street_and_one_week_share_its_opening() -> None:
    routes = joining([own(), beside(2.0), beside(900.0)], "C1", SETTINGS)
    (found,) = planner().propose(routes, ON).suggestions
    assert isinstance(found, Suggestion)
    assert set(found.route_ids) == {"p0", "t2"}
    assert concerns(found.route_ids, {"p0"})
    assert not concerns(found.route_ids, {"t900"})
    assert found.proposals[0].after.closures == 1


@pytest.mark.parametrize("state", list(State))
def test_a_street_that_was_closed_again_is_not_opened_for_others(state: State) -> None:
    lines = (own(), beside(2.0), beside(4.0, case_id=None))
    left = still_to_dig(lines, [Case(case_id="C2", state=state)])
    done = state in (State.ACCESS_DONE, State.INSPECTED, State.CLOSED)
    assert [one.route_id for one in left] == (["p0", "t4"] if done else ["p0", "t2", "t4"])

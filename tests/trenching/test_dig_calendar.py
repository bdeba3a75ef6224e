"""Which street is opened by whom and when."""

from __future__ import annotations

from datetime import date

from neixiang_survey_plugin.app.trenching.report import trench_report
from neixiang_survey_plugin.core.routes import Bore, Route
from neixiang_survey_plugin.core.trenching.dig_calendar import (
    StreetDigs,
    StreetWorks,
    dig_calendar,
    opened_again,
)
from neixiang_survey_plugin.io.trench_file import load_trench_rules
from tests.drawn import ON, county, measure, road
from tests.trenching.towns import STREET, line, planner

SETTINGS = load_trench_rules().together


def across(east: float, route_id: str, begin: date | None, **facts: object) -> Route:
    days = {"works_from": begin, "works_to": begin, "planned_on": begin}
    return line(f"{east} -5, {east} 15", "water", route_id, **{**days, **facts})


def calendar(*routes: Route, agreed: tuple[frozenset[str], ...] = ()) -> tuple[StreetDigs, ...]:
    return dig_calendar(routes, measure(county([STREET]), *routes), agreed)


def test_two_works_of_one_street_within_thirty_days_are_named() -> None:
    first = across(0, "a", date(2026, 9, 1))
    soon, late = across(300, "b", date(2026, 10, 1)), across(300, "c", date(2026, 10, 2))
    (street,) = opened_again(calendar(first, soon), SETTINGS)
    assert street.road_id == "R1"
    assert [one.route_ids for one in street.again(30.0)] == [("a",), ("b",)]
    assert opened_again(calendar(first, late), SETTINGS) == ()


def test_routes_of_agreed_works_open_a_street_once() -> None:
    routes = across(0, "a", date(2026, 9, 1)), across(3, "b", date(2026, 9, 5))
    assert opened_again(calendar(*routes), SETTINGS)
    together = calendar(*routes, agreed=(frozenset({"a", "b"}),))
    assert opened_again(together, SETTINGS) == ()
    works = StreetWorks(("a", "b"), (date(2026, 9, 1), date(2026, 9, 5)))
    assert together[0].works == (works,)


def test_works_that_nobody_planned_are_listed_and_near_nothing() -> None:
    routes = across(0, "a", date(2026, 9, 1)), across(300, "b", None)
    (street,) = calendar(*routes)
    assert [one.window is None for one in street.works] == [False, True]
    assert opened_again((street,), SETTINGS) == ()


def test_a_line_that_is_bored_from_end_to_end_opens_nothing() -> None:
    bored = across(0, "a", date(2026, 9, 1), trenchless=(Bore(0.0, 20.0),))
    assert calendar(bored) == ()


def test_a_lane_that_is_no_city_road_is_not_in_the_calendar() -> None:
    lane = county([road((-500, 0, 500, 10), road_class="other")])
    one = across(0, "a", date(2026, 9, 1))
    assert dig_calendar([one], measure(lane, one), ()) == ()


def test_the_report_names_the_street_and_who_opens_it() -> None:
    routes = across(0, "a", date(2026, 9, 1)), across(300, "b", date(2026, 9, 20), case_id="C2")
    (named,) = trench_report(planner().propose(routes, ON))["opened_again"]
    assert named["road_id"] == "R1"
    assert [one["route_ids"] for one in named["works"]] == [["a"], ["b"]]
    assert named["works"][0]["works_from"] == "2026-09-01"

"""Streets that were opened twice."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.agenda.month import find_openings
from neixiang_survey_plugin.app.checking import Checker
from neixiang_survey_plugin.core.supervision.as_built import AsBuilt
from neixiang_survey_plugin.core.supervision.reopening import Opening, find_reopenings
from tests.drawn import county, drawn, road, route

FIRST = date(2026, 1, 1)


def opening(begins: int, ends: int, line: str = "a", street: str = "R1") -> Opening:
    """Works from one day of the year to another."""
    day = FIRST + timedelta(begins), FIRST + timedelta(ends)
    return Opening(street, None, (line,), *day, built=True)


def pairs(*works: Opening, within_days: int = 365) -> list[tuple[str, str, int]]:
    return [
        ("".join(one.before.route_ids), "".join(one.after.route_ids), one.days_between)
        for one in find_reopenings(works, within_days)
    ]


def test_a_street_dug_up_again_was_opened_twice() -> None:
    assert pairs(opening(0, 4, "a"), opening(30, 32, "b")) == [("a", "b", 26)]


def test_works_at_one_time_are_one_opening() -> None:
    assert pairs(opening(0, 4, "a"), opening(4, 9, "b")) == []
    assert pairs(opening(0, 9, "a"), opening(2, 3, "b"), opening(20, 21, "c")) == [("ab", "c", 11)]


def test_another_street_and_long_ago_do_not_count() -> None:
    assert pairs(opening(0, 4, "a"), opening(30, 32, "b", "R2")) == []
    assert pairs(opening(0, 4, "a"), opening(370, 371, "b")) == []
    assert pairs(opening(0, 4, "a"), opening(369, 371, "b")) == [("a", "b", 365)]


WORKS = st.lists(
    st.builds(
        lambda begins, days, line, street: opening(begins, begins + days, line, street),
        st.integers(0, 300),
        st.integers(0, 20),
        st.sampled_from("abcdef"),
        st.sampled_from(["R1", "R2"]),
    ),
    max_size=8,
)


@given(WORKS, st.integers(0, 400), st.randoms())
def test_reopenings_are_apart_in_order_and_the_same_in_any_order_of_the_works(
    works: list[Opening], within_days: int, shuffle: random.Random
) -> None:
    found = find_reopenings(works, within_days)
    for one in found:
        assert one.before.road_id == one.after.road_id
        assert 0 < one.days_between <= within_days
    mixed = list(works)
    shuffle.shuffle(mixed)
    assert find_reopenings(mixed, within_days) == found


@given(WORKS)
def test_there_is_one_reopening_less_than_separate_openings(works: list[Opening]) -> None:
    for street in ("R1", "R2"):
        days = {
            one.begins + timedelta(number)
            for one in works
            if one.road_id == street
            for number in range((one.ends - one.begins).days + 1)
        }
        begins = [day for day in days if day - timedelta(1) not in days]
        adjoining = [
            one
            for one in find_reopenings(works, 9999)
            if one.after.road_id == street and one.days_between == 1
        ]
        apart = [
            one
            for one in find_reopenings(works, 9999)
            if one.after.road_id == street and one.days_between > 1
        ]
        assert len(apart) == max(len(begins) - 1, 0)
        assert len(adjoining) <= len(works)


def test_what_was_built_counts_before_what_was_planned_and_a_bore_opens_nothing() -> None:
    town = county([road((40, -50, 48, 50)), road((60, -50, 66, 50), "R2")])
    planned = {"works_from": date(2026, 3, 1), "works_to": date(2026, 3, 4)}
    line = route("0 0, 50 0", "r1", **planned)
    undated = route("0 5, 50 5", "r2")
    bored = route("0 9, 80 9", "r3", bores=[(30, 55)], pit_length_m=1.0, pit_width_m=1.0, **planned)
    seen = AsBuilt(None, "r1", geom=drawn("0 0, 70 0"), built_from=date(2026, 3, 2),
                   built_to=date(2026, 3, 9))  # fmt: skip
    found = find_openings([line, undated, bored], [seen], Checker(town))
    assert [(one.road_id, one.route_ids, one.ends.day, one.built) for one in found] == [
        ("R1", ("r1",), 9, True),
        ("R2", ("r1",), 9, True),
        ("R2", ("r3",), 4, False),
    ]

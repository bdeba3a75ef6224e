"""Labels in a row stand apart, in order, and near their things."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.app.sheets.spread import spread

rising = st.lists(st.floats(0.0, 100.0), max_size=12).map(sorted)


def test_labels_that_have_room_stay_where_they_are() -> None:
    assert spread([10.0, 20.0, 30.0], 3.0, 0.0, 100.0) == [10.0, 20.0, 30.0]


def test_two_at_one_place_move_to_both_sides_alike() -> None:
    assert spread([50.0, 50.0], 4.0, 0.0, 100.0) == [48.0, 52.0]


def test_more_than_fit_stand_closer_and_stay_between_the_ends() -> None:
    assert spread([50.0] * 5, 4.0, 45.0, 53.0) == [45.0, 47.0, 49.0, 51.0, 53.0]


@given(rising)
def test_labels_stand_apart_in_order_between_the_ends(places: list[float]) -> None:
    found = spread(places, 5.0, 0.0, 100.0)
    assert all(other - one >= 5.0 - 1e-9 for one, other in itertools.pairwise(found))
    assert all(-1e-9 <= place <= 100.0 + 1e-9 for place in found)


@given(rising)
def test_labels_that_are_apart_already_are_not_moved(places: list[float]) -> None:
    apart = [place + 6.0 * k for k, place in enumerate(places)]
    assert spread(apart, 5.0, 0.0, 200.0) == pytest.approx(apart)

"""Very many things in order and let go of, piece by piece."""

from __future__ import annotations

import weakref

from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core import in_pieces
from neixiang_survey_plugin.core.in_pieces import emptied, in_order


@given(st.lists(st.tuples(st.integers(0, 3), st.integers())), st.integers(1, 5))
def test_in_pieces_things_come_in_the_order_of_sorted_alike_ones_as_they_came(
    things: list[tuple[int, int]], at_once: int
) -> None:
    before, in_pieces._ORDERED_AT_ONCE = in_pieces._ORDERED_AT_ONCE, at_once
    try:
        found = list(in_order(iter(things), key=lambda one: one[0]))
    finally:
        in_pieces._ORDERED_AT_ONCE = before
    assert found == sorted(things, key=lambda one: one[0])


def test_what_is_emptied_holds_nothing_any_more() -> None:
    class Thing:
        pass

    things = [Thing() for _ in range(3)]
    gone = [weakref.ref(one) for one in things]
    by_number, some = dict(enumerate(things)), set(things)
    emptied(things, by_number, some)
    assert not things
    assert not by_number
    assert not some
    assert [one() for one in gone] == [None] * 3

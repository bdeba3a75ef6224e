"""A program that collects by hand frees what is new and unused, and never walks very much."""

from __future__ import annotations

import gc
import itertools
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.io import memory
from neixiang_survey_plugin.io.memory import (
    collect_a_little,
    collect_by_hand,
    cycle_collector_off,
    letting_go,
)


class _Circle:
    """Something that refers to itself."""

    def __init__(self) -> None:
        self.itself: _Circle | None = self


@pytest.fixture(autouse=True)
def walked() -> Iterator[list[int]]:
    """The generations that were walked, in a program that collects by hand."""
    found: list[int] = []

    def note(phase: str, info: dict[str, Any]) -> None:
        if phase == "start":
            found.append(info["generation"])

    gc.collect()
    memory.MUCH.taken()
    collect_by_hand()
    gc.callbacks.append(note)
    try:
        yield found
    finally:
        gc.callbacks.remove(note)
        gc.unfreeze()
        gc.enable()


def _made(count: int) -> list[list[int]]:
    return [[number] for number in range(count)]


def _quick() -> float:
    return 0.0


def test_a_circle_that_nobody_uses_is_freed_with_the_next_dose(walked: list[int]) -> None:
    circle = _Circle()
    gone = weakref.ref(circle)
    del circle
    _ = _made(memory._WORTH_A_WALK)
    assert (gone() is not None, walked) == (True, [])
    collect_a_little(_quick)
    assert (gone(), walked) == (None, [2])


def test_little_that_is_new_is_not_walked(walked: list[int]) -> None:
    _ = _made(memory._WORTH_A_WALK // 2)
    collect_a_little(_quick)
    assert walked == []


def test_a_county_that_was_read_is_walked_neither_now_nor_later_and_goes_by_itself(
    walked: list[int],
) -> None:
    county = _Circle()
    county.itself = None
    gone, parts = weakref.ref(county), _made(memory._WALKED_AT_ONCE + 1)
    collect_a_little(_quick)
    assert (walked, gc.is_tracked(parts), gc.get_count()[0] < 100) == ([], True, True)
    assert not any(one is parts for one in gc.get_objects())
    del county
    assert gone() is None


def test_what_was_walked_for_longer_than_nobody_notices_is_not_walked_again(
    walked: list[int],
) -> None:
    stays = _made(memory._WORTH_A_WALK)
    ticks = iter((0.0, memory._NOTICED_S / 2, 0.0, memory._NOTICED_S))
    collect_a_little(lambda: next(ticks))
    assert any(one is stays for one in gc.get_objects())
    more = _made(memory._WORTH_A_WALK)
    collect_a_little(lambda: next(ticks))
    assert not any(one is stays or one is more for one in gc.get_objects())
    assert walked == [2, 2]


def test_what_was_made_while_as_much_went_is_not_walked(
    monkeypatch: pytest.MonkeyPatch, walked: list[int]
) -> None:
    monkeypatch.setattr(memory, "_LET_GO_AT_ONCE", 10)
    left: list[Any] = _made(1_000)
    gc.freeze()
    steps = letting_go(left)
    next(steps)
    new = _made(memory._WORTH_A_WALK)
    collect_a_little(_quick)
    assert (walked, any(one is new for one in gc.get_objects())) == ([], False)
    _ = _made(memory._WORTH_A_WALK)
    collect_a_little(_quick)
    assert walked == [2]  # nothing went since


def test_reading_many_rows_leaves_the_collector_as_it_was(walked: list[int]) -> None:
    with cycle_collector_off():
        pass
    assert not gc.isenabled()
    gc.enable()
    with cycle_collector_off():
        assert not gc.isenabled()
    assert gc.isenabled()


class _Thing:
    """Something that refers to others, and notes when it goes."""

    def __init__(self, gone: list[int], number: int) -> None:
        self.to: list[_Thing] = []
        self._gone, self._number = gone, number

    def __del__(self) -> None:
        self._gone.append(self._number)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30), st.integers(0, 9))
def test_what_nobody_else_uses_goes_and_what_somebody_uses_stays(
    pairs: list[tuple[int, int]], used: int
) -> None:
    gone: list[int] = []
    things = [_Thing(gone, number) for number in range(10)]
    for one, other in pairs:
        if one < other:  # no circles
            things[one].to.append(things[other])
    stays = things[used]
    reached = {used}
    for one in range(used, 10):
        if one in reached:
            reached |= {other for first, other in pairs if first == one < other}
    left: list[Any] = things
    del things
    for _ in letting_go(left):
        pass
    assert left == []
    assert sorted(gone) == sorted(set(range(10)) - reached)
    assert all(isinstance(one, _Thing) for one in stays.to)


def test_a_layer_goes_some_shapes_at_a_time_also_where_a_tree_holds_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(memory, "_TAKEN_OUT_AT_ONCE", 3)
    shapes = shapely.points(np.arange(12.0), 0.0)
    gone: list[Callable[[], Any]] = [weakref.ref(one) for one in shapes]
    left = [{"tree": shapely.STRtree(shapes), "layer": (shapes, shapes[2:4])}]
    del shapes
    there = [sum(one() is not None for one in gone) for _ in letting_go(left)]
    assert {a - b for a, b in itertools.pairwise([12, *there])} == {0, 3}
    assert [one() for one in gone] == [None] * 12


def test_a_layer_that_somebody_looks_at_stays_whole() -> None:
    shapes = shapely.points(np.arange(12.0), 0.0)
    part = shapes[2:4]
    left = [{"layer": shapes}]
    del shapes
    for _ in letting_go(left):
        pass
    assert part[0].x == 2.0

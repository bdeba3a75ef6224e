"""One contract for both indices that change while somebody draws."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neixiang_survey_plugin.app.moving_index import (
    ArrayIndex,
    Box,
    MovingIndex,
    TreeIndex,
    moving_index,
)

places = st.integers(0, 12)
boxes = st.tuples(places, places, places, places).map(
    lambda b: (min(b[0], b[2]) * 1.0, min(b[1], b[3]) * 1.0, max(b[0], b[2]) * 1.0,
               max(b[1], b[3]) * 1.0)
)  # fmt: skip
steps = st.lists(st.tuples(st.integers(0, 40).map(str), st.one_of(st.none(), boxes)), max_size=80)


def meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


INDICES = pytest.mark.parametrize("make", [TreeIndex, ArrayIndex])


@INDICES
@given(edits=steps, asked=boxes)
@settings(max_examples=60)
def test_it_finds_what_a_look_at_every_box_finds(
    make: Callable[[], MovingIndex], edits: list[tuple[str, Box | None]], asked: Box
) -> None:
    index, known = make(), dict[str, Box]()
    for key, box in edits:
        if box is not None:
            known[key] = box
            index.put(key, box)
        elif key in known:
            del known[key]
            index.remove(key)
    assert sorted(index.near(asked)) == sorted(k for k, b in known.items() if meet(b, asked))


@INDICES
def test_what_lies_still_and_what_moved_last_are_both_found(
    make: Callable[[], MovingIndex],
) -> None:
    index = make()
    for number in range(100):
        index.put(str(number), (number, 0.0, number + 1.0, 1.0))
    index.put("7", (50.0, 0.0, 51.0, 1.0))
    index.remove("51")
    assert sorted(index.near((50.2, 0.0, 51.5, 1.0))) == ["50", "7"]
    assert sorted(index.near((97.5, 0.5, 98.5, 0.5))) == ["97", "98"]


@INDICES
@given(several=st.lists(st.dictionaries(st.integers(0, 40).map(str), boxes)), asked=boxes)
@settings(max_examples=40)
def test_many_that_are_put_and_taken_away_together_are_found_as_if_one_by_one(
    make: Callable[[], MovingIndex], several: list[dict[str, Box]], asked: Box
) -> None:
    index, known = make(), dict[str, Box]()
    for number, together in enumerate(several):
        index.put_all(together)
        known |= together
        gone = set(list(known)[number::3])
        index.remove_all(gone)
        known = {key: box for key, box in known.items() if key not in gone}
        found = index.near(asked)
        assert sorted(found) == sorted(k for k, b in known.items() if meet(b, asked))


def test_what_is_dragged_is_not_brought_to_rest_and_all_else_is_little_by_little() -> None:
    index = TreeIndex()
    index.put_all({str(number): (number, 0.0, number + 1.0, 1.0) for number in range(100)})
    for step in range(60):
        index.put("7", (step, 5.0, step + 1.0, 6.0))
        assert len(index._at_rest) <= 4 * step
        assert index.near((step + 0.5, 5.5, step + 0.5, 5.5)) == ["7"]
    assert "7" not in index._at_rest
    assert len(index._at_rest) == 84


def test_what_was_taken_away_together_is_found_no_more_and_leaves_the_tree_little_by_little() -> (
    None
):
    index = TreeIndex()
    boxes = {str(number): (number * 1.0, 0.0, number + 0.5, 1.0) for number in range(60)}
    index.put_all(boxes)
    for _ in range(20):
        index.near((0.0, 0.0, 1.0, 1.0))
    assert len(index._at_rest) == 44
    everywhere = (-1.0, -1.0, 99.0, 9.0)
    for number in range(40):
        index.remove(str(number))
    index.put("7", boxes["7"])
    assert index._tree.count(everywhere) == 44
    for step in range(1, 31):
        assert sorted(index.near(everywhere), key=int) == ["7", *map(str, range(40, 60))]
        assert len(index._gone) == max(40 - 2 * step, 0)
    assert index._tree.count(everywhere) == len(index._at_rest)


@INDICES
def test_what_is_not_there_cannot_be_taken_away(make: Callable[[], MovingIndex]) -> None:
    with pytest.raises(KeyError):
        make().remove("nothing")


def test_without_rtree_the_index_is_an_array(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(moving_index(), TreeIndex)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert isinstance(moving_index(), ArrayIndex)

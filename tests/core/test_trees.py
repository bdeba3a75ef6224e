"""Shapes in several trees are found as in one."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from neixiang_survey_plugin.core import trees

_AT = st.integers(0, 12)
_SHAPES = st.lists(st.tuples(_AT, _AT, st.integers(0, 3), st.booleans()), max_size=25)


def _shapes(drawn: list[tuple[int, int, int, bool]]) -> NDArray[np.object_]:
    """Squares of sides of so many metres; some lie nowhere."""
    found = [
        shapely.Polygon() if not side and odd else shapely.box(x, y, x + side, y + side)
        for x, y, side, odd in drawn
    ]
    return np.array([*found, shapely.Point(0, 0)], dtype=object)


def _pairs(found: NDArray[np.intp]) -> list[tuple[int, int]]:
    return sorted(zip(*found.tolist(), strict=True))


@pytest.fixture(autouse=True)
def _few_to_a_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "_SHAPES_A_TREE", 4)
    monkeypatch.setattr(trees, "_WIDER_M", 1.0)


@given(_SHAPES, _SHAPES)
def test_many_trees_find_what_one_finds(
    drawn: list[tuple[int, int, int, bool]], asked: list[tuple[int, int, int, bool]]
) -> None:
    shapes, places = _shapes(drawn), _shapes(asked)
    one, many = shapely.STRtree(shapes), trees.Trees(shapes)
    assert _pairs(many.query(places)) == _pairs(one.query(places))
    for within_m in (0.9, 1.5):
        near = many.query(places, "dwithin", within_m)
        assert _pairs(near) == _pairs(one.query(places, "dwithin", within_m))
        assert (np.diff(near[0]) >= 0).all()  # in the order of what was asked
    for place in places:
        found = many.query(place, predicate="intersects")
        assert sorted(found) == sorted(one.query(place, predicate="intersects"))


@given(_SHAPES, _AT, _AT)
def test_the_nearest_of_many_trees_is_as_near_as_that_of_one(
    drawn: list[tuple[int, int, int, bool]], x: int, y: int
) -> None:
    shapes, place = _shapes(drawn), shapely.Point(x, y)
    near_m = shapely.distance(place, shapes[trees.Trees(shapes).nearest(place)])
    assert near_m == np.nanmin(shapely.distance(place, shapes))


def test_few_shapes_are_in_one_tree_and_none_are_found_of_none() -> None:
    few = shapely.points([(n, 0) for n in range(4)])
    assert isinstance(trees.tree_of(few), shapely.STRtree)
    assert isinstance(trees.tree_of(np.append(few, few)), trees.Trees)
    assert trees.tree_of(few[:0]).query(shapely.box(0, 0, 9, 9)).tolist() == []

"""Shapes in several trees are found as in one."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from neixiang_survey_plugin.core import trees


def test_shapes_in_many_trees_are_found_by_their_rows_as_in_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trees, "_SHAPES_A_TREE", 3)
    shapes = np.array([shapely.LineString([(n, 0), (n + 1, 1)]) for n in range(10)], dtype=object)
    found = trees.Trees(shapes)
    place = shapely.box(2.5, 0, 6.5, 0.2)
    assert found.query(place).tolist() == [2, 3, 4, 5, 6]
    assert found.query(place, "intersects").tolist() == [3, 4, 5, 6]
    assert trees.Trees(shapes[:0]).query(place).tolist() == []


def test_the_nearest_of_shapes_in_many_trees_is_the_nearest_of_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trees, "_SHAPES_A_TREE", 3)
    shapes = shapely.points([(n * n, 0) for n in range(10)])
    found = trees.Trees(shapes)
    assert [found.nearest(shapely.Point(at, 1)) for at in (-5, 26, 40, 500)] == [0, 5, 6, 9]

"""What is made of very many things is the same however many of them go at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon, box

from neixiang_survey_plugin.core.conflicts.buried import Things, buildings, obstacles, pipelines
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, Field
from neixiang_survey_plugin.core.slices import slices
from neixiang_survey_plugin.io.cells import convert_cells
from tests.features import table

_T = TypeVar("_T")
FEW = st.integers(1, 5)
PLACES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=6)
LINES = st.lists(PLACES.map(LineString), min_size=1, max_size=9)
AREAS = st.lists(
    st.builds(
        lambda east, hole: box(east, 0, east + 9, 9).difference(Point(east + 4, 4).buffer(hole)),
        st.integers(0, 90),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=9,
)
FIELDS = [
    one
    for one in COUNTY_LAYERS["roads"].fields
    if one.name in ("width_m", "name", "road_class", "delivered_on")
]
CELLS = st.lists(
    st.sampled_from(
        ["支路", "local", "12", " 12 ", "", None, 12, 12.5, float("nan"), "2021-03-05"]
    ),
    max_size=12,
)


def with_so_many(at_once: int, make: Callable[[], _T]) -> _T:
    with patch("neixiang_survey_plugin.core.slices._AT_ONCE", at_once):
        return make()


@given(st.integers(0, 30), FEW)
def test_slices_hold_everything_once_and_in_order(count: int, at_once: int) -> None:
    rows = np.arange(count)
    some = with_so_many(at_once, lambda: [rows[few] for few in slices(count)])
    assert all(1 <= len(few) <= at_once for few in some)
    assert np.concatenate([rows[:0], *some]).tolist() == rows.tolist()


def edges(things: Things) -> list[list[object]]:
    return [getattr(things, name).tolist() for name in ("start", "delta", "before_m", "first")]


@given(LINES, AREAS, FEW)
def test_edges_of_buried_things_and_buildings(
    lines: list[LineString], areas: list[Polygon], at_once: int
) -> None:
    mains = table(COUNTY_LAYERS["pipelines"], *lines, utility=["gas"] * len(lines))
    houses = table(COUNTY_LAYERS["buildings"], *areas)
    trees = table(COUNTY_LAYERS["obstacles"], *(one.centroid for one in areas))
    made: list[Callable[[], Things]] = [
        lambda: pipelines(mains, {"gas": 500.0}),
        lambda: buildings(houses),
        lambda: obstacles(trees),
    ]
    for make in made:
        assert edges(with_so_many(at_once, make)) == edges(make())
    assert np.diff(obstacles(trees).first).tolist() == [1] * len(areas)  # an edge without length


def test_layer_without_anything_has_no_edges() -> None:
    assert edges(buildings(table(COUNTY_LAYERS["buildings"]))) == [[], [], [], [0]]


@pytest.mark.parametrize("field", FIELDS, ids=lambda one: one.name)
@given(cells=CELLS, at_once=FEW)
def test_cells_of_a_column(field: Field, cells: list[object], at_once: int) -> None:
    whole, wrong = convert_cells(field, cells, {})
    by_few, also_wrong = with_so_many(at_once, lambda: convert_cells(field, cells, {}))
    assert by_few.dtype == whole.dtype
    np.testing.assert_array_equal(by_few, whole)
    assert also_wrong.tolist() == wrong.tolist()

"""What holds of every repair, whatever was drawn."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import LineString

from neixiang_survey_plugin.core.repair.repairing import repair_shapes
from neixiang_survey_plugin.core.repair.repairs import Outcome, Trouble
from tests.repair.shapes import (
    AREAS,
    LIMITS,
    LINES,
    Corner,
    column,
    corners,
    drawn_area_m2,
    of_rings,
    repaired,
    rings,
)

layers = st.lists(st.lists(rings, min_size=1, max_size=3), min_size=1, max_size=4)


@given(rings)
@example([(3, 1), (0, 1), (0, 2), (2, 1), (1, 1), (0, 0)])  # GEOS leaves two parts with one edge
def test_a_repaired_outline_has_the_area_of_the_ground_that_it_goes_round(
    ring: list[Corner],
) -> None:
    result = repaired(of_rings(ring))
    area_m2 = 0.0 if result.set_aside[0] else result.geometry[0].area
    assert area_m2 == pytest.approx(drawn_area_m2(ring), abs=1e-6)


@given(rings, rings)
def test_parts_that_overlap_have_the_area_of_their_union(first: list, second: list) -> None:
    result = repaired(of_rings(first, second))
    area_m2 = 0.0 if result.set_aside[0] else result.geometry[0].area
    assert area_m2 == pytest.approx(drawn_area_m2(first, second), abs=1e-6)


@given(layers)
@settings(max_examples=40)  # a layer of several shapes each
def test_what_comes_out_is_valid_and_repairing_it_again_changes_nothing(drawn: list) -> None:
    once = repaired(*[of_rings(*rings_of_one) for rings_of_one in drawn])
    assert shapely.is_valid(once.geometry[~once.set_aside]).all()
    kept = once.geometry[~once.set_aside]
    twice = repair_shapes(kept, AREAS, LIMITS)
    assert [a is b for a, b in zip(twice.geometry, kept, strict=True)] == [True] * len(kept)
    assert {repair.outcome for repair in twice.repairs} <= {Outcome.KEPT}


@given(layers)
def test_what_is_sound_comes_out_as_the_same_object(drawn: list) -> None:
    shapes = column(*[of_rings(*rings_of_one) for rings_of_one in drawn])
    sound = shapes[shapely.is_valid(shapes)]
    result = repair_shapes(sound, AREAS, LIMITS)
    for before, after in zip(sound, result.geometry, strict=True):
        assert before is after or any(
            repair.trouble in (Trouble.SLIVER_PART, Trouble.SLIVER_HOLE)
            for repair in result.repairs
        )


@given(layers)
@settings(max_examples=40)  # a layer of several shapes each
def test_every_row_that_changed_or_went_is_named_with_its_figures(drawn: list) -> None:
    shapes = column(*[of_rings(*rings_of_one) for rings_of_one in drawn])
    result = repair_shapes(shapes, AREAS, LIMITS)
    changed = {row for row in range(len(shapes)) if result.geometry[row] is not shapes[row]}
    named = {r.row for r in result.repairs if r.outcome is not Outcome.KEPT}
    assert changed == named
    for repair in result.repairs:
        assert (repair.after is not None) == (repair.outcome is Outcome.REPAIRED)
        assert repair.before.vertices > 0


@given(layers, st.integers(-500, 500), st.integers(-500, 500))
@settings(max_examples=40)  # a layer of several shapes each
def test_moving_a_layer_moves_its_repairs(drawn: list, east_m: int, north_m: int) -> None:
    shapes = column(*[of_rings(*rings_of_one) for rings_of_one in drawn])
    moved = shapely.transform(shapes, lambda xy: xy + np.array([east_m, north_m]))
    here, there = (repair_shapes(one, AREAS, LIMITS) for one in (shapes, moved))
    assert np.nan_to_num(shapely.area(there.geometry)) == pytest.approx(
        np.nan_to_num(shapely.area(here.geometry)), abs=1e-6
    )
    assert here.set_aside.tolist() == there.set_aside.tolist()


@given(st.lists(corners, min_size=2, max_size=12))
def test_a_line_keeps_its_length_and_loses_only_doubled_vertices(drawn: list[Corner]) -> None:
    line = LineString(drawn)
    result = repaired(line, kinds=LINES)
    if len(set(drawn)) == 1:
        assert result.set_aside[0]
        return
    after = result.geometry[0]
    assert after.length == pytest.approx(line.length)
    once = [drawn[0], *(b for a, b in pairwise(drawn) if a != b)]
    assert [tuple(point) for point in after.coords] == once

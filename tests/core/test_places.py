"""The place of an area is the same however its outline was worked out, and lies within it."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Polygon
from shapely.affinity import translate

from neixiang_survey_plugin.core.measuring.places import place_within
from tests.drawn import drawn

metres = st.integers(0, 40).map(float)
bends = st.lists(st.tuples(metres, metres), min_size=2, max_size=5, unique=True)


def strip(points: list[tuple[float, float]]) -> shapely.Geometry:
    """A strip of 2 m along a line, as a patch of green space is one."""
    return LineString(points).buffer(1.0, cap_style="flat", join_style="mitre")


def drawn_otherwise(area: shapely.Geometry, seed: int) -> shapely.Geometry:
    """The same ground with vertices on its sides, its corners off by half a nanometre."""
    more = shapely.segmentize(area, 0.7)
    return shapely.transform(more, lambda xy: xy + 5e-10 * np.sin(1e4 * xy[:, ::-1] + seed))


@given(bends, st.integers(0, 9))
def test_a_patch_has_one_place_however_its_outline_was_worked_out(
    points: list[tuple[float, float]], seed: int
) -> None:
    patch = strip(points)
    place = place_within(patch)
    assert patch.distance(shapely.Point(place)) == 0.0
    assert place_within(drawn_otherwise(patch, seed)) == pytest.approx(place, abs=1e-6)


def test_of_two_parts_as_large_it_lies_in_the_one_further_west_whatever_their_order() -> None:
    one = drawn("POLYGON ((0 0, 10 0, 10 2, 0 2, 0 0))")
    assert isinstance(one, Polygon)
    other = translate(one, 30.0)
    for parts in ([one, other], [other, one]):
        larger_by_a_bit = [shapely.transform(parts[0], lambda xy: xy * (1 + 1e-12)), parts[1]]
        assert place_within(shapely.MultiPolygon(larger_by_a_bit)) == pytest.approx((5.0, 1.0))


def test_in_a_bend_that_has_its_middle_outside_it_lies_level_with_it() -> None:
    east_m, north_m = place_within(strip([(0, 0), (0, 30), (30, 30), (30, 0)]))
    assert (east_m, north_m) == pytest.approx((0.0, 20.0), abs=0.5)  # the western of two arms

"""A line is drawn as what of it is dug and what is bored, in turn and without a gap."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString
from shapely.ops import substring

from neixiang_survey_plugin.core.routes import Bore, Route
from neixiang_survey_plugin.render.routes import open_and_bored

COURSE = LineString([(0, 0), (10, 0), (10, 20), (40, 20)])
_ENDS = st.lists(st.floats(0.0, 60.0), min_size=4, max_size=4, unique=True).map(sorted)


@given(_ENDS)
def test_the_stretches_of_a_bored_line_are_those_between_its_bores(ends: list[float]) -> None:
    a, b, c, d = ends
    dug, bored = open_and_bored(Route("r", "gas", COURSE, trenchless=(Bore(a, b), Bore(c, d))))
    for found, (start, end) in zip(bored, ((a, b), (c, d)), strict=True):
        expected = substring(COURSE, start, end)
        assert found.length == pytest.approx(end - start, abs=1e-9)
        assert shapely.hausdorff_distance(found, expected) < 1e-9
    assert sum(one.length for one in (*dug, *bored)) == pytest.approx(COURSE.length)


def test_a_line_without_a_bore_is_dug_as_it_is_and_a_bore_from_its_beginning_leaves_a_point() -> (
    None
):
    assert open_and_bored(Route("r", "gas", COURSE)) == ([COURSE], [])
    dug, (bored,) = open_and_bored(Route("r", "gas", COURSE, trenchless=(Bore(0.0, 10.0),)))
    assert [list(one.coords) for one in dug] == [[(0, 0), (0, 0)], [(10, 0), (10, 20), (40, 20)]]
    assert list(bored.coords) == [(0, 0), (10, 0)]

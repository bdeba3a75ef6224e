"""How far from its course a strip reaches: never further than is looked, and not much less."""

from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st
from shapely import LineString

from neixiang_survey_plugin.app.checking import Checker, LiveCheck
from neixiang_survey_plugin.core.judging import shifting
from neixiang_survey_plugin.core.judging.shifting import ShiftedLayer
from neixiang_survey_plugin.core.measuring.ground import prepare_ground
from neixiang_survey_plugin.core.measuring.laying import LaidRoutes, lay
from tests.drawn import ON, county, finding, green, measure_one, road, route

PLACE = st.tuples(st.integers(-400, 400), st.integers(-400, 400))
GROUND = prepare_ground(county())


def laid(*lines: LineString, width_m: float = 2.0) -> LaidRoutes:
    routes = [route(line, f"r{row}", working_width_m=width_m) for row, line in enumerate(lines)]
    return lay(routes, GROUND)


@given(
    st.lists(
        st.lists(PLACE, min_size=2, max_size=7, unique=True).map(
            lambda places: LineString(np.array(places) / 8)
        ),
        min_size=1,
        max_size=3,
    )
)
@example([LineString([(0, 0), (50, 0), (50 + 3e-8, 3e-8), (50, 50)])])  # two turns that are one
@example([LineString([(0, 0), (50, 0), (0, 0.5)])])
@example([LineString([(0, 0), (50, 0), (0, 0)])])
def test_a_strip_lies_within_its_reach(lines: list[LineString]) -> None:
    drawn = laid(*lines)
    edges = shapely.segmentize(shapely.boundary(drawn.strip), 0.3)
    for edge, line, reach_m in zip(edges, lines, drawn.reach_m, strict=True):
        away_m = shapely.distance(shapely.points(shapely.get_coordinates(edge)), line)
        assert away_m.max() <= reach_m + 1e-9


@pytest.mark.parametrize(
    ("line", "half_widths"),
    [
        ("0 0, 100 0", 1.01),
        ("0 0, 100 0, 100 100", 1.01 * 2**0.5),
        ("0 0, 100 0, 0 1", 26**0.5),  # a hairpin
        ("0 0, 100 0, 100 5", 26**0.5),  # a segment so short that turns may add up
    ],
)
def test_a_strip_reaches_as_far_as_its_sharpest_bend(line: str, half_widths: float) -> None:
    (reach_m,) = laid(route(line).line, width_m=2.0).reach_m
    assert reach_m == pytest.approx(half_widths)


def test_each_of_several_lines_reaches_as_far_as_its_own_bends() -> None:
    lines = [route(one).line for one in ("0 0, 90 0", "90 0, 0 0", "0 0, 90 0, 90 90")]
    assert laid(*lines).reach_m == pytest.approx([1.01, 1.01, 1.01 * 2**0.5])


def test_the_very_corner_of_a_hairpins_tip_touches_a_road() -> None:
    # cut off at five half widths the tip has its corners at (55, -1) and (55, 1)
    corner = road((54.98, 0.98, 60, 10))
    found = measure_one(county([corner]), route("0 0, 50 0, 0 0.02", working_width_m=2.0))
    assert [one.road.road_id for one in found.roads.touches] == ["R1"]


def test_green_space_that_a_sharper_bend_took_is_free_after_the_move() -> None:
    tip = green((53, -1, 60, 1))  # three metres beyond the bend
    editing = LiveCheck(Checker(county([], [tip])), [], ON)
    for line, taken in (("0 0, 50 0, 0 20", True), ("0 0, 50 0, 50 90", False)):
        (found,) = editing.put(route(line, working_width_m=2.0))
        assert (found.measures.green.strip.at_least > 0.0) is taken


def test_a_line_near_a_limit_is_measured_again_as_it_was_laid() -> None:
    wide = county([road((20, -50, 34.9, 50))], roads_accuracy_m=0.1)
    editing = LiveCheck(Checker(wide), [], ON)
    with patch.object(shifting, "lay", side_effect=AssertionError):
        (found,) = editing.put(route("0 0, 50 0"))
    assert finding(found, "crossing_length").borderline


def test_a_road_that_is_grown_or_shrunk_is_as_wide_as_all_of_its_parts() -> None:
    parts = shapely.box([40, 1000], [-50, 0], [60, 1100], [50, 40])  # the second far from the line
    checker = Checker(county([road(shapely.multipolygons(parts))], roads_accuracy_m=0.1))
    line = route("0 0, 100 0")
    groups = checker.group([line], checker.measure([line]), ON)
    ((grown, shrunk),) = shifting.measured_shifted(groups, checker.ground, ShiftedLayer.ROADS)
    for facts, by_m in ((grown, 0.1), (shrunk, -0.1)):
        moved = shapely.buffer(parts, by_m)
        (crossing,) = facts.measures[0].roads.crossings
        expected_m = 2.0 * shapely.area(moved).sum() / shapely.length(moved).sum()
        assert crossing.road_width_m == pytest.approx(expected_m)

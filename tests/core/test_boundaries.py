"""Where a route meets a boundary: doubling back, holes, parts, corners, shared edges."""

from __future__ import annotations

import math

import pytest
import shapely

from neixiang_survey_plugin.core.measuring.measures import RouteMeasures
from tests.drawn import Drawing, Row, county, measure_one, road, route

ROAD = road((40, -100, 48, 100), width_m=8.0)
WEST = road((0, 0, 10, 50), "W", width_m=10.0)
EAST = road((10, 0, 20, 50), "E", width_m=10.0)


def measured(line: Drawing, *roads: Row) -> RouteMeasures:
    return measure_one(county(roads), route(line))


def lengths(line: Drawing, *roads: Row) -> list[tuple[str, float]]:
    found = measured(line, *roads).roads.crossings
    return [(one.road.road_id, pytest.approx(one.length_m, abs=1e-6)) for one in found]


def inside_m(line: Drawing, *roads: Row) -> float | None:
    return measured(line, *roads).roads.inside.value


def test_route_that_doubles_back_over_a_road_crosses_it_twice() -> None:
    line = "0 0, 60 0, 20 0"
    assert lengths(line, ROAD) == [("R1", 8.0), ("R1", 8.0)]
    assert inside_m(line, ROAD) == pytest.approx(16.0)


def test_route_that_doubles_back_within_a_road_is_measured_in_full() -> None:
    # in at 40, on to 46, back out: 6 + 6 m in one stretch
    assert lengths("0 0, 46 0, 0 0", ROAD) == [("R1", 12.0)]
    assert inside_m("0 0, 46 0, 0 0", ROAD) == pytest.approx(12.0)


def test_a_bend_within_the_road_does_not_part_the_stretch() -> None:
    assert lengths("0 0, 44 0, 44 3, 100 3", ROAD) == [("R1", 11.0)]


def test_bends_on_both_boundaries_do_not_part_the_stretch() -> None:
    assert lengths("0 0, 40 0, 48 6, 100 6", ROAD) == [("R1", 10.0)]


def test_route_leaves_a_road_over_its_hole() -> None:
    square = "POLYGON ((0 0, 40 0, 40 40, 0 40, 0 0), (10 10, 30 10, 30 30, 10 30, 10 10))"
    assert lengths("-5 20, 45 20", road(square)) == [("R1", 10.0), ("R1", 10.0)]
    assert lengths("12 20, 28 20", road(square)) == []


def test_route_on_the_edge_of_a_hole_is_inside_the_road() -> None:
    square = "POLYGON ((0 0, 40 0, 40 40, 0 40, 0 0), (10 10, 30 10, 30 30, 10 30, 10 10))"
    assert lengths("12 10, 28 10", road(square)) == [("R1", 16.0)]


def test_parts_of_one_road_are_crossed_each_for_itself() -> None:
    parts = road("MULTIPOLYGON (((0 0, 4 0, 4 9, 0 9, 0 0)), ((10 0, 15 0, 15 9, 10 9, 10 0)))")
    assert lengths("-5 3, 20 3", parts) == [("R1", 4.0), ("R1", 5.0)]
    assert inside_m("-5 3, 20 3", parts) == pytest.approx(9.0)


def test_adjoining_parts_of_one_road_are_one_stretch() -> None:
    parts = road("MULTIPOLYGON (((0 0, 4 0, 4 9, 0 9, 0 0)), ((4 0, 9 0, 9 9, 4 9, 4 0)))")
    assert lengths("-5 3, 20 3", parts) == [("R1", 9.0)]


def test_overlapping_parts_of_one_road_are_one_stretch() -> None:
    parts = shapely.MultiPolygon([shapely.box(0, 0, 6, 9), shapely.box(4, 0, 9, 9)])
    assert lengths("-5 3, 20 3", road(parts)) == [("R1", 9.0)]


def test_a_part_within_another_does_not_cut_the_stretch_short() -> None:
    parts = shapely.MultiPolygon([shapely.box(0, 0, 20, 9), shapely.box(4, 0, 6, 9)])
    assert lengths("-5 3, 30 3", road(parts)) == [("R1", 20.0)]


def test_overlap_at_a_junction_counts_in_each_road_and_once_in_the_totals() -> None:
    # 0-12 in one road, 8-20 in the other
    one, other = road((0, 0, 12, 9), "A", width_m=12.0), road((8, 0, 20, 9), "B", width_m=12.0)
    assert lengths("-5 3, 30 3", one, other) == [("A", 12.0), ("B", 12.0)]
    roads = measured("-5 3, 30 3", one, other).roads
    assert roads.across.value == pytest.approx(20.0)
    assert roads.inside.value == pytest.approx(20.0)
    assert roads.along.value == pytest.approx(0.0)
    assert roads.across_each.value == pytest.approx(12.0)


def test_a_road_within_a_road_adds_nothing_to_the_totals() -> None:
    one, other = road((0, 0, 20, 9), "A", width_m=20.0), road((5, 0, 8, 9), "B", width_m=3.0)
    assert inside_m("-5 3, 30 3", one, other) == pytest.approx(20.0)


def test_what_is_across_one_road_and_along_another_is_across() -> None:
    # 100 m along the avenue, 10 m of them where the cross road lies over it
    avenue = road((0, 0, 100, 10), "A", width_m=10.0)
    cross = road((40, -50, 50, 60), "B", width_m=10.0)
    roads = measured("-10 5, 110 5", avenue, cross).roads
    assert roads.across.value == pytest.approx(10.0)
    assert roads.along.value == pytest.approx(90.0)
    assert roads.inside.value == pytest.approx(100.0)


def test_route_on_a_shared_edge_is_inside_both_neighbours_and_counted_once() -> None:
    line = "10 -5, 10 30"
    assert lengths(line, WEST, EAST) == [("W", 30.0), ("E", 30.0)]
    assert inside_m(line, WEST, EAST) == pytest.approx(30.0)


def test_route_on_a_shared_edge_may_lie_within_it_or_reach_over_it() -> None:
    assert lengths("10 5, 10 30", WEST, EAST) == [("W", 25.0), ("E", 25.0)]
    assert lengths("10 -9, 10 90", WEST, EAST) == [("W", 50.0), ("E", 50.0)]


def test_route_on_the_boundary_of_a_lone_road_is_inside() -> None:
    assert lengths("0 10, 0 30", WEST) == [("W", 20.0)]


def test_route_crosses_from_one_neighbour_to_the_other_on_their_shared_edge() -> None:
    assert lengths("-5 20, 25 20", WEST, EAST) == [("W", 10.0), ("E", 10.0)]
    assert inside_m("-5 20, 25 20", WEST, EAST) == pytest.approx(20.0)


def slanted(share: float, reach: float = 1.0) -> tuple[float, float]:
    """A point on the slanted edge, rounded to the last bit a coordinate near Neixiang has."""
    return 578_000.1 + share * reach * 331.7, 3_658_000.3 + share * reach * 717.9


def beside(east_m: float) -> shapely.Polygon:
    """The quadrilateral on one side of the slanted edge."""
    (e0, n0), (e1, n1) = slanted(0.0), slanted(1.0)
    return shapely.Polygon([(e0, n0), (e1, n1), (e1 + east_m, n1), (e0 + east_m, n0)])


@pytest.mark.parametrize("pieces", [1, 3, 7, 50, 1000, 20_000])
def test_route_on_a_slanted_shared_edge_is_inside_both_however_often_it_is_cut(
    pieces: int,
) -> None:
    # Every vertex in between is rounded, up to half a nanometre off the edge to either side.
    line = shapely.LineString([slanted(step / pieces) for step in range(pieces + 1)])
    one, other = road(beside(-30.0), "A"), road(beside(30.0), "B")
    assert lengths(line, one, other) == [("A", line.length), ("B", line.length)]
    assert inside_m(line, one, other) == pytest.approx(line.length, abs=1e-6)


@pytest.mark.parametrize("steps", [(0.25, 0.5), (0.25, 0.2504), (0.1, 0.1001)])
def test_a_short_piece_of_a_long_slanted_shared_edge_is_inside_both(
    steps: tuple[float, float],
) -> None:
    line = shapely.LineString([slanted(step) for step in steps])
    one, other = road(beside(-30.0), "A"), road(beside(30.0), "B")
    assert lengths(line, one, other) == [("A", line.length), ("B", line.length)]


def test_route_over_the_whole_length_of_slanted_neighbours_with_vertices_of_their_own() -> None:
    # the neighbours share the edge but have different vertices on it
    (e0, n0), (e1, n1) = slanted(0.0), slanted(1.0)
    ring = [slanted(step / 9) for step in range(10)]
    one = road(shapely.Polygon([*ring, (e1 - 30, n1), (e0 - 30, n0)]), "A")
    other = road(beside(30.0), "B")
    line = shapely.LineString([slanted(-0.1), slanted(0.31), slanted(1.2)])
    edge_m = math.hypot(e1 - e0, n1 - n0)
    assert lengths(line, one, other) == [("A", edge_m), ("B", edge_m)]
    assert inside_m(line, one, other) == pytest.approx(edge_m, abs=1e-6)


def test_route_that_touches_a_corner_crosses_nothing() -> None:
    # the line N = E + 50 passes the square's upper left corner
    assert lengths("-20 30, 20 70", WEST) == []
    assert inside_m("-20 30, 20 70", WEST) == 0.0


def test_route_that_bends_at_a_corner_from_outside_crosses_nothing() -> None:
    assert lengths("-20 30, 0 50, -20 70", WEST) == []


def test_route_that_ends_at_the_boundary_crosses_nothing() -> None:
    assert lengths("-20 30, 0 30", WEST) == []
    assert lengths("0 30, -20 30", WEST) == []


def test_route_that_bends_at_the_boundary_from_outside_crosses_nothing() -> None:
    assert lengths("-20 10, 0 30, -20 50", WEST) == []


def test_route_that_touches_the_boundary_from_inside_stays_inside() -> None:
    assert lengths("5 10, 0 20, 5 30", WEST) == [("W", 2 * math.hypot(5, 10))]


def test_route_through_a_corner_into_the_road_is_measured_from_the_corner() -> None:
    # from (0, 0) up the diagonal to the side at 10 E
    assert lengths("-10 -10, 20 20", WEST) == [("W", 10 * math.sqrt(2))]


def test_route_along_an_edge_and_on_through_the_road_is_one_stretch() -> None:
    # 20 m on the western boundary, then 10 m across
    assert lengths("0 -5, 0 20, 15 20", WEST) == [("W", 30.0)]


def test_route_on_the_edge_of_a_notch_is_inside_before_and_behind_it() -> None:
    # a square 0-30 with a bite out of its top from 10 to 20, down to 20 N
    bitten = road("POLYGON ((0 0, 30 0, 30 30, 20 30, 20 20, 10 20, 10 30, 0 30, 0 0))")
    assert lengths("-5 20, 35 20", bitten) == [("R1", 30.0)]
    assert lengths("-5 25, 35 25", bitten) == [("R1", 10.0), ("R1", 10.0)]
    assert lengths("-5 30, 35 30", bitten) == [("R1", 10.0), ("R1", 10.0)]


def test_a_road_drawn_clockwise_or_not_gives_the_same() -> None:
    turned = road(shapely.box(40, -100, 48, 100, ccw=False))
    assert lengths("0 0, 100 0", turned) == lengths("0 0, 100 0", ROAD) == [("R1", 8.0)]


def test_a_segment_that_is_very_short_loses_nothing() -> None:
    # the vertex stands a tenth of a micrometre before the far boundary
    assert lengths("0 0, 47.9999999 0, 100 0", ROAD) == [("R1", 8.0)]


def test_a_point_twice_in_the_route_changes_nothing() -> None:
    assert lengths("0 0, 44 0, 44 0, 100 0", ROAD) == [("R1", 8.0)]

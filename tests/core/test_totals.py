"""What counts towards a total, and what is only listed."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from neixiang_survey_plugin.core.measuring.crossings import union_m
from neixiang_survey_plugin.core.measuring.measures import Amount, Crossing
from tests.drawn import county, measure, measure_one, road, route

LINE = route("0 0, 100 0")
LOCAL = road((10, -50, 18, 50), "L", width_m=8.0)
SECONDARY = road((40, -50, 47, 50), "S", width_m=7.0, road_class="secondary")


def totals(*roads: dict[str, object]) -> tuple[Amount, Amount, Amount]:
    found = measure_one(county(roads), LINE).roads
    return found.across, found.across_each, found.inside


def test_every_crossing_of_a_route_counts() -> None:
    across, each, inside = totals(LOCAL, SECONDARY)
    assert across.value == pytest.approx(15.0)
    assert each.value == pytest.approx(8.0)
    assert inside.value == pytest.approx(15.0)


def test_a_route_that_runs_into_a_road_counts_as_crossing() -> None:
    found = measure_one(county([LOCAL]), route("0 0, 15 0")).roads
    assert found.across.value == pytest.approx(5.0)
    assert found.along.value == pytest.approx(0.0)


def test_a_route_that_runs_along_counts_as_inside_only() -> None:
    found = measure_one(county([LOCAL]), route("0 0, 14 0, 14 40, 100 40")).roads
    assert found.across.value == 0.0
    assert found.across_each.value == 0.0
    assert found.along.value == pytest.approx(48.0)
    assert found.inside.value == pytest.approx(48.0)


@pytest.mark.parametrize("road_class", ["expressway", "arterial", "secondary", "local", "highway"])
def test_roads_of_every_class_but_other_count(road_class: str) -> None:
    across, _, inside = totals({**LOCAL, "road_class": road_class})
    assert (across.value, inside.value) == pytest.approx((8.0, 8.0))
    assert across.at_least == pytest.approx(8.0)


def test_a_road_of_class_other_is_listed_and_not_counted() -> None:
    found = measure_one(county([{**LOCAL, "road_class": "other"}, SECONDARY]), LINE).roads
    assert [one.road.road_id for one in found.crossings] == ["L", "S"]
    assert [touch.road.road_id for touch in found.touches] == ["L", "S"]
    assert found.across.value == pytest.approx(7.0)
    assert found.across_each.value == pytest.approx(7.0)
    assert found.inside.value == pytest.approx(7.0)


def test_a_road_of_unknown_class_counts_but_is_not_certain() -> None:
    for amount, value, certain in zip(
        totals({**LOCAL, "road_class": None}, SECONDARY), (15.0, 8.0, 15.0), (7.0, 7.0, 7.0),
        strict=True,
    ):  # fmt: skip
        assert amount.value == pytest.approx(value)
        assert amount.at_least == pytest.approx(certain)
        assert amount.at_most == pytest.approx(value)


def test_what_a_known_road_covers_is_certain_though_an_unknown_one_lies_there_too() -> None:
    unknown = road((8, -50, 20, 50), "U", width_m=12.0, road_class=None)
    across, _, _ = totals(LOCAL, unknown)
    assert (across.value, across.at_least) == pytest.approx((12.0, 8.0))


def test_a_route_away_from_every_road_has_totals_of_zero() -> None:
    found = measure_one(county([LOCAL]), route("0 200, 100 200")).roads
    assert found.crossings == ()
    assert found.touches == ()
    for amount in (found.across, found.across_each, found.inside, found.along):
        assert amount == Amount.exactly(0.0)


def test_a_county_whose_road_layer_is_empty_has_totals_of_zero() -> None:
    assert measure_one(county([]), LINE).roads.inside == Amount.exactly(0.0)


def test_a_road_that_is_a_line_reaches_half_its_width_to_either_side() -> None:
    found = measure_one(county([road("50 -40, 50 40", width_m=9.0)]), LINE).roads
    (crossing,) = found.crossings
    assert (crossing.from_m, crossing.to_m) == pytest.approx((45.5, 54.5))
    assert crossing.kind == "across"


def test_a_road_that_is_a_line_ends_flat() -> None:
    end = road("50 1, 50 40", width_m=9.0)
    assert measure_one(county([end]), LINE).roads.crossings == ()
    (found,) = measure_one(county([end]), route("0 1.5, 100 1.5")).roads.crossings
    assert found.length_m == pytest.approx(9.0)


def test_a_road_that_is_a_line_bends_round() -> None:
    # bend at (50, 0), first north, then east: the outer corner is a quarter circle of 16 chords
    bent = road("50 40, 50 0, 90 0", width_m=10.0)
    found = measure_one(county([bent]), route("40 -10, 60 10")).roads
    (crossing,) = found.crossings
    # the diagonal enters at a vertex of the arc, 5 m from the bend, and leaves at (55, 5)
    assert crossing.length_m == pytest.approx(5.0 + 5.0 * np.sqrt(2.0))


def test_the_round_bend_of_a_line_road_has_sixteen_chords_a_quarter() -> None:
    # 11.25 degrees off west: a vertex of 16 chords lies there, 5 m from the bend; of 8 or fewer
    # chords it is the middle of one, 4.98 m or less
    bent = road("50 40, 50 0, 90 0", width_m=10.0)
    angle = np.radians(11.25)
    start = 50 - 20 * np.cos(angle), -20 * np.sin(angle)
    line = route(shapely.LineString([start, (50, 0)]))
    (crossing,) = measure_one(county([bent]), line).roads.crossings
    assert crossing.length_m == pytest.approx(5.0, abs=1e-6)


(WHOLE,) = measure_one(county([LOCAL]), LINE).roads.crossings


def stretch(from_m: float, to_m: float) -> Crossing:
    return WHOLE._replace(from_m=from_m, to_m=to_m)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=8))
def test_a_union_counts_each_place_once(ranges: list[tuple[int, int]]) -> None:
    metres = {metre for from_m, long_m in ranges for metre in range(from_m, from_m + long_m)}
    stretches = [stretch(from_m, from_m + long_m) for from_m, long_m in ranges]
    assert union_m(stretches) == len(metres)


def test_a_union_far_along_a_line_is_exact() -> None:
    assert union_m([stretch(49_990.1, 50_000.1), stretch(49_994.1, 50_004.1)]) == pytest.approx(
        14.0, rel=1e-12
    )


def test_no_stretch_of_a_line_counts_for_another() -> None:
    crossed = county([road((40, -50, 48, 50), "R1"), road((44, -50, 54, 5), "R2")])
    lines = [route("0 0, 100 0", "a"), route("0 70, 100 70", "b"), route("0 20, 100 20", "c")]
    found = [one.roads for one in measure(crossed, *lines)]
    assert [one.across.value for one in found] == pytest.approx([14.0, 0.0, 8.0])
    assert [one.across_each.value for one in found] == pytest.approx([10.0, 0.0, 8.0])

"""What counts towards a total, and what is only listed."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from neixiang_survey_plugin.core.measuring.crossings import CrossingTable, longest_m, union_m
from neixiang_survey_plugin.core.measuring.measures import Amount
from tests.drawn import county, measure_one, road, route

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


def stretches(count: int) -> CrossingTable:
    """For each line 10 m in one road, and 10 m in another that begin 4 m further."""
    line = np.repeat(np.arange(count), 2)
    from_m = np.tile([49_990.1, 49_994.1], count)
    return CrossingTable(
        line=line,
        road=np.tile([0, 1], count),
        from_m=from_m,
        to_m=from_m + 10.0,
        kind=np.zeros(2 * count, dtype=np.int8),
        angle_deg=np.full(2 * count, 90.0),
        drift=np.full(2 * count, 2.0),
        blurred_m=np.zeros(2 * count),
        line_blurred_m=np.zeros(count),
    )


def test_totals_of_a_hundred_thousand_lines_are_as_exact_as_those_of_one() -> None:
    many = stretches(100_000)
    everything = np.ones(200_000, dtype=bool)
    np.testing.assert_allclose(union_m(many, everything, 100_000), 14.0, rtol=1e-12)
    np.testing.assert_allclose(longest_m(many, everything, 100_000), 10.0, rtol=1e-12)


def test_no_stretch_of_a_line_counts_for_another() -> None:
    table = stretches(3)
    wanted = np.array([True, True, False, True, False, False])
    assert union_m(table, wanted, 4) == pytest.approx([14.0, 10.0, 0.0, 0.0])

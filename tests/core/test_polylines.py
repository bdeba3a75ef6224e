"""Centre lines in segments, on the grid and on the ellipsoid."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.core.measuring.polylines import cut_into_segments
from tests.drawn import PLANE, county, drawn, green, measure_one, road, route

STRETCHED = Grid(0, 0.0, 0.0, (1.25, 0.0, 0.0, 0.0, 0.0, 0.0))


def test_metres_of_a_line_run_on_over_its_bends() -> None:
    lines = cut_into_segments([drawn("0 0, 3 4, 3 10"), drawn("0 0, 0 7")], PLANE)
    assert lines.total_m.tolist() == [11.0, 7.0]
    assert lines.before_m.tolist() == [0.0, 5.0, 0.0]
    assert lines.point_at(0, 8.0) == pytest.approx((3.0, 7.0))
    assert lines.point_at(1, 7.0) == pytest.approx((0.0, 7.0))


def test_places_before_and_beyond_a_line_lie_straight_on() -> None:
    lines = cut_into_segments([drawn("0 0, 10 0, 10 10")], PLANE)
    assert lines.point_at(0, -2.0) == pytest.approx((-2.0, 0.0))
    assert lines.point_at(0, 23.0) == pytest.approx((10.0, 13.0))


def test_a_point_twice_adds_nothing() -> None:
    lines = cut_into_segments([drawn("0 0, 5 0, 5 0, 9 0")], PLANE)
    assert lines.total_m.tolist() == [9.0]


def test_a_line_without_length_is_refused() -> None:
    with pytest.raises(SurveyError):
        cut_into_segments([drawn("0 0, 5 0"), drawn("3 3, 3 3")], PLANE)


def test_ellipsoidal_metres_are_grid_metres_over_the_factor() -> None:
    found = measure_one(county(grid=STRETCHED), route("0 0, 300 400"))
    assert found.grid_length_m == pytest.approx(500.0)
    assert found.length_m == pytest.approx(400.0)


def test_each_segment_has_the_factor_of_its_own_middle() -> None:
    # the factor grows by a hundredth each kilometre east
    grid = Grid(0, 0.0, 0.0, (1.0, 0.1, 0.0, 0.0, 0.0, 0.0))
    lines = cut_into_segments([drawn("0 0, 2000 0, 4000 0")], grid)
    assert lines.length_m.tolist() == pytest.approx([2000 / 1.01, 2000 / 1.03])


def test_long_segments_are_halved_for_their_factor() -> None:
    lines = cut_into_segments([drawn("0 0, 3000 0, 15000 0")], PLANE)
    # 12 km needs to be halved twice to stay within 5 km
    assert lines.grid_length_m.tolist() == [3000.0] * 5
    assert lines.start[:, 0].tolist() == [0.0, 3000.0, 6000.0, 9000.0, 12000.0]


def test_the_fitted_factor_is_that_of_the_points() -> None:
    steps = np.linspace(0.0, 60_000.0, 5)
    easting, northing = (axis.ravel() for axis in np.meshgrid(steps, steps))
    factor = 1.0 + 3e-9 * easting - 2e-9 * northing + 1e-14 * easting * northing
    grid = Grid.fit(4546, easting, northing, factor)
    assert grid.factor_at(easting + 777.0, northing) == pytest.approx(
        1.0 + 3e-9 * (easting + 777.0) - 2e-9 * northing + 1e-14 * (easting + 777.0) * northing,
        abs=1e-13,
    )


def test_a_fit_is_the_same_whatever_the_last_bits_of_the_factors_are() -> None:
    steps = np.linspace(0.0, 60_000.0, 13)
    easting, northing = (axis.ravel() for axis in np.meshgrid(steps, steps))
    factor = 1.0000788 + 1.97e-9 * easting + 1.2e-14 * easting**2
    noise = np.random.default_rng(1).choice([-1.0, 0.0, 1.0], factor.size) * np.spacing(factor)
    exact = Grid.fit(4546, easting, northing, factor)
    assert Grid.fit(4546, easting, northing, factor + noise) == exact
    assert exact.coefficients[3] == 1.2e-6


def test_lengths_areas_and_chainages_are_ellipsoidal_and_widths_are_not() -> None:
    # a grid 25 % too long: 100 grid metres are 80, a 2 m strip stays 2 grid metres wide
    ground = county([road((40, -9, 50, 9), width_m=10.0)], [green((20, -9, 60, 9))], grid=STRETCHED)
    found = measure_one(ground, route("0 0, 100 0"))
    (crossing,) = found.roads.crossings
    assert (crossing.from_m, crossing.to_m) == pytest.approx((32.0, 40.0))
    assert found.green.strip.value == pytest.approx(40 * 2 / 1.25**2)
    # a bore from 40 to 64 m lies at 50-80 on the grid; pits of 2.5 m are 2.5 on the grid
    bored = route("0 0, 100 0", bores=[(40, 64)], pit_length_m=2.5, pit_width_m=2.0)
    assert measure_one(ground, bored).green.strip.value == pytest.approx(30 * 2 / 1.25**2)
    wide = route("0 0, 100 0", bores=[(40, 64)], pit_length_m=2.5, pit_width_m=4.0)
    assert measure_one(ground, wide).green.strip.value == pytest.approx(
        (30 * 2 + 2.5 * 2) / 1.25**2
    )


def test_the_end_of_a_route_is_its_last_point() -> None:
    assert measure_one(county(), route("0 0, 7 0, 7 9")).end == (7.0, 9.0)
    assert isinstance(drawn("0 0, 1 1"), shapely.LineString)

"""From other systems into the county grid, and the grid's own scale."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyproj
import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.crs import to_county_grid
from neixiang_survey_plugin.io.grid_fit import fit_grid
from tests.builders import ORIGIN, ROAD, write_county, write_layer
from tests.io.saying import county_problems, only

EAST, NORTH = ORIGIN
AROUND_NEIXIANG = (EAST - 3000, NORTH - 3000, EAST + 3000, NORTH + 3000)


def random_points(count: int, reach_m: float) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    return (
        EAST + random.uniform(-reach_m, reach_m, count),
        NORTH + random.uniform(-reach_m, reach_m, count),
    )


def test_fitted_factor_is_the_projections_own_over_60_by_60_km() -> None:
    grid = fit_grid(4546, AROUND_NEIXIANG)
    projection = pyproj.Proj(4546)
    east, north = np.meshgrid(np.linspace(550e3, 610e3, 61), np.linspace(3630e3, 3690e3, 61))
    factors = projection.get_factors(*projection(east.ravel(), north.ravel(), inverse=True))
    error = np.abs(grid.factor_at(east.ravel(), north.ravel()) - factors.parallel_scale)
    assert error.max() <= 1e-9


def test_lengths_of_200_m_agree_with_geodesics_to_a_hundredth_of_a_millimetre() -> None:
    grid = fit_grid(4546, AROUND_NEIXIANG)
    projection = pyproj.Proj(4546)
    east, north = random_points(2000, 28_000)
    bearing = np.random.default_rng(2).uniform(0, 2 * np.pi, 2000)
    far_east, far_north = east + 200 * np.cos(bearing), north + 200 * np.sin(bearing)
    ours = 200 / grid.factor_at((east + far_east) / 2, (north + far_north) / 2)
    *_, geodesic = (
        pyproj.CRS(4546)
        .get_geod()
        .inv(*projection(east, north, inverse=True), *projection(far_east, far_north, inverse=True))
    )
    assert np.abs(ours - geodesic).max() < 1e-5


def test_grid_does_not_change_with_the_layers_that_are_read() -> None:
    some = fit_grid(4546, (EAST, NORTH, EAST + 10, NORTH + 10))
    assert some == fit_grid(4546, AROUND_NEIXIANG)


def test_grid_of_a_wide_county_reaches_its_corners() -> None:
    reach_m = 110_000
    grid = fit_grid(4546, (EAST - reach_m, NORTH - reach_m, EAST + reach_m, NORTH + reach_m))
    projection = pyproj.Proj(4546)
    corner = (EAST - reach_m, NORTH + reach_m)
    factor = projection.get_factors(*projection(*corner, inverse=True)).parallel_scale
    # A grid fitted to 60 x 60 km is wrong by 4e-8 there.
    assert abs(grid.factor_at(np.array(corner[0]), np.array(corner[1])) - factor) < 3e-8


@pytest.mark.parametrize(
    ("epsg", "why"),
    [
        (4490, "不是以米为单位的投影坐标系"),
        (2230, "不是以米为单位的投影坐标系"),  # US survey feet
        (3857, "不是等角投影"),
        (6933, "不是等角投影"),  # an equal-area grid
        (999999, "不认识坐标系"),
    ],
)
def test_grid_that_does_not_serve_is_refused(epsg: int, why: str) -> None:
    with pytest.raises(SurveyError, match=why):
        fit_grid(epsg, (0.0, 3_600_000.0, 10.0, 3_600_010.0))


@pytest.mark.parametrize("epsg", [4490, 999999])
def test_county_file_with_such_a_grid_is_named(tmp_path: Path, epsg: int) -> None:
    write_county(tmp_path)
    file = tmp_path / "county.toml"
    file.write_text(file.read_text("utf-8").replace("4546", str(epsg)), "utf-8")
    only(county_problems(tmp_path), "county.toml", "epsg", f"EPSG:{epsg}")


@pytest.mark.parametrize("crs", ["EPSG:4547", "EPSG:4525", "EPSG:4490", "EPSG:4326"])
def test_point_of_another_system_comes_to_its_place_on_the_grid(crs: str) -> None:
    there = pyproj.Transformer.from_crs(4546, crs, always_xy=True).transform(EAST, NORTH)
    assert to_county_grid(np.array([there]), crs, 4546)[0] == pytest.approx(ORIGIN, abs=1e-4)


@pytest.mark.parametrize("dialect", ["WKT1_GDAL", "WKT1_ESRI", "WKT2_2019"])
def test_county_system_written_out_moves_nothing(dialect: str) -> None:
    written = pyproj.CRS.from_epsg(4546).to_wkt(dialect)
    assert to_county_grid(np.array([ORIGIN]), written, 4546)[0] == pytest.approx(ORIGIN, abs=1e-6)


@pytest.mark.parametrize("crs", ["EPSG:2382", "EPSG:4610", "EPSG:4214"])
def test_older_datum_is_refused_because_it_would_be_off_by_100_m(tmp_path: Path, crs: str) -> None:
    write_county(tmp_path)
    (tmp_path / "roads.gpkg").unlink()
    write_layer(tmp_path / "roads.gpkg", [ROAD], "roads", crs)
    only(county_problems(tmp_path), "roads.gpkg", "图层 roads", crs, "基准不同")


def test_system_of_the_county_file_that_nobody_knows_is_named(tmp_path: Path) -> None:
    write_county(tmp_path, keys={"roads": 'crs = "EPSG:45470"'})
    only(county_problems(tmp_path), "roads.gpkg", "不认识坐标系“EPSG:45470”")


def test_county_without_layers_has_a_grid_all_the_same(tmp_path: Path) -> None:
    grid = load_county(write_county(tmp_path), layers=()).grid
    assert grid.epsg == 4546
    assert grid.factor_at(np.array(500_000.0), np.array(3_500_000.0)) == pytest.approx(1, abs=1e-8)

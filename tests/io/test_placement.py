"""Layers that do not lie where the county is, and the mistake that probably put them there."""

from __future__ import annotations

from pathlib import Path

import pyproj
import pytest

from neixiang_survey_plugin.io.county_file import load_county
from tests.builders import (
    CRS,
    ORIGIN,
    ROAD,
    green,
    line,
    rectangle,
    road,
    write_county,
    write_layer,
)
from tests.io.saying import county_problems, only

EAST, NORTH = ORIGIN
PARK = green("G1", rectangle(0, 0, 10, 10))
# Neixiang in degrees, in the three-degree zone to the east, and in Web Mercator.
DEGREES = (111.83505, 33.04456)
MISTAKES = {
    "像是 EPSG:4547": (297_700.0, 3_662_000.0),
    "像是 EPSG:4525": (EAST + 37_000_000, NORTH),
    "像是 EPSG:3857": (12_449_400.0, 3_900_900.0),
    "像是两个坐标写反了": (NORTH, EAST),
    "带号 49": (EAST + 49_000_000, NORTH),
}


def county_with_park_at(folder: Path, origin: tuple[float, float], crs: str = CRS) -> Path:
    write_county(folder, green_spaces=[PARK], roads=[ROAD])
    (folder / "green_spaces.gpkg").unlink()
    write_layer(folder / "green_spaces.gpkg", [PARK], "green_spaces", crs, origin)
    return folder


@pytest.mark.parametrize(("cause", "origin"), MISTAKES.items())
def test_usual_mistake_is_named(tmp_path: Path, cause: str, origin: tuple[float, float]) -> None:
    problems = county_problems(county_with_park_at(tmp_path, origin))
    only(problems, "green_spaces.gpkg", "图层 green_spaces", "使用范围", cause, "EPSG:4546")


@pytest.mark.parametrize(
    ("wkt", "cause"),
    [
        ("POLYGON ((111.83 33.04, 111.84 33.04, 111.84 33.05, 111.83 33.04))", "像是经纬度"),
        ("POLYGON ((33.04 111.83, 33.04 111.84, 33.05 111.84, 33.04 111.83))", "纬度在前"),
    ],
)
def test_degrees_in_a_projected_system_are_recognised(tmp_path: Path, wkt: str, cause: str) -> None:
    write_county(tmp_path)
    (tmp_path / "roads.gpkg").unlink()
    write_layer(tmp_path / "roads.gpkg", [road("R1", wkt)], "roads", CRS, (0.0, 0.0))
    only(county_problems(tmp_path), "roads.gpkg", cause, "EPSG:4546")


def test_latitude_before_longitude_is_recognised(tmp_path: Path) -> None:
    write_county(tmp_path)
    (tmp_path / "roads.gpkg").unlink()
    swapped = "POLYGON ((33.04 111.83, 33.04 111.84, 33.05 111.84, 33.04 111.83))"
    write_layer(tmp_path / "roads.gpkg", [road("R1", swapped)], "roads", "EPSG:4490", (0.0, 0.0))
    only(county_problems(tmp_path), "roads.gpkg", "两个坐标写反了")


def test_file_that_claims_the_next_zone_but_is_on_the_county_grid_is_recognised(
    tmp_path: Path,
) -> None:
    problems = county_problems(county_with_park_at(tmp_path, ORIGIN, "EPSG:4547"))
    only(problems, "green_spaces.gpkg", "像是 EPSG:4546", "被当成了 EPSG:4547")


def test_layer_51_km_from_the_roads_is_refused(tmp_path: Path) -> None:
    problems = county_problems(county_with_park_at(tmp_path, (EAST, NORTH + 51_000)))
    only(problems, "green_spaces.gpkg", "离图层 roads 有 51 公里", "[layers.green_spaces]")
    assert "像是" not in problems[0]


def test_mistake_that_stays_within_the_zone_is_known_by_the_other_layers(tmp_path: Path) -> None:
    # 109.6 E lies on both sides of its zones' border: read in either, it is within bounds.
    at_home = pyproj.Proj(4546)(109.6, 33.0)
    in_next_zone = pyproj.Proj(4545)(109.6, 33.0)
    write_county(tmp_path, roads=[ROAD], green_spaces=[PARK])
    for name, rows, origin in (("roads", [ROAD], at_home), ("green_spaces", [PARK], in_next_zone)):
        (tmp_path / f"{name}.gpkg").unlink()
        write_layer(tmp_path / f"{name}.gpkg", rows, name, origin=origin)
    problems = county_problems(tmp_path)
    only(problems, "green_spaces.gpkg", "离图层 roads 有 280 公里", "像是 EPSG:4545")


def test_layer_49_km_from_the_roads_is_read(tmp_path: Path) -> None:
    county = load_county(county_with_park_at(tmp_path, (EAST, NORTH + 49_000)))
    assert len(county.layers["green_spaces"]) == 1


def test_single_stray_row_is_named_and_the_layer_is_not_blamed(tmp_path: Path) -> None:
    stray = road("R3", rectangle(1_000_000, 0, 1_000_010, 10))
    problems = county_problems(
        write_county(tmp_path, roads=[ROAD, road("R2", rectangle(0, 0, 10, 10)), stray])
    )
    only(problems, "roads.gpkg: 图层 roads 第 3 行（fid 3，road_id R3）", "使用范围")


def test_stray_row_behind_an_invalid_one_keeps_its_number(tmp_path: Path) -> None:
    bow_tie = road("R1", "POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))")
    good = [road("R2", rectangle(0, 0, 9, 9)), road("R3", rectangle(9, 0, 18, 9))]
    stray = road("R4", rectangle(1_000_000, 0, 1_000_010, 10))
    invalid, outside = county_problems(write_county(tmp_path, roads=[bow_tie, *good, stray]))
    assert "第 1 行（fid 1，road_id R1）: 面无效" in invalid
    assert "第 4 行（fid 4，road_id R4）" in outside


def test_mistake_is_named_although_one_row_lies_elsewhere_altogether(tmp_path: Path) -> None:
    write_county(tmp_path)
    (tmp_path / "roads.gpkg").unlink()
    rows = [road(f"R{n}", rectangle(n, 0, n + 1, 9)) for n in range(3)]
    stray = road("R9", rectangle(9_000_000, 0, 9_000_009, 9))
    origin = MISTAKES["像是 EPSG:4547"]
    write_layer(tmp_path / "roads.gpkg", [*rows, stray], "roads", origin=origin)
    only(county_problems(tmp_path), "roads.gpkg: 图层 roads", "像是 EPSG:4547")


def test_county_may_reach_a_quarter_degree_beyond_its_zone(tmp_path: Path) -> None:
    # 112.5 E is the zone's edge; the county's grid reaches 112.7 E at about E 658800.
    load_county(write_county(tmp_path, roads=[road("R1", rectangle(80_000, 0, 80_010, 10))]))


def test_layer_beside_a_county_wide_one_is_near_it(tmp_path: Path) -> None:
    wide = road("R2", line((0, 0), (0, 120_000)))
    write_county(tmp_path, roads=[ROAD, wide], green_spaces=[PARK])
    assert len(load_county(tmp_path).layers["green_spaces"]) == 1

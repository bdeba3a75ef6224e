"""Layers that are no GeoPackages, as counties have them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.io.county_file import load_county
from tests.builders import ORIGIN, ROAD, Row, placed, rectangle, road, write_county, write_layer
from tests.io.saying import county_problems, only

SQUARE = rectangle(0, 0, 10, 10)
CHINESE = road("示1", SQUARE, name="湍河示例路", road_class="主干路")


def county_with(folder: Path, file: str, keys: str = "") -> Path:
    """A county whose roads are the file of that name."""
    write_county(folder)
    toml = folder / "county.toml"
    text = toml.read_text("utf-8").replace('"roads.gpkg"', f'"{file}"\n{keys}')
    toml.write_text(text, "utf-8")
    return folder


def roads(folder: Path) -> FeatureTable:
    return load_county(folder).layers["roads"]


def shapefile(folder: Path, row: Row = CHINESE, encoding: str = "GBK") -> Path:
    return write_layer(folder / "dl.shp", [row], "dl", encoding=encoding)


@pytest.mark.parametrize("encoding", ["GBK", "UTF-8"])
@pytest.mark.parametrize("says_encoding", [True, False])
def test_chinese_shapefile_is_read_in_either_encoding(
    tmp_path: Path, encoding: str, says_encoding: bool
) -> None:
    path = shapefile(tmp_path, encoding=encoding)
    if not says_encoding:
        path.with_suffix(".cpg").unlink()
    table = roads(county_with(tmp_path, "dl.shp"))
    assert table.ids.tolist() == ["示1"]
    assert table.columns["name"].tolist() == ["湍河示例路"]
    assert table.columns["road_class"].tolist() == ["arterial"]


def test_encoding_that_the_file_says_comes_before_a_guess(tmp_path: Path) -> None:
    shapefile(tmp_path, road("R1", SQUARE, name="縣城道路"), encoding="BIG5")
    table = roads(county_with(tmp_path, "dl.shp"))
    assert table.columns["name"].tolist() == ["縣城道路"]


def test_encoding_of_the_county_file_comes_before_what_the_file_says(tmp_path: Path) -> None:
    shapefile(tmp_path).with_suffix(".cpg").write_text("ISO-8859-1")
    table = roads(county_with(tmp_path, "dl.shp", 'encoding = "GBK"'))
    assert table.columns["name"].tolist() == ["湍河示例路"]


def test_names_that_a_shapefile_cut_to_ten_letters_are_known(tmp_path: Path) -> None:
    shapefile(tmp_path, road("R1", SQUARE, delivery_kind="新建", overhauled_on="2020-01-01"))
    table = roads(county_with(tmp_path, "dl.shp"))
    assert table.columns["delivered_on"].astype(str).tolist() == ["2010-01-01"]
    assert table.columns["delivery_kind"].tolist() == ["new"]
    assert table.columns["overhauled_on"].astype(str).tolist() == ["2020-01-01"]


def test_shapefile_of_the_county_grid_is_not_moved(tmp_path: Path) -> None:
    shapefile(tmp_path)
    table = roads(county_with(tmp_path, "dl.shp"))
    assert table.geometry[0].normalize().equals_exact(placed(SQUARE).normalize(), 1e-9)


def test_shapefile_without_a_prj_is_told_where_to_write_its_system(tmp_path: Path) -> None:
    shapefile(tmp_path).with_suffix(".prj").unlink()
    county_with(tmp_path, "dl.shp")
    only(county_problems(tmp_path), "dl.shp", "图层 dl", "没有坐标系", "[layers.roads]")


def test_system_of_the_county_file_serves_where_the_file_has_none(tmp_path: Path) -> None:
    shapefile(tmp_path).with_suffix(".prj").unlink()
    assert len(roads(county_with(tmp_path, "dl.shp", 'crs = "EPSG:4546"'))) == 1


def test_row_of_a_shapefile_is_counted_from_one(tmp_path: Path) -> None:
    write_layer(tmp_path / "dl.shp", [ROAD, road("R2", SQUARE, road_class="干")], "dl")
    county_with(tmp_path, "dl.shp")
    only(county_problems(tmp_path), "dl.shp: 图层 dl 第 2 行（road_id R2）", "“干”")


def geojson(path: Path, *shapes: object, **more: object) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {"road_id": f"R{n}", "road_class": "local", "delivered_on": None},
            "geometry": shape,
        }
        for n, shape in enumerate(shapes, start=1)
    ]
    content = {"type": "FeatureCollection", "features": features, **more}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_geojson_in_degrees_comes_to_the_county_grid(tmp_path: Path) -> None:
    ring = [[111.83, 33.04], [111.84, 33.04], [111.84, 33.05], [111.83, 33.04]]
    geojson(tmp_path / "dl.geojson", {"type": "Polygon", "coordinates": [ring]})
    west, south, *_ = roads(county_with(tmp_path, "dl.geojson")).geometry[0].bounds
    assert (west, south) == pytest.approx(ORIGIN, abs=1000)


def test_geojson_in_metres_that_does_not_say_so_is_recognised(tmp_path: Path) -> None:
    geojson(tmp_path / "dl.geojson", shapely.geometry.mapping(placed(SQUARE)))
    county_with(tmp_path, "dl.geojson")
    only(county_problems(tmp_path), "dl.geojson", "像是 EPSG:4546", "EPSG:4326")


def test_geojson_line_of_one_point_names_its_row(tmp_path: Path) -> None:
    good = {"type": "LineString", "coordinates": [[111.83, 33.04], [111.84, 33.04]]}
    one = {"type": "LineString", "coordinates": [[111.83, 33.04]]}
    geojson(tmp_path / "dl.geojson", good, one)
    county_with(tmp_path, "dl.geojson")
    only(county_problems(tmp_path), "dl.geojson", "第 2 行（road_id R2）", "线只有一个点")


def test_geojson_without_geometry_names_its_row(tmp_path: Path) -> None:
    geojson(tmp_path / "dl.geojson", None)
    county_with(tmp_path, "dl.geojson")
    only(county_problems(tmp_path), "dl.geojson", "第 1 行（road_id R1）", "没有几何")


def test_list_in_a_cell_is_text_that_no_word_matches(tmp_path: Path) -> None:
    road_shape = shapely.LineString([(111.83, 33.04), (111.84, 33.04)])
    path = geojson(tmp_path / "dl.geojson", shapely.geometry.mapping(road_shape))
    path.write_text(path.read_text().replace('"local"', "[1, 2]"))
    county_with(tmp_path, "dl.geojson")
    only(county_problems(tmp_path), "第 1 行（road_id R1）", "road_class", "[1")


@pytest.mark.parametrize("suffix", [".geojson", ".fgb"])
def test_file_that_was_cut_short_is_named(tmp_path: Path, suffix: str) -> None:
    path = write_layer(tmp_path / f"dl{suffix}", [CHINESE] * 50, "dl")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    county_with(tmp_path, path.name)
    only(county_problems(tmp_path), str(path), "被截断")


def test_shapefile_that_was_cut_short_names_the_rows_that_are_gone(tmp_path: Path) -> None:
    path = write_layer(tmp_path / "dl.shp", [road(f"R{n}", SQUARE) for n in range(9)], "dl")
    path.write_bytes(path.read_bytes()[:1000])
    county_with(tmp_path, "dl.shp")
    problems = county_problems(tmp_path)
    assert "dl.shp: 图层 dl 第 9 行（road_id R8）: 没有几何" in problems[-1]


def test_shapefile_without_its_index_is_named(tmp_path: Path) -> None:
    shapefile(tmp_path).with_suffix(".shx").unlink()
    county_with(tmp_path, "dl.shp")
    only(county_problems(tmp_path), "dl.shp", "无法读取")


@pytest.mark.parametrize(("name", "content"), [("dl.txt", "hello"), ("dl.geojson", "")])
def test_file_that_is_no_layer_is_named(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    county_with(tmp_path, name)
    only(county_problems(tmp_path), str(tmp_path / name))


def test_folder_of_a_file_geodatabase_is_a_file(tmp_path: Path) -> None:
    write_layer(tmp_path / "dl.gdb", [CHINESE], "roads", driver="OpenFileGDB")
    assert roads(county_with(tmp_path, "dl.gdb")).ids.tolist() == ["示1"]

"""Every way in which a layer of a county may be wrong, and the one sentence that it is worth."""

from __future__ import annotations

from pathlib import Path

import pytest

from neixiang_survey_plugin.io.county_file import load_county
from tests.builders import (
    ORIGIN,
    ROAD,
    Row,
    green,
    line,
    rectangle,
    road,
    write_county,
    write_layer,
)
from tests.io.saying import county_problems, only

SQUARE = rectangle(0, 0, 10, 10)
BOW_TIE = "POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))"
NAN = float("nan")
# The county seat's own place in the zone next to it: what a wrong choice of zone looks like.
ORIGIN_IN_4547 = (297_700.0, 3_662_000.0)


def county_with_road(folder: Path, *rows: Row) -> tuple[str, ...]:
    return county_problems(write_county(folder, roads=rows))


def test_missing_file_is_named(tmp_path: Path) -> None:
    write_county(tmp_path)
    (tmp_path / "roads.gpkg").unlink()
    only(county_problems(tmp_path), str(tmp_path / "roads.gpkg"), "没有这个文件")


def test_folder_instead_of_a_file_is_named(tmp_path: Path) -> None:
    write_county(tmp_path)
    (tmp_path / "roads.gpkg").unlink()
    (tmp_path / "roads.gpkg").mkdir()
    only(county_problems(tmp_path), "roads.gpkg", "是文件夹")


def test_missing_layer_is_named_with_the_layers_there_are(tmp_path: Path) -> None:
    write_county(tmp_path, keys={"roads": 'layer = "rods"'})
    only(county_problems(tmp_path), "roads.gpkg", "没有图层 rods", "是不是 roads", "文件里有 roads")


def test_file_of_several_layers_needs_the_name_of_one(tmp_path: Path) -> None:
    write_county(tmp_path)
    (tmp_path / "roads.gpkg").unlink()
    for name in ("streets", "lanes"):
        write_layer(tmp_path / "roads.gpkg", [ROAD], name, mode="a")
    only(county_problems(tmp_path), "roads.gpkg", "没有图层 roads", "streets、lanes")


def test_missing_column_is_named_with_the_way_to_map_it(tmp_path: Path) -> None:
    problems = county_with_road(tmp_path, {"road_id": "R1", "DLDJ": "1", "wkt": SQUARE})
    assert len(problems) == 2
    for problem, column in zip(problems, ("road_class", "delivered_on"), strict=True):
        assert f"roads.gpkg: 图层 roads: 缺少列 {column}" in problem
        assert "DLDJ" in problem
        assert f"[layers.roads] 写 fields = {{ {column} =" in problem


def test_mapped_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    write_county(tmp_path, keys={"roads": 'fields = { road_class = "DLDJ" }'})
    only(county_problems(tmp_path), "roads.gpkg", "图层 roads", "DLDJ", "现有的列")


@pytest.mark.parametrize(
    ("wkt", "drawn"), [("POINT (0 0)", "Point"), ("MULTIPOINT (0 0)", "Multi")]
)
def test_wrong_geometry_type_names_the_row(tmp_path: Path, wkt: str, drawn: str) -> None:
    problems = county_with_road(tmp_path, ROAD, road("R2", wkt))
    only(problems, "roads.gpkg: 图层 roads 第 2 行（fid 2，road_id R2）", drawn, "应为面或线")


def test_line_is_no_green_space(tmp_path: Path) -> None:
    write_county(tmp_path, green_spaces=[green("G1", line((0, 0), (1, 1)))])
    only(county_problems(tmp_path), "green_spaces.gpkg", "第 1 行", "green_id G1", "应为面")


def test_layer_without_a_system_says_where_to_write_it(tmp_path: Path) -> None:
    write_county(tmp_path)
    (tmp_path / "roads.gpkg").unlink()
    write_layer(tmp_path / "roads.gpkg", [ROAD], "roads", crs=None)
    only(county_problems(tmp_path), "roads.gpkg", "图层 roads", "没有坐标系", 'crs = "EPSG:4546"')


def test_empty_layer_is_no_layer(tmp_path: Path) -> None:
    write_county(tmp_path)
    (tmp_path / "roads.gpkg").unlink()
    write_layer(tmp_path / "roads.gpkg", [], "roads")
    only(county_problems(tmp_path), "roads.gpkg: 图层 roads", "没有任何要素", "[layers.roads]")


def test_invalid_polygon_is_named_with_the_place_of_its_fault(tmp_path: Path) -> None:
    problems = county_with_road(tmp_path, ROAD, road("R2", BOW_TIE))
    place = f"{ORIGIN[0] + 5:g}, {ORIGIN[1] + 5:.0f}"
    only(problems, "roads.gpkg: 图层 roads 第 2 行（fid 2，road_id R2）", "自相交", place)


def test_polygon_of_overlapping_parts_is_invalid(tmp_path: Path) -> None:
    parts = "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)), ((1 0, 9 0, 9 9, 1 0)))"
    only(county_with_road(tmp_path, road("R1", parts)), "第 1 行", "road_id R1", "面无效")


@pytest.mark.parametrize(
    "wkt", [line((0, 0), (NAN, 1)), line((0, 0), (1, float("inf")))], ids=["nan", "inf"]
)
def test_coordinate_that_is_no_number_names_the_row(tmp_path: Path, wkt: str) -> None:
    problems = county_with_road(tmp_path, ROAD, road("R2", wkt))
    only(problems, "roads.gpkg: 图层 roads 第 2 行（fid 2，road_id R2）", "NaN")


def test_missing_and_empty_geometry_name_their_rows(tmp_path: Path) -> None:
    missing, empty = county_with_road(tmp_path, road("R1", None), road("R2", "POLYGON EMPTY"))
    assert "第 1 行（fid 1，road_id R1）: 没有几何" in missing
    assert "第 2 行（fid 2，road_id R2）: 几何是空的" in empty


def test_line_without_two_distinct_points_names_the_row(tmp_path: Path) -> None:
    problems = county_with_road(tmp_path, road("R1", line((3, 3), (3, 3))))
    only(problems, "第 1 行（fid 1，road_id R1）", "至少要有两个不同的点")


@pytest.mark.parametrize("text", ["2021-02-30", "去年", "0202-03-05", "44260", "2021-13"])
def test_date_that_is_none_names_row_field_and_value(tmp_path: Path, text: str) -> None:
    problems = county_with_road(tmp_path, ROAD, road("R2", SQUARE, delivered_on=text))
    only(problems, "roads.gpkg", "第 2 行", "road_id R2", "delivered_on", f"“{text}”不是日期")


def test_word_outside_the_vocabulary_names_the_words_there_are(tmp_path: Path) -> None:
    problems = county_with_road(tmp_path, road("R1", SQUARE, road_class="主干"))
    only(problems, "roads.gpkg", "第 1 行", "road_class", "“主干”", "arterial(主干路)")


def test_number_that_is_none_names_row_field_and_value(tmp_path: Path) -> None:
    problems = county_with_road(
        tmp_path, road("R1", SQUARE, width_m="6.5"), road("R2", SQUARE, width_m="约6")
    )
    only(problems, "第 2 行", "width_m", "“约6”不是数")


def test_number_without_end_is_none(tmp_path: Path) -> None:
    problems = county_with_road(tmp_path, ROAD, road("R2", SQUARE, width_m=float("inf")))
    only(problems, "第 2 行", "width_m", "“inf”不是数")


def test_voltage_must_not_be_below_zero(tmp_path: Path) -> None:
    pipe = {"pipe_id": "P1", "utility": "power", "wkt": line((0, 0), (9, 0))}
    write_county(tmp_path, pipelines=[{**pipe, "voltage_kv": 0.0}, {**pipe, "voltage_kv": -10.0}])
    wrong, twin = county_problems(tmp_path)
    assert "第 2 行（fid 2，pipe_id P1）: 字段 voltage_kv 的值 -10 应不小于 0" in wrong
    assert "重复" in twin


@pytest.mark.parametrize("width_m", [0.0, -3.0])
def test_width_must_be_above_zero(tmp_path: Path, width_m: float) -> None:
    problems = county_with_road(tmp_path, road("R1", SQUARE, width_m=width_m))
    only(problems, "第 1 行", "width_m", f"{width_m:g} 应大于 0")


def test_id_used_twice_names_both_rows(tmp_path: Path) -> None:
    problems = county_with_road(tmp_path, ROAD, road("R2", SQUARE), ROAD)
    only(problems, "roads.gpkg: 图层 roads 第 3 行", "R1 重复", "第 1 行（fid 1")


def test_empty_id_names_the_row(tmp_path: Path) -> None:
    problems = county_with_road(tmp_path, ROAD, road("", SQUARE))
    only(problems, "第 2 行（fid 2）", "road_id 是空的")


def test_every_problem_of_every_layer_is_told_at_once(tmp_path: Path) -> None:
    write_county(
        tmp_path,
        roads=[road("R1", BOW_TIE, delivered_on="x")],
        green_spaces=[green("G1", line((0, 0), (1, 1)))],
    )
    problems = county_problems(tmp_path)
    assert [("roads.gpkg" in told, "green_spaces.gpkg" in told) for told in problems] == [
        (True, False),
        (True, False),
        (False, True),
    ]


def test_of_many_bad_rows_twenty_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    rows = [road(f"R{number}", SQUARE, delivered_on="x") for number in range(100)]
    problems = county_with_road(tmp_path, *rows)
    assert len(problems) == 21
    assert "第 20 行" in problems[19]
    assert "还有 80 处" in problems[20]


def test_layer_of_the_next_zone_is_recognised(tmp_path: Path) -> None:
    write_county(tmp_path)
    (tmp_path / "roads.gpkg").unlink()
    write_layer(tmp_path / "roads.gpkg", [ROAD], "roads", origin=ORIGIN_IN_4547)
    only(county_problems(tmp_path), "roads.gpkg", "图层 roads", "像是 EPSG:4547", "[layers.roads]")


def test_layer_of_the_next_zone_is_read_once_the_county_file_says_so(tmp_path: Path) -> None:
    write_county(tmp_path, keys={"roads": 'crs = "EPSG:4547"'})
    (tmp_path / "roads.gpkg").unlink()
    write_layer(tmp_path / "roads.gpkg", [ROAD], "roads", origin=ORIGIN_IN_4547)
    west = load_county(tmp_path).layers["roads"].geometry[0].bounds[0]
    assert abs(west - ORIGIN[0]) < 1000

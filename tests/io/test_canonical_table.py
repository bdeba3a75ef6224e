"""From a county's own columns, words and shapes to the canonical table."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely

from neixiang_survey_plugin.core.features import FeatureTable
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, FieldType
from neixiang_survey_plugin.io.county_file import load_county
from tests.builders import ROAD, Row, line, placed, rectangle, road, write_county, write_layer
from tests.io.saying import county_problems, only

SQUARE = rectangle(0, 0, 10, 10)


def roads(folder: Path, *rows: Row, keys: str = "") -> FeatureTable:
    return load_county(write_county(folder, roads=rows, keys={"roads": keys})).layers["roads"]


def test_table_has_every_field_of_the_schema_in_its_type(tmp_path: Path) -> None:
    table = roads(tmp_path, ROAD)
    kinds = {FieldType.TEXT: "O", FieldType.WORD: "O", FieldType.NUMBER: "f", FieldType.DATE: "M"}
    for field in COUNTY_LAYERS["roads"].fields:
        assert table.columns[field.name].dtype.kind == kinds[field.type]
        assert len(table.columns[field.name]) == len(table) == 1


def test_column_that_the_source_lacks_is_all_missing_and_said_to_be(tmp_path: Path) -> None:
    table = roads(tmp_path, ROAD)
    assert table.missing_fields == {
        "name",
        "width_m",
        "delivery_kind",
        "overhauled_on",
        "owner",
    }
    assert table.columns["name"].tolist() == [None]
    assert np.isnan(table.columns["width_m"]).all()
    assert np.isnat(table.columns["overhauled_on"]).all()


def test_empty_cells_are_missing_whatever_they_are_filled_with(tmp_path: Path) -> None:
    table = roads(
        tmp_path,
        road("R1", SQUARE, road_class="", delivered_on=None, width_m=None, owner="  "),
        road("R2", SQUARE, road_class=None, delivered_on=" ", width_m=7.0, owner="县"),
    )
    assert table.columns["road_class"].tolist() == [None, None]
    assert np.isnat(table.columns["delivered_on"]).all()
    assert table.columns["owner"].tolist() == [None, "县"]
    assert np.isnan(table.columns["width_m"]).tolist() == [True, False]


@pytest.mark.parametrize(
    ("written", "means"),
    [("arterial", "arterial"), ("主干道", "arterial"), ("Local", "local"), (" 支路 ", "local")],
)
def test_words_are_understood_in_english_and_chinese(
    tmp_path: Path, written: str, means: str
) -> None:
    assert roads(tmp_path, road("R1", SQUARE, road_class=written)).columns["road_class"] == [means]


@pytest.mark.parametrize(
    "written",
    [
        "2021-03-05",
        "2021-3-5",
        "2021/3/5",
        "2021/03/05",
        "2021.3.5",
        "2021年3月5日",
        "20210305",
        " 2021-03-05 ",
        "2021-03-05T08:30:00",
        "2021-03-05 08:30:00+08:00",
        20210305,
        20210305.0,
        date(2021, 3, 5),
        datetime(2021, 3, 5, 23, 59),
    ],
)
def test_dates_are_understood_as_people_write_them(tmp_path: Path, written: object) -> None:
    table = roads(tmp_path, road("R1", SQUARE, delivered_on=written))
    assert table.columns["delivered_on"].tolist() == [date(2021, 3, 5)]


@pytest.mark.parametrize(
    ("written", "name"), [("R1", "R1"), (" R1 ", "R1"), (12, "12"), (12.0, "12"), (12.5, "12.5")]
)
def test_ids_are_text(tmp_path: Path, written: object, name: str) -> None:
    assert roads(tmp_path, road(written, SQUARE)).ids.tolist() == [name]


def test_number_may_be_written_as_text(tmp_path: Path) -> None:
    rows = [road("R1", SQUARE, width_m="6.5"), road("R2", SQUARE, width_m="")]
    width_m = roads(tmp_path, *rows).columns["width_m"]
    assert width_m[0] == 6.5
    assert np.isnan(width_m[1])


def test_columns_and_words_of_the_county_are_mapped(tmp_path: Path) -> None:
    row = {"BH": 7, "DLDJ": 1, "JF": "2010.1.1", "K": "宽6", "wkt": SQUARE}
    table = roads(
        tmp_path,
        row,
        keys="fields = { road_id = 'BH', road_class = 'dldj', delivered_on = 'JF', "
        "width_m = 'K' }\n"
        "values = { road_class = { '1' = '主干路' }, width_m = { '宽6' = 6 } }",
    )
    assert table.ids.tolist() == ["7"]
    assert table.columns["road_class"].tolist() == ["arterial"]
    assert table.columns["width_m"].tolist() == [6.0]


def test_word_mapped_to_nothing_is_missing(tmp_path: Path) -> None:
    keys = 'values = { road_class = { "不详" = "" }, delivered_on = { "不详" = "" } }'
    table = roads(tmp_path, road("R1", SQUARE, road_class="不详", delivered_on="不详"), keys=keys)
    assert table.columns["road_class"].tolist() == [None]
    assert np.isnat(table.columns["delivered_on"]).all()


def test_roads_may_be_areas_and_lines_in_one_layer(tmp_path: Path) -> None:
    table = roads(tmp_path, road("R1", SQUARE), road("R2", line((0, 0), (9, 0)), width_m=6))
    assert shapely.get_type_id(table.geometry).tolist() == [3, 1]


def test_parts_of_a_feature_keep_its_row(tmp_path: Path) -> None:
    two = "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 0, 6 0, 6 1, 5 0)))"
    table = roads(tmp_path, road("R1", SQUARE), road("R2", two), road("R3", SQUARE))
    assert len(table) == 3
    assert table.feature.tolist() == [0, 1, 1, 2]
    assert shapely.get_type_id(table.geometry).tolist() == [3, 3, 3, 3]


def test_heights_and_measures_are_dropped(tmp_path: Path) -> None:
    table = roads(tmp_path, road("R1", "LINESTRING Z (0 0 12, 9 0 13)"))
    assert table.geometry[0].equals_exact(placed(line((0, 0), (9, 0))))
    assert not shapely.has_z(table.geometry).any()


def test_height_that_is_no_number_is_dropped_like_any_other(tmp_path: Path) -> None:
    assert len(roads(tmp_path, road("R1", "LINESTRING Z (0 0 NaN, 9 0 13)"))) == 1


def test_accuracy_and_source_are_kept(tmp_path: Path) -> None:
    table = roads(tmp_path, ROAD, keys="accuracy_m = 0.1")
    assert table.accuracy_m == 0.1
    assert str(tmp_path / "roads.gpkg") in table.source


def test_coverage_is_one_area_on_the_county_grid(tmp_path: Path) -> None:
    halves = [{"wkt": rectangle(0, 0, 10, 10)}, {"wkt": rectangle(10, 0, 20, 10)}]
    write_county(tmp_path, keys={"roads": 'coverage = "mapped.gpkg"'})
    write_layer(tmp_path / "mapped.gpkg", halves)
    coverage = load_county(tmp_path).layers["roads"].coverage
    assert coverage is not None
    assert coverage.equals(placed(rectangle(0, 0, 20, 10)))


def test_layer_without_coverage_was_mapped_everywhere(tmp_path: Path) -> None:
    assert roads(tmp_path, ROAD).coverage is None


def test_coverage_is_brought_to_the_grid_from_its_own_system(tmp_path: Path) -> None:
    degrees = "POLYGON ((111.83 33.04, 111.84 33.04, 111.84 33.05, 111.83 33.04))"
    write_county(tmp_path, keys={"roads": 'coverage = "mapped.geojson"'})
    write_layer(tmp_path / "mapped.geojson", [{"wkt": degrees}], crs="EPSG:4326", origin=(0, 0))
    coverage = load_county(tmp_path).layers["roads"].coverage
    assert coverage is not None
    assert 577_000 < coverage.bounds[0] < 579_000


def test_coverage_without_a_system_has_that_of_its_layer(tmp_path: Path) -> None:
    keys = 'crs = "EPSG:4546"\ncoverage = "mapped.gpkg"'
    write_county(tmp_path, keys={"roads": keys})
    write_layer(tmp_path / "mapped.gpkg", [{"wkt": SQUARE}], crs=None)
    coverage = load_county(tmp_path).layers["roads"].coverage
    assert coverage is not None
    assert coverage.equals(placed(SQUARE))


@pytest.mark.parametrize(
    ("wkt", "said"),
    [
        (line((0, 0), (1, 1)), "应为面"),
        ("POLYGON ((0 0, 9 9, 9 0, 0 9, 0 0))", "面无效"),
        (None, "没有几何"),
    ],
)
def test_wrong_coverage_names_file_and_row(tmp_path: Path, wkt: str | None, said: str) -> None:
    write_county(tmp_path, keys={"roads": 'coverage = "mapped.gpkg"'})
    write_layer(tmp_path / "mapped.gpkg", [{"wkt": SQUARE}, {"wkt": wkt}])
    only(county_problems(tmp_path), "mapped.gpkg: 图层 mapped 第 2 行", said)


def test_missing_and_empty_coverage_is_named(tmp_path: Path) -> None:
    write_county(tmp_path, keys={"roads": 'coverage = "mapped.gpkg"'})
    only(county_problems(tmp_path), "mapped.gpkg", "没有这个文件")
    write_layer(tmp_path / "mapped.gpkg", [])
    only(county_problems(tmp_path), "mapped.gpkg", "没有任何要素", "coverage")

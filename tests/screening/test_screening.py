"""Very many lines at once: what check says of each, whatever the file, the batches, the cores."""

from __future__ import annotations

import math
from pathlib import Path

import geopandas as gpd
import pyarrow
import pyarrow.parquet
import pytest

from neixiang_survey_plugin.core.errors import SurveyError
from tests.screening.runs import (
    SAMPLE,
    assert_same_rows,
    checked,
    in_file,
    rows_of,
    run,
    small,
    torn,
)

FIGURES = ("length_m", "crossing_total_m", "inside_total_m", "green_total_m2")


def assert_as_checked(rows: gpd.GeoDataFrame, routes: Path) -> None:
    wanted = checked(routes)
    assert set(rows["route_id"]) == set(wanted)
    for row in rows.drop(columns="geometry").to_dict("records"):
        said = wanted[row["route_id"]]
        for name, value in said.items():
            if name in FIGURES and value is not None:
                assert row[name] == pytest.approx(value, abs=1e-6), (row["route_id"], name)
            elif value is None:
                assert row[name] is None or math.isnan(row[name]), (row["route_id"], name)
            else:
                assert row[name] == value, (row["route_id"], name)


@pytest.mark.parametrize("suffix", [".gpkg", ".parquet", ".geojson"])
@pytest.mark.parametrize("out", [".gpkg", ".parquet"])
def test_every_line_is_judged_as_check_judges_it(suffix: str, out: str, tmp_path: Path) -> None:
    routes = in_file(torn(), tmp_path / f"routes{suffix}")
    result = tmp_path / f"result{out}"
    run(small(routes, result))
    rows = rows_of(result)
    assert_as_checked(rows, routes)
    frame = torn()
    assert rows["route_id"].tolist() == frame["route_id"].tolist()  # the order of the file
    assert rows.crs == frame.crs
    assert rows.geometry.geom_equals_exact(frame.geometry, 1e-6).all()


def test_several_processes_give_the_same_rows_as_one(tmp_path: Path) -> None:
    routes = in_file(torn(), tmp_path / "routes.gpkg")
    alone = run(small(routes, tmp_path / "one.gpkg"))
    together = run(small(routes, tmp_path / "two.gpkg", workers=2, routes_a_batch=20))
    one, two = rows_of(tmp_path / "one.gpkg"), rows_of(tmp_path / "two.gpkg")
    assert_same_rows(one, two)
    assert alone.tally.ways == together.tally.ways


def test_without_a_file_only_the_tally_is_made(tmp_path: Path) -> None:
    routes = in_file(torn(), tmp_path / "routes.gpkg")
    tally = run(small(routes, None)).tally
    verdicts = [one["verdict"] for one in checked(routes).values()]
    assert {way: verdicts.count(way) for way in verdicts} == dict(tally.ways)
    assert tally.routes == len(verdicts)
    assert list(tmp_path.iterdir()) == [routes]


def test_a_unit_has_its_own_row_in_each_utility(tmp_path: Path) -> None:
    report = run(small(SAMPLE, None)).tally.report(["line_length"])
    lines = checked(SAMPLE).values()
    gas = [one for one in report["units"] if one["utility"] == "gas"]
    wanted = {one["unit"] for one in lines if one["utility"] == "gas"}
    assert {one["unit"] for one in gas} == wanted
    assert sum(sum(one["ways"].values()) for one in report["units"]) == len(lines)
    (rule,) = report["rules"]
    failed = sum("line_length" in one["failed"].split(",") for one in lines)
    assert (rule["fail"], rule["pass"]) == (failed, len(lines) - failed)


def test_a_result_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    there = tmp_path / "result.gpkg"
    there.write_bytes(b"mine")
    with pytest.raises(SurveyError, match=r"已经有这个文件"):
        run(small(SAMPLE, there))
    assert there.read_bytes() == b"mine"


def test_a_result_of_another_format_is_refused_before_any_work(tmp_path: Path) -> None:
    with pytest.raises(SurveyError, match=r"result\.shp：结果写成 GeoPackage"):
        run(small(SAMPLE, tmp_path / "result.shp"))
    assert not list(tmp_path.iterdir())


def test_a_row_of_a_later_page_is_named_by_its_place_in_the_file(tmp_path: Path) -> None:
    frame = torn()
    frame.loc[23, "utility"] = None
    routes = in_file(frame, tmp_path / "routes.gpkg")
    with pytest.raises(SurveyError, match=rf"第 24 行（fid 24，route_id {frame.route_id[23]}）"):
        run(small(routes, None))


def test_an_id_that_comes_again_on_a_later_page_is_named(tmp_path: Path) -> None:
    frame = torn()
    frame.loc[40, "route_id"] = frame.route_id[2]
    routes = in_file(frame, tmp_path / "routes.gpkg")
    with pytest.raises(SurveyError, match=rf"route_id {frame.route_id[2]} 出现不止一次"):
        run(small(routes, tmp_path / "result.gpkg"))


@pytest.mark.parametrize("suffix", [".gpkg", ".parquet"])
def test_a_file_without_routes_says_so(suffix: str, tmp_path: Path) -> None:
    routes = in_file(torn().iloc[:0], tmp_path / f"routes{suffix}")
    with pytest.raises(SurveyError, match="没有任何要素"):
        run(small(routes, None))


def test_a_table_that_is_no_geoparquet_says_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "routes.parquet"
    gpd.pd.DataFrame({"route_id": ["a"]}).to_parquet(path)
    with pytest.raises(SurveyError, match=r"routes\.parquet: 不是 GeoParquet"):
        run(small(path, None))


@pytest.mark.parametrize("said", [b"{", b"[]", b'{"primary_column": "geometry", "columns": {}}'])
def test_a_geoparquet_that_does_not_say_where_its_geometry_is(said: bytes, tmp_path: Path) -> None:
    path = in_file(torn(), tmp_path / "routes.parquet")
    table = pyarrow.parquet.read_table(path)
    pyarrow.parquet.write_table(table.replace_schema_metadata({b"geo": said}), path)
    with pytest.raises(SurveyError, match=r"routes\.parquet: geo 元数据不完整"):
        run(small(path, None))


def test_a_broken_parquet_file_is_one_sentence(tmp_path: Path) -> None:
    path = in_file(torn(), tmp_path / "routes.parquet")
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(SurveyError, match=r"routes\.parquet: 无法读取"):
        run(small(path, None))


def test_warnings_of_every_page_are_told_once(tmp_path: Path) -> None:
    frame = torn().drop(columns="applicant_kind")
    routes = in_file(frame, tmp_path / "routes.gpkg")
    warnings = run(small(routes, None)).warnings
    assert len(warnings) == len(set(warnings))
    assert any("applicant_kind" in one for one in warnings)

"""What an import puts right, sets aside and says of it."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely import Geometry, Polygon

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_file import load_county
from tests.importing.counties import EAST, NORTH, make_county, squares, write_vector
from tests.importing.test_county_import import ran, state

ROADS = {
    "road_id": ["R1", "R2", "R3"],
    "road_class": ["local"] * 3,
    "delivered_on": ["2019-12-01"] * 3,
}


def corner(*points: tuple[float, float]) -> Geometry:
    return Polygon([(EAST + x, NORTH + y) for x, y in points])


def bow_tie() -> Geometry:
    return corner((0, 0), (10, 10), (10, 0), (0, 10))


def roads(path: Path, *shapes: Geometry) -> Path:
    table = {name: cells[: len(shapes)] for name, cells in ROADS.items()}
    return write_vector(path, shapes, table, geometry_type="Unknown")


def listed(county: Path) -> list[dict[str, str]]:
    text = (county / "imported" / "roads.repairs.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def test_a_bow_tie_is_repaired_and_reported_with_its_figures_everywhere(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    report = ran(roads(tmp_path / "a.gpkg", bow_tie(), *squares(2)[1:]), county)
    (repair,) = [one for one in report["repairs"]["shapes"] if one["trouble"] == "invalid_area"]
    assert (repair["row"], repair["object_id"], repair["outcome"]) == (1, "R1", "repaired")
    assert repair["before"]["area_m2"] == 0.0
    assert repair["after"] == {
        "parts": 2,
        "vertices": 8,
        "length_m": pytest.approx(20 + 20 * 2**0.5),
        "area_m2": pytest.approx(50.0),
    }
    assert report["repairs"]["file"] == "imported/roads.repairs.csv"
    row = next(one for one in listed(county) if one["问题"] == "面无效")
    assert (row["行"], row["编号"], row["处理"]) == ("1", "R1", "已修正")
    assert float(row["改后面积_m2"]) == pytest.approx(50.0)
    table = load_county(county).layers["roads"]
    assert shapely.area(table.geometry[table.feature == 0]).sum() == pytest.approx(50.0)


def test_what_cannot_be_used_is_asked_for_and_set_aside_by_name(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    flat = corner((0, 0), (10, 0), (5, 0))
    path = roads(tmp_path / "a.gpkg", flat, *squares(2)[1:])
    before = state(county)
    with pytest.raises(SurveyError, match=r"第 1 行（R1）没有面积或长度.*--set-aside"):
        ran(path, county)
    assert state(county) == before
    report = ran(path, county, "--set-aside")
    assert report["features"] == 1
    assert report["repairs"]["set_aside"] == 1
    assert load_county(county).layers["roads"].ids.tolist() == ["R2"]
    assert [one["处理"] for one in listed(county)] == ["搁置"]


def test_a_layer_of_which_nothing_can_be_used_is_refused(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    path = roads(tmp_path / "a.gpkg", corner((0, 0), (10, 0), (5, 0)))
    with pytest.raises(SurveyError, match="没有一个要素的几何能用"):
        ran(path, county, "--set-aside")


def test_heights_and_texts_in_a_wrong_code_page_are_said(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    high = [shapely.force_3d(shape, 93.2 + n) for n, shape in enumerate(squares(3))]
    names = ["范蠡大道", "郦城路".encode().decode("latin-1"), "菊潭锟斤拷"]
    path = write_vector(
        tmp_path / "a.gpkg", high, {**ROADS, "name": names}, geometry_type="Polygon Z"
    )
    report = ran(path, county)
    assert report["repairs"]["heights"] == {
        "features": 3,
        "lowest_m": 93.2,
        "highest_m": 95.2,
        "measured": 0,
    }
    assert [(one["row"], one["field"], one["after"]) for one in report["repairs"]["texts"]] == [
        (2, "name", "郦城路"),
        (3, "name", None),
    ]
    table = load_county(county).layers["roads"]
    assert table.columns["name"].tolist() == ["范蠡大道", "郦城路", "菊潭锟斤拷"]


def test_sound_shapes_come_through_to_the_last_bit_and_the_list_is_empty(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    odd = [shapely.affinity.rotate(shape, 17.3) for shape in squares(3)]
    report = ran(roads(tmp_path / "a.gpkg", *odd), county)
    assert report["repairs"]["shapes"] == []
    assert listed(county) == []
    table = load_county(county).layers["roads"]
    assert shapely.equals_exact(table.geometry, np.array(odd, dtype=object)).all()


def test_a_feature_of_several_parts_stays_one(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    both = shapely.MultiPolygon(squares(2))
    report = ran(roads(tmp_path / "a.gpkg", both), county)
    assert [one["trouble"] for one in report["repairs"]["shapes"]] == ["multipart"]
    table = load_county(county).layers["roads"]
    assert (len(table), table.feature.tolist()) == (1, [0, 0])

"""Routes of any vector file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pyproj
import pytest
import shapely

from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Bore
from neixiang_survey_plugin.core.schema import ROUTES
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.routes_file import RoutesRead, read_routes
from tests.builders import ORIGIN, Row, line, placed, route, write_county, write_layer, write_routes
from tests.io.saying import only, problems_of

COURSE = line((0, 0), (60, 0), (60, 40))
UNITS = '[[units]]\nid = "w1"\nname = "示例供水公司"\nutility = "water"\n'


@pytest.fixture
def county(tmp_path: Path) -> County:
    return load_county(write_county(tmp_path / "county", tail=UNITS))


@pytest.fixture
def routes_gpkg(tmp_path: Path) -> Path:
    return tmp_path / "survey.gpkg"


def read(path: Path, county: County, *rows: Row) -> RoutesRead:
    return read_routes(write_routes(path, rows), county)


def told(path: Path, county: County, *rows: Row) -> tuple[str, ...]:
    write_routes(path, rows)
    return problems_of(lambda: read_routes(path, county))


def test_everything_that_is_known_of_a_route_is_kept(routes_gpkg: Path, county: County) -> None:
    facts = {
        "case_id": "c1",
        "site_id": "Z1",
        "unit": "w1",
        "applied_on": date(2026, 3, 5),
        "diameter_mm": 110.0,
        "laying": "direct",
        "pressure_class": "medium_b",
        "voltage_kv": 0.4,
        "cover_m": 1.2,
        "trench_width_m": 0.8,
        "working_width_m": 1.6,
        "pit_length_m": 2.0,
        "pit_width_m": 1.5,
        "planned_on": date(2026, 4, 1),
        "works_from": date(2026, 4, 2),
        "works_to": date(2026, 4, 3),
        "contractor": "示例施工队",
        "applicant_kind": "company",
        "power_kw": 160.0,
        "duct_holes": 6.0,
    }
    written = route("r1", COURSE, utility="给水", trenchless="12.0-27.5@3.2;80-95", **facts)
    only_route = read(routes_gpkg, county, written).routes[0]
    assert only_route.route_id == "r1"
    assert only_route.utility == "water"
    assert only_route.line.equals_exact(placed(COURSE))
    assert only_route.trenchless == (Bore(12.0, 27.5, 3.2), Bore(80.0, 95.0))
    assert {name: getattr(only_route, name) for name in facts} == facts
    assert set(facts) | {"route_id", "utility", "trenchless"} == {f.name for f in ROUTES.fields}


def test_what_a_file_does_not_say_of_a_route_is_unknown(routes_gpkg: Path, county: County) -> None:
    only_route = read(routes_gpkg, county, route("r1", COURSE)).routes[0]
    said = {"route_id", "utility", "trenchless", "applicant_kind"}
    unknown = [getattr(only_route, f.name) for f in ROUTES.fields if f.name not in said]
    assert unknown == [None] * len(unknown)
    assert only_route.trenchless == ()


def test_routes_come_in_the_order_of_the_file(routes_gpkg: Path, county: County) -> None:
    rows = [route(name, COURSE) for name in ("r3", "r1", "r2")]
    assert [r.route_id for r in read(routes_gpkg, county, *rows).routes] == ["r3", "r1", "r2"]


def test_file_without_applicant_kind_is_taken_for_companies_and_says_so(
    routes_gpkg: Path, county: County
) -> None:
    result = read(routes_gpkg, county, route("r1", COURSE))
    assert [r.applicant_kind for r in result.routes] == ["company"]
    assert len(result.assumptions) == 1
    assert str(routes_gpkg) in result.assumptions[0]
    assert "applicant_kind" in result.assumptions[0]


def test_empty_applicant_kind_is_unknown(routes_gpkg: Path, county: County) -> None:
    rows = [route("r1", COURSE, applicant_kind="居民"), route("r2", COURSE, applicant_kind=None)]
    result = read(routes_gpkg, county, *rows)
    assert [r.applicant_kind for r in result.routes] == ["resident", None]
    assert result.assumptions == ()


def test_unit_may_be_named_by_id_or_name(routes_gpkg: Path, county: County) -> None:
    rows = [route("r1", COURSE, unit="w1"), route("r2", COURSE, unit="示例供水公司")]
    result = read(routes_gpkg, county, *rows)
    assert [r.unit for r in result.routes] == ["w1", "w1"]
    assert result.warnings == ()


def test_unit_that_the_county_does_not_list_is_one_warning(
    routes_gpkg: Path, county: County
) -> None:
    rows = [route("r1", COURSE, unit="w9"), route("r2", COURSE, unit="w9"), route("r3", COURSE)]
    (warning,) = read(routes_gpkg, county, *rows).warnings
    assert all(part in warning for part in (str(routes_gpkg), "w9", "r1", "r2", "[[units]]"))


def test_route_in_parts_is_joined_where_they_follow_each_other(
    routes_gpkg: Path, county: County
) -> None:
    parts = "MULTILINESTRING ((0 0, 60 0), (60 0, 60 40))"
    only_route = read(routes_gpkg, county, route("r1", parts)).routes[0]
    assert only_route.line.equals_exact(placed(COURSE))


@pytest.mark.parametrize(
    "parts", ["(0 0, 60 0), (61 0, 60 40)", "(60 0, 60 40), (0 0, 60 0)"], ids=["gap", "order"]
)
def test_route_in_loose_parts_names_its_row(routes_gpkg: Path, county: County, parts: str) -> None:
    problems = told(
        routes_gpkg, county, route("r1", COURSE), route("r2", f"MULTILINESTRING ({parts})")
    )
    only(problems, "survey.gpkg: 图层 routes 第 2 行（fid 2，route_id r2）", "分成几段")


def test_bores_of_a_route_in_loose_parts_are_not_held_against_its_length(
    routes_gpkg: Path, county: County
) -> None:
    loose = "MULTILINESTRING ((0 0, 60 0), (61 0, 60 40))"
    only(told(routes_gpkg, county, route("r1", loose, trenchless="1-2")), "分成几段")


def test_one_loose_route_does_not_shift_the_others(routes_gpkg: Path, county: County) -> None:
    joined = "MULTILINESTRING ((0 0, 60 0), (60 0, 60 40))"
    rows = [route("r1", joined), route("r2", COURSE), route("r3", joined)]
    result = read(routes_gpkg, county, *rows)
    assert [len(r.line.coords) for r in result.routes] == [3, 3, 3]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12", "“12”"),
        ("5-3", "止点应大于起点"),
        ("1-4;3-5", "重叠"),
        ("90-101", "超出了外线的终点"),
    ],
)
def test_bores_that_cannot_be_name_their_row(
    routes_gpkg: Path, county: County, text: str, said: str
) -> None:
    problems = told(routes_gpkg, county, route("r1", COURSE, trenchless=text))
    only(problems, "survey.gpkg", "第 1 行（fid 1，route_id r1）", "trenchless", said)


def test_bore_to_the_very_end_fits(routes_gpkg: Path, county: County) -> None:
    # 100 m on the grid here are 99.99 m on the ellipsoid.
    bored = read(routes_gpkg, county, route("r1", COURSE, trenchless="90-99.99")).routes[0]
    assert bored.trenchless == (Bore(90.0, 99.99),)


def test_route_id_used_twice_names_both_rows(routes_gpkg: Path, county: County) -> None:
    problems = told(routes_gpkg, county, route("r1", COURSE), route("r1", COURSE))
    only(problems, "survey.gpkg: 图层 routes 第 2 行", "r1 重复", "第 1 行（fid 1")


@pytest.mark.parametrize("column", ["route_id", "utility"])
def test_column_that_routes_need_is_named(routes_gpkg: Path, county: County, column: str) -> None:
    row = {key: value for key, value in route("r1", COURSE).items() if key != column}
    only(told(routes_gpkg, county, row), "survey.gpkg: 图层 routes: 缺少列", column)


def test_route_without_utility_names_its_row(routes_gpkg: Path, county: County) -> None:
    problems = told(routes_gpkg, county, route("r1", COURSE), route("r2", COURSE, utility=None))
    only(problems, "第 2 行（fid 2，route_id r2）", "utility 是空的")


def test_sewer_is_no_utility_that_a_company_applies_for(routes_gpkg: Path, county: County) -> None:
    problems = told(routes_gpkg, county, route("r1", COURSE, utility="污水"))
    only(problems, "第 1 行", "utility", "“污水”", "water(给水)")


def test_point_is_no_route(routes_gpkg: Path, county: County) -> None:
    problems = told(routes_gpkg, county, route("r1", "POINT (0 0)"))
    only(problems, "survey.gpkg: 图层 routes 第 1 行（fid 1，route_id r1）", "Point", "应为线")


def test_route_with_one_point_twice_names_its_row(routes_gpkg: Path, county: County) -> None:
    problems = told(routes_gpkg, county, route("r1", line((0, 0), (0, 0))))
    only(problems, "survey.gpkg: 图层 routes 第 1 行（fid 1，route_id r1）", "两个不同的点")


def test_route_with_one_point_names_its_row(tmp_path: Path, county: County) -> None:
    path = tmp_path / "survey.geojson"
    feature = {
        "type": "Feature",
        "properties": {"route_id": "r1", "utility": "gas"},
        "geometry": {"type": "LineString", "coordinates": [[111.83, 33.04]]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    problems = problems_of(lambda: read_routes(path, county))
    only(problems, "survey.geojson: 图层 survey 第 1 行（route_id r1）", "线只有一个点")


def test_routes_without_a_system_are_told_which_to_give_them(
    routes_gpkg: Path, county: County
) -> None:
    write_routes(routes_gpkg, [route("r1", COURSE)], crs=None)
    problems = problems_of(lambda: read_routes(routes_gpkg, county))
    only(problems, "survey.gpkg: 图层 routes", "没有坐标系", "EPSG:4546")


def test_routes_of_another_system_come_to_the_county_grid(tmp_path: Path, county: County) -> None:
    to_degrees = pyproj.Transformer.from_crs(4546, 4326, always_xy=True)
    degrees = shapely.transform(placed(COURSE), to_degrees.transform, interleaved=False)
    path = write_layer(
        tmp_path / "lines.geojson",
        [route("r1", degrees)],
        crs="EPSG:4326",
        origin=(0, 0),
        COORDINATE_PRECISION=12,
    )
    course = read_routes(path, county).routes[0].line
    assert course.equals_exact(placed(COURSE), 1e-4)


def test_routes_of_the_next_zone_are_recognised(routes_gpkg: Path, county: County) -> None:
    write_routes(routes_gpkg, [route("r1", COURSE)], origin=(297_700.0, 3_662_000.0))
    problems = problems_of(lambda: read_routes(routes_gpkg, county))
    only(problems, "survey.gpkg: 图层 routes", "像是 EPSG:4547", "EPSG:4546")


def test_routes_far_from_the_county_are_refused(routes_gpkg: Path, county: County) -> None:
    write_routes(routes_gpkg, [route("r1", COURSE)], origin=(ORIGIN[0], ORIGIN[1] + 60_000))
    problems = problems_of(lambda: read_routes(routes_gpkg, county))
    only(problems, "survey.gpkg: 图层 routes", "离县的图层有 60 公里")


def test_single_route_far_from_the_county_names_its_row(routes_gpkg: Path, county: County) -> None:
    far = route("r3", line((0, 90_000), (9, 90_000)))
    problems = told(routes_gpkg, county, route("r1", COURSE), route("r2", COURSE), far)
    only(problems, "survey.gpkg: 图层 routes 第 3 行（fid 3，route_id r3）", "50 公里")


@pytest.mark.parametrize("name", ["lines.geojson", "lines.shp", "lines.fgb"])
def test_only_layer_of_a_format_without_names_is_taken(
    tmp_path: Path, county: County, name: str
) -> None:
    row = route("r1", line((111.83, 33.04), (111.84, 33.04)), pit_length_m=2.0, pit_width_m=1.0)
    path = write_layer(tmp_path / name, [row], crs="EPSG:4326", origin=(0, 0))
    only_route = read_routes(path, county).routes[0]
    assert (only_route.pit_length_m, only_route.pit_width_m) == (2.0, 1.0)


def test_geopackage_must_name_its_routes(routes_gpkg: Path, county: County) -> None:
    for name in ("routs", "lines"):
        write_layer(routes_gpkg, [route("r1", COURSE)], name, mode="a")
    problems = problems_of(lambda: read_routes(routes_gpkg, county))
    only(problems, "survey.gpkg", "没有图层 routes", "是不是 routs", "routs、lines")


def test_only_layer_of_a_geopackage_must_be_called_routes(
    routes_gpkg: Path, county: County
) -> None:
    write_layer(routes_gpkg, [route("r1", COURSE)], "lines")
    problems = problems_of(lambda: read_routes(routes_gpkg, county))
    only(problems, "survey.gpkg", "没有图层 routes", "文件里有 lines")


def test_routes_are_found_among_other_layers(routes_gpkg: Path, county: County) -> None:
    write_layer(routes_gpkg, [{"case_id": "c1", "wkt": "POINT (0 0)"}], "cases")
    write_layer(routes_gpkg, [route("r1", COURSE)], "routes", mode="a")
    assert len(read_routes(routes_gpkg, county).routes) == 1


@pytest.mark.parametrize("name", ["nowhere.gpkg", "nowhere.geojson"])
def test_file_that_is_not_there_is_named(tmp_path: Path, county: County, name: str) -> None:
    problems = problems_of(lambda: read_routes(tmp_path / name, county))
    only(problems, str(tmp_path / name), "没有这个文件")


def test_file_without_routes_is_named(routes_gpkg: Path, county: County) -> None:
    only(told(routes_gpkg, county), "survey.gpkg: 图层 routes", "没有任何要素")


def test_every_problem_is_told_at_once(routes_gpkg: Path, county: County) -> None:
    problems = told(
        routes_gpkg,
        county,
        route("r1", COURSE, applied_on="x", trenchless="9-8"),
        route("r2", line((0, 0), (0, 0)), working_width_m="宽"),
    )
    assert len(problems) == 3

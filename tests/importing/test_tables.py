"""Tables of surveyed points and lines, as CJJ 61 asks for them and as instruments write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.questions import Ask
from neixiang_survey_plugin.app.importing.survey_columns import Part, is_north_first
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.schema import GeometryKind
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.run import ImportRequest, import_layer
from neixiang_survey_plugin.io.importing.source import SourceRead, read_source
from tests.importing.counties import make_county

LINES, POINTS = Choice(kinds=(GeometryKind.LINE,)), Choice(kinds=(GeometryKind.POINT,))
AREAS = Choice(kinds=(GeometryKind.POLYGON,))
POINT_TABLE = """内乡县地下管线点表
物探点号,X,Y,地面高程,特征
JS1,3658000.000,578000.000,131.20,三通
JS2,3658000.000,578100.125,131.10,弯头
PSWS1,3658010.000,578000.000,131.00,检查井
PSWS2,3658010.000,578050.000,130.90,检查井
"""
LINE_TABLE = """起点号,终点号,管线种类,起点埋深,终点埋深,管径,材质,埋设方式,权属单位
JS1,JS2,JS,1.20,1.10,DN300,球墨铸铁,直埋,示例供水公司
PSWS1,PSWS2,WS,2.00,1.90,400,混凝土,ZM,示例排水公司
"""


def read(folder: Path, texts: dict[str, str], choice: Choice, encoding: str = "gbk") -> SourceRead:
    paths = []
    for name, text in texts.items():
        paths.append(folder / name)
        paths[-1].write_bytes(text.encode(encoding))
    return read_source(tuple(paths), choice, Progress())


def coordinates(found: SourceRead) -> list[list[tuple[float, ...]]]:
    return [list(one.coords) for one in found.raw.geometry]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_lines_are_joined_from_a_table_of_points_with_the_northing_first(
    tmp_path: Path, encoding: str
) -> None:
    found = read(tmp_path, {"线.csv": LINE_TABLE, "点.csv": POINT_TABLE}, LINES, encoding)
    assert coordinates(found)[0] == [(578000.0, 3658000.0), (578100.125, 3658000.0)]
    assert found.raw.columns["管线编号"] == ["JS1-JS2", "PSWS1-PSWS2"]
    assert any("X 为北" in one for one in found.layer.origin.remarks)


def test_the_cover_of_a_gravity_main_is_its_depth_without_its_bore(tmp_path: Path) -> None:
    found = read(tmp_path, {"线.csv": LINE_TABLE, "点.csv": POINT_TABLE}, LINES)
    assert found.raw.columns["管顶埋深"] == ["1.1", "1.5"]
    unknown = LINE_TABLE.replace(",400,", ",,").replace(",1.20,", ",,")
    found = read(tmp_path, {"线.csv": unknown, "点.csv": POINT_TABLE}, LINES)
    assert found.raw.columns["管顶埋深"] == [None, None]


def test_tables_of_points_and_lines_become_the_countys_mains(tmp_path: Path) -> None:
    county = make_county(tmp_path / "county")
    for name, text in {"线.csv": LINE_TABLE, "点.csv": POINT_TABLE}.items():
        (tmp_path / name).write_text(text, encoding="gbk")
    sources = (tmp_path / "线.csv", tmp_path / "点.csv")
    with pytest.raises(UndecidedError) as caught:
        import_layer(ImportRequest("pipelines", sources, county))
    assert [one.ask for one in caught.value.questions] == [Ask.CRS]
    import_layer(ImportRequest("pipelines", sources, county, crs="EPSG:4546"))
    mains = load_county(county).layers["pipelines"]
    assert mains.columns["utility"].tolist() == ["water", "sewer"]
    assert mains.columns["diameter_mm"].tolist() == [300.0, 400.0]
    assert mains.columns["cover_m"].tolist() == [1.1, 1.5]
    assert mains.columns["laying"].tolist() == ["direct", "direct"]
    assert mains.geometry[0].length == pytest.approx(100.125)


def test_points_that_say_where_they_lead_are_lines_once(tmp_path: Path) -> None:
    table = """点号,连接点号,X,Y,埋深,管线种类
JS1,JS2,3658000,578000,1.2,JS
JS2,JS1,3658000,578100,1.0,JS
JS2,JS3,3658000,578100,0.9,JS
JS3,,3658000,578200,1.1,JS
"""
    found = read(tmp_path, {"成果表.csv": table}, LINES)
    assert found.raw.columns["管线编号"] == ["JS1-JS2", "JS2-JS3"]
    assert found.raw.columns["管顶埋深"] == ["0.9", "0.9"]
    assert any("合成了一条" in one for one in found.layer.origin.remarks)


def test_points_that_are_not_there_or_in_two_places_leave_their_lines_without_shape(
    tmp_path: Path,
) -> None:
    lines = LINE_TABLE + "JS1,JS9,JS,1,1,100,,,\nPSWS1,JS1,WS,1,1,100,,,\n"
    points = POINT_TABLE + "PSWS1,3658090,578000,,\n"
    found = read(tmp_path, {"线.csv": lines, "点.csv": points}, LINES)
    assert found.raw.geometry[0] is not None
    assert found.raw.unreadable == {
        1: "点号 PSWS1 在点表里有几个不同的坐标",
        2: "点号 JS9 在点表里没有",
        3: "点号 PSWS1 在点表里有几个不同的坐标",
    }
    with pytest.raises(SurveyError, match="点表"):
        read(tmp_path, {"线.csv": LINE_TABLE}, LINES)


def test_courses_and_rings_are_drawn_through_their_points_in_order(tmp_path: Path) -> None:
    table = """地块编号;序号;东坐标;北坐标
D1;3;578010;3658010
D1;1;578000;3658000
D1;2;578010;3658000
"""
    found = read(tmp_path, {"界址点.txt": table}, AREAS)
    ring = [(578000.0, 3658000.0), (578010.0, 3658000.0), (578010.0, 3658010.0)]
    assert list(found.raw.geometry[0].exterior.coords)[:3] == ring
    assert coordinates(read(tmp_path, {"界址点.txt": table}, LINES)) == [ring]


def test_an_instruments_file_without_headings_is_read_by_the_size_of_its_numbers(
    tmp_path: Path,
) -> None:
    rows = "1,TREE,578000.1,3658000.2,131.2\n2,TREE,578001.1,3658000.3,131.3\n"
    found = read(tmp_path, {"树.dat": rows}, POINTS)
    assert coordinates(found) == [[(578000.1, 3658000.2)], [(578001.1, 3658000.3)]]
    assert found.raw.columns["点号"] == ["1", "2"]


def test_coordinates_whose_size_says_nothing_are_asked_for(tmp_path: Path) -> None:
    table = "点号,X,Y\n1,5000,8000\n2,5001,8001\n"
    with pytest.raises(UndecidedError, match="--axes north-first") as caught:
        read(tmp_path, {"a.csv": table}, POINTS)
    assert [one.ask for one in caught.value.questions] == [Ask.AXES]
    north = Choice(kinds=(GeometryKind.POINT,), axes="north-first")
    assert coordinates(read(tmp_path, {"a.csv": table}, north))[0] == [(8000.0, 5000.0)]


@given(st.floats(200_000, 800_000), st.floats(3_400_000, 4_000_000), st.sampled_from([0, 37, 19]))
def test_within_henan_the_northing_is_always_found(east: float, north: float, zone: int) -> None:
    east += zone * 1_000_000
    parts = {Part.X: 0, Part.Y: 1}
    assert is_north_first(parts, [(north, east)]) is True
    assert is_north_first(parts, [(east, north)]) is False


def test_sheets_of_a_workbook_belong_together(tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.active)
    for name, text in {"管线点": POINT_TABLE, "管线线": LINE_TABLE, "说明": "制表,某某\n"}.items():
        sheet = book.create_sheet(name)
        for row in text.splitlines():
            cells = row.split(",")
            sheet.append([float(one) if one.replace(".", "").isdigit() else one for one in cells])
    book.save(tmp_path / "成果.xlsx")
    found = read_source((tmp_path / "成果.xlsx",), LINES, Progress())
    assert coordinates(found)[0] == [(578000.0, 3658000.0), (578100.125, 3658000.0)]
    assert found.raw.columns["管径"] == ["DN300", "400"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("b.csv", "姓名,电话\n甲,1\n".encode()),
        ("c.csv", b"\0\1\2\3"),
        ("d.xlsx", b"PK\3\4 no workbook"),
        ("e.csv", b'"'),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SurveyError) as caught:
        read_source((tmp_path / name,), LINES, Progress())
    assert len(caught.value.problems) == 1


def test_geometry_may_be_written_out_as_text(tmp_path: Path) -> None:
    table = 'WKT,编号\n"LINESTRING (578000 3658000, 578001 3658000)",1\nNONSENSE,2\n'
    found = read(tmp_path, {"a.csv": table}, LINES)
    assert found.raw.geometry[0].length == 1.0
    assert found.raw.unreadable == {1: "WKT 写得不对"}


def test_an_outline_of_very_many_corners_is_one_cell(tmp_path: Path) -> None:
    corners = ", ".join(f"{578000 + n / 8} {3658000 + n % 2}" for n in range(10_000))
    found = read(tmp_path, {"a.csv": f'WKT,编号\n"LINESTRING ({corners})",1\n'}, LINES)
    assert len(found.raw.geometry[0].coords) == 10_000

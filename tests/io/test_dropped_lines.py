"""Lines come in from the files that people really have, or one sentence says why not."""

from __future__ import annotations

import warnings
from pathlib import Path

import geopandas
import pytest
from shapely import LineString, Point

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.io.county_file import load_county
from neixiang_survey_plugin.io.dropped_lines import DroppedLine, Home, read_dropped_lines
from neixiang_survey_plugin.io.placement import box_of
from tests.builders import CRS, ORIGIN, placed, write_county

COURSE = placed("LINESTRING (0 0, 20 0, 20 15)")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    county = load_county(write_county(tmp_path_factory.mktemp("county")), ("roads",))
    return Home(county.grid.epsg, box_of([county.layers["roads"].geometry]))


def write(path: Path, crs: str, utility: str | None = None, **options: str) -> Path:
    columns = {} if utility is None else {"utility": [utility]}
    frame = geopandas.GeoDataFrame(columns, geometry=[COURSE], crs=CRS).to_crs(crs)
    frame.to_file(path, engine="pyogrio", **options)
    return path


def only(path: Path, home: Home) -> DroppedLine:
    (found,) = read_dropped_lines(path, home)
    return found


@pytest.mark.parametrize(
    ("name", "crs", "options"),
    [
        ("a.gpkg", "EPSG:4546", {}),
        ("a.gpkg", "EPSG:4547", {}),
        ("a.geojson", "EPSG:4326", {}),
        ("a.kml", "EPSG:4326", {"driver": "LIBKML"}),
    ],
)
def test_lines_of_every_system_come_into_the_county_grid(
    tmp_path: Path, home: Home, name: str, crs: str, options: dict[str, str]
) -> None:
    found = only(write(tmp_path / name, crs, **options), home)
    assert found.line.equals_exact(COURSE, 0.02)


def test_the_file_says_whose_lines_they_are(tmp_path: Path, home: Home) -> None:
    assert only(write(tmp_path / "a.gpkg", CRS, "燃气"), home).utility == "gas"
    assert only(write(tmp_path / "b.gpkg", CRS, "unheard of"), home).utility is None
    assert only(write(tmp_path / "water.geojson", "EPSG:4326"), home).utility == "water"


def test_a_drawing_without_a_system_is_in_the_county_grid(tmp_path: Path, home: Home) -> None:
    path = tmp_path / "a.dxf"
    frame = geopandas.GeoDataFrame({"Layer": ["给水管"]}, geometry=[COURSE])
    with warnings.catch_warnings():  # that there is no system is what this is about
        warnings.simplefilter("ignore")
        frame.to_file(path, engine="pyogrio", driver="DXF")
    assert only(path, home).line.equals_exact(COURSE, 1e-6)


def test_a_track_of_a_receiver_is_one_line(tmp_path: Path, home: Home) -> None:
    degrees = geopandas.GeoSeries([COURSE], crs=CRS).to_crs("EPSG:4326")[0].coords
    points = "".join(f'<trkpt lat="{lat!r}" lon="{lon!r}"/>' for lon, lat in degrees)
    path = tmp_path / "a.gpx"
    path.write_text(
        '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk><trkseg>{points}</trkseg></trk></gpx>",
        encoding="utf-8",
    )
    assert only(path, home).line.equals_exact(COURSE, 0.02)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_table_of_points_is_a_line_a_name(
    tmp_path: Path, home: Home, encoding: str, separator: str
) -> None:
    east, north = ORIGIN
    rows = [
        ["名称", "专业", "X", "Y"],
        ["一", "给水", north, east],
        ["一", "给水", north, east + 20],
        ["二", "燃气", north + 5, east],
        ["二", "燃气", north + 5, east + 20],
    ]
    path = tmp_path / "a.csv"
    text = "\n".join(separator.join(map(str, row)) for row in rows)
    path.write_bytes(text.encode(encoding))
    first, second = read_dropped_lines(path, home)
    assert first == DroppedLine(LineString([(east, north), (east + 20, north)]), "water")
    assert (second.utility, second.line.length) == ("gas", 20.0)


def test_a_table_of_bare_coordinates_is_one_line(tmp_path: Path, home: Home) -> None:
    east, north = ORIGIN
    path = tmp_path / "a.csv"
    path.write_text(f"{east},{north}\n{east + 20},{north}\n", encoding="utf-8")
    assert list(only(path, home).line.coords) == [(east, north), (east + 20, north)]


def test_what_is_no_line_is_left_out(tmp_path: Path, home: Home) -> None:
    path = tmp_path / "a.gpkg"
    shapes = [Point(ORIGIN), COURSE]
    geopandas.GeoDataFrame(geometry=shapes, crs=CRS).to_file(path, engine="pyogrio")
    assert only(path, home).line == COURSE


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "空"),
        ("a.csv", b"\xff\xfe\x00\x01\x02\x00", "不是文本表格"),
        ("a.csv", b"a,b\n1,2\n", "没有线"),
        ("a.geojson", b"{", "无法读取"),
        ("a.dxf", b"no drawing", "无法读取"),
        ("a.gpkg", b"no package", "a.gpkg"),
    ],
)
def test_a_bad_file_is_one_sentence_that_names_it(
    tmp_path: Path, home: Home, name: str, content: bytes, said: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SurveyError, match=said) as error:
        read_dropped_lines(path, home)
    assert len(error.value.problems) == 1
    assert name in str(error.value)


def test_lines_of_another_county_are_refused(tmp_path: Path, home: Home) -> None:
    path = tmp_path / "a.geojson"
    far = geopandas.GeoSeries([LineString([(116.3, 39.9), (116.4, 39.9)])], crs="EPSG:4326")
    far.to_file(path, engine="pyogrio")
    with pytest.raises(SurveyError, match="公里"):
        read_dropped_lines(path, home)

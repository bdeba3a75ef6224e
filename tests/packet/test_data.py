"""A case in other programs' formats: each says the same as the lines, to a millimetre."""

from __future__ import annotations

import importlib.util
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import ezdxf
import numpy as np
import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import shape

from neixiang_survey_plugin.app.colours import CLASS_CODES, UTILITY_COLOURS
from neixiang_survey_plugin.io.gpkg import gpkg_layers, read_gpkg
from neixiang_survey_plugin.io.packet import drawing
from neixiang_survey_plugin.io.packet.features import case_layers
from tests.packet import sampled
from tests.survey.test_geopackage_standard import VALIDATOR

BORED, GREEN = "C44", "C06"
MILLIMETRE = 0.001


@pytest.fixture(scope="module", params=[BORED, GREEN])
def data(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a packet; its name is that of the case."""
    return sampled.packet(request.param, tmp_path_factory.mktemp("packets")).folder / "data"


def lines_of(data: Path) -> list[shapely.LineString]:
    """The lines as they were drawn."""
    return [one.route.line for one in sampled.case(data.parent.name).routes]


def to_grid(geometry: shapely.Geometry) -> shapely.Geometry:
    """Longitude and latitude back in the grid, by a way of its own."""
    transformer = Transformer.from_crs("EPSG:4490", "EPSG:4546", always_xy=True)

    def turned(points: np.ndarray) -> np.ndarray:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return shapely.transform(geometry, turned)


def features(data: Path, name: str, layer: str) -> list[dict[str, Any]]:
    found = json.loads((data / name).read_text(encoding="utf-8"))["features"]
    return [one for one in found if one["properties"]["layer"] == layer]


def assert_same(found: list[Any], data: Path) -> None:
    lines = lines_of(data)
    assert len(found) == len(lines)
    for one, line in zip(found, lines, strict=True):
        assert shapely.equals_exact(one, line, MILLIMETRE)


def test_the_geopackage_holds_the_lines_with_their_facts(data: Path) -> None:
    read = read_gpkg(data / "case.gpkg", "routes", lambda column: True)
    assert_same(read.geometry.tolist(), data)
    (one,) = sampled.case(data.parent.name).routes
    assert read.columns["length_m"] == [one.measures.length_m]
    assert read.columns["verdict"] == [one.verdict.way.value]
    assert "working_strips" in gpkg_layers(data / "case.gpkg")


def test_every_geopackage_of_a_packet_passes_the_validator(data: Path) -> None:
    for path in sorted(data.rglob("*.gpkg")):
        subprocess.run([*VALIDATOR, str(path)], check=True, capture_output=True)


def test_geojson_in_degrees_comes_back_to_the_millimetre(data: Path) -> None:
    found = features(data, "case_wgs84.geojson", "routes")
    assert_same([to_grid(shape(one["geometry"])) for one in found], data)


def test_geojson_in_the_grid_says_its_system(data: Path) -> None:
    found = json.loads((data / "case_grid.geojson").read_text(encoding="utf-8"))
    assert found["crs"]["properties"]["name"] == "urn:ogc:def:crs:EPSG::4546"
    assert_same(
        [shape(one["geometry"]) for one in features(data, "case_grid.geojson", "routes")], data
    )


def test_crossings_and_green_patches_measure_what_the_verdict_says(data: Path) -> None:
    (one,) = sampled.case(data.parent.name).routes
    crossings = features(data, "case_grid.geojson", "crossings")
    for found, crossing in zip(crossings, one.measures.roads.crossings, strict=True):
        assert shape(found["geometry"]).length == pytest.approx(crossing.length_m, rel=2e-4)
    patches = features(data, "case_grid.geojson", "green_patches")
    drawn_m2 = sum(shape(found["geometry"]).area for found in patches)
    assert drawn_m2 == pytest.approx(one.measures.green.strip.value, rel=4e-4)
    assert len(patches) == len(one.measures.green.occupations) > 0


def kml_points(data: Path) -> Iterator[shapely.LineString]:
    space = "{http://www.opengis.net/kml/2.2}"
    for folder in ElementTree.parse(data / "case.kml").iter(f"{space}Folder"):
        if folder.findtext(f"{space}name") == "外线":
            for text in folder.iter(f"{space}coordinates"):
                points = (one.split(",") for one in (text.text or "").split())
                yield shapely.LineString([(float(lon), float(lat)) for lon, lat in points])


def test_kml_shows_the_lines_where_they_are(data: Path) -> None:
    assert_same([to_grid(line) for line in kml_points(data)], data)


def test_the_drawing_has_the_classes_colours_and_places_of_the_lines(data: Path) -> None:
    document = ezdxf.readfile(data / "case.dxf")
    (one,) = sampled.case(data.parent.name).routes
    code, colour = CLASS_CODES[one.route.utility], UTILITY_COLOURS[one.route.utility]
    layer = document.layers.get(code)
    assert "#{:02x}{:02x}{:02x}".format(*layer.rgb) == colour
    drawn = document.modelspace().query(f'LWPOLYLINE[layer=="{code}"]')
    assert_same([shapely.LineString(line.get_points("xy")) for line in drawn], data)
    assert document.audit().errors == []
    texts = [text.dxf.text for text in document.modelspace().query("TEXT")]
    assert any(text.startswith(("给水 ", "热力 ")) for text in texts)


def test_gdal_reads_the_drawing_with_its_chinese_text(data: Path) -> None:
    said = subprocess.run(
        ["ogrinfo", "-al", str(data / "case.dxf")], check=True, capture_output=True, text=True
    ).stdout
    assert "坐标系 EPSG:4546，X 为北，Y 为东，单位 m" in said
    (one,) = sampled.case(data.parent.name).routes
    own = f"Layer (String) = {CLASS_CODES[one.route.utility]}\n"
    found = [part for part in said.split("OGRFeature") if own in part]
    assert_same([shapely.from_wkt(part.strip().splitlines()[-1].strip()) for part in found], data)
    assert f"{CLASS_CODES[one.route.utility]}_作业带\n" in said


def test_an_office_without_ezdxf_gets_everything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        drawing.importlib.util, "find_spec", lambda name: None if name == "ezdxf" else find(name)
    )
    packet = sampled.packet(GREEN, tmp_path)
    assert not (packet.folder / "data" / "case.dxf").exists()
    assert (packet.folder / "data" / "case.gpkg").exists()


def test_a_bore_is_no_part_of_the_working_strip() -> None:
    county, _ = sampled.checked()
    layers = {one.name: one for one in case_layers(sampled.case(BORED), (), county)}
    (strip,), (bore,) = layers["working_strips"].features, layers["bores"].features
    middle = shapely.line_interpolate_point(bore.geometry, 0.5, normalized=True)
    assert not shapely.intersects(strip.geometry, middle)

"""DXF drawings and KML files: layers, blocks, texts, arcs, splines; folders and descriptions."""

from __future__ import annotations

import math
import zipfile
from pathlib import Path
from typing import Any

import ezdxf
import numpy as np
import pytest
from shapely.geometry import Point

from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.proposal import propose
from neixiang_survey_plugin.app.progress import Progress
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.schema import COUNTY_LAYERS, GeometryKind
from neixiang_survey_plugin.io.importing.choice import Choice
from neixiang_survey_plugin.io.importing.source import SourceRead, read_source

LINES, POINTS = (GeometryKind.LINE,), (GeometryKind.POINT,)
AREAS = (GeometryKind.POLYGON,)
EAST, NORTH = 578_000.0, 3_658_000.0


def read(path: Path, kinds: tuple[GeometryKind, ...], *layers: str) -> SourceRead:
    return read_source((path,), Choice(layers, kinds=kinds), Progress())


def drawing(path: Path, draw: Any, version: str = "R2010") -> Path:
    document = ezdxf.new(version)
    if version == "R2000":
        document.encoding = "gbk"
    draw(document.modelspace(), document)
    document.saveas(path)
    return path


@pytest.mark.parametrize("version", ["R2000", "R2010", "R12"])
def test_layers_keep_their_chinese_names_in_old_and_new_drawings(
    tmp_path: Path, version: str
) -> None:
    def draw(space: Any, _: Any) -> None:
        for layer, north in (("给水管线", 0), ("电力管线", 5)):
            at = NORTH + north
            space.add_line((EAST, at), (EAST + 100, at), dxfattribs={"layer": layer})

    path = drawing(tmp_path / "管线.dxf", draw, version)
    found = read(path, LINES)
    assert found.raw.columns["图层"] == ["给水管线", "电力管线"]
    assert len(read(path, LINES, "电力管线").raw) == 1
    with pytest.raises(SurveyError, match="没有图层 燃气管线"):
        read(path, LINES, "燃气管线")


def test_arcs_bulges_and_splines_stay_within_a_tenth_of_a_millimetre(tmp_path: Path) -> None:
    middle, radius = (EAST, NORTH), 30.0
    bulge = math.tan(math.pi / 8)  # a quarter of a circle

    def draw(space: Any, _: Any) -> None:
        space.add_arc(middle, radius, 0, 90)
        quarter = [(EAST + radius, NORTH, bulge), (EAST, NORTH + radius, 0)]
        space.add_lwpolyline(quarter, format="xyb")
        space.add_spline([(EAST, NORTH), (EAST + 10, NORTH + 5), (EAST + 20, NORTH)])
        space.add_ellipse(middle, (40, 0), 0.5, 0, math.pi)
        other_way = [(EAST, NORTH + radius, -bulge), (EAST + radius, NORTH, 0)]
        space.add_polyline2d(other_way, format="xyb")

    found = read(drawing(tmp_path / "a.dxf", draw), LINES)
    assert len(found.raw) == 5
    for arc in found.raw.geometry[[0, 1, 4]]:
        assert arc.length == pytest.approx(radius * math.pi / 2, abs=0.001)
        corners = np.array(arc.coords)
        between = (corners[1:] + corners[:-1]) / 2
        off = np.abs(np.hypot(*(np.vstack([corners, between]) - middle).T) - radius)
        assert off.max() < 0.0001 + 1e-9


def test_blocks_are_points_with_their_attributes_or_taken_apart(tmp_path: Path) -> None:
    def draw(space: Any, document: Any) -> None:
        block = document.blocks.new("行道树")
        block.add_circle((0, 0), 1.0)
        block.add_attdef("树种", (0, 0))
        inner = document.blocks.new("管段")
        inner.add_line((0, 0), (10, 0))
        for n in range(2):
            tree = space.add_blockref("行道树", (EAST + n, NORTH), dxfattribs={"layer": "绿化"})
            tree.add_auto_attribs({"树种": "国槐"})
        mirrored = {"layer": "镜像", "extrusion": (0, 0, -1)}
        space.add_blockref("行道树", (-EAST, NORTH), dxfattribs=mirrored)
        space.add_blockref("管段", (EAST, NORTH), dxfattribs={"layer": "给水", "rotation": 90})

    path = drawing(tmp_path / "a.dxf", draw)
    trees = read(path, POINTS, "绿化").raw
    assert [(one.x, one.y) for one in trees.geometry] == [(EAST, NORTH), (EAST + 1, NORTH)]
    assert trees.columns["树种"] == ["国槐", "国槐"]
    assert trees.columns["块名"] == ["行道树", "行道树"]
    (mirrored,) = read(path, POINTS, "镜像").raw.geometry
    assert (mirrored.x, mirrored.y) == (EAST, NORTH)
    main = read(path, LINES, "给水").raw
    assert main.columns["图层"] == ["给水"]
    assert np.allclose(main.geometry[0].coords, [(EAST, NORTH), (EAST, NORTH + 10)])


def test_closed_outlines_are_areas_with_the_texts_that_stand_in_them(tmp_path: Path) -> None:
    def draw(space: Any, _: Any) -> None:
        corners = [(EAST, NORTH), (EAST + 20, NORTH), (EAST + 20, NORTH + 10), (EAST, NORTH + 10)]
        space.add_lwpolyline(corners, close=True, dxfattribs={"layer": "地块"})
        space.add_text("DK-01", dxfattribs={"layer": "注记"}).set_placement((EAST + 5, NORTH + 5))
        space.add_mtext("别处").set_location((EAST + 50, NORTH + 5))
        space.add_circle((EAST + 100, NORTH), 5)
        space.add_linear_dim((EAST, NORTH - 5), (EAST, NORTH), (EAST + 20, NORTH)).render()

    found = read(drawing(tmp_path / "a.dxf", draw), AREAS)
    assert [round(one.area, 1) for one in found.raw.geometry] == [200.0, 78.5]
    assert found.raw.columns["内部文字"] == ["DK-01", None]
    remarks = "；".join(found.layer.origin.remarks)
    assert "2 个点没有收" in remarks
    assert "DIMENSION" in remarks


def test_what_a_drawing_says_of_its_entities_is_no_kind_of_green_space(tmp_path: Path) -> None:
    def draw(space: Any, document: Any) -> None:
        block = document.blocks.new("地块")
        block.add_attdef("类型", (0, 0))
        block.add_lwpolyline([(0, 0), (9, 0), (9, 9)], close=True)
        for n, kind in enumerate(("公园绿地", "防护绿地")):
            put = space.add_blockref("地块", (EAST + 20 * n, NORTH))
            put.add_auto_attribs({"类型": kind})

    found = read(drawing(tmp_path / "a.dxf", draw), AREAS)
    assert found.raw.columns["图元类型"] == ["LWPOLYLINE"] * 2
    assert found.raw.columns["类型"] == ["公园绿地", "防护绿地"]
    mapping = propose(found.layer, COUNTY_LAYERS["green_spaces"]).mapping("green_kind")
    assert mapping.candidates == ("类型",)


def test_what_is_no_drawing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.dxf"
    path.write_bytes(b"AC1027 this is a DWG\0\1\2")
    with pytest.raises(SurveyError, match=r"CAD 另存为 DXF") as caught:
        read(path, LINES)
    assert len(caught.value.problems) == 1


KML = """<?xml version="1.0" encoding="{encoding}"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>全县</name>
<Folder><name>道路</name>
 <Placemark><name>范蠡大道</name>
  <description><![CDATA[<table><tr><td>道路等级</td><td>主干路</td></tr></table>]]></description>
  <ExtendedData><Data name="道路编号"><value>R1</value></Data>
   <SchemaData><SimpleData name="权属单位">示例局</SimpleData></SchemaData></ExtendedData>
  <MultiGeometry><Point><coordinates>111.84,33.04</coordinates></Point>
   <LineString><coordinates>111.84,33.04,0 111.85,33.04,0</coordinates></LineString></MultiGeometry>
 </Placemark>
 <Placemark><name>岗亭</name><Point><coordinates>111.84, 33.05</coordinates></Point></Placemark>
 <Placemark><name>坏的</name><LineString><coordinates>111.84</coordinates></LineString></Placemark>
</Folder>
<Folder><name>绿地</name><Placemark><name>公园</name><Polygon><outerBoundaryIs><LinearRing>
 <coordinates>111.84,33.04 111.85,33.04 111.85,33.05 111.84,33.04</coordinates>
</LinearRing></outerBoundaryIs></Polygon></Placemark></Folder></Document></kml>"""


@pytest.mark.parametrize(
    ("says", "encoding"), [("UTF-8", "utf-8"), ("GBK", "gbk"), ("UTF-8", "gbk")]
)
def test_folders_are_layers_and_every_attribute_a_column(
    tmp_path: Path, says: str, encoding: str
) -> None:
    path = tmp_path / "全县.kml"
    path.write_bytes(KML.format(encoding=says).encode(encoding))
    with pytest.raises(UndecidedError, match="--layer 道路"):
        read(path, LINES)
    found = read(path, LINES, "道路")
    assert found.raw.columns["道路编号"] == ["R1", None]
    assert found.raw.columns["道路等级"] == ["主干路", None]
    assert found.raw.columns["权属单位"] == ["示例局", None]
    assert list(found.raw.geometry[0].coords) == [(111.84, 33.04), (111.85, 33.04)]
    assert found.raw.unreadable == {1: "坐标写得不对"}
    assert "1 个点没有收" in "；".join(found.layer.origin.remarks)
    assert read(path, POINTS, "道路").raw.geometry[1] == Point(111.84, 33.05)


def test_kmz_is_a_zipped_kml(tmp_path: Path) -> None:
    path = tmp_path / "全县.kmz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("doc.kml", KML.format(encoding="UTF-8"))
        archive.writestr("files/icon.png", b"")
    assert len(read(path, AREAS, "绿地").raw) == 1
    assert read(path, AREAS, "doc.kml/绿地").raw.columns["name"] == ["公园"]


@pytest.mark.parametrize(
    "content",
    ["<kml><Document><Placemark>", "no xml", '<!DOCTYPE a [<!ENTITY b "c">]><kml>&b;</kml>'],
)
def test_what_is_no_kml_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.kml"
    path.write_text(content)
    with pytest.raises(SurveyError, match="不是完整的 KML"):
        read(path, LINES)


def test_geojson_in_gbk_or_with_a_mark_is_read_all_the_same(tmp_path: Path) -> None:
    text = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"路名":"范蠡大道"},'
        '"geometry":{"type":"LineString","coordinates":[[111.84,33.04],[111.85,33.04]]}}]}'
    )
    for encoding in ("gbk", "utf-8-sig", "utf-8"):
        path = tmp_path / f"{encoding}.geojson"
        path.write_text(text, encoding=encoding)
        assert read(path, LINES).raw.columns == {"路名": ["范蠡大道"]}

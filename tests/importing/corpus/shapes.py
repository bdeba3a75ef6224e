"""Shapes that cross themselves, are nowhere, are of another kind."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import numpy as np
import pyogrio.raw
import shapely

from tests.importing.corpus.base import (
    Imported,
    Refused,
    at,
    awkward,
    greens,
    pipes,
)
from tests.importing.counties import EAST, EPSG, NORTH, lines, squares

SQUARE = "POLYGON((0 0,10 0,10 10,0 10,0 0))"


@awkward("green_spaces", Imported(1, ("面积 0.00 → 50.00",), ("invalid_area", "multipart")))
def bow_tie(folder: Path) -> Path:
    return greens(folder / "g.gpkg", [at("POLYGON((0 0,10 10,10 0,0 10,0 0))")])


@awkward("green_spaces", Imported(1, ("请核对",), ("invalid_area",)))
def gone_round_twice(folder: Path) -> Path:
    loop = "POLYGON((0 0,10 0,10 10,4 10,4 -4,6 -4,6 12,0 12,0 0))"
    return greens(folder / "g.gpkg", [at(loop)])


@awkward("green_spaces", Imported(1, ("不成面",), ("invalid_area",)))
def with_a_spike(folder: Path) -> Path:
    spike = "POLYGON((0 0,10 0,10 10,20 10,10 10,0 10,0 0))"
    return greens(folder / "g.geojson", [at(spike)])


@awkward("green_spaces", Imported(1, (), ("sliver_part",)))
def with_a_sliver(folder: Path) -> Path:
    parts = "((0 0,10 0,10 10,0 10,0 0)),((20 0,20.0005 0,20.0005 9,20 9,20 0))"
    return greens(folder / "g.gpkg", [at(f"MULTIPOLYGON({parts})")])


@awkward("green_spaces", Imported(3, ("与 G1 重叠 50.00 m²",), ("duplicate", "overlap")))
def duplicates_and_overlaps(folder: Path) -> Path:
    beside = at("POLYGON((5 0,15 0,15 10,5 10,5 0))")
    return greens(folder / "g.gpkg", [at(SQUARE), beside, at(SQUARE)])


@awkward("green_spaces", Imported(1, ("顶点 7 → 5",), ("doubled_vertices",)))
def doubled_vertices(folder: Path) -> Path:
    doubled = "POLYGON((0 0,10 0,10 0,10 0,10 10,0 10,0 0))"
    return greens(folder / "g.gpkg", [at(doubled)])


@awkward("pipelines", Imported(2, (), ("self_crossing",)))
def line_that_crosses_itself(folder: Path) -> Path:
    loop = at("LINESTRING(0 0,10 10,10 0,0 10)")
    return pipes(folder / "p.gpkg", [loop, lines(2)[1]])


@awkward("pipelines", Refused("--set-aside"))
def line_of_one_place(folder: Path) -> Path:
    return pipes(folder / "p.gpkg", [at("LINESTRING(5 5,5 5)"), lines(2)[1]])


@awkward("green_spaces", Refused("没有几何"))
def without_a_geometry(folder: Path) -> Path:
    path = greens(folder / "g.geojson", squares(3))
    collection = json.loads(path.read_text())
    collection["features"][1]["geometry"] = None
    path.write_text(json.dumps(collection))
    return path


@awkward("green_spaces", Imported(2, ("1 个要素搁置",), ("no_geometry",)), set_aside=True)
def without_a_geometry_but_set_aside(folder: Path) -> Path:
    return without_a_geometry(folder)


@awkward("green_spaces", Refused("几何是空的"))
def empty_geometry(folder: Path) -> Path:
    return greens(folder / "g.gpkg", [at(SQUARE), shapely.from_wkt("POLYGON EMPTY")])


@awkward("pipelines", Refused("NaN"))
def nan_coordinates(folder: Path) -> Path:
    with np.errstate(invalid="ignore"):
        nowhere = shapely.LineString([(EAST, NORTH), (np.nan, np.nan), (EAST, NORTH + 9)])
    return pipes(folder / "p.gpkg", [nowhere, lines(2)[1]])


@awkward("pipelines", Refused("NaN 或无穷大"))
def infinite_coordinates(folder: Path) -> Path:
    with np.errstate(invalid="ignore"):
        endless = shapely.LineString([(EAST, NORTH), (np.inf, NORTH)])
    return pipes(folder / "p.gpkg", [endless, lines(2)[1]])


@awkward("pipelines", Refused("使用范围之外.*--set-aside"))
def huge_coordinates(folder: Path) -> Path:
    far = shapely.LineString([(1e300, 1e300), (-1e300, 1e300)])
    return pipes(folder / "p.gpkg", [far, *lines(2)])


@awkward("green_spaces", Imported(1, ("LineString、Point",), ("mixed",)))
def collection(folder: Path) -> Path:
    shapes = "POINT(1 1),LINESTRING(0 0,3 4),POLYGON((0 0,10 0,10 10,0 0))"
    return greens(folder / "g.gpkg", [at(f"GEOMETRYCOLLECTION({shapes})")])


@awkward("green_spaces", Refused("几何类型不符"))
def points_among_areas(folder: Path) -> Path:
    return greens(folder / "g.gpkg", [at(SQUARE), at("POINT(1 1)")])


@awkward("roads", Imported(2))
def roads_as_lines_and_areas(folder: Path) -> Path:
    return greens(folder / "g.gpkg", [at(SQUARE), lines(3)[2]])


@awkward("green_spaces", Imported(1, (), ("closed_line",)))
def areas_drawn_as_closed_lines(folder: Path) -> Path:
    return greens(folder / "g.geojson", [at("LINESTRING(0 0,10 0,10 10,0 10,0 0)")])


@awkward("green_spaces", Refused("首尾|没有闭合"))
def areas_drawn_as_open_lines(folder: Path) -> Path:
    return greens(folder / "g.geojson", [at("LINESTRING(0 0,10 0,10 10,0 10,0 1)"), at(SQUARE)])


@awkward("green_spaces", Imported(1, (), ("multipart",)))
def of_several_parts(folder: Path) -> Path:
    return greens(folder / "g.gpkg", [shapely.MultiPolygon(squares(2))])


@awkward("green_spaces", Imported(3, ("3 个要素带高程（93.00 至 93.00 m）",)))
def heights(folder: Path) -> Path:
    high = [shapely.force_3d(shape, 93.0) for shape in squares(3)]
    return greens(folder / "g.gpkg", high, geometry_type="Polygon Z")


@awkward("pipelines", Imported(1, ("M 值",)))
def measures(folder: Path) -> Path:
    line = shapely.from_wkt(f"LINESTRING ZM({EAST} {NORTH} 93 0,{EAST + 9} {NORTH} 93 9)")
    path = pipes(folder / "p.gpkg", lines(1))
    blob = _gpkg_blob(shapely.to_wkb(line, output_dimension=4))
    return _with_blob(path, "p", blob)


@awkward("pipelines", Imported(1, ("曲线",)))
def curves(folder: Path) -> Path:
    """A circular string by hand: a quarter circle of 10 m."""
    arc = [(0.0, 0.0), (10 * (1 - 0.5**0.5), 10 * 0.5**0.5), (10.0, 10.0)]
    points = np.array([(EAST + x, NORTH + y) for x, y in arc])
    wkb = b"\x01" + (8).to_bytes(4, "little") + (3).to_bytes(4, "little") + points.tobytes()
    return _with_blob(pipes(folder / "p.gpkg", lines(1)), "p", _gpkg_blob(wkb))


@awkward("pipelines", Refused("几何读不出来"))
def a_damaged_blob(folder: Path) -> Path:
    path = pipes(folder / "p.gpkg", lines(2))
    return _with_blob(path, "p", _gpkg_blob(b"\x01\x02\0\0\0\xff"))


@awkward("green_spaces", Imported(3))
def geopackage_1_4(folder: Path) -> Path:
    return greens(folder / "g.gpkg", squares(3), dataset_options={"VERSION": "1.4"})


@awkward("green_spaces", Imported(3))
def geopackage_1_0(folder: Path) -> Path:
    return greens(folder / "g.gpkg", squares(3), dataset_options={"VERSION": "1.0"})


@awkward("green_spaces", Refused("没有任何要素"))
def no_features(folder: Path) -> Path:
    path = folder / "g.gpkg"
    pyogrio.raw.write(
        path,
        np.array([], dtype=object),
        [np.array([], dtype=object)],
        ["green_id"],
        geometry_type="Polygon",
        crs=f"EPSG:{EPSG}",
    )
    return path


def _gpkg_blob(wkb: bytes) -> bytes:
    return b"GP\0\x01" + EPSG.to_bytes(4, "little") + wkb


def _with_blob(path: Path, layer: str, blob: bytes) -> Path:
    """The first row's geometry replaced, past GDAL's triggers."""
    with sqlite3.connect(path) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute(f"UPDATE {layer} SET geom = ? WHERE fid = 1", (blob,))
    connection.close()
    return path

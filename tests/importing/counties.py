"""A county without layers, and foreign files of a few features in it."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from shapely import Geometry

from neixiang_survey_plugin.io.crs import from_county_grid

EPSG = 4546
COUNTY = f"""# 手写的县文件
schema = 1
name = "内乡县(示例)"
epsg = {EPSG}
policy = "neixiang_2022"

[layers]
"""
EAST, NORTH = 578_000.0, 3_658_000.0
Table = Mapping[str, Sequence[Any]]


def make_county(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "county.toml").write_text(COUNTY, encoding="utf-8")
    return folder


def squares(count: int, size_m: float = 20.0) -> list[Geometry]:
    """Squares side by side with a gap, in the county grid."""
    return [
        shapely.box(EAST + 30 * n, NORTH, EAST + 30 * n + size_m, NORTH + size_m)
        for n in range(count)
    ]


def lines(count: int) -> list[Geometry]:
    return [
        shapely.LineString([(EAST, NORTH + 5 * n), (EAST + 100.125, NORTH + 5 * n)])
        for n in range(count)
    ]


def in_degrees(shapes: Sequence[Geometry]) -> list[Geometry]:
    whole = np.array(shapes, dtype=object)
    moved: list[Geometry] = shapely.set_coordinates(
        whole.copy(), from_county_grid(shapely.get_coordinates(whole), EPSG)
    ).tolist()
    return moved


def write_vector(
    path: Path,
    shapes: Sequence[Geometry],
    table: Table,
    crs: str | None = f"EPSG:{EPSG}",
    **options: Any,
) -> Path:
    """A file of the format that its name ends in.

    GDAL's own remark on a name that it cuts within a character is no UTF-8: pyogrio warns of it.
    """
    driver = {".shp": "ESRI Shapefile", ".gpkg": "GPKG", ".geojson": "GeoJSON"}.get(path.suffix)
    kind = shapes[0].geom_type if len({one.geom_type for one in shapes}) == 1 else "Unknown"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.raw.write(
            path,
            np.array([shapely.to_wkb(one) for one in shapes], dtype=object),
            [np.array(cells) for cells in table.values()],
            list(table),
            geometry_type=options.pop("geometry_type", kind),
            crs=crs,
            driver=options.pop("driver", driver),
            **options,
        )
    return path


ROADS_GBK: Table = {
    "道路编号": ["R1", "R2", "R3"],
    "路名": ["范蠡大道", "菊潭街", "郦城路"],
    "道路等级": ["主干路", "次干路", "支路"],
    "交付日期": ["20191201", "2016年5月", "43800"],
}

"""Small county folders and route files, written from rows that one can draw in the head.

Geometry is WKT in metres from ``ORIGIN``, which lies in Neixiang's county seat, EPSG:4546.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely import Geometry

ORIGIN = (578_000.0, 3_658_000.0)
CRS = "EPSG:4546"
Row = Mapping[str, Any]


def placed(wkt: str | Geometry, origin: tuple[float, float] = ORIGIN) -> Geometry:
    """A shape drawn near 0, 0, moved to its place in the county grid."""
    with np.errstate(invalid="ignore"):  # a test may ask for a coordinate that is no number
        shape = shapely.from_wkt(wkt) if isinstance(wkt, str) else wkt
        step = (*origin, 0.0) if shape.has_z else origin
        return shapely.transform(shape, lambda points: points + step, include_z=shape.has_z)


def rectangle(west: float, south: float, east: float, north: float) -> str:
    """The WKT of a rectangle."""
    return shapely.box(west, south, east, north).wkt


def line(*points: tuple[float, float]) -> str:
    """The WKT of a line through some points."""
    return f"LINESTRING ({', '.join(f'{x!r} {y!r}' for x, y in points)})"


def road(road_id: object, wkt: str, **fields: Any) -> Row:
    """An old local road, unless the fields say otherwise."""
    usual = {"road_class": "local", "delivered_on": "2010-01-01"}
    return {"road_id": road_id, "wkt": wkt, **usual, **fields}


def green(green_id: str, wkt: str, **fields: Any) -> Row:
    """A park, unless the fields say otherwise."""
    return {"green_id": green_id, "wkt": wkt, "green_kind": "park", **fields}


def route(route_id: str, wkt: str, **fields: Any) -> Row:
    """A water route, unless the fields say otherwise."""
    return {"route_id": route_id, "wkt": wkt, "utility": "water", **fields}


ROAD = road("R1", rectangle(100, -500, 110, 500))


def write_layer(
    path: Path,
    rows: Sequence[Row],
    layer: str | None = None,
    crs: str | None = CRS,
    origin: tuple[float, float] = ORIGIN,
    **options: Any,
) -> Path:
    """One layer of any format that the file's ending names; a second call adds a second layer.

    ``crs`` is what the file claims: the coordinates are the same whatever it says. A row without
    ``wkt`` has no geometry.
    """
    import geopandas

    shapes = [None if row.get("wkt") is None else placed(row["wkt"], origin) for row in rows]
    names = dict.fromkeys(name for row in rows for name in row if name != "wkt")
    columns = {name: [row.get(name) for row in rows] for name in names}
    frame = geopandas.GeoDataFrame(columns, geometry=shapes, crs=crs)
    path.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():  # a test may ask for a file without a system
        warnings.simplefilter("ignore")
        frame.to_file(path, layer=layer or path.stem, engine="pyogrio", **options)
    return path


def write_county(
    folder: Path,
    *,
    head: str = "",
    tail: str = "",
    keys: Mapping[str, str] | None = None,
    policy: str = "neixiang_2022",
    **layers: Sequence[Row],
) -> Path:
    """A county folder with one GeoPackage a layer; with no layers, one road.

    ``keys`` adds lines to the table of a layer, such as ``{"roads": 'crs = "EPSG:4547"'}``;
    ``head`` and ``tail`` are lines before and behind the layers in county.toml.
    """
    text = [f'name = "测试县"\nepsg = 4546\npolicy = "{policy}"\n{head}\n']
    for name, rows in (layers or {"roads": [ROAD]}).items():
        write_layer(folder / f"{name}.gpkg", rows, name)
        text.append(f'[layers.{name}]\npath = "{name}.gpkg"\n{(keys or {}).get(name, "")}\n')
    (folder / "county.toml").write_text("\n".join([*text, tail]), encoding="utf-8")
    return folder


def write_routes(path: Path, rows: Sequence[Row], crs: str | None = CRS, **options: Any) -> Path:
    """A file of routes; its layer is ``routes``."""
    return write_layer(path, rows, "routes", crs, **options)


def random_lines(count: int, seed: int, reach_m: float = 500.0) -> list[str]:
    """Some lines of two to six points, the same ones for the same seed."""
    random = np.random.default_rng(seed)
    return [
        line(*map(tuple, random.uniform(-reach_m, reach_m, (random.integers(2, 7), 2)).tolist()))
        for _ in range(count)
    ]

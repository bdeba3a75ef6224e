"""The pictures that map painters are timed on: a county on disk, three views of it, one look."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import shapely

from benchmarks.town import make_town
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.io.policy_file import read_policy
from neixiang_survey_plugin.places import rules_folder

WIDTH_PX, HEIGHT_PX = 1400, 900
# Ground, and for each layer from below: name, fill, line.
GROUND = "#f5f3ec"
LOOKS = (
    ("green_spaces", "#c3dfb0", "#93bd7c"),
    ("roads", "#ffffff", "#b3aa98"),
    ("pipelines", None, "#0080ff"),
)
_OFFICES = """
[[departments]]
id = "excavation"
name = "示例城市管理局"

[[units]]
id = "water"
name = "示例供水公司"
utility = "water"
"""
View = tuple[float, float, float]  # east, north in the middle, metres a pixel


def town(features: int) -> County:
    """The town with so many roads, greens and mains."""
    return make_town(features, read_policy(rules_folder() / "neixiang_2022.toml"))


def write_town(county: County, folder: Path) -> Path:
    """The town as a county folder, one GeoPackage with a spatial index for each layer."""
    import geopandas

    text = ['name = "bench"\ncode = "411325"\nepsg = 4546\npolicy = "neixiang_2022"']
    for name, table in county.layers.items():
        columns = {column: table.columns[column] for column in table.columns}
        if "utility" in columns:
            columns["utility"] = np.full(len(table), "water", dtype=object)
        frame = geopandas.GeoDataFrame(columns, geometry=table.geometry, crs="EPSG:4546")
        folder.mkdir(parents=True, exist_ok=True)
        frame.to_file(folder / f"{name}.gpkg", layer=name, engine="pyogrio")
        text.append(f'[layers.{name}]\npath = "{name}.gpkg"')
    (folder / "county.toml").write_text("\n".join([*text, _OFFICES]), encoding="utf-8")
    return folder


def views(county: County) -> dict[str, View]:
    """The whole county, and 14 and 1.4 kilometres from side to side in its middle."""
    west, south, east, north = shapely.total_bounds(county.layers["roads"].geometry)
    e_m, n_m = (west + east) / 2, (south + north) / 2
    whole_m = max((east - west) / WIDTH_PX, (north - south) / HEIGHT_PX) * 1.04
    return {
        "whole county": (e_m, n_m, whole_m),
        "14 km": (e_m, n_m, 14_000 / WIDTH_PX),
        "1.4 km": (e_m, n_m, 1_400 / WIDTH_PX),
    }

"""A foreign layer's geometry in the county grid, before it is repaired and checked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.questions import Ask, Question
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.io.crs import crs_name, is_known_crs, look_up_crs
from neixiang_survey_plugin.io.grid_geometry import what_is_likely
from neixiang_survey_plugin.io.placement import Placement, place_layer, rows_outside
from neixiang_survey_plugin.io.raw_layer import RawLayer
from neixiang_survey_plugin.io.shapes import shift_to_grid


@dataclass(frozen=True, eq=False)
class Placed:
    """A layer with its geometry in the county grid, and which system it was read in and why."""

    raw: RawLayer
    placement: Placement
    crs: str
    crs_reason: str


def place(raw: RawLayer, epsg: int, told_crs: str | None = None) -> Placed:
    """The layer on the county grid, heights left out, every row as it is.

    ``told_crs`` takes the place of what the file says. UndecidedError where neither says a
    system, SurveyError where the layer then lies outside the county system's area of use.
    """
    crs = told_crs or raw.crs
    if crs is None or not is_known_crs(crs):
        raise UndecidedError(str(raw.path), (Question(Ask.CRS, choices=(f"EPSG:{epsg}",)),))
    look_up_crs(crs)
    own: Geometries = shapely.force_2d(raw.geometry)
    grid = shift_to_grid(own, crs, epsg)
    sound = _finite(own)
    if not sound.any():
        raise SurveyError(f"{raw.path}: 图层 {raw.name} 没有一行有坐标；请核对文件")
    placement = place_layer(own[sound], grid[sound], crs)
    outside = rows_outside(grid[sound], epsg)
    if len(outside) * 2 > int(sound.sum()):
        where = what_is_likely(placement, epsg, None, None)
        raise SurveyError(
            f"{raw.path}: 图层 {raw.name} 不在县的坐标系 EPSG:{epsg} 的使用范围内{where}，"
            "或加 --crs EPSG:..."
        )
    reason = "told" if told_crs else "declared"
    return Placed(replace(raw, geometry=grid, crs=f"EPSG:{epsg}"), placement, crs_name(crs), reason)


def _finite(geometry: Geometries) -> np.ndarray:
    return np.asarray(np.isfinite(shapely.bounds(geometry)).all(axis=1))

"""The geometry of a layer on the county grid, checked row by row and as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.schema import GeometryKind
from neixiang_survey_plugin.io.complaints import Complaints
from neixiang_survey_plugin.io.crs import is_known_crs
from neixiang_survey_plugin.io.importing.where_cause import probable_cause
from neixiang_survey_plugin.io.placement import Box, Placement, place_layer, rows_outside
from neixiang_survey_plugin.io.raw_layer import RawLayer
from neixiang_survey_plugin.io.shapes import Flags, check_shapes, shift_to_grid


def grid_geometry(
    raw: RawLayer,
    kinds: Sequence[GeometryKind],
    epsg: int,
    config: str | None,
    complaints: Complaints,
) -> tuple[Geometries, Placement]:
    """One geometry a row in the county grid (metres), and where they lie.

    What comes back beside a complaint is not to be used. ``config`` is where a county file says
    the layer's own system, None where no such place is.
    """
    own, sound = check_shapes(raw, kinds, complaints)
    nowhere = Placement(f"EPSG:{epsg}", (0.0, 0.0), (0.0, 0.0), (0.0, 0.0, 0.0, 0.0))
    try:
        if raw.crs is None or not is_known_crs(raw.crs):
            complaints.layer(_way_to_a_crs(config, epsg))
            return own, nowhere
        if not sound.any():
            return own, nowhere
        placeable = own if sound.all() else own[sound]
        grid = shift_to_grid(placeable, raw.crs, epsg)
    except SurveyError as error:
        complaints.layer(str(error))
        return own, nowhere
    placed = place_layer(placeable, grid, raw.crs)
    _complain_of_place(grid, sound, placed, epsg, config, complaints)
    return grid, placed


def what_is_likely(placed: Placement, epsg: int, home: Box | None, config: str | None) -> str:
    """The end of a sentence about a layer that lies far away: what it looks like, what to do."""
    cause = probable_cause(placed, epsg, home)
    middle = f"（坐标约 {placed.own[0]:.10g}, {placed.own[1]:.10g}）"
    return f"{middle}；{cause + '；' if cause else ''}{_way_to_the_right_crs(config)}"


def _complain_of_place(
    grid: Geometries,
    sound: Flags,
    placed: Placement,
    epsg: int,
    config: str | None,
    complaints: Complaints,
) -> None:
    outside = rows_outside(grid, epsg)
    if len(outside) * 2 > len(grid):
        where = what_is_likely(placed, epsg, None, config)
        complaints.layer(f"不在县的坐标系 EPSG:{epsg} 的使用范围内{where}")
        return
    complaints.rows(
        np.flatnonzero(sound)[outside],
        lambda row: f"不在县的坐标系 EPSG:{epsg} 的使用范围内；请核对这一行的坐标",
    )


def _way_to_the_right_crs(config: str | None) -> str:
    if config is None:
        return "请核对文件的坐标系，改正后重新导出"
    return f'请核对文件的坐标系；若是声明有误，在 {config} 用 crs = "EPSG:..." 写明'


def _way_to_a_crs(config: str | None, epsg: int) -> str:
    if config is None:
        return f"没有坐标系；请指定坐标系（如 EPSG:{epsg}）后重新导出"
    return f'没有坐标系；请在 {config} 写明，如 crs = "EPSG:{epsg}"'

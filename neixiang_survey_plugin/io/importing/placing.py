"""A foreign layer's geometry in the county grid, before it is repaired and checked."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely

from neixiang_survey_plugin.app.importing.asking import UndecidedError
from neixiang_survey_plugin.app.importing.questions import Ask, Question
from neixiang_survey_plugin.app.importing.where import Whereabouts
from neixiang_survey_plugin.app.importing.where_reading import Reading, parse_reading
from neixiang_survey_plugin.app.wording.where import standing_sentence
from neixiang_survey_plugin.core.errors import SurveyError
from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.io.crs import crs_name
from neixiang_survey_plugin.io.grid_geometry import what_is_likely
from neixiang_survey_plugin.io.importing.where import Home, find_place, place_by
from neixiang_survey_plugin.io.placement import Placement, place_layer, rows_outside
from neixiang_survey_plugin.io.raw_layer import RawLayer


@dataclass(frozen=True, eq=False)
class Placed:
    """A layer with its geometry in the county grid, how its numbers were read and why.

    ``crs_reason`` is ``told``, or what the place rests on: ``proven`` or ``declared``.
    """

    raw: RawLayer
    placement: Placement
    reading: Reading
    crs: str
    crs_reason: str
    where: Whereabouts


def place(raw: RawLayer, home: Home, told: str | None = None) -> Placed:
    """The layer on the county grid, heights left out, every row as it is.

    ``told`` is the code of a reading and takes the place of what was found. UndecidedError where
    the place is not certain and nobody told, SurveyError where the layer then lies outside the
    county system's area of use.
    """
    own: Geometries = shapely.force_2d(raw.geometry)
    sound = _finite(own)
    if not sound.any():
        why = next((f"（{said}）" for said in raw.unreadable.values()), "")
        raise SurveyError(f"{raw.path}: 图层 {raw.name} 没有一行有坐标{why}；请核对文件")
    where = find_place(own[sound], raw.crs, home)
    reading, reason = _decided(raw, where, told)
    grid = place_by(own, reading, home.epsg)
    placement = place_layer(own[sound], grid[sound], reading.system)
    outside = rows_outside(grid[sound], home.epsg)
    if len(outside) * 2 > int(sound.sum()):
        likely = what_is_likely(placement, home.epsg, None, None)
        raise SurveyError(
            f"{raw.path}: 图层 {raw.name} 不在县的坐标系 EPSG:{home.epsg} 的使用范围内{likely}，"
            "或加 --crs EPSG:..."
        )
    on_grid = replace(raw, geometry=grid, crs=f"EPSG:{home.epsg}")
    return Placed(on_grid, placement, reading, crs_name(reading.system), reason, where)


def _decided(raw: RawLayer, where: Whereabouts, told: str | None) -> tuple[Reading, str]:
    if told is not None:
        return parse_reading(told, where.declared), "told"
    best = where.best
    if best is None or where.needs_decision:
        codes = tuple(one.reading.code for one in where.candidates)
        question = Question(Ask.CRS, text=standing_sentence(where), choices=codes)
        raise UndecidedError(str(raw.path), (question,))
    return best.reading, where.standing.value


def _finite(geometry: Geometries) -> np.ndarray:
    return np.asarray(np.isfinite(shapely.bounds(geometry)).all(axis=1))

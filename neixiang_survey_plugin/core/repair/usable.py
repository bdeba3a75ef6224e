"""Which features have a shape at all, in numbers, and what heights they carried."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.older_shapely import has_heights, has_measures
from neixiang_survey_plugin.core.repair.figures import Flags, Rows, figures, rows_where
from neixiang_survey_plugin.core.repair.repairs import Outcome, Repair, Trouble

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Heights:
    """The heights that were left behind: of which rows, and each row's lowest and highest.

    A row whose heights were all missing has NaN. ``measures`` are the rows that had values M.
    """

    rows: Rows
    lowest: Floats
    highest: Floats
    measures: Rows


def without_shape(geometry: Geometries) -> list[Repair]:
    """The features without a geometry, with an empty one, or with a coordinate that is no number.

    Nobody knows where a vertex without coordinates lies; leaving it out would move the line.
    """
    missing = shapely.is_missing(geometry)
    empty = shapely.is_empty(geometry)
    found = []
    for flags, trouble in (
        (missing, Trouble.NO_GEOMETRY),
        (empty, Trouble.EMPTY),
        (_not_in_numbers(geometry), Trouble.NOT_A_NUMBER),
    ):
        found += [
            Repair(trouble, Outcome.SET_ASIDE, row, figures(geometry[row]))
            for row in rows_where(flags)
        ]
    return found


def heights_of(geometry: Geometries) -> Heights:
    """The heights that shapes carry, in the unit and the system of their file."""
    rows = np.flatnonzero(has_heights(geometry))
    lowest, highest = _extremes(geometry[rows])
    return Heights(rows, lowest, highest, np.flatnonzero(has_measures(geometry)))


def flattened(geometry: Geometries) -> tuple[Geometries, Heights]:
    """The shapes in two dimensions, and the heights that were left behind."""
    heights = heights_of(geometry)
    deep = np.union1d(heights.rows, heights.measures)
    if not len(deep):
        return geometry, heights
    flat = geometry.copy()
    flat[deep] = shapely.force_2d(geometry[deep])
    return flat, heights


def _not_in_numbers(geometry: Geometries) -> Flags:
    coordinates, row = shapely.get_coordinates(geometry, return_index=True)
    flags = np.zeros(len(geometry), dtype=bool)
    flags[row[~np.isfinite(coordinates).all(axis=1)]] = True
    return flags


def _extremes(geometry: Geometries) -> tuple[Floats, Floats]:
    """The lowest and the highest height of each shape; NaN where it has none."""
    if len(geometry) == 0:
        return np.empty(0), np.empty(0)
    coordinates, row = shapely.get_coordinates(geometry, include_z=True, return_index=True)
    first = np.searchsorted(row, np.arange(len(geometry)))
    heights = coordinates[:, 2]
    lowest = np.minimum.reduceat(np.where(np.isnan(heights), np.inf, heights), first)
    highest = np.maximum.reduceat(np.where(np.isnan(heights), -np.inf, heights), first)
    unknown = lowest > highest
    lowest[unknown] = highest[unknown] = np.nan
    return lowest, highest

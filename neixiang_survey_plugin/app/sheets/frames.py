"""The part of a county that a sheet shows, and where on the paper: metres become millimetres."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Geometry, LineString, Polygon

from neixiang_survey_plugin.app.drawings import MM_A_METRE
from neixiang_survey_plugin.app.sheets.scene import Points

PLAN_SCALES = (500.0, 1000.0, 2000.0)
OVERVIEW_SCALES = (*PLAN_SCALES, 5000.0, 10_000.0, 20_000.0, 50_000.0, 100_000.0, 500_000.0)
_MOST_SHEETS = 8  # of one scale, before the next smaller one is taken
_SEAM_MM = 10.0  # what neighbouring sheets show twice at each edge
_ROOM_MM = 14.0  # free around what has to fit on one sheet


@dataclass(frozen=True)
class MapFrame:
    """A rectangle of paper, in millimetres, that shows a rectangle of the county grid, north up.

    The scale is that of the grid: a metre of the grid is ``1000 / scale`` mm.
    """

    scale: float
    west_m: float
    north_m: float
    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float

    def m(self, paper_mm: float) -> float:
        """Millimetres on paper as metres of the grid."""
        return paper_mm * self.scale / MM_A_METRE

    @property
    def area(self) -> Polygon:
        """What it shows, in the county grid."""
        return shapely.box(
            self.west_m,
            self.north_m - self.m(self.height_mm),
            self.west_m + self.m(self.width_mm),
            self.north_m,
        )

    def mm(self, points: NDArray[np.float64] | Sequence[tuple[float, ...]]) -> Points:
        """Places of the county grid on the paper."""
        given = np.asarray(points, dtype=np.float64)
        step = MM_A_METRE / self.scale
        across = self.left_mm + (given[:, 0] - self.west_m) * step
        down = self.top_mm + (self.north_m - given[:, 1]) * step
        return tuple(zip(across.tolist(), down.tolist(), strict=True))

    def holds(self, x_mm: float, y_mm: float, edge_mm: float = 0.0) -> bool:
        """Whether a place of the paper lies in the frame, so far from its edge at least."""
        across, down = x_mm - self.left_mm, y_mm - self.top_mm
        return (
            edge_mm <= across <= self.width_mm - edge_mm
            and edge_mm <= down <= self.height_mm - edge_mm
        )


def overview(shapes: Sequence[Geometry], paper: MapFrame, scales: Sequence[float]) -> MapFrame:
    """The frame that shows all of some shapes at the largest of some scales, or at the last."""
    west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=np.object_)).tolist()
    fitting = (scale for scale in scales if _fits(east - west, north - south, paper, scale))
    chosen = replace(paper, scale=next(fitting, scales[-1]))
    return _centred(chosen, (west + east) / 2.0, (south + north) / 2.0)


def tiled(lines: Sequence[LineString], paper: MapFrame) -> tuple[MapFrame, ...]:
    """The frames in which lines are drawn: one at 1:500 where they fit, else several.

    Where that would be too many sheets the next smaller scale is taken; at 1:2000 there are as
    many as it takes. Frames without any line are left out; neighbours overlap.
    """
    single = replace(paper, scale=PLAN_SCALES[0])
    west, south, east, north = shapely.total_bounds(np.array(lines, dtype=np.object_)).tolist()
    if _fits(east - west, north - south, paper, single.scale):
        return (_centred(single, (west + east) / 2.0, (south + north) / 2.0),)
    found: tuple[MapFrame, ...] = ()
    for scale in PLAN_SCALES:
        found = _grid_of(lines, replace(paper, scale=scale), (west, south, east, north))
        if len(found) <= _MOST_SHEETS:
            break
    return found


def _fits(wide_m: float, high_m: float, paper: MapFrame, scale: float) -> bool:
    m = scale / MM_A_METRE
    return (
        wide_m <= (paper.width_mm - 2 * _ROOM_MM) * m
        and high_m <= (paper.height_mm - 2 * _ROOM_MM) * m
    )


def _centred(frame: MapFrame, east_m: float, north_m: float) -> MapFrame:
    """The frame about a place, which lies on a whole metre: neat grid lines, nothing moved."""
    half_e, half_n = frame.m(frame.width_mm) / 2.0, frame.m(frame.height_mm) / 2.0
    return replace(frame, west_m=round(east_m) - half_e, north_m=round(north_m) + half_n)


def _grid_of(
    lines: Sequence[LineString], paper: MapFrame, bounds: tuple[float, float, float, float]
) -> tuple[MapFrame, ...]:
    west, south, east, north = bounds
    step_e = paper.m(paper.width_mm - 2 * _SEAM_MM)
    step_n = paper.m(paper.height_mm - 2 * _SEAM_MM)
    columns = max(math.ceil((east - west) / step_e), 1)
    rows = max(math.ceil((north - south) / step_n), 1)
    first_e = (west + east) / 2.0 - (columns - 1) / 2.0 * step_e
    first_n = (south + north) / 2.0 + (rows - 1) / 2.0 * step_n
    frames = [
        _centred(paper, first_e + column * step_e, first_n - row * step_n)
        for row, column in itertools.product(range(rows), range(columns))
    ]
    drawn = shapely.union_all(np.array(lines, dtype=np.object_))
    shapely.prepare(drawn)
    inner_m = paper.m(_SEAM_MM - 2.0)  # a middle moved to a whole metre leaves no gap
    return tuple(
        frame
        for frame in frames
        if shapely.intersects(drawn, shapely.buffer(frame.area, -inner_m, join_style="mitre"))
    )

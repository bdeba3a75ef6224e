"""Which areas may concern which segments and lines: the cheap question before the exact one."""

from __future__ import annotations

import numpy as np
import shapely

from neixiang_survey_plugin.core.features import Geometries
from neixiang_survey_plugin.core.measuring.polylines import Floats, Indices, Polylines


def boxes_around(lines: Polylines, reach_m: Floats) -> Geometries:
    """A box around each segment, wider by the reach of its line on every side.

    Boxes of segments, not of lines: the box of a slanting line of 500 m holds some thirty
    roads, those of its segments the ten that matter.
    """
    end = lines.start + lines.direction * lines.grid_length_m[:, None]
    wider_m = reach_m[lines.line]
    low_e, low_n = np.minimum(lines.start, end).T - wider_m
    high_e, high_n = np.maximum(lines.start, end).T + wider_m
    boxes: Geometries = shapely.box(low_e, low_n, high_e, high_n)
    return boxes


def near_lines(
    lines: Polylines, tree: shapely.STRtree, boxes: Geometries
) -> tuple[Indices, Indices]:
    """Pairs of line and area of the tree, each once and sorted, that meet in some box."""
    segment, area = tree.query(boxes)
    return each_line_once(lines, segment, area)


def each_line_once(lines: Polylines, segment: Indices, area: Indices) -> tuple[Indices, Indices]:
    """Pairs of segment and area as pairs of line and area, each once and sorted."""
    key = np.unique(lines.line[segment].astype(np.int64) << 32 | area)
    return (key >> 32).astype(np.intp), (key & 0xFFFFFFFF).astype(np.intp)

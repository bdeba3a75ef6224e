"""Which areas may concern which segments and lines: the cheap question before the exact one."""

from __future__ import annotations

import numpy as np
import shapely

from neixiang_survey_plugin.core.polylines import Floats, Indices, Polylines


def near_segments(
    lines: Polylines, tree: shapely.STRtree, reach_m: Floats | float
) -> tuple[Indices, Indices]:
    """Pairs of segment and area of the tree whose boxes are no further apart than the reach.

    ``reach_m`` is one figure or one a segment. Boxes of segments, not of lines: the box of a
    slanting line of 500 m holds some thirty roads, those of its segments the ten that matter.
    """
    end = lines.start + lines.direction * lines.grid_length_m[:, None]
    low_e, low_n = (np.minimum(lines.start, end)).T - reach_m
    high_e, high_n = (np.maximum(lines.start, end)).T + reach_m
    segment, area = tree.query(shapely.box(low_e, low_n, high_e, high_n))
    return segment, area


def near_lines(lines: Polylines, tree: shapely.STRtree, reach_m: Floats) -> tuple[Indices, Indices]:
    """Pairs of line and area, each once and sorted, near by the boxes of the line's segments.

    ``reach_m`` is one figure a line.
    """
    segment, area = near_segments(lines, tree, reach_m[lines.line])
    key = np.unique(lines.line[segment].astype(np.int64) << 32 | area)
    return (key >> 32).astype(np.intp), (key & 0xFFFFFFFF).astype(np.intp)

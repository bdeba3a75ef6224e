"""Joining the parts of a line that was drawn in pieces."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from shapely import LineString

# Snapped ends that went through a transformation meet within this.
_JOINT_M = 0.001


def join_parts(parts: Sequence[LineString]) -> LineString | None:
    """One line of parts that follow each other end to end, in order; None where they do not."""
    if len(parts) == 1:
        return parts[0]
    coordinates = [shapely.get_coordinates(part) for part in parts]
    for first, second in pairwise(coordinates):
        if np.hypot(*(second[0] - first[-1])) > _JOINT_M:
            return None
    return LineString(np.vstack([coordinates[0], *(part[1:] for part in coordinates[1:])]))

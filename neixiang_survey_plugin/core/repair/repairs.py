"""What was found at one feature of a layer, with its figures before and after."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple


class Trouble(Enum):
    """What is wrong with a feature, or what about it is worth knowing."""

    NO_GEOMETRY = "no_geometry"
    EMPTY = "empty"
    NOT_A_NUMBER = "not_a_number"
    UNREADABLE = "unreadable"
    OUTSIDE = "outside"
    WRONG_TYPE = "wrong_type"
    MIXED = "mixed"
    CLOSED_LINE = "closed_line"
    OPEN_LINE = "open_line"
    COLLAPSED = "collapsed"
    BEYOND_REPAIR = "beyond_repair"
    INVALID_AREA = "invalid_area"
    POINT_PART = "point_part"
    SLIVER_PART = "sliver_part"
    SLIVER_HOLE = "sliver_hole"
    SLIVER = "sliver"
    DOUBLED_VERTICES = "doubled_vertices"
    SELF_CROSSING = "self_crossing"
    MULTIPART = "multipart"
    DUPLICATE = "duplicate"
    OVERLAP = "overlap"


class Outcome(Enum):
    """What became of it: put right, kept as it was and named, or set aside for somebody to draw."""

    REPAIRED = "repaired"
    KEPT = "kept"
    SET_ASIDE = "set_aside"


class Figures(NamedTuple):
    """A shape in figures: on the grid, lengths of polygons being their perimeters."""

    parts: int
    vertices: int
    length_m: float
    area_m2: float


class Repair(NamedTuple):
    """One trouble of one feature; rows count from 0.

    ``after`` is None where nothing was changed. ``at`` is where to look, in the county grid.
    ``other_row`` is the other feature of a duplicate or an overlap. ``reason`` is GEOS's word for
    an invalid area, or the types of shapes. What ``amount`` is depends on the trouble: metres of
    line that fell out of an area, metres between the ends of an open line, square metres of an
    overlap. ``other_area_m2`` is the area under the other reading (a place that the outline goes
    round twice is a hole), where that differs: somebody has to look.
    """

    trouble: Trouble
    outcome: Outcome
    row: int
    before: Figures
    after: Figures | None = None
    at: tuple[float, float] | None = None
    other_row: int | None = None
    reason: str = ""
    amount: float | None = None
    other_area_m2: float | None = None


@dataclass(frozen=True)
class RepairLimits:
    """From which figures on a shape is thought a slip of drawing; metres and square metres.

    A part or a hole of a smaller mean width than ``dropped_below_width_m`` is taken out, an area
    below ``named_below_width_m`` is named. A line whose ends are ``closes_within_m`` apart bounds
    an area. Overlaps from ``named_overlap_m2`` on are named.
    """

    dropped_below_width_m: float
    named_below_width_m: float
    closes_within_m: float
    named_overlap_m2: float

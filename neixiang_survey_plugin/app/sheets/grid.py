"""The coordinate grid of a plan with its figures, its north arrow and its scale bar."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from neixiang_survey_plugin.app.drawings import Anchor
from neixiang_survey_plugin.app.sheets.frames import MapFrame
from neixiang_survey_plugin.app.sheets.scene import (
    HAIR_MM,
    INK,
    NORMAL_MM,
    QUIET,
    Area,
    Line,
    Mark,
    Points,
    Text,
    box_points,
    rectangle,
)
from neixiang_survey_plugin.app.wording import sheets as words

_STEP_MM = 100.0  # of paper, as GB/T 20257.1 has it
_ARM_MM = 5.0
_TICK_MM = 3.0
_SIZE_MM = 1.8


def grid_marks(frame: MapFrame) -> Iterator[Mark]:
    """Crosses every 100 mm, their coordinates at the edge: X north at the sides, Y east above."""
    right, bottom = frame.left_mm + frame.width_mm, frame.top_mm + frame.height_mm
    east, north = _grid_lines(frame)
    for x, y in crosses(frame):
        for arm in (((x - _ARM_MM, y), (x + _ARM_MM, y)), ((x, y - _ARM_MM), (x, y + _ARM_MM))):
            yield Line(arm, QUIET, HAIR_MM)
    for one in east:
        ((x, _),) = frame.mm([(one, frame.north_m)])
        yield Line(((x, frame.top_mm), (x, frame.top_mm + _TICK_MM)), INK, HAIR_MM)
        yield Line(((x, bottom - _TICK_MM), (x, bottom)), INK, HAIR_MM)
        for y in (frame.top_mm - 2.0, bottom + 2.0):
            yield Text((x, y), f"Y={one:.0f}", _SIZE_MM, anchor=Anchor.CENTRE)
    for one in north:
        ((_, y),) = frame.mm([(frame.west_m, one)])
        yield Line(((frame.left_mm, y), (frame.left_mm + _TICK_MM, y)), INK, HAIR_MM)
        yield Line(((right - _TICK_MM, y), (right, y)), INK, HAIR_MM)
        for x in (frame.left_mm - 2.0, right + 2.0):
            yield Text((x, y), f"X={one:.0f}", _SIZE_MM, anchor=Anchor.CENTRE, turned_deg=90.0)
    yield rectangle(frame.left_mm, frame.top_mm, right, bottom, NORMAL_MM)


def crosses(frame: MapFrame) -> Points:
    """Where the lines of the grid cross on paper."""
    places = list(itertools.product(*_grid_lines(frame)))
    return frame.mm(places) if places else ()


def north_arrow(x_mm: float, top_mm: float) -> Iterator[Mark]:
    """An arrow to the north of the grid."""
    tip, foot = top_mm + 4.0, top_mm + 17.0
    yield Text((x_mm, top_mm + 1.6), words.NORTH, 3.0, anchor=Anchor.CENTRE, bold=True)
    yield Area((((x_mm, tip), (x_mm - 3.0, foot), (x_mm, foot - 3.0)),), INK, INK)
    yield Area((((x_mm, tip), (x_mm + 3.0, foot), (x_mm, foot - 3.0)),), None, INK)


def scale_bar(scale: float, left_mm: float, top_mm: float) -> Iterator[Mark]:
    """A bar of four parts, 10 mm each, with its scale in figures."""
    part_mm = 10.0
    yield Text((left_mm + 2 * part_mm, top_mm + 1.6), words.scale_words(scale), 3.4,
               anchor=Anchor.CENTRE, bold=True)  # fmt: skip
    level = top_mm + 6.0
    for k in range(4):
        left = left_mm + k * part_mm
        box = box_points(left, level, left + part_mm, level + 1.6)
        yield Area((box,), INK if k % 2 == 0 else None, INK, HAIR_MM)
    for k in range(5):
        metres = k * part_mm * scale / 1000.0
        unit = " m" if k == 4 else ""
        at = left_mm + k * part_mm, level + 4.0
        yield Text(at, f"{metres:g}{unit}", 1.9, anchor=Anchor.CENTRE)


def _grid_lines(frame: MapFrame) -> tuple[list[float], list[float]]:
    step_m = frame.m(_STEP_MM)
    east = _multiples(frame.west_m, frame.west_m + frame.m(frame.width_mm), step_m)
    north = _multiples(frame.north_m - frame.m(frame.height_mm), frame.north_m, step_m)
    return east, north


def _multiples(low: float, high: float, step: float) -> list[float]:
    return [k * step for k in range(math.ceil(low / step), math.floor(high / step) + 1)]

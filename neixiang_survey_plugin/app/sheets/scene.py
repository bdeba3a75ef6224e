"""What stands on a sheet of paper, in millimetres: lines, areas and words, whoever paints them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from neixiang_survey_plugin.app.drawings import (
    MM_A_METRE,
    Anchor,
    Disc,
    Drawing,
    Primitive,
    Words,
)

# Millimetres from the upper left corner of the sheet, the second downwards.
Point = tuple[float, float]
Points = tuple[Point, ...]

EM = 1.25  # millimetres of the em of a font whose characters are one millimetre high
A3 = (420.0, 297.0)
A4_UPRIGHT = (210.0, 297.0)
INK, QUIET, PAPER = "#1d1b18", "#5f5a52", "#ffffff"
HAIR_MM, THIN_MM, NORMAL_MM, HEAVY_MM = 0.13, 0.18, 0.35, 0.7
_DASH_MM = (2.0, 1.2)
_CIRCLE_SIDES = 32


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; ``dash_mm`` are a dash and the gap after it."""

    points: Points
    colour: str = INK
    width_mm: float = THIN_MM
    dash_mm: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """An area within rings, the first the outer one; its outline where it has an edge."""

    rings: tuple[Points, ...]
    fill: str | None = None
    edge: str | None = None
    width_mm: float = HAIR_MM


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words, ``size_mm`` high; ``at`` is the middle of its height.

    ``turned_deg`` turns it against the clock about ``at``; ``masked`` clears the ground behind it.
    """

    at: Point
    text: str
    size_mm: float = 2.5
    colour: str = INK
    anchor: Anchor = Anchor.LEFT
    turned_deg: float = 0.0
    bold: bool = False
    masked: bool = False
    opacity: float = 1.0


Mark = Line | Area | Text


@dataclass(frozen=True)
class Sheet:
    """One page: what stands on it, in the order in which it lies on each other."""

    title: str
    size_mm: tuple[float, float]
    marks: tuple[Mark, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Every line of words in the order drawn."""
        return tuple(mark.text for mark in self.marks if isinstance(mark, Text))


def box_points(left: float, top: float, right: float, bottom: float) -> Points:
    """The corners of a rectangle."""
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def rectangle(
    left: float, top: float, right: float, bottom: float, width_mm: float = THIN_MM
) -> Area:
    """The outline of a rectangle."""
    return Area((box_points(left, top, right, bottom),), edge=INK, width_mm=width_mm)


def circle(
    centre: Point, radius_mm: float, fill: str | None, edge: str | None = INK, width_mm: float = 0.2
) -> Area:
    """A disc or a ring."""
    turn = 2.0 * math.pi / _CIRCLE_SIDES
    ring = tuple(
        (centre[0] + radius_mm * math.cos(k * turn), centre[1] + radius_mm * math.sin(k * turn))
        for k in range(_CIRCLE_SIDES)
    )
    return Area((ring,), fill, edge, width_mm)


def placed(drawing: Drawing, left_mm: float, top_mm: float) -> Iterator[Mark]:
    """A drawing in metres at its own scale, with its upper left corner at a place of a sheet."""
    put = _Placing(drawing, left_mm, top_mm)
    for primitive in drawing.primitives:
        yield put.mark(primitive)


class _Placing:
    def __init__(self, drawing: Drawing, left_mm: float, top_mm: float) -> None:
        self._mm = MM_A_METRE / drawing.scale
        self._left, self._top = left_mm - drawing.low[0] * self._mm, top_mm
        self._high = drawing.high[1]

    def mark(self, one: Primitive) -> Mark:
        """A primitive on the sheet."""
        if isinstance(one, Words):
            turned = 90.0 if one.upwards else 0.0
            at = self._at(one.at)
            return Text(at, one.text, one.size_mm, one.colour, one.anchor, turned, one.bold)
        if isinstance(one, Disc):
            radius_mm = one.radius_m * self._mm
            return circle(self._at(one.centre), radius_mm, one.fill, one.colour, one.weight.value)
        points = self._points(one.points)
        if one.closed and not one.dashed:
            return Area((points,), one.fill, one.colour, one.weight.value)
        ring = (*points, points[0]) if one.closed else points
        return Line(ring, one.colour, one.weight.value, _DASH_MM if one.dashed else None)

    def _points(self, points: Sequence[Point]) -> Points:
        return tuple(self._at(point) for point in points)

    def _at(self, point: Point) -> Point:
        across_m, up_m = point
        return self._left + across_m * self._mm, self._top + (self._high - up_m) * self._mm

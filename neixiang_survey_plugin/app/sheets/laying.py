"""The lines of a case on a plan: courses, bends, strips, and the figures of what they meet."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely import LineString

from neixiang_survey_plugin.app.colours import CASING, UTILITY_COLOURS
from neixiang_survey_plugin.app.drawings import Anchor
from neixiang_survey_plugin.app.sheets.facts import DrawnCase
from neixiang_survey_plugin.app.sheets.frames import MapFrame
from neixiang_survey_plugin.app.sheets.grid import crosses
from neixiang_survey_plugin.app.sheets.ground import GREEN_INK, area_marks, cut, longest
from neixiang_survey_plugin.app.sheets.letters import width_mm
from neixiang_survey_plugin.app.sheets.scene import (
    HAIR_MM,
    INK,
    PAPER,
    QUIET,
    THIN_MM,
    Line,
    Mark,
    Point,
    Points,
    Text,
    circle,
)
from neixiang_survey_plugin.app.sheets.space import Space
from neixiang_survey_plugin.app.wording import sheets as words
from neixiang_survey_plugin.app.wording.lines import crossing_length_words
from neixiang_survey_plugin.core.measuring.measures import Crossing
from neixiang_survey_plugin.core.measuring.strips import stretch

ROUTE_MM, ROUTE_CASING_MM = 0.7, 1.1
BORE_DASH, STRIP_DASH = (1.6, 1.2), (1.4, 0.9)
PATCH, PATCH_EDGE = "#b7dca4", "#3f8a3a"
DIMENSION = "#8a2f1d"
_HATCH_MM = 1.6
_AWAY_MM = (4.6, 7.6, 10.6)  # of a dimension from its line
_TICK_MM = 0.9
_STRAIGHT = 1.002  # how much longer than its chord a stretch with a dimension may be


def strip_marks(drawn: DrawnCase, frame: MapFrame) -> Iterator[Mark]:
    """Working strips and the green that they take, below the lines."""
    for row in range(len(drawn.lines)):
        for patch in drawn.patches(row):
            yield from area_marks(frame, patch.ground, PATCH, PATCH_EDGE)
            yield from hatched(frame, patch.ground, PATCH_EDGE)
        strip = drawn.laid.strip[row]
        for points in cut(frame, shapely.boundary(strip)) if strip is not None else ():
            yield Line(points, QUIET, THIN_MM, STRIP_DASH)


def course_marks(drawn: DrawnCase, frame: MapFrame) -> Iterator[Mark]:
    """The centre lines in the colours of CJJ 61 on a dark casing, bores dotted, bends ringed."""
    for row, one in enumerate(drawn.lines):
        colour = UTILITY_COLOURS[one.route.utility]
        bores = [
            stretch(drawn.laid.lines, row, bore.from_m, bore.to_m) for bore in one.route.trenchless
        ]
        for points in cut(frame, one.route.line):
            yield Line(points, CASING, ROUTE_CASING_MM)
            yield Line(points, colour, ROUTE_MM)
        for bore in bores:
            for points in cut(frame, bore):
                yield Line(points, PAPER, ROUTE_MM)
                yield Line(points, colour, ROUTE_MM, BORE_DASH)
    for vertices in drawn.vertices:
        for vertex in vertices:
            ((x, y),) = frame.mm([vertex.at])
            if frame.holds(x, y):
                yield circle((x, y), 0.8, PAPER, INK, THIN_MM)


def map_space(drawn: DrawnCase, frame: MapFrame) -> Space:
    """Where words may stand: off the lines, the edges of their strips, the crosses of the grid."""
    space = Space(frame, drawn.letters)
    for x, y in crosses(frame):
        space.take([(x - 2.0, y - 0.2, x + 2.0, y + 0.2), (x - 0.2, y - 2.0, x + 0.2, y + 2.0)])
    for row, one in enumerate(drawn.lines):
        for points in cut(space.frame, one.route.line):
            space.take_line(points, ROUTE_CASING_MM / 2.0)
        strip = drawn.laid.strip[row]
        for points in cut(space.frame, shapely.boundary(strip)) if strip is not None else ():
            space.take_line(points, THIN_MM / 2.0)
    return space


def figure_marks(drawn: DrawnCase, space: Space) -> Iterator[Mark]:
    """The figures of the lines: dimensions of crossings, numbers of bends, sizes, green areas."""
    writer = _Writer(drawn, space)
    yield from writer.crossings()
    yield from writer.bends()
    yield from writer.greens()
    yield from writer.names()


@dataclass
class _Writer:
    """Writes the figures of a case onto one map."""

    drawn: DrawnCase
    space: Space

    def crossings(self) -> Iterator[Mark]:
        """A dimension beside each straight stretch in a road, and which road it is."""
        policy = self.drawn.check.policy
        for row, one in enumerate(self.drawn.lines):
            for crossing in one.measures.roads.crossings:
                ((x, y),) = self.space.frame.mm([crossing.at])
                if self.space.frame.holds(x, y, 1.0):
                    yield from self._dimension(row, crossing)
                    whose = one.route.utility if len(self.drawn.lines) > 1 else ""
                    label = words.crossing_label(crossing, policy, whose)
                    yield from self.space.about((x, y), label, 1.9, DIMENSION)

    def bends(self) -> Iterator[Mark]:
        """The number of each bend, where there is room for it: the table has them all."""
        for vertices in self.drawn.vertices:
            for vertex in vertices:
                ((x, y),) = self.space.frame.mm([vertex.at])
                if self.space.frame.holds(x, y, 0.5):
                    yield from self.space.about((x, y), (vertex.name,), 2.1, first=3)

    def greens(self) -> Iterator[Mark]:
        """The area of each green patch."""
        for row in range(len(self.drawn.lines)):
            for patch in self.drawn.patches(row):
                inside = shapely.intersection(patch.ground, self.space.frame.area)
                if shapely.area(inside) > 0.0:
                    place = shapely.get_coordinates(shapely.point_on_surface(inside))
                    label = words.patch_words(patch.name, patch.area_m2, self.drawn.check.policy)
                    at = self.space.frame.mm(place)[0]
                    yield from self.space.about(at, label, 1.9, GREEN_INK, first=-1)

    def names(self) -> Iterator[Mark]:
        """Utility, size and length along each line."""
        for one in self.drawn.lines:
            points = longest(list(cut(self.space.frame, one.route.line)))
            if points is None:
                continue
            pairs = itertools.pairwise(points)
            text = words.line_words(one, self.drawn.check.policy)
            for pair in sorted(pairs, key=lambda pair: -math.dist(*pair))[:3]:
                mark = self.space.beside(*pair, text, 2.3)
                if mark is not None:
                    yield mark
                    break
            else:
                middle = LineString(points).interpolate(0.5, normalized=True)
                yield from self.space.about((middle.x, middle.y), (text,), 2.3)

    def _dimension(self, row: int, crossing: Crossing) -> Iterator[Mark]:
        """A dimension line beside a straight stretch, on the side where there is room."""
        course = stretch(self.drawn.laid.lines, row, crossing.from_m, crossing.to_m)
        ends = self.space.frame.mm([course.coords[0], course.coords[-1]])
        chord = math.dist(*ends)
        whole = all(self.space.frame.holds(*end, 1.0) for end in ends)
        if not whole or _long_mm(self.space.frame, course) > chord * _STRAIGHT:
            return
        length = crossing_length_words(crossing, self.drawn.check.policy)
        for away_mm in _AWAY_MM:
            for side in (1.0, -1.0):
                marks = self._at(ends, side * away_mm, length)
                if marks:
                    yield from marks
                    return

    def _at(self, ends: Points, away_mm: float, length: str) -> list[Mark]:
        """The dimension at one distance; nothing where its figure has no room."""
        (x, y), (to_x, to_y) = ends
        chord = math.dist(*ends)
        if chord == 0.0 or width_mm(self.space.letters, length, 1.9) > chord:
            return []
        across = -(to_y - y) / chord * away_mm, (to_x - x) / chord * away_mm
        one, other = (x + across[0], y + across[1]), (to_x + across[0], to_y + across[1])
        turned = math.degrees(math.atan2(y - to_y, to_x - x))
        turned = turned - 180.0 if turned > 90.0 else turned + 180.0 if turned <= -90.0 else turned
        middle = (one[0] + other[0]) / 2.0, (one[1] + other[1]) / 2.0
        text = Text(middle, length, 1.9, DIMENSION, Anchor.CENTRE, turned, masked=True)
        if not self.space.put(text):
            return []
        self.space.take_line((one, other), 0.4)
        return [
            Line((one, other), DIMENSION, HAIR_MM),
            *(Line(pair, DIMENSION, HAIR_MM) for pair in zip(ends, (one, other), strict=True)),
            *(_tick(end) for end in (one, other)),
            text,
        ]


def _long_mm(frame: MapFrame, line: LineString) -> float:
    return line.length / frame.m(1.0)


def _tick(at: Point) -> Line:
    half = _TICK_MM / 2.0 + 0.2
    return Line(((at[0] - half, at[1] + half), (at[0] + half, at[1] - half)), DIMENSION, 0.25)


def hatched(frame: MapFrame, shape: shapely.Geometry, colour: str) -> Iterator[Mark]:
    """Slanting lines over an area, so that it shows on a copy without colours."""
    west, south, east, north = shapely.bounds(shapely.intersection(shape, frame.area)).tolist()
    if not west <= east:
        return
    step_m, high = frame.m(_HATCH_MM), north - south
    count = math.ceil((east - west + high) / step_m)
    slants = [
        LineString([(west - high + k * step_m, south), (west + k * step_m, north)])
        for k in range(1, count + 1)
    ]
    for slant in slants:
        for points in cut(frame, shapely.intersection(slant, shape)):
            yield Line(points, colour, HAIR_MM)

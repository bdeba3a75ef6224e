"""The cross-section of a line at its most crowded place, and its own trench in detail."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString

from neixiang_survey_plugin.app.drawings import MM_A_METRE, Anchor
from neixiang_survey_plugin.app.sheets import page as pages
from neixiang_survey_plugin.app.sheets.along import Met, outer_m, things_across
from neixiang_survey_plugin.app.sheets.facts import DrawnCase
from neixiang_survey_plugin.app.sheets.letters import fitted_mm, width_mm
from neixiang_survey_plugin.app.sheets.page import Page
from neixiang_survey_plugin.app.sheets.scene import (
    HAIR_MM,
    INK,
    NORMAL_MM,
    QUIET,
    THIN_MM,
    Area,
    Line,
    Mark,
    Text,
    box_points,
    placed,
)
from neixiang_survey_plugin.app.sheets.underground import (
    DASH,
    STAND_IN_M,
    UNKNOWN,
    Depths,
    Named,
    names_above,
)
from neixiang_survey_plugin.app.trenching.section_drawing import section_drawing
from neixiang_survey_plugin.app.wording import sheets as words
from neixiang_survey_plugin.app.wording.figures import figure
from neixiang_survey_plugin.core.conflicts.levels import cover_at
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.core.trenching.cross_section import (
    CrossSection,
    Dig,
    SectionOrder,
    Slot,
    own_depth_m,
    own_width_m,
)
from neixiang_survey_plugin.core.trenching.rules import TrenchShape

_REACH_M = 12.0  # to both sides of the line
_SCALE = 100.0
_MIDDLE_MM = pages.LEFT_MM + 156.0
_GROUND_MM, _DEEP_MM = pages.TOP_MM + 64.0, 46.0
_DETAIL_MM = pages.TOP_MM + 134.0
_DETAIL_ROOM_MM = (200.0, pages.BOTTOM_MM - _DETAIL_MM - 3.0)
_SURFACE, _SURFACE_EDGE = "#e4ddcc", "#8a7a5c"
_BAND_MM = 2.6


@dataclass(frozen=True, slots=True)
class _Cut:
    """A line across another at metres along it; ``line`` runs from left to right."""

    along_m: float
    line: LineString


def section_pages(drawn: DrawnCase, shape: TrenchShape) -> tuple[Page, ...]:
    """One sheet a line: the section across it where most lies beside it, and its trench.

    ``shape`` says how wide and deep a trench is dug where the line does not.
    """
    return tuple(_page(drawn, row, shape) for row in range(len(drawn.lines)))


def _page(drawn: DrawnCase, row: int, shape: TrenchShape) -> Page:
    cut = _crowded(drawn, row)
    line = drawn.lines[row]
    section = _Section(drawn, row, cut, shape)
    title = words.section_title(line, cut.along_m, section.scale_words)
    size = fitted_mm(drawn.letters, title, 3.2, 280.0)
    marks: list[Mark] = [
        Text((pages.LEFT_MM + 4.0, pages.TOP_MM + 6.0), title, size, bold=True),
        *section.marks(),
        *_detail(line.route, shape),
        *pages.noted(words.SECTION_NOTES, drawn.letters),
    ]
    return Page(words.SECTION, section.scale_words, tuple(marks))


def _crowded(drawn: DrawnCase, row: int) -> _Cut:
    """The place, among the middles of the line's segments, where most lies across."""
    lines = drawn.laid.lines
    first, last = int(lines.first[row]), int(lines.first[row + 1])
    best: tuple[int, float] | None = None
    found: _Cut | None = None
    for segment in range(first, last):
        half_m = float(lines.grid_length_m[segment]) / 2.0
        middle = lines.start[segment] + half_m * lines.direction[segment]
        ahead = lines.direction[segment]
        across = np.array([ahead[1], -ahead[0]])  # to the right of who walks along the line
        line = LineString([middle - _REACH_M * across, middle + _REACH_M * across])
        along_m = float(lines.before_m[segment] + lines.length_m[segment] / 2.0)
        rank = len(things_across(drawn, row, line)), half_m
        if best is None or rank > best:
            best, found = rank, _Cut(along_m, line)
    assert found is not None
    return found


class _Section:
    """The section across one line."""

    def __init__(self, drawn: DrawnCase, row: int, cut: _Cut, shape: TrenchShape) -> None:
        self._drawn, self._cut, self._shape = drawn, cut, shape
        self._route = drawn.lines[row].route
        self._cover_m = cover_at(self._route, cut.along_m)
        self._bored = any(
            bore.from_m <= cut.along_m <= bore.to_m for bore in self._route.trenchless
        )
        self._things = things_across(drawn, row, cut.line)
        self._own = Met(
            _REACH_M,
            (0.0, 0.0),
            self._route.utility,
            words.crossed_line_words(drawn.lines[row]),
            self._cover_m,
            outer_m(self._route.diameter_mm),
        )
        self._depths = Depths(_GROUND_MM, _DEEP_MM, self._scale_down())

    @property
    def scale_words(self) -> str:
        """The scale; two where what lies deep had to be drawn smaller."""
        across, down = words.scale_words(_SCALE), words.scale_words(self._depths.scale)
        return across if across == down else words.two_scales(across, down)

    def marks(self) -> Iterator[Mark]:
        """Ground, surfaces, red lines, the trench, and every line cut across."""
        yield from self._depths.ruler(self._x(0.0) - 3.0)
        yield from self._surfaces()
        yield from self._trench()
        ends = self._x(0.0), self._x(2 * _REACH_M)
        yield Line(((ends[0], _GROUND_MM), (ends[1], _GROUND_MM)), INK, NORMAL_MM)
        things = [*self._things, self._own]
        named = [
            Named(self._x(one.along_m), one.name, words.met_cover_words(one.cover_m))
            for one in things
        ]
        foot = _GROUND_MM - 6.0
        room = foot - 2.0 - pages.TOP_MM - 10.0
        yield from names_above(named, foot, room, ends, self._drawn.letters)
        for one in things:
            x = self._x(one.along_m)
            yield from self._depths.cut_across(x, one.utility, one.cover_m, one.high_m)
        yield from self._distances(sorted(one.along_m for one in things))

    def _scale_down(self) -> float:
        """The scale of the section; a smaller one where something lies too deep for it."""
        bottoms = [
            (STAND_IN_M if one.cover_m is None else one.cover_m) + (one.high_m or 0.0)
            for one in (*self._things, self._own)
        ]
        deep_m = max(bottoms) + 0.4
        fitting = (one for one in (_SCALE, 200.0, 500.0) if deep_m * MM_A_METRE / one <= _DEEP_MM)
        return next(fitting, 1000.0)

    def _x(self, across_m: float) -> float:
        return _MIDDLE_MM + (across_m - _REACH_M) * MM_A_METRE / _SCALE

    def _surfaces(self) -> Iterator[Mark]:
        """What covers the ground, and the red lines of roads."""
        surfaces = self._drawn.around.seen(self._cut.line, ("surfaces",)).get("surfaces")
        for part in range(0 if surfaces is None else len(surfaces.geometry)):
            assert surfaces is not None
            row = surfaces.feature[part]
            text = words.surface_above(
                surfaces.columns["surface_kind"][row], surfaces.columns["pavement"][row]
            )
            for from_m, to_m in self._stretches(surfaces.geometry[part]):
                left, right = self._x(from_m), self._x(to_m)
                box = box_points(left, _GROUND_MM - _BAND_MM, right, _GROUND_MM)
                yield Area((box,), _SURFACE, _SURFACE_EDGE)
                if width_mm(self._drawn.letters, text, 1.6) < right - left - 1.0:
                    at = ((left + right) / 2.0, _GROUND_MM - _BAND_MM / 2.0)
                    yield Text(at, text, 1.6, QUIET, Anchor.CENTRE)
        roads = self._drawn.ground.roads
        if roads is not None:
            near = roads.tree.query(self._cut.line, predicate="intersects")
            yield from self._red_lines(shapely.union_all(roads.areas[near]))

    def _red_lines(self, land: shapely.Geometry) -> Iterator[Mark]:
        edges_m = (edge for pair in self._stretches(land) for edge in pair)
        for edge_m in edges_m:
            if 0.0 < edge_m < 2 * _REACH_M:
                x = self._x(edge_m)
                top, bottom = _GROUND_MM - 4.0, self._depths.bottom_mm
                yield Line(((x, top), (x, bottom)), UNKNOWN, HAIR_MM, DASH)
                at = (x + 1.2, bottom - 2.0)
                yield Text(at, words.RED_LINE, 1.7, UNKNOWN)

    def _stretches(self, area: shapely.Geometry) -> Iterator[tuple[float, float]]:
        """From where to where a section lies in an area, in metres from its left end."""
        for part in shapely.get_parts(shapely.intersection(self._cut.line, area)):
            if part.geom_type == "LineString" and part.length > 1e-3:
                ends = sorted(
                    float(self._cut.line.project(shapely.Point(part.coords[k]))) for k in (0, -1)
                )
                yield ends[0], ends[1]

    def _trench(self) -> Iterator[Mark]:
        """The trench of the line itself; none where it is bored."""
        wide_m = own_width_m(self._route, self._shape)
        if self._bored or wide_m is None:
            return
        deep_m = own_depth_m(self._route, self._shape)
        left, right = self._x(_REACH_M - wide_m / 2.0), self._x(_REACH_M + wide_m / 2.0)
        bottom = _GROUND_MM + self._depths.mm(STAND_IN_M if deep_m is None else deep_m)
        outline = ((left, _GROUND_MM), (left, bottom), (right, bottom), (right, _GROUND_MM))
        yield Line(outline, _SURFACE_EDGE, THIN_MM, DASH if deep_m is None else None)

    def _distances(self, places_m: list[float]) -> Iterator[Mark]:
        """From centre to centre, below the section."""
        level = self._depths.bottom_mm + 5.0
        if len(places_m) < 2:
            return
        ends = (self._x(places_m[0]), level), (self._x(places_m[-1]), level)
        yield Line(ends, QUIET, HAIR_MM)
        yield Text((ends[1][0] + 2.5, level), words.BETWEEN_CENTRES, 1.7, QUIET)
        for place_m in places_m:
            x = self._x(place_m)
            yield Line(((x - 0.8, level + 0.8), (x + 0.8, level - 0.8)), QUIET, THIN_MM)
        for one, other in itertools.pairwise(places_m):
            text = figure(other - one)
            left, right = self._x(one), self._x(other)
            size = fitted_mm(self._drawn.letters, text, 1.7, max(right - left - 0.6, 1.0))
            at = ((left + right) / 2.0, level - 1.6)
            if size >= 1.0:
                yield Text(at, text, size, anchor=Anchor.CENTRE)


def _detail(route: Route, shape: TrenchShape) -> Iterator[Mark]:
    """The trench of a line as a drawing of its own; a sentence where its size is not known."""
    wide_m, outer = own_width_m(route, shape), outer_m(route.diameter_mm)
    left, top = pages.LEFT_MM + 4.0, _DETAIL_MM
    if wide_m is None or outer is None:
        yield Text((left, top + 4.0), words.NO_TRENCH_DETAIL, 2.4, QUIET)
        return
    depth_m = own_depth_m(route, shape)
    side_m = max((wide_m - outer) / 2.0, 0.0)
    slot = Slot(route.route_id, route.utility, 0.0, outer, route.cover_m, depth_m, side_m, 0)
    dig = Dig((route.route_id,), -side_m, outer + side_m, ((outer + side_m, depth_m),))
    section = CrossSection(SectionOrder.AS_DRAWN, (slot,), (dig,), outer, ())
    yield from placed(section_drawing(section, room_mm=_DETAIL_ROOM_MM), left + 40.0, top)

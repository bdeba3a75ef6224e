"""When the works take place, and a sketch of the traffic around them, road by road.

A sketch to be confirmed by the traffic police: what is closed is measured, signs are only named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely
from shapely import Geometry, LineString

from neixiang_survey_plugin.app.map_labels import middle_line
from neixiang_survey_plugin.app.sheets import page as pages
from neixiang_survey_plugin.app.sheets.closures import Closure, closures_of
from neixiang_survey_plugin.app.sheets.facts import DrawnCase
from neixiang_survey_plugin.app.sheets.frames import OVERVIEW_SCALES, MapFrame, overview
from neixiang_survey_plugin.app.sheets.grid import grid_marks
from neixiang_survey_plugin.app.sheets.ground import area_marks, cut, ground_marks, ground_names
from neixiang_survey_plugin.app.sheets.laying import course_marks, hatched, map_space
from neixiang_survey_plugin.app.sheets.page import Page
from neixiang_survey_plugin.app.sheets.plan import PAPER_MAP, head_marks
from neixiang_survey_plugin.app.sheets.scene import Line, Mark, Point
from neixiang_survey_plugin.app.sheets.space import Space
from neixiang_survey_plugin.app.sheets.table_pages import table_pages
from neixiang_survey_plugin.app.sheets.tables import Column, Table, flowed
from neixiang_survey_plugin.app.wording import traffic as words
from neixiang_survey_plugin.app.wording.sheets import scale_words
from neixiang_survey_plugin.core.casework.detour import Detour

_LAYERS = ("green_spaces", "roads", "surfaces", "buildings", "sites")
_CLOSED, _CLOSED_EDGE, _SIGN = "#f6c48a", "#b3590b", "#7a3d00"
_SIGN_EDGE_MM = 0.25
_DETOUR, _DETOUR_MM, _DETOUR_DASH = "#0b6e3a", 0.7, (3.0, 1.4)
# Along the road from the works, in millimetres of paper: a sketch has no distances.
_SIGNS_AT_MM = (26.0, 54.0, 82.0)
_LEFT_MM = pages.COLUMN_MM + pages.PAD_MM
_COLUMN = Column(_LEFT_MM, pages.TOP_MM + 22.0, pages.BLOCK_TOP_MM - 46.0)
_WORKS_WIDTHS = (20.0, 12.0, 33.0, 26.0)
_CLOSURE_WIDTHS = (17.0, 12.0, 20.0, 42.0)


def traffic_pages(drawn: DrawnCase) -> tuple[Page, ...]:
    """One sheet a road that the lines touch; where they touch none, one that says so.

    Tables that find no room beside a sketch go on on sheets of their own behind it.
    """
    by_road = closures_of(drawn)
    if not by_road:
        lines = [one.route.line for one in drawn.lines]
        return tuple(_sheets(drawn, overview(lines, PAPER_MAP, OVERVIEW_SCALES), ()))
    return tuple(
        page for closures in by_road for page in _sheets(drawn, _frame(drawn, closures), closures)
    )


def _frame(drawn: DrawnCase, closures: Sequence[Closure]) -> MapFrame:
    shown: list[Geometry] = [one.ground if one.is_closed else one.course for one in closures]
    return overview([*shown, *(one.line for one in drawn.detours)], PAPER_MAP, OVERVIEW_SCALES)


def _detour(space: Space, one: Detour) -> Iterator[Mark]:
    """A way round the works: a broken line with an arrow in its middle, and its name."""
    for points in cut(space.frame, one.line):
        yield Line(points, _DETOUR, _DETOUR_MM, _DETOUR_DASH)
        course = LineString(points)
        tip, tail = (course.interpolate(course.length / 2.0 + mm) for mm in (1.6, -1.6))
        side = LineString([tail, tip]).parallel_offset(1.1, "left").coords[0]
        other = LineString([tail, tip]).parallel_offset(1.1, "right").coords[0]
        yield Line(((side[0], side[1]), (tip.x, tip.y), (other[0], other[1])), _DETOUR, _DETOUR_MM)
        name = (words.detour_words(one.name),)
        yield from space.about((tip.x, tip.y), name, 2.4, _DETOUR, first=1)


def _sheets(drawn: DrawnCase, frame: MapFrame, closures: Sequence[Closure]) -> Iterator[Page]:
    marks, rest = flowed(_tables(drawn, closures), [_COLUMN], drawn.letters)
    yield _page(drawn, frame, closures, marks)
    notes = words.traffic_notes(bool(closures), bool(drawn.detours))
    yield from table_pages(words.TRAFFIC, rest, drawn.letters, notes)


def _page(
    drawn: DrawnCase, frame: MapFrame, closures: Sequence[Closure], column: Sequence[Mark]
) -> Page:
    tables = drawn.around.seen(frame.area, _LAYERS)
    space = map_space(drawn, frame)
    closed = [mark for one in closures for mark in _closed(frame, one)]
    places = [*_sign_places(frame, closures)]
    space.take((x - 1.5, y - 1.6, x + 1.5, y + 1.0) for x, y in dict(places))
    parts = [mark for one in closures for mark in _parts(space, one)]
    signs = [*_signs(space, places)]
    names = [*ground_names(space, tables)]
    notes = words.traffic_notes(bool(closures), bool(drawn.detours))
    detours = [mark for one in drawn.detours for mark in _detour(space, one)] if closures else []
    marks = (
        *ground_marks(frame, tables),
        *closed,
        *names,
        *detours,
        *course_marks(drawn, frame),
        *parts,
        *signs,
        *grid_marks(frame),
        *head_marks(frame.scale),
        *column,
        *pages.noted(notes, drawn.letters),
    )
    return Page(words.TRAFFIC, scale_words(frame.scale), marks)


def _closed(frame: MapFrame, one: Closure) -> Iterator[Mark]:
    """What is closed of a road, hatched."""
    if one.is_closed:
        yield from area_marks(frame, one.ground, _CLOSED, _CLOSED_EDGE)
        yield from hatched(frame, one.ground, _CLOSED_EDGE)


def _parts(space: Space, one: Closure) -> Iterator[Mark]:
    """The halves in which a road is opened, or what else is done there."""
    frame = space.frame
    for number, half in enumerate(one.halves):
        at = frame.mm(shapely.get_coordinates(half.interpolate(0.5, normalized=True)))[0]
        yield from space.about(at, (words.half_words(number % 2),), 2.8, _CLOSED_EDGE, first=0)
    place = one.course.interpolate(0.5, normalized=True)
    if one.is_closed:
        place = shapely.point_on_surface(max(shapely.get_parts(one.ground), key=shapely.area))
    at = frame.mm(shapely.get_coordinates(place))[0]
    yield from space.about(at, words.closure_label(one), 2.0, _SIGN, first=1)


def _sign_places(frame: MapFrame, closures: Sequence[Closure]) -> Iterator[tuple[Point, str]]:
    """Where signs stand: to both sides of the works along the road's middle, as far as it shows."""
    closed = [one for one in closures if one.is_closed]
    if not closed:
        return
    axis = max(cut(frame, LineString(middle_line(closed[0].land))), key=_long, default=None)
    if axis is None:
        return
    line = LineString(axis)
    ground = shapely.get_coordinates(shapely.union_all([one.ground for one in closed]))
    along = [line.project(shapely.Point(at)) for at in frame.mm(ground)]
    for away_mm, sign in zip(_SIGNS_AT_MM, words.SIGNS, strict=True):
        for place in (min(along) - away_mm, max(along) + away_mm):
            at = line.interpolate(place)
            if 0.0 < place < line.length and frame.holds(at.x, at.y, 3.0):
                yield (float(at.x), float(at.y)), sign


def _signs(space: Space, places: Sequence[tuple[Point, str]]) -> Iterator[Mark]:
    """The signs: a small triangle on the road with its words near by."""
    for (x, y), sign in places:
        ring = ((x, y - 1.6), (x + 1.5, y + 1.0), (x - 1.5, y + 1.0), (x, y - 1.6))
        yield Line(ring, _SIGN, _SIGN_EDGE_MM)
        yield from space.about((x, y), (sign,), 2.2, _SIGN, first=2)


def _tables(drawn: DrawnCase, closures: Sequence[Closure]) -> tuple[Table, ...]:
    works = tuple(words.works_row(one.route) for one in drawn.lines)
    closed = tuple(words.closure_row(one) for one in closures)
    title = words.closures_title(closures[0].road) if closures else ""
    return (
        Table(words.WORKS_TABLE, words.WORKS_HEADINGS, _WORKS_WIDTHS, works),
        Table(title, words.CLOSURES_HEADINGS, _CLOSURE_WIDTHS, closed,
              frozenset({2})),
    )  # fmt: skip


def _long(points: tuple[tuple[float, float], ...]) -> float:
    return float(LineString(points).length)

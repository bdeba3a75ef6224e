"""The field sheet: the lines of a case on one page that a telephone can show."""

from __future__ import annotations

from collections.abc import Iterator

from neixiang_survey_plugin.app.colours import CASING, UTILITY_COLOURS
from neixiang_survey_plugin.app.drawings import Anchor
from neixiang_survey_plugin.app.sheets.along import met_by
from neixiang_survey_plugin.app.sheets.facts import DrawnCase
from neixiang_survey_plugin.app.sheets.frames import OVERVIEW_SCALES, MapFrame, overview
from neixiang_survey_plugin.app.sheets.grid import grid_marks, north_arrow, scale_bar
from neixiang_survey_plugin.app.sheets.ground import LAYERS, ground_marks, ground_names
from neixiang_survey_plugin.app.sheets.laying import (
    ROUTE_CASING_MM,
    ROUTE_MM,
    course_marks,
    figure_marks,
    map_space,
    strip_marks,
)
from neixiang_survey_plugin.app.sheets.legend import notes_marks
from neixiang_survey_plugin.app.sheets.letters import fitted_mm
from neixiang_survey_plugin.app.sheets.page import draft_marks
from neixiang_survey_plugin.app.sheets.plan import vertex_row
from neixiang_survey_plugin.app.sheets.scene import A4_UPRIGHT, QUIET, Line, Mark, Sheet, Text
from neixiang_survey_plugin.app.sheets.tables import Column, Table, flowed
from neixiang_survey_plugin.app.wording import sheets as words
from neixiang_survey_plugin.app.wording import traffic as field_words
from neixiang_survey_plugin.app.wording.figures import day_words
from neixiang_survey_plugin.app.wording.words import utility_words
from neixiang_survey_plugin.core.vocabulary import UTILITY

_LEFT_MM, _RIGHT_MM, _TOP_MM, _BOTTOM_MM = 10.0, 200.0, 10.0, 287.0
_MAP = MapFrame(500.0, 0.0, 0.0, _LEFT_MM + 4.0, 38.0, 182.0, 112.0)
_SCALES = (100.0, 200.0, *OVERVIEW_SCALES)
_TABLES_MM = 172.0
_LINE_WIDTHS = (13.0, 22.0, 20.0, 16.0, 22.0)
_CROSSING_WIDTHS = (39.0, 12.0, 25.0, 17.0)
_GREEN_WIDTHS = (63.0, 30.0)
_MET_WIDTHS = (20.0, 45.0, 28.0)
_VERTEX_WIDTHS = (14.0, 30.0, 29.0, 20.0)
_UNIT_WIDTHS = (33.0, 28.0, 32.0)


def field_sheet(drawn: DrawnCase) -> Sheet:
    """One upright A4 page: the map, the lines, what they meet, whom to call.

    What finds no room is counted, and the drawings have it.
    """
    frame = overview([one.route.line for one in drawn.lines], _MAP, _SCALES)
    notes, notes_top = notes_marks(
        field_words.FIELD_NOTES, _LEFT_MM, _BOTTOM_MM, _RIGHT_MM - _LEFT_MM, drawn.letters
    )
    bottom = notes_top - 5.0
    columns = [Column(left, _TABLES_MM, bottom) for left in (_LEFT_MM, _RIGHT_MM - 93.0)]
    tables, rest = flowed(_tables(drawn), columns, drawn.letters)
    marks: list[Mark] = [*_head(drawn), *_map(drawn, frame), *_below(frame), *tables, *notes]
    if rest:
        count = sum(len(table.rows) for table in rest)
        at = (_RIGHT_MM, notes_top - 2.0)
        marks.append(Text(at, field_words.more_rows(count), 2.2, anchor=Anchor.RIGHT))
    if drawn.title.draft:
        marks += draft_marks(A4_UPRIGHT)
    return Sheet(field_words.FIELD, A4_UPRIGHT, tuple(marks))


def _head(drawn: DrawnCase) -> Iterator[Mark]:
    """Which case, whose, and the number of its packet."""
    title, letters = drawn.title, drawn.letters
    name = words.draft_title(field_words.FIELD) if title.draft else field_words.FIELD
    yield Text((_LEFT_MM, _TOP_MM + 4.0), name, 6.0, bold=True)
    case = f"{words.TITLE_ROWS['case']} {title.case}  {day_words(title.on)}"
    size = fitted_mm(letters, case, 3.4, 120.0)
    yield Text((_RIGHT_MM, _TOP_MM + 4.0), case, size, anchor=Anchor.RIGHT)
    said = words.joined(filter(None, (title.applicant, title.project, title.units)))
    room = _RIGHT_MM - _LEFT_MM
    yield Text((_LEFT_MM, _TOP_MM + 12.0), said, fitted_mm(letters, said, 3.0, room))
    number = f"{words.TITLE_ROWS['number']} {title.number}"
    yield Text((_LEFT_MM, _TOP_MM + 17.5), number, fitted_mm(letters, number, 2.0, room), QUIET)


def _map(drawn: DrawnCase, frame: MapFrame) -> Iterator[Mark]:
    tables = drawn.around.seen(frame.area, LAYERS)
    space = map_space(drawn, frame)
    figures = [*figure_marks(drawn, space)]
    names = [*ground_names(space, tables)]
    yield from ground_marks(frame, tables)
    yield from strip_marks(drawn, frame)
    yield from names
    yield from course_marks(drawn, frame)
    yield from figures
    yield from grid_marks(frame)


def _below(frame: MapFrame) -> Iterator[Mark]:
    """The scale and the colours of the utilities."""
    top = frame.top_mm + frame.height_mm + 4.0
    yield from scale_bar(frame.scale, _LEFT_MM + 4.0, top + 1.0)
    yield from north_arrow(_LEFT_MM + 62.0, top - 1.0)
    for number, utility in enumerate(UTILITY):
        left, middle = _LEFT_MM + 76.0 + number * 23.0, top + 7.0
        ends = ((left, middle), (left + 9.0, middle))
        yield Line(ends, CASING, ROUTE_CASING_MM)
        yield Line(ends, UTILITY_COLOURS[utility], ROUTE_MM)
        yield Text((left + 10.5, middle), utility_words(utility), 2.4)


def _tables(drawn: DrawnCase) -> tuple[Table, ...]:
    policy = drawn.check.policy
    lines = tuple(
        field_words.field_line_row(one, words.lines_row(one, policy)[3]) for one in drawn.lines
    )
    crossings = tuple(
        words.crossing_row(one, crossing, policy)[1:]
        for one in drawn.lines
        for crossing in one.measures.roads.crossings
    )
    greens = tuple(
        (patch.name or patch.green_id, words.patch_area_words(patch.area_m2, policy))
        for row in range(len(drawn.lines))
        for patch in drawn.patches(row)
    )
    met = tuple(
        field_words.field_met_row(one)
        for row in range(len(drawn.lines))
        for one in met_by(drawn, row)
    )
    bends = tuple(vertex_row(one) for line in drawn.vertices for one in line)
    right = frozenset
    return (
        Table(field_words.FIELD_LINES, field_words.FIELD_LINES_HEADINGS, _LINE_WIDTHS, lines,
              right({2, 3})),
        Table(field_words.FIELD_CROSSINGS, field_words.FIELD_CROSSINGS_HEADINGS,
              _CROSSING_WIDTHS, crossings, right({2, 3})),
        Table(field_words.FIELD_GREENS, field_words.FIELD_GREENS_HEADINGS, _GREEN_WIDTHS, greens,
              right({1})),
        Table(field_words.FIELD_UNITS, field_words.FIELD_UNITS_HEADINGS, _UNIT_WIDTHS,
              tuple(_units(drawn))),
        Table(field_words.FIELD_MET, field_words.FIELD_MET_HEADINGS, _MET_WIDTHS, met, right({0})),
        Table(field_words.FIELD_VERTICES, words.VERTICES_HEADINGS, _VERTEX_WIDTHS, bends,
              right({1, 2, 3})),
    )  # fmt: skip


def _units(drawn: DrawnCase) -> Iterator[tuple[str, ...]]:
    """Each company that lays a line, once."""
    known = {unit.unit_id: unit for unit in drawn.county.units}
    for name in dict.fromkeys(one.route.unit for one in drawn.lines if one.route.unit):
        routes = [one.route for one in drawn.lines if one.route.unit == name]
        unit = known.get(name)
        yield field_words.field_unit_row(unit.name if unit else name, unit, routes)

"""The field sheet: the lines of a case on one page that a telephone can show."""

from __future__ import annotations

from collections.abc import Iterator

from neixiang_survey_plugin.app.colours import CASING, UTILITY_COLOURS
from neixiang_survey_plugin.app.drawings import Anchor
from neixiang_survey_plugin.app.sheets.along import met_by
from neixiang_survey_plugin.app.sheets.case_tables import (
    all_bends,
    crossings_table,
    greens_table,
    lines_table,
)
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
_MET_WIDTHS = (21.0, 17.0, 31.0, 22.0)
_UNIT_WIDTHS = (31.0, 28.0, 32.0)


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
    top = frame.top_mm + frame.height_mm + 5.5  # clear of the figures of the grid
    yield from scale_bar(frame.scale, _LEFT_MM + 4.0, top + 1.0)
    yield from north_arrow(_LEFT_MM + 62.0, top - 1.0)
    for number, utility in enumerate(UTILITY):
        left, middle = _LEFT_MM + 76.0 + number * 23.0, top + 7.0
        ends = ((left, middle), (left + 9.0, middle))
        yield Line(ends, CASING, ROUTE_CASING_MM)
        yield Line(ends, UTILITY_COLOURS[utility], ROUTE_MM)
        yield Text((left + 10.5, middle), utility_words(utility), 2.4)


def _tables(drawn: DrawnCase) -> tuple[Table, ...]:
    units = tuple(_units(drawn))
    met = tuple(
        field_words.field_met_row(one.route, thing)
        for row, one in enumerate(drawn.lines)
        for thing in met_by(drawn, row)
    )
    return (
        lines_table(drawn),
        crossings_table(drawn),
        greens_table(drawn),
        Table(field_words.FIELD_UNITS, field_words.FIELD_UNITS_HEADINGS, _UNIT_WIDTHS, units),
        Table(field_words.FIELD_MET, field_words.FIELD_MET_HEADINGS, _MET_WIDTHS, met),
        all_bends(drawn),
    )


def _units(drawn: DrawnCase) -> Iterator[tuple[str, ...]]:
    """Each company that lays a line, once."""
    known = {unit.unit_id: unit for unit in drawn.county.units}
    for name in dict.fromkeys(one.route.unit for one in drawn.lines if one.route.unit):
        routes = [one.route for one in drawn.lines if one.route.unit == name]
        unit = known.get(name)
        yield field_words.field_unit_row(unit.name if unit else name, unit, routes)

"""The plan of a case: one sheet, or several with the sheet that shows how they lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely

from neixiang_survey_plugin.app.sheets import page as pages
from neixiang_survey_plugin.app.sheets.case_tables import (
    all_bends,
    bends_table,
    crossings_table,
    greens_table,
    lines_table,
)
from neixiang_survey_plugin.app.sheets.facts import DrawnCase
from neixiang_survey_plugin.app.sheets.frames import OVERVIEW_SCALES, MapFrame, overview, tiled
from neixiang_survey_plugin.app.sheets.grid import grid_marks, north_arrow, scale_bar
from neixiang_survey_plugin.app.sheets.ground import LAYERS, ground_marks, ground_names
from neixiang_survey_plugin.app.sheets.laying import (
    course_marks,
    figure_marks,
    map_space,
    strip_marks,
)
from neixiang_survey_plugin.app.sheets.legend import legend_height_mm, legend_marks, notes_marks
from neixiang_survey_plugin.app.sheets.page import Page
from neixiang_survey_plugin.app.sheets.scene import INK, NORMAL_MM, Area, Mark, Text
from neixiang_survey_plugin.app.sheets.space import Space
from neixiang_survey_plugin.app.sheets.table_pages import table_pages
from neixiang_survey_plugin.app.sheets.tables import Column, Table, flowed
from neixiang_survey_plugin.app.wording import sheets as words

_EDGE_MM = 5.0  # around the map, for the figures of the grid
PAPER_MAP = MapFrame(
    500.0,
    0.0,
    0.0,
    pages.LEFT_MM + _EDGE_MM,
    pages.TOP_MM + _EDGE_MM,
    pages.COLUMN_MM - pages.LEFT_MM - 2 * _EDGE_MM,
    pages.BOTTOM_MM - pages.TOP_MM - 2 * _EDGE_MM,
)
_LEFT_MM = pages.COLUMN_MM + pages.PAD_MM
_WIDE_MM = pages.RIGHT_MM - pages.COLUMN_MM - 2 * pages.PAD_MM
_TABLES_TOP_MM = pages.TOP_MM + 22.0
_FIRST = 2  # the number of the first sheet after the index
_SHEET_WIDTHS = (11.0, 30.0, 25.0, 25.0)


def plan_pages(drawn: DrawnCase) -> tuple[Page, ...]:
    """The plan at 1:500, or at the next standard scale where that would be too many sheets.

    More than one sheet is led by an index of them; tables that find no room have a sheet of
    their own.
    """
    lines = [one.route.line for one in drawn.lines]
    frames = tiled(lines, PAPER_MAP)
    tables = (lines_table(drawn), crossings_table(drawn), greens_table(drawn), all_bends(drawn))
    if len(frames) == 1:
        column = Column(_LEFT_MM, _TABLES_TOP_MM, _column_bottom(drawn))
        marks, rest = flowed(tables, [column], drawn.letters)
        sheet = _plan_page(drawn, frames, 0, marks)
        return (sheet, *table_pages(words.TABLES, rest, drawn.letters))
    index = overview(lines, PAPER_MAP, OVERVIEW_SCALES)
    column = Column(_LEFT_MM, _TABLES_TOP_MM, _column_bottom(drawn))
    listed = (_sheets_table(drawn, frames), *tables)
    marks, rest = flowed(listed, [column], drawn.letters)
    sheets = [
        _plan_page(drawn, frames, k, _own_bends(drawn, frames[k])) for k in range(len(frames))
    ]
    return (
        _index_page(drawn, index, frames, marks),
        *sheets,
        *table_pages(words.TABLES, rest, drawn.letters),
    )


def _plan_page(
    drawn: DrawnCase, frames: Sequence[MapFrame], number: int, column: Sequence[Mark]
) -> Page:
    frame = frames[number]
    tables = drawn.around.seen(frame.area, LAYERS)
    space = map_space(drawn, frame)
    below = [*ground_marks(frame, tables), *strip_marks(drawn, frame)]
    figures = [*figure_marks(drawn, space)]
    seams = [*_seams(drawn, frames, number, space)]
    names = [*ground_names(space, tables)]
    marks = (
        *below,
        *names,
        *course_marks(drawn, frame),
        *figures,
        *seams,
        *grid_marks(frame),
        *head_marks(frame.scale),
        *column,
        *_foot(drawn),
    )
    return Page(words.PLAN, words.scale_words(frame.scale), marks)


def _index_page(
    drawn: DrawnCase, index: MapFrame, frames: Sequence[MapFrame], column: Sequence[Mark]
) -> Page:
    """All lines with the sheets that they are drawn on."""
    tables = drawn.around.seen(index.area, ("green_spaces", "roads"))
    space = map_space(drawn, index)
    outlines: list[Mark] = []
    for number, frame in enumerate(frames, start=_FIRST):
        ring = index.mm(shapely.get_coordinates(frame.area))
        space.take_line(ring, NORMAL_MM / 2.0)
        outlines.append(Area((ring,), None, INK, NORMAL_MM))
        left, top = min(x for x, _ in ring), min(y for _, y in ring)
        label = Text((left + 2.0, top + 4.0), words.sheet_words(number), 3.2, bold=True)
        if space.put(label):
            outlines.append(label)
    names = [*ground_names(space, tables)]
    marks = (
        *ground_marks(index, tables),
        *names,
        *course_marks(drawn, index),
        *outlines,
        *grid_marks(index),
        *head_marks(index.scale),
        *column,
        *_foot(drawn),
    )
    return Page(words.INDEX, words.scale_words(index.scale), marks)


def head_marks(scale: float) -> Iterator[Mark]:
    """North arrow and scale bar above the column."""
    yield from north_arrow(_LEFT_MM + 8.0, pages.TOP_MM + 2.5)
    yield from scale_bar(scale, _LEFT_MM + 34.0, pages.TOP_MM + 4.5)


def _foot(drawn: DrawnCase) -> Iterator[Mark]:
    """Legend and notes below the tables."""
    notes, top_mm = _notes(drawn)
    yield from legend_marks(_LEFT_MM, top_mm - legend_height_mm() - 2.0)
    yield from notes


def _notes(drawn: DrawnCase) -> tuple[list[Mark], float]:
    said = words.plan_notes(any(one.route.trenchless for one in drawn.lines))
    bottom = pages.BLOCK_TOP_MM - 2.0
    return notes_marks(said, _LEFT_MM, bottom, _WIDE_MM, drawn.letters)


def _column_bottom(drawn: DrawnCase) -> float:
    return _notes(drawn)[1] - legend_height_mm() - 4.0


def _own_bends(drawn: DrawnCase, frame: MapFrame) -> tuple[Mark, ...]:
    """The bends that one sheet shows, as far as there is room: the index has them all."""
    table = bends_table(
        vertex
        for line in drawn.vertices
        for vertex in line
        if frame.holds(*frame.mm([vertex.at])[0])
    )
    column = Column(_LEFT_MM, _TABLES_TOP_MM, _column_bottom(drawn))
    return flowed([table], [column], drawn.letters)[0]


def _seams(
    drawn: DrawnCase, frames: Sequence[MapFrame], number: int, space: Space
) -> Iterator[Mark]:
    """Where a line leaves the sheet: on which one it goes on."""
    frame = frames[number]
    for one in drawn.lines:
        out = shapely.intersection(one.route.line, shapely.boundary(frame.area))
        for east, north in shapely.get_coordinates(out).tolist():
            others = (
                k
                for k, other in enumerate(frames)
                if k != number and other.holds(*other.mm([(east, north)])[0], 1.0)
            )
            found = next(others, None)
            if found is not None:
                at = frame.mm([(east, north)])[0]
                yield from space.about(at, (words.neighbour_words(found + _FIRST),), 2.2)


def _sheets_table(drawn: DrawnCase, frames: Sequence[MapFrame]) -> Table:
    """Which sheet shows which lines, and between which coordinates."""
    rows = []
    for number, frame in enumerate(frames, start=_FIRST):
        west, south, east, north = frame.area.bounds
        shown = [
            one.route.route_id
            for one in drawn.lines
            if shapely.intersects(one.route.line, frame.area)
        ]
        rows.append(
            (
                words.sheet_words(number),
                words.joined(shown),
                f"{south:.0f}–{north:.0f}",
                f"{west:.0f}–{east:.0f}",
            )
        )
    return Table(words.SHEETS_TABLE, words.SHEETS_HEADINGS, _SHEET_WIDTHS, tuple(rows))

"""The tables of a case on its drawings: lines, crossings, green spaces, bends."""

from __future__ import annotations

from collections.abc import Iterable

from neixiang_survey_plugin.app.sheets.facts import DrawnCase, Vertex
from neixiang_survey_plugin.app.sheets.tables import Table
from neixiang_survey_plugin.app.wording import sheets as words
from neixiang_survey_plugin.app.wording.figures import figure

_LINE_WIDTHS = (19.0, 11.0, 15.0, 17.0, 29.0)
_CROSSING_WIDTHS = (19.0, 28.0, 10.0, 20.0, 14.0)
_GREEN_WIDTHS = (19.0, 52.0, 20.0)
_BEND_WIDTHS = (15.0, 28.0, 28.0, 20.0)


def lines_table(drawn: DrawnCase) -> Table:
    """One row a line."""
    rows = tuple(words.lines_row(one, drawn.check.policy) for one in drawn.lines)
    return Table(words.LINES_TABLE, words.LINES_HEADINGS, _LINE_WIDTHS, rows, frozenset({3}))


def crossings_table(drawn: DrawnCase) -> Table:
    """One row a stretch within a road."""
    rows = tuple(
        words.crossing_row(one, crossing, drawn.check.policy)
        for one in drawn.lines
        for crossing in one.measures.roads.crossings
    )
    right = frozenset({3, 4})
    return Table(words.CROSSINGS_TABLE, words.CROSSINGS_HEADINGS, _CROSSING_WIDTHS, rows, right)


def greens_table(drawn: DrawnCase) -> Table:
    """One row a green space that a line takes ground of."""
    rows = tuple(
        (
            one.route.route_id,
            patch.name or patch.green_id,
            words.patch_area_words(patch.area_m2, drawn.check.policy),
        )
        for row, one in enumerate(drawn.lines)
        for patch in drawn.patches(row)
    )
    return Table(words.GREENS_TABLE, words.GREENS_HEADINGS, _GREEN_WIDTHS, rows, frozenset({2}))


def all_bends(drawn: DrawnCase) -> Table:
    """One row a bend of any line."""
    return bends_table(vertex for line in drawn.vertices for vertex in line)


def bends_table(vertices: Iterable[Vertex]) -> Table:
    """One row a bend: its number, north before east, the metres before it."""
    rows = tuple(
        (
            one.name,
            words.coordinate_words(one.at[1]),
            words.coordinate_words(one.at[0]),
            figure(one.along_m),
        )
        for one in vertices
    )
    right = frozenset({1, 2, 3})
    return Table(words.VERTICES_TABLE, words.VERTICES_HEADINGS, _BEND_WIDTHS, rows, right)

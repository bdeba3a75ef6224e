"""The legend of a plan, the same on every sheet, and its notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from neixiang_survey_plugin.app.colours import CASING, UTILITY_COLOURS
from neixiang_survey_plugin.app.sheets import ground, laying
from neixiang_survey_plugin.app.sheets.letters import Letters, broken
from neixiang_survey_plugin.app.sheets.scene import (
    HAIR_MM,
    INK,
    PAPER,
    QUIET,
    THIN_MM,
    Area,
    Line,
    Mark,
    Point,
    Text,
    box_points,
    circle,
)
from neixiang_survey_plugin.app.wording import sheets as words
from neixiang_survey_plugin.app.wording.words import utility_words
from neixiang_survey_plugin.core.vocabulary import UTILITY

_Ends = tuple[Point, Point]

_SIZE_MM = 1.9
_ROW_MM = 4.4
_SAMPLE_MM = 11.0
_HALF_MM = 46.0  # from one column of the legend to the next


def legend_marks(left_mm: float, top_mm: float) -> Iterator[Mark]:
    """Every kind of line and area that a plan may show, in two columns, whatever this one does."""
    yield Text((left_mm, top_mm + 2.0), words.LEGEND, 2.6, bold=True)
    items = [*(("route", utility) for utility in UTILITY), *((key, "") for key in _SAMPLES)]
    rows = (len(items) + 1) // 2
    for number, (key, utility) in enumerate(items):
        left = left_mm + _HALF_MM * (number // rows)
        middle = top_mm + 7.0 + _ROW_MM * (number % rows)
        yield from _sample(key, utility, left, middle)
        text = words.LEGEND_WORDS[key].format(utility=utility_words(utility) if utility else "")
        yield Text((left + _SAMPLE_MM + 2.0, middle), text, _SIZE_MM)


def legend_height_mm() -> float:
    """How high the legend is."""
    return 8.0 + _ROW_MM * ((len(UTILITY) + len(_SAMPLES) + 1) // 2)


def notes_marks(
    notes: Sequence[str], left_mm: float, bottom_mm: float, wide_mm: float, letters: Letters
) -> tuple[list[Mark], float]:
    """Numbered notes that end at a level, and the level at which they begin."""
    lines = [
        line
        for number, note in enumerate(notes, start=1)
        for line in broken(letters, f"{number}. {note}", _SIZE_MM, wide_mm)
    ]
    top_mm = bottom_mm - 3.1 * len(lines) - 5.0
    marks: list[Mark] = [Text((left_mm, top_mm + 1.6), words.NOTES, 2.4, bold=True)]
    for number, line in enumerate(lines):
        marks.append(Text((left_mm, top_mm + 5.6 + 3.1 * number), line, _SIZE_MM))
    return marks, top_mm


def _sample(key: str, utility: str, left: float, middle: float) -> Iterator[Mark]:
    ends = ((left, middle), (left + _SAMPLE_MM, middle))
    if key == "route":
        yield Line(ends, CASING, laying.ROUTE_CASING_MM)
        yield Line(ends, UTILITY_COLOURS[utility], laying.ROUTE_MM)
        return
    if key in _LINES:
        yield from _LINES[key](ends)
        return
    fill, edge = _AREAS[key]
    corners = box_points(left + 2.0, middle - 1.4, left + _SAMPLE_MM - 2.0, middle + 1.4)
    yield Area((corners,), fill, edge)


def _pipe(ends: _Ends) -> list[Mark]:
    return [
        Line(ends, CASING, ground.PIPE_CASING_MM),
        Line(ends, UTILITY_COLOURS["sewer"], ground.PIPE_MM),
    ]


def _bore(ends: _Ends) -> list[Mark]:
    return [
        Line(ends, CASING, laying.ROUTE_CASING_MM),
        Line(ends, PAPER, laying.ROUTE_MM),
        Line(ends, UTILITY_COLOURS["water"], laying.ROUTE_MM, laying.BORE_DASH),
    ]


def _middle(ends: _Ends) -> Point:
    return (ends[0][0] + ends[1][0]) / 2.0, ends[0][1]


def _cross(ends: _Ends) -> list[Mark]:
    x, y = _middle(ends)
    return [
        Line(((x - 1.8, y), (x + 1.8, y)), QUIET, HAIR_MM),
        Line(((x, y - 1.8), (x, y + 1.8)), QUIET, HAIR_MM),
    ]


_LINES: Mapping[str, Callable[[_Ends], list[Mark]]] = {
    "pipe": _pipe,
    "bore": _bore,
    "strip": lambda ends: [Line(ends, QUIET, THIN_MM, laying.STRIP_DASH)],
    "vertex": lambda ends: [circle(_middle(ends), 0.8, PAPER, INK, THIN_MM)],
    "road": lambda ends: [Line(ends, ground.ROAD_EDGE, 0.25)],
    "kerb": lambda ends: [Line(ends, ground.KERB, HAIR_MM)],
    "site": lambda ends: [Line(ends, ground.SITE_EDGE, THIN_MM, ground.SITE_DASH)],
    "tree": lambda ends: [circle(_middle(ends), 0.7, None, ground.TREE, HAIR_MM)],
    "cross": _cross,
}
_AREAS = {
    "patch": (laying.PATCH, laying.PATCH_EDGE),
    "green": (ground.GREEN, ground.GREEN_EDGE),
    "building": (ground.BUILDING, ground.BUILDING_EDGE),
}
_SAMPLES = ("pipe", "bore", "strip", "patch", "vertex", "road", "kerb", "green", "building",
            "site", "tree", "cross")  # fmt: skip

"""The longitudinal profile of a line: its cover, its bores, the roads and pipelines it crosses.

Nobody has levelled the ground: it is drawn as ±0, and said to be so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from neixiang_survey_plugin.app.colours import CASING, UTILITY_COLOURS
from neixiang_survey_plugin.app.drawings import MM_A_METRE, Anchor
from neixiang_survey_plugin.app.sheets import page as pages
from neixiang_survey_plugin.app.sheets.along import met_by, outer_m
from neixiang_survey_plugin.app.sheets.facts import DrawnCase
from neixiang_survey_plugin.app.sheets.frames import OVERVIEW_SCALES
from neixiang_survey_plugin.app.sheets.letters import fitted_mm
from neixiang_survey_plugin.app.sheets.page import Page
from neixiang_survey_plugin.app.sheets.scene import (
    HAIR_MM,
    HEAVY_MM,
    INK,
    NORMAL_MM,
    PAPER,
    QUIET,
    THIN_MM,
    Area,
    Line,
    Mark,
    Text,
    box_points,
)
from neixiang_survey_plugin.app.sheets.spread import spread
from neixiang_survey_plugin.app.sheets.underground import (
    DASH,
    STAND_IN_M,
    UNKNOWN,
    Depths,
    Named,
    names_above,
)
from neixiang_survey_plugin.app.wording import sheets as words
from neixiang_survey_plugin.core.conflicts.levels import cover_at

_LEFT_MM, _LONG_MM = pages.LEFT_MM + 34.0, 248.0
_PANEL_MM = 142.0  # two to a sheet
_GROUND_MM = 58.0  # from the panel's top to the ground
_DEPTH_MM, _DEPTH_ALONE_MM = 40.0, 84.0  # below it, where two share a sheet and where one has it
_ROWS_MM = (9.0, 12.0, 9.0)
_APART_MM = 3.0
_ACROSS_SCALES = (100.0, 200.0, *OVERVIEW_SCALES)
_DOWN_SCALES = (20.0, 50.0, 100.0, 200.0, 500.0)
_BORE_DASH = (0.9, 0.9)
_ROAD = "#cfc4ae"
_LEADER_MM = 7.0
_SHARES = (0.5, 0.3, 0.7, 0.15, 0.85)


def profile_pages(drawn: DrawnCase) -> tuple[Page, ...]:
    """The profiles of the lines, two to a sheet, each at the largest usual scales that fit."""
    rows = range(len(drawn.lines))
    found = []
    for first in rows[::2]:
        pair = rows[first : first + 2]
        depth_mm = _DEPTH_MM if len(pair) > 1 else _DEPTH_ALONE_MM
        both = [
            _Panel(drawn, row, pages.TOP_MM + 2.0 + place * _PANEL_MM, depth_mm)
            for place, row in enumerate(pair)
        ]
        marks = [mark for panel in both for mark in panel.marks()]
        marks += pages.noted(words.PROFILE_NOTES, drawn.letters)
        scales = words.joined(panel.scale_words for panel in both)
        found.append(Page(words.PROFILE, scales, tuple(marks)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Station:
    """A place along the line that the table names; ``cover`` is what is written of it."""

    along_m: float
    name: str
    cover: str


class _Panel:
    """The profile of one line."""

    def __init__(self, drawn: DrawnCase, row: int, top_mm: float, depth_mm: float) -> None:
        self._drawn, self._row, self._line = drawn, row, drawn.lines[row]
        self._long_m = self._line.measures.length_m
        self._met = met_by(drawn, row)
        self._across = _scale(self._long_m, _LONG_MM, _ACROSS_SCALES)
        down = _scale(self._deepest_m(), depth_mm, _DOWN_SCALES)
        self._depths = Depths(top_mm + _GROUND_MM, depth_mm, down)

    @property
    def scale_words(self) -> str:
        """The two scales."""
        across, down = (words.scale_words(one) for one in (self._across, self._depths.scale))
        return words.two_scales(across, down)

    def marks(self) -> Iterator[Mark]:
        """Everything of the panel."""
        top_mm = self._depths.ground_mm - _GROUND_MM
        title = words.profile_title(self._line, self.scale_words)
        room = _LONG_MM + 20.0
        size = fitted_mm(self._drawn.letters, title, 3.2, room)
        yield Text((pages.LEFT_MM + 4.0, top_mm + 4.0), title, size, bold=True)
        yield from self._roads()
        yield from self._ground()
        yield from self._course()
        yield from self._crossed(top_mm + 10.0)
        yield from self._table(self._depths.bottom_mm + _LEADER_MM)

    def _deepest_m(self) -> float:
        tops = [self._line.route.cover_m, *(bore.depth_m for bore in self._line.route.trenchless)]
        own_m = outer_m(self._line.route.diameter_mm) or 0.0
        bottoms = [(STAND_IN_M if top is None else top) + own_m for top in tops]
        bottoms += [
            (STAND_IN_M if one.cover_m is None else one.cover_m) + (one.high_m or 0.0)
            for one in self._met
        ]
        return max(bottoms) + 0.1

    def _x(self, along_m: float) -> float:
        return _LEFT_MM + along_m * MM_A_METRE / self._across

    def _roads(self) -> Iterator[Mark]:
        """Each stretch within a road: its red lines, what it is called, how long it is."""
        ground = self._depths.ground_mm
        for crossing in self._line.measures.roads.crossings:
            left, right = self._x(crossing.from_m), self._x(crossing.to_m)
            yield Area((box_points(left, ground - 2.2, right, ground),), _ROAD, None)
            for x in (left, right):
                ends = ((x, ground - 2.2), (x, self._depths.bottom_mm))
                yield Line(ends, UNKNOWN, HAIR_MM, DASH)

    def _ground(self) -> Iterator[Mark]:
        yield from self._depths.ruler(_LEFT_MM - 6.0)
        level = self._depths.ground_mm
        yield Line(((_LEFT_MM, level), (self._x(self._long_m), level)), INK, NORMAL_MM)

    def _course(self) -> Iterator[Mark]:
        """The line from top to bottom, stretch by stretch; dashed where its depth is unknown."""
        route, from_m = self._line.route, 0.0
        for bore in sorted(route.trenchless, key=lambda one: one.from_m):
            yield from self._stretch(from_m, bore.from_m, route.cover_m)
            yield from self._stretch(bore.from_m, bore.to_m, bore.depth_m, bored=True)
            from_m = bore.to_m
        yield from self._stretch(from_m, self._long_m, route.cover_m)

    def _stretch(
        self, from_m: float, to_m: float, cover_m: float | None, bored: bool = False
    ) -> Iterator[Mark]:
        if to_m <= from_m:
            return
        high_mm = max(self._depths.mm(outer_m(self._line.route.diameter_mm) or 0.0), HEAVY_MM)
        top = self._depths.ground_mm + self._depths.mm(STAND_IN_M if cover_m is None else cover_m)
        left, right = self._x(from_m), self._x(to_m)
        colour = UTILITY_COLOURS[self._line.route.utility]
        if cover_m is None:
            for y in (top, top + high_mm):
                yield Line(((left, y), (right, y)), CASING, THIN_MM, DASH)
        else:
            yield Area((box_points(left, top, right, top + high_mm),), colour, CASING, THIN_MM)
            if bored:
                middle = top + high_mm / 2.0
                yield Line(((left, middle), (right, middle)), PAPER, HAIR_MM * 2, _BORE_DASH)
        text = words.stretch_cover_words(cover_m, bored)
        if right - left > 12.0:
            at = (self._clear_of_pipes(left, right), top + high_mm + 2.2)
            colour = UNKNOWN if cover_m is None else INK
            yield Text(at, text, 1.8, colour, Anchor.CENTRE, masked=True)

    def _clear_of_pipes(self, left: float, right: float) -> float:
        """Where along a stretch its cover is written: as far from what is crossed as can be."""
        places = [left + share * (right - left) for share in _SHARES]
        met = [self._x(one.along_m) for one in self._met]
        return max(places, key=lambda x: min((abs(x - one) for one in met), default=0.0))

    def _crossed(self, top_mm: float) -> Iterator[Mark]:
        """The pipelines that are crossed at their depth, their names above; so the roads'."""
        named = [
            Named(self._x(one.along_m), one.name, words.met_cover_words(one.cover_m))
            for one in self._met
        ]
        for crossing in self._line.measures.roads.crossings:
            middle = self._x((crossing.from_m + crossing.to_m) / 2.0)
            named.append(Named(middle, *words.crossing_label(crossing, self._drawn.check.policy)))
        foot = self._depths.ground_mm - 4.5
        ends = _LEFT_MM, _LEFT_MM + _LONG_MM
        yield from names_above(named, foot, foot - 2.0 - top_mm, ends, self._drawn.letters)
        for one in self._met:
            x = self._x(one.along_m)
            yield from self._depths.cut_across(x, one.utility, one.cover_m, one.high_m)

    def _stations(self) -> list[_Station]:
        """Ends and bends, the edges of roads, the ends of bores."""
        found = [(one.along_m, one.name) for one in self._drawn.vertices[self._row]]
        for crossing in self._line.measures.roads.crossings:
            found += [(crossing.from_m, words.RED_LINE), (crossing.to_m, words.RED_LINE)]
        for bore in self._line.route.trenchless:
            found += zip((bore.from_m, bore.to_m), words.BORE_ENDS, strict=True)
        found.sort()
        return [
            _Station(along_m, name, words.cover_cell(cover_at(self._line.route, along_m)))
            for along_m, name in found
        ]

    def _table(self, top: float) -> Iterator[Mark]:
        """Metres, bends and cover below the drawing, in columns below their places."""
        stations = self._stations()
        places = spread(
            [self._x(one.along_m) for one in stations], _APART_MM, _LEFT_MM, _LEFT_MM + _LONG_MM
        )
        right, level = places[-1] + 4.0, top
        head = pages.LEFT_MM + 4.0
        texts = ([one.name for one in stations],
                 [words.station_words(one.along_m) for one in stations],
                 [one.cover for one in stations])  # fmt: skip
        for heading, said, high in zip(words.PROFILE_ROWS, texts, _ROWS_MM, strict=True):
            yield Line(((head, level), (right, level)), INK, HAIR_MM)
            yield Text((head + 1.0, level + high / 2.0), heading, 1.9)
            yield from self._cells(said, places, level + high / 2.0, high)
            level += high
        yield Line(((head, level), (right, level)), INK, HAIR_MM)
        for x in (head, _LEFT_MM - 3.0, right):
            yield Line(((x, top), (x, level)), INK, HAIR_MM)
        for one, place in zip(stations, places, strict=True):
            x = self._x(one.along_m)
            start = top - _LEADER_MM
            ends = ((x, start), (x, start + 1.0), (place, top - 1.0), (place, top))
            yield Line(ends, QUIET, HAIR_MM)

    def _cells(
        self, said: Sequence[str], places: Sequence[float], middle: float, high_mm: float
    ) -> Iterator[Mark]:
        for text, place in zip(said, places, strict=True):
            size = fitted_mm(self._drawn.letters, text, 1.7, high_mm - 1.0)
            yield Text((place, middle), text, size, anchor=Anchor.CENTRE, turned_deg=90.0)


def _scale(metres: float, room_mm: float, scales: Sequence[float]) -> float:
    fitting = (scale for scale in scales if metres * MM_A_METRE / scale <= room_mm)
    return next(fitting, scales[-1])

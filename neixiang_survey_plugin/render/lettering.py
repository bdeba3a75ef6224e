"""Where the words of the map stand: along roads, inside sites, never one over another."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from neixiang_survey_plugin.app.map_labels import Named, middle_line
from neixiang_survey_plugin.app.map_layers import UNKNOWN
from neixiang_survey_plugin.app.map_levels import Floats
from neixiang_survey_plugin.core.vocabulary import PIPELINE_UTILITY
from neixiang_survey_plugin.i18n import Language
from neixiang_survey_plugin.i18n.sentences import in_language
from neixiang_survey_plugin.render.fonts import advance_px
from neixiang_survey_plugin.render.palette import Palette
from neixiang_survey_plugin.render.view import View

_STEEP_DEG = 52.0  # a steeper line carries upright characters, one below the other
_BENT_DEG = 25.0  # between two characters; where it bends more nothing is written
_CELL = 16.0  # points: the grain in which places are taken
_TRIED = 1_500  # features of one kind, the largest first
_ROAD, _MAIN = 420.0, 260.0  # points between the same words
_ALONG = (0.5, 0.25, 0.75)  # where along a line it is tried


@dataclass(frozen=True)
class Style:
    """How the words of one look are set; sizes in points of 1/96 inch.

    ``smallest`` is the N of the smallest scale 1:N at which they appear, ``apart`` how far from
    the same words again.
    """

    layer: str
    looks: tuple[str, ...]
    size: float
    ink: str
    smallest: float
    apart: float = 0.0
    bold: bool = False
    spacing: float = 0.0

    @property
    def along(self) -> bool:
        """Along a line, again and again, rather than once inside an area."""
        return self.apart > 0


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters in a row, their middle at a pixel, turned clockwise by an angle."""

    words: str
    x_px: float
    y_px: float
    turned_deg: float


@dataclass(frozen=True, slots=True)
class Label:
    """Words that have found their place."""

    style: Style
    pieces: tuple[Piece, ...]


@functools.cache
def styles(palette: Palette) -> tuple[Style, ...]:
    """Which words are set first, and how."""
    ink, quiet, green = palette.text, palette.text_quiet, palette.green_ink
    great, middling = ("expressway", "arterial"), ("highway", "secondary")
    mains = (UNKNOWN, *PIPELINE_UTILITY)
    areas = ("purple", "yellow", "orange", "red", "green", UNKNOWN)
    return (
        Style("roads", great, 14, ink, 45_000, _ROAD, bold=True, spacing=0.5),
        Style("control_areas", ("blue",), 15, palette.water_ink, 60_000, _ROAD, spacing=0.8),
        Style("roads", middling, 13, ink, 22_000, _ROAD, spacing=0.3),
        Style("green_spaces", ("park",), 12, green, 20_000),
        Style("roads", ("local", UNKNOWN), 12, ink, 9_000, _ROAD, spacing=0.2),
        Style("sites", (UNKNOWN,), 12, quiet, 5_000),
        Style("control_areas", areas, 11, quiet, 8_000),
        Style("roads", ("other",), 11, ink, 4_500, _ROAD),
        Style("green_spaces", ("verge", "protective", "other", UNKNOWN), 11, green, 2_000),
        Style("plan_lines", mains, 11, quiet, 2_500, _MAIN),
        Style("pipelines", mains, 11, ink, 900, _MAIN),
    )


def place_labels(
    named: Sequence[Named], view: View, palette: Palette, language: Language = Language.CHINESE
) -> Iterator[Label]:
    """The words of a view one after another, the important first, none over another."""
    taken = _Taken(view.point_px)
    for style in styles(palette):
        if view.denominator > style.smallest:
            continue
        for group in named:
            if group.layer == style.layer and group.look in style.looks:
                yield from _place_group(group, style, view, taken, language)


class _Taken:
    """Which places are taken, and where which words stand."""

    def __init__(self, point_px: float) -> None:
        self._cell_px = _CELL * point_px
        self._cells: set[tuple[int, int]] = set()
        self._words: dict[str, list[tuple[float, float]]] = {}

    def said_near(self, words: str, x: float, y: float, apart_px: float) -> bool:
        """Whether the same words stand nearer than that."""
        return any(math.hypot(x - a, y - b) < apart_px for a, b in self._words.get(words, ()))

    def take(self, words: str, boxes: Sequence[tuple[float, float, float, float]]) -> bool:
        """Take some boxes at once, or none of them where one is taken already."""
        cells = {cell for box in boxes for cell in self._of(box)}
        if not self._cells.isdisjoint(cells):
            return False
        self._cells |= cells
        left, top, right, bottom = boxes[len(boxes) // 2]
        self._words.setdefault(words, []).append(((left + right) / 2, (top + bottom) / 2))
        return True

    def _of(self, box: tuple[float, float, float, float]) -> Iterator[tuple[int, int]]:
        left, top, right, bottom = (math.floor(edge / self._cell_px) for edge in box)
        for column in range(left, right + 1):
            yield from ((column, row) for row in range(top, bottom + 1))


def _place_group(
    group: Named, style: Style, view: View, taken: _Taken, language: Language
) -> Iterator[Label]:
    size_px = style.size * view.point_px
    shortest_px = 2 * size_px if style.along else 1.5 * size_px
    for index in group.seen(view.box, shortest_px * view.pixel_m)[:_TRIED]:
        words = group.say(int(group.rows[index]))
        words = words if group.is_name else in_language(words, language)
        if not words:
            continue
        place = _place_along if style.along else _place_inside
        label = place(words, group.geometry[index], style, view, taken)
        if label is not None:
            yield label


def _place_inside(
    words: str, area: shapely.Geometry, style: Style, view: View, taken: _Taken
) -> Label | None:
    size_px = style.size * view.point_px
    width_px = _advance_px(words, style, size_px)
    west, south, east, north = shapely.bounds(area) / view.pixel_m
    if width_px > 1.15 * (east - west) or size_px > 0.8 * (north - south):
        return None
    middle = shapely.centroid(area)
    if not shapely.contains(area, middle):
        middle = shapely.point_on_surface(area)
    x, y = view.to_pixel(float(shapely.get_x(middle)), float(shapely.get_y(middle)))
    half = width_px / 2, size_px * 0.6
    if not (half[0] <= x <= view.width_px - half[0] and half[1] <= y <= view.height_px - half[1]):
        return None
    if not taken.take(words, [(x - half[0], y - half[1], x + half[0], y + half[1])]):
        return None
    return Label(style, (Piece(words, x, y, 0.0),))


def _place_along(
    words: str, shape: shapely.Geometry, style: Style, view: View, taken: _Taken
) -> Label | None:
    west, _, _, north = view.box
    line = (middle_line(shape) - (west, north)) * (1 / view.pixel_m, -1 / view.pixel_m)
    done = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    for share in _ALONG:
        pieces = _pieces_at(words, line, done, float(done[-1] * share), style, view.point_px)
        if pieces is None:
            continue
        if not _inside(pieces, view):
            continue
        middle = pieces[len(pieces) // 2]
        if taken.said_near(words, middle.x_px, middle.y_px, style.apart * view.point_px):
            continue
        if taken.take(words, [_box(piece, style.size * view.point_px) for piece in pieces]):
            return Label(style, pieces)
    return None


def _pieces_at(
    words: str, line: Floats, done: Floats, middle_px: float, style: Style, point_px: float
) -> tuple[Piece, ...] | None:
    """The characters one by one along the line around a place; None where it does not carry."""
    size_px = style.size * point_px
    widths = [_advance_px(one, style, size_px) for one in words]
    width_px = sum(widths)
    if width_px > done[-1] * 0.95 or middle_px < width_px / 2:
        return None
    ends = _at(line, done, np.array([middle_px - width_px / 2, middle_px + width_px / 2]))
    run = ends[1] - ends[0]
    course_deg = math.degrees(math.atan2(run[1], run[0]))
    steep = _STEEP_DEG < abs(course_deg) < 180 - _STEEP_DEG
    backwards = course_deg < 0 if steep else abs(course_deg) > 90
    upright = steep and not words.isascii() and style.layer != "pipelines"
    if upright:
        widths = [1.12 * size_px] * len(words)
    offset = np.cumsum(widths) - np.array(widths) / 2 - sum(widths) / 2
    if backwards:
        offset = -offset
    at_px = middle_px + offset
    places = _at(line, done, at_px)
    tangent = _at(line, done, at_px + size_px / 2) - _at(line, done, at_px - size_px / 2)
    turned = np.degrees(np.arctan2(tangent[:, 1], tangent[:, 0])) + (180 if backwards else 0)
    turned = (turned + 180) % 360 - 180
    if np.abs(np.diff(turned)).max(initial=0.0) > _BENT_DEG:
        return None
    angles = np.zeros(len(words)) if upright else turned
    return tuple(
        Piece(one, float(x), float(y), float(angle))
        for one, (x, y), angle in zip(words, places, angles, strict=True)
    )


def _inside(pieces: tuple[Piece, ...], view: View) -> bool:
    """Whether the words are in the picture from end to end."""
    return all(
        0 < piece.x_px < view.width_px and 0 < piece.y_px < view.height_px
        for piece in (pieces[0], pieces[-1])
    )


def _at(line: Floats, done: Floats, px: Floats) -> Floats:
    return np.stack([np.interp(px, done, line[:, 0]), np.interp(px, done, line[:, 1])], axis=1)


def _box(piece: Piece, size_px: float) -> tuple[float, float, float, float]:
    half = size_px * 0.62
    return piece.x_px - half, piece.y_px - half, piece.x_px + half, piece.y_px + half


def _advance_px(words: str, style: Style, size_px: float) -> float:
    return advance_px(words, round(size_px), style.bold) + style.spacing * size_px * len(words)

"""The drawing of a cross-section: to scale, with dimensions, cover, levels, and what lies above."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

from neixiang_survey_plugin.app import wording
from neixiang_survey_plugin.app.colours import CASING, UTILITY_COLOURS
from neixiang_survey_plugin.app.drawings import (
    Anchor,
    Dimensions,
    Disc,
    Drawing,
    Layer,
    Point,
    Primitive,
    Stroke,
    Weight,
    Words,
)
from neixiang_survey_plugin.core.trenching.cross_section import CrossSection, Dig, Slot
from neixiang_survey_plugin.core.trenching.profile import Profile

_INK, _QUIET, _EARTH, _SOIL = "#2b2823", "#6c655a", "#8a7a5c", "#f3ecdc"
_RED = "#c8372d"
_SCALES = (10.0, 20.0, 25.0, 30.0, 40.0, 50.0, 100.0)
_WIDEST_MM = 240.0  # what an A4 sheet across holds beside its margins
_MARGIN_MM = 22.0
_LABEL_MM = 10.0  # names nearer than this to each other stand in two rows
_ROW_MM = 9.0
_UNKNOWN_DEPTH_M = 1.2  # a trench of unknown depth is drawn so deep, dashed


def section_drawing(
    section: CrossSection,
    profile: Profile | None = None,
    room_mm: tuple[float, float] = (_WIDEST_MM, math.inf),
) -> Drawing:
    """A section drawn to the largest usual scale that fits its room, the red line at its left.

    ``room_mm`` is how wide and how high it may be: as wide as an A4 sheet, unless told otherwise.
    Metres: across from the first line's outer face, upwards from the ground. A depth that is not
    known is drawn dashed and said to be unknown.
    """
    left_m, right_m = section.digs[0].left_m, section.digs[-1].right_m
    drawings = (
        _Sheet(section, profile or Profile(), scale, left_m, right_m).drawing()
        for scale in _SCALES[:-1]
    )
    wide_mm, high_mm = room_mm
    fitting = (one for one in drawings if one.width_mm <= wide_mm and one.height_mm <= high_mm)
    last = _Sheet(section, profile or Profile(), _SCALES[-1], left_m, right_m)
    return next(fitting, None) or last.drawing()


class _Sheet:
    """One drawing in the making: everything that depends on its scale."""

    def __init__(
        self,
        section: CrossSection,
        profile: Profile,
        scale: float,
        left_m: float,
        right_m: float,
    ) -> None:
        self._section, self._profile = section, profile
        self._dim = Dimensions(scale, _QUIET)
        margin_m = self._dim.m(_MARGIN_MM)
        self._left, self._right = left_m - margin_m, right_m + margin_m
        known = [dig.depth_m for dig in section.digs if dig.depth_m is not None]
        self._deepest = max([*known, *self._stand_ins()], default=_UNKNOWN_DEPTH_M)
        self._raised = self._raised_labels()
        self._head_mm = 42.0 + (_ROW_MM if self._raised else 0.0)

    def _raised_labels(self) -> frozenset[str]:
        """The lines whose names stand in the upper row, because the one before is too near."""
        raised: set[str] = set()
        for before, slot in itertools.pairwise(self._section.slots):
            near = slot.centre_m - before.centre_m < self._dim.m(_LABEL_MM)
            if near and before.route_id not in raised:
                raised.add(slot.route_id)
        return frozenset(raised)

    def _stand_ins(self) -> list[float]:
        return [_UNKNOWN_DEPTH_M for dig in self._section.digs if dig.depth_m is None]

    def drawing(self) -> Drawing:
        """All primitives on their sheet."""
        m = self._dim.m
        low = (self._left, -self._deepest - m(30.0))
        high = (self._right, m(self._head_mm))
        parts = [
            *self._title(),
            *itertools.chain.from_iterable(self._trench(dig) for dig in self._section.digs),
            *self._ground(),
            *self._limits(),
            *itertools.chain.from_iterable(self._line(slot) for slot in self._section.slots),
            *self._dimensions(),
        ]
        return Drawing(tuple(parts), self._dim.scale, low, high)

    def _title(self) -> Iterator[Primitive]:
        m, middle = self._dim.m, (self._left + self._right) / 2.0
        title, below = wording.section_title_words(self._section, self._dim.scale)
        yield Words(Layer.WORDS, (middle, m(self._head_mm - 5.0)), title, 5.0, _INK, bold=True)
        yield Words(Layer.WORDS, (middle, m(self._head_mm - 11.5)), below, 3.0, _QUIET)

    def _ground(self) -> Iterator[Primitive]:
        m = self._dim.m
        ends = ((self._left, 0.0), (self._right, 0.0))
        yield Stroke(Layer.GROUND, ends, _INK, Weight.HEAVY)
        at = (self._left + m(1.0), m(2.6))
        yield Words(
            Layer.GROUND, at, wording.ground_words(self._profile.ground_m), 2.5, _QUIET, Anchor.LEFT
        )
        for surface in self._profile.surfaces:
            from_m, to_m = max(surface.from_m, self._left), min(surface.to_m, self._right)
            words = wording.surface_words(surface)
            if to_m - from_m > m(12.0) and words:
                place = ((from_m + to_m) / 2.0, -m(2.2))
                yield Words(Layer.GROUND, place, words, 2.2, _EARTH)

    def _trench(self, dig: Dig) -> Iterator[Primitive]:
        outline = self._outline(dig)
        unknown = dig.depth_m is None
        yield Stroke(
            Layer.TRENCH, outline, _EARTH, Weight.NORMAL, fill=_SOIL, closed=True, dashed=unknown
        )
        m, from_m = self._dim.m, dig.left_m
        for to_m, depth_m in dig.floor:
            level_m = -(depth_m if depth_m is not None else _UNKNOWN_DEPTH_M)
            place = ((from_m + to_m) / 2.0, level_m - m(2.4))
            yield Words(
                Layer.TRENCH,
                place,
                wording.level_words(depth_m, self._profile.ground_m),
                2.5,
                _EARTH,
            )
            from_m = to_m

    def _outline(self, dig: Dig) -> tuple[Point, ...]:
        points: list[Point] = [(dig.left_m, 0.0)]
        from_m = dig.left_m
        for to_m, depth_m in dig.floor:
            level_m = -(depth_m if depth_m is not None else _UNKNOWN_DEPTH_M)
            points += [(from_m, level_m), (to_m, level_m)]
            from_m = to_m
        return (*points, (dig.right_m, 0.0))

    def _line(self, slot: Slot) -> Iterator[Primitive]:
        m = self._dim.m
        cover_m = slot.cover_m
        top_m = -(cover_m if cover_m is not None else _UNKNOWN_DEPTH_M - slot.outer_m - m(3.0))
        radius_m = slot.outer_m / 2.0
        centre = (slot.centre_m, top_m - radius_m)
        colour = UTILITY_COLOURS[slot.utility]
        yield Disc(Layer.PIPE, centre, radius_m, CASING, Weight.NORMAL, colour)
        name, outer = wording.line_label_words(slot)
        up = _ROW_MM if slot.route_id in self._raised else 0.0
        yield Words(Layer.WORDS, (slot.centre_m, m(19.5 + up)), name, 3.5, _INK, bold=True)
        yield Words(Layer.WORDS, (slot.centre_m, m(15.0 + up)), outer, 2.3, _QUIET)
        leader = ((slot.centre_m, m(12.8 + up)), (slot.centre_m, m(5.5)))
        yield Stroke(Layer.WORDS, leader, _QUIET, Weight.HAIR)
        patch = m(1.4)
        corners = (
            (slot.centre_m - patch, m(5.5)),
            (slot.centre_m + patch, m(5.5)),
            (slot.centre_m + patch, m(8.3)),
            (slot.centre_m - patch, m(8.3)),
        )
        yield Stroke(Layer.PIPE, corners, CASING, Weight.HAIR, closed=True, fill=colour)
        yield from self._dim.down(slot.centre_m, 0.0, top_m, wording.cover_words(slot))

    def _dimensions(self) -> Iterator[Primitive]:
        """Below the trench: clear gaps and outer widths, the trenches, all lines together."""
        m, slots = self._dim.m, self._section.slots
        level_m = -self._deepest - m(9.5)
        faces = [place for slot in slots for place in (slot.left_m, slot.right_m)]
        gaps = [
            wording.figure(other.left_m - one.right_m) for one, other in itertools.pairwise(slots)
        ]
        words = [word for pair in itertools.zip_longest([""] * len(slots), gaps, fillvalue="")
                 for word in pair]  # fmt: skip
        yield from self._dim.across(faces, level_m, words[: len(faces) - 1])
        level_m -= m(7.5)
        walls = [place for dig in self._section.digs for place in (dig.left_m, dig.right_m)]
        widths = [wording.figure(other - one) for one, other in itertools.pairwise(walls)]
        yield from self._dim.across(walls, level_m, widths)
        if len(slots) > 1:
            level_m -= m(7.5)
            ends = (slots[0].left_m, slots[-1].right_m)
            yield from self._dim.across(ends, level_m, [wording.figure(self._section.width_m)])

    def _limits(self) -> Iterator[Primitive]:
        """Red lines and kerbs: to scale on the sheet, or how far beyond it the nearest lies."""
        kinds = (
            (wording.RED_LINE_WORDS, self._profile.red_lines_m, 11.0),
            (wording.KERB_WORDS, self._profile.kerbs_m, 6.5),
        )
        for name, places_m, height_mm in kinds:
            inside = [one for one in places_m if self._left < one < self._right]
            for place_m in inside:
                yield from self._limit(name, place_m, height_mm)
            beyond = [one for one in places_m if one <= self._left]
            if beyond and not inside:
                away_m = self._section.digs[0].left_m - max(beyond)
                words = f"← {wording.distant_words(name, away_m)}"
                at = (self._left + self._dim.m(1.0), self._dim.m(height_mm))
                yield Words(Layer.LIMIT, at, words, 2.5, _RED, Anchor.LEFT)

    def _limit(self, name: str, place_m: float, height_mm: float) -> Iterator[Primitive]:
        m = self._dim.m
        ends = ((place_m, m(height_mm)), (place_m, -self._deepest))
        yield Stroke(Layer.LIMIT, ends, _RED, Weight.NORMAL, dashed=True)
        at = (place_m + m(1.0), m(height_mm))
        yield Words(Layer.LIMIT, at, name, 2.5, _RED, Anchor.LEFT)

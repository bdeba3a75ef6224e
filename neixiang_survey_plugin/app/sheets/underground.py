"""What profiles and sections share: the ruler, names above the ground, pipes cut across."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from neixiang_survey_plugin.app.colours import CASING, UTILITY_COLOURS
from neixiang_survey_plugin.app.drawings import MM_A_METRE, Anchor
from neixiang_survey_plugin.app.sheets.letters import Letters, fitted_mm
from neixiang_survey_plugin.app.sheets.scene import (
    HAIR_MM,
    INK,
    QUIET,
    THIN_MM,
    Line,
    Mark,
    Text,
    circle,
)
from neixiang_survey_plugin.app.sheets.spread import spread
from neixiang_survey_plugin.app.wording import sheets as words

STAND_IN_M = 1.0  # what is of unknown depth is drawn so deep, dashed
DASH = (1.6, 1.1)
UNKNOWN = "#9a2f1d"
_NAME_MM, _NAMES_APART_MM = 1.8, 6.0
_STEPS_M = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
_LEAST_STEP_MM = 7.0


@dataclass(frozen=True)
class Depths:
    """The levels of one drawing: the ground on paper, how far down it goes, its scale."""

    ground_mm: float
    deep_mm: float
    scale: float

    def mm(self, metres: float) -> float:
        """Metres as millimetres on paper."""
        return metres * MM_A_METRE / self.scale

    @property
    def bottom_mm(self) -> float:
        """The level at which the drawing ends."""
        return self.ground_mm + self.deep_mm

    def ruler(self, x_mm: float) -> Iterator[Mark]:
        """How deep below the ground, beside the drawing."""
        top = self.ground_mm
        yield Text((x_mm - 2.0, top - 3.4), words.GROUND, 1.9, anchor=Anchor.RIGHT)
        yield Line(((x_mm, top), (x_mm, self.bottom_mm)), INK, THIN_MM)
        fitting = (one for one in _STEPS_M if self.mm(one) >= _LEAST_STEP_MM)
        step_m = next(fitting, _STEPS_M[-1])
        for k in range(math.floor(self.deep_mm / self.mm(step_m)) + 1):
            y = top + self.mm(k * step_m)
            yield Line(((x_mm - 1.5, y), (x_mm, y)), INK, THIN_MM)
            level = words.level_words(k * step_m)
            yield Text((x_mm - 2.0, y), level, 1.8, anchor=Anchor.RIGHT)

    def cut_across(
        self, x_mm: float, utility: str | None, cover_m: float | None, high_m: float | None
    ) -> Iterator[Mark]:
        """A pipe cut across at its depth; a dashed line through all depths where it is unknown."""
        if cover_m is None:
            ends = ((x_mm, self.ground_mm), (x_mm, self.bottom_mm))
            yield Line(ends, UNKNOWN, THIN_MM, DASH)
            at = (x_mm, self.bottom_mm - 1.6)
            yield Text(at, words.UNKNOWN_MARK, 2.2, UNKNOWN, Anchor.CENTRE, masked=True)
            return
        radius_mm = max(self.mm(high_m or 0.0) / 2.0, 0.7)
        centre = x_mm, self.ground_mm + self.mm(cover_m) + radius_mm
        yield circle(centre, radius_mm, UTILITY_COLOURS.get(utility or "", QUIET), CASING)


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """Something with two lines of words above the ground."""

    x_mm: float
    name: str
    said: str


def names_above(
    named: Sequence[Named],
    foot_mm: float,
    room_mm: float,
    ends_mm: tuple[float, float],
    letters: Letters,
) -> Iterator[Mark]:
    """Upright words in order above their things, each with a leader, none over another."""
    ordered = sorted(named)
    places = spread([one.x_mm for one in ordered], _NAMES_APART_MM, *ends_mm)
    for one, place in zip(ordered, places, strict=True):
        leader = ((one.x_mm, foot_mm + 2.1), (place, foot_mm), (place, foot_mm - 1.5))
        yield Line(leader, QUIET, HAIR_MM)
        for k, text in enumerate((one.name, one.said)):
            size = fitted_mm(letters, text, _NAME_MM, room_mm)
            yield Text((place - 1.2 + 2.5 * k, foot_mm - 2.0), text, size, turned_deg=90.0)

"""A drawing as a list of lines, discs and words: one list for the screen, for paper and for CAD."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

Point = tuple[float, float]

MM_A_METRE = 1000.0


class Layer(Enum):
    """What a line or a word belongs to; CAD files keep them as layers."""

    GROUND = "地面"
    TRENCH = "沟槽"
    PIPE = "管线"
    DIMENSION = "尺寸"
    LIMIT = "红线路缘"
    WORDS = "文字"


class Weight(Enum):
    """How heavy a line is on paper, in millimetres."""

    HAIR = 0.13
    THIN = 0.18
    NORMAL = 0.35
    HEAVY = 0.6


class Anchor(Enum):
    """Which end of a text stands at its place."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points, or an area where it is closed; metres, the second upwards."""

    layer: Layer
    points: tuple[Point, ...]
    colour: str
    weight: Weight = Weight.NORMAL
    closed: bool = False
    fill: str | None = None
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle; metres."""

    layer: Layer
    centre: Point
    radius_m: float
    colour: str
    weight: Weight = Weight.NORMAL
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text, ``size_mm`` high on paper; ``at`` is the middle of its height."""

    layer: Layer
    at: Point
    text: str
    size_mm: float
    colour: str
    anchor: Anchor = Anchor.CENTRE
    upwards: bool = False
    bold: bool = False


Primitive = Stroke | Disc | Words


@dataclass(frozen=True)
class Drawing:
    """Primitives in the order in which they lie on each other, in metres of the real thing.

    ``scale`` is how many times smaller it is on paper (25 for 1:25), ``low`` and ``high`` the
    corners of the sheet.
    """

    primitives: tuple[Primitive, ...]
    scale: float
    low: Point
    high: Point

    @property
    def width_mm(self) -> float:
        """The width of the sheet on paper."""
        return (self.high[0] - self.low[0]) * MM_A_METRE / self.scale

    @property
    def height_mm(self) -> float:
        """The height of the sheet on paper."""
        return (self.high[1] - self.low[1]) * MM_A_METRE / self.scale


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Draws dimension lines for one scale."""

    scale: float
    colour: str
    size_mm: float = 2.5

    def m(self, paper_mm: float) -> float:
        """Millimetres on paper as metres of the real thing."""
        return paper_mm * self.scale / MM_A_METRE

    def across(
        self, places_m: Sequence[float], level_m: float, words: Sequence[str]
    ) -> Iterator[Primitive]:
        """A chain of dimensions between places along a level, with a tick at each."""
        if len(places_m) < 2:
            return
        yield self._line((places_m[0], level_m), (places_m[-1], level_m))
        for place_m in places_m:
            yield self._tick((place_m, level_m))
        middle = level_m + self.m(self.size_mm * 0.85)
        for number, text in enumerate(words):
            centre_m = (places_m[number] + places_m[number + 1]) / 2.0
            if text:
                yield self._words((centre_m, middle), text)

    def down(self, place_m: float, top_m: float, bottom_m: float, text: str) -> Iterator[Primitive]:
        """A dimension from one level to another."""
        yield self._line((place_m, top_m), (place_m, bottom_m))
        yield self._tick((place_m, top_m))
        yield self._tick((place_m, bottom_m))
        beside = place_m - self.m(self.size_mm * 0.85)
        yield self._words((beside, (top_m + bottom_m) / 2.0), text, upwards=True)

    def _line(self, one: Point, other: Point) -> Stroke:
        return Stroke(Layer.DIMENSION, (one, other), self.colour, Weight.HAIR)

    def _tick(self, at: Point) -> Stroke:
        half = self.m(1.0)
        ends = ((at[0] - half, at[1] - half), (at[0] + half, at[1] + half))
        return Stroke(Layer.DIMENSION, ends, self.colour, Weight.THIN)

    def _words(self, at: Point, text: str, upwards: bool = False) -> Words:
        return Words(Layer.DIMENSION, at, text, self.size_mm, self.colour, upwards=upwards)

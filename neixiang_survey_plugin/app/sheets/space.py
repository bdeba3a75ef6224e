"""Where on a sheet words may still stand: no two over each other, none over a line."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence

from neixiang_survey_plugin.app.drawings import Anchor
from neixiang_survey_plugin.app.sheets.frames import MapFrame
from neixiang_survey_plugin.app.sheets.letters import Letters, width_mm
from neixiang_survey_plugin.app.sheets.scene import INK, QUIET, THIN_MM, Line, Mark, Point, Text

Box = tuple[float, float, float, float]

_CELL_MM = 0.9
_HIGH = 1.35  # of a line of words, in its size
_AROUND = (0, 1, -1, 2, -2, 3, -3, 4)  # eighths of a turn from where a leader goes first
_NEAR_MM = (2.4, 4.0, 7.0, 10.0, 14.0, 18.0, 23.0, 29.0, 36.0)
_BESIDE = (0.5, 0.35, 0.65, 0.2, 0.8)


class Space:
    """The places of one map that are taken; what is put down takes its own."""

    def __init__(self, frame: MapFrame, letters: Letters) -> None:
        self.frame, self.letters = frame, letters
        self._taken: set[tuple[int, int]] = set()

    def take(self, boxes: Iterable[Box]) -> None:
        """Keep boxes free of words."""
        for box in boxes:
            self._taken.update(_cells(box))

    def take_line(self, points: Sequence[Point], half_mm: float) -> None:
        """Keep a line free of words."""
        for one, other in itertools.pairwise(points):
            steps = max(math.ceil(math.dist(one, other) / _CELL_MM), 1)
            for k in range(steps + 1):
                x = one[0] + (other[0] - one[0]) * k / steps
                y = one[1] + (other[1] - one[1]) * k / steps
                self._taken.update(_cells((x - half_mm, y - half_mm, x + half_mm, y + half_mm)))

    def put(self, text: Text) -> bool:
        """Whether there was room for words; then it is taken."""
        boxes = self._boxes(text)
        if not all(self._inside(box) for box in boxes):
            return False
        cells = {cell for box in boxes for cell in _cells(box)}
        if not self._taken.isdisjoint(cells):
            return False
        self._taken |= cells
        return True

    def beside(
        self, one: Point, other: Point, text: str, size_mm: float, colour: str = INK
    ) -> Text | None:
        """Words along a stretch, on the side and at the place where there is room."""
        turned = _readable_deg(one, other)
        across = math.radians(turned + 90.0)
        for away in (size_mm * 1.15, size_mm * 2.3):
            for share in _BESIDE:
                at = one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
                for side in (1.0, -1.0):
                    place = (
                        at[0] + side * away * math.cos(across),
                        at[1] - side * away * math.sin(across),
                    )
                    words = Text(place, text, size_mm, colour, Anchor.CENTRE, turned, masked=True)
                    if self.put(words):
                        return words
        return None

    def upon(
        self,
        one: Point,
        other: Point,
        text: str,
        size_mm: float,
        colour: str = INK,
        masked: bool = False,
    ) -> Text | None:
        """Words upon a stretch, at the place where there is room."""
        turned = _readable_deg(one, other)
        for share in _BESIDE:
            at = one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share
            words = Text(at, text, size_mm, colour, Anchor.CENTRE, turned, masked=masked)
            if self.put(words):
                return words
        return None

    def about(
        self, at: Point, lines: Sequence[str], size_mm: float, colour: str = INK, first: int = 1
    ) -> Iterator[Mark]:
        """Words near a place, with a leader where they stand away from it; nothing without room.

        ``first`` is the eighth of a turn, against the clock from the east, that is tried first.
        """
        wide_mm = max(width_mm(self.letters, line, size_mm) for line in lines)
        for away_mm in _NEAR_MM:
            for eighth in _AROUND:
                turn = math.radians(45.0 * (first + eighth))
                corner = at[0] + away_mm * math.cos(turn), at[1] - away_mm * math.sin(turn)
                texts = _block(corner, lines, size_mm, wide_mm, math.cos(turn))
                if self._put_all(texts):
                    if away_mm > _NEAR_MM[1]:
                        yield Line((at, corner), QUIET, THIN_MM)
                        self.take_line((at, corner), 0.1)
                    yield from (Text(*_parts(text), masked=True, colour=colour) for text in texts)
                    return

    def _put_all(self, texts: Sequence[Text]) -> bool:
        boxes = [box for text in texts for box in self._boxes(text)]
        cells = {cell for box in boxes for cell in _cells(box)}
        if not all(self._inside(box) for box in boxes) or not self._taken.isdisjoint(cells):
            return False
        self._taken |= cells
        return True

    def _inside(self, box: Box) -> bool:
        return self.frame.holds(box[0], box[1], 0.8) and self.frame.holds(box[2], box[3], 0.8)

    def _boxes(self, text: Text) -> list[Box]:
        """What words cover: squares along them where they are turned."""
        wide, half = width_mm(self.letters, text.text, text.size_mm), text.size_mm * _HIGH / 2.0
        shift = {Anchor.LEFT: wide / 2.0, Anchor.CENTRE: 0.0, Anchor.RIGHT: -wide / 2.0}
        turn = math.radians(text.turned_deg)
        along = math.cos(turn), -math.sin(turn)
        middle = tuple(text.at[k] + along[k] * shift[text.anchor] for k in (0, 1))
        if text.turned_deg == 0.0:
            x, y = middle
            return [(x - wide / 2.0, y - half, x + wide / 2.0, y + half)]
        count = max(math.ceil(wide / (2.0 * half)), 1)
        places = [(k + 0.5) / count * wide - wide / 2.0 for k in range(count)]
        at = [(middle[0] + along[0] * one, middle[1] + along[1] * one) for one in places]
        return [(x - half, y - half, x + half, y + half) for x, y in at]


def _parts(text: Text) -> tuple[Point, str, float]:
    return text.at, text.text, text.size_mm


def _block(
    corner: Point, lines: Sequence[str], size_mm: float, wide_mm: float, side: float
) -> list[Text]:
    """Lines of words about a corner: to its right, to its left, or centred."""
    left = corner[0] - (0.0 if side > 0.3 else wide_mm if side < -0.3 else wide_mm / 2.0)
    high = size_mm * _HIGH
    top = corner[1] - high * (len(lines) - 1) / 2.0
    return [Text((left, top + k * high), line, size_mm) for k, line in enumerate(lines)]


def _readable_deg(one: Point, other: Point) -> float:
    """The course of a stretch as words along it are turned: never head over heels."""
    turned = math.degrees(math.atan2(one[1] - other[1], other[0] - one[0]))
    if turned > 90.0:
        turned -= 180.0
    elif turned <= -90.0:
        turned += 180.0
    return turned


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (math.floor(edge / _CELL_MM) for edge in box)
    for column in range(left, right + 1):
        yield from ((column, row) for row in range(top, bottom + 1))

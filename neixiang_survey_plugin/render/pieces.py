"""The pieces that an overlay is drawn of: where two differ, and so what is painted again."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import pairwise
from typing import Any

from neixiang_survey_plugin.app.map_host import Mark
from neixiang_survey_plugin.qt import QtCore
from neixiang_survey_plugin.render.long_lines import MANY, Pixels, alike
from neixiang_survey_plugin.render.marks import REACH, WORDS, Placed
from neixiang_survey_plugin.render.view import View
from neixiang_survey_plugin.render.words import plate

# A name for what is drawn, and where.
Piece = tuple[Hashable, Any]


def pieces_of(placed: Placed, view: View, look: Hashable, shape: bytes) -> list[Piece]:
    """The pieces that an overlay is drawn of, each by a name of its own and where it is drawn.

    Where overlays have the same pieces in the same order they look the same: ``look`` is all that
    they say but their ``shape``. A line that is drawn and its vertices fall into their segments
    and points, all else is one piece, and so is a long line until it is held against another.
    """
    mark, more = placed.overlay.mark, REACH * view.point_px
    if placed.overlay.label or placed.course is not None:
        return [((look, shape), placed.area)]
    if mark is Mark.DRAFT and placed.dimension == 1 and placed.points is None:
        ends = [pair for line in placed.lines for pair in pairwise(_places(line))]
    elif mark is Mark.VERTEX and placed.dimension == 0:
        ends = [(place, place) for place in _places(placed.points)]
    else:
        return [((look, shape), placed.area)]
    return [((look, pair), _around(*pair, more)) for pair in ends]


def pieces_beside(
    placed: Placed, other: Placed, view: View, look: Hashable
) -> tuple[list[Piece], list[Piece]]:
    """The pieces of two long lines, or of many points, that both say ``look``: where they differ.

    What they have in common at their beginnings and ends is one piece of both.
    """
    one, two = placed.course, other.course
    assert one is not None
    assert two is not None
    head, tail = alike(one, two)
    common = ((look, "alike"), placed.area | other.area)
    # of a line with the vertices that those which differ hang on
    hung = placed.dimension
    first, beyond = max(head - hung, 0), max(tail - hung, 0)
    mine, theirs = (
        [common, *_parts_of(course[first : len(course) - beyond], hung, view, look), *words]
        for course, words in ((one, _words_of(placed, view)), (two, _words_of(other, view)))
    )
    return mine, theirs


def _words_of(placed: Placed, view: View) -> list[Piece]:
    """The plate with an overlay's words, as a piece."""
    if placed.words_px is None:
        return []
    label = placed.overlay.label
    area = plate(label, placed.words_px, round(WORDS * view.point_px)).adjusted(-2, -2, 2, 2)
    return [((label, placed.words_px), area)]


def _parts_of(part: Pixels, dimension: int, view: View, look: Hashable) -> Iterable[Piece]:
    """The segments or points of a part of a line; of very many the box around all."""
    if len(part) <= dimension:
        return []
    more = REACH * view.point_px
    if len(part) > MANY:
        low, high = part.min(axis=0).tolist(), part.max(axis=0).tolist()
        return [((look, part.tobytes()), _around(low, high, more))]
    places = [(x, y) for x, y in part.tolist()]
    ends = pairwise(places) if dimension else zip(places, places, strict=True)
    return [((look, pair), _around(*pair, more)) for pair in ends]


def _places(run: Any) -> list[tuple[float, float]]:
    return [(point.x(), point.y()) for point in run]


def _around(one: tuple[float, float], other: tuple[float, float], more: float) -> Any:
    (x, y), (a, b) = one, other
    return QtCore.QRectF(
        QtCore.QPointF(min(x, a) - more, min(y, b) - more),
        QtCore.QPointF(max(x, a) + more, max(y, b) + more),
    )

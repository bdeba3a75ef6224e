"""What is shown by name above the map, and where the map looks different when that changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import chain
from operator import attrgetter
from typing import Any

import numpy as np
import shapely

from neixiang_survey_plugin.app.map_host import Overlay
from neixiang_survey_plugin.qt import QtCore, QtGui
from neixiang_survey_plugin.render.marks import Placed, place
from neixiang_survey_plugin.render.pieces import Piece, pieces_beside, pieces_of
from neixiang_survey_plugin.render.view import View

_MOST_PIECES = 1_000
_Key = tuple[tuple[object, ...], bytes]
_LOOK = attrgetter(*(one.name for one in fields(Overlay) if one.name != "geometry"))


@dataclass(frozen=True, eq=False)
class _Shown:
    """An overlay, where on the widget it is drawn, and the pieces that it is drawn of."""

    key: _Key
    placed: Placed
    area: Any
    pieces: list[Piece]
    is_long: bool  # a line of many vertices, or many points


class ShownOverlays(Mapping[str, tuple[Overlay, ...]]):
    """The overlays of every name, the first shown first, as they lie in a view.

    While a line is drawn most of what is shown stays as it is from move to move: it is neither
    placed nor painted again, 2.0 of the 5.3 ms of a move over 13 crossings.
    """

    def __init__(self) -> None:
        self._by_name: dict[str, list[_Shown]] = {}

    def __getitem__(self, name: str) -> tuple[Overlay, ...]:
        """What is shown under a name."""
        return tuple([one.placed.overlay for one in self._by_name[name]])

    def __iter__(self) -> Iterator[str]:
        """The names under which something is shown."""
        return iter(self._by_name)

    def __len__(self) -> int:
        """How many names."""
        return len(self._by_name)

    def show(self, name: str, overlays: Sequence[Overlay], view: View) -> Any:
        """Show these under a name: the pixels of the widget that look different now."""
        before = self._by_name.get(name, [])
        known = {one.key: one for one in before}
        now = [
            known.get(key) or _shown(key, overlay, view)
            for key, overlay in zip(_keys(overlays), overlays, strict=True)
        ]
        if now:
            self._by_name[name] = now
        else:
            self._by_name.pop(name, None)
        return _differing(before, now, view)

    def look_at(self, view: View) -> None:
        """See all of them in another view."""
        for shown in self._by_name.values():
            shown[:] = [_shown(one.key, one.placed.overlay, view) for one in shown]

    def within(self, region: Any, point_px: float) -> list[Placed]:
        """What is drawn in some part of the widget; a point has so many pixels of the device."""
        every = chain.from_iterable(self._by_name.values())
        near = [one.placed for one in every if region.intersects(one.area)]
        left, top, width, height = (edge * point_px for edge in region.boundingRect().getRect())
        box = QtCore.QRectF(left, top, width, height)
        return [one if one.course is None else one.seen(box, point_px) for one in near]


def _keys(overlays: Sequence[Overlay]) -> list[_Key]:
    """What two overlays have in common that look the same: all that they say, and their shape."""
    shapes = shapely.to_wkb(np.array([one.geometry for one in overlays], dtype=np.object_))
    return list(zip(map(_LOOK, overlays), shapes.tolist(), strict=True))


def _shown(key: _Key, overlay: Overlay, view: View) -> _Shown:
    placed = place(overlay, view)
    area, pieces = _on_widget(placed.area, view), pieces_of(placed, view, *key)
    return _Shown(key, placed, area, pieces, placed.course is not None)


def _differing(before: Sequence[_Shown], now: Sequence[_Shown], view: View) -> Any:
    """Where a piece came or went; all of them where those that stay changed their order.

    Of very many pieces a box: to compare and to unite that many takes long.
    """
    old, new = _pieces(before, now, view)
    if len(old) + len(new) > _MOST_PIECES:
        return _box_of_differing(before, now)
    differ = {name for name, _ in old} ^ {name for name, _ in new}
    stay, left = ([name for name, _ in own if name not in differ] for own in (old, new))
    region = QtGui.QRegion()
    for name, area in (*old, *new):
        if name in differ or stay != left:
            region |= QtGui.QRegion(_on_widget(area, view))
    return region


def _pieces(
    before: Sequence[_Shown], now: Sequence[_Shown], view: View
) -> tuple[list[Piece], list[Piece]]:
    """The pieces of what was and is shown; of a long line that goes on, where the two differ.

    While a line of 5,000 vertices was drawn, all of it was painted at each move: 80 ms.
    """
    goes_on: dict[int, list[Piece]] = {}
    waiting = {one.key[0]: one for one in before if one.is_long}
    for one in now if waiting else ():
        was = waiting.pop(one.key[0], None) if one.is_long else None
        if was is not None and was is not one:
            pieces = pieces_beside(was.placed, one.placed, view, one.key[0])
            goes_on[id(was)], goes_on[id(one)] = pieces
    old, new = (
        [piece for one in shown for piece in goes_on.get(id(one), one.pieces)]
        if goes_on
        else [piece for one in shown for piece in one.pieces]
        for shown in (before, now)
    )
    return old, new


def _box_of_differing(before: Sequence[_Shown], now: Sequence[_Shown]) -> Any:
    """A box around all that came or went, or around all where what stays changed its order."""
    old, new = ({id(one): one for one in shown} for shown in (before, now))
    stay, left = [one for one in old if one in new], [one for one in new if one in old]
    box = QtCore.QRect()
    for key, one in (*old.items(), *new.items()):
        if stay != left or not (key in old and key in new):
            box |= one.area
    return QtGui.QRegion(box)


def _on_widget(area_px: Any, view: View) -> Any:
    """Pixels of the device as pixels of the widget, rounded outwards."""
    ratio = view.point_px
    left, top, right, bottom = (edge / ratio for edge in area_px.getCoords())
    return QtCore.QRectF(QtCore.QPointF(left, top), QtCore.QPointF(right, bottom)).toAlignedRect()

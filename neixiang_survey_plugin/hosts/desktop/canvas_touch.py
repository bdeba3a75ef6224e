"""Fingers on the map: one draws or pushes, two push and zoom."""

from __future__ import annotations

import math
from typing import Any

from neixiang_survey_plugin.app.map_host import Pointer, PointerTool
from neixiang_survey_plugin.qt import QtCore

_STILL_PX = 10.0  # points of 1/96 inch that a resting finger may wander
_TWICE_MS = 400
Place = tuple[float, float]


class Fingers:
    """Reads touch events for the gestures of a map widget.

    A finger is a press of the tool only once it has moved or has gone: before that it may be the
    first of two that zoom.
    """

    def __init__(self, widget: Any, gestures: Any) -> None:
        self._widget, self._gestures = widget, gestures
        self._last: list[Place] = []
        self._begun: Place | None = None  # where a single finger went down
        self._pressed = False
        self._tapped: tuple[Place, int] = ((math.inf, math.inf), -_TWICE_MS)
        widget.setAttribute(QtCore.Qt.WidgetAttribute.WA_AcceptTouchEvents)

    def take(self, event: Any) -> bool:
        """A touch event, always ours."""
        places = [self._pixel(point) for point in _points(event)]
        if event.type() == QtCore.QEvent.Type.TouchEnd:
            self._end(event)
        elif event.type() == QtCore.QEvent.Type.TouchCancel:
            self._last, self._begun = [], None
        elif len(places) == 1:
            self._one(places[0])
        elif len(places) >= 2:
            self._two(places[:2])
        event.accept()
        return True

    def _one(self, place: Place) -> None:
        tool = self._tool()
        if not self._last:
            self._begun, self._pressed = place, False
        elif tool is None and len(self._last) == 1:
            self._push(self._last[0], place)
        elif tool is not None and self._begun is not None:
            if not self._pressed and math.dist(self._begun, place) > self._still_px():
                self._pressed = True
                tool.press(self._pointer(self._begun))
            if self._pressed:
                tool.move(self._pointer(place))
        self._last = [place]

    def _two(self, places: list[Place]) -> None:
        self._begun = None
        if len(self._last) == 2:
            before, now = _middle(self._last), _middle(places)
            self._push(before, now)
            apart = math.dist(*self._last)
            if apart > 0:
                factor = math.dist(*places) / apart
                self._widget.look_at(self._widget.view.zoomed(factor, *now))
        self._last = places

    def _end(self, event: Any) -> None:
        tool, begun = self._tool(), self._begun
        if tool is not None and begun is not None and self._last:
            if self._pressed:
                tool.release(self._pointer(self._last[0]))
            else:
                self._tap(tool, begun, int(event.timestamp()))
        self._last, self._begun = [], None

    def _tap(self, tool: PointerTool, place: Place, at_ms: int) -> None:
        """A finger that came and went is a click, twice in a place the finish."""
        before, before_ms = self._tapped
        near = math.dist(before, place) < 3 * self._still_px()
        if near and 0 <= at_ms - before_ms < _TWICE_MS:
            self._tapped = ((math.inf, math.inf), -_TWICE_MS)
            tool.finish()
            return
        self._tapped = (place, at_ms)
        tool.press(self._pointer(place))
        tool.release(self._pointer(place))

    def _push(self, before: Place, now: Place) -> None:
        self._widget.look_at(self._widget.view.moved(now[0] - before[0], now[1] - before[1]))

    def _tool(self) -> PointerTool | None:
        tool: PointerTool | None = self._gestures.tool
        return tool

    def _pointer(self, place: Place) -> Pointer:
        pointer: Pointer = self._gestures.pointer_at(place, QtCore.Qt.KeyboardModifier.NoModifier)
        return pointer

    def _still_px(self) -> float:
        return float(_STILL_PX * self._widget.view.point_px)

    def _pixel(self, point: Any) -> Place:
        at = point.position() if hasattr(point, "position") else point.pos()
        ratio = self._widget.view.point_px
        return at.x() * ratio, at.y() * ratio


def _points(event: Any) -> Any:
    """The fingers: Qt 6 has another name for them."""
    return event.points() if hasattr(event, "points") else event.touchPoints()


def _middle(places: list[Place]) -> Place:
    (x, y), (right, down) = places
    return (x + right) / 2, (y + down) / 2

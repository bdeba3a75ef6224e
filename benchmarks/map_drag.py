"""A drag of the pointer over a large county, from the event to the painted frame. Prints JSON."""

from __future__ import annotations

import json
import sys
import time
from datetime import date

import numpy as np
import shapely
from shapely import LineString, MultiPoint

from benchmarks.map_views import HEIGHT_PX, WIDTH_PX, town
from neixiang_survey_plugin.app.checking import Checker, LiveCheck
from neixiang_survey_plugin.app.drawing.readout import measured_overlays
from neixiang_survey_plugin.app.map_host import Mark, Overlay, Pointer
from neixiang_survey_plugin.app.map_layers import map_layers
from neixiang_survey_plugin.core.county import County
from neixiang_survey_plugin.core.routes import Route
from neixiang_survey_plugin.hosts.desktop.canvas import Canvas
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.ui.ending import ENDING

MOVES = 200
ON = date(2026, 11, 22)
_LEFT, _NO_BUTTON = QtCore.Qt.MouseButton.LeftButton, QtCore.Qt.MouseButton.NoButton
_MIDDLE = QtCore.Qt.MouseButton.MiddleButton


class Drag:
    """Draws a line whose last vertex follows the pointer; measures it or not."""

    def __init__(self, canvas: Canvas, live: LiveCheck | None, corners: np.ndarray) -> None:
        self._canvas, self._live, self._corners = canvas, live, corners

    def move(self, pointer: Pointer) -> None:
        """The line again, and as in the window its crossings and green, each with its figure."""
        line = LineString(np.concatenate([self._corners, [pointer.at]]))
        overlays = [
            Overlay(Mark.DRAFT, line, utility="water"),
            Overlay(Mark.VERTEX, MultiPoint(shapely.get_coordinates(line))),
        ]
        if self._live is not None:
            (result, *_) = self._live.put(
                Route("drawn", "water", line, applicant_kind="company", unit="water")
            )
            overlays += measured_overlays(result)
        self._canvas.show_overlay("draft", overlays)

    def press(self, pointer: Pointer) -> None:
        """Nothing: the drag is under way."""

    release = press

    def finish(self) -> None:
        """Nothing."""

    back = cancel = finish


def recorded_moves() -> np.ndarray:
    """Pixels of a hand that wanders over the map: 200 moves of one to some ten pixels each."""
    random = np.random.default_rng(5)
    pull = np.cumsum(random.normal(0.0, 1.2, (MOVES, 2)), axis=0)
    path = np.cumsum(random.normal(0.0, 2.0, (MOVES, 2)) + 0.15 * pull, axis=0)
    low, high = np.array([150.0, 120.0]), np.array([WIDTH_PX - 150.0, HEIGHT_PX - 120.0])
    span = high - low
    pixels = np.round(low + np.abs((path + span / 2) % (2 * span) - span))
    still = np.concatenate([[False], (pixels[1:] == pixels[:-1]).all(axis=1)])
    pixels[:, 0] += np.cumsum(still) % 2  # a mouse that does not move says nothing
    return pixels


def timed_ms(canvas: Canvas, button: object) -> list[tuple[float, float]]:
    """Each move of the pointer: milliseconds from the event to the frame that shows it.

    On the clock, and of the processor in the window's thread: on a machine with other work the
    first says more about the others.
    """
    frames: list[tuple[float, float]] = []
    canvas.widget.painted.connect(lambda: frames.append(now()))
    times = []
    for x, y in recorded_moves():
        at = QtCore.QPointF(x, y)
        kind = QtCore.QEvent.Type.MouseMove
        none = QtCore.Qt.KeyboardModifier.NoModifier
        event = QtGui.QMouseEvent(kind, at, at, _NO_BUTTON, button, none)
        seen = len(frames)
        begin = now()
        QtCore.QCoreApplication.sendEvent(canvas.widget, event)
        while len(frames) == seen:
            QtCore.QCoreApplication.processEvents()
            if time.perf_counter() - begin[0] > 5.0:
                raise RuntimeError("no frame came of a move")
        times.append(
            tuple((end - start) * 1e3 for end, start in zip(frames[-1], begin, strict=True))
        )
        pause_until = time.perf_counter() + 0.004  # a mouse speaks 125 times a second or so
        while time.perf_counter() < pause_until:
            QtCore.QCoreApplication.processEvents()
    return times


def now() -> tuple[float, float]:
    """The clock, and the processor time of this thread, in seconds."""
    return time.perf_counter(), time.thread_time()


def settle(canvas: Canvas) -> None:
    """Wait until every tile is painted."""
    widget = canvas.widget
    while not widget.picture.is_done(widget.view):
        QtCore.QCoreApplication.processEvents()
        time.sleep(0.002)


def drags(canvas: Canvas, county: County, pixel_m: float) -> dict[str, list[tuple[float, float]]]:
    """Drawing, drawing with measuring, the same while tiles are painted, pushing the map."""
    west, south, east, north = canvas.widget.picture.extent or (0.0, 0.0, 0.0, 0.0)
    e_m, n_m = (west + east) / 2, (south + north) / 2
    half_m = pixel_m * WIDTH_PX / 2
    canvas.zoom_to(shapely.box(e_m - half_m, n_m - half_m, e_m + half_m, n_m + half_m), 0.0)
    settle(canvas)
    live = LiveCheck(Checker(county), [], ON)
    corners = np.array([[e_m, n_m]]) + np.random.default_rng(3).normal(0, 60, (11, 2))
    times = {}
    canvas.use_tool(Drag(canvas, None, corners))
    times["drawing"] = timed_ms(canvas, _LEFT)
    canvas.use_tool(Drag(canvas, live, corners))
    times["drawing, measured and judged"] = timed_ms(canvas, _LEFT)
    canvas.hide_layers({"buildings"})  # every tile is painted again
    times["the same while tiles are painted"] = timed_ms(canvas, _LEFT)
    canvas.use_tool(None)
    settle(canvas)
    press = QtCore.QEvent.Type.MouseButtonPress
    at, none = QtCore.QPointF(*(recorded_moves()[0] - 5)), QtCore.Qt.KeyboardModifier.NoModifier
    event = QtGui.QMouseEvent(press, at, at, _MIDDLE, _MIDDLE, none)
    QtCore.QCoreApplication.sendEvent(canvas.widget, event)
    times["pushing the map"] = timed_ms(canvas, _MIDDLE)
    return times


def main() -> None:
    """Argument: features a layer."""
    application = QtWidgets.QApplication(["bench"])
    county = town(int(sys.argv[1]))
    canvas = Canvas()
    canvas.widget.resize(WIDTH_PX, HEIGHT_PX)
    canvas.widget.show()
    canvas.show_layers(map_layers(county.layers))
    print(json.dumps(drags(canvas, county, 0.25)))
    canvas.close()
    ENDING.wait()
    del application


if __name__ == "__main__":
    main()

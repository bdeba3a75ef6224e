"""The desktop's canvas on a screen that nobody sees, and a hand for its mouse and keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from neixiang_survey_plugin.hosts.desktop.canvas import Canvas
from neixiang_survey_plugin.qt import QtCore, QtGui

_BUTTON = QtCore.Qt.MouseButton.LeftButton
_NONE = QtCore.Qt.KeyboardModifier.NoModifier


class CanvasStage:
    """A canvas of 600 x 400 pixels, 1 m each, with its middle at a place."""

    def __init__(self, qtbot: Any, middle: tuple[float, float] = (0.0, 0.0)) -> None:
        self.bot = qtbot
        self.host = Canvas()
        self.widget = self.host.widget
        self.widget.resize(600, 400)
        qtbot.addWidget(self.widget, before_close_func=lambda _: self.host.close())
        self.widget.show()
        qtbot.waitExposed(self.widget)
        self.widget.setFocus()
        self.widget.look_at(replace(self.widget.view, e_m=middle[0], n_m=middle[1]))

    def at(self, e_m: float, n_m: float) -> Any:
        """The pixel of the widget that shows a place."""
        x, y = self.widget.view.to_pixel(e_m, n_m)
        return QtCore.QPoint(round(x), round(y))

    def press(self, e_m: float, n_m: float, *, shift: bool = False, ctrl: bool = False) -> None:
        keys = QtCore.Qt.KeyboardModifier
        held = keys.ShiftModifier if shift else keys.ControlModifier if ctrl else _NONE
        self.bot.mousePress(self.widget, _BUTTON, held, self.at(e_m, n_m))

    def move(self, e_m: float, n_m: float) -> None:
        self.move_to(self.at(e_m, n_m))

    def move_to(self, pixel: Any) -> None:
        """The pointer goes to a pixel of the widget."""
        at = QtCore.QPointF(pixel)
        event = QtGui.QMouseEvent(
            QtCore.QEvent.Type.MouseMove,
            at,
            QtCore.QPointF(self.widget.mapToGlobal(at.toPoint())),
            QtCore.Qt.MouseButton.NoButton,
            QtCore.Qt.MouseButton.NoButton,
            _NONE,
        )
        QtCore.QCoreApplication.sendEvent(self.widget, event)

    def release(self, e_m: float, n_m: float) -> None:
        self.bot.mouseRelease(self.widget, _BUTTON, _NONE, self.at(e_m, n_m))

    def double_click(self, e_m: float, n_m: float) -> None:
        self.bot.mouseClick(self.widget, _BUTTON, _NONE, self.at(e_m, n_m))
        self.bot.mouseDClick(self.widget, _BUTTON, _NONE, self.at(e_m, n_m))
        self.release(e_m, n_m)

    def right_click(self, e_m: float, n_m: float) -> None:
        right = QtCore.Qt.MouseButton.RightButton
        self.bot.mouseClick(self.widget, right, _NONE, self.at(e_m, n_m))

    def key(self, name: str) -> None:
        self.bot.keyClick(self.widget, getattr(QtCore.Qt.Key, f"Key_{name}"))

    def pixel_m(self) -> float:
        return float(self.widget.view.pixel_m)

    def shown(self) -> tuple[float, float, float, float]:
        return tuple(self.widget.view.box)

    def picture(self) -> bytes:
        image = self.image()
        return bytes(image.constBits().asstring(image.sizeInBytes()))

    def image(self) -> Any:
        """What the widget shows now."""
        return self.widget.grab().toImage().convertToFormat(QtGui.QImage.Format.Format_RGB32)

    def colour_at(self, e_m: float, n_m: float) -> str:
        """The colour of the pixel at a place."""
        return str(self.image().pixelColor(self.at(e_m, n_m)).name())

    def sentence(self) -> str:
        return self.widget.notice.sentence if self.widget.notice.isVisible() else ""

    def wait_for(self, true: Callable[[], bool]) -> None:
        self.bot.waitUntil(true, timeout=10_000)

    def settle(self) -> None:
        """Wait until every tile in view is painted."""
        self.widget.grab()
        self.wait_for(lambda: self.widget.picture.is_done(self.widget.view))

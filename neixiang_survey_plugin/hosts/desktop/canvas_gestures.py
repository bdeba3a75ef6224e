"""From mouse, wheel and keys to moving the map and to the tool that follows the pointer."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any

from neixiang_survey_plugin.app.map_host import Pointer, PointerTool
from neixiang_survey_plugin.hosts.desktop.canvas_touch import Fingers
from neixiang_survey_plugin.qt import QtCore

Snapper = Callable[[Pointer], Pointer]

_STEP = 2.0**0.5  # a notch of the wheel, a press of + or -
_NOTCH = 120.0
_PUSH_SHARE = 0.125  # of the widget's side, a press of an arrow key

_Type = QtCore.QEvent.Type
_Key = QtCore.Qt.Key
_Button = QtCore.Qt.MouseButton


class Mode(Enum):
    """What the pointer does now."""

    TOOL = "tool"  # each event goes to the tool
    READY = "ready"  # Space is held, or there is no tool: the main button will push the map
    PUSHING = "pushing"


_CURSORS = {
    Mode.TOOL: QtCore.Qt.CursorShape.CrossCursor,
    Mode.READY: QtCore.Qt.CursorShape.OpenHandCursor,
    Mode.PUSHING: QtCore.Qt.CursorShape.ClosedHandCursor,
}


class Gestures(QtCore.QObject):
    """Reads a map widget's events. The widget has ``view``, ``look_at`` and ``pointer_moved``."""

    def __init__(self, widget: Any) -> None:
        super().__init__(widget)
        self._widget = widget
        self._tool: PointerTool | None = None
        self._space = False
        self._held: Any = None  # the button that pushes the map
        self._last_px = (0.0, 0.0)
        self._finished = False  # by the double-click whose release is still to come
        self.snapper: Snapper | None = None
        self._enter(Mode.READY)
        fingers = Fingers(widget, self)
        self._by_type = {
            _Type.MouseButtonPress: self._press,
            _Type.MouseButtonDblClick: self._double_click,
            _Type.MouseMove: self._move,
            _Type.MouseButtonRelease: self._release,
            _Type.Wheel: self._wheel,
            _Type.KeyPress: self._key,
            _Type.KeyRelease: self._key_up,
            _Type.FocusOut: self._lose_focus,
            _Type.Leave: self._leave,
            _Type.TouchBegin: fingers.take,
            _Type.TouchUpdate: fingers.take,
            _Type.TouchEnd: fingers.take,
            _Type.TouchCancel: fingers.take,
        }
        widget.installEventFilter(self)

    def use_tool(self, tool: PointerTool | None) -> None:
        """Hand the pointer to this tool; the one before hears of it by ``cancel``."""
        before, self._tool = self._tool, tool
        if before is not None and before is not tool:
            before.cancel()
        self._enter(self._resting())

    @property
    def tool(self) -> PointerTool | None:
        """What the main button goes to now; None where it pushes the map."""
        return None if self._mode is Mode.READY else self._tool

    def pointer_at(self, place_px: tuple[float, float], modifiers: Any) -> Pointer:
        """The pointer at a pixel of the device, after snapping."""
        view, keys = self._widget.view, QtCore.Qt.KeyboardModifier
        e_m, n_m = view.to_grid(*place_px)
        pointer = Pointer(
            e_m,
            n_m,
            pixel_m=view.pixel_m * view.point_px,
            constrained=bool(modifiers & keys.ShiftModifier),
            added=bool(modifiers & keys.ControlModifier),
        )
        return pointer if self.snapper is None else self.snapper(pointer)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Whether the event was one of ours; the widget does not get it then."""
        handler = self._by_type.get(event.type())
        return handler is not None and bool(handler(event))

    def _enter(self, mode: Mode) -> None:
        self._mode = mode
        self._widget.setCursor(_CURSORS[mode])

    def _resting(self) -> Mode:
        return Mode.READY if self._space or self._tool is None else Mode.TOOL

    def _press(self, event: Any) -> bool:
        self._finished = False
        self._widget.setFocus(QtCore.Qt.FocusReason.MouseFocusReason)
        main = event.button() == _Button.LeftButton
        if event.button() == _Button.MiddleButton or (main and self._mode is Mode.READY):
            self._held, self._last_px = event.button(), self._pixel(event)
            self._enter(Mode.PUSHING)
        elif main and self._tool is not None and self._mode is Mode.TOOL:
            self._tool.press(self._pointer(event))
        elif event.button() == _Button.RightButton and self._tool is not None:
            self._tool.finish()
        return True

    def _double_click(self, event: Any) -> bool:
        if self._mode is not Mode.TOOL or event.button() != _Button.LeftButton:
            return self._press(event)
        self._finished = True
        if self._tool is not None:
            self._tool.finish()
        return True

    def _move(self, event: Any) -> bool:
        if self._mode is Mode.PUSHING:
            x_px, y_px = self._pixel(event)
            moved = self._widget.view.moved(x_px - self._last_px[0], y_px - self._last_px[1])
            self._last_px = x_px, y_px
            self._widget.look_at(moved)
        pointer = self._pointer(event)
        if self._tool is not None and self._mode is Mode.TOOL:
            self._tool.move(pointer)
        self._widget.pointer_moved.emit(pointer.e_m, pointer.n_m)
        return True

    def _release(self, event: Any) -> bool:
        if self._mode is Mode.PUSHING:
            if event.button() == self._held:
                self._enter(self._resting())
        elif self._finished:
            self._finished = False
        elif event.button() == _Button.LeftButton and self._tool is not None:
            self._tool.release(self._pointer(event))
        return True

    def _wheel(self, event: Any) -> bool:
        notches = (event.angleDelta().y() or event.angleDelta().x()) / _NOTCH
        self._widget.look_at(self._widget.view.zoomed(_STEP**notches, *self._pixel(event)))
        return True

    def _key(self, event: Any) -> bool:
        key = event.key()
        if key == _Key.Key_Space:
            if not event.isAutoRepeat() and self._mode is not Mode.PUSHING:
                self._space = True
                self._enter(Mode.READY)
            return True
        return self._key_for_tool(key) or self._key_for_view(key)

    def _key_for_tool(self, key: Any) -> bool:
        if self._tool is None:
            return False
        if key in (_Key.Key_Return, _Key.Key_Enter):
            self._tool.finish()
        elif key == _Key.Key_Backspace:
            self._tool.back()
        elif key == _Key.Key_Escape:
            self._tool.cancel()
        else:
            return False
        return True

    def _key_for_view(self, key: Any) -> bool:
        view = self._widget.view
        middle = view.width_px / 2, view.height_px / 2
        right, down = view.width_px * _PUSH_SHARE, view.height_px * _PUSH_SHARE
        if key in (_Key.Key_Plus, _Key.Key_Equal):
            view = view.zoomed(_STEP, *middle)
        elif key in (_Key.Key_Minus, _Key.Key_Underscore):
            view = view.zoomed(1 / _STEP, *middle)
        elif key == _Key.Key_Left:
            view = view.moved(right, 0)
        elif key == _Key.Key_Right:
            view = view.moved(-right, 0)
        elif key == _Key.Key_Up:
            view = view.moved(0, down)
        elif key == _Key.Key_Down:
            view = view.moved(0, -down)
        elif key == _Key.Key_Home:
            self._widget.fit()
            return True
        else:
            return False
        self._widget.look_at(view)
        return True

    def _key_up(self, event: Any) -> bool:
        if event.key() != _Key.Key_Space:
            return False
        if not event.isAutoRepeat():
            self._let_space_go()
        return True

    def _lose_focus(self, event: Any) -> bool:
        self._let_space_go()
        return False

    def _let_space_go(self) -> None:
        self._space = False
        if self._mode is Mode.READY:
            self._enter(self._resting())

    def _leave(self, event: Any) -> bool:
        self._widget.pointer_left.emit()
        return False

    def _pixel(self, event: Any) -> tuple[float, float]:
        at = event.position() if hasattr(event, "position") else event.localPos()
        ratio = self._widget.view.point_px
        return at.x() * ratio, at.y() * ratio

    def _pointer(self, event: Any) -> Pointer:
        return self.pointer_at(self._pixel(event), event.modifiers())

"""From QGIS's mouse and keys to the tool that follows the pointer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from qgis.gui import QgsMapTool

from neixiang_survey_plugin.app.map_host import Pointer, PointerTool
from neixiang_survey_plugin.hosts.qgis.grid_crs import GridTransform
from neixiang_survey_plugin.qt import QtCore, QtGui

_Key = QtCore.Qt.Key
_FINISH = (_Key.Key_Return, _Key.Key_Enter)


class MapTool(QgsMapTool):
    """Hands each event to ``tool``; ``shortcuts`` are the commands that other keys call.

    QGIS pushes the map itself: with the middle button, with Space, with the wheel.
    """

    def __init__(self, canvas: Any, grid: GridTransform) -> None:
        super().__init__(canvas)
        self.tool: PointerTool | None = None
        self.shortcuts: Mapping[str, Callable[[], None]] = {}
        self.left: Callable[[], None] = lambda: None
        self._grid = grid
        self._finished = False  # by the double-click whose release is still to come
        self._overrides = _Overrides(self)
        canvas.installEventFilter(self._overrides)
        self.setCursor(QtCore.Qt.CursorShape.CrossCursor)

    def end(self) -> None:
        """Take no events any more."""
        self.canvas().removeEventFilter(self._overrides)
        self.tool = None

    def takes(self, event: Any) -> bool:
        """Whether a key is for the tool, and no shortcut of QGIS's while it is active."""
        key = event.key()
        mine = (*_FINISH, _Key.Key_Backspace, _Key.Key_Escape)
        return self.isActive() and (key in mine or _text(event) in self.shortcuts)

    def deactivate(self) -> None:
        """Another tool of QGIS's was taken up; what was begun stays a draft."""
        super().deactivate()
        self.left()

    def canvasPressEvent(self, event: Any) -> None:
        """The button went down."""
        self._finished = False
        if event.button() == QtCore.Qt.MouseButton.LeftButton and self.tool is not None:
            self.tool.press(self._pointer(event))

    def canvasMoveEvent(self, event: Any) -> None:
        """The pointer is here now."""
        if self.tool is not None:
            self.tool.move(self._pointer(event))

    def canvasReleaseEvent(self, event: Any) -> None:
        """The button came up."""
        if self._finished:
            self._finished = False
        elif event.button() == QtCore.Qt.MouseButton.LeftButton and self.tool is not None:
            self.tool.release(self._pointer(event))
        elif event.button() == QtCore.Qt.MouseButton.RightButton and self.tool is not None:
            self.tool.finish()

    def canvasDoubleClickEvent(self, event: Any) -> None:
        """What was begun is complete."""
        if event.button() == QtCore.Qt.MouseButton.LeftButton and self.tool is not None:
            self._finished = True
            self.tool.finish()

    def keyPressEvent(self, event: Any) -> None:
        """Enter, Backspace and Escape are the tool's; others may be a command's."""
        key, tool = event.key(), self.tool
        if tool is None:
            event.ignore()
            return
        event.accept()
        if key in _FINISH:
            tool.finish()
        elif key == _Key.Key_Backspace:
            tool.back()
        elif key == _Key.Key_Escape:
            tool.cancel()
        elif (call := self.shortcuts.get(_text(event))) is not None:
            call()
        else:
            event.ignore()

    def _pointer(self, event: Any) -> Pointer:
        at, keys = event.mapPoint(), QtCore.Qt.KeyboardModifier
        e_m, n_m = self._grid.to_grid(at.x(), at.y())
        return Pointer(
            e_m,
            n_m,
            pixel_m=self._grid.pixel_m(at.x(), at.y()),
            constrained=bool(event.modifiers() & keys.ShiftModifier),
            added=bool(event.modifiers() & keys.ControlModifier),
        )


class _Overrides(QtCore.QObject):
    """Keeps QGIS from taking the tool's keys for shortcuts of its own."""

    def __init__(self, tool: MapTool) -> None:
        super().__init__(tool)
        self._tool = tool

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Claim the keys that the tool takes; let everything else pass."""
        if event.type() == QtCore.QEvent.Type.ShortcutOverride and self._tool.takes(event):
            event.accept()
            return True
        return False


def _text(event: Any) -> str:
    """A key with its modifiers as a table of commands writes it, such as Ctrl+Z."""
    held = event.modifiers()
    value = held.value if hasattr(held, "value") else int(held)
    return str(QtGui.QKeySequence(value | int(event.key())).toString())

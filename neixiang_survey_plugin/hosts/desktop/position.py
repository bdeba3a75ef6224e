"""The receiver's position in the window: a mark on the map, a word below, two commands."""

from __future__ import annotations

from typing import Any

import shapely

from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.app.map_host import Level, Mark, Overlay, Point
from neixiang_survey_plugin.app.positioning import Fix
from neixiang_survey_plugin.io.receiver import Receiver, place_of
from neixiang_survey_plugin.qt import QtCore


class Position(QtCore.QObject):
    """Follows the receiver that the settings name; without one there is no position."""

    _came = QtCore.pyqtSignal(object)
    _went = QtCore.pyqtSignal(str)

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self._receiver: Receiver | None = None
        self._address = ""
        self.at: Point | None = None
        self._came.connect(self._show)
        self._went.connect(self._lose)

    def follow(self, address: str) -> None:
        """Listen to this receiver from now on; empty for none."""
        if address == self._address:
            return
        self.end()
        self._address = address
        if address:
            self._receiver = Receiver(address, self._came.emit, self._went.emit)

    def end(self) -> None:
        """Listen no more."""
        if self._receiver is not None:
            self._receiver.close()
            self._receiver = None
        self._address = ""
        self._forget()

    def is_known(self) -> bool:
        """Whether a receiver says where one is."""
        return self.at is not None

    def go_there(self) -> None:
        """Look at the position."""
        if self.at is not None:
            self._window.zoom(shapely.Point(self.at))

    def add_vertex(self) -> None:
        """Put a vertex of the line that is drawn where the receiver is."""
        if self.at is None:
            return
        east_m, north_m = self.at
        if self._window.desk.drawing is None:
            self._window.desk.enter(Mode.DRAW)
        self._window.desk.type_in(f"{north_m:.3f} {east_m:.3f}")

    def _show(self, fix: Fix) -> None:
        window = self._window
        first, self.at = self.at is None, place_of(fix, window.session.county.grid.epsg)
        window.canvas.show_overlay("position", [Overlay(Mark.SNAP, shapely.Point(self.at))])
        kind = window.look.texts(f"position.{fix.kind.value}")
        window.status.show_position(window.look.texts("position.words", kind=kind))
        if first:
            window.actions_.refresh()

    def _lose(self, reason: str) -> None:
        address, texts = self._address, self._window.look.texts
        self._forget()
        said = texts("position.lost", address=address, reason=reason or texts("position.silent"))
        self._window.say(said, Level.WARNING)

    def _forget(self) -> None:
        self.at = None
        self._window.canvas.hide_overlay("position")
        self._window.status.show_position("")

"""The receiver's position in the window: a mark on the map, a word below, two commands."""

from __future__ import annotations

from functools import partial
from typing import Any

import shapely

from neixiang_survey_plugin.app.drawing.modes import Mode
from neixiang_survey_plugin.app.map_host import Level, Mark, Overlay, Point
from neixiang_survey_plugin.app.positioning import Fix
from neixiang_survey_plugin.io.receiver import Receiver
from neixiang_survey_plugin.qt import QtCore


class Position(QtCore.QObject):
    """Follows the receiver that the settings name; without one there is no position."""

    _came = QtCore.pyqtSignal(int, object, object)
    _went = QtCore.pyqtSignal(int, str)

    def __init__(self, window: Any) -> None:
        super().__init__(window)
        self._window = window
        self._receiver: Receiver | None = None
        self._address = ""
        self._number = 0  # of the receiver: what an earlier one said may be on its way still
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
            number, epsg = self._number, self._window.session.county.grid.epsg
            told, lost = partial(self._came.emit, number), partial(self._went.emit, number)
            self._receiver = Receiver(address, epsg, told, lost)

    def end(self) -> None:
        """Listen no more."""
        if self._receiver is not None:
            self._receiver.close()
            self._receiver = None
        self._address = ""
        self._number += 1
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

    def _show(self, number: int, fix: Fix, at: Point) -> None:
        if number != self._number:
            return
        window, first, self.at = self._window, self.at is None, at
        window.canvas.show_overlay("position", [Overlay(Mark.SNAP, shapely.Point(self.at))])
        kind = window.look.texts(f"position.{fix.kind.value}")
        window.status.show_position(window.look.texts("position.words", kind=kind))
        if first:
            window.actions_.refresh()

    def _lose(self, number: int, reason: str) -> None:
        if number != self._number:
            return
        address, texts = self._address, self._window.look.texts
        self._forget()
        said = texts("position.lost", address=address, reason=reason or texts("position.silent"))
        self._window.say(said, Level.WARNING)

    def _forget(self) -> None:
        self.at = None
        self._window.canvas.hide_overlay("position")
        self._window.status.show_position("")

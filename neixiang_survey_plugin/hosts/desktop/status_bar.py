"""The bar at the bottom: place of the pointer, scale, grid, way of measuring, what is saved."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import label
from neixiang_survey_plugin.ui.work_bar import WorkBar


class StatusBar(QtWidgets.QStatusBar):
    """Coordinates stand north first, as survey files write them."""

    def __init__(self, epsg: int, look: Look, parent: Any = None) -> None:
        super().__init__(parent)
        self._look = look
        texts = look.texts
        self.place, self.scale = label(texts("status.nowhere")), label()
        self.saved = label(texts("status.saved_never"))
        self.saved.setToolTip(texts("status.saved_tip"))
        measuring = label(texts("status.measuring"))
        measuring.setToolTip(texts("status.measuring_tip"))
        self.place.setMinimumWidth(220)
        self.setSizeGripEnabled(False)
        for widget in (self.place, self.scale, label(f"EPSG:{epsg}"), measuring):
            self.addWidget(widget)
        self.position = label()
        self.position.setToolTip(texts("position.tip"))
        self.addWidget(self.position)
        self.work = WorkBar(look)
        self.addPermanentWidget(self.work)
        self.addPermanentWidget(self.saved)

    def show_place(self, east_m: float, north_m: float) -> None:
        """Show where the pointer is, in metres of the county grid."""
        north, east = f"{north_m:.2f}", f"{east_m:.2f}"
        self.place.setText(self._look.texts("status.place", north=north, east=east))

    def show_position(self, words: str) -> None:
        """Say how a receiver knows where one is; nothing without one."""
        self.position.setText(words)

    def show_no_place(self) -> None:
        """The pointer is not on the map."""
        self.place.setText(self._look.texts("status.nowhere"))

    def show_scale(self, denominator: float) -> None:
        """Show the scale."""
        rounded = f"{_three_digits(denominator):,}".replace(",", " ")
        self.scale.setText(self._look.texts("status.scale", scale=rounded))

    def show_saved(self, at: datetime | None) -> None:
        """Show since when everything is on disk."""
        texts = self._look.texts
        never = texts("status.saved_never")
        self.saved.setText(never if at is None else texts("status.saved", time=f"{at:%H:%M:%S}"))


def _three_digits(value: float) -> int:
    """A scale as people say it: three digits, the rest zeros."""
    digits = len(str(int(value)))
    return int(round(value, min(3 - digits, 0)))

"""The figures beside the pointer: they follow it at a distance and keep inside the map."""

from __future__ import annotations

from typing import Any

from neixiang_survey_plugin.app.drawing.readout import Readout
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import label

_AWAY_PX = 20


class ReadoutLabel(QtWidgets.QFrame):
    """A small card on the map; the mouse does not meet it."""

    def __init__(self, look: Look, parent: Any) -> None:
        super().__init__(parent)
        self.setProperty("role", "readout")
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._look = look
        self._first, self._second = label(), label("", "quiet")
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(8, 4, 8, 4)
        box.setSpacing(0)
        box.addWidget(self._first)
        box.addWidget(self._second)
        self.hide()

    @property
    def words(self) -> str:
        """What it says."""
        return f"{self._first.text()}\n{self._second.text()}".strip()

    def show_readout(self, readout: Readout | None, at_px: tuple[float, float]) -> None:
        """Show figures beside a pixel of the map; None hides the card."""
        if readout is None:
            self.hide()
            return
        self._first.setText(self._lengths(readout))
        self._first.setVisible(bool(self._first.text()))
        second = self._entered(readout)
        self._second.setText(second)
        self._second.setVisible(bool(second))
        self.resize(self.sizeHint())
        self._place(*at_px)
        self.show()

    def _lengths(self, readout: Readout) -> str:
        texts = self._look.texts
        if readout.segment_m == 0.0:  # nothing is drawn yet
            return ""
        segment, total = f"{readout.segment_m:.1f}", f"{readout.total_m:.1f}"
        alone = segment == total or readout.total_m == 0.0
        words = texts(
            "readout.first_alone" if alone else "readout.first", segment=segment, total=total
        )
        azimuth = texts("readout.azimuth", degrees=f"{readout.azimuth_deg:.1f}")
        return f"{words}   {azimuth}"

    def _entered(self, readout: Readout) -> str:
        """The road that was entered last, the green that is occupied, what the pointer is on."""
        texts, parts = self._look.texts, []
        if not readout.is_measured:
            parts.append(texts("readout.measuring"))
        if readout.crossing is not None:
            road = self._look.words.road(readout.crossing.road)
            metres = f"{readout.crossing.length_m:.1f}"
            parts.append(texts("readout.road", road=road, length=metres))
        if readout.green_m2 is None:
            parts.append(texts("readout.green_unknown"))
        elif readout.green_m2 > 0.0:
            parts.append(texts("readout.green", area=f"{readout.green_m2:.1f}"))
        if readout.snap is not None:
            parts.append(texts(f"readout.snap_{readout.snap.value}"))
        return "   ".join(parts)

    def _place(self, x_px: float, y_px: float) -> None:
        """Right below the pointer; on its other side where there the map ends."""
        parent = self.parentWidget()
        x, y = round(x_px) + _AWAY_PX, round(y_px) + _AWAY_PX
        if x + self.width() > parent.width():
            x = round(x_px) - _AWAY_PX - self.width()
        if y + self.height() > parent.height():
            y = round(y_px) - _AWAY_PX - self.height()
        self.move(max(x, 0), max(y, 0))

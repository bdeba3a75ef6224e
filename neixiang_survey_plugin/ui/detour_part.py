"""The part of the panel 资料 that lists the ways round the works which the sketches will show."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from neixiang_survey_plugin.app.drawing.along import length_m
from neixiang_survey_plugin.core.casework.detour import Detour
from neixiang_survey_plugin.core.grid import Grid
from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.asks import Asks
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import Row, column, figure, label, link, rule
from neixiang_survey_plugin.ui.renewed import Renewed


@dataclass(frozen=True)
class DetourDeeds:
    """What is there for the case in hand, and how one comes and goes."""

    of_case: Callable[[], Sequence[Detour]]
    bring: Callable[[], None]
    drop: Callable[[Detour], None]


class DetourRow(Row):
    """One way round: its name and length; a click looks at it."""

    def __init__(self, detour: Detour, grid: Grid, look: Look, drop: Callable[[], None]) -> None:
        super().__init__()
        texts = look.texts
        name = detour.name or texts("packet.detour_unnamed")
        metres = f"{length_m(detour.line, grid):.0f} m"
        box = QtWidgets.QHBoxLayout(self)
        box.setContentsMargins(8, 4, 8, 4)
        box.addWidget(label(name, wraps=True), 1)
        box.addWidget(figure(metres))
        box.addWidget(link(texts("packet.detour_drop"), drop, texts("packet.detour_drop_tip")))
        self.setAccessibleName(f"{name} {metres}")


class DetourPart(QtWidgets.QWidget):
    """The ways round of a case; where there is none, what the sketch says then."""

    def __init__(self, grid: Grid, look: Look, asks: Asks, deeds: DetourDeeds) -> None:
        super().__init__()
        self.rows: list[DetourRow] = []
        self._grid, self._look, self._asks, self._deeds = grid, look, asks, deeds
        texts = look.texts
        self._none = label(texts("packet.detours_none"), "quiet", wraps=True)
        self._coming: list[DetourRow] = []
        self._list = Renewed(spacing=0, done=self._show_whole)
        self.bring = link(texts("packet.detours_bring"), deeds.bring, texts("command.detours.tip"))
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(column(rule(), label(texts("packet.detours"), "section"), spacing=8))
        box.addWidget(self._none)
        box.addWidget(self._list)
        box.addWidget(self.bring)

    @property
    def busy(self) -> bool:
        """Whether the list is not there yet as it is now."""
        return self._list.busy

    def refresh(self) -> None:
        """Show them as they are now: what was shown stays until all of them are there."""
        self._list.begin(self._made())

    def clear(self) -> None:
        """Show none: those of another case come."""
        self.rows = []
        self._list.clear()

    def _made(self) -> Iterator[DetourRow]:
        self._coming = []
        for one in self._deeds.of_case():
            self._coming.append(self._row(one))
            yield self._coming[-1]

    def _show_whole(self) -> None:
        self.rows = self._coming
        self._none.setVisible(not self.rows)

    def _row(self, detour: Detour) -> Any:
        row = DetourRow(detour, self._grid, self._look, lambda: self._deeds.drop(detour))
        row.activated.connect(lambda: self._asks.zoom(detour.line))
        return row

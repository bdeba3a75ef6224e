"""The layers of the county and the survey's lines, each with its legend; a tick shows or hides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from neixiang_survey_plugin.app.map_layers import MapLayer
from neixiang_survey_plugin.core.vocabulary import UTILITY
from neixiang_survey_plugin.qt import QtCore, QtGui, QtWidgets
from neixiang_survey_plugin.render.legend import HEIGHT, WIDTH, LegendEntry, legend, route_legend
from neixiang_survey_plugin.render.palette import PALETTES
from neixiang_survey_plugin.ui.look import Look

_CHECKED = QtCore.Qt.CheckState.Checked
_UNCHECKED = QtCore.Qt.CheckState.Unchecked
_NAME_ROLE = QtCore.Qt.ItemDataRole.UserRole


class LayerPanel(QtWidgets.QTreeWidget):
    """A tree of layers; ``hide_layers`` is told the names of those that are not to be seen.

    It is whole once ``filling`` is at its end: the swatches of a county that has every layer take
    25 ms to paint.
    """

    def __init__(
        self,
        layers: Sequence[MapLayer],
        look: Look,
        hide_layers: Callable[[frozenset[str]], None],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._hide_layers = hide_layers
        self.setHeaderHidden(True)
        self.setIconSize(QtCore.QSize(WIDTH, HEIGHT))
        self.setIndentation(16)
        self.setAccessibleName(look.texts("layers.title"))
        self.filling = self._fill(layers)

    @property
    def hidden(self) -> frozenset[str]:
        """The layers whose tick is off."""
        return frozenset(
            str(item.data(0, _NAME_ROLE))
            for item in self._tops()
            if item.data(0, _NAME_ROLE) and item.checkState(0) == _UNCHECKED
        )

    def set_hidden(self, names: Iterable[str]) -> None:
        """Take the ticks of these layers off, and put those of all others on."""
        off = frozenset(names)
        blocked = self.blockSignals(True)
        for item in self._tops():
            if item.data(0, _NAME_ROLE):
                hidden = item.data(0, _NAME_ROLE) in off
                item.setCheckState(0, _UNCHECKED if hidden else _CHECKED)
        self.blockSignals(blocked)
        self._hide_layers(self.hidden)

    def _fill(self, layers: Sequence[MapLayer]) -> Iterator[None]:
        self._add_routes()
        yield
        entries = []
        for entry in legend(layers, PALETTES[self._look.theme], self.devicePixelRatioF()):
            entries.append(entry)
            yield
        self._add_layers(entries)
        self.itemChanged.connect(lambda *_: self._hide_layers(self.hidden))

    def _tops(self) -> list[Any]:
        return [self.topLevelItem(row) for row in range(self.topLevelItemCount())]

    def _add_routes(self) -> None:
        top = QtWidgets.QTreeWidgetItem([self._look.texts("layers.routes")])
        self.addTopLevelItem(top)
        palette, fine = PALETTES[self._look.theme], self.devicePixelRatioF()
        for utility in UTILITY:
            proposed = next(route_legend(utility, palette, fine))
            row = QtWidgets.QTreeWidgetItem([self._look.words.utility(utility)])
            row.setIcon(0, _icon(proposed.swatch))
            top.addChild(row)
        top.setExpanded(True)

    def _add_layers(self, entries: Sequence[LegendEntry]) -> None:
        looks: dict[str, list[LegendEntry]] = {}
        for entry in entries:
            looks.setdefault(entry.layer, []).append(entry)
        for name, members in looks.items():
            top = QtWidgets.QTreeWidgetItem([self._look.words.layer(name)])
            top.setData(0, _NAME_ROLE, name)
            top.setCheckState(0, _CHECKED)
            top.setToolTip(
                0, self._look.texts("layers.features", count=sum(e.count for e in members))
            )
            if len(members) == 1:
                top.setIcon(0, _icon(members[0].swatch))
            self.addTopLevelItem(top)
            for entry in members if len(members) > 1 else ():
                words = self._look.words.look(entry.layer, entry.look)
                row = QtWidgets.QTreeWidgetItem([words])
                row.setIcon(0, _icon(entry.swatch))
                row.setToolTip(0, self._look.texts("layers.features", count=entry.count))
                top.addChild(row)


def _icon(image: Any) -> Any:
    return QtGui.QIcon(QtGui.QPixmap.fromImage(image))

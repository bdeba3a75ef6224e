"""The strip below the toolbar: what the tool waits for, and what can be typed for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from neixiang_survey_plugin.app.drawing.modes import Desk, Entered, Mode
from neixiang_survey_plugin.qt import QtCore, QtWidgets
from neixiang_survey_plugin.ui.hinted import HintedLine
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import label

_LEAST_M, _MOST_M = 0.0, 100.0
_MOST_MM = 5_000.0
_TWO_LINES_PX = 48  # so that the map below stays where it is from one tool to the next


class ToolStrip(QtWidgets.QWidget):
    """Shows the mode of a desk; ``to_map`` gives the keyboard back to the map."""

    def __init__(
        self, desk: Desk, look: Look, to_map: Callable[[], None], parent: Any = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._look = look
        self._to_map = to_map
        self.hint = label(role="quiet", wraps=True)
        self.entry = self._entry()
        self.diameter = self._number("diameter", None, most=_MOST_MM, decimals=0)
        self.distance = self._number("distance", desk.distance_m, least=0.05)
        self.depth = self._number("depth", desk.depth_m)
        self.pit_length = self._number("pit_length", None)
        self.pit_width = self._number("pit_width", None)
        self._fields = {
            Mode.DRAW: (self.diameter, self.entry),
            Mode.PARALLEL: (self.distance, self.entry),
            Mode.TRENCHLESS: (self.depth, self.pit_length, self.pit_width),
        }
        self._labels = {
            edit: label(look.texts(f"strip.{name}"), "quiet") for name, edit in self._named()
        }
        self._lay_out()
        self.show_mode(desk.now)

    def show_mode(self, now: Entered) -> None:
        """Show what a mode waits for."""
        self.hint.setText(self._look.texts(f"strip.hint_{now.mode.value}"))
        if now.mode is Mode.DRAW:
            self.diameter.setValue(self._desk.diameter_mm or self.diameter.minimum())
        wanted = self._fields.get(now.mode, ())
        for edit in (self.entry, *self._labels):
            edit.setVisible(edit in wanted)
            if edit in self._labels:
                self._labels[edit].setVisible(edit in wanted)

    def fold(self) -> None:
        """Lay the fields below the hint where there is no width."""
        policy = QtWidgets.QSizePolicy.Policy
        self.layout().setDirection(QtWidgets.QBoxLayout.Direction.TopToBottom)
        self.layout().setStretch(0, 0)
        self.setSizePolicy(policy.Preferred, policy.Maximum)

    def type_in(self) -> None:
        """Put the cursor where a length or coordinates are typed."""
        self.entry.setFocus()
        self.entry.selectAll()

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Esc in a field, Enter in a figure, give the keyboard back to the map.

        Rows that are pasted stay rows.
        """
        if event.type() == QtCore.QEvent.Type.KeyPress:
            keys, key = QtCore.Qt.Key, event.key()
            ends = key in (keys.Key_Return, keys.Key_Enter) and watched is not self.entry
            if ends or key == keys.Key_Escape:
                self._to_map()
                return True
            if watched is self.entry and key == keys.Key_V:
                return self._pasted(event)
        return bool(super().eventFilter(watched, event))

    def _pasted(self, event: Any) -> bool:
        """Take many rows from the clipboard at once, which a line of text would run together."""
        held = event.modifiers() & QtCore.Qt.KeyboardModifier.ControlModifier
        text = QtWidgets.QApplication.clipboard().text() if held else ""
        if "\n" not in text.strip():
            return False
        self._desk.type_in(text)
        self._to_map()
        return True

    def _enter(self) -> None:
        text = self.entry.text()
        self.entry.clear()
        self._desk.type_in(text)
        if not text.strip():  # the line is ended, as by Enter on the map
            self._to_map()

    def _set_bore(self) -> None:
        length, width = self._known(self.pit_length), self._known(self.pit_width)
        pit = None if length is None or width is None else (length, width)
        self._desk.set_bore(self._known(self.depth), pit)

    @staticmethod
    def _known(edit: Any) -> float | None:
        """What a field holds; its least value stands for unknown."""
        return None if edit.value() == edit.minimum() else float(edit.value())

    def _entry(self) -> Any:
        entry = HintedLine()
        entry.setPlaceholderText(self._look.texts("strip.entry"))
        entry.setAccessibleName(self._look.texts("strip.entry_name"))
        entry.setToolTip(self._look.texts("strip.entry_name"))
        entry.setMinimumWidth(216)
        entry.returnPressed.connect(self._enter)
        entry.installEventFilter(self)
        return entry

    def _number(
        self,
        name: str,
        value: float | None,
        least: float = _LEAST_M,
        most: float = _MOST_M,
        decimals: int = 2,
    ) -> Any:
        edit = QtWidgets.QDoubleSpinBox()
        edit.setDecimals(decimals)
        edit.setRange(least, most)
        edit.setButtonSymbols(QtWidgets.QAbstractSpinBox.ButtonSymbols.NoButtons)
        edit.setSingleStep(0.1)
        edit.setAccessibleName(self._look.texts(f"strip.{name}"))
        if least == _LEAST_M:
            edit.setSpecialValueText(self._look.texts("strip.not_known"))
        edit.setValue(least if value is None else value)
        edit.installEventFilter(self)
        return edit

    def _named(self) -> tuple[tuple[str, Any], ...]:
        return (
            ("diameter", self.diameter),
            ("distance", self.distance),
            ("depth", self.depth),
            ("pit_length", self.pit_length),
            ("pit_width", self.pit_width),
        )

    def _lay_out(self) -> None:
        box = QtWidgets.QBoxLayout(QtWidgets.QBoxLayout.Direction.LeftToRight, self)
        box.setContentsMargins(12, 4, 12, 4)
        box.setSpacing(8)
        box.addWidget(self.hint, 1)
        row = QtWidgets.QHBoxLayout()
        row.setSpacing(8)
        box.addLayout(row)
        for edit, name in self._labels.items():
            row.addWidget(name)
            row.addWidget(edit)
        row.addWidget(self.entry)
        self.setMinimumHeight(_TWO_LINES_PX)
        self.distance.valueChanged.connect(lambda value: self._desk.set_distance(float(value)))
        self.diameter.valueChanged.connect(
            lambda _: self._desk.set_diameter(self._known(self.diameter))
        )
        for edit in (self.depth, self.pit_length, self.pit_width):
            edit.valueChanged.connect(lambda _: self._set_bore())

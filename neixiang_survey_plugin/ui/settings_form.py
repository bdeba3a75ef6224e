"""The settings as a form that is built from their model; every change counts at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import Field, replace
from enum import Enum
from typing import Any

from neixiang_survey_plugin.qt import QtWidgets
from neixiang_survey_plugin.ui.choice_box import ChoiceBox
from neixiang_survey_plugin.ui.hinted import HintedLine
from neixiang_survey_plugin.ui.look import Look
from neixiang_survey_plugin.ui.parts import at_right, button
from neixiang_survey_plugin.ui.settings import Settings, setting_fields


class SettingsForm(QtWidgets.QDialog):
    """Shows settings; ``changed`` is told the new ones after every change."""

    def __init__(
        self,
        settings: Settings,
        look: Look,
        changed: Callable[[Settings], None],
        parent: Any = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(look.texts("settings.title"))
        self._fields = SettingsFields(settings, look, changed)
        self.edits = self._fields.edits
        box = QtWidgets.QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(16)
        box.addWidget(self._fields)
        box.addWidget(at_right(button(look.texts("settings.close"), self.accept)))
        self.setMinimumWidth(360)

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._fields.settings


class SettingsFields(QtWidgets.QWidget):
    """One field a setting, but for those that are left out; ``changed`` hears every change."""

    def __init__(
        self,
        settings: Settings,
        look: Look,
        changed: Callable[[Settings], None],
        left_out: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__()
        self.settings = settings
        self._look = look
        self._changed = changed
        self.edits: dict[str, Any] = {}
        form = QtWidgets.QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(8)
        for one in setting_fields():
            if one.name in left_out:
                continue
            edit = self._edit(one)
            name = look.texts(f"settings.{one.name}")
            edit.setAccessibleName(name)
            edit.setToolTip(look.texts(f"settings.{one.name}_tip"))
            self.edits[one.name] = edit
            form.addRow(name, edit)

    def _edit(self, one: Field[Any]) -> Any:
        value = getattr(self.settings, one.name)
        if isinstance(value, Enum):
            return self._choice(one.name, value)
        if isinstance(value, bool):
            tick = QtWidgets.QCheckBox()
            tick.setChecked(value)
            tick.toggled.connect(lambda on: self._set(one.name, bool(on)))
            return tick
        if isinstance(value, int):
            number = QtWidgets.QSpinBox()
            number.setButtonSymbols(QtWidgets.QAbstractSpinBox.ButtonSymbols.NoButtons)
            number.setRange(one.metadata["least"], one.metadata["most"])
            number.setValue(value)
            number.valueChanged.connect(lambda new: self._set(one.name, int(new)))
            return number
        text = HintedLine(value)
        text.editingFinished.connect(lambda: self._set(one.name, text.text().strip()))
        return text

    def _choice(self, name: str, value: Enum) -> Any:
        edit = ChoiceBox()
        kinds = list(type(value))
        for kind in kinds:
            edit.addItem(self._look.texts(f"choice.{name}.{kind.value}"))
        edit.setCurrentIndex(kinds.index(value))
        edit.currentIndexChanged.connect(lambda row: self._set(name, kinds[row]))
        return edit

    def _set(self, name: str, value: Any) -> None:
        new = replace(self.settings, **{name: value})
        if new != self.settings:
            self.settings = new
            self._changed(new)
